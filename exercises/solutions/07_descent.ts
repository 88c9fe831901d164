import type { Value } from "../../mod.ts";

export function descend(
  slope: (x: number) => number,
  x: number,
  rate: number,
  steps: number,
): number {
  for (let k = 0; k < steps; k++) x -= rate * slope(x);
  return x;
}

export function loss(predictions: number[], targets: number[]): number {
  const squares = predictions.map((prediction, k) => (prediction - targets[k]) ** 2);
  return squares.reduce((sum, square) => sum + square) / squares.length;
}

export function update(parameters: Value[], rate: number): void {
  for (const p of parameters) p.data -= rate * p.grad;
}

export function train(
  parameters: Value[],
  forward: () => Value,
  rate: number,
  steps: number,
): number[] {
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    const loss = forward();
    for (const p of parameters) p.grad = 0;
    loss.backward();
    update(parameters, rate);
    losses.push(loss.data);
  }
  return losses;
}
