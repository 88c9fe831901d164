// What tests/torch/operations.py is to compute: each operation of the table, and random graphs.
import fc from "fast-check";
import { listOperations, operations } from "../../engine/operations.ts";
import { forward } from "../engine/dual.ts";
import { type Plan, plans, type PlansOptions } from "../engine/graphs.ts";

/** What JSON has no number for. */
function encode(x: number): number | string {
  return Number.isFinite(x) && !Object.is(x, -0) ? x : `${Object.is(x, -0) ? "-0" : x}`;
}

const numbers = [
  ...[0, -0, 5e-324, 1e-300, -1e-300, 0.5, -0.5, 1, -1, 2, -2, -3, 2.5, 20, -800, 1e300, -1e300],
  ...[Infinity, -Infinity, NaN],
];
const lists = [
  ...[[], [-0], [-0, -0], [NaN], [2, -3], [2, -3, 10], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]],
  ...[[1e300, 1e300, -1e300], [1e300, 1e300, 1e300, -1e300], [5e-324, 1, 5e-324, 0.5, 1e-300]],
  ...[[Infinity, -Infinity], [Infinity, 0], [0, -Infinity, 1], [1, NaN, 0, 2, -1]],
];

const table = Object.entries(operations);
const named = (operands: number) =>
  table.filter(([, { locals }]) => locals.length === operands).map(([name]) => name);

function write({ leaves, steps }: Plan) {
  const operation = ({ name, operands }: Plan["steps"][number]) => [
    name,
    ...operands.map((place) => typeof place === "number" ? place : `${encode(place.constant)}`),
  ];
  return [leaves.map(encode), steps.map(operation)];
}

const hasGradient = (plan: Plan) =>
  plan.leaves.some((_, leaf) => forward(plan, leaf).at(-1)!.dx !== 0);
const sample = (options: PlansOptions, numRuns: number) =>
  fc.sample(plans({ ...options, ordinary: true }).filter(hasGradient), { seed: 1, numRuns });

console.log(JSON.stringify({
  numbers: numbers.map(encode),
  unary: named(1),
  binary: named(2),
  lists: Object.fromEntries(
    Object.keys(listOperations).map((name) => [name, lists.map((list) => list.map(encode))]),
  ),
  // Code that is the same in both languages, and where: see docs/pytorch.md.
  chains: [["a.relu().sqrt()", -1], ["a.pow(0).sub(1).sqrt()", 2], ["a.div(5e-324).sqrt()", 2]],
  graphs: [...sample({}, 160), ...sample({ minSize: 30, size: 30 }, 40)].map(write),
}));
