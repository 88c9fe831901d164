// Lesson 04. Run it with `deno run lessons/04_backpropagation.ts`.
import source from "./04_backpropagation.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 04 · Backpropagation
//
// In lesson 03 we walked from $L$ back to the inputs by hand: six times *local derivative × upstream
// gradient*. Now a program does the walking. It is short, and there is one hard question in it: **why does
// the order matter?**
//
// ## What a node knows
//
// A Value holds its local derivatives, one for each operand, in the same order. For a product they are the
// other factors, for a sum they are 1, as derived in lesson 03. (How an engine finds them is in lesson 05.)

// %%
tell();
import { backwardSteps, derivative, gradCheck, Value } from "../mod.ts";
import { agree, graph, print, table } from "../lessons/show.ts";

const product = new Value(4).mul(new Value(-2));
const sum = new Value(-6).add(new Value(10));
const ofProduct = product.localDerivatives.join(", ");
const ofSum = sum.localDerivatives.join(", ");
print(`4 · (−2): local derivatives ${ofProduct}`);
print(`−6 + 10: local derivatives ${ofSum}`);

// %% [markdown]
// ## The obvious program
//
// A node gives each operand *local × upstream*, then each operand does the same, and so on: a function
// that calls itself. We begin with 1 at the result. On $q = 2p$ it works:

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
q.grad = 1;
obvious(q);
print(`dq/dp = ${p.grad}`);

// %% [markdown]
// ## Where it goes wrong
//
// Take $b = a + a$ and $c = b + b$. Then $c = 4a$, so $dc/da$ must be 4 and $dc/db$ must be 2.

// %%
tell();
const a = new Value(1, { label: "a" });
const b = a.add(a);
b.label = "b";
const c = b.add(b);
c.label = "c";

c.grad = 1;
obvious(c);
print(`dc/db = ${b.grad}, and it should be 2  ${agree(b.grad, 2, 0)}`);
print(`dc/da = ${a.grad}, and it should be 4  ${agree(a.grad, 4, 0)}`);

// %% [markdown]
// What happened? $c$ gives 1 to $b$, and $b$ *at once* passes it on: $a$ gets $1 + 1$. Then $c$ gives
// its second 1 to $b$. The gradient of $b$ is now 2, and $b$ passes on **all of it**: $a$ gets $2 + 2$.
// The first 1 was passed on twice, so the sum is 6 instead of 4.
//
// $b$ passed its gradient on too early. *A node may pass its gradient on only when it is complete: when
// every node that uses it has passed on its own.*
//
// (Could each node pass on just what is new? Then the result would be right, but the program would walk
// every *path*. There are 4 from $c$ to $a$, and twice as many with each further doubling: 20 doublings
// make over a million.)
//
// ## The right order
//
// Line the nodes up so that each stands after its operands: a **topological order**. Read it backwards, and
// each node stands after everything that *used* it. When we reach a node, its gradient is complete, and
// one visit is enough.
//
// To find such an order, visit the result. A visit first visits the operands, and then writes the node
// down; a node that was visited before is left alone.

// %%
tell();
function order(output: Value): Value[] {
  const visited = new Set<Value>();
  const found: Value[] = [];
  const visit = (node: Value) => {
    if (visited.has(node)) return;
    visited.add(node);
    node.operands.forEach(visit);
    found.push(node);
  };
  visit(output);
  return found;
}

const labels = order(c).map(({ label }) => label);
print(`order:     ${labels.join(" → ")}`);
print(`backwards: ${labels.toReversed().join(" → ")}`);

// %% [markdown]
// The program, with that order:

// %%
tell();
function backpropagate(output: Value): void {
  output.grad = 1;
  for (const node of order(output).reverse()) {
    node.operands.forEach((operand, k) => {
      operand.grad += node.localDerivatives[k] * node.grad;
    });
  }
}

c.zeroGrad(); // every grad in the graph of c is 0 again
backpropagate(c);
print(`dc/db = ${b.grad}  ${agree(b.grad, 2, 0)}`);
print(`dc/da = ${a.grad}  ${agree(a.grad, 4, 0)}`);

// %% [markdown]
// ## A knot
//
// A harder case: $c = a + b$, $d = a \cdot b$, $y = (c + d) + c \cdot d$ at $a = 2$, $b = 3$. Each of
// $a$, $b$, $c$ and $d$ is used twice. By calculus, $dy/dc = 1 + d = 7$ and $dy/dd = 1 + c = 6$, and
// then
//
// $$
// \begin{aligned}
// \frac{dy}{da} &= \frac{dc}{da} \cdot \frac{dy}{dc} + \frac{dd}{da} \cdot \frac{dy}{dd}
//   = 1 \cdot 7 + b \cdot 6 = 25 \\
// \frac{dy}{db} &= \frac{dc}{db} \cdot \frac{dy}{dc} + \frac{dd}{db} \cdot \frac{dy}{dd}
//   = 1 \cdot 7 + a \cdot 6 = 19
// \end{aligned}
// $$
//
// ($dd/da$ is the derivative of the node $d$ with respect to $a$.) Why a sum? $a$ moves $y$ along two
// chains, through $c$ and through $d$, and changes add up: lesson 02.

// %%
tell();
function knot(): Record<string, Value> {
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
const compared = Object.entries(truth).map(([name, calculus]) => {
  const [obvious, ordered] = [wrong[name].grad, right[name].grad];
  const found = { obvious, "right order": ordered };
  const mark = agree(ordered, calculus, 0);
  const derivative = `dy/d${name}`;
  return { derivative, ...found, "by calculus": calculus, agree: mark };
});
await table(compared);

// %%
tell();
await graph(right.y);

// %% [markdown]
// ## Why `+=` and not `=`?
//
// Because of that sum. Each use of a node brings its own part of the gradient, and with `=` the last part
// to arrive would replace the others. The smallest graphs show it. In $x \cdot x$ both operands are the
// same $x$, and each gets the other factor, times 1: here 3. With `+=` that makes $6 = 2x$; with `=` the
// second 3 replaces the first. In $x + x$ the parts are 1 and 1. In $x - x$ they are 1 and $-1$: what is
// subtracted has the local derivative $-1$.

// %%
tell();
function overwriting(output: Value): void {
  output.grad = 1;
  for (const node of order(output).reverse()) {
    node.operands.forEach((operand, k) => {
      operand.grad = node.localDerivatives[k] * node.grad;
    });
  }
}
const uses = {
  "x · x": (x: Value) => x.mul(x),
  "x + x": (x: Value) => x.add(x),
  "x − x": (x: Value) => x.sub(x),
  "2 · x": (x: Value) => x.mul(2),
};
const used = Object.entries(uses).map(([y, use]) => {
  const [x, overwritten] = [new Value(3), new Value(3)];
  backpropagate(use(x));
  overwriting(use(overwritten));
  const nudge = derivative((x) => use(new Value(x)).data, 3);
  const programs = { "with =": overwritten.grad, "with +=": x.grad };
  return { "y, at x = 3": y, ...programs, nudge };
});
await table(used, { digits: 6 });

// %% [markdown]
// Where $x$ is used only once, `=` and `+=` give the same.
//
// ## One node at a time
//
// Back to the graph of lesson 03, $L = (a \cdot b + c) \cdot f$. `backwardSteps` makes the same walk, and
// stops after each node that gives something to its operands. `walk.next()` goes on to the next stop.
// (The `!` assures TypeScript that there is one.)

// %%
tell();
const inputs = { a: 2, b: -3, c: 10, f: -2 };
function lesson03([a, b, c, f]: Value[]): Record<string, Value> {
  const e = a.mul(b), d = e.add(c), L = d.mul(f);
  const nodes = { a, b, c, d, e, f, L };
  Object.entries(nodes).forEach(([name, value]) => value.label = name);
  return nodes;
}
const leaves = Object.values(inputs).map((data) => new Value(data));
const nodes = lesson03(leaves);
const walk = backwardSteps(nodes.L);

const first = walk.next().value!;
print(...first.contributions.map(({ sentence }) => sentence));
await graph(nodes.L, { mark: first.node });

// %%
tell();
const second = walk.next().value!;
print(...second.contributions.map(({ sentence }) => sentence));
await graph(nodes.L, { mark: second.node });

// %%
tell();
const third = walk.next().value!;
print(...third.contributions.map(({ sentence }) => sentence));
await graph(nodes.L, { mark: third.node });

// %% [markdown]
// ## `backward()`
//
// `L.backward()` does all of it in one call. Here it is beside the seven derivatives that lesson 03
// worked out by hand:

// %%
tell();
const byHand = { L: 1, d: -2, f: 4, c: -2, e: -2, a: 6, b: -4 };
nodes.L.zeroGrad();
nodes.L.backward();

const beside = Object.entries(byHand).map(([name, derivative]) => {
  const { grad } = nodes[name];
  const found = { "by hand": derivative, "backward()": grad };
  return { "": `dL/d${name}`, ...found, agree: agree(derivative, grad, 0) };
});
await table(beside);

// %% [markdown]
// And beside nudging: `gradCheck` runs both and puts them side by side, for any function of Values.

// %%
tell();
const check = gradCheck(
  (...leaves) => lesson03(leaves).L,
  Object.values(inputs),
);
const checked = check.map(({ backward, central }, k) => {
  const name = `dL/d${Object.keys(inputs)[k]}`;
  const mark = agree(backward, central, 1e-6);
  return { "": name, "backward()": backward, nudge: central, agree: mark };
});
await table(checked, { digits: { nudge: 9 } });

// %% [markdown]
// ## A second `backward()`
//
// `backward()` does one thing that our program does not yet do. It shows when both run twice on
// $y = 2x \cdot 2x$ at $x = 3$, where $dy/dx = 8x = 24$:

// %%
tell();
function twice(backward: (y: Value) => void) {
  const x = new Value(3), u = x.mul(2);
  const y = u.mul(u);
  backward(y);
  const first = x.grad;
  backward(y);
  return { first, second: x.grad };
}
const ours = twice(backpropagate);
const theirs = twice((y) => y.backward());
print(`backpropagate(y): ${ours.first}, then ${ours.second}`);
print(`y.backward():     ${theirs.first}, then ${theirs.second}`);

// %% [markdown]
// Why 72? The node $u = 2x$ between $x$ and $y$ still holds its 12 from the first walk. The second walk
// adds 12 to it, and $u$ passes on all 24: $x$ gets another $2 \cdot 24 = 48$. That is the mistake of
// the obvious program again: something is passed on twice. So before each walk, each **inner node**,
// one that is not a leaf, must start from 0:

// %%
tell();
function backpropagateAgain(output: Value): void {
  for (const node of order(output)) {
    if (node.operands.length > 0) node.grad = 0; // not a leaf
  }
  backpropagate(output);
}
const now = twice(backpropagateAgain);
print(`backpropagateAgain(y): ${now.first}, then ${now.second}`);

// %% [markdown]
// Now only leaves add up over calls: 24, then 48. That is intended: it collects the gradients of many
// examples, with one `backward()` for each. To start from 0 again, call `zeroGrad()`. Lesson 07 shows
// what happens when that is forgotten.

// %%
tell();
const x = new Value(3), u = x.mul(2);
const y = u.mul(u);
y.backward();
y.zeroGrad();
y.backward();
print(`y.backward(), y.zeroGrad(), y.backward(): ${x.grad}`);

// %% [markdown]
// ## Your turn
//
// Predict first, then run it.
//
// 1. Change the knot to $y = c \cdot c$, and `truth` to what you predict. Which program agrees with
//    you? Run it: all cells, or the script.
// 2. Write the walk back yourself, and count the calls of `obvious()`: `exercises/04_backpropagation.ts`.
//
// Next: [05 · The engine](05_engine.ipynb), all of this in forty lines of your own.
