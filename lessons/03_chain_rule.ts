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
type Name = "a" | "b" | "c" | "d" | "e" | "f" | "L";

function run(name?: Name, h = 0) {
  const extra = (other: Name) => other === name ? h : 0;
  const e = (2 + extra("a")) * (-3 + extra("b")) + extra("e");
  const d = e + (10 + extra("c")) + extra("d");
  return d * (-2 + extra("f")) + extra("L");
}
function nudged(name: Name, h = 0.0001): number {
  return (run(name, h) - run()) / h;
}
print(`dL/da, as in lesson 02: (L2 − L1) / h = ${nudged("a").toFixed(6)}`);

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
// (In $dL/dd$ the first $d$ of $dd$ is the one of every derivative, the second is our node: "d L by d $d$".)
// The derivative of a product with respect to one factor is *the other factor*. By the same steps,
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
// $c$ does not touch $L$ directly. It touches $d = e + c$, and $d$ touches $L$. First the near half: how
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
// **local derivative**: it knows about the `+` and nothing about $L$. The far half, how fast $L$ changes
// with the node, is $dL/dd$. We have it already. Seen from $c$ it is the **upstream gradient**: it comes
// from the side of the result.
//
// How do the two go together? Think of a car, a bicycle and a walker. If the car is twice as fast as the
// bicycle, and the bicycle four times as fast as the walker, then the car is $2 \times 4 = 8$ times as fast
// as the walker (the picture is George F. Simmons's).
//
// Rates in a row multiply, as in lesson 02. It follows from the nudge, too: move $c$ by a small $h$, and $d$
// moves by $\frac{dd}{dc} \cdot h$. That is a nudge of $d$, so $L$ moves by $\frac{dL}{dd}$ times as much.
// Divide by $h$, and there is the **chain rule**, *local derivative × upstream gradient*:
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
// Is $b \cdot f$ right? Written as one formula, $L = (a \cdot b + c) \cdot f = a \cdot b \cdot f + c \cdot f$. For
// each 1 that $a$ grows, the first part grows by $b \cdot f$, and the second does not know $a$.

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
// Every row is the same sentence, *local derivative × upstream gradient*. Only the first stands at the
// beginning, with nothing upstream of it. For $d$ and $f$, which touch $L$ directly, what is upstream is
// $dL/dL = 1$.

// %%
tell();
type Factor = number | "";

const rows: [Name, chain: string, local: Factor, upstream: Factor][] = [
  ["L", "", "", ""],
  ["d", "f · dL/dL", f.data, dL_dL],
  ["f", "d · dL/dL", d.data, dL_dL],
  ["c", "dd/dc · dL/dd", dd_dc, dL_dd],
  ["e", "dd/de · dL/dd", dd_de, dL_dd],
  ["a", "de/da · dL/de", de_da, dL_de],
  ["b", "de/db · dL/de", de_db, dL_de],
];
const seven = rows.map(([name, chain, local, upstream]) => {
  const product = local === "" || upstream === "" ? 1 : local * upstream;
  const nudge = nudged(name), same = agree(product, nudge, 1e-6);
  const found = { local, upstream, product, nudge, agree: same };
  return { derivative: `dL/d${name}`, "chain rule": chain, ...found };
});
await table(seven, { digits: 6 });

// %% [markdown]
// ## One step along the gradient
//
// The gradient says which way is up. Move each input a little *along* its derivative, here by $0.01$
// of it, and $L$ must rise; move *against* it and $L$ must fall. A machine that learns does the second, many
// times.

// %%
tell();
function stepped(size: number): number {
  const [a2, b2] = [a.data + size * dL_da, b.data + size * dL_db];
  const [c2, f2] = [c.data + size * dL_dc, f.data + size * dL_df];
  return (a2 * b2 + c2) * f2;
}
const along = stepped(0.01), against = stepped(-0.01);
print(`before                              L = ${L.data.toFixed(6)}`);
print(`after a step along the gradient     L = ${along.toFixed(6)}`);
print(`after a step against the gradient   L = ${against.toFixed(6)}`);

// %% [markdown]
// ## The promise of the next lesson
//
// Six times we did the same thing: take the upstream gradient, multiply it by the local derivative, and
// write the product down at the operand. A loop can do that. It is called **backpropagation**, and a Value
// has it. It leaves each derivative in `grad`:

// %%
tell();
L.backward();

const nodes = { a, b, c, d, e, f, L };
const promised = seven.map(({ product }, k) => {
  const [name] = rows[k], { grad } = nodes[name];
  const found = { "by hand": product, "by L.backward()": grad };
  const same = agree(product, grad, 0);
  return { derivative: `dL/d${name}`, ...found, agree: same };
});
await table(promised);
await graph(L);

// %% [markdown]
// ## Your turn
//
// 1. Make $f = 0$ and predict all seven before you run. Which gradients vanish, and why?
// 2. Change $d = e + c$ into $d = e \cdot c$, in the graph, in `run` and in `stepped`. Which two local
//    derivatives must change with it, so that every row agrees again?
// 3. Derive the seven of another graph: `exercises/03_chain_rule.ts`.
//
// Next: [04 · Backpropagation](04_backpropagation.ipynb), the walk back done by a loop.
