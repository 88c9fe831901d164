// Lesson 08. Run it with `deno run lessons/08_network.ts`.
import source from "./08_network.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 08 · A network
//
// One neuron draws one line. Neurons in layers, each layer fed with the outputs of the one before, can
// draw any curve as closely as you like, if there are enough of them: a **multi-layer perceptron** (MLP).
// Nothing about the gradients is new. The graph is just bigger.

// %%
tell();
import { derivative, meanSquaredError, MLP, Random, SGD } from "../mod.ts";
import { lossCurves } from "../lessons/plot.ts";
import { table } from "../lessons/old_table.ts";
import { agree, print } from "../lessons/show.ts";

// %% [markdown]
// ## Four examples
//
// Four inputs of three numbers each, and for each the answer we want: $1$ or $-1$.

// %%
tell();
const examples = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];
const targets = [1, -1, -1, 1];

await table(
  [{ heading: "input" }, { heading: "target", format: "%d" }],
  examples.map((example, k) => [example.join(", "), targets[k]]),
);

// %% [markdown]
// ## The network
//
// Three inputs, two layers of four neurons with tanh, and one output neuron that leaves its weighted sum
// as it is. Count the knobs: a neuron has a weight for each input and a bias, so
// $4 \cdot 4 + 4 \cdot 5 + 1 \cdot 5 = 41$.
//
// The weights begin at random. The generator has a *seed*, so that you see the same numbers as we do.

// %%
tell();
function newNetwork(): MLP {
  return new MLP(3, [4, 4, 1], { activation: "tanh", random: new Random(1) });
}
const network = newNetwork();
const predict = (network: MLP) => examples.map((example) => network.forward(example)[0]);

print(`${network.parameters().length} parameters`);
await table(
  [{ heading: "target", format: "%d" }, { heading: "prediction", format: "%.4f" }],
  predict(network).map((prediction, k) => [targets[k], prediction.data]),
);

// %% [markdown]
// ## The loss
//
// How wrong is it? One number has to say: the **loss**, here the mean of the squared differences
//
// $$\text{loss} = \frac{1}{4} \sum_{k=1}^{4} (\text{prediction}_k - \text{target}_k)^2$$
//
// It is a Value like any other, made from the 41 parameters. So `backward()` finds 41 gradients at once.
// Nudging would have to run the network anew for each of them; we check one.

// %%
tell();
const loss0 = meanSquaredError(predict(network), targets);
loss0.backward();
const w = network.layers[0].neurons[0].weights[0];
const start = w.data;
const nudged = derivative((x) => {
  w.data = x;
  return meanSquaredError(predict(network), targets).data;
}, start);
w.data = start;

print(
  `loss = ${loss0.data.toFixed(6)}, a graph of ${loss0.topologicalOrder().length} nodes`,
  `first weight: data ${w.data.toFixed(4)}, gradient ${w.grad.toFixed(6)}`,
  `by nudging it:             gradient ${nudged.toFixed(6)}  ${agree(w.grad, nudged, 1e-6)}`,
  w.grad > 0 ? "Turning it up makes the loss worse." : "Turning it up makes the loss better.",
);

// %% [markdown]
// ## Training
//
// The whole of it:
//
// 1. **forward**: predict, and work out the loss;
// 2. **zero**: forget the gradients of the step before;
// 3. **backward**: find the gradient of every parameter;
// 4. **step**: move every parameter a little *against* its gradient.

// %%
tell();
const optimizer = new SGD(network.parameters(), { lr: 0.1 });
const losses: number[] = [];
for (let k = 0; k < 100; k++) {
  const loss = meanSquaredError(predict(network), targets);
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();
  losses.push(loss.data);
}

await table(
  [{ heading: "step", format: "%d" }, { heading: "loss", format: "%.7f" }],
  [0, 1, 2, 5, 10, 20, 50, 99].map((k) => [k, losses[k]]),
);
print(`The last loss, the same every time: ${losses.at(-1)}`);

// %%
tell();
await table(
  [{ heading: "target", format: "%d" }, { heading: "prediction", format: "%.4f" }],
  predict(network).map((prediction, k) => [targets[k], prediction.data]),
);

// %% [markdown]
// ## Two mistakes, on purpose
//
// **Forgetting `zeroGrad`.** Gradients add up over calls (lesson 04). Without step 2, each step also makes
// all the steps before it once more. The training becomes a ball that rolls without friction: it rushes
// down, shoots past the bottom, and swings for ever.
//
// **A learning rate too large.** The gradient is true only nearby. Go too far, and you land somewhere
// that it knew nothing about. Here it is so far off that the next gradient is larger still: the loss
// explodes, and we stop it at 1000.
//
// Both start from the same weights as the training above.

// %%
tell();
function train({ lr, forget = false }: { lr: number; forget?: boolean }): number[] {
  const network = newNetwork();
  const optimizer = new SGD(network.parameters(), { lr });
  const losses: number[] = [];
  while (losses.length < 100 && !(losses.at(-1)! > 1000)) {
    const loss = meanSquaredError(predict(network), targets);
    if (!forget) optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss.data);
  }
  return losses;
}
const runs = [
  { name: "as above", losses },
  { name: "zeroGrad forgotten", losses: train({ lr: 0.1, forget: true }) },
  { name: "learning rate 0.5", losses: train({ lr: 0.5 }) },
];

await lossCurves(Object.fromEntries(runs.map(({ name, losses }) => [name, losses])));
await table(
  [
    { heading: "training" },
    { heading: "steps", format: "%d" },
    { heading: "first loss", format: "%.1e" },
    { heading: "lowest", format: "%.1e" },
    { heading: "last", format: "%.1e" },
  ],
  runs.map(({ name, losses }) => [
    name,
    losses.length,
    losses[0],
    Math.min(...losses),
    losses.at(-1)!,
  ]),
);

// %% [markdown]
// ## Your turn
//
// 1. Change the seed in `newNetwork()`. Does every start end well?
// 2. Which learning rate brings the loss below 0.001 in the fewest steps? Where does it break?
//
// Next: [09 · Two moons](09_two_moons.ipynb), a problem with a shape.
