// What tests/torch/operations.py is to compute: each operation of the table, and the random graphs that
// are in its data already: these stay as they are when there are more operations.
import { listOperations, operations } from "../../engine/operations.ts";
import golden from "./operations.json" with { type: "json" };

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

// Where tanh and sigmoid are nearly level, and their slopes lose digits.
const saturated = [3.5, 4, 6, 8, 10, 12, 14, 16, 18];

const bounds = [[-1, 1], [0, 0], [-0, 0], [0, Infinity], [-Infinity, 2], [1, -1], [NaN, 1], [
  0,
  NaN,
]];

const table = Object.entries(operations);
const named = (operands: number) =>
  table.filter(([, { locals }]) => locals.length === operands).map(([name]) => name);

console.log(JSON.stringify({
  numbers: numbers.map(encode),
  unary: named(1),
  binary: named(2),
  lists: Object.fromEntries(
    Object.keys(listOperations).map((name) => [name, lists.map((list) => list.map(encode))]),
  ),
  clamp: numbers.flatMap((x) => bounds.map((pair) => [x, ...pair].map(encode))),
  saturated: saturated.flatMap((a) => [a, -a]),
  // Code that is the same in both languages, and where: see docs/pytorch.md.
  chains: [["a.relu().sqrt()", -1], ["a.pow(0).sub(1).sqrt()", 2], ["a.div(5e-324).sqrt()", 2]],
  graphs: golden.graphs.map(({ leaves, steps }) => [leaves, steps]),
}));
