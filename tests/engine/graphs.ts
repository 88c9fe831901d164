// Random plans, made from the table of operations: a new entry is in them by itself.
import fc from "fast-check";
import { listOperations, operations } from "../../engine/operations.ts";
import { slopesOf } from "./dual.ts";
import { isList, type Name, type Plan, type Step } from "./plan.ts";

/** Which plans {@linkcode plans} makes. */
export interface PlansOptions {
  /** How many leaves; 4 by default. */
  leaves?: number;
  /** The largest number of steps; 12 by default. */
  size?: number;
  /** The smallest number of steps; 1 by default. */
  minSize?: number;
  /** Only graphs as deep as they are large: each step uses the one before it. */
  deep?: boolean;
  /**
   * Only graphs of ordinary numbers: each node and each local derivative is between −1000 and 1000.
   * Without it, NaN, ±Infinity and −0 are among the leaves, and more of them among the results.
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
 * One of several names, in which each has its chance whatever the others are called: with another
 * operation in the table, most graphs stay what they were.
 */
function oneOf<T extends Name>(names: readonly T[]): fc.Arbitrary<T> {
  return fc.nat().map((seed) => {
    const chances = names.map((name) => hash(`${seed} ${name}`));
    return names[chances.indexOf(Math.max(...chances))];
  });
}

/** A number that looks random and depends on a text alone (FNV-1a, then mixed). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const character of text) h = Math.imul(h ^ character.charCodeAt(0), 0x01000193);
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  return (h ^ h >>> 13) >>> 0;
}

/** Numbers for leaves: whole ones, so that kinks and limits are met, and some with a fraction. */
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
  // A node is said by how many steps back it stands: so it stays near when others are left out.
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

/** A step whose operands are places among the `count` nodes before it. */
function settle({ name, operands }: Step, count: number, deep: boolean): Step {
  const places = operands.map((operand) =>
    typeof operand === "number" ? count - 1 - operand % count : operand
  );
  if (deep) places[0] = count - 1;
  return { name, operands: places };
}

/** The plan with another operation, or a shorter list, wherever numbers would not stay ordinary. */
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
      else name = "sum"; // of nothing, which is 0
    }
  });
  return { leaves, steps: ordinarySteps };
}

/** The operation that comes next in the table, of as many operands. */
function next(name: keyof typeof operations): keyof typeof operations {
  const names = unaryNames.includes(name) ? unaryNames : binaryNames;
  return names[(names.indexOf(name) + 1) % names.length];
}
