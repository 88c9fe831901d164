// Replace each todo(), save, and run: deno run exercises/11_gpt.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 11 · GPT
//
// The parts of a GPT that are new, with plain numbers.

// %%
import { check, todo } from "../exercises/checks/11_gpt.ts";

// %% [markdown]
// ## 1 · Softmax
//
// Scores become probabilities: `exp` of each, divided by the sum of them all. `exp(1000)` is too large
// for a number; subtracting the largest score from all of them first changes nothing else.

// %%
function softmax(scores: number[]): number[] {
  return todo();
}
check({ softmax });

// %% [markdown]
// ## 2 · Cross-entropy
//
// The scores that a GPT gives to the next token are called logits. The loss is `−log` of the
// probability of the actual next token: number `target`.

// %%
function crossEntropy(logits: number[], target: number): number {
  return todo();
}
check({ crossEntropy });

// %% [markdown]
// ## 3 · RMSNorm
//
// Each number divided by `√(mean of the squares + 0.00001)`.

// %%
function rmsNorm(x: number[]): number[] {
  return todo();
}
check({ rmsNorm });

// %% [markdown]
// ## 4 · Attention
//
// A position's query meets the key of each position: their dot product, divided by the square root of
// the length of the query. Softmax makes weights of these scores. The result is the mean of the values
// with these weights.

// %%
function attention(query: number[], keys: number[][], values: number[][]): number[] {
  return todo();
}
check({ attention });

// %% [markdown]
// ## 5 · No look ahead
//
// Attention for every position. Each sees itself and those before it.

// %%
function causal(queries: number[][], keys: number[][], values: number[][]): number[][] {
  return todo();
}
check({ causal });

// %% [markdown]
// ## 6 · Sampling
//
// Lay the probabilities end to end, from 0 to 1. `u` is a number from 0 to below 1: in the part of
// which token does it fall?

// %%
function sample(probabilities: number[], u: number): number {
  return todo();
}
check({ sample });
