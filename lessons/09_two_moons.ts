// Lesson 09. Run it with `deno run lessons/09_two_moons.ts`.
import source from "./09_two_moons.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 09 · Two moons
//
// Two crescents of points, one inside the other's bend. No straight line parts them: whatever learns
// this must learn a *curve*. It is the demo that micrograd ends with.

// %%
tell();
import { l2, maxMargin, MLP, Random, SGD } from "../mod.ts";
import { decisionBoundary, lossCurves } from "../lessons/plot.ts";
import { table } from "../lessons/old_table.ts";
import { print, progress } from "../lessons/show.ts";

// %% [markdown]
// ## The data
//
// Each moon is half a circle, with a little noise. The upper one has the label $+1$, the lower $-1$.

// %%
tell();
const random = new Random(3);
const points = Array.from({ length: 100 }, (_, k) => {
  const angle = random.uniform(0, Math.PI);
  const [x, y, label] = k % 2 === 0
    ? [Math.cos(angle), Math.sin(angle), 1]
    : [1 - Math.cos(angle), 0.5 - Math.sin(angle), -1];
  return { x: x + random.normal(0, 0.1), y: y + random.normal(0, 0.1), label };
});
const labels = points.map(({ label }) => label);

await table(
  [
    { heading: "x₁", format: "%.4f" },
    { heading: "x₂", format: "%.4f" },
    { heading: "label", format: "%d" },
  ],
  points.slice(0, 4).map(({ x, y, label }) => [x, y, label]),
);

// %% [markdown]
// ## The network
//
// Two inputs, two layers of 16 neurons with relu, and one output that is a plain score: positive means
// $+1$, negative $-1$.

// %%
tell();
const network = new MLP(2, [16, 16, 1], { activation: "relu", random });
const score = (x: number, y: number) => network.forward([x, y])[0];

print(`${network.parameters().length} parameters`);
await decisionBoundary((x, y) => score(x, y).data, points);

// %% [markdown]
// ## The loss
//
// The **max-margin** loss asks for more than the right side: each score should be on its side by at
// least 1.
//
// $$\text{loss} = \frac{1}{100} \sum_k \max(0,\; 1 - \text{label}_k \cdot \text{score}_k)
//   \;+\; 10^{-4} \sum_p p^2$$
//
// A point that is safe costs nothing. The second sum, **L2 regularisation**, charges a little for large
// parameters $p$; it keeps the boundary smooth.
//
// ## Training
//
// The learning rate falls from 1 to 0.1: large steps first, to get near, then small ones, to settle.

// %%
tell();
const optimizer = new SGD(network.parameters(), { lr: 1 });
const losses: number[] = [];
const accuracies: number[] = [];

for (let k = 0; k < 100; k++) {
  const scores = points.map(({ x, y }) => score(x, y));
  const loss = maxMargin(scores, labels).add(l2(network.parameters(), 1e-4));
  optimizer.zeroGrad();
  loss.backward();
  optimizer.lr = 1 - 0.9 * k / 100;
  optimizer.step();
  losses.push(loss.data);
  accuracies.push(scores.filter(({ data }, i) => data * labels[i] > 0).length / points.length);
  await progress(
    k + 1,
    100,
    `loss ${loss.data.toFixed(4)}, accuracy ${Math.round(accuracies[k] * 100)} %`,
  );
}
await table(
  [
    { heading: "step", format: "%d" },
    { heading: "loss", format: "%.6f" },
    { heading: "accuracy", format: "%d %%" },
  ],
  [0, 10, 20, 40, 60, 80, 99].map((k) => [k, losses[k], Math.round(accuracies[k] * 100)]),
);

// %%
tell();
await lossCurves({ loss: losses });
print(`The last loss, the same every time: ${losses.at(-1)}`);

// %% [markdown]
// ## What it learned
//
// Nobody told the network about moons. It had points, a loss, and gradients.

// %%
tell();
await decisionBoundary((x, y) => score(x, y).data, points);

// %% [markdown]
// ## Your turn
//
// 1. Use a network without hidden layers: `new MLP(2, [1])`. What is the best it can do?
// 2. Take the noise up to 0.3. Does the accuracy still reach 100 %? Should it?
//
// Next: [10 · Compile](10_compile.ipynb), the same gradients, many times faster.
