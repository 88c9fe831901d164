// Replace each todo(), save, and run: deno run exercises/07_descent.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 07 · Descent
//
// The line that learns, on a parabola and on parameters.

// %%
import type { Value } from "../mod.ts";
import { check, todo } from "../exercises/checks/07_descent.ts";

// %% [markdown]
// ## 1 · Downhill
//
// Start at `x` and take some steps, each `rate · slope` downhill. Where are you then?

// %%
function descend(slope: (x: number) => number, x: number, rate: number, steps: number): number {
  return todo();
}
check({ descend });

// %% [markdown]
// ## 2 · How wrong
//
// The mean squared error: the mean of `(prediction − target)²`.

// %%
function loss(predictions: number[], targets: number[]): number {
  return todo();
}
check({ loss });

// %% [markdown]
// ## 3 · The update
//
// The same step for every parameter, by its `grad`.

// %%
function update(parameters: Value[], rate: number): void {
  return todo();
}
check({ update });

// %% [markdown]
// ## 4 · Training
//
// `forward()` builds the graph anew and returns the loss. In each step: forward, set the gradients to 0,
// `backward()`, update. Return the loss of each step.

// %%
function train(
  parameters: Value[],
  forward: () => Value,
  rate: number,
  steps: number,
): number[] {
  return todo();
}
check({ train });
