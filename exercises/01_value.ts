// Replace each todo(), save, and run: deno run exercises/01_value.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 01 · Value
//
// Your own numbers that remember how they were made.

// %%
import { check, todo } from "../exercises/checks/01_value.ts";

// %% [markdown]
// ## 1, 2, 3 · Sum, product, difference

// %%
class Value {
  constructor(
    readonly data: number,
    readonly operands: readonly Value[] = [],
    readonly op = "",
  ) {}

  /** this + other: a new Value that knows its operands, in order, and "+". */
  add(other: Value): Value {
    return todo();
  }

  /** this · other, with "*". */
  mul(other: Value): Value {
    return todo();
  }

  /** this − other, made of add and mul: there is no operation for it. */
  sub(other: Value): Value {
    return todo();
  }
}
check({ add: Value, mul: Value, sub: Value });

// %% [markdown]
// ## 4 · How it was made
//
// `a.add(b).mul(a)` with a = 2 and b = 6 is `"((2 + 6) * 2)"`, and `a` alone is `"2"`.

// %%
function written(value: Value): string {
  return todo();
}
check({ written });

// %% [markdown]
// ## 5 · How many nodes
//
// How many different Values are in the graph of `value`? In that of `a.add(a)` there are two: the sum,
// and `a`.

// %%
function countNodes(value: Value): number {
  return todo();
}
check({ countNodes });
