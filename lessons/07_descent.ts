// Lesson 07. Run it with `deno run lessons/07_descent.ts`.
import source from "./07_descent.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 07 · Descent
//
// A gradient shows which way is up, and how steep. To get *down*, go the other way. Neural networks
// learn by one line of code, `x.data -= rate * x.grad`, and its variations. We watch it first on the
// parabola of lesson 00, where everything can be worked out, then on a neuron.

// %%
tell();
import { meanSquaredError, SGD, Value } from "../mod.ts";
import { decisionBoundary, lossCurves, plot } from "../lessons/plot.ts";
import { print, table } from "../lessons/show.ts";

// %% [markdown]
// ## One step
//
// $f(x) = 3x^2 - 4x + 5$ has the slope $6x - 4$ and is lowest at $x = 2/3$. Stand at $x = 3$, where the
// slope is 14. It is positive: $f$ falls to the left. How far shall we go? Some fraction of the slope,
// say a tenth:
//
// $$x \leftarrow x - 0.1 \cdot 14 = 1.6$$
//
// The arrow means that the right side becomes the new $x$. The fraction, 0.1, is the **learning rate**.
// Doing this over and over is **gradient descent**, and each time is a **step**.

// %%
tell();
const f = (x: Value) => x.pow(2).mul(3).sub(x.mul(4)).add(5);

function descend(rate: number, steps: number): number[] {
  const x = new Value(3), path = [x.data];
  for (let k = 0; k < steps; k++) {
    x.grad = 0;
    f(x).backward();
    x.data -= rate * x.grad;
    path.push(x.data);
  }
  return path;
}
const path = descend(0.1, 8).map((x, step) => {
  return { step, x, "f(x)": f(new Value(x)).data, slope: 6 * x - 4 };
});
await table(path, { digits: 6 });

// %% [markdown]
// Where it is steep the steps are long, where it is nearly level they are short, since a step is a
// fraction of the slope. $x$ creeps towards $2/3$.
//
// ## Four learning rates
//
// What does the rate do? Let $d = x - 2/3$ be the distance from the lowest point. The slope is
// $6x - 4 = 6d$. So one step makes
//
// $$d \leftarrow d - \text{rate} \cdot 6d = (1 - 6 \cdot \text{rate}) \cdot d$$
//
// Every step multiplies the distance by the same factor, $1 - 6 \cdot \text{rate}$. Predict what
// happens with each of these four:

// %%
tell();
const rates = { "0.1": 0.1, "1/6": 1 / 6, "1/3": 1 / 3, "0.4": 0.4 };
const four = Object.entries(rates).map(([name, rate]) => {
  const xs = descend(rate, 5).map((x, k) => [
    k === 0 ? "x at first" : `after ${k}`,
    x.toFixed(4),
  ]);
  const factor = (1 - 6 * rate).toFixed(1);
  return { rate: name, factor, ...Object.fromEntries(xs) };
});
await table(four);

// %% [markdown]
// - **0.1** creeps in: each step leaves 0.4 of the distance.
// - **1/6** lands at once: the factor is 0.
// - **1/3** bounces for ever: the factor is $-1$, so $x$ jumps to the other side, just as far away, and
//   back.
// - **0.4** explodes: each jump takes it to the other side and 1.4 times as far away. There the slope
//   is larger, so the next jump is larger still.
//
// Here are all four on the parabola. Each dot is $x$ after a step; the lines only join them. (The last
// picture is ten times as high.) A learning rate can be too small, and descent takes many steps. It can
// be too large, and descent never arrives.

// %%
tell();
const parabola = (x: number) => 3 * x ** 2 - 4 * x + 5;
for (const [name, rate] of Object.entries(rates)) {
  const xs = descend(rate, 4);
  const path: [number, number][] = xs.map((x) => [x, parabola(x)]);
  await plot({ f: parabola, [`rate ${name}`]: path }, {
    x: [Math.min(-2, ...xs), Math.max(3.2, ...xs)],
  });
}

// %% [markdown]
// ## What should get smaller?
//
// A neuron has an output $o$, and there is an output that we want, the **target** $t$. What descent can
// make smaller is one number: how wrong the output is. It is called the **loss**:
//
// $$\text{loss} = (o - t)^2$$
//
// Why the square? The difference $o - t$ alone could fall below 0, and further down would not be
// better. Its square is 0 when the output is right and grows on both sides. It is a parabola again, in
// $o$. (The absolute value would do too, but it has a kink just where we want to arrive.)
//
// ## The same step, for a neuron
//
// Take the neuron of lesson 06. For the inputs 2 and 0 its output is 0.7071. Suppose we want $-0.5$.
// The inputs are given; what may move are the parameters, the two weights and the bias. Each moves
// against its own gradient. They all move at once, since the changes of a small step add up (lesson
// 02).

// %%
tell();
const w1 = new Value(-3), w2 = new Value(1);
const b = new Value(6.8813735870195432);
const parameters = [w1, w2, b];
const seen: Record<string, number>[] = [];
for (let step = 0; step <= 8; step++) {
  const o = w1.mul(2).add(w2.mul(0)).add(b).tanh();
  const loss = o.sub(-0.5).pow(2);
  const before = { w1: w1.data, w2: w2.data, b: b.data };
  seen.push({ step, o: o.data, loss: loss.data, ...before });
  for (const p of parameters) p.grad = 0;
  loss.backward();
  for (const p of parameters) p.data -= 0.1 * p.grad;
}
await table(seen, { digits: 6 });

// %% [markdown]
// The loss falls, and the output approaches $-0.5$. The weight $w_2$ has not moved: its input is 0, so
// its gradient is 0.
//
// ## Several examples
//
// One example is quickly learned. With several, the loss is the mean of their losses, the *mean squared
// error*. `mod.ts` has it as `meanSquaredError(predictions, targets)`. Let a neuron learn the logical
// *and*: $1$ if both inputs are 1, else $-1$.

// %%
tell();
const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
const start = () => [0.1, 0.2, 0].map((data) => new Value(data));
const outputs = ([w1, w2, b]: Value[]) =>
  inputs.map(([x1, x2]) => w1.mul(x1).add(w2.mul(x2)).add(b).tanh());

function train(neuron: Value[], targets: number[], steps = 100): number[] {
  const losses = [];
  for (let k = 0; k < steps; k++) {
    const loss = meanSquaredError(outputs(neuron), targets);
    for (const p of neuron) p.grad = 0;
    loss.backward();
    for (const p of neuron) p.data -= 0.5 * p.grad;
    losses.push(loss.data);
  }
  return losses;
}
async function showOutputs(neuron: Value[], targets: number[]) {
  await table({
    "inputs": inputs.map((input) => input.join(", ")),
    "target": targets,
    "output": outputs(neuron).map(({ data }) => Number(data.toFixed(4))),
  });
}
const and = start(), andTargets = [-1, -1, -1, 1];
const andLosses = train(and, andTargets);
await showOutputs(and, andTargets);

// %% [markdown]
// Every output is on the right side of 0. The neuron's line has moved to where it separates the one $1$
// from the three $-1$. In the picture the *score* is the weighted sum with the bias, before tanh: it is
// positive on one side of the line, the *class* $+1$, and negative on the other, the class $-1$.

// %%
tell();
await decisionBoundary(
  (x1, x2) => and[0].data * x1 + and[1].data * x2 + and[2].data,
  inputs.map(([x, y], k) => ({ x, y, label: andTargets[k] })),
);

// %% [markdown]
// ## What one neuron cannot learn
//
// Now *exclusive or*: $1$ if the inputs differ, else $-1$. The same neuron, the same start, as many
// steps. The losses are drawn on a **logarithmic** scale, on which equal distances are equal factors, so
// that small losses can be told apart, too.

// %%
tell();
const xor = start(), xorTargets = [-1, 1, 1, -1];
const xorLosses = train(xor, xorTargets);
await lossCurves({ "and": andLosses, "exclusive or": xorLosses });
await showOutputs(xor, xorTargets);

// %% [markdown]
// It ends at a loss of 1, with the output 0 for everything. All three gradients are 0 there, so more
// steps change nothing. And no other start gets all four right: no line has $(0, 1)$ and $(1, 0)$ on
// one side and $(0, 0)$ and $(1, 1)$ on the other. Why? Say $w_1 + b > 0$, $w_2 + b > 0$ and $b < 0$.
// Add the first two: $w_1 + w_2 + 2b > 0$. So $w_1 + w_2 + b > -b > 0$, and $(1, 1)$ is on the wrong
// side. More neurons are needed. That is lesson 08.
//
// ## `grad = 0`, forgotten
//
// `backward()` adds to the gradients of leaves (lesson 04). Leave out the line `x.grad = 0`, and every
// step moves by all gradients so far: it repeats the step before it, and adds its own. On the parabola:

// %%
tell();
const forgetful = new Value(3), swing = [forgetful.data];
for (let k = 0; k < 40; k++) {
  f(forgetful).backward();
  forgetful.data -= 0.02 * forgetful.grad;
  swing.push(forgetful.data);
}
await plot({ "forgotten": swing, "set to 0": descend(0.02, 40) }, {
  title: "x at each step, with the gradient set to 0 and without",
  labels: ["step", "x"],
});
const range = (path: number[]) =>
  `${Math.min(...path).toFixed(2)} to ${Math.max(...path).toFixed(2)}`;
print(`x in the first 20 steps: ${range(swing.slice(0, 20))}`);
print(`x in the last 20 steps:  ${range(swing.slice(-20))}`);

// %% [markdown]
// It is a ball that rolls without friction: it rushes down, shoots past the lowest point, climbs just
// as high on the other side, and comes back. The swing does not get smaller. Where a training swings
// like that, see whether the gradients are set to 0.
//
// ## SGD
//
// Besides `backward()`, a step has two lines: one sets the gradients to 0, the other moves the
// parameters. Put them into a class, and you have what libraries call an **optimizer**. This one is
// **SGD** (*stochastic gradient descent*; lesson 09 explains the first word). The loss of the last of
// 100 steps on *and*:

// %%
tell();
class OurSGD {
  constructor(readonly parameters: Value[], readonly rate: number) {}
  zeroGrad() {
    for (const p of this.parameters) p.grad = 0;
  }
  step() {
    for (const p of this.parameters) p.data -= this.rate * p.grad;
  }
}
function lastLoss(neuron: Value[], optimizer: OurSGD | SGD): number {
  let loss = new Value(NaN);
  for (let k = 0; k < andLosses.length; k++) {
    loss = meanSquaredError(outputs(neuron), andTargets);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
  return loss.data;
}
const one = start(), two = start();
print(
  `two lines:     ${andLosses.at(-1)}`,
  `our class:     ${lastLoss(one, new OurSGD(one, 0.5))}`,
  `SGD of mod.ts: ${lastLoss(two, new SGD(two, { lr: 0.5 }))}`,
);

// %% [markdown]
// The same to the last digit. In `mod.ts` the learning rate is called `lr`. From here on we use its
// `SGD`.
//
// ## Your turn
//
// 1. Which learning rate would you take for $f(x) = x^2$, to land at once? Work out the factor first. Then
//    change `f` and run it: `descend(rate, 1)`.
// 2. Start `xor` elsewhere, for example at $-3, 1, 0$. Does it get below a loss of 1? Run it:
//    `train(xor, xorTargets).at(-1)`.
// 3. Predict what becomes of the outputs when `train()` does not set the gradients to 0. Run it without
//    that line.
// 4. Write the line that learns: `exercises/07_descent.ts`.
//
// Next: [08 · A network](08_network.ipynb), many neurons that learn together.
