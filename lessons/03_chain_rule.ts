// Lesson 03. Run it with `deno run lessons/03_chain_rule.ts`.
import source from "./03_chain_rule.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 03 · The chain rule
//
// Lesson 02 nudged its way to four rates of change. Now we *derive* them, and those of the numbers in
// between: seven derivatives, each from the limit of lesson 00 and one rule.
//
// $$e = a \cdot b \qquad d = e + c \qquad L = d \cdot f$$
//
// We start at the end, at $L$, and walk back.
//
// ## The graph

// %%
tell();
import { Value } from "../mod.ts";
import { agree, graph, print, table } from "../lessons/show.ts";

const a = new Value(2, { label: "a" });
const b = new Value(-3, { label: "b" });
const c = new Value(10, { label: "c" });
const f = new Value(-2, { label: "f" });
const e = a.mul(b);
e.label = "e";
const d = e.add(c);
d.label = "d";
const L = d.mul(f);
L.label = "L";
await graph(L);

// %% [markdown]
// ## A nudge, to check with
//
// Whatever we derive, we check. `nudged("e")` computes the expression twice, once with $h = 0.0001$ added
// to $e$ as soon as $e$ is known, and returns $(L_2 - L_1)/h$. It works for each of the seven names.

// %%
tell();
function run(name = "", h = 0) {
  const extra = (other: string) => other === name ? h : 0;
  const e = (2 + extra("a")) * (-3 + extra("b")) + extra("e");
  const d = e + (10 + extra("c")) + extra("d");
  return d * (-2 + extra("f")) + extra("L");
}
function nudged(name: string, h = 0.0001): number {
  return (run(name, h) - run()) / h;
}
print(`dL/da, as in lesson 02: ${nudged("a").toFixed(6)}`);

// %% [markdown]
// ## dL/dL
//
// How fast does $L$ change when $L$ changes? Exactly as fast:
//
// $$\frac{dL}{dL} = \lim_{h \to 0} \frac{(L + h) - L}{h} = \lim_{h \to 0} \frac{h}{h} = 1$$
//
// It looks like nothing, and it is where every walk back begins.
//
// ## dL/dd and dL/df: through a product
//
// $L = d \cdot f$. Nudge $d$ by $h$ and hold $f$ still:
//
// $$
// \begin{aligned}
// \frac{dL}{dd}
//   &= \lim_{h \to 0} \frac{(d + h) \cdot f - d \cdot f}{h} \\
//   &= \lim_{h \to 0} \frac{d \cdot f + h \cdot f - d \cdot f}{h} \\
//   &= \lim_{h \to 0} \frac{h \cdot f}{h} \\
//   &= f
// \end{aligned}
// $$
//
// (In $dL/dd$ the first $d$ of $dd$ is the one of every derivative, the second is our node: "d L by d
// $d$".) The derivative of a product with respect to one factor is *the other factor*. In the same way,
//
// $$\frac{dL}{df} = \lim_{h \to 0} \frac{d \cdot (f + h) - d \cdot f}{h} = d$$

// %%
tell();
const dL_dL = 1;
const dL_dd = f.data;
const dL_df = d.data;

print(`dL/dL = ${dL_dL}   by nudging: ${nudged("L").toFixed(6)}`);
print(`dL/dd = f = ${dL_dd}   by nudging: ${nudged("d").toFixed(6)}`);
print(`dL/df = d = ${dL_df}   by nudging: ${nudged("f").toFixed(6)}`);

// %% [markdown]
// ## dL/dc and dL/de: through a sum, and the chain rule
//
// $c$ does not enter $L$ directly. It enters $d = e + c$, and $d$ enters $L$. First the near half: how
// fast does the node $d$ change with $c$? Nudge $c$ by $h$ and hold $e$ still:
//
// $$
// \begin{aligned}
// \frac{dd}{dc}
//   &= \lim_{h \to 0} \frac{(e + (c + h)) - (e + c)}{h} \\
//   &= \lim_{h \to 0} \frac{e + c + h - e - c}{h} \\
//   &= \lim_{h \to 0} \frac{h}{h} \\
//   &= 1
// \end{aligned}
// $$
//
// and $dd/de = 1$ in the same way. Such a derivative, of a node with respect to its own operand, is a
// **local derivative**: it depends on the `+`, and not on what comes after it. The far half, how fast
// $L$ changes with the node, is $dL/dd$. We have it already. Seen from $c$ it is the **upstream
// gradient**: it comes from the side of the result.
//
// How do the two go together? Think of a car, a bicycle and a walker. If the car is twice as fast as
// the bicycle, and the bicycle four times as fast as the walker, then the car is $2 \times 4 = 8$ times
// as fast as the walker (the comparison is George F. Simmons's).
//
// Rates in a row multiply, as in lesson 02. It follows from the nudge, too: move $c$ by a small $h$,
// and $d$ moves by $\frac{dd}{dc} \cdot h$. That is a nudge of $d$, so $L$ moves by $\frac{dL}{dd}$
// times as much. Divide by $h$, and there is the **chain rule**, *local derivative × upstream
// gradient*:
//
// $$\frac{dL}{dc} = \frac{dd}{dc} \cdot \frac{dL}{dd} = 1 \cdot f = -2
//   \qquad \frac{dL}{de} = \frac{dd}{de} \cdot \frac{dL}{dd} = 1 \cdot f = -2$$
//
// A sum passes its upstream gradient to both operands unchanged.

// %%
tell();
const dd_dc = 1, dd_de = 1; // local: those of a sum
const dL_dc = dd_dc * dL_dd; // local × upstream
const dL_de = dd_de * dL_dd;

print(`dL/dc = ${dL_dc}   by nudging: ${nudged("c").toFixed(6)}`);
print(`dL/de = ${dL_de}   by nudging: ${nudged("e").toFixed(6)}`);

// %% [markdown]
// ## dL/da and dL/db: once more
//
// $e = a \cdot b$ is a product again, so its local derivatives are the other factors:
//
// $$\frac{de}{da} = \lim_{h \to 0} \frac{(a + h) \cdot b - a \cdot b}{h} = b
//   \qquad \frac{de}{db} = \lim_{h \to 0} \frac{a \cdot (b + h) - a \cdot b}{h} = a$$
//
// and the upstream gradient is $dL/de$, just found:
//
// $$
// \begin{aligned}
// \frac{dL}{da} &= \frac{de}{da} \cdot \frac{dL}{de} = b \cdot f = (-3) \cdot (-2) = 6 \\
// \frac{dL}{db} &= \frac{de}{db} \cdot \frac{dL}{de} = a \cdot f = 2 \cdot (-2) = -4
// \end{aligned}
// $$
//
// Is $b \cdot f$ right? Written as one formula,
// $L = (a \cdot b + c) \cdot f = a \cdot b \cdot f + c \cdot f$. For each 1 that $a$ grows, the first
// part grows by $b \cdot f$, and the second does not contain $a$.

// %%
tell();
const de_da = b.data, de_db = a.data; // local: those of a product
const dL_da = de_da * dL_de; // local × upstream
const dL_db = de_db * dL_de;

print(`dL/da = ${dL_da}   by nudging: ${nudged("a").toFixed(6)}`);
print(`dL/db = ${dL_db}   by nudging: ${nudged("b").toFixed(6)}`);

// %% [markdown]
// ## All seven
//
// Every row is the same sentence, *local derivative × upstream gradient*. Only the first has nothing
// upstream of it. For $d$ and $f$, which enter $L$ directly, what is upstream is $dL/dL = 1$. (The
// derivative of the result with respect to a node is called the **gradient of the node**, too.)

// %%
tell();
const rows = [
  { name: "d", chain: "dL/dd · dL/dL", local: f.data, upstream: dL_dL },
  { name: "f", chain: "dL/df · dL/dL", local: d.data, upstream: dL_dL },
  { name: "c", chain: "dd/dc · dL/dd", local: dd_dc, upstream: dL_dd },
  { name: "e", chain: "dd/de · dL/dd", local: dd_de, upstream: dL_dd },
  { name: "a", chain: "de/da · dL/de", local: de_da, upstream: dL_de },
  { name: "b", chain: "de/db · dL/de", local: de_db, upstream: dL_de },
];
function compared(name: string, product: number) {
  const nudge = nudged(name);
  return { product, nudge, agree: agree(product, nudge, 1e-6) };
}
const none = { "chain rule": "", local: "", upstream: "" };
const first = { derivative: "dL/dL", ...none, ...compared("L", dL_dL) };
const others = rows.map(({ name, chain, local, upstream }) => {
  const way = { "chain rule": chain, local, upstream };
  const found = compared(name, local * upstream);
  return { derivative: `dL/d${name}`, ...way, ...found };
});
const seven = [first, ...others];
await table(seven, { digits: 6 });

// %% [markdown]
// ## Along the gradient
//
// The gradient says which way is up. Move each input a little *along* its derivative, here by $0.01$ of
// it, and $L$ must rise; move *against* it and $L$ must fall. A machine that learns does the second,
// many times.

// %%
tell();
function moved(size: number): number {
  const [a2, b2] = [a.data + size * dL_da, b.data + size * dL_db];
  const [c2, f2] = [c.data + size * dL_dc, f.data + size * dL_df];
  return (a2 * b2 + c2) * f2;
}
const along = moved(0.01), against = moved(-0.01);
print(`before                 L = ${L.data.toFixed(6)}`);
print(`along the gradient     L = ${along.toFixed(6)}`);
print(`against the gradient   L = ${against.toFixed(6)}`);

// %% [markdown]
// ## The promise of the next lesson
//
// Six times we did the same thing: take the upstream gradient, multiply it by the local derivative, and
// write the product down at the operand. A loop can do that. It is called **backpropagation**, and a Value
// has it. It leaves each derivative in `grad`:

// %%
tell();
L.backward();

const nodes = [L, d, f, c, e, a, b]; // in the order of the table
const promised = seven.map(({ derivative, product }, k) => {
  const { grad } = nodes[k];
  const found = { "by hand": product, "by L.backward()": grad };
  return { derivative, ...found, agree: agree(product, grad, 0) };
});
await table(promised);
await graph(L);

// %% [markdown]
// ## Your turn
//
// Predict first, then run it: change the lesson itself, and run all its cells, or the script.
//
// 1. Make $f = 0$, in the graph and in `run`. Which of the seven vanish, and why? Run it: the table
//    tells you.
// 2. Change $d = e + c$ into $d = e \cdot c$, in the graph, in `run` and in `moved`. Which two local
//    derivatives must change with it? Run it: every row must agree again.
// 3. Derive the seven of another graph: `exercises/03_chain_rule.ts`.
//
// Next: [04 · Backpropagation](04_backpropagation.ipynb), the walk back done by a loop.
