// Lesson 02. Run it with `deno run lessons/02_rate_of_change.ts`.
import source from "./02_rate_of_change.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 02 · Rate of change
//
// A graph of Values says how a result was made. Now the question of lesson 00 again, for a result that
// depends on *several* numbers: if one of them changes a little, how fast does the result change?
//
// ## The expression
//
// $$L = (a \cdot b + c) \cdot f$$
//
// with a name for every number on the way: $e = a \cdot b$, $d = e + c$, $L = d \cdot f$.

// %%
tell();
import { Value } from "../mod.ts";
import { graph, print, table } from "../lessons/show.ts";

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
// ## Nudge one input
//
// Nudging needs no Values: plain numbers will do. `run` computes the expression and returns every
// number on the way. Run it twice, and the second time move $a$ alone, by $h = 0.0001$. Everything
// after $a$ moves with it: $e$, then $d$, then $L$. (`Record<string, number>` is an object in which
// every field is a number; `{ ...inputs, a: 2.1 }` is a copy with another `a`, and with `[input]: 2.1`
// in its place, another field, the one whose name is in `input`.)

// %%
tell();
type Numbers = Record<string, number>;
const inputs: Numbers = { a: 2, b: -3, c: 10, f: -2 };

function run({ a, b, c, f }: Numbers): Numbers {
  const e = a * b;
  const d = e + c;
  const L = d * f;
  return { a, e, d, L };
}
const h = 0.0001;
const before = run(inputs);
const after = run({ ...inputs, a: inputs.a + h });

const way = { a: "a", e: "e = a·b", d: "d = e + c", L: "L = d·f" };
const moved = Object.entries(way).map(([name, formula]) => {
  const change = after[name] - before[name];
  const numbers = { before: before[name], after: after[name], change };
  return { "": formula, ...numbers, "change / h": change / h };
});
const four = { before: 4, after: 4, change: 4 };
await table(moved, { digits: { ...four, "change / h": 6 } });

// %% [markdown]
// The last number is the **rate of change** of $L$ with respect to $a$. With $L_1$ before and $L_2$ after,
//
// $$\frac{dL}{da} \approx \frac{L_2 - L_1}{h} = 6$$
//
// In words: *near this point, $L$ changes six times as fast as $a$.* It is the slope of lesson 00, of $L$
// drawn over $a$, and $dL/da$ ("d L by d a") is how one writes the derivative when there are several
// numbers to choose from.
//
// ## Where the 6 comes from
//
// Look at how much each number changes for each 1 that the number *before* it changes: $e$ for $a$, $d$
// for $e$, $L$ for $d$.

// %%
tell();
const [da, de, dd, dL] = moved.map(({ change }) => change);
const links = [de / da, dd / de, dL / dd];
const product = links.reduce((product, rate) => product * rate);

const [first, second, third] = links.map((rate) => rate.toFixed(3));
print(`(${first}) · ${second} · (${third}) = ${product.toFixed(3)}`);

// %% [markdown]
// $e$ changes by $-3$ for each 1 of $a$, $d$ by 1 for each 1 of $e$, $L$ by $-2$ for each 1 of $d$. So $L$
// changes by $(-3) \cdot 1 \cdot (-2) = 6$ for each 1 of $a$. With $\Delta a$ for "the change of $a$",
//
// $$\frac{\Delta e}{\Delta a} \cdot \frac{\Delta d}{\Delta e} \cdot \frac{\Delta L}{\Delta d}
//   = \frac{\Delta L}{\Delta a}$$
//
// since $\Delta e$ and $\Delta d$ cancel. Rates along a chain multiply. This is the **chain rule**
// already. Lesson 03 goes all the way back with it.
//
// ## Nudge each input in turn

// %%
tell();
const names = Object.keys(inputs);
const L1 = before.L;
const nudges = names.map((input) => {
  const L2 = run({ ...inputs, [input]: inputs[input] + h }).L;
  return { input, value: inputs[input], L2, rate: (L2 - L1) / h };
});
const columns = nudges.map(({ input, value, L2, rate }) => {
  const L = { L1: L1.toFixed(6), L2, "(L2 − L1) / h": rate };
  const way = rate > 0 ? "rises" : "falls";
  return { input, value, ...L, "when it grows, L": way };
});
await table(columns, { digits: 6 });

// %% [markdown]
// These four numbers together are the **gradient** of $L$. Each is a rate, not a distance: 6 does not
// mean that $L$ is 6, but that a small change of $a$ makes one six times as large in $L$.
//
// ## What a rate is good for
//
// It predicts. Move $a$ to $2.1$, and the gradient says that $L$ will rise by about $6 \cdot 0.1 = 0.6$.
// What if *all* four move? Move them one after the other, each by 0.01, and write down what each of them
// adds to $L$:

// %%
tell();
const walk = { ...inputs };
const added = names.map((name) => {
  const L = run(walk).L;
  walk[name] += 0.01;
  return run(walk).L - L;
});
const predicted = nudges.map(({ rate }) => rate * 0.01);
const sum = (numbers: number[]) => numbers.reduce((sum, x) => sum + x);
const [totalPredicted, totalAdded] = [sum(predicted), sum(added)];

await table({
  "moved by 0.01": [...names, "all four"],
  "rate × 0.01": [...predicted, totalPredicted],
  "added to L": [...added, totalAdded],
}, { digits: 4 });

// %% [markdown]
// So the changes *add up*, and each is nearly what its own rate said. Only nearly: when $b$ moves, $a$ is
// not 2 any more but 2.01, so the rate of $b$ is no longer quite what it was. But a rate that is a little
// off, times a small move, is off by very little.
//
// How little? The prediction for all four at once, for larger moves and for smaller ones:

// %%
tell();
function predict(moves: number[]) {
  const predicted = L1 + sum(nudges.map(({ rate }, k) => rate * moves[k]));
  const [a, b, c, f] = names.map((name, k) => inputs[name] + moves[k]);
  const { L } = run({ a, b, c, f });
  return {
    "a, b, c, f move by": moves.join(", "),
    "predicted L": predicted,
    "true L": L,
    "off by": Math.abs(predicted - L),
  };
}
const one = [[0.1, 0, 0, 0], [0, 0.1, 0, 0]];
const all = [0.1, 0.01].map((by) => [by, by, by, by]);
await table([...one, ...all].map(predict), { digits: 4 });

// %% [markdown]
// For one input alone the prediction is exact here, since $L$ is a straight line in each of them. When all
// four move, it is off by a little, and by *much* less when the moves are small: ten times smaller
// moves, about a hundred times smaller error. A gradient can be trusted near the point where it was found.
//
// ## The price of nudging

// %%
tell();
const evaluations = 1 + nudges.length;
print(`${names.length} inputs took ${evaluations} evaluations of L.`);

// %% [markdown]
// A million inputs would take a million and one, for one gradient. The next lesson finds the same four
// numbers without a single nudge.
//
// ## Your turn
//
// Predict first, then run it, in a new cell or at the end of `lessons/02_rate_of_change.ts`.
//
// 1. If $f$ were $+2$ instead of $-2$, what would the four rates be? Run it: change `f` in `inputs`,
//    then run all cells, or the script.
// 2. You may move one input by 0.01, up or down. Which makes $L$ rise most? Run it for $a$:
//    `print(run({ ...inputs, a: 2.01 }).L)`, and so for the others.
// 3. Find rates and predict with them: `exercises/02_rate_of_change.ts`.
//
// Next: [03 · The chain rule](03_chain_rule.ipynb), the same four numbers without a nudge.
