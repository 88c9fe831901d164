// Lesson 10. Run it with `deno run lessons/10_compile.ts`.
import source from "./10_compile.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 10 · Compile
//
// A graph of Values is made to be looked at: every node knows its operands, its operation, its gradient.
// That has a price. Each training step builds the whole graph again, uses it once, and throws it away,
// although only the *numbers* in it have changed.
//
// So trace the graph once, write its arithmetic down as code, and run the code. The gradients stay the
// same. The speed does not.

// %%
tell();
import { compile, explain, MLP, Random, Value } from "../mod.ts";
import { speedChart } from "../lessons/plot.ts";
import { table } from "../lessons/old_table.ts";
import { agree, print, show } from "../lessons/show.ts";

// %% [markdown]
// ## Three nodes
//
// The smallest neuron: $y = \tanh(w x + b)$. First as Values, with its derivative written out by the chain
// rule:

// %%
tell();
const x = new Value(2, { label: "x" });
const w = new Value(0.5, { label: "w" });
const b = new Value(-0.6, { label: "b" });
const wx = w.mul(x);
wx.label = "wx";
const n = wx.add(b);
n.label = "n";
const y = n.tanh();
y.label = "y";

await show(explain(y, w));

// %% [markdown]
// And now compiled. `x` are the inputs, `p` the parameters, `g` their gradients. `v1`, `v2`, `v3` are the
// nodes, in topological order; `d3`, `d2` are the gradients $dy/dv_3$ and $dy/dv_2$, on the way back. It is
// lesson 03, written by a program.

// %%
tell();
const kernel = compile(y, { inputs: [x], parameters: [w, b] });

print(...kernel.source.trimEnd().split("\n"));

// %% [markdown]
// The table of operations knows each line: the code of `v3` is the formula of tanh, the code of `d2` its
// local derivative × the upstream gradient. No graph is left, only arithmetic. It gives the same numbers:

// %%
tell();
const compiledOutput = kernel.backward([2]);
y.backward();

await table(
  [
    { heading: "" },
    { heading: "Values", format: "%.15f" },
    { heading: "compiled", format: "%.15f" },
    { heading: "agree" },
  ],
  [
    ["y", y.data, compiledOutput, agree(y.data, compiledOutput, 0)],
    ["dy/dw", w.grad, kernel.gradients[0], agree(w.grad, kernel.gradients[0], 0)],
    ["dy/db", b.grad, kernel.gradients[1], agree(b.grad, kernel.gradients[1], 0)],
  ],
);

// %% [markdown]
// ## Two moons again
//
// The loss of *one* point of lesson 09 is a graph, too. Compile it once, then replay it for each of the 100
// points: the gradients add up in `gradients`, as they do on Values.

// %%
tell();
const random = new Random(3);
const points = Array.from({ length: 100 }, (_, k) => {
  const angle = random.uniform(0, Math.PI);
  const [x1, x2, label] = k % 2 === 0
    ? [Math.cos(angle), Math.sin(angle), 1]
    : [1 - Math.cos(angle), 0.5 - Math.sin(angle), -1];
  return [x1 + random.normal(0, 0.1), x2 + random.normal(0, 0.1), label];
});
const network = new MLP(2, [16, 16, 1], { activation: "relu", random });
const parameters = network.parameters();

function lossOf(x1: Value, x2: Value, label: Value): Value {
  return Value.sub(1, network.forward([x1, x2])[0].mul(label)).relu();
}
function gradientByValues(): number {
  network.zeroGrad();
  let sum = 0;
  for (const [x1, x2, label] of points) {
    const loss = lossOf(new Value(x1), new Value(x2), new Value(label));
    loss.backward();
    sum += loss.data;
  }
  return sum;
}

const inputs = [new Value(0), new Value(0), new Value(0)];
const example = lossOf(inputs[0], inputs[1], inputs[2]);
const trained = compile(example, { inputs, parameters });
function gradientByKernel(): number {
  trained.gradients.fill(0);
  let sum = 0;
  for (const point of points) sum += trained.backward(point);
  return sum;
}

const byValues = gradientByValues();
const byKernel = gradientByKernel();
async function compareWithValues(name: string, sum: number) {
  const differences = parameters.map(({ grad }, k) => Math.abs(grad - trained.gradients[k]));
  await table(
    [
      { heading: "" },
      { heading: "sum of losses", format: "%.12f" },
      { heading: "largest difference of a gradient" },
    ],
    [
      ["Values", byValues, ""],
      [name, sum, Math.max(...differences).toExponential(1)],
    ],
  );
}

await compareWithValues("compiled", byKernel);

// %% [markdown]
// ## Two at a time
//
// The code says nothing about *which* point it works on. So it can work on two at once. A processor computes
// in *registers*, and these are wide enough for two numbers or more, with instructions that add or multiply
// all of them in the time of one. That is *SIMD*: single instruction, multiple data. JavaScript cannot ask
// for it, but WebAssembly can, for two numbers: `backwardAll` translates each line of `trained.source` and
// runs the lines on two points at a time.
//
// Each of the two adds up its own gradients, and these two sums are added in the end: another order than
// before, so other roundings.

// %%
tell();
function gradientInPairs(): number {
  trained.gradients.fill(0);
  return trained.backwardAll(points);
}
const inPairs = gradientInPairs();

await compareWithValues("two at a time", inPairs);

// %% [markdown]
// ## How much faster?
//
// Measured here and now, on your machine: each way runs for half a second, after a warm-up in which the
// JavaScript engine gets to know it.

// %% [measured]
tell();
function stepsPerSecond(gradient: () => number): number {
  const run = (milliseconds: number) => {
    const start = performance.now();
    let steps = 0;
    while (performance.now() - start < milliseconds) {
      gradient();
      steps++;
    }
    return 1000 * steps / (performance.now() - start);
  };
  run(500);
  return run(500);
}
const speeds = {
  Values: stepsPerSecond(gradientByValues),
  compiled: stepsPerSecond(gradientByKernel),
  "two at a time": stepsPerSecond(gradientInPairs),
};

await speedChart(speeds);

// %% [markdown]
// Where did the time go? Building a node means finding memory for it, filling it, and giving it back; the
// order must be found by a walk; and each node must be asked what it is before it can be computed. Compiled
// code has all of that settled, once. Two at a time halve the arithmetic, not the rest: numbers have to be
// brought to WebAssembly and back, and where the code asks a question, as relu does, both answers are
// computed and one is taken.
//
// ## Your turn
//
// 1. Print `trained.source`. Which line is the relu of the first neuron? Where is its derivative?
// 2. Compile with `{ form: "loop" }`. When would a loop be faster than a line for each node?
//
// This was the last lesson. You have seen every idea that a neural network needs in order to learn.
