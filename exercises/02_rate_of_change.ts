// Replace each todo(), save, and run: deno run exercises/02_rate_of_change.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 02 · Rate of change
//
// The nudge for functions of several numbers, and for every node of a graph.

// %%
import type { Value } from "../mod.ts";
import { check, todo } from "../exercises/checks/02_rate_of_change.ts";

// %% [markdown]
// ## 1 · One input
//
// How fast does `f(inputs)` change when input number `k` alone, counted from 0, is nudged by `h`?

// %%
type F = (inputs: number[]) => number;

function rate(f: F, inputs: number[], k: number, h: number): number {
  return todo();
}
check({ rate });

// %% [markdown]
// ## 2 · The gradient
//
// All rates, one for each input.

// %%
function gradient(f: F, inputs: number[], h: number): number[] {
  return todo();
}
check({ gradient });

// %% [markdown]
// ## 3 · What a rate is good for
//
// `f` is `L` now, and input number `k` moves by `steps[k]`. What does the gradient predict for `f`
// after that?

// %%
function predict(L: number, rates: number[], steps: number[]): number {
  return todo();
}
check({ predict });

// %% [markdown]
// ## 4 · A nudge inside a graph
//
// Work `value` out again from its operands (`op` is `""`, `"+"` or `"*"`), but add `h` to `node` as soon as
// `node` is worked out. So every node can be nudged, not only the inputs.

// %%
function nudged(value: Value, node: Value, h: number): number {
  return todo();
}
check({ nudged });
