// Lesson 01. Run it with `deno run lessons/01_value.ts`.
import source from "./01_value.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 01 · Value
//
// To find a derivative by nudging, we run the whole calculation again for every knob. There is a better
// way, but it has to know *how the result was made*: which numbers went in, and what was done to them.
//
// Ordinary numbers forget that. `8` does not say whether it was $2 + 6$ or $2 \cdot 4$. This lesson
// makes numbers that remember.
//
// ## The whole idea in a dozen lines
//
// A number that remembers keeps three things: its `data`, the **operands** it was made from, and the
// operation `op` that made it. Adding two of them makes a third that points back at both. (`readonly data`
// in the constructor makes a field `data`, and fills it in. `Remembering[]` is an array of them.)

// %%
tell();
import { Value } from "../mod.ts";
import { graph, print, table } from "../lessons/show.ts";

class Remembering {
  constructor(
    readonly data: number,
    readonly operands: Remembering[] = [],
    readonly op = "",
  ) {}
  add(other: Remembering) {
    return new Remembering(this.data + other.data, [this, other], "+");
  }
  mul(other: Remembering) {
    return new Remembering(this.data * other.data, [this, other], "·");
  }
}

function history({ data, op, operands }: Remembering): string {
  const numbers = operands.map((operand) => operand.data);
  return `${data} = ${numbers.join(` ${op} `)}`;
}
const two = new Remembering(2);
const eight = two.add(new Remembering(6));
const alsoEight = two.mul(new Remembering(4));
print(history(eight), history(alsoEight));

// %% [markdown]
// `mod.ts` exports the same idea, complete. It is called `Value`.
//
// ## A Value
//
// A `Value` wraps one number, and may have a `label`: a name by which we tell it from others.

// %%
tell();
const a = new Value(2, { label: "a" });
const b = new Value(6, { label: "b" });
print(a, b);

// %% [markdown]
// ## Sum and product
//
// Arithmetic on Values is written with methods: $c = a + b$ is `a.add(b)` and $d = a \cdot b$ is
// `a.mul(b)`. The result is a Value again. (As an operation, a product is written `*`, as in code.)

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
// - `op` is the operation that made it; `""` for a **leaf**, a number that no operation made;
// - `operands` are what the operation was applied to, in order;
// - `prev` is the same without repeats: a set.

// %%
tell();
const values = [a, b, c, d];
function operandsOf({ operands }: Value): string {
  return operands.map(({ label }) => label).join(", ");
}
const remembered = values.map((value) => {
  const { label, data, op } = value;
  return { label, data, op: op || "(leaf)", operands: operandsOf(value) };
});
await table(remembered);

// %% [markdown]
// A Value that is used twice is listed twice: $a + a$ and $a \cdot a$ have two operands that are one
// and the same Value. Lesson 04 shows why both have to count.

// %%
tell();
const twice = a.add(a), square = a.mul(a);
const { size } = twice.prev;
print(`a + a has the operands ${operandsOf(twice)}: ${size} distinct one.`);
print(`a · a has the operands ${operandsOf(square)}, too.`);

// %% [markdown]
// ## The picture
//
// Follow the operands back from a result and you have drawn a **graph**. Each Value is a **node** of
// it, with its label, its data and the operation that made it. (A terminal draws it as a tree: below a
// node stand its operands. A notebook draws boxes, with a second number, `grad`, which stays 0 until
// lesson 03.)

// %%
tell();
await graph(c);

// %%
tell();
await graph(d);

// %% [markdown]
// Results are Values, so they can be operands, too. Here is $e = c \cdot d$. Look at where $a$ and $b$
// are: they are used twice, and there is still only one of each.

// %%
tell();
const e = c.mul(d);
e.label = "e";
await graph(e);

// %% [markdown]
// ## A difference, and a number that comes first
//
// In $a - b$ and $a / b$ the order counts, and so it does in `operands`: `a.sub(b)` is $a - b$, and
// `b.sub(a)` is the opposite.
//
// A plain number may stand for a Value: `a.sub(2)`. But what of $2 - a$? The number comes first, and a
// plain number has no method `sub`. For that, `Value.sub(2, a)` takes both, in the order in which they
// are read; so does `Value.div(1, a)`.

// %%
tell();
const difference = a.sub(b);
const opposite = b.sub(a);
const numberFirst = Value.sub(2, b);
const reciprocal = Value.div(1, a);

const [from, opposedFrom] = [difference, opposite].map(operandsOf);
print(`a − b = ${difference.data}, from ${from}`);
print(`b − a = ${opposite.data}, from ${opposedFrom}`);
print(`2 − b = ${numberFirst.data}, and 1 / a = ${reciprocal.data}`);

// %% [markdown]
// ## Why not `a * b`?
//
// In Python, objects can say what `*` does with them. JavaScript has no such thing: left alone,
// `a * b` would quietly become NaN, "not a number". So a Value refuses, and says what to write.

// %%
tell();
try {
  // @ts-expect-error: without this comment, an editor marks the line.
  print(a * b);
} catch (error) {
  print(String(error));
}

// %% [markdown]
// ## Your turn
//
// Predict first, then run it, in a new cell or at the end of `lessons/01_value.ts`.
//
// 1. Build $f = (a + b) \cdot (a + 1)$. How many nodes does its graph have? (A plain `1` becomes a Value,
//    too.) Run it: `const f = a.add(b).mul(a.add(1)); await graph(f)`. "The same node as above" is not one
//    more.
// 2. What is `f.operands[0].op`? And `f.operands[0].operands[0].op`? Run it: `print` both.
// 3. Write a number that remembers: `exercises/01_value.ts`.
//
// Next: [02 · Rate of change](02_rate_of_change.ipynb), how fast the result changes.
