// Lesson 09. Run it with `deno run lessons/09_two_moons.ts`.
import source from "./09_two_moons.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 09 · Two moons
//
// Two crescents of points: one tip of each lies in the bend of the other. No straight line separates
// them, so whatever learns this must learn a *curve*. It is the demo that micrograd ends with. We add
// what lesson 08 left open: other examples, to see what has been learned.

// %%
tell();
import { l2, maxMargin, MLP, Random, SGD, Value } from "../mod.ts";
import { decisionBoundary, networkLayers, plot } from "../lessons/plot.ts";
import { print, progress, table } from "../lessons/show.ts";

// %% [markdown]
// ## Two sets of points
//
// Each moon is half a circle, with some noise. (The point at an angle on the circle around $(0, 0)$ is
// the cosine and the sine of the angle. `normal(0, noise)` is a random number near 0, seldom further
// away than twice the noise.) Points of the upper one have the label $+1$, of the lower $-1$. We make
// 100 points to learn from, the **training set**, and another 100 that no training step ever sees, the
// **test set**.

// %%
tell();
interface Point {
  x: number;
  y: number;
  label: number;
}
function moons(count: number, noise: number, seed: number): Point[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, k) => {
    const angle = random.uniform(0, Math.PI);
    const [x, y, label] = k % 2 === 0
      ? [Math.cos(angle), Math.sin(angle), 1]
      : [1 - Math.cos(angle), 0.5 - Math.sin(angle), -1];
    const shift = () => random.normal(0, noise);
    return { x: x + shift(), y: y + shift(), label };
  });
}
const training = moons(100, 0.1, 3), test = moons(100, 0.1, 4);
print(
  `${training.length} points to learn from, ${test.length} to test with`,
);

// %% [markdown]
// ## The network
//
// Two inputs, two hidden layers of 16 neurons with relu, and one output, a plain *score*: positive
// means $+1$, negative $-1$.

// %%
tell();
function newNetwork(): MLP {
  const random = new Random(5);
  return new MLP(2, [16, 16, 1], { activation: "relu", random });
}
const network = newNetwork();
await networkLayers([2, 16, 16, 1]);

// %% [markdown]
// Why relu, where the lessons before had tanh? Because of its slope. The gradient of a parameter in the
// first layer is a product that has a slope from each layer on the way. tanh is flat away from 0, and
// two flat places in a row leave almost nothing. relu has the slope 0 or 1. (With only two hidden
// layers, tanh learns these moons, too: in the training below, 99 of 100 training points and 97 of 100
// test points end on the right side. “Your turn” lets you see it.)

// %%
tell();
function slopeAt3(activation: (n: Value) => Value): number {
  const n = new Value(3);
  activation(n).backward();
  return n.grad;
}
const tanhAt3 = slopeAt3((n) => n.tanh());
const reluAt3 = slopeAt3((n) => n.relu());
await table({
  "": ["tanh", "relu"],
  "slope at 3": [tanhAt3, reluAt3],
  "two in a row": [tanhAt3 ** 2, reluAt3 ** 2],
}, { digits: 6 });

// %% [markdown]
// ## The loss
//
// The mean squared error is 0 only if every score *is* its label, $+1$ or $-1$. For a class that is too
// much to ask: a score of 3 for the label $+1$ is on the right side, with room to spare, and yet it
// would cost $(3 - 1)^2 = 4$. The **max-margin loss** is 0 for a score that is on its side by at least
// 1:
//
// $$\text{loss} = \text{mean of } \max(0,\; 1 - \text{label} \cdot \text{score})$$

// %%
tell();
const scores = [-1, 0, 0.5, 1, 3];
const margin = (score: number) => maxMargin([new Value(score)], [1]).data;
await table({
  "score, for the label 1": scores,
  "squared error": scores.map((score) => (score - 1) ** 2),
  "max-margin": scores.map(margin),
});

// %% [markdown]
// ## Batches
//
// So far a step has looked at all examples. But a few points are enough to find out roughly which way
// is down. So we shuffle the training set and cut it into pieces, each a **batch**, with one step for
// each. When all points have had their turn, that is an **epoch**. The slope that a batch shows differs
// by chance from that of the whole set: that is the *stochastic* in stochastic gradient descent. In
// return, an epoch has many steps where it had one.

// %%
tell();
function lossOn(network: MLP, points: Point[]): Value {
  const scores = points.map(({ x, y }) => network.forward([x, y])[0]);
  return maxMargin(scores, points.map(({ label }) => label));
}
function shuffled(points: Point[], random: Random): Point[] {
  const rest = [...points];
  const draw = () => Math.floor(random.uniform(0, rest.length));
  return points.map(() => rest.splice(draw(), 1)[0]);
}
function epoch(
  network: MLP,
  random: Random,
  { size, lr }: { size: number; lr: number },
) {
  const optimizer = new SGD(network.parameters(), { lr });
  const order = shuffled(training, random);
  for (let start = 0; start < order.length; start += size) {
    const loss = lossOn(network, order.slice(start, start + size));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
}
const sizes = [100, 20, 5];
const lossesBySize = sizes.map((size) => {
  const network = newNetwork(), random = new Random(7);
  for (let k = 0; k < 10; k++) epoch(network, random, { size, lr: 0.2 });
  return lossOn(network, training).data;
});
await table({
  "points in a batch": sizes,
  "steps in 10 epochs": sizes.map((size) => 10 * training.length / size),
  "training loss": lossesBySize.map((loss) => loss.toFixed(4)),
});

// %% [markdown]
// Each time, every point was looked at ten times. What differs is how often the parameters moved.
//
// ## Training
//
// Thirty epochs with batches of 10. The pictures show where in the plane the score is positive, with
// the points of both sets. Before training:

// %%
tell();
const score = (x: number, y: number) => network.forward([x, y])[0].data;
await decisionBoundary(score, training, { test });

// %%
tell();
const random = new Random(7);
const losses = {
  training: [lossOn(network, training).data],
  test: [lossOn(network, test).data],
};
async function train(epochs: number) {
  for (let k = 1; k <= epochs; k++) {
    epoch(network, random, { size: 10, lr: 0.2 });
    const loss = lossOn(network, training).data;
    losses.training.push(loss);
    losses.test.push(lossOn(network, test).data);
    await decisionBoundary(score, training, { test, during: [k, epochs] });
    await progress(k, epochs, `training loss ${loss.toFixed(4)}`);
  }
}
await train(3);

// %%
tell();
await train(7);

// %%
tell();
await train(20);

// %% [markdown]
// At first everything is on one side. Then comes a boundary of a few straight pieces, and it bends
// until it fits between the moons. It still has corners: each relu neuron of the first layer bends the
// score along one straight line, and those of the second along lines that are bent themselves. Nothing
// in the code mentions this curve. There were points, a loss, and gradients.

// %%
tell();
await plot(losses, { labels: ["epochs", "loss"], log: "y" });
function accuracy(points: Point[]): string {
  const right = points.filter(({ x, y, label }) => score(x, y) * label > 0);
  return `${100 * right.length / points.length} %`;
}
const end = (list: number[]) => list.at(-1);
print(
  `training set: loss ${end(losses.training)}, ${accuracy(training)} right`,
  `test set:     loss ${end(losses.test)}, ${accuracy(test)} right`,
);

// %% [markdown]
// The test set had no part in the training, and its loss is nearly as low. So the network has learned
// more than its examples.
//
// ## When there is too little to learn from
//
// Now take only 20 points, and three times the noise. The network has 337 parameters for 20 points: it
// can learn the noise, too. That is **overfitting**, and its sign is a test loss far above the training
// loss.
//
// A remedy is **regularisation**: a term in the loss that grows with the parameters. With *L2*, the sum of
// their squares is added, times a strength:
//
// $$\text{loss} + \text{strength} \cdot \sum_p p^2$$
//
// ($\sum_p$ is the sum over all parameters $p$.) Its slope for a parameter $p$ is
// $2 \cdot \text{strength} \cdot p$, so every step also pulls each parameter towards 0. `mod.ts` calls
// it `l2`.

// %%
tell();
const few = moons(20, 0.3, 2), many = moons(200, 0.3, 100);
function regularised(strength: number): MLP {
  const network = newNetwork(), parameters = network.parameters();
  const optimizer = new SGD(parameters, { lr: 0.3 });
  for (let k = 0; k < 100; k++) {
    const loss = lossOn(network, few).add(l2(parameters, strength));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
  return network;
}
const strengths = [0, 0.01, 0.03, 0.3];
const networks = strengths.map(regularised);
function sumOfSquares(network: MLP): string {
  return l2(network.parameters(), 1).data.toFixed(1);
}
const lossesOn = (points: Point[]) =>
  networks.map((network) => lossOn(network, points).data.toFixed(4));
await table({
  "strength": strengths,
  "sum of p²": networks.map(sumOfSquares),
  "training loss": lossesOn(few),
  "test loss": lossesOn(many),
});

// %% [markdown]
// Without L2 the training loss is 0: all 20 points are learned, noise and all. With the strengths 0.01
// and 0.03 the parameters are smaller, the training loss is higher, and the *test* loss is lower. With
// 0.3 nothing is left of the parameters: the score is 0 everywhere, and the loss 1. Here are the
// boundaries for 0 and for 0.03:

// %%
tell();
function boundary(k: number): Promise<void> {
  const at = (x: number, y: number) => networks[k].forward([x, y])[0].data;
  return decisionBoundary(at, few);
}
await boundary(0);
await boundary(2);

// %% [markdown]
// The first bends around single points. The second leaves one on the wrong side and is nearly straight.
//
// ## Your turn
//
// 1. Use a network without hidden layers, `new MLP(2, [1])`. What is the best it can do? Run it: the last
//    two lines of the training say how many points are right.
// 2. Use tanh in place of relu: `activation: "tanh"`. How do the two losses compare with those of relu?
//    Run it.
// 3. Increase the noise of the first two sets to 0.3. Can a boundary still put every test point on the
//    right side? Run it: look at the last picture of the training.
// 4. Write a loss and a training loop, for your own engine and network: `exercises/09_two_moons.ts`.
//
// Next: [10 · Compile](10_compile.ipynb), the same gradients, many times faster.
