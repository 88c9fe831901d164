// Random graphs, made from the table of operations: a new entry is in them by itself.
import fc from "fast-check";
import { listOperations, operations } from "../../engine/operations.ts";
import { Value } from "../../mod.ts";
import { slopesOf } from "./dual.ts";

/** The name of an operation in its table. */
export type Name = keyof typeof operations | keyof typeof listOperations;

/** An operand: where its node stands among all nodes, or a number written in its place. */
export type Operand = number | { readonly constant: number };

/** One node of a plan, made by an operation. */
export interface Step {
  readonly name: Name;
  readonly operands: readonly Operand[];
}

/** How to build a graph: a leaf for each number first, then a node for each step. */
export interface Plan {
  readonly leaves: readonly number[];
  readonly steps: readonly Step[];
}

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
      name: fc.constantFrom(...names),
      operands: fc.array(operand, { minLength, maxLength, size: "max" }),
    });
  const steps = fc.array(
    fc.oneof(
      { weight: unaryNames.length, arbitrary: step(unaryNames, 1, 1) },
      { weight: binaryNames.length, arbitrary: step(binaryNames, 2, 2) },
      { weight: listNames.length, arbitrary: step(listNames, 0, 7) },
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
      if (isList(name)) operands = operands.slice(0, -1);
      else name = next(name);
    }
  });
  return { leaves, steps: ordinarySteps };
}

/** The operation that comes next in the table, of as many operands. */
function next(name: keyof typeof operations): keyof typeof operations {
  const names = unaryNames.includes(name) ? unaryNames : binaryNames;
  return names[(names.indexOf(name) + 1) % names.length];
}

/** Whether an operation takes a list. */
export function isList(name: Name): name is keyof typeof listOperations {
  return name in listOperations;
}

/** Builds the graph of a plan; every node, the leaves first. */
export function build(
  { leaves, steps }: Plan,
  values: readonly Value[] = leaves.map((number) => new Value(number)),
): Value[] {
  const nodes = [...values];
  for (const { name, operands } of steps) nodes.push(apply(name, operands, nodes));
  return nodes;
}

function apply(name: Name, places: readonly Operand[], nodes: readonly Value[]): Value {
  const operands = places.map((place) => typeof place === "number" ? nodes[place] : place.constant);
  if (name === "sum") return Value.sum(operands);
  if (name === "dot") return Value.dot(...halves(operands));
  const [a, b] = operands;
  if (b !== undefined) return Value[name as "add"](a, b);
  return (a instanceof Value ? a : new Value(a))[name as "neg"]();
}

/** The operands of a dot product: the first half, the second half, and what is left over. */
function halves<T>(operands: T[]): [T[], T[], T | undefined] {
  const half = operands.length >> 1;
  return [operands.slice(0, half), operands.slice(half, 2 * half), operands[2 * half]];
}

/** What a leaf is called in code: a, b, c, … */
export function leafName(leaf: number): string {
  return String.fromCharCode("a".charCodeAt(0) + leaf);
}

/** A plan as TypeScript, to be pasted into a lesson: its output is `L`. */
export function toCode({ leaves, steps }: Plan): string {
  const output = leaves.length + steps.length - 1;
  const used = new Set([output]);
  for (const node of used) {
    for (const operand of steps[node - leaves.length]?.operands ?? []) {
      if (typeof operand === "number") used.add(operand);
    }
  }
  const names = leaves.map((_, k) => leafName(k));
  steps.forEach((_, k) => names.push(leaves.length + k === output ? "L" : `v${k + 1}`));
  const write = (operand: Operand) =>
    typeof operand === "number" ? names[operand] : literal(operand.constant);

  const lines = names.map((name, k) => {
    if (k < leaves.length) return `new Value(${literal(leaves[k])}, { label: "${name}" })`;
    const { name: operation, operands } = steps[k - leaves.length];
    const list = operands.map(write);
    if (operation === "sum") return `Value.sum([${list.join(", ")}])`;
    if (operation === "dot") {
      const [ws, xs, bias] = halves(list);
      return `Value.dot([${ws.join(", ")}], [${xs.join(", ")}]${bias ? `, ${bias}` : ""})`;
    }
    if (typeof operands[0] === "number") return `${list[0]}.${operation}(${list[1] ?? ""})`;
    return list.length === 1
      ? `new Value(${list[0]}).${operation}()`
      : `Value.${operation}(${list.join(", ")})`;
  });
  return [
    ...lines.map((line, k) => used.has(k) ? `const ${names[k]} = ${line};\n` : ""),
    `${names[output]}.backward();\n`,
    `console.log(${
      [...names.slice(0, leaves.length).filter((_, k) => used.has(k)), names[output]].join(", ")
    });\n`,
  ].join("");
}

function literal(x: number): string {
  return Object.is(x, -0) ? "-0" : `${x}`;
}
