// Lesson 06. Run it with `deno run lessons/06_neuron.ts`.
import source from "./06_neuron.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 06 · A neuron
//
// A **neuron** is a small expression. It multiplies each input by a **weight**, adds up the products
// and a **bias**, and squashes the sum:
//
// $$o = \tanh(x_1 \cdot w_1 + x_2 \cdot w_2 + b)$$
//
// What squashes, here tanh, is the **activation**. Everything we know about graphs and gradients holds
// for a neuron. What is new is what the gradients are *for*. The inputs $x$ are given. The weights $w$
// and the bias $b$ are ours to choose: they are the **parameters**. Their gradients show which way to
// change them.

// %%
tell();
import { derivative, explain, gradCheck, Value } from "../mod.ts";
import { decisionBoundary, plot } from "../lessons/plot.ts";
import { agree, graph, print, show, table } from "../lessons/show.ts";

// %% [markdown]
// ## Forward
//
// Two inputs, two weights, a bias. The odd number for $b$ makes the gradients come out round.

// %%
tell();
const given = { x1: 2, x2: 0, w1: -3, w2: 1, b: 6.8813735870195432 };
function leaves(): Value[] {
  const named = Object.entries(given);
  return named.map(([label, data]) => new Value(data, { label }));
}

function weightedSum([x1, x2, w1, w2, b]: Value[]): Value {
  const n = x1.mul(w1).add(x2.mul(w2)).add(b);
  n.label = "n";
  return n;
}
const values = leaves(), n = weightedSum(values), o = n.tanh();
o.label = "o";
print(`n = ${n.data.toFixed(10)}`, `o = ${o.data.toFixed(10)}`);

// %% [markdown]
// ## Backward
//
// One call fills in every gradient. Check it by hand: the local derivative of tanh is $1 - o^2$ (lesson
// 05), here $1 - 0.7071^2 = 0.5$. The sums pass that on unchanged, so $do/db = 0.5$. At the product
// $x_1 \cdot w_1$ (in the code and the tables, `x1` and `w1`), the input gets $w_1 \cdot 0.5 = -1.5$,
// and the weight $x_1 \cdot 0.5 = 1$.

// %%
tell();
o.backward();
const rows = gradCheck(
  (...values) => weightedSum(values).tanh(),
  Object.values(given),
);
const checked = values.map(({ label, grad }, k) => {
  const { central } = rows[k], mark = agree(grad, central, 1e-8);
  return { "": label, gradient: grad, "by nudging": central, agree: mark };
});
await table(checked, { digits: 6 });

// %% [markdown]
// The weight $w_2$ has gradient 0: its input $x_2$ is 0, so changing it changes nothing. To raise the
// output, increase what has a positive gradient and decrease what has a negative one.

// %%
tell();
await graph(o);

// %% [markdown]
// `explain` follows the operands back and writes the chain rule down, for any graph: as lesson 03 did
// by hand, with the formula of each local derivative beside its number. A node without a label gets a
// name, such as `v1`. For $w_1$, the third of `values`:

// %%
tell();
await show(explain(o, values[2]));

// %% [markdown]
// ## The line of a neuron
//
// When is the output positive? When $n$ is, since tanh keeps the sign. So a neuron can tell two
// **classes** of points apart, $+1$ and $-1$: $n$ is the neuron's **score**, and the sign of the score
// is the answer. And $n$ is 0 where
//
// $$-3 x_1 + x_2 + 6.88 = 0$$
//
// In the plane of the two inputs that is a straight line, $x_2 = 3 x_1 - 6.88$. On one side of it the
// output is positive, on the other negative. The weights give the line its direction, the bias moves
// it. Here it is, with our input $(2, 0)$ and three more, each in the class that the neuron puts it in:

// %%
tell();
const { w1, w2, b } = given;
const sumAt = (x: number, y: number) => w1 * x + w2 * y + b;
const points = [[2, 0], [0, 2], [4, 1], [3, -3]]
  .map(([x, y]) => ({ x, y, label: Math.sign(sumAt(x, y)) }));
await decisionBoundary(sumAt, points);

// %% [markdown]
// ## Why squash at all?
//
// Neurons will be connected: the output of one becomes the input of the next. Without squashing, that
// gains nothing. Take $-3x + 1$, and feed it into $2y + 4$:
//
// $$2 \cdot (-3x + 1) + 4 = -6x + 6$$
//
// Two lines in a row are one line, and so are a hundred. With tanh in between, the result bends:

// %%
tell();
const straight = (x: number) => 2 * (-3 * x + 1) + 4;
const bent = (x: number) => 2 * Math.tanh(-3 * x + 1) + 4;
await plot({ "without tanh": straight, "with tanh": bent }, { x: [-2, 3] });

// %% [markdown]
// ## Three activations
//
// - **tanh** squashes into $(-1, 1)$. Its slope is $1 - y^2$.
// - **sigmoid**, $y = \frac{1}{1 + e^{-n}}$, squashes into $(0, 1)$, so that its result can be read as
//   a probability.
// - **relu** cuts off what is negative and leaves the rest as it is. Its slope is 0 or 1.
//
// The slope of sigmoid, by the rules of lesson 05: with $u = e^{-n}$, $y = 1 / (1 + u)$. From $n$ to
// $u$ it is $-u$, from $u$ to $y$ it is $-1 / (1 + u)^2 = -y^2$. Their product is $u \cdot y^2$. And
// since $u \cdot y = \frac{u}{1 + u} = 1 - y$, it is $y \cdot (1 - y)$. Beside the nudge, after the curves:

// %%
tell();
const sigmoid = (n: number) => 1 / (1 + Math.exp(-n));
const curves = {
  "tanh": Math.tanh,
  "sigmoid": sigmoid,
  "relu": (n: number) => Math.max(0, n),
};
const slopes = {
  "tanh": (n: number) => 1 - Math.tanh(n) ** 2,
  "sigmoid": (n: number) => sigmoid(n) * (1 - sigmoid(n)),
  "relu": (n: number) => n > 0 ? 1 : 0,
};
await plot(curves, { x: [-4, 4], y: [-1, 2], labels: ["n", "result"] });
await plot(slopes, { x: [-4, 4], labels: ["n", "slope"] });

const nudges = [-2, 0.5, 3].map((n) => {
  const rule = slopes.sigmoid(n), nudge = derivative(sigmoid, n);
  const mark = agree(rule, nudge, 1e-9);
  return { n, "y · (1 − y)": rule, nudge, agree: mark };
});
await table(nudges, { digits: { "y · (1 − y)": 6, nudge: 6 } });

// %% [markdown]
// ## A neuron that cannot learn
//
// Far from 0 the curve of tanh is flat. Increase the bias, and $o$ gets near 1, where no parameter
// changes it much: every gradient has the factor $1 - o^2$, and that is nearly 0. Such a neuron is
// **saturated**. Its output may be quite wrong, and still there is hardly a gradient to correct it by.

// %%
tell();
let before = NaN;
const saturating = [7, 8, 9, 10, 11, 12].map((bias) => {
  const values = leaves(), w1 = values[2], b = values[4];
  b.data = bias;
  const o = weightedSum(values).tanh();
  o.backward();
  const part = Number.isNaN(before) ? "" : (w1.grad / before).toFixed(4);
  before = w1.grad;
  const { data } = o, { grad } = w1;
  return { b: bias, o: data, "do/dw1": grad, "part of the last": part };
});
await table(saturating, { digits: { o: 9, "do/dw1": 9 } });

// %% [markdown]
// With each 1 that is added to $b$, the gradient shrinks, in the end to about 0.1353 of what it was:
// that is $1 / e^2$. With relu there is no such ceiling. But left of 0 its slope is not small but
// exactly 0. There the neuron is *dead*.
//
// ## tanh, taken apart
//
// Is tanh special because the engine has it as an operation? With exp and division we can build it
// ourselves, as in lesson 05. The graph is longer, and each of its nodes has only its own local
// derivative. The gradients are the same: an operation is whatever we have a local derivative for.

// %%
tell();
function tanhApart(n: Value): Value {
  const u = n.mul(2).exp();
  return u.sub(1).div(u.add(1));
}
const apart = leaves();
tanhApart(weightedSum(apart)).backward();
const compared = values.map(({ label, grad }, k) => {
  const other = apart[k].grad, mark = agree(grad, other, 1e-12);
  const found = { "with tanh": grad, "taken apart": other };
  return { "": label, ...found, agree: mark };
});
await table(compared, { digits: 12 });

// %% [markdown]
// The same on paper, that is. A computer has a largest number, about `1.8e308`, and what is
// larger becomes `Infinity`. $e^{2n}$ gets there at $n = 355$. Then $u - 1$ and $u + 1$ are both
// infinite, and Infinity divided by Infinity is NaN. The `tanh` that is one operation gives 1.

// %%
tell();
function at(data: number, f: (n: Value) => Value): string {
  const n = new Value(data), y = f(n);
  y.backward();
  return `${y.data.toFixed(6)}, slope ${n.grad.toFixed(6)}`;
}
const large = [1, 20, 354, 355].map((n) => {
  const whole = at(n, (n) => n.tanh());
  return { n, tanh: whole, "taken apart": at(n, tanhApart) };
});
await table(large);

// %% [markdown]
// sigmoid has the same trouble on the other side. At $n = -710$ its parts still find the right result,
// 0. But on the way back they meet $0 \cdot \infty$, and that is NaN.

// %%
tell();
print(
  `sigmoid:     ${at(-710, (n) => n.sigmoid())}`,
  `taken apart: ${at(-710, (n) => Value.div(1, n.neg().exp().add(1)))}`,
);

// %% [markdown]
// That is why `tanh` and `sigmoid` are operations of their own: not for the gradient, but for the
// numbers.
//
// ## Your turn
//
// Predict first, then run it: change the lesson itself, and run all its cells, or the script.
//
// 1. Give $w_2$ the value 3. Which gradient changes, and why not the others? How does the line move?
//    Run it: the first table and the picture say.
// 2. Make the output $-0.7071$ by changing $b$ alone, in `given`. Which signs will the gradients have?
//    Run it.
// 3. Write `relu` for `tanh` in "A neuron that cannot learn", and begin with smaller biases. At which
//    is the neuron dead? Run it: there `do/dw1` is 0.
// 4. Write a neuron, and its gradients without an engine: `exercises/06_neuron.ts`.
//
// Next: [07 · Descent](07_descent.ipynb), where the parameters begin to move.
