// Replace each todo(), save, and run: deno run exercises/09_two_moons.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 09 · Two moons
//
// A loss, a training loop, and then all that you have made: your engine of exercise 05 and your network of
// exercise 08 learn two moons.

// %%
import type { Value } from "../mod.ts";
import { check, type Mine, todo } from "../exercises/checks/09_two_moons.ts";

// %% [markdown]
// ## 1 · The loss
//
// Max-margin: the mean of `relu(1 − label · score)`. A label is 1 or −1. Use methods that your engine has.

// %%
function loss(scores: Value[], labels: number[]): Value {
  return todo();
}
check({ loss });

// %% [markdown]
// ## 2 · The accuracy
//
// What fraction of the scores, from 0 to 1, is on the right side? A score of 0 is on neither.

// %%
function accuracy(scores: number[], labels: number[]): number {
  return todo();
}
check({ accuracy });

// %% [markdown]
// ## 3 · A rate that falls
//
// Steps are counted from 0. The rate is 1 at step 0, and would be 0.1 at step number `steps`, in a straight
// line.

// %%
function rateAt(step: number, steps: number): number {
  return todo();
}
check({ rateAt });

// %% [markdown]
// ## 4 · Training
//
// As in exercise 07, but with a rate that falls.

// %%
function train(parameters: Value[], forward: () => Value, steps: number): void {
  return todo();
}
check({ train });

// %% [markdown]
// ## 5 · Your own micrograd
//
// `Value` is yours from exercise 05; `makeNetwork`, `network` and `parameters` are yours from exercise
// 08. (If you did these in a notebook or on a web page, copy them into the files in `exercises/`, and do
// this one there.) Make a network with 2 inputs and layers of 16, 16 and 1 neurons, each parameter a
// `new Value(random())`. Train it for 40 steps. Return a function that gives the score of a point as a
// number.

// %%
function twoMoons(
  { Value, makeNetwork, network, parameters }: Mine,
  points: number[][],
  labels: number[],
  random: () => number,
): (point: number[]) => number {
  return todo();
}
check({ twoMoons });
