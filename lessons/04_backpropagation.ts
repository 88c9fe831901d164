// Lesson 04. Run it with `deno run lessons/04_backpropagation.ts`.
import source from "./04_backpropagation.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 04 · Backpropagation
//
// In lesson 03 we walked from $L$ back to the inputs by hand: seven times *local derivative × upstream
// gradient*. Now a program does the walking. It is eight lines long, and the only hard part is the
// question people ask most about it: **why the fuss about the order?**

// %%
tell();
import { backwardSteps, gradCheck, Value } from "../mod.ts";
import { table } from "../lessons/old_table.ts";
import { agree, graph, print } from "../lessons/show.ts";

// %% [markdown]
// ## The obvious program
//
// A node hands each operand *local × upstream*, then each operand does the same, and so on: a
// recursion.

// %%
tell();
function obvious(node: Value): void {
  node.operands.forEach((operand, k) => {
    operand.grad += node.localDerivatives[k] * node.grad;
    obvious(operand);
  });
}

const p = new Value(3, { label: "p" });
const q = p.mul(2);
q.label = "q";
q.grad = 1;
obvious(q);

print(`dq/dp = ${p.grad}`);

// %% [markdown]
// ## Where it goes wrong
//
// Take $b = a + a$ and $c = b + b$. Then $c = 4a$, so $dc/da$ must be 4. The obvious program is not even
// close.

// %%
tell();
const a = new Value(1, { label: "a" });
const b = a.add(a);
b.label = "b";
const c = b.add(b);
c.label = "c";
c.grad = 1;
obvious(c);

await table(
  [
    { heading: "" },
    { heading: "obvious program", format: "%d" },
    { heading: "truth", format: "%d" },
    { heading: "agree" },
  ],
  [["dc/db", b.grad, 2, agree(b.grad, 2, 0)], ["dc/da", a.grad, 4, agree(a.grad, 4, 0)]],
);

// %% [markdown]
// What happened? $c$ hands 1 to $b$, and $b$ *at once* passes it on: $a$ gets $1 + 1$. Then $c$ hands the
// second 1 to $b$, whose gradient is now 2, and $b$ passes on **all of it, again**: $a$ gets $2 + 2$. The
// first 1 was passed on twice: 6 instead of 4.
//
// $b$ spoke too early. *A node may pass on its gradient only when everybody who used it has paid in.*
//
// Could each node pass on just what is new? Then the result would be right, but the program would walk
// every *path*. There are 4 from $c$ to $a$, and twice as many with each further doubling: 20 doublings
// make a million.

// %% [markdown]
// ## The right order
//
// Line the nodes up so that each comes after its operands: a **topological order**. Read backwards, each
// node comes after all that *used* it. By the time we reach it, its gradient is complete, and one visit
// is enough.

// %%
tell();
function backpropagate(output: Value): void {
  output.grad = 1;
  for (const node of output.topologicalOrder().reverse()) {
    node.operands.forEach((operand, k) => {
      operand.grad += node.localDerivatives[k] * node.grad;
    });
  }
}

c.zeroGrad();
backpropagate(c);

print(`order:     ${c.topologicalOrder().map(({ label }) => label).join(" → ")}`);
print(`backwards: ${c.topologicalOrder().reverse().map(({ label }) => label).join(" → ")}`);
await table(
  [
    { heading: "" },
    { heading: "right order", format: "%d" },
    { heading: "truth", format: "%d" },
    { heading: "agree" },
  ],
  [["dc/db", b.grad, 2, agree(b.grad, 2, 0)], ["dc/da", a.grad, 4, agree(a.grad, 4, 0)]],
);

// %% [markdown]
// ## A knot
//
// The same with more at stake: $c = a + b$, $d = a \cdot b$, $y = (c + d) + c \cdot d$ at $a = 2$, $b = 3$.
// Every node but $y$ is used more than once. By calculus,
//
// $$\frac{dy}{da} = \underbrace{(1 + d)}_{dy/dc} \cdot 1 + \underbrace{(1 + c)}_{dy/dd} \cdot b
//   = 7 + 6 \cdot 3 = 25$$
//
// and in the same way $dy/db = 7 + 6 \cdot 2 = 19$.

// %%
tell();
function knot() {
  const a = new Value(2, { label: "a" }), b = new Value(3, { label: "b" });
  const c = a.add(b), d = a.mul(b);
  c.label = "c";
  d.label = "d";
  const y = c.add(d).add(c.mul(d));
  y.label = "y";
  return { a, b, c, d, y };
}
const wrong = knot();
wrong.y.grad = 1;
obvious(wrong.y);
const right = knot();
backpropagate(right.y);
const truth = { c: 7, d: 6, a: 25, b: 19 };

await table(
  [
    { heading: "" },
    { heading: "obvious", format: "%d" },
    { heading: "right order", format: "%d" },
    { heading: "by calculus", format: "%d" },
    { heading: "agree" },
  ],
  (["c", "d", "a", "b"] as const).map((name) => [
    `dy/d${name}`,
    wrong[name].grad,
    right[name].grad,
    truth[name],
    agree(right[name].grad, truth[name], 0),
  ]),
);

// %%
tell();
await graph(right.y);

// %% [markdown]
// ## Why `+=` and not `=`?
//
// $a$ moves $y$ in two ways: through $c$ and through $d$. Both count, so their effects add up. With `=`
// the last one to arrive would wipe out the others.

// %%
tell();
function overwriting(output: Value): void {
  output.grad = 1;
  for (const node of output.topologicalOrder().reverse()) {
    node.operands.forEach((operand, k) => {
      operand.grad = node.localDerivatives[k] * node.grad;
    });
  }
}
const overwritten = knot();
overwriting(overwritten.y);

await table(
  [
    { heading: "" },
    { heading: "with =", format: "%d" },
    { heading: "with +=", format: "%d" },
    { heading: "by calculus", format: "%d" },
  ],
  (["a", "b"] as const).map((name) => [
    `dy/d${name}`,
    overwritten[name].grad,
    right[name].grad,
    truth[name],
  ]),
);

// %% [markdown]
// ## Step by step
//
// Back to the graph of lesson 03, $L = (a \cdot b + c) \cdot f$. `backwardSteps` makes the same walk, and
// stops after each node that hands something on.

// %%
tell();
const inputs = { a: 2, b: -3, c: 10, f: -2 };
function lesson03({ a, b, c, f }: { a: Value; b: Value; c: Value; f: Value }) {
  const e = a.mul(b), d = e.add(c), L = d.mul(f);
  Object.entries({ a, b, c, d, e, f, L }).forEach(([name, value]) => value.label = name);
  return { a, b, c, d, e, f, L };
}
const nodes = lesson03({
  a: new Value(inputs.a),
  b: new Value(inputs.b),
  c: new Value(inputs.c),
  f: new Value(inputs.f),
});
const steps = backwardSteps(nodes.L);

const first = steps.next().value!;
print(...first.contributions.map(({ sentence }) => sentence));
await graph(nodes.L, { mark: first.node });

// %%
tell();
const second = steps.next().value!;
print(...second.contributions.map(({ sentence }) => sentence));
await graph(nodes.L, { mark: second.node });

// %%
tell();
const third = steps.next().value!;
print(...third.contributions.map(({ sentence }) => sentence));
await graph(nodes.L, { mark: third.node });

// %% [markdown]
// ## `backward()`
//
// That walk is what `L.backward()` does. Here it is beside the seven derivatives of lesson 03, worked out
// there by hand.

// %%
tell();
const byHand = { L: 1, d: -2, f: 4, c: -2, e: -2, a: 6, b: -4 };
nodes.L.zeroGrad();
nodes.L.backward();

await table(
  [
    { heading: "" },
    { heading: "by hand", format: "%d" },
    { heading: "backward()", format: "%d" },
    { heading: "agree" },
  ],
  (Object.keys(byHand) as (keyof typeof byHand)[]).map((name) => [
    `dL/d${name}`,
    byHand[name],
    nodes[name].grad,
    agree(byHand[name], nodes[name].grad, 0),
  ]),
);

// %% [markdown]
// And against nudging: `gradCheck` runs both and puts them side by side, for any function of Values.

// %%
tell();
const check = gradCheck((a, b, c, f) => lesson03({ a, b, c, f }).L, Object.values(inputs));

await table(
  [
    { heading: "" },
    { heading: "backward()", format: "%d" },
    { heading: "nudge", format: "%.9f" },
    { heading: "agree" },
  ],
  check.rows.map(({ backward, central }, k) => [
    `dL/d${Object.keys(inputs)[k]}`,
    backward,
    central,
    agree(backward, central, 1e-6),
  ]),
);

// %% [markdown]
// ## A second `backward()`
//
// Gradients of the inputs *add up* over calls: that lets a training step collect the gradients of many
// examples. When you want to start afresh, say so with `zeroGrad()`. Forgetting it is the most common
// mistake in training; lesson 08 makes it on purpose.

// %%
tell();
const x = new Value(3, { label: "x" });
const y = x.mul(2).pow(2);
const seen: (string | number)[][] = [];
y.backward();
seen.push(["y.backward()", x.grad]);
y.backward();
seen.push(["y.backward() again", x.grad]);
y.zeroGrad();
y.backward();
seen.push(["y.zeroGrad(), then y.backward()", x.grad]);

await table([{ heading: "after" }, { heading: "x.grad", format: "%d" }], seen);

// %% [markdown]
// ## Your turn
//
// 1. Change the knot to $y = c \cdot c$ and `truth` to what you predict. Which programs agree with you?
// 2. Make `obvious()` count its calls. How many for 10 doublings? For 20?
//
// Next: [06 · A neuron](06_neuron.ipynb), the first thing that learns.
