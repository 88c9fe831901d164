// Lesson 01. Run it with `deno run lessons/01_value.ts`.
import source from "./01_value.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 01 · Value
//
// To find a derivative by nudging, we need to run the whole calculation again for every knob. There
// is a better way, but it needs to know *how the result was made*: which numbers went in, and what was
// done to them.
//
// Ordinary numbers forget that. `8` does not know whether it was $2 + 6$ or $2 \cdot 4$. This lesson
// makes numbers that remember.

// %%
tell();
import { Value } from "../mod.ts";
import { table } from "../lessons/old_table.ts";
import { graph, print } from "../lessons/show.ts";

// %% [markdown]
// ## The whole idea in ten lines
//
// A number that remembers keeps three things: its `data`, the `operands` it was made from, and the
// `op` that made it. Adding two of them makes a third that points back at both.

// %%
tell();
class Remembering {
  constructor(
    readonly data: number,
    readonly operands: Remembering[] = [],
    readonly op = "",
  ) {}
  add(other: Remembering) {
    return new Remembering(this.data + other.data, [this, other], "+");
  }
}
const eight = new Remembering(2).add(new Remembering(6));

print(`${eight.data} = ${eight.operands.map((operand) => operand.data).join(` ${eight.op} `)}`);

// %% [markdown]
// `mod.ts` exports the same idea, complete. It is called `Value`.
//
// ## A Value
//
// A `Value` wraps one number, and may have a `label`: a name, for our eyes only.

// %%
tell();
const a = new Value(2, { label: "a" });
const b = new Value(6, { label: "b" });

print(a, b);

// %% [markdown]
// ## Sum and product
//
// Arithmetic on Values is written with methods: $c = a + b$ is `a.add(b)` and $d = a \cdot b$ is
// `a.mul(b)`. The result is a Value again.

// %%
tell();
const c = a.add(b);
c.label = "c";
const d = a.mul(b);
d.label = "d";

print(c, d);

// %% [markdown]
// ## What a result remembers
//
// - `op` is the operation that made it; `""` for a **leaf**, a number that nothing made;
// - `operands` are what the operation was applied to, in order;
// - `prev` is the same without repeats: a set.

// %%
tell();
await table(
  [
    { heading: "label" },
    { heading: "data", format: "%d" },
    { heading: "op" },
    { heading: "operands" },
  ],
  [a, b, c, d].map((value) => [
    value.label,
    value.data,
    value.op || "(leaf)",
    value.operands.map((operand) => operand.label).join(", "),
  ]),
);
print(`a + a has the operands [a, a], and ${a.add(a).prev.size} distinct one.`);

// %% [markdown]
// ## The picture
//
// Follow the operands back from a result and you have drawn a graph. Each box is a Value with its
// label, its data and its gradient, which nobody has worked out yet; the circle before a result is the
// operation that made it.

// %%
tell();
await graph(c);

// %%
tell();
await graph(d);

// %% [markdown]
// Results are Values, so they can go on. Here is $e = c \cdot d$. Look at where $a$ and $b$ are: they
// are used twice, and there is still only one of each.

// %%
tell();
const e = c.mul(d);
e.label = "e";

await graph(e);

// %% [markdown]
// ## Why not `a * b`?
//
// In Python one could teach `*` what to do with a Value. JavaScript has no such thing: left alone,
// `a * b` would quietly become NaN. So a Value refuses, and says what to write.

// %%
tell();
try {
  // @ts-expect-error: an editor marks this line too.
  print(a * b);
} catch (error) {
  print(String(error));
}

// %% [markdown]
// ## Your turn
//
// 1. Build $f = (a + b) \cdot (a + 1)$. How many boxes will its picture have? (A plain `1` becomes a
//    Value, too.)
// 2. What is `f.operands[0].op`? And `f.operands[0].operands[0].op`?
//
// Next: [02 · Rate of change](02_rate_of_change.ipynb), how fast the result changes.
