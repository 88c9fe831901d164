/**
 * Expressions such as `L = (a * b + c) * f` as graphs of Values, with the numbers of their leaves.
 *
 * @module
 */
import { parse as parseScript } from "acorn";
import type { Value as ValueOfEngine } from "../../../mod.ts";
import type { Node } from "./cell.ts";

type ValueClass = typeof ValueOfEngine;

/** What is wrong with an expression, as a sentence, and at which character of it, from 0. */
export class ExpressionError extends Error {
  /**
   * @param message what to write instead
   * @param at where
   */
  constructor(message: string, readonly at: number) {
    super(message);
  }
}

const operators: Record<string, "add" | "sub" | "mul" | "div" | "pow"> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "**": "pow",
};

/** The functions, and how many operands each takes: the least and the most. */
const functions: Record<string, readonly [least: number, most: number]> = {
  ...Object.fromEntries(
    ["abs", "cos", "exp", "log", "relu", "sigmoid", "sin", "sqrt", "tanh"].map((
      name,
    ) => [name, [1, 1]]),
  ),
  clamp: [3, 3],
  clampMax: [2, 2],
  clampMin: [2, 2],
  max: [2, 2],
  min: [2, 2],
  logSumExp: [1, Infinity],
  mean: [1, Infinity],
  sum: [1, Infinity],
};

/** The names of the functions. */
export const functionNames: readonly string[] = Object.keys(functions);

/** How mathematics writes what JavaScript writes differently. */
const signs: Readonly<Record<string, string>> = {
  "×": "*",
  "·": "*",
  "⋅": "*",
  "÷": "/",
  "−": "-",
  "–": "-",
  "^": "**",
};

/** An expression that was read. */
export interface Expression {
  /** Its text, without the numbers of its leaves. */
  readonly text: string;
  /** The names that stand for numbers, and the number that the text gives them, if it does. */
  readonly leaves: ReadonlyMap<string, number | undefined>;
  /** Makes the graph, its leaves with these numbers, or 1. */
  readonly build: (Value: ValueClass, numbers: ReadonlyMap<string, number>) => Graph;
}

/** A graph of an expression. */
export interface Graph {
  readonly output: ValueOfEngine;
  readonly leaves: ReadonlyMap<string, ValueOfEngine>;
}

/**
 * Reads an expression: one or more equations, separated by semicolons; the last one is the result.
 * `a = 2` gives a leaf its number.
 *
 * @param source the text
 * @returns the expression
 * @throws {ExpressionError} with what to write instead, and where
 *
 * @example
 * ```ts
 * readExpression("e = a * b; L = e + 1; a = 2").leaves; // Map { "a" => 2, "b" => undefined }
 * ```
 */
export function readExpression(source: string): Expression {
  if (source.length > 1000) throw new ExpressionError("Write at most 1000 characters.", 1000);
  const written = Array.from(source, (sign) => signs[sign] ?? sign);
  const text = written.join("");
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    // Where a sign is written with two characters, the error is at another place of the source.
    let at = 0, k = 0;
    for (const [sign, characters] of Array.from(source, (sign, k) => [sign, written[k]])) {
      k += characters.length;
      if (k > error.at) break;
      at += sign.length;
    }
    throw new ExpressionError(error.message, at);
  }
}

function read(text: string): Expression {
  const equations: { name: string; value: Node; text: string }[] = [];
  const numbers = new Map<string, number>();
  for (const statement of parse(text)) {
    if (statement.type === "EmptyStatement") continue;
    const { expression, start } = statement;
    const named = expression?.type === "AssignmentExpression" && expression.operator === "=";
    if (!expression) throw new ExpressionError(example, start);
    if (named && expression.left.type !== "Identifier") {
      throw new ExpressionError("Write a name before =, such as L = a * b.", start);
    }
    const name = named ? expression.left.name : "";
    const value = named ? expression.right : expression;
    const number = numberOf(value);
    if (name && (numbers.has(name) || equations.some((equation) => equation.name === name))) {
      throw new ExpressionError(`Write ${name} = … only once.`, start);
    }
    if (name && number !== undefined) numbers.set(name, number);
    else equations.push({ name, value, text: text.slice(expression.start, expression.end) });
  }
  const result = equations.at(-1);
  if (!result) throw new ExpressionError(example, text.trimEnd().length);

  const known = new Map(equations.map((equation, k) => [equation.name, k]));
  const leaves = new Map<string, number | undefined>();
  const collect = (node: Node, before: number): void => {
    if (node.type === "Identifier") {
      const k = known.get(node.name);
      if (k === undefined) return void leaves.set(node.name, numbers.get(node.name));
      if (k >= before) {
        throw new ExpressionError(`Write ${node.name} = … before it is used.`, node.start);
      }
      return collect(equations[k].value, k);
    }
    for (const operand of operandsOf(node)) collect(operand, before);
  };
  // All are checked, even those that the result does not use; the leaves are those of the result.
  equations.forEach(({ value }, k) => collect(value, k));
  const names = [...leaves.keys()];
  leaves.clear();
  collect(result.value, Infinity);
  if (leaves.size === 0) {
    throw new ExpressionError(
      "Write an expression with a name in it, such as a * 2.",
      result.value.start,
    );
  }

  return {
    text: equations.map(({ text }) => text).join("; "),
    leaves,
    build(Value, numbers) {
      const values = new Map<string, ValueOfEngine>();
      for (const name of names) {
        values.set(name, new Value(numbers.get(name) ?? 1, { label: name }));
      }
      const leafValues = new Map([...leaves.keys()].map((name) => [name, values.get(name)!]));
      const made = equations.map(({ name, value }) => {
        const result = evaluate(value, values, Value);
        const node = typeof result === "number" ? new Value(result) : result;
        // c = a gives no second name to a.
        if (node.label === "") node.label = name;
        values.set(name, node);
        return node;
      });
      return { output: made.at(-1)!, leaves: leafValues };
    },
  };
}

const example = "Write an expression, such as L = (a * b + c) * f.";

/** How many characters an error quotes. */
const quoted = 12;

function parse(text: string): Node[] {
  try {
    return parseScript(text, { ecmaVersion: "latest" }).body as Node[];
  } catch (error) {
    const { pos } = error as { pos: number };
    const rest = text.slice(pos, pos + quoted).split(";")[0].trimEnd();
    if (/-\s*[\w.]+\s*$/.test(text.slice(0, pos)) && rest.startsWith("**")) {
      const message = "Write -(a ** 2) or (-a) ** 2: without parentheses it is ambiguous.";
      throw new ExpressionError(message, pos);
    }
    if (rest) throw new ExpressionError(`The expression cannot go on with ${rest}`, pos);
    throw new ExpressionError("Something is missing here.", pos);
  }
}

/** A number, with or without a minus sign. */
function numberOf(node: Node): number | undefined {
  if (typeof node.value === "number") return node.value;
  if (node.type === "UnaryExpression" && node.operator === "-") {
    const number = numberOf(node.argument);
    return number === undefined ? undefined : -number;
  }
}

/** The operands of an operation; throws for everything else. */
function operandsOf(node: Node): Node[] {
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "number") return [];
      break;
    case "UnaryExpression":
      if (node.operator === "-" || node.operator === "+") return [node.argument];
      break;
    case "BinaryExpression":
      if (node.operator in operators) return [node.left, node.right];
      break;
    case "CallExpression": {
      const { name } = node.callee;
      const operands: Node[] = node.arguments;
      if (!Object.hasOwn(functions, name ?? "")) {
        const names = functionNames.join(", ");
        throw new ExpressionError(
          `Write one of ${names} instead of ${name ?? "this"}(…).`,
          node.start,
        );
      }
      const [least, most] = functions[name];
      if (operands.length >= least && operands.length <= most) return operands;
      const usage = most === Infinity ? "a, b, …" : ["x", "a, b", "x, low, high"][most - 1];
      throw new ExpressionError(`Write ${name}(${usage}).`, node.start);
    }
  }
  throw new ExpressionError(
    "Write names, numbers, + - * / **, parentheses and functions such as tanh(x).",
    node.start,
  );
}

function evaluate(
  node: Node,
  values: ReadonlyMap<string, ValueOfEngine>,
  Value: ValueClass,
): ValueOfEngine | number {
  if (node.type === "Identifier") return values.get(node.name)!;
  const number = numberOf(node);
  if (number !== undefined) return number;
  const operands = operandsOf(node).map((operand) => evaluate(operand, values, Value));
  if (node.type === "UnaryExpression") {
    return node.operator === "+" ? operands[0] : valueOf(operands[0], Value).neg();
  }
  if (node.type === "CallExpression") {
    return call(node.callee.name, operands, Value);
  }
  return Value[operators[node.operator]](operands[0], operands[1]);
}

/** Calls a function: of a list where it takes any number of operands, or else the method. */
function call(
  name: string,
  operands: readonly (ValueOfEngine | number)[],
  Value: ValueClass,
): ValueOfEngine {
  const [first, ...others] = operands;
  if (functions[name][1] === Infinity) return Value[name as "sum"](operands);
  const value = valueOf(first, Value) as unknown as Record<
    string,
    (...operands: unknown[]) => ValueOfEngine
  >;
  return value[name](...others);
}

function valueOf(operand: ValueOfEngine | number, Value: ValueClass): ValueOfEngine {
  return typeof operand === "number" ? new Value(operand) : operand;
}
