// Random plans, generated from the table of operations, so that a new entry is included automatically.
import fc from "fast-check";
import { listOperations, operations } from "../../engine/operations.ts";
import { slopesOf } from "./dual.ts";
import { isList, type Name, type Plan, type Step } from "./plan.ts";

/** Which plans {@linkcode plans} makes. */
export interface PlansOptions {
  /** The number of leaves; 4 by default. */
  leaves?: number;
  /** The maximum number of steps; 12 by default. */
  size?: number;
  /** The minimum number of steps; 1 by default. */
  minSize?: number;
  /** Whether each step uses the one before it, so that the graph is as deep as it is large. */
  deep?: boolean;
  /**
   * Whether each node and each local derivative is between −1000 and 1000. Otherwise NaN, ±Infinity and
   * −0 are among the leaves, and more of them among the results.
   */
  ordinary?: boolean;
}

const unaryNames = namesWith(1);
const binaryNames = namesWith(2);
const listNames = Object.keys(listOperations) as (keyof typeof listOperations)[];

function namesWith(operands: number): (keyof typeof operations)[] {
  const names = Object.keys(operations) as (keyof typeof operations)[];
  return names.filter((name) => operations[name].locals.length === operands);
}

/**
 * One of several names, chosen such that the table can grow: with one more operation in it, most graphs
 * stay the same.
 */
function oneOf<T extends Name>(names: readonly T[]): fc.Arbitrary<T> {
  return fc.nat().map((seed) => {
    const chances = names.map((name) => hash(`${seed} ${name}`));
    return names[chances.indexOf(Math.max(...chances))];
  });
}

/** A pseudorandom number that depends only on a text (FNV-1a, then mixed). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const character of text) h = Math.imul(h ^ character.charCodeAt(0), 0x01000193);
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  return (h ^ h >>> 13) >>> 0;
}

/** Numbers for leaves: integers, so that kinks and limits occur, and some fractions. */
const ordinaryNumbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -3000, max: 3000 }).map((thousandths) => thousandths / 1000),
);
const edges = fc.constantFrom(-0, NaN, Infinity, -Infinity, 5e-324, 1e300);
const anyNumbers = fc.oneof(
  { weight: 15, arbitrary: ordinaryNumbers },
  { weight: 1, arbitrary: edges },
);

/**
 * Random plans, in which nodes are shared, repeated as operands of one node, or not used at all.
 * Every other plan is deep.
 */
export function plans(options: PlansOptions = {}): fc.Arbitrary<Plan> {
  const { leaves = 4, minSize = 1, size = 12, deep = false, ordinary = false } = options;
  const numbers = ordinary ? ordinaryNumbers : anyNumbers;
  // A node is given by its distance back from the step, so that shrinking a plan keeps it near.
  const operand = fc.oneof(
    { weight: 9, arbitrary: fc.nat(99) },
    { weight: 1, arbitrary: fc.record({ constant: numbers }) },
  );
  const step = (names: Name[], minLength: number, maxLength: number) =>
    fc.record({
      name: oneOf(names),
      operands: fc.array(operand, { minLength, maxLength, size: "max" }),
    });
  const steps = fc.array(
    fc.oneof(
      { weight: 10, arbitrary: step(unaryNames, 1, 1) },
      { weight: 5, arbitrary: step(binaryNames, 2, 2) },
      { weight: 2, arbitrary: step(listNames, 0, 7) },
    ),
    { minLength: minSize, maxLength: size, size: "max" },
  );
  const list = fc.array(numbers, { minLength: leaves, maxLength: leaves });
  const deeps = deep ? fc.constant(true) : fc.boolean();
  return fc.tuple(deeps, list, steps).map(([deep, leaves, steps]) => {
    const plan = { leaves, steps: steps.map((step, k) => settle(step, leaves.length + k, deep)) };
    return ordinary ? toOrdinary(plan) : plan;
  });
}

/** A step whose operands are positions among the `count` nodes before it. */
function settle({ name, operands }: Step, count: number, deep: boolean): Step {
  const places = operands.map((operand) =>
    typeof operand === "number" ? count - 1 - operand % count : operand
  );
  if (deep) places[0] = count - 1;
  return { name, operands: places };
}

/** The plan with another operation, or a shorter list, wherever numbers would become too large. */
function toOrdinary({ leaves, steps }: Plan): Plan {
  const numbers = [...leaves];
  const ordinarySteps = steps.map((step) => {
    let { name, operands } = step;
    for (;;) {
      const [y, ...slopes] = slopesOf(
        name,
        operands.map((place) => typeof place === "number" ? numbers[place] : place.constant),
      );
      const moving = slopes.filter((_, k) => typeof operands[k] === "number");
      if ([y, ...moving].every((x) => Math.abs(x) <= 1000)) {
        numbers.push(y);
        return { name, operands };
      }
      if (!isList(name)) name = next(name);
      else if (operands.length > 0) operands = operands.slice(0, -1);
      else name = "sum"; // the empty sum, 0
    }
  });
  return { leaves, steps: ordinarySteps };
}

/** The next operation in the table with the same number of operands. */
function next(name: keyof typeof operations): keyof typeof operations {
  const names = unaryNames.includes(name) ? unaryNames : binaryNames;
  return names[(names.indexOf(name) + 1) % names.length];
}
