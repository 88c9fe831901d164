import type { Value } from "../../mod.ts";

export function weightedSum(weights: Value[], inputs: (Value | number)[], bias: Value): Value {
  return weights.reduce((sum, weight, k) => sum.add(weight.mul(inputs[k])), bias);
}

export function neuron(weights: Value[], inputs: (Value | number)[], bias: Value): Value {
  return weightedSum(weights, inputs, bias).tanh();
}

export function gradients(o: number, inputs: number[]): number[] {
  const upstream = 1 - o * o;
  // The local derivative of w · x with respect to w is x; that of the bias in a sum is 1.
  return [...inputs.map((x) => x * upstream), upstream];
}

export function line(w1: number, w2: number, b: number, x1: number): number {
  return -(w1 * x1 + b) / w2;
}
