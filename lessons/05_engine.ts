// Lesson 05. Run it with `deno run lessons/05_engine.ts`.
import source from "./05_engine.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 05 · The engine
//
// In lesson 04 we wrote the walk back, and the order that it walks in. The numbers that it multiplies,
// `localDerivatives`, came ready-made from `mod.ts`. Now we make all of it: an engine of some sixty
// lines, like Andrej Karpathy's *micrograd*. At the end it meets `mod.ts`, and both must find the same
// gradients.
//
// An operation is its result, and one local derivative for each operand. For a sum these are 1 and 1,
// for a product the other factors (lesson 03). So the first question is: what are they for a power, a
// quotient, an exponential, a logarithm? We derive each, and compare it with the nudge.

// %%
tell();
import { derivative, Value } from "../mod.ts";
import { agree, print, table } from "../lessons/show.ts";

// %% [markdown]
// ## A power
//
// For $x^3$ we need nothing new, because it is $x \cdot x \cdot x$. There $x$ is used three times.
// Nudge one use alone, and the result changes $x \cdot x$ times as fast, the product of the other two.
// The contributions of all three add up: $3x^2$.

// %%
tell();
const x = new Value(2);
x.mul(x).mul(x).backward();
print(`the gradient is ${x.grad}, and 3x² is ${3 * x.data ** 2}`);

// %% [markdown]
// In the same way, $x^n$ is $n$ factors, and for each of them the others are $x^{n-1}$:
//
// $$\frac{d(x^n)}{dx} = n \cdot x^{n-1}$$
//
// Counting factors works for $n = 1, 2, 3, \ldots$ What about $x^{-1} = 1/x$? From the definition:
//
// $$
// \begin{aligned}
// \frac{1}{h} \left( \frac{1}{x + h} - \frac{1}{x} \right)
//   &= \frac{x - (x + h)}{h \cdot (x + h) \cdot x} \\
//   &= \frac{-1}{(x + h) \cdot x}
// \end{aligned}
// $$
//
// As $h$ shrinks, that becomes $-1/x^2 = -1 \cdot x^{-2}$. The rule holds again. For the other
// exponents it is derived below. First the nudge, for a few; `compare` puts a rule and the nudge side by
// side. (An `interface` lists what an object must have.)

// %%
tell();
interface Slope {
  of: string;
  at: number;
  rule: number;
  f: (x: number) => number;
}
async function compare(slopes: Slope[]) {
  const nudges = slopes.map(({ f, at }) => derivative(f, at));
  await table({
    "slope of": slopes.map((slope) => slope.of),
    "at": slopes.map(({ at }) => at),
    "by the rule": slopes.map(({ rule }) => rule.toFixed(6)),
    "by nudging": nudges.map((nudge) => nudge.toFixed(6)),
    "agree": slopes.map(({ rule }, k) => agree(rule, nudges[k], 1e-8)),
  });
}
await compare([3, 2, 1, 0.5, -1, -2].map((n) => ({
  of: `x to the ${n}`,
  at: 2,
  rule: n * 2 ** (n - 1),
  f: (x) => x ** n,
})));

// %% [markdown]
// ## A quotient, and the sign in a − b
//
// Neither needs a rule of its own. A quotient is a product with a power, $a / b = a \cdot b^{-1}$. By
// the rules for both,
//
// $$\frac{d(a/b)}{da} = b^{-1} = \frac{1}{b}$$
//
// $$\frac{d(a/b)}{db} = a \cdot (-1) \cdot b^{-2} = -\frac{a}{b^2}$$
//
// And a difference is a sum with a product, $a - b = a + (-1) \cdot b$. The local derivative for $a$ is
// 1, the one for $b$ is $-1$: as $b$ grows, the difference falls as fast.

// %%
tell();
await compare([
  { of: "a / 2, for a", at: 3, rule: 1 / 2, f: (a) => a / 2 },
  { of: "3 / b, for b", at: 2, rule: -3 / 2 ** 2, f: (b) => 3 / b },
  { of: "a − 2, for a", at: 3, rule: 1, f: (a) => a - 2 },
  { of: "3 − b, for b", at: 2, rule: -1, f: (b) => 3 - b },
]);

// %% [markdown]
// ## exp
//
// What is the slope of $2^x$? Nudge $x$, and use $2^{x+h} = 2^x \cdot 2^h$:
//
// $$\frac{2^{x+h} - 2^x}{h} = \frac{2^h - 1}{h} \cdot 2^x$$
//
// The first factor does not contain $x$. It is one number, which belongs to the base 2. So the slope of
// an exponential is the exponential itself, times a number. For which base is that number 1?

// %%
tell();
const bases = [2, 2.5, Math.E, 3], h = 0.000001;
await table({
  "base": bases,
  "(baseʰ − 1) / h": bases.map((base) => (base ** h - 1) / h),
}, { digits: 6 });

// %% [markdown]
// That is what $e = 2.718\ldots$ is: the base for which the number is 1. So
//
// $$y = e^x \qquad \frac{dy}{dx} = e^x = y$$
//
// The local derivative of exp is its own result.
//
// ## log
//
// The logarithm undoes exp: if $y = \log x$, then $e^y = x$. (It is the *natural* logarithm, to the
// base $e$.) Go from $x$ to $y$ and on to $e^y$, and you are back at $x$. Rates in a row multiply, and
// all in all $x$ moves exactly as fast as itself:
//
// $$\frac{d(\log x)}{dx} \cdot e^y = 1$$
//
// $$\frac{d(\log x)}{dx} = \frac{1}{e^y} = \frac{1}{x}$$
//
// ## A power, for every exponent
//
// Since $a = \exp(\log a)$, a power of a positive number is $a^b = \exp(b \cdot \log a)$: a log, a
// product, an exp. The three local derivatives on the way from $a$ to the result, multiplied:
//
// $$\frac{d(a^b)}{da} = \frac{1}{a} \cdot b \cdot a^b = b \cdot a^{b-1}$$
//
// That is the rule for powers again, for every $b$, as long as $a > 0$. On the way from $b$ there are only
// two:
//
// $$\frac{d(a^b)}{db} = \log a \cdot a^b$$
//
// So the exponent may be a variable, too. (A negative $a$ has no logarithm. For whole exponents $n$ the rule
// holds there as well: counting factors did not ask for a sign, and $a^{-n}$ is $n$ factors of $1/a$.)

// %%
tell();
await compare([
  { of: "exp", at: 1.5, rule: Math.exp(1.5), f: Math.exp },
  { of: "log", at: 3, rule: 1 / 3, f: Math.log },
  { of: "3 to the x", at: 2, rule: Math.log(3) * 3 ** 2, f: (x) => 3 ** x },
  { of: "x to the −3", at: -2, rule: -3 * (-2) ** -4, f: (x) => x ** -3 },
]);

// %% [markdown]
// ## tanh and relu
//
// Two more, which the next lesson needs. $\tanh$ takes any number to one between $-1$ and 1. With
// $u = e^{2n}$ it is
//
// $$y = \tanh n = \frac{u - 1}{u + 1}$$
//
// $u$ stands above and below the line, so two contributions add up. By the rules for a quotient:
//
// $$\frac{dy}{du} = \frac{1}{u + 1} - \frac{u - 1}{(u + 1)^2} = \frac{2}{(u + 1)^2}$$
//
// From $n$ to $u = e^{2n}$ it is $2u$: 2 for the product $2n$, $u$ for exp. Together:
//
// $$
// \begin{aligned}
// \frac{dy}{dn} = 2u \cdot \frac{2}{(u+1)^2}
//   &= \frac{4u}{(u+1)^2} \\
//   &= \frac{(u+1)^2 - (u-1)^2}{(u+1)^2} \\
//   &= 1 - y^2
// \end{aligned}
// $$
//
// Like exp, tanh finds its slope in its own result.
//
// $\text{relu}(x)$ is $\max(0, x)$. Right of 0 it is $x$, with slope 1. Left of 0 it is constant, with
// slope 0. At 0 it has a kink: a nudge to the right says 1, one to the left says 0. There is no slope
// there. An engine has to choose a number, and 0 is what engines choose.

// %%
tell();
const relu = (x: number) => Math.max(0, x);
await compare([
  { of: "tanh", at: 0.5, rule: 1 - Math.tanh(0.5) ** 2, f: Math.tanh },
  { of: "tanh", at: -2, rule: 1 - Math.tanh(-2) ** 2, f: Math.tanh },
  { of: "relu", at: 3, rule: 1, f: relu },
  { of: "relu", at: -3, rule: 0, f: relu },
]);

// %% [markdown]
// ## The engine
//
// Here it is. A `Scalar` holds its number, its operands and its local derivatives. Each operation is
// its result and the rules that you have just derived. `topologicalOrder()` puts a node into the list
// once all its operands are there. `backward()` is the walk of lesson 04: the gradients of inner nodes
// start at 0 each time, those of leaves keep adding up.

// %%
tell();
class Scalar {
  grad = 0;

  constructor(
    readonly data: number,
    readonly operands: Scalar[] = [],
    readonly localDerivatives: number[] = [],
  ) {}

  add(other: Scalar | number): Scalar {
    const b = scalar(other);
    return new Scalar(this.data + b.data, [this, b], [1, 1]);
  }
  mul(other: Scalar | number): Scalar {
    const b = scalar(other);
    return new Scalar(this.data * b.data, [this, b], [b.data, this.data]);
  }
  pow(other: Scalar | number): Scalar {
    const exponent = scalar(other), a = this.data, b = exponent.data;
    const y = a ** b, locals = [b * a ** (b - 1), Math.log(a) * y];
    return new Scalar(y, [this, exponent], locals);
  }
  exp(): Scalar {
    const y = Math.exp(this.data);
    return new Scalar(y, [this], [y]);
  }
  log(): Scalar {
    return new Scalar(Math.log(this.data), [this], [1 / this.data]);
  }
  tanh(): Scalar {
    const y = Math.tanh(this.data);
    return new Scalar(y, [this], [1 - y * y]);
  }
  relu(): Scalar {
    const a = this.data;
    return new Scalar(Math.max(0, a), [this], [a > 0 ? 1 : 0]);
  }
  sub(other: Scalar | number): Scalar {
    return this.add(scalar(other).mul(-1));
  }
  div(other: Scalar | number): Scalar {
    return this.mul(scalar(other).pow(-1));
  }

  topologicalOrder(): Scalar[] {
    const order: Scalar[] = [], met = new Set<Scalar>();
    const visit = (node: Scalar) => {
      if (met.has(node)) return;
      met.add(node);
      node.operands.forEach(visit);
      order.push(node);
    };
    visit(this);
    return order;
  }

  backward(): void {
    const order = this.topologicalOrder();
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad = 1;
    for (const node of order.reverse()) {
      node.operands.forEach((operand, k) => {
        operand.grad += node.localDerivatives[k] * node.grad;
      });
    }
  }
}
/** A plain number becomes a leaf. */
function scalar(x: Scalar | number): Scalar {
  return typeof x === "number" ? new Scalar(x) : x;
}
const two = new Scalar(2), cube = two.mul(two).mul(two);
cube.backward();
print(`x · x · x at 2 is ${cube.data}, its gradient ${two.grad}`);

// %% [markdown]
// ## Does it work?
//
// The README of micrograd has an expression that uses nearly everything, and many numbers twice. We
// write it as a function that takes `Scalar`s, and later `Value`s: `T extends Arithmetic<T>` says that
// the type `T` is either, any type that has these methods for others of its own type. micrograd prints $g = 24.7041$, $dg/da = 138.8338$ and $dg/db = 645.5773$.

// %%
tell();
/** What a `Scalar` can do, and a `Value` too. */
interface Arithmetic<T> {
  add(other: T | number): T;
  sub(other: T | number): T;
  mul(other: T | number): T;
  div(other: T | number): T;
  pow(other: T | number): T;
  exp(): T;
  log(): T;
  tanh(): T;
  relu(): T;
}
function readme<T extends Arithmetic<T>>(a: T, b: T): T {
  let c = a.add(b), d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(c.add(1).sub(a));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(d.mul(3).add(b.sub(a).relu()));
  const f = c.sub(d).pow(2);
  return f.div(2).add(f.pow(-1).mul(10));
}
const [a, b] = [new Scalar(-4), new Scalar(2)];
const g = readme(a, b);
g.backward();
const [nudgeA, nudgeB] = [
  derivative((x) => readme(new Scalar(x), b).data, -4),
  derivative((x) => readme(a, new Scalar(x)).data, 2),
];
await table({
  "": ["g", "dg/da", "dg/db"],
  "our engine": [g.data, a.grad, b.grad],
  "nudge": ["", nudgeA.toFixed(6), nudgeB.toFixed(6)],
  "agree": ["", agree(a.grad, nudgeA, 1e-5), agree(b.grad, nudgeB, 1e-5)],
});

// %% [markdown]
// ## Our engine meets `mod.ts`
//
// The same function, this time with `Value`s. And a second one, $s = \exp(\tanh u) / \log v - v^u$, for
// the operations that the first does not use.

// %%
tell();
function others<T extends Arithmetic<T>>(a: T, b: T): T {
  return a.tanh().exp().div(b.log()).sub(b.pow(a));
}
const [u, v] = [new Scalar(0.5), new Scalar(3)], s = others(u, v);
s.backward();
const [a2, b2] = [new Value(-4), new Value(2)], g2 = readme(a2, b2);
g2.backward();
const [u2, v2] = [new Value(0.5), new Value(3)], s2 = others(u2, v2);
s2.backward();
const found = {
  "g": [g.data, g2.data],
  "dg/da": [a.grad, a2.grad],
  "dg/db": [b.grad, b2.grad],
  "s": [s.data, s2.data],
  "ds/du": [u.grad, u2.grad],
  "ds/dv": [v.grad, v2.grad],
};
const met = Object.entries(found).map(([name, [ours, theirs]]) => {
  const mark = agree(ours, theirs, 1e-10);
  return { "": name, "our engine": ours, "mod.ts": theirs, "agree": mark };
});
await table(met);

// %% [markdown]
// From here on, no gradient is a black box: a `Value` has `operands`, `localDerivatives`,
// `topologicalOrder()` and `backward()`, as our `Scalar` has. It has more operations (a difference and a
// quotient are one node each), refuses what is not a number, and has labels and pictures.
//
// Two of its operations take a whole list and have a local derivative for each operand.
// `Value.sum([a, b])` is $a + b$, and `Value.dot([a, b], [c, d])` is $a \cdot c + b \cdot d$, for lists
// of any length. Each is one node, where `+` and `·` would take many.

// %%
tell();
const pair = [new Value(3), new Value(4)];
const sum = Value.sum(pair), dot = Value.dot(pair, [5, 6]);
print(
  `sum: ${sum.data}, local derivatives ${sum.localDerivatives.join(", ")}`,
  `dot: ${dot.data}, local derivatives ${dot.localDerivatives.join(", ")}`,
);

// %% [markdown]
// ## A chain too long
//
// In `topologicalOrder()`, `visit` calls itself for each operand, and waits until that call has
// returned. Only so many calls can wait. Add 1 a hundred thousand times:

// %%
tell();
const leaf = new Value(0);
let ours = new Scalar(0), theirs = leaf;
for (let k = 0; k < 100_000; k++) {
  ours = ours.add(1);
  theirs = theirs.add(1);
}
try {
  ours.backward();
} catch (error) {
  print(`our engine: ${error}`);
}
theirs.backward();
print(`mod.ts: the first number has the gradient ${leaf.grad}`);

// %% [markdown]
// `mod.ts` does without recursion. It keeps the nodes that wait in an array, a *stack*, and an array
// has room for millions. A node on top of the stack is met twice: the first time, its operands are put
// on top of it; the second time, they have all been dealt with, and it goes into the order.
// (`stack.at(-1)!` is the node on top.)

// %%
tell();
function orderWithStack(output: Scalar): Set<Scalar> {
  const order = new Set<Scalar>(), met = new Set<Scalar>();
  const stack = [output];
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    if (met.has(node)) order.add(stack.pop()!);
    else stack.push(...node.operands);
    met.add(node);
  }
  return order;
}
const before = new Set<Scalar>();
let sound = true;
for (const node of orderWithStack(ours)) {
  sound &&= node.operands.every((operand) => before.has(operand));
  before.add(node);
}
print(`${before.size} nodes in order, each after its operands: ${sound}`);

// %% [markdown]
// ## Closures, or local derivatives?
//
// micrograd itself stores something else in a node: not its local derivatives but a *function* that
// passes the gradient on. Such a function remembers the variables around it, and is called a
// **closure**. A product made in that way:

// %%
tell();
class Plain {
  grad = 0;
  backward = () => {};
  constructor(readonly data: number) {}
}
function mulWithClosure(a: Plain, b: Plain): Plain {
  const y = new Plain(a.data * b.data);
  y.backward = () => {
    a.grad += b.data * y.grad;
    b.grad += a.data * y.grad;
  };
  return y;
}
const p = new Plain(2), q = new Plain(-3), pq = mulWithClosure(p, q);
pq.grad = 1;
pq.backward();
const [forP, forQ] = new Scalar(2).mul(-3).localDerivatives;
print(
  `gradients with a closure:      ${p.grad}, ${q.grad}`,
  `local derivatives of a Scalar: ${forP}, ${forQ}`,
);

// %% [markdown]
// The numbers are the same. But with closures the chain rule, `+= … * y.grad`, stands in each operation
// once more, and each time `+=` may be mistyped as `=`. Here it stands in one place. And a closure can
// only be called; local derivatives can be printed, and a formula can be made of them, as lesson 06 does.
//
// ## A variable exponent, and a negative base
//
// An exponent that is a Value has a gradient like any other operand. But not with a negative base:
// $(-2)^2$ is 4, while $(-2)^{2.001}$ is no real number. Nudge the exponent and the result is NaN,
// *not a number*; so is the gradient of the exponent. The gradient of the base is as good as ever.

// %%
tell();
const powers = [3, -2].map((data) => {
  const base = new Value(data), exponent = new Value(2);
  base.pow(exponent).backward();
  return { data, base: base.grad, exponent: exponent.grad };
});
await table({
  "a": powers.map(({ data }) => data),
  "a to the 2": powers.map(({ data }) => data ** 2),
  "a to the 2.001": powers.map(({ data }) => data ** 2.001),
  "gradient of a": powers.map(({ base }) => base),
  "of the exponent": powers.map(({ exponent }) => exponent),
}, { digits: { "a to the 2.001": 6, "of the exponent": 6 } });

// %% [markdown]
// ## Your turn
//
// Predict first, then run it: change the lesson itself, and run all its cells, or the script.
//
// 1. In `backward()`, write `=` for `+=`. Which of the numbers of micrograd's README survive? Run it: the
//    tables say.
// 2. Let `backward()` walk `order` without `reverse()`. What is left of the gradients, and why? Run it.
// 3. Write an engine of your own, with operations that this one lacks: `exercises/05_engine.ts`.
//
// Next: [06 · A neuron](06_neuron.ipynb), an expression with something to learn.
