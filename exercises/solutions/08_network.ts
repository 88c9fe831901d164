import type { Value } from "../../mod.ts";
import type { Neuron } from "../checks/08_network.ts";

function neuron({ weights, bias }: Neuron, inputs: (Value | number)[]): Value {
  return weights.reduce((sum, weight, k) => sum.add(weight.mul(inputs[k])), bias);
}

export function layer(neurons: Neuron[], inputs: (Value | number)[], hidden: boolean): Value[] {
  const sums = neurons.map((one) => neuron(one, inputs));
  return hidden ? sums.map((sum) => sum.tanh()) : sums;
}

export function network(layers: Neuron[][], inputs: (Value | number)[]): Value[] {
  return layers.reduce<(Value | number)[]>(
    (outputs, neurons, k) => layer(neurons, outputs, k < layers.length - 1),
    inputs,
  ) as Value[];
}

export function parameters(layers: Neuron[][]): Value[] {
  return layers.flat().flatMap(({ weights, bias }) => [...weights, bias]);
}

export function inputsOf(inputs: number, sizes: number[]): number[] {
  return [inputs, ...sizes.slice(0, -1)];
}

export function count(inputs: number, sizes: number[]): number {
  const each = inputsOf(inputs, sizes);
  return sizes.reduce((sum, size, k) => sum + size * (each[k] + 1), 0);
}

/** A new network. parameter() makes each parameter. */
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
