/**
 * Expressions such as `L = (a * b + c) * f` as graphs of Values, with the numbers of their leaves.
 *
 * @module
 */
import { parse as parseScript } from "acorn";
import type { Value as ValueOfEngine } from "../../../mod.ts";
import type { Node } from "./cell.ts";

type ValueClass = typeof ValueOfEngine;

/** What is wrong with an expression, as a sentence. */
export class ExpressionError extends Error {}

const operators: Record<string, "add" | "sub" | "mul" | "div" | "pow"> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "**": "pow",
};
const functions = ["abs", "cos", "exp", "log", "relu", "sigmoid", "sin", "sqrt", "tanh"] as const;

/** How the signs of mathematics are written. */
const signs: readonly [RegExp, string][] = [
  [/[×·⋅]/g, "*"],
  [/÷/g, "/"],
  [/[−–]/g, "-"],
  [/\^/g, "**"],
];

/** An expression that was read. */
export interface Expression {
  /** It as it is written, without the numbers of its leaves. */
  readonly text: string;
  /** The names that stand for numbers, and the number that the text gives them, if it does. */
  readonly leaves: ReadonlyMap<string, number | undefined>;
  /** Makes the graph, its leaves with these numbers. */
  readonly build: (Value: ValueClass, numbers: ReadonlyMap<string, number>) => Graph;
}

/** A graph of an expression. */
export interface Graph {
  readonly output: ValueOfEngine;
  readonly leaves: ReadonlyMap<string, ValueOfEngine>;
}

/**
 * Reads an expression: one or more equations between semicolons, the last one being the result.
 * `a = 2` gives a leaf its number.
 *
 * @param source the text
 * @returns the expression
 * @throws {ExpressionError} with what to write instead
 *
 * @example
 * ```ts
 * readExpression("e = a * b; L = e + 1; a = 2").leaves; // Map { "a" => 2, "b" => undefined }
 * ```
 */
export function readExpression(source: string): Expression {
  if (source.length > 1000) throw new ExpressionError("Write at most 1000 characters.");
  const text = signs.reduce((text, [sign, written]) => text.replace(sign, written), source).trim();
  const equations: { name: string; value: Node; text: string }[] = [];
  const numbers = new Map<string, number>();
  for (const statement of parse(text)) {
    if (statement.type === "EmptyStatement") continue;
    const { expression } = statement;
    const named = expression?.type === "AssignmentExpression" && expression.operator === "=";
    if (!expression) throw new ExpressionError("Write an expression, such as L = (a * b + c) * f.");
    if (named && expression.left.type !== "Identifier") {
      throw new ExpressionError("Write a name before =, such as L = a * b.");
    }
    const name = named ? expression.left.name : "";
    const value = named ? expression.right : expression;
    const number = numberOf(value);
    if (name && (numbers.has(name) || equations.some((equation) => equation.name === name))) {
      throw new ExpressionError(`Write ${name} = … once only.`);
    }
    if (name && number !== undefined) numbers.set(name, number);
    else equations.push({ name, value, text: text.slice(expression.start, expression.end) });
  }
  const result = equations.at(-1);
  if (!result) throw new ExpressionError("Write an expression, such as L = (a * b + c) * f.");

  const known = new Map(equations.map((equation, k) => [equation.name, k]));
  const leaves = new Map<string, number | undefined>();
  const collect = (node: Node, before: number): void => {
    if (node.type === "Identifier") {
      const k = known.get(node.name);
      if (k === undefined) return void leaves.set(node.name, numbers.get(node.name));
      if (k >= before) throw new ExpressionError(`Write ${node.name} = … before it is used.`);
      return collect(equations[k].value, k);
    }
    for (const operand of operandsOf(node)) collect(operand, before);
  };
  // All of them are checked, also those that the result does not use; the leaves are the result's.
  equations.forEach(({ value }, k) => collect(value, k));
  const names = [...leaves.keys()];
  leaves.clear();
  collect(result.value, equations.length - 1);
  if (leaves.size === 0) {
    throw new ExpressionError("Write an expression with a name in it, such as a * 2.");
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
        if (name && node.label === "") node.label = name;
        values.set(name, node);
        return node;
      });
      return { output: made.at(-1)!, leaves: leafValues };
    },
  };
}

function parse(text: string): Node[] {
  try {
    return parseScript(text, { ecmaVersion: "latest" }).body as Node[];
  } catch (error) {
    const { pos } = error as { pos: number };
    const at = text.slice(pos, pos + 12).split(";")[0];
    if (/-\s*[\w.]+\s*$/.test(text.slice(0, pos)) && at.startsWith("**")) {
      throw new ExpressionError("Write -(a ** 2) or (-a) ** 2: which of the two is not clear.");
    }
    throw new ExpressionError(
      at ? `This does not go on as an expression: ${at}` : "Something is missing at the end.",
    );
  }
}

/** The number that a leaf is given, sign and all. */
function numberOf(node: Node): number | undefined {
  if (node.type === "Literal" && typeof node.value === "number") return node.value;
  if (node.type === "UnaryExpression" && node.operator === "-") {
    const number = numberOf(node.argument);
    return number === undefined ? undefined : -number;
  }
}

/** What an operation works on; throws for everything that is none. */
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
      const name = node.callee.name;
      if (!functions.includes(name)) {
        throw new ExpressionError(
          `Write one of ${functions.join(", ")} instead of ${name ?? "this"}(…).`,
        );
      }
      if (node.arguments.length === 1) return node.arguments;
      throw new ExpressionError(`Write ${name}(x), with one operand.`);
    }
  }
  throw new ExpressionError(
    "Write names, numbers, + - * / **, brackets and functions such as tanh(x).",
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
    return valueOf(operands[0], Value)[node.callee.name as typeof functions[number]]();
  }
  return Value[operators[node.operator]](operands[0], operands[1]);
}

function valueOf(operand: ValueOfEngine | number, Value: ValueClass): ValueOfEngine {
  return typeof operand === "number" ? new Value(operand) : operand;
}
