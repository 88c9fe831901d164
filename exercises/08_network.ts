// Replace each todo(), save, and run: deno run exercises/08_network.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 08 · A network
//
// From a neuron to a multi-layer perceptron. A neuron is its weights and a bias, a layer a list of
// neurons, a network a list of layers. The neuron is given.

// %%
import type { Value } from "../mod.ts";
import { check, type Neuron, todo } from "../exercises/checks/08_network.ts";

// %% [markdown]
// ## 1 · A layer
//
// The weighted sum of each neuron. A hidden layer squashes them with `tanh()`.

// %%
function neuron({ weights, bias }: Neuron, inputs: (Value | number)[]): Value {
  return weights.reduce((sum, weight, k) => sum.add(weight.mul(inputs[k])), bias);
}

function layer(neurons: Neuron[], inputs: (Value | number)[], hidden: boolean): Value[] {
  return todo();
}
check({ layer });

// %% [markdown]
// ## 2 · The network
//
// The outputs of one layer are the inputs of the next. All but the last are hidden.

// %%
export function network(layers: Neuron[][], inputs: (Value | number)[]): Value[] {
  return todo();
}
check({ network });

// %% [markdown]
// ## 3 · Its parameters
//
// All in one list: layer by layer, neuron by neuron, the weights and then the bias.

// %%
export function parameters(layers: Neuron[][]): Value[] {
  return todo();
}
check({ parameters });

// %% [markdown]
// ## 4 · How many inputs
//
// A network of `makeNetwork(3, [4, 4, 1], …)` has 3 inputs, and layers of 4, 4 and 1 neurons. How many
// inputs do the neurons of each layer have?

// %%
function inputsOf(inputs: number, sizes: number[]): number[] {
  return todo();
}
check({ inputsOf });

/** A new network. parameter() makes each parameter. Exercise 09 trains such a network. */
export function makeNetwork(
  inputs: number,
  sizes: number[],
  parameter: () => Value,
): Neuron[][] {
  return inputsOf(inputs, sizes).map((count, k) =>
    Array.from({ length: sizes[k] }, () => ({
      weights: Array.from({ length: count }, parameter),
      bias: parameter(),
    }))
  );
}

// %% [markdown]
// ## 5 · How many parameters
//
// All weights and biases of such a network, counted without making it.

// %%
function count(inputs: number, sizes: number[]): number {
  return todo();
}
check({ count });
