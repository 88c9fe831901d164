// Replace each todo(), save, and run: deno run exercises/06_neuron.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 06 · A neuron
//
// Weights, a bias, tanh; and its gradients without an engine.

// %%
import type { Value } from "../mod.ts";
import { check, todo } from "../exercises/checks/06_neuron.ts";

// %% [markdown]
// ## 1 · The weighted sum
//
// `w₁·x₁ + w₂·x₂ + … + b`, as a Value: it must know its weights and its bias. Use `add` and `mul` only,
// so that your own engine can do it, too.

// %%
function weightedSum(weights: Value[], inputs: (Value | number)[], bias: Value): Value {
  return todo();
}
check({ weightedSum });

// %% [markdown]
// ## 2 · The neuron
//
// `tanh` of the weighted sum.

// %%
function neuron(weights: Value[], inputs: (Value | number)[], bias: Value): Value {
  return todo();
}
check({ neuron });

// %% [markdown]
// ## 3 · Its gradients by hand
//
// A neuron with these inputs has the output `o`. List `do/dw₁, do/dw₂, …, do/db` as plain numbers. (The
// derivative of `o = tanh(n)` is `1 − o²`.)

// %%
function gradients(o: number, inputs: number[]): number[] {
  return todo();
}
check({ gradients });

// %% [markdown]
// ## 4 · Its line
//
// A neuron with two inputs is 0 on a line in the plane. How high is the line above `x1`: for which `x2` is
// `w1·x1 + w2·x2 + b = 0`?

// %%
function line(w1: number, w2: number, b: number, x1: number): number {
  return todo();
}
check({ line });
