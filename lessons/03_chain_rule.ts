// Lesson 03. Run it with `deno run lessons/03_chain_rule.ts`.
import source from "./03_chain_rule.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 03 · The chain rule
//
// Lesson 02 nudged its way to four rates of change. Now we *derive* them, and those of the steps in
// between: seven derivatives, each from the definition of the derivative and one rule.
//
// $$e = a \cdot b \qquad d = e + c \qquad L = d \cdot f$$
//
// We start at the end, at $L$, and walk back.

// %%
tell();
import { Value } from "../mod.ts";
import { table } from "../lessons/old_table.ts";
import { agree, graph, print } from "../lessons/show.ts";

// %% [markdown]
// ## The graph

// %%
tell();
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
// Whatever we derive, we check. `nudged("e")` runs the expression twice, once with $0.0001$ added to
// $e$ right after it is computed, and returns $(L_2 - L_1)/h$.

// %%
tell();
type Name = "a" | "b" | "c" | "d" | "e" | "f" | "L";

function nudged(name: Name, h = 0.0001): number {
  const run = (extra: Partial<Record<Name, number>>) => {
    const at = (name: Name, x: number) => x + (extra[name] ?? 0);
    const e2 = at("e", at("a", a.data) * at("b", b.data));
    const d2 = at("d", e2 + at("c", c.data));
    return at("L", d2 * at("f", f.data));
  };
  return (run({ [name]: h }) - run({})) / h;
}

/** One derivative found: how it reads, its local derivative × upstream, its number. */
interface Derivation {
  readonly name: Name;
  readonly chain: string;
  readonly local: number;
  readonly upstream: number;
  readonly derivative: number;
}
const derivations: Derivation[] = [];

function derive(name: Name, chain: string, local: number, upstream: number): number {
  const derivative = local * upstream;
  derivations.push({ name, chain, local, upstream, derivative });
  print(
    `dL/d${name} = ${chain} = ${local} × ${upstream} = ${derivative}`.replaceAll("-", "−"),
    `by nudging: ${nudged(name).toFixed(6).replace("-", "−")}  ` +
      agree(derivative, nudged(name), 1e-6),
  );
  return derivative;
}

print(`(L2 − L1) / h = ${nudged("a").toFixed(6)}`);

// %% [markdown]
// ## dL/dL
//
// How fast does $L$ change when $L$ changes? Exactly as fast:
//
// $$\frac{(L + h) - L}{h} = \frac{h}{h} = 1$$
//
// It looks like nothing, and it is where every backward walk begins.

// %%
tell();
const dL_dL = derive("L", "h / h", 1, 1);

// %% [markdown]
// ## dL/dd and dL/df: through a product
//
// $L = d \cdot f$. Nudge $d$ by $h$ and hold $f$ still:
//
// $$
// \begin{aligned}
// \frac{dL}{dd} = \lim_{h \to 0} \frac{(d + h) \cdot f - d \cdot f}{h}
//   &= \lim_{h \to 0} \frac{d \cdot f + h \cdot f - d \cdot f}{h} \\
//   &= \lim_{h \to 0} \frac{h \cdot f}{h} \\
//   &= f
// \end{aligned}
// $$
//
// The derivative of a product with respect to one factor is *the other factor*. By the same steps,
//
// $$\frac{dL}{df} = \lim_{h \to 0} \frac{d \cdot (f + h) - d \cdot f}{h} = d$$
//
// In the picture: standing at the `*` node, each operand receives the other one's number, times what
// arrives from the right (here $dL/dL = 1$).

// %%
tell();
const dL_dd = derive("d", "f · dL/dL", f.data, dL_dL);

const dL_df = derive("f", "d · dL/dL", d.data, dL_dL);

// %% [markdown]
// ## dL/dc and dL/de: through a sum, and the chain rule
//
// $c$ does not touch $L$ directly. It touches $d = e + c$, and $d$ touches $L$. First the near half.
// Nudge $c$ by $h$ and hold $e$ still:
//
// $$
// \begin{aligned}
// \frac{dd}{dc} = \lim_{h \to 0} \frac{(e + (c + h)) - (e + c)}{h}
//   &= \lim_{h \to 0} \frac{e + c + h - e - c}{h} \\
//   &= \lim_{h \to 0} \frac{h}{h} \\
//   &= 1
// \end{aligned}
// $$
//
// and $dd/de = 1$ in the same way. This is the **local derivative**: it knows about the `+` and nothing
// about $L$. The far half, $dL/dd$, we have already; it is the **upstream gradient**. How do the two go
// together?
//
// Think of a car, a bicycle and a walker. If the car is twice as fast as the bicycle, and the bicycle
// four times as fast as the walker, then the car is $2 \times 4 = 8$ times as fast as the walker (the
// picture is George F. Simmons's).
//
// Rates in a row multiply. That is the **chain rule**:
//
// $$\frac{dL}{dc} = \frac{dd}{dc} \cdot \frac{dL}{dd} = 1 \cdot f = -2$$
//
// A sum just hands its upstream gradient to both operands.

// %%
tell();
const dL_dc = derive("c", "dd/dc · dL/dd", 1, dL_dd);

const dL_de = derive("e", "dd/de · dL/dd", 1, dL_dd);

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
// \frac{dL}{da} &= \frac{de}{da} \cdot \frac{dL}{de} = b \cdot \frac{dL}{de} = -3 \cdot -2 = 6 \\
// \frac{dL}{db} &= \frac{de}{db} \cdot \frac{dL}{de} = a \cdot \frac{dL}{de} = 2 \cdot -2 = -4
// \end{aligned}
// $$

// %%
tell();
const dL_da = derive("a", "de/da · dL/de", b.data, dL_de);

const dL_db = derive("b", "de/db · dL/de", a.data, dL_de);

// %% [markdown]
// ## All seven
//
// Every row is the same sentence, *local derivative × upstream gradient*, and every row agrees with its
// nudge.

// %%
tell();
await table(
  [
    { heading: "derivative" },
    { heading: "chain rule" },
    { heading: "local", format: "%d" },
    { heading: "upstream", format: "%d" },
    { heading: "product", format: "%d" },
    { heading: "nudge", format: "%.6f" },
    { heading: "agree" },
  ],
  derivations.map(({ name, chain, local, upstream, derivative }) => [
    `dL/d${name}`,
    chain,
    local,
    upstream,
    derivative,
    nudged(name),
    agree(derivative, nudged(name), 1e-6),
  ]),
);

// %% [markdown]
// ## One step along the gradient
//
// The gradient says which way is up. Move each input a little *along* its derivative, here by $0.01$
// of it, and $L$ must rise; move *against* it and $L$ must fall. Training is the second, many times.

// %%
tell();
function stepped(size: number): number {
  const [a2, b2] = [a.data + size * dL_da, b.data + size * dL_db];
  const [c2, f2] = [c.data + size * dL_dc, f.data + size * dL_df];
  return (a2 * b2 + c2) * f2;
}

await table(
  [{ heading: "" }, { heading: "L", format: "%.6f" }],
  [
    ["before", L.data],
    ["after a step along the gradient", stepped(0.01)],
    ["after a step against the gradient", stepped(-0.01)],
  ],
);

// %% [markdown]
// ## The promise of the next lesson
//
// Seven times we did the same thing: take the upstream gradient, multiply by the local derivative, hand
// it to the operand. A loop can do that. It is called **backpropagation**, and a Value has it:

// %%
tell();
L.backward();

await table(
  [
    { heading: "derivative" },
    { heading: "by hand", format: "%d" },
    { heading: "by L.backward()", format: "%d" },
    { heading: "agree" },
  ],
  derivations.map(({ name, derivative }) => {
    const { grad } = { a, b, c, d, e, f, L }[name];
    return [`dL/d${name}`, derivative, grad, agree(derivative, grad, 0)];
  }),
);

// %%
tell();
await graph(L);

// %% [markdown]
// ## Your turn
//
// 1. Make $f = 0$ and predict all seven before you run. Which gradients vanish, and why?
// 2. Change $d = e + c$ into $d = e \cdot c$, in the graph, in `nudged` and in `stepped`. Which two local
//    derivatives must change with it, so that every row agrees again?
//
// Next: [04 · Backpropagation](04_backpropagation.ipynb), the walk back done by a loop.
