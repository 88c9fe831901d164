// Replace each todo(), save, and run: deno run exercises/04_backpropagation.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 04 · Backpropagation
//
// The order and the walk. A `Node` has `operands`, `localDerivatives` (one for each operand) and `grad`.

// %%
import { check, type Node, todo } from "../exercises/checks/04_backpropagation.ts";

// %% [markdown]
// ## 1 · One node
//
// `node.grad` is complete. Change the `grad` of each operand by what `node` passes on. An operand may
// have got something from others before.

// %%
function passOn(node: Node): void {
  return todo();
}
check({ passOn });

// %% [markdown]
// ## 2 · Without an order
//
// A walk that goes from each node to its operands at once, as in the lesson, visits a node once for
// each way to it. How many calls does it take from `node` on, its own included?

// %%
function calls(node: Node): number {
  return todo();
}
check({ calls });

// %% [markdown]
// ## 3 · The order
//
// All nodes that `output` was made from, and `output`: each once, and each after its operands.

// %%
function order(output: Node): Node[] {
  return todo();
}
check({ order });

// %% [markdown]
// ## 4 · The walk
//
// Fill in every `grad`, with the two functions above. All are 0 at the start.

// %%
function backward(output: Node): void {
  return todo();
}
check({ backward });

// %% [markdown]
// ## 5 · A chain of 100,000 nodes
//
// A function that calls itself has a limit: some ten thousand calls, one inside the other. Find the order
// with a loop and a list of what is still to do.

// %%
function longOrder(output: Node): Node[] {
  return todo();
}
check({ longOrder });
