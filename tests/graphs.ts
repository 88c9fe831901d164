// Random graphs, made from the table of operations: a new entry is in them by itself.
import { listOperations, operations } from "../engine/operations.ts";
import { Random, Value } from "../mod.ts";

/** One node of a plan: the operation's name in its table, and where its operands stand. */
export interface Step {
  readonly name: keyof typeof operations | keyof typeof listOperations;
  readonly operands: readonly number[];
}

/** How to build a graph: so many leaves first, then a node for each step. */
export interface Plan {
  readonly leaves: number;
  readonly steps: readonly Step[];
}

const names = [...Object.keys(operations), ...Object.keys(listOperations)] as Step["name"][];

/** A whole number from 0 to n − 1. */
export function choose(random: Random, n: number): number {
  return Math.floor(random.uniform() * n);
}

/** A plan in which nodes are shared, repeated as operands of one node, or not used at all. */
export function randomPlan(random: Random, { leaves = 4, size = 12 } = {}): Plan {
  const steps = Array.from({ length: size }, (_, k): Step => {
    const any = (n: number) => Array.from({ length: n }, () => choose(random, leaves + k));
    const name = names[choose(random, names.length)];
    if (name in listOperations) return { name, operands: any(choose(random, 7)) };
    return { name, operands: any(operations[name as keyof typeof operations].locals.length) };
  });
  return { leaves, steps };
}

/** Builds the graph of a plan on its leaves; every node, the leaves first. */
export function build(plan: Plan, leaves: readonly Value[]): Value[] {
  const nodes = [...leaves];
  for (const { name, operands } of plan.steps) {
    nodes.push(apply(name, operands.map((k) => nodes[k])));
  }
  return nodes;
}

function apply(name: Step["name"], operands: Value[]): Value {
  if (name === "sum") return Value.sum(operands);
  if (name === "dot") {
    const half = operands.length >> 1;
    return Value.dot(operands.slice(0, half), operands.slice(half, 2 * half), operands[2 * half]);
  }
  const [a, b] = operands;
  return b === undefined ? a[name as "neg"]() : a[name as "add"](b);
}

/** Numbers for leaves: some of them whole, so that kinks and limits are met. */
export function randomNumbers(random: Random, n: number): number[] {
  return Array.from({ length: n }, () => {
    const x = random.uniform(-3, 3);
    return choose(random, 4) === 0 ? Math.round(x) : x;
  });
}
