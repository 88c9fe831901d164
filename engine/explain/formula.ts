/**
 * Formulas: read from the strings of the table of operations, computed, and written out, in a line
 * of text or as LaTeX.
 *
 * @module
 */
import { formatNumber } from "../format.ts";

/** A formula: a number, a name, or an operation on formulas. */
export type Formula = number | Name | Application;

/** A name, as a line of text and as LaTeX. */
export interface Name {
  readonly text: string;
  readonly latex: string;
}

/** An operator or a function, and what it is applied to: two or more, of a sum and a product. */
export interface Application {
  readonly op: string;
  readonly args: Formula[];
}

type Style = keyof Name;

/**
 * How an operator is written: how tightly it holds its parts together (0 a choice, 1 a comparison,
 * 2 a sum, 3 a quotient, 4 a product, 5 a power, 6 a name), how tightly each part must hold together
 * to stand there without parentheses (0 where something else encloses it), and the pattern.
 */
type Notation = readonly [
  level: number,
  needs: readonly number[],
  write: (...parts: string[]) => string,
];

interface Operator extends Record<Style, Notation> {
  /** What it computes; from an array, because a sum may have more terms than a call arguments. */
  value: (args: readonly number[]) => number;
}

const operators: Record<string, Operator> = {
  "?": {
    value: ([condition, yes, no]) => condition ? yes : no,
    text: [0, [1], (condition, yes, no) => `${condition} ? ${yes} : ${no}`],
    latex: [
      0,
      [0],
      (condition, yes, no) =>
        `\\begin{cases} ${yes} & ${condition} \\\\ ${no} & \\text{otherwise} \\end{cases}`,
    ],
  },
  ">": { value: ([a, b]) => Number(a > b), ...infix(1, [2], ">") },
  "+": { value: (terms) => terms.reduce((a, b) => a + b), ...infix(2, [2, 3], "+") },
  "-": { value: ([a, b]) => a - b, ...infix(2, [2, 3], "−", "-") },
  negative: {
    value: ([a]) => -a,
    text: [3, [3], (a) => `−${a}`],
    latex: [3, [3], (a) => `-${a}`],
  },
  "/": {
    value: ([a, b]) => a / b,
    text: [3, [5], (a, b) => `${a} / ${b}`],
    latex: [5, [0], (a, b) => `\\frac{${a}}{${b}}`],
  },
  "*": {
    value: (factors) => factors.reduce((a, b) => a * b),
    ...infix(4, [4, 5], "·", "\\cdot"),
  },
  "^": {
    value: ([a, b]) => a ** b,
    text: [5, [6], (a, b) => /^\(?−?\d+\)?$/.test(b) ? a + superscript(b) : `${a}^${b}`],
    latex: [5, [6, 0], (a, b) => `${a}^{${b}}`],
  },
  exp: { value: ([a]) => Math.exp(a), ...call("exp") },
  log: { value: ([a]) => Math.log(a), ...call("log") },
  tanh: { value: ([a]) => Math.tanh(a), ...call("tanh") },
  sqrt: { value: ([a]) => Math.sqrt(a), ...call("sqrt"), latex: [6, [0], (a) => `\\sqrt{${a}}`] },
  sin: { value: ([a]) => Math.sin(a), ...call("sin") },
  cos: { value: ([a]) => Math.cos(a), ...call("cos") },
  sign: { value: ([a]) => Math.sign(a), ...call("sign", "\\operatorname{sign}") },
  abs: {
    value: ([a]) => Math.abs(a),
    ...call("abs"),
    latex: [6, [0], (a) => `\\left|${a}\\right|`],
  },
  max: { value: ([a, b]) => Math.max(a, b), ...call("max") },
};

function infix(
  level: number,
  needs: number[],
  sign: string,
  latexSign = sign,
): Record<Style, Notation> {
  return {
    text: [level, needs, (...parts) => parts.join(` ${sign} `)],
    latex: [level, needs, (...parts) => parts.join(` ${latexSign} `)],
  };
}

function call(name: string, command = `\\${name}`): Record<Style, Notation> {
  return {
    text: [6, [0], (...parts) => `${name}(${parts.join(", ")})`],
    latex: [6, [0], (...parts) => command + enclose(parts.join(", "), "latex")],
  };
}

function superscript(digits: string): string {
  return digits.replace(/[()]/g, "").replace(
    /./g,
    (digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["−0123456789".indexOf(digit)],
  );
}

function enclose(written: string, style: Style): string {
  const tall = style === "latex" && /\\frac|\\begin/.test(written);
  return tall ? `\\left(${written}\\right)` : `(${written})`;
}

const precedence: Record<string, number> = { ">": 1, "+": 2, "-": 2, "*": 3, "/": 3, "^": 4 };

const parsed = new Map<string, Formula>();

/**
 * Reads a formula in the notation of the table of operations: numbers, names, `+ - * / ^`,
 * functions, `a > b ? c : d`.
 *
 * @param source the formula
 * @returns the formula as a tree
 * @throws {SyntaxError} when it is not one
 */
export function parse(source: string): Formula {
  let formula = parsed.get(source);
  if (formula === undefined) parsed.set(source, formula = read(source));
  return formula;
}

function read(source: string): Formula {
  const tokens = source.match(/\d+(\.\d+)?|\w+|\S/g) ?? [];
  let next = 0;

  function accept(token: string): boolean {
    if (tokens[next] !== token) return false;
    next++;
    return true;
  }

  function expect(token: string): void {
    if (!accept(token)) throw unexpected();
  }

  function unexpected(): SyntaxError {
    return new SyntaxError(
      `the formula "${source}" breaks off at ${tokens[next] ?? "its end"} (token ${next + 1})`,
    );
  }

  /** Reads on as long as operators hold together more tightly than `limit`. */
  function expression(limit: number): Formula {
    let left = operand(limit);
    while (precedence[tokens[next]] > limit) {
      const op = tokens[next++];
      // A power groups from the right, everything else from the left.
      const right = expression(precedence[op] - (op === "^" ? 1 : 0));
      if (op === "+" && isApplication(left) && left.op === "+") left.args.push(right);
      else left = { op, args: [left, right] };
    }
    if (limit > 0 || !accept("?")) return left;
    const yes = expression(0);
    expect(":");
    return { op: "?", args: [left, yes, expression(0)] };
  }

  function operand(limit: number): Formula {
    if (accept("-")) return { op: "negative", args: [expression(Math.max(limit, 2))] };
    if (accept("(")) {
      const inner = expression(0);
      expect(")");
      return inner;
    }
    const token = tokens[next] ?? "";
    if (!/^\w/.test(token)) throw unexpected();
    next++;
    if (/^\d/.test(token)) return Number(token);
    if (!accept("(")) return { text: token, latex: token };
    if (!Object.hasOwn(operators, token)) throw unexpected();
    const args = [expression(0)];
    while (accept(",")) args.push(expression(0));
    expect(")");
    return { op: token, args };
  }

  const formula = expression(0);
  if (next < tokens.length) throw unexpected();
  return formula;
}

function isApplication(formula: Formula): formula is Application {
  return typeof formula === "object" && "op" in formula;
}

/**
 * Computes a formula.
 *
 * @param formula the formula
 * @param numbers what its names stand for
 * @returns the number
 */
export function evaluate(formula: Formula, numbers: Record<string, number>): number {
  if (typeof formula === "number") return formula;
  if (!isApplication(formula)) return numbers[formula.text];
  return operators[formula.op].value(formula.args.map((arg) => evaluate(arg, numbers)));
}

/**
 * Puts something else in the place of each name.
 *
 * @param formula the formula
 * @param replace what stands in the place of a name
 * @returns the new formula
 */
export function substitute(formula: Formula, replace: (name: Name) => Formula): Formula {
  if (typeof formula === "number") return formula;
  if (!isApplication(formula)) return replace(formula);
  return { op: formula.op, args: formula.args.map((arg) => substitute(arg, replace)) };
}

/**
 * Works out what is plain to see: 1 · 2 · x^(2 − 1) becomes 2 · x.
 *
 * @param formula the formula
 * @returns a formula that is equal
 */
export function simplify(formula: Formula): Formula {
  if (!isApplication(formula)) return formula;
  const { op } = formula;
  const args = formula.args.map(simplify);
  if (["+", "-", "*", "negative"].includes(op) && args.every((arg) => typeof arg === "number")) {
    return operators[op].value(args);
  }
  if (op === "*" && args.includes(0)) return 0;
  if (op === "*" && args.includes(1)) {
    const factors = args.filter((arg) => arg !== 1);
    return factors.length === 1 ? factors[0] : { op, args: factors };
  }
  if (op === "^" && args[1] === 0) return 1;
  if (op === "^" && args[1] === 1) return args[0];
  return { op, args };
}

/**
 * How long a formula is.
 *
 * @param formula the formula
 * @returns the count of its numbers and names
 */
export function size(formula: Formula): number {
  return isApplication(formula) ? formula.args.reduce<number>((sum, arg) => sum + size(arg), 0) : 1;
}

/**
 * Writes a formula, with no more parentheses than a reader needs. Of a very long sum it writes the
 * beginning and the end.
 *
 * @param formula the formula
 * @param style as a line of text or as LaTeX
 * @returns the formula as a person reads it
 */
export function write(formula: Formula, style: Style): string {
  return writePart(formula, style, 0, true);
}

function writePart(formula: Formula, style: Style, need: number, first: boolean): string {
  if (typeof formula === "number") {
    const written = writeNumber(formula, style);
    const level = written.includes(" ") ? 4 : formula < 0 || written.includes("e") ? 5 : 6;
    return level < need || (formula < 0 && !first) ? enclose(written, style) : written;
  }
  if (!isApplication(formula)) return formula[style];
  const { op, args } = formula;
  const [level, needs, pattern] = operators[op][style];
  const parts = (op === "+" ? shorten(args, ellipsis) : args).map((arg, k) => {
    const need = needs[Math.min(k, needs.length - 1)];
    return writePart(arg, style, need, need === 0 || (k === 0 && first && op !== "negative"));
  });
  const loose = level < need || (op === "negative" && !first);
  return loose ? enclose(pattern(...parts), style) : pattern(...parts);
}

/** Stands in a sum for terms that are left out. */
export const ellipsis: Name = { text: "…", latex: "\\cdots" };

/**
 * What is shown of many terms: the first four and the last.
 *
 * @param terms the terms
 * @param between what stands for the others
 * @returns the terms themselves while they are not many
 */
export function shorten<T, U>(terms: readonly T[], between: U): readonly (T | U)[] {
  return terms.length <= 8 ? terms : [...terms.slice(0, 4), between, ...terms.slice(-1)];
}

function writeNumber(x: number, style: Style): string {
  const written = formatNumber(x);
  if (style === "text") return written.replaceAll("-", "−");
  if (Number.isNaN(x)) return "\\text{NaN}";
  return written.replace("Infinity", "\\infty").replace(/e\+?(.*)/, " \\cdot 10^{$1}");
}
