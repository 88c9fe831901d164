// Lesson 08. Run it with `deno run lessons/08_network.ts`.
import source from "./08_network.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 08 · A network
//
// One neuron draws one line, and for *exclusive or* that is not enough (lesson 07). So take several,
// and feed their outputs to another neuron. Nothing about the gradients is new: the graph is just
// bigger.

// %%
tell();
import { derivative, meanSquaredError, MLP } from "../mod.ts";
import { Random, SGD, Value } from "../mod.ts";
import { decisionBoundary, lossCurves } from "../lessons/plot.ts";
import { networkLayers } from "../lessons/plot.ts";
import { agree, print, small, table } from "../lessons/show.ts";

// %% [markdown]
// ## A neuron with any number of inputs
//
// It has a weight for each input and a bias. `Value.dot` makes the weighted sum as one node (lesson
// 05). The weights start at random between $-1$ and 1. Were they all equal, all neurons with the same
// inputs would get equal gradients, and would stay equal for ever: they would act as one.
// (`Array.from({ length: 3 }, make)` is a list of three things, each made by a call of `make`.)
// `Random` draws its numbers from a **seed**, the number in its parentheses: the same seed gives the
// same numbers, so you see those that we see.

// %%
tell();
type Activation = (n: Value) => Value;

class OurNeuron {
  readonly weights: Value[];
  readonly bias = new Value(0);

  constructor(inputs: number, random: Random, readonly f: Activation) {
    this.weights = Array.from(
      { length: inputs },
      () => new Value(random.uniform(-1, 1)),
    );
  }
  forward(x: (Value | number)[]): Value {
    return this.f(Value.dot(this.weights, x, this.bias));
  }
  parameters(): Value[] {
    return [...this.weights, this.bias];
  }
}
const lone = new OurNeuron(3, new Random(1), (n) => n.tanh());
print(`for 2, 3, −1 it gives ${lone.forward([2, 3, -1]).data}`);

// %% [markdown]
// ## A layer, and layers in a row
//
// A **layer** is several neurons with the same inputs: a list of numbers goes in, a list with one
// number for each neuron comes out. That list is the input of the next layer. Such a network is a
// **multi-layer perceptron**, MLP for short. Its last layer gives the output; the ones before it are
// called **hidden layers**, since there is no target for their outputs.
//
// The hidden layers squash with tanh. The last has no activation, so that the output can be any
// number.

// %%
tell();
class OurLayer {
  readonly neurons: OurNeuron[];

  constructor(inputs: number, size: number, random: Random, f: Activation) {
    this.neurons = Array.from(
      { length: size },
      () => new OurNeuron(inputs, random, f),
    );
  }
  forward(x: (Value | number)[]): Value[] {
    return this.neurons.map((neuron) => neuron.forward(x));
  }
  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }
}
class OurMLP {
  readonly layers: OurLayer[];

  constructor(inputs: number, sizes: number[], random: Random) {
    this.layers = sizes.map((size, k) => {
      const isLast = k === sizes.length - 1;
      const f: Activation = isLast ? (n) => n : (n) => n.tanh();
      return new OurLayer(k === 0 ? inputs : sizes[k - 1], size, random, f);
    });
  }
  forward(x: (Value | number)[]): Value[] {
    for (const layer of this.layers) x = layer.forward(x);
    return x as Value[];
  }
  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }
}
const ours = new OurMLP(3, [4, 4, 1], new Random(1));
print(`for 2, 3, −1 it gives ${ours.forward([2, 3, -1])[0].data}`);

// %% [markdown]
// ## *Exclusive or*, again
//
// Four neurons with tanh, and one that adds them up. The training is that of lesson 07: forward, zero,
// backward, step.

// %%
tell();
interface Examples {
  inputs: number[][];
  targets: number[];
}
function train(
  network: OurMLP | MLP,
  { inputs, targets }: Examples,
  { lr, steps }: { lr: number; steps: number },
): number[] {
  const optimizer = new SGD(network.parameters(), { lr });
  return Array.from({ length: steps }, () => {
    const outputs = inputs.map((input) => network.forward(input)[0]);
    const loss = meanSquaredError(outputs, targets);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.data;
  });
}
const corners = {
  inputs: [[0, 0], [0, 1], [1, 0], [1, 1]],
  targets: [-1, 1, 1, -1],
};
const xor = new OurMLP(2, [4, 1], new Random(1));
const xorLosses = train(xor, corners, { lr: 0.3, steps: 200 });
print(
  `first loss ${xorLosses[0].toFixed(4)}`,
  `last loss  ${small(xorLosses.at(-1)!)}`,
);
await decisionBoundary(
  (x, y) => xor.forward([x, y])[0].data,
  corners.inputs.map(([x, y], k) => ({ x, y, label: corners.targets[k] })),
);

// %% [markdown]
// No line could do that.
//
// ## Our network meets `mod.ts`
//
// `mod.ts` has the three as `Neuron`, `Layer` and `MLP`. With the same seed they start with the same
// weights. Here are both with three inputs, two hidden layers of four neurons, and one output.

// %%
tell();
function newMLP(seed: number): MLP {
  const random = new Random(seed);
  return new MLP(3, [4, 4, 1], { activation: "tanh", random });
}
const network = newMLP(1);
const [output] = ours.forward([2, 3, -1]);
const [sameOutput] = network.forward([2, 3, -1]);
output.backward();
sameOutput.backward();
const differences = ours.parameters()
  .map(({ grad }, k) => Math.abs(grad - network.parameters()[k].grad));
const largest = Math.max(...differences);
print(
  `our output: ${output.data}, mod.ts: ${sameOutput.data}`,
  `${differences.length} gradients, largest difference ${small(largest)}`,
);

// %% [markdown]
// 41 gradients, one for each parameter. Why 41? A neuron has a weight for each of its inputs and one
// bias. The first layer has 4 neurons with 3 inputs, so $4 \cdot (3 + 1) = 16$ parameters. The second
// has $4 \cdot (4 + 1) = 20$, the output neuron $4 + 1 = 5$.

// %%
tell();
await networkLayers([3, 4, 4, 1]);

// %% [markdown]
// ## Four examples
//
// The four examples of the micrograd lecture: three numbers each, and the answer that we want, $1$ or
// $-1$. Before training, three of the four outputs have the wrong sign.

// %%
tell();
const four = {
  inputs: [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]],
  targets: [1, -1, -1, 1],
};
const predict = () => four.inputs.map((input) => network.forward(input)[0]);
const lossNow = () => meanSquaredError(predict(), four.targets);
async function showPredictions() {
  await table({
    "input": four.inputs.map((input) => input.join(", ")),
    "target": four.targets,
    "prediction": predict().map(({ data }) => data.toFixed(4)),
  });
}
await showPredictions();

// %% [markdown]
// ## 41 gradients at once
//
// The loss is a Value, made from the 41 parameters. One `backward()` finds all their gradients. Nudging
// would have to run the network anew for each of them. We do it for one:

// %%
tell();
const loss = lossNow();
network.zeroGrad();
loss.backward();
const w = network.layers[0].neurons[0].weights[0], first = w.data;
const nudged = derivative((x) => {
  w.data = x;
  return lossNow().data;
}, first);
w.data = first;
print(
  `loss ${loss.data}, a graph of ${loss.topologicalOrder().length} nodes`,
  `gradient of the first weight: ${w.grad.toFixed(6)}`,
  `by nudging: ${nudged.toFixed(6)} ${agree(w.grad, nudged, 1e-6)}`,
);

// %% [markdown]
// ## Training
//
// A hundred steps with a learning rate of 0.1.

// %%
tell();
const losses = train(network, four, { lr: 0.1, steps: 100 });
await lossCurves({ "loss": losses });
await showPredictions();
print(`the last loss, the same every time: ${losses.at(-1)}`);

// %% [markdown]
// ## Memorising is not knowing
//
// The loss is nearly 0. Does the network now know something about triples of numbers? Train five
// networks on the same examples, each from another seed. Then give all of them two inputs that were not
// among the examples.

// %%
tell();
const asked = [[0, 0, 0], [1, -1, -1]];
const questions = [...four.inputs, ...asked];
const seeds = [1, 2, 3, 4, 5];
const networks = seeds.map(newMLP);
const lastLosses = networks.map((network) =>
  train(network, four, { lr: 0.1, steps: 100 }).at(-1)!.toExponential(1)
);
const answers = questions.map((input) =>
  networks.map((network) => network.forward(input)[0].data.toFixed(2))
);
await table({
  "seed": seeds,
  "last loss": lastLosses,
  ...Object.fromEntries(questions.map((x, k) => [x.join(" "), answers[k]])),
});

// %% [markdown]
// On the four examples all five agree to about 0.01. On $(0, 0, 0)$ and on $(1, -1, -1)$ they do not
// even agree on the sign: what they give there depends on where they started. A small loss means that a
// network has learned the *examples*. Whether it has learned more, only other examples can show. The
// next lesson keeps some back for that.
//
// ## Your turn
//
// 1. Start all weights at 0.5 in `OurNeuron`. What does *exclusive or* look like now, and what do the
//    weights of the first layer look like after training? Run it: print
//    `xor.layers[0].parameters()`.
// 2. How few neurons can learn *exclusive or*? Run it with several seeds: `new OurMLP(2, [2, 1], …)`.
// 3. Change `targets` to any other four answers. Does the network learn them as well? Run it: the last
//    loss says so.
// 4. Write a layer and a network: `exercises/08_network.ts`.
//
// Next: [09 · Two moons](09_two_moons.ipynb), a problem with a shape.
