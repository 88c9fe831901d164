// Lesson 12. Run it with `deno run lessons/12_tensors.ts`.
import source from "./12_tensors.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 12 · Tensors
//
// Where are scalars no longer enough? A `Value` is one number, and that is what makes it good to look
// at. But a network of a million parameters would be millions of objects at each step. Libraries for
// training compute with **tensors**: whole arrays of numbers, one node in the graph for each array.
// What of all that you have learned is still true there?
//
// We use [jax-js](https://github.com/ekzhang/jax-js), a young library that does in JavaScript what
// [JAX](https://docs.jax.dev) does in Python. It is one package of 1.7 MB, downloaded when this lesson
// runs for the first time.

// %%
tell();
import { compile, maxMargin, MLP, Random, SGD, Value } from "../mod.ts";
import type * as JaxTypes from "@jax-js/jax";
import { alphabet, linear, lossOf } from "../lessons/gpt.ts";
import { newWeights, tokensOf } from "../lessons/gpt.ts";
import { plot } from "../lessons/plot.ts";
import { agree, print, small, table } from "../lessons/show.ts";

// %%
tell();
const jax: typeof JaxTypes = await import("@jax-js/jax").catch(() => {
  throw new Error(
    "this lesson needs the package @jax-js/jax, which is not on this " +
      "machine and could not be downloaded: run it once with a " +
      "connection to the network",
  );
});
const { numpy: np, nn, tree } = jax;
const { grad, jit, makeJaxpr, valueAndGrad, vjp, vmap } = jax;
type Tensor = JaxTypes.Array;
type Numbers = number | number[] | number[][];
function tensor(numbers: Numbers): Tensor {
  return np.array(numbers, { dtype: np.float64 });
}
const numbersOf = (tensor: Tensor): number[] => [...tensor.dataSync()];

const example = tensor([[1, 2, 3], [4, 5, 6]]);
print(
  `${example.shape.join(" × ")} numbers: ${numbersOf(example).join(", ")}`,
);

// %% [markdown]
// `float64` are the numbers of JavaScript: 64 bits each, good for 53 binary digits, about 16 decimal
// ones. For training, `float32` or less is usually enough; we want to compare digits.
//
// ## A Value becomes an array
//
// A layer was a list of dot products. As arrays it is one **matrix product**.

// %%
tell();
const rows = [[1, 2], [3, 4], [5, 6]], point = [10, 100];
const values = (numbers: number[]) => numbers.map((n) => new Value(n));
const data = (list: readonly Value[]) => list.map(({ data }) => data);
const w = rows.map(values), x = values(point);
const y = linear(w, x);
const product = np.matmul(tensor(rows), tensor(point));

print(`as Values: ${data(y).join(", ")}, in ${y.length} nodes`);
print(`as arrays: ${numbersOf(product).join(", ")}, in one`);

// %% [markdown]
// ## Local derivatives become vector–Jacobian products
//
// One node now has many outputs and many inputs. Its local derivatives are a table, the **Jacobian**:
// how each output moves with each input. The chain rule is the same sum as ever: the gradient of an
// input adds up local derivative × upstream gradient, over all outputs. For $y = W x$ with the upstream
// gradients $\bar y_i$:
//
// $$
// \begin{aligned}
// \bar x_j &= \sum_i W_{ij} \cdot \bar y_i \\
// \bar W_{ij} &= x_j \cdot \bar y_i
// \end{aligned}
// $$
//
// A sum over all outputs is a vector times the Jacobian: a **vector–Jacobian product**, VJP. The table
// itself is never written down. $\bar x$ is again a matrix product, with $W$ **transposed**: its rows
// and columns exchanged. So each operation on arrays has, in place of local derivatives, a rule for its
// VJP, and the walk back is the one of lesson 04.

// %%
tell();
const upstream = [1, 10, 100];
Value.dot(values(upstream), y).backward();
const [, pullBack] = vjp(
  np.matmul,
  [tensor(rows), tensor(point)],
);
const [wBar, xBar] = pullBack(tensor(upstream));

const grads = (list: Value[]) => list.map(({ grad }) => grad);

print(
  `gradient of x, as Values: ${grads(x).join(", ")}`,
  `              by the VJP: ${numbersOf(xBar).join(", ")}`,
  `gradient of W, as Values: ${grads(w.flat()).join(", ")}`,
  `              by the VJP: ${numbersOf(wBar).join(", ")}`,
);

// %% [markdown]
// ## grad, jit, vmap
//
// Three functions that take a function and return one. You know all three:
//
// - `grad(f)` is the gradient of `f`: `backward()`.
// - `jit(f)` traces `f`, once for each shape of its arrays, writes it down as code, and runs the code:
//   `compile()`.
// - `vmap(f)` is `f` for each row of an array: a loop.
//
// Take the squared error of a neuron, $(w \cdot x - 1)^2$. In jax-js an array is freed by its first
// use, and `x.ref` says that there is one use more: JavaScript cannot tell when an array may be
// forgotten, and arrays are large. (`[null, 0]` says: the same `w` for all, and one row of `x` for
// each.)

// %%
tell();
const squaredError = (w: Tensor, x: Tensor) => np.square(w.mul(x).sub(1));
const byLoop = [-1, 0, 1, 2].map((x) => {
  const w = new Value(0.5);
  w.mul(x).sub(1).pow(2).backward();
  return w.grad;
});
const slopes = jit(vmap(grad(squaredError), [null, 0]));
const byVmap = numbersOf(slopes(tensor(0.5), tensor([-1, 0, 1, 2])));

print(`backward() in a loop: ${byLoop.join(", ")}`);
print(`jit(vmap(grad())):    ${byVmap.join(", ")}`);

// %% [markdown]
// `compile` is given a finished graph. `jit` makes one: the first time that it meets arrays of a given
// shape and type, it calls the function with stand-ins for the arrays, and writes down what is done to
// them. This is what it has written down for `grad(squaredError)`. After `lambda` come the inputs, then
// a line for each operation, with its result on the left; after `in` comes the result of all of them.
// (`stop_gradient b` is `b`: nobody asked for the gradient of `x`.)

// %%
tell();
const { jaxpr } = makeJaxpr(grad(squaredError))(tensor(0), tensor(0));
print(`${jaxpr}`);
jaxpr.dispose();

// %% [markdown]
// `float64` and `jit` have one trap: a bare number becomes a `float32` in the traced code, which keeps
// about seven digits. So constants are tensors below:

// %%
tell();
const byNumber = jit((x: Tensor) => x.mul(0.1));
const byTensor = jit((x: Tensor) => x.mul(tensor(0.1)));
print(
  `1 times 0.1:         ${numbersOf(byNumber(tensor(1)))[0]}`,
  `1 times tensor(0.1): ${numbersOf(byTensor(tensor(1)))[0]}`,
);

// %% [markdown]
// ## Two moons, as arrays
//
// The network of lesson 09 on 100 points at once: one matrix of points goes in, one column of scores
// comes out. We copy the weights of an `MLP` and train both, without batches: ten steps against the
// gradient, side by side.

// %%
tell();
const random = new Random(3);
const points = Array.from({ length: 100 }, (_, k) => {
  const angle = random.uniform(0, Math.PI);
  const [x1, x2] = k % 2 === 0
    ? [Math.cos(angle), Math.sin(angle)]
    : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  return [x1 + random.normal(0, 0.1), x2 + random.normal(0, 0.1)];
});
const labels = points.map((_, k) => k % 2 === 0 ? 1 : -1);
const network = new MLP(2, [16, 16, 1], { activation: "relu", random });

type Layer = { weights: Tensor; bias: Tensor };
let layers: Layer[] = network.layers.map(({ neurons }) => ({
  weights: tensor(neurons.map(({ weights }) => data(weights))),
  bias: tensor(neurons.map(({ bias }) => bias.data)),
}));
function marginLoss(
  layers: Layer[],
  points: Tensor,
  labels: Tensor,
): Tensor {
  const n = points.shape[0];
  let x = points;
  layers.forEach(({ weights, bias }, k) => {
    x = np.matmul(x, weights.transpose()).add(bias);
    if (k < layers.length - 1) x = nn.relu(x);
  });
  const margins = np.subtract(1, x.reshape([n]).mul(labels));
  return nn.relu(margins).sum().div(tensor(n));
}
type Tree = JaxTypes.JsTree<Tensor>;
function against<T extends Tree>(
  gradients: T,
  parameters: T,
  rate: number,
): T {
  function move(parameter: Tensor, gradient: Tensor): Tensor {
    return parameter.sub(gradient.mul(tensor(rate)));
  }
  return tree.map(move, parameters as Tree, gradients as Tree) as T;
}
const step = jit(valueAndGrad(marginLoss));
const losses = Array.from({ length: 10 }, () => {
  const scores = points.map((point) => network.forward(point)[0]);
  const loss = maxMargin(scores, labels);
  network.zeroGrad();
  loss.backward();
  for (const parameter of network.parameters()) {
    parameter.data -= 0.2 * parameter.grad;
  }

  const [lossOfArrays, gradients] = step(
    tree.ref(layers),
    tensor(points),
    tensor(labels),
  );
  layers = against(gradients, layers, 0.2);
  return [loss.data, ...numbersOf(lossOfArrays)];
});
await table({
  step: losses.map((_, k) => k + 1),
  "Values": losses.map(([byValues]) => byValues),
  "arrays": losses.map(([, byArrays]) => byArrays),
  agree: losses.map(([scalar, array]) => agree(scalar, array, 1e-9)),
}, { digits: 12 });

// %% [markdown]
// ## The GPT, as arrays
//
// In lesson 11 a loop went from letter to letter. As arrays, a name of $n$ tokens is a matrix of $n$ rows,
// and each part of the network takes all rows at once. Two things look different:
//
// - `lookUp` becomes the product with a one-hot matrix, as in the compiled network.
// - No row may look ahead. So all scores are computed, and those of later positions are replaced by
//   $-\infty$ before softmax makes weights of them: $e^{-\infty} = 0$. That is the **mask**.
//
// The rest is as in lesson 11.

// %%
tell();
const scalars = newWeights(new Random(42));
const parameters = Object.values(scalars).flat(2);
type Weights = Record<keyof typeof scalars, Tensor>;
function tensors(): Weights {
  const entries = Object.entries(scalars).map(([name, rows]) =>
    [name, tensor(rows.map(data))] as const
  );
  return Object.fromEntries(entries) as Weights;
}

function rmsNorm(x: Tensor): Tensor {
  const sum = np.square(x.ref).sum(1, { keepdims: true });
  return x.div(np.sqrt(sum.div(tensor(16)).add(tensor(0.00001))));
}
function lookBack(w: Weights, x: Tensor, n: number): Tensor {
  function heads(matrix: Tensor, x: Tensor): Tensor {
    const rows = np.matmul(x, matrix.transpose()).reshape([n, 4, 4]);
    return rows.transpose([1, 0, 2]);
  }
  const query = heads(w.query, x.ref);
  const key = heads(w.key, x.ref);
  const value = heads(w.value, x);
  const scores = np.matmul(query, key.transpose([0, 2, 1])).div(2);
  const past = np.tri(n).reshape([1, n, n]).greater(0);
  const weights = nn.softmax(np.where(past, scores, -Infinity), -1);
  const results = np.matmul(weights, value).transpose([1, 0, 2]);
  return np.matmul(results.reshape([n, 16]), w.output.transpose());
}
function gptLoss(w: Weights, read: Tensor, next: Tensor): Tensor {
  const n = read.shape[0];
  const position = w.position.slice([0, n]);
  let x = rmsNorm(np.matmul(read, w.token.transpose()).add(position));
  x = x.ref.add(lookBack(w, rmsNorm(x), n));
  const hidden = nn.relu(np.matmul(rmsNorm(x.ref), w.expand.transpose()));
  x = x.add(np.matmul(hidden, w.contract.transpose()));
  const logits = np.matmul(x, w.logits.transpose());
  const logitOfNext = logits.ref.mul(next).sum(1);
  const crossEntropy = nn.logsumexp(logits, 1).sub(logitOfNext);
  return crossEntropy.sum().div(tensor(n));
}
const count = Object.keys(scalars).length;
print(`${count} arrays in place of ${parameters.length} Values`);

// %% [markdown]
// One thing first. jax-js computes on a **device**: `wasm`, which is WebAssembly, or `webgpu`, a graphics
// card. Both are made for `float32`, and use a shortcut for $e^x$ and the logarithm that is good to seven
// digits or so. A third, `cpu`, is slow and exact.

// %%
tell();
const powerOn = (device: "wasm" | "cpu") => {
  jax.defaultDevice(device);
  return numbersOf(np.exp(tensor([0.3, 1])))[0];
};
print(`e to the power of 0.3: ${Math.exp(0.3)}`);
print(`              on wasm: ${powerOn("wasm")}`);
print(`              on cpu:  ${powerOn("cpu")}`);

// %% [markdown]
// So we compare digits on `cpu`. Five names, one step each, from the same 4,192 weights:

// %%
tell();
function oneHot(tokens: number[]): Tensor {
  return tensor(tokens.map((token) => {
    return Array.from(alphabet, (_, k) => k === token ? 1 : 0);
  }));
}
const optimizer = new SGD(parameters, { lr: 0.1 });
let w2 = tensors();
const gptStep = jit(valueAndGrad(gptLoss));
const five = ["emma", "noah", "olivia", "ava", "theodore"];
const gptLosses = five.map((name) => {
  const tokens = tokensOf(name);
  const loss = lossOf(scalars, tokens);
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();

  const [lossOfArrays, gradients] = gptStep(
    tree.ref(w2),
    oneHot(tokens.slice(0, -1)),
    oneHot(tokens.slice(1)),
  );
  w2 = against(gradients, w2, 0.1);
  return [loss.data, ...numbersOf(lossOfArrays)];
});
await table({
  name: five,
  "Values": gptLosses.map(([scalar]) => scalar),
  "arrays": gptLosses.map(([, array]) => array),
  agree: gptLosses.map(([scalar, array]) => agree(scalar, array, 1e-9)),
}, { digits: 12 });

// %% [markdown]
// The walk back through all these matrices is one call of `valueAndGrad`. Everything in it is a rule for a
// VJP, applied in topological order.
//
// ## How long does a gradient take?
//
// Is it faster? One layer of as many neurons as inputs, with relu and a squared output, on eight examples:
// the gradient of all weights, as Values, compiled, and as arrays on `wasm`. Both axes of the picture are
// logarithmic, so that 16 and 1,024 both have room.

// %%
tell();
function layerLoss(w: Tensor, x: Tensor): Tensor {
  return np.square(nn.relu(np.matmul(x, w.transpose()))).sum();
}
const layerStep = jit(valueAndGrad(layerLoss));
function milliseconds(run: () => void): number {
  const times: number[] = [], end = performance.now() + 150;
  while (times.length < 3 || performance.now() < end) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}
function numbersFor(width: number) {
  const random = new Random(1);
  const matrix = (rows: number) =>
    Array.from(
      { length: rows },
      () => Array.from({ length: width }, () => random.normal()),
    );
  return { weights: matrix(width), examples: matrix(8) };
}
function byEngine(width: number): number[] {
  const { weights, examples } = numbersFor(width);
  const w = weights.map(values), x = examples.map(values);
  function loss(): Value {
    const outputs = x.flatMap((example) => linear(w, example));
    return Value.sum(outputs.map((y) => y.relu().pow(2)));
  }
  const start = performance.now();
  const leaves = { inputs: x.flat(), parameters: w.flat() };
  const kernel = compile(loss(), leaves);
  const toCompile = performance.now() - start;
  const inputs = examples.flat();
  return [
    milliseconds(() => loss().backward()),
    milliseconds(() => kernel.backward(inputs)),
    toCompile,
  ];
}
function byArrays(width: number): number[] {
  const { weights, examples } = numbersFor(width);
  return [np.float64, np.float32].map((dtype) => {
    const w = np.array(weights, { dtype });
    const x = np.array(examples, { dtype });
    return milliseconds(() => {
      const [loss, gradient] = layerStep(w.ref, x.ref);
      loss.dataSync();
      gradient.dataSync();
    });
  });
}
jax.defaultDevice("wasm");
const widths = [16, 64, 256, 1024];
const counts = widths.map((n) => n * n);
print(`widths ${widths.join(", ")}: ${counts.join(", ")} weights`);

// %% [measured]
tell();
const engine = widths.slice(0, 3).map(byEngine);
const arrays = widths.map(byArrays);
const line = (times: number[][], k: number) =>
  times.map((time, i): [number, number] => [widths[i], time[k]]);
await plot({
  "Values": line(engine, 0),
  "compiled": line(engine, 1),
  "float64": line(arrays, 0),
  "float32": line(arrays, 1),
}, {
  log: "xy",
  labels: ["width", "milliseconds"],
  title: "The time of one gradient by width",
});
await table({
  width: widths,
  "Values": widths.map((_, k) => engine[k]?.[0].toFixed(2) ?? ""),
  "compiled": widths.map((_, k) => engine[k]?.[1].toFixed(2) ?? ""),
  "(to compile)": widths.map((_, k) => engine[k]?.[2].toFixed(0) ?? ""),
  "float64": arrays.map(([time]) => time.toFixed(2)),
  "float32": arrays.map(([, time]) => time.toFixed(2)),
});

// %% [markdown]
// In milliseconds, the best of several runs. Each call of a function on arrays has a price, whatever
// their size; for a narrow layer that is most of the time. The wider the layer, the further ahead of
// Values are arrays. In the wide layers `float32` is many times as fast as `float64`. Compiled code is
// not slow at all: it has found the matrices again and runs loops over them. But look at what it took
// to get there. Before the first step the graph had to be built: an object for each weight, and a
// product for each weight and each example. At width 1,024 that would be 8 million products, and we
// leave it out. An array of a million numbers is one object. So what limits scalars is not the speed of
// their compiled code but the graph that it is compiled from.
//
// ## Beyond one machine
//
// Large networks are trained on many machines at once. The simplest way is **data parallelism**: all have
// the same weights; each takes a part of the batch and finds the gradient of its part; the gradients are
// added up, and all take the same step. Why is that right? The loss of a batch is a mean over its examples,
// and the derivative of a sum is the sum of the derivatives. Two halves of the moons:

// %%
tell();
const gradientOf = jit(grad(marginLoss));
function gradientOn(from: number, to: number): number[] {
  const x = tensor(points.slice(from, to));
  const y = tensor(labels.slice(from, to));
  return gradientOf(tree.ref(layers), x, y)
    .flatMap(({ weights, bias }) => [weights, bias].flatMap(numbersOf));
}
const whole = gradientOn(0, 100);
const [one, two] = [gradientOn(0, 50), gradientOn(50, 100)];
const apart = whole.map((g, k) => Math.abs(g - (one[k] + two[k]) / 2));

print(
  `${whole.length} gradients, of all points and as the mean of two halves`,
  `largest difference: ${small(Math.max(...apart))}`,
);

// %% [markdown]
// Equal, but for the last bits: additions in another order are rounded differently. Here the halves
// were computed one after the other; on a cluster they run at the same time. JAX does that by placing
// the parts of an array on [many devices](https://docs.jax.dev/en/latest/parallel.html), PyTorch with
// [DistributedDataParallel](https://docs.pytorch.org/tutorials/beginner/dist_overview.html). Networks
// too large for one machine are split along their layers and matrices as well. The chain rule is the
// same, wherever the numbers are.
//
// ## Your turn
//
// 1. Predict how the gradients change in the last cell when one half has 30 points and the other 70.
//    What must take the place of the mean?
// 2. Write the layer of `layerLoss` for one example, and let `vmap` do the eight.
// 3. Is there a `webgpu` in your browser or Deno? `await jax.init()` lists what there is.
//
// This was the last lesson. You have derived, built and checked what a network needs in order to learn: a
// loss, its gradient, and steps against it. From here, go on with the tutorials of
// [JAX](https://docs.jax.dev/en/latest/jax-101.html) and [PyTorch](https://docs.pytorch.org/tutorials/).
