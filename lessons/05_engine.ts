// Lesson 05. Run it with `deno run lessons/05_engine.ts`.
import source from "./05_engine.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 05 · The engine
//
// In lesson 04 we wrote the walk back, and the order that it walks in. The numbers that it multiplies,
// `localDerivatives`, came ready-made from `mod.ts`. Now we make all of it: an engine in the style of
// Andrej Karpathy's *micrograd*, in some forty lines. At the end it meets `mod.ts`, and both must find
// the same gradients.
//
// ## A node, an order, a walk
//
// A `Scalar` holds its number, its operands, and one local derivative for each operand. Its two methods
// are the programs of lesson 04: the order, in which each node stands after its operands, and the walk
// back, before which the gradients of inner nodes are set to 0, while those of leaves keep adding up.
// (A `Set` holds things once each, in the order in which they were added, and `add` returns the set. So
// one set is both the order and the record of what was visited.)
//
// For now we make a node by hand: $3 \cdot 4$ is the number 12, made from two operands, with the other
// factors as local derivatives.

// %%
tell();
import { derivative, Value } from "../mod.ts";
import { agree, print, table } from "../lessons/show.ts";

class Scalar {
  grad = 0;

  constructor(
    readonly data: number,
    readonly operands: Scalar[] = [],
    readonly localDerivatives: number[] = [],
  ) {}

  topologicalOrder(order = new Set<Scalar>()): Set<Scalar> {
    if (order.has(this)) return order;
    for (const operand of this.operands) operand.topologicalOrder(order);
    return order.add(this);
  }

  backward(): void {
    const order = [...this.topologicalOrder()];
    for (const node of order) if (node.operands.length > 0) node.grad = 0;
    this.grad = 1;
    for (const node of order.reverse()) {
      node.operands.forEach((operand, k) => {
        operand.grad += node.localDerivatives[k] * node.grad;
      });
    }
  }
}
const three = new Scalar(3), four = new Scalar(4);
const twelve = new Scalar(3 * 4, [three, four], [4, 3]);
twelve.backward();
print(`3 · 4 = ${twelve.data}, gradients ${three.grad} and ${four.grad}`);

// %% [markdown]
// ## An operation is a rule
//
// What is missing are the operations. The rule of an operation has two parts: the result, and one local
// derivative for each operand. For a sum these are 1 and 1, for a product the other factors (lesson
// 03). As code, a rule takes the numbers of the operands, and returns the result and the local
// derivatives in one list. `operation` turns a rule into a function that makes nodes, as we just did by
// hand. (`...given` stands for any number of arguments: inside, they are one array. `Scalar | number`
// is either of the two; a plain number becomes a leaf. And `[result, ...locals]` takes a list apart:
// its first item, and the others.)

// %%
tell();
function operation(rule: (...numbers: number[]) => number[]) {
  return (...given: (Scalar | number)[]): Scalar => {
    const nodes = given.map((x) => x instanceof Scalar ? x : new Scalar(x));
    const [result, ...locals] = rule(...nodes.map(({ data }) => data));
    return new Scalar(result, nodes, locals);
  };
}
const add = operation((a, b) => [a + b, 1, 1]);
const mul = operation((a, b) => [a * b, b, a]);

const two = new Scalar(2), cube = mul(mul(two, two), two);
cube.backward();
print(`x · x · x at x = 2 is ${cube.data}, its gradient ${two.grad}`);
cube.backward();
print(`after a second backward(): ${two.grad}`);

// %% [markdown]
// $x$ is used three times. Nudge one of the three alone, and the result changes $x \cdot x = 4$ times as
// fast, the product of the other two. The contributions of all three add up to $3x^2 = 12$. A second
// `backward()` adds another 12, as `mod.ts` does in lesson 04.
//
// So the engine runs, and every further operation is one rule. But what are the local derivatives of a
// quotient, an exponential, a logarithm, a power? We derive each, write its rule down, and compare it
// with the nudge.
//
// ## A quotient, and the sign in a − b
//
// A difference first. Nudge $b$ up by $h$, and $a - b$ falls by $h$: the local derivative for $b$ is
// $-1$, the one for $a$ is 1.
//
// For a quotient, begin with $1/b$. By the definition of the derivative,
//
// $$
// \begin{aligned}
// \frac{1}{h} \cdot \left(\frac{1}{b + h} - \frac{1}{b}\right)
//   &= \frac{b - (b + h)}{h \cdot (b + h) \cdot b} \\
//   &= \frac{-1}{(b + h) \cdot b}
// \end{aligned}
// $$
//
// As $h$ shrinks, that becomes $-1/b^2$. And $a / b$ is the product $a \cdot (1/b)$, so
//
// $$\frac{d(a/b)}{da} = \frac{1}{b} \qquad \frac{d(a/b)}{db} = -\frac{a}{b^2}$$
//
// `compare` finds a slope twice, with the engine and by nudging. (An `interface` lists what an object must
// have.)

// %%
tell();
const sub = operation((a, b) => [a - b, 1, -1]);
const div = operation((a, b) => [a / b, 1 / b, -a / b ** 2]);

interface Slope {
  of: string;
  at: number;
  f: (x: Scalar) => Scalar;
}
async function compare(slopes: Slope[]) {
  const rows = slopes.map(({ of, at, f }) => {
    const x = new Scalar(at);
    f(x).backward();
    const nudge = derivative((at) => f(new Scalar(at)).data, at);
    const found = { "by the engine": x.grad, "by nudging": nudge };
    const mark = agree(x.grad, nudge, 1e-8);
    return { "slope of": of, at, ...found, agree: mark };
  });
  await table(rows, { digits: { "by the engine": 6, "by nudging": 6 } });
}
await compare([
  { of: "a − 2, for a", at: 3, f: (a) => sub(a, 2) },
  { of: "3 − b, for b", at: 2, f: (b) => sub(3, b) },
  { of: "a / 2, for a", at: 3, f: (a) => div(a, 2) },
  { of: "3 / b, for b", at: 2, f: (b) => div(3, b) },
]);

// %% [markdown]
// ## exp
//
// What is the slope of $2^x$? Nudge $x$, and use $2^{x+h} = 2^x \cdot 2^h$:
//
// $$\frac{2^{x+h} - 2^x}{h} = \frac{2^h - 1}{h} \cdot 2^x$$
//
// The first factor does not contain $x$. As $h$ shrinks, it becomes one number, which belongs to the base
// 2. So the slope of an exponential is the exponential itself, times a number. For which base is that
// number 1?

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
// base $e$.) Go from $x$ to $y$ and on to $e^y$, and you are back at $x$. Rates in a row multiply, and the
// whole way round $x$ moves exactly as fast as itself:
//
// $$\frac{d(\log x)}{dx} \cdot e^y = 1$$
//
// $$\frac{d(\log x)}{dx} = \frac{1}{e^y} = \frac{1}{x}$$

// %%
tell();
const exp = operation((a) => [Math.exp(a), Math.exp(a)]);
const log = operation((a) => [Math.log(a), 1 / a]);

await compare([
  { of: "exp", at: 1.5, f: exp },
  { of: "log", at: 3, f: log },
]);

// %% [markdown]
// ## A power
//
// $x^3$ is $x \cdot x \cdot x$, and its derivative was $3x^2$: three uses of $x$, and for each of them
// the product of the other two. In the same way, $x^n$ is $n$ factors, and for each of them the others
// are $x^{n-1}$:
//
// $$\frac{d(x^n)}{dx} = n \cdot x^{n-1}$$
//
// Counting factors works for $n = 1, 2, 3, \ldots$ For $n = -1$ it is the $-1/x^2$ of the quotient,
// $-1 \cdot x^{-2}$: the rule holds again. And a power with any exponent? If $a > 0$, then
// $a = \exp(\log a)$, and so $a^b = \exp(b \cdot \log a)$: a log, a product, an exp. The local
// derivatives on the way from $a$ to the result, multiplied:
//
// $$\frac{d(a^b)}{da} = \frac{1}{a} \cdot b \cdot a^b = b \cdot a^{b-1}$$
//
// That is the same rule, for every $b$. On the way from $b$ there are only the product and the exp:
//
// $$\frac{d(a^b)}{db} = \log a \cdot a^b$$
//
// So the exponent may be a variable, too. (A negative $a$ has no logarithm. With a whole exponent the
// rule for $a$ holds for a negative $a$, too: we only counted factors, whatever their sign, and
// $a^{-n}$ is $n$ factors of $1/a$.)

// %%
tell();
const pow = operation((a, b) => [
  a ** b,
  b * a ** (b - 1),
  Math.log(a) * a ** b,
]);

await compare([
  ...[3, 2, 1, 0.5, -1, -2].map((n) => {
    return { of: `x to the ${n}`, at: 2, f: (x: Scalar) => pow(x, n) };
  }),
  { of: "3 to the x", at: 2, f: (x) => pow(3, x) },
  { of: "x to the −3", at: -2, f: (x) => pow(x, -3) },
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
// \frac{dy}{dn} = 2u \cdot \frac{2}{(u + 1)^2}
//   &= \frac{4u}{(u + 1)^2} \\
//   &= \frac{(u + 1)^2 - (u - 1)^2}{(u + 1)^2} \\
//   &= 1 - y^2
// \end{aligned}
// $$
//
// Like the slope of exp, that of tanh follows from the result alone.
//
// $\text{relu}(x)$ is $\max(0, x)$. Right of 0 it is $x$, with slope 1. Left of 0 it is constant, with
// slope 0. At 0 it has a kink: a nudge to the right says 1, one to the left says 0. There is no slope
// there. An engine needs a number there; ours takes 0, as micrograd and PyTorch do.

// %%
tell();
const tanh = operation((a) => [Math.tanh(a), 1 - Math.tanh(a) ** 2]);
const relu = operation((a) => [Math.max(0, a), a > 0 ? 1 : 0]);

await compare([
  { of: "tanh", at: 0.5, f: tanh },
  { of: "tanh", at: -2, f: tanh },
  { of: "relu", at: 3, f: relu },
  { of: "relu", at: -3, f: relu },
]);

// %% [markdown]
// ## Does it work?
//
// The engine is complete: `Scalar`, `operation`, and a rule for each of nine operations. The README of
// micrograd has an expression that uses most of them, and many numbers twice. micrograd prints
// $g = 24.7041$, $dg/da = 138.8338$ and $dg/db = 645.5773$.

// %%
tell();
function readme(a: Scalar, b: Scalar): Scalar {
  let c = add(a, b), d = add(mul(a, b), pow(b, 3));
  c = add(c, add(c, 1));
  c = add(c, sub(add(1, c), a));
  d = add(d, add(mul(d, 2), relu(add(b, a))));
  d = add(d, add(mul(3, d), relu(sub(b, a))));
  const f = pow(sub(c, d), 2);
  return add(div(f, 2), div(10, f));
}
const a = new Scalar(-4), b = new Scalar(2), g = readme(a, b);
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
// The same expression once more, with `Value`s. Their operations are methods, so `add(mul(a, b), c)` is
// `a.mul(b).add(c)`, which is read from left to right; where a number comes first, there is
// `Value.div(10, f)`. And a second expression, $s = \exp(\tanh u) / \log v - v^u$, for the operations
// that the first does not use.

// %%
tell();
function readmeOfValues(a: Value, b: Value): Value {
  let c = a.add(b), d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(Value.add(1, c).sub(a));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(Value.mul(3, d).add(b.sub(a).relu()));
  const f = c.sub(d).pow(2);
  return f.div(2).add(Value.div(10, f));
}
const a2 = new Value(-4), b2 = new Value(2), g2 = readmeOfValues(a2, b2);
g2.backward();
const u = new Scalar(0.5), v = new Scalar(3);
const s = sub(div(exp(tanh(u)), log(v)), pow(v, u));
s.backward();
const u2 = new Value(0.5), v2 = new Value(3);
const s2 = u2.tanh().exp().div(v2.log()).sub(v2.pow(u2));
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
// `topologicalOrder()` and `backward()`, as our `Scalar` has. It has more operations, refuses anything
// but Values and numbers, and has labels and pictures.
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
// `topologicalOrder()` calls itself for each operand, which is called **recursion**, and waits until that
// call has returned. Only so many calls can wait. Add 1 a hundred thousand times:

// %%
tell();
const leaf = new Value(0);
let ours = new Scalar(0), theirs = leaf;
for (let k = 0; k < 100_000; k++) {
  ours = add(ours, 1);
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
// `mod.ts` does without recursion. It keeps the nodes that wait in an array, a **stack**, and an array
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
  if (!node.operands.every((operand) => before.has(operand))) sound = false;
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
const [forP, forQ] = mul(2, -3).localDerivatives;
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
