// Plans: graphs as data, from which they are built.
import { listOperations, type operations } from "../../engine/operations.ts";
import { Value } from "../../mod.ts";

/** The name of an operation in its table. */
export type Name = keyof typeof operations | keyof typeof listOperations;

/** An operand: the position of its node among all nodes, or a constant. */
export type Operand = number | { readonly constant: number };

/** One node of a plan, made by an operation. */
export interface Step {
  readonly name: Name;
  readonly operands: readonly Operand[];
}

/** A graph to build: first a leaf for each number, then a node for each step. */
export interface Plan {
  readonly leaves: readonly number[];
  readonly steps: readonly Step[];
}

/** Whether an operation takes a list. */
export function isList(name: Name): name is keyof typeof listOperations {
  return name in listOperations;
}

/** Builds the graph of a plan; returns every node, the leaves first. */
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
  if (name === "dot") return Value.dot(...halves(operands));
  if (isList(name)) return Value[name](operands);
  const [a, b] = operands;
  if (b !== undefined) return Value[name as "add"](a, b);
  return (a instanceof Value ? a : new Value(a))[name as "neg"]();
}

/** The operands of a dot product: the first half, the second half, and what is left over. */
function halves<T>(operands: T[]): [T[], T[], T | undefined] {
  const half = operands.length >> 1;
  return [operands.slice(0, half), operands.slice(half, 2 * half), operands[2 * half]];
}

/** The name of a leaf in code: a, b, c, … */
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
    if (operation === "dot") {
      const [ws, xs, bias] = halves(list);
      return `Value.dot([${ws.join(", ")}], [${xs.join(", ")}]${bias ? `, ${bias}` : ""})`;
    }
    if (isList(operation)) return `Value.${operation}([${list.join(", ")}])`;
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
