// Lesson 10. Run it with `deno run lessons/10_compile.ts`.
import source from "./10_compile.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 10 · Compile
//
// A graph of Values is made to be looked at: every node has its operands, its operation, its gradient.
// That has a price. Each training step builds the whole graph again, uses it once, and throws it away,
// although only the *numbers* in it have changed.
//
// So build the graph once, write its arithmetic down as code, and run the code. The gradients stay the
// same. The speed does not.

// %%
tell();
import { compile, explain, MLP, Random, Value } from "../mod.ts";
import { speedChart } from "../lessons/plot.ts";
import { agree, print, show, small, table } from "../lessons/show.ts";

// %% [markdown]
// ## Three nodes
//
// The smallest neuron: $y = \tanh(w \cdot x + b)$. First as Values, with its derivative written out by
// the chain rule:

// %%
tell();
const x = new Value(2, { label: "x" });
const w = new Value(0.5, { label: "w" });
const b = new Value(-0.6, { label: "b" });
const wx = w.mul(x), n = wx.add(b), y = n.tanh();
for (const [label, node] of Object.entries({ wx, n, y })) {
  node.label = label;
}
await show(explain(y, w));

// %% [markdown]
// And now compiled. What `compile` returns is called a **kernel**: it computes the result and the
// gradients without a graph. In its code, `x` are the inputs, `p` the parameters, `g` their gradients.
// `v1`, `v2`, `v3` are the nodes, in topological order; `d3`, `d2` are the gradients $dy/dv_3$ and
// $dy/dv_2$, on the way back. It is lesson 03, written by a program.

// %%
tell();
const kernel = compile(y, { inputs: [x], parameters: [w, b] });
print(...kernel.source.trimEnd().split("\n"));

// %% [markdown]
// Each line comes from the operation's entry in the engine: `v3` is the formula of tanh, `d2` its local
// derivative × the upstream gradient. No graph is left, only arithmetic. It gives the same numbers:

// %%
tell();
const compiledY = kernel.backward([2]);
y.backward();
const byGraph = [y.data, w.grad, b.grad];
const byCode = [compiledY, ...kernel.gradients];
await table({
  "": ["y", "dy/dw", "dy/db"],
  "Values": byGraph.map((number) => number.toFixed(15)),
  "compiled": byCode.map((number) => number.toFixed(15)),
  "agree": byGraph.map((number, k) => agree(number, byCode[k], 0)),
});

// %% [markdown]
// ## Two moons again
//
// The loss of *one* point of lesson 09 is a graph, too. Compile it once, then run it for each of the
// 100 points: the gradients add up in `gradients`, as they do on Values.

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

function lossOf([x1, x2, label]: Value[]): Value {
  const [score] = network.forward([x1, x2]);
  return Value.sub(1, score.mul(label)).relu();
}
function gradientByValues(): number {
  network.zeroGrad();
  let sum = 0;
  for (const point of points) {
    const loss = lossOf(point.map((number) => new Value(number)));
    loss.backward();
    sum += loss.data;
  }
  return sum;
}
const inputs = [new Value(0), new Value(0), new Value(0)];
const compiled = compile(lossOf(inputs), { inputs, parameters });

function gradientByCode(): number {
  compiled.gradients.fill(0);
  let sum = 0;
  for (const point of points) sum += compiled.backward(point);
  return sum;
}
function compare(name: string, gradient: () => number): Promise<void> {
  const sums = [gradientByValues(), gradient()];
  const differences = parameters
    .map(({ grad }, k) => Math.abs(grad - compiled.gradients[k]));
  const largest = Math.max(...differences);
  return table({
    "": ["Values", name],
    "sum of losses": sums.map((sum) => sum.toFixed(12)),
    "largest difference of gradients": ["", small(largest)],
  });
}
await compare("compiled", gradientByCode);

// %% [markdown]
// ## Two at a time
//
// Nothing in the code depends on *which* point it works on. So it can work on two at once. A processor
// computes in *registers*, and these are wide enough for two numbers or more, with instructions that
// add or multiply all of them in the time of one. That is **SIMD**: single instruction, multiple data.
// JavaScript has no such instructions, but **WebAssembly** has them, for two numbers. (It is a language
// close to the processor, which browsers and Deno run, too.) `backwardAll` translates each line of
// `compiled.source` and runs the lines on two points at a time.
//
// Each of the two adds up its own gradients, and these two sums are added in the end. That is another
// order than before, so the last digits may round in another way.

// %%
tell();
function gradientInPairs(): number {
  compiled.gradients.fill(0);
  return compiled.backwardAll(points);
}
await compare("two at a time", gradientInPairs);

// %% [markdown]
// ## How much faster?
//
// This measures it, on the machine that it runs on: each way runs for half a second. Before that it
// runs for a second that does not count, since JavaScript optimises code while it runs.

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
  run(1000);
  return run(500);
}
await speedChart({
  "Values": stepsPerSecond(gradientByValues),
  "compiled": stepsPerSecond(gradientByCode),
  "two at a time": stepsPerSecond(gradientInPairs),
});

// %% [markdown]
// Where did the time go? Building a node means finding memory for it, filling it, and giving it back;
// the order must be found by a walk; and the operation of each node must be looked up before it can be
// computed. Compiled code has done all of that once, beforehand. Two at a time halves the arithmetic, but
// the factor need not be 2: the code is WebAssembly and no longer JavaScript, numbers have to be brought
// there and back, and where there is a condition, as for relu, both sides are computed and one is taken.
//
// ## Your turn
//
// 1. Print `compiled.source`. Which line is the relu of the first neuron? Where is its derivative?
// 2. Predict whether a loop is faster here than a line for each node. Run it: compile with `form: "loop"`
//    beside `inputs` and `parameters`.
// 3. Write a compiler: `exercises/10_compile.ts`.
//
// Next: [11 · A GPT](11_gpt.ipynb), where the speed is needed.
