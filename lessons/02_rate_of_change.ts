// Lesson 02. Run it with `deno run lessons/02_rate_of_change.ts`.
import source from "./02_rate_of_change.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 02 · Rate of change
//
// A graph of Values says how a result was made. Now the question of lesson 00 again, for a result that
// depends on *several* numbers: if one of them changes a little, how fast does the result change?

// %%
tell();
import { Value } from "../mod.ts";
import { table } from "../lessons/old_table.ts";
import { graph, print } from "../lessons/show.ts";

// %% [markdown]
// ## The expression
//
// $$L = (a \cdot b + c) \cdot f$$
//
// with a name for every step on the way: $e = a \cdot b$, $d = e + c$, $L = d \cdot f$. The letter $L$
// is for *loss*, the number that training makes small.

// %%
tell();
function expression({ a, b, c, f }: { a: number; b: number; c: number; f: number }): Value {
  const e = new Value(a, { label: "a" }).mul(new Value(b, { label: "b" }));
  e.label = "e";
  const d = e.add(new Value(c, { label: "c" }));
  d.label = "d";
  const L = d.mul(new Value(f, { label: "f" }));
  L.label = "L";
  return L;
}

const inputs = { a: 2, b: -3, c: 10, f: -2 };
const L1 = expression(inputs);

await graph(L1);

// %% [markdown]
// ## Nudge one input
//
// Move $a$ alone, by $h = 0.0001$. Everything after $a$ moves with it: $e$, then $d$, then $L$.

// %%
tell();
const h = 0.0001;
const L2 = expression({ ...inputs, a: inputs.a + h });
const [d1, d2] = [L1.operands[0], L2.operands[0]];
const [e1, e2] = [d1.operands[0], d2.operands[0]];

await table(
  [
    { heading: "" },
    { heading: "before", format: "%.4f" },
    { heading: "after", format: "%.4f" },
    { heading: "change", format: "%.4f" },
    { heading: "change / h", format: "%.6f" },
  ],
  [
    ["a", inputs.a, inputs.a + h, h, 1],
    ["e = a·b", e1.data, e2.data, e2.data - e1.data, (e2.data - e1.data) / h],
    ["d = e + c", d1.data, d2.data, d2.data - d1.data, (d2.data - d1.data) / h],
    ["L = d·f", L1.data, L2.data, L2.data - L1.data, (L2.data - L1.data) / h],
  ],
);

// %% [markdown]
// The last number is the **rate of change** of $L$ with respect to $a$, written
//
// $$\frac{dL}{da} \approx \frac{L_2 - L_1}{h} = 6$$
//
// In words: *near this point, $L$ changes six times as fast as $a$.*
//
// ## Nudge each input in turn

// %%
tell();
const names = ["a", "b", "c", "f"] as const;
const rates = names.map((name) => {
  const nudged = expression({ ...inputs, [name]: inputs[name] + h });
  return { name, nudged, rate: (nudged.data - L1.data) / h };
});

await table(
  [
    { heading: "input" },
    { heading: "value", format: "%d" },
    { heading: "L1", format: "%.6f" },
    { heading: "L2", format: "%.6f" },
    { heading: "(L2 − L1) / h", format: "%.6f" },
    { heading: "when it grows, L" },
  ],
  rates.map(({ name, nudged, rate }) => [
    name,
    inputs[name],
    L1.data,
    nudged.data,
    rate,
    rate > 0 ? "rises" : "falls",
  ]),
);

// %% [markdown]
// These four numbers together are the **gradient** of $L$. Each is a rate, not a distance: 6 does not
// mean that $L$ is 6, but that a small step of $a$ counts six times in $L$.
//
// ## What a rate is good for
//
// It predicts. Move $a$ to $2.1$ and the gradient says that $L$ will rise by about
// $6 \cdot 0.1 = 0.6$. It also predicts what happens when *all* inputs move a little at once: the
// changes add up.

// %%
tell();
const moves = [
  { a: 0.1, b: 0, c: 0, f: 0 },
  { a: 0, b: 0.1, c: 0, f: 0 },
  { a: 0.01, b: 0.01, c: 0.01, f: 0.01 },
  { a: 0.1, b: 0.1, c: 0.1, f: 0.1 },
];

await table(
  [
    { heading: "step of a, b, c, f" },
    { heading: "predicted L", format: "%.4f" },
    { heading: "true L", format: "%.4f" },
    { heading: "off by", format: "%.4f" },
  ],
  moves.map((move) => {
    const predicted = rates.reduce((L, { name, rate }) => L + rate * move[name], L1.data);
    const moved = expression({
      a: inputs.a + move.a,
      b: inputs.b + move.b,
      c: inputs.c + move.c,
      f: inputs.f + move.f,
    }).data;
    return [
      names.map((name) => move[name]).join(", "),
      predicted,
      moved,
      Math.abs(predicted - moved),
    ];
  }),
);

// %% [markdown]
// For one input alone the prediction is exact here, since $L$ is a straight line in each of them. When
// several move, it is off by a little, and by *much* less when the steps are small: ten times smaller
// steps, about a hundred times smaller error. That is why training takes small steps.
//
// ## The price of nudging
//
// Four inputs took five evaluations of the expression. A network with a million parameters would take
// a million and one, for one gradient. The next lesson finds the same four numbers without a single
// nudge.

// %%
tell();
print(`${names.length} inputs took ${names.length + 1} evaluations of L.`);
print("A million inputs would take a million and one. The chain rule needs one walk back.");

// %% [markdown]
// ## Your turn
//
// 1. Predict, then check: if $f$ were $+2$ instead of $-2$, what would the four rates be?
// 2. Which input should you move, and which way, to make $L$ rise fastest?
//
// Next: [03 · The chain rule](03_chain_rule.ipynb), the same four numbers without a nudge.
