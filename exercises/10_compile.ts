// Replace each todo(), save, and run: deno run exercises/10_compile.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 10 · Compile
//
// A graph becomes code: text that computes. Node number 3 of the order is `v3` in it, its gradient `d3`.
// The operations are `"+"`, `"*"` and `"tanh"`.

// %%
import type { Value } from "../mod.ts";
import { check, todo } from "../exercises/checks/10_compile.ts";

// %% [markdown]
// ## 1 · An operation
//
// Its code, from the names of the operands: for `"+"`, `"v0"`, `"v1"` it is `"v0 + v1"`. (`tanh` has one
// operand; `b` is `""` then.)

// %%
function operationCode(op: string, a: string, b: string): string {
  return todo();
}
check({ operationCode });

// %% [markdown]
// ## 2 · A local derivative
//
// The code of the local derivative for operand number `k`, 0 or 1. `y` is the name of the result.

// %%
function localCode(op: string, k: number, a: string, b: string, y: string): string {
  return todo();
}
check({ localCode });

// %% [markdown]
// ## 3 · Forward
//
// A line for each node of the order: `const v0 = x[0];` for the first of the inputs, `const v1 = 3;`
// for another leaf, `const v2 = v0 + v1;` for a result.

// %%
function forward(order: Value[], inputs: Value[]): string[] {
  return todo();
}
check({ forward });

// %% [markdown]
// ## 4 · Backward
//
// First `let d0 = 0;` and so on for each node, but 1 for the last one. Then, from the last node back, a
// line for each operand: `d0 += 1 * d2;`, local × upstream.

// %%
function backward(order: Value[]): string[] {
  return todo();
}
check({ backward });

// %% [markdown]
// ## 5 · All of it
//
// A function of a list of numbers, one for each input. It returns a list: the result, then the gradient
// of each input. `new Function("x", code)` makes a function of `x` from code; the code ends in
// `return [v2, d0, d1];` or the like.

// %%
function compile(output: Value, inputs: Value[]): (x: number[]) => number[] {
  return todo();
}
check({ compile });
