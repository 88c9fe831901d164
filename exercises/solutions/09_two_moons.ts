import type { Value } from "../../mod.ts";
import type { Mine } from "../checks/09_two_moons.ts";

export function loss(scores: Value[], labels: number[]): Value {
  const losses = scores.map((score, k) => score.mul(-labels[k]).add(1).relu());
  return losses.reduce((sum, loss) => sum.add(loss)).mul(1 / losses.length);
}

export function accuracy(scores: number[], labels: number[]): number {
  return scores.filter((score, k) => score * labels[k] > 0).length / scores.length;
}

export function rateAt(step: number, steps: number): number {
  return 1 - 0.9 * step / steps;
}

export function train(parameters: Value[], forward: () => Value, steps: number): void {
  for (let k = 0; k < steps; k++) {
    const loss = forward();
    for (const p of parameters) p.grad = 0;
    loss.backward();
    for (const p of parameters) p.data -= rateAt(k, steps) * p.grad;
  }
}

export function twoMoons(
  { Value, makeNetwork, network, parameters }: Mine,
  points: number[][],
  labels: number[],
  random: () => number,
): (point: number[]) => number {
  const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
  const score = (point: number[]) => network(layers, point)[0];
  train(parameters(layers), () => loss(points.map(score), labels), 40);
  return (point) => score(point).data;
}
