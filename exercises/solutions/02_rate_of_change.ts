import type { Value } from "../../mod.ts";

type F = (inputs: number[]) => number;

export function rate(f: F, inputs: number[], k: number, h: number): number {
  const moved = inputs.with(k, inputs[k] + h);
  return (f(moved) - f(inputs)) / h;
}

export function gradient(f: F, inputs: number[], h: number): number[] {
  return inputs.map((_, k) => rate(f, inputs, k, h));
}

export function predict(L: number, rates: number[], steps: number[]): number {
  return rates.reduce((L, rate, k) => L + rate * steps[k], L);
}

export function nudged(value: Value, node: Value, h: number): number {
  const [a, b] = value.operands.map((operand) => nudged(operand, node, h));
  const data = value.op === "" ? value.data : value.op === "+" ? a + b : a * b;
  return value === node ? data + h : data;
}
