// Replace each todo(), save, and run: deno run exercises/00_derivative.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 00 · The derivative
//
// Replace each `todo()` and run it. You get ✓, or what was expected, what your code returned, and a hint.

// %%
import { check, todo } from "../exercises/checks/00_derivative.ts";

// %% [markdown]
// ## 1 · The nudge
//
// How much does `f` rise from `x` to `x + h`, divided by `h`? Rise over run.

// %%
function slope(f: (x: number) => number, x: number, h: number): number {
  return todo();
}
check({ slope });

// %% [markdown]
// ## 2 · The better nudge
//
// The central difference: from `x − h` to `x + h`.

// %%
function central(f: (x: number) => number, x: number, h: number): number {
  return todo();
}
check({ central });

// %% [markdown]
// ## 3 · Calculus
//
// The derivative of `x³ − 3x² + 2`, worked out on paper: put it into the fraction of 1, expand, and let
// `h` shrink to nothing.

// %%
function slopeOfCubic(x: number): number {
  return todo();
}
check({ slopeOfCubic });

// %% [markdown]
// ## 4 · Where the slope is zero
//
// The `x` at which the parabola `a·x² + b·x + c` goes neither up nor down.

// %%
function flat(a: number, b: number, c: number): number {
  return todo();
}
check({ flat });
