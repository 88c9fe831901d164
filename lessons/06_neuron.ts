// Lesson 06. Run it with `deno run lessons/06_neuron.ts`.
import source from "./06_neuron.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 06 · A neuron
//
// A neuron is a small expression: it weighs its inputs, adds a bias, and squashes the sum.
//
// $$o = \tanh(x_1 w_1 + x_2 w_2 + b)$$
//
// Everything we know about graphs and gradients holds for it. What is new is what the gradients are
// *for*: the inputs $x$ are given, but the weights $w$ and the bias $b$ are knobs. Their gradients say
// how to turn them.

// %%
tell();
import { derivative, explain, Value } from "../mod.ts";
import { table } from "../lessons/old_table.ts";
import { agree, graph, print, show } from "../lessons/show.ts";

// %% [markdown]
// ## Forward
//
// Two inputs, two weights, a bias. The odd number for $b$ is chosen so that the gradients come out round.

// %%
tell();
const numbers = { x1: 2, x2: 0, w1: -3, w2: 1, b: 6.8813735870195432 };
type Inputs = Record<keyof typeof numbers, Value>;

function labelled(): Inputs {
  const entries = Object.entries(numbers).map(([label, data]) => [
    label,
    new Value(data, { label }),
  ]);
  return Object.fromEntries(entries);
}
function weightedSum({ x1, x2, w1, w2, b }: Inputs): Value {
  const x1w1 = x1.mul(w1), x2w2 = x2.mul(w2), sum = x1w1.add(x2w2), n = sum.add(b);
  Object.entries({ "x1·w1": x1w1, "x2·w2": x2w2, sum, n }).forEach(([label, value]) => {
    value.label = label;
  });
  return n;
}

const inputs = labelled();
const n = weightedSum(inputs);
const o = n.tanh();
o.label = "o";

await table([{ heading: "" }, { heading: "data", format: "%.10f" }], [
  ["n = x1·w1 + x2·w2 + b", n.data],
  ["o = tanh(n)", o.data],
]);

// %% [markdown]
// ## Backward
//
// One call fills in every gradient. Check one by hand: the local derivative of tanh is $1 - o^2$, here
// $1 - 0.7071^2 = 0.5$. The sums hand that 0.5 on as it is, so $do/db = 0.5$; and at the product
// $x_1 w_1$ the input gets $w_1 \cdot 0.5 = -1.5$, the weight $x_1 \cdot 0.5 = 1$.

// %%
tell();
o.backward();

function nudgedNeuron(name: keyof typeof numbers): number {
  const at = (x: number) => {
    const nudged = { ...numbers };
    nudged[name] = x;
    const { x1, x2, w1, w2, b } = nudged;
    return Math.tanh(x1 * w1 + x2 * w2 + b);
  };
  return derivative(at, numbers[name]);
}

await table(
  [
    { heading: "" },
    { heading: "data", format: "%.4f" },
    { heading: "do/d…", format: "%.6f" },
    { heading: "nudge", format: "%.6f" },
    { heading: "agree" },
  ],
  (Object.keys(numbers) as (keyof typeof numbers)[]).map((name) => [
    name,
    numbers[name],
    inputs[name].grad,
    nudgedNeuron(name),
    agree(inputs[name].grad, nudgedNeuron(name), 1e-8),
  ]),
);

// %% [markdown]
// The weight $w_2$ has gradient 0: its input $x_2$ is 0, so turning that knob changes nothing. To make
// the neuron say more, turn up what has a positive gradient.
//
// ## The picture

// %%
tell();
await graph(o);

// %% [markdown]
// ## The calculus, written out
//
// `explain` writes the chain rule down for any graph: first the names, then the formulas, then the
// numbers.

// %%
tell();
await show(explain(o, inputs.w1));

// %% [markdown]
// ## tanh, taken apart
//
// Is tanh special because the engine knows it? No. It is
//
// $$\tanh(n) = \frac{e^{2n} - 1}{e^{2n} + 1}$$
//
// Built from exp and division, the graph is longer, and each of its nodes knows only its own little
// derivative. The gradients come out the same. How big the pieces are is up to us: an operation is
// whatever we have a local derivative for.

// %%
tell();
const inputs2 = labelled();
const n2 = weightedSum(inputs2);
const e = n2.mul(2).exp();
e.label = "e²ⁿ";
const o2 = e.sub(1).div(e.add(1));
o2.label = "o";
o2.backward();

await table(
  [
    { heading: "" },
    { heading: "with tanh", format: "%.12f" },
    { heading: "taken apart", format: "%.12f" },
    { heading: "agree" },
  ],
  [
    ["o", o.data, o2.data, agree(o.data, o2.data, 1e-12)],
    ...(Object.keys(numbers) as (keyof typeof numbers)[]).map((name) => [
      `do/d${name}`,
      inputs[name].grad,
      inputs2[name].grad,
      agree(inputs[name].grad, inputs2[name].grad, 1e-12),
    ]),
  ],
);

// %%
tell();
await graph(o2);

// %% [markdown]
// ## Three ways to squash
//
// tanh is one **activation** of several. *sigmoid* squashes into $(0, 1)$ and reads as a probability.
// *relu* does not squash at all: it cuts off what is negative, and passes on the rest untouched.
//
// With this $n$, tanh and sigmoid happen to agree: $e^{-n} = \sqrt 2 - 1$, which makes both
// $1/\sqrt 2$. Their slopes differ.

// %%
tell();
const activations = {
  tanh: (n: Value) => n.tanh(),
  sigmoid: (n: Value) => n.sigmoid(),
  relu: (n: Value) => n.relu(),
};

await table(
  [
    { heading: "activation" },
    { heading: "o", format: "%.6f" },
    { heading: "do/dn", format: "%.6f" },
    { heading: "do/dw1", format: "%.6f" },
    { heading: "nudge of w1", format: "%.6f" },
  ],
  Object.entries(activations).map(([name, activation]) => {
    const inputs = labelled();
    const n = weightedSum(inputs);
    const o = activation(n);
    o.backward();
    const nudge = derivative((w1) => {
      const { x1, x2, w2, b } = numbers;
      return activation(new Value(x1 * w1 + x2 * w2 + b)).data;
    }, numbers.w1);
    return [name, o.data, n.grad, inputs.w1.grad, nudge];
  }),
);

// %% [markdown]
// ## A neuron that cannot learn
//
// Push the bias up and tanh goes flat: $o$ is almost 1, and no knob changes it much. Every gradient has
// the factor $1 - o^2$, and that is almost 0. Such a neuron is **saturated**. It may be quite wrong, and
// still its gradients say "nothing to do here". With relu there is no such ceiling; but below zero its
// gradient is not small but exactly 0, and the neuron is *dead*.

// %%
tell();
await table(
  [
    { heading: "b", format: "%.2f" },
    { heading: "n", format: "%.2f" },
    { heading: "o", format: "%.9f" },
    { heading: "do/dw1", format: "%.3e" },
  ],
  [6, 6.88, 8, 10, 15, 20].map((bias) => {
    const inputs = labelled();
    inputs.b.data = bias;
    const n = weightedSum(inputs);
    const o = n.tanh();
    o.backward();
    return [bias, n.data, o.data, inputs.w1.grad];
  }),
);
print("For each 1 that b grows, do/dw1 shrinks to about 1/e² ≈ 1/7 of itself.");

// %% [markdown]
// ## Your turn
//
// 1. Give $w_2$ the value 3. Which gradient changes, and why not the others?
// 2. Make the neuron output $-0.7071$ by changing one weight. Predict the signs of the gradients first.
//
// Next: [08 · A network](08_network.ipynb), many neurons that learn together.
