/**
 * Formulas for people to read: simplified, and written as a line of text or as LaTeX.
 *
 * @module
 */
import { evaluate, type Expression, isApplication } from "../expression.ts";
import { formatNumber, printedNumber } from "../format.ts";

/** An expression whose names can be written as text and as LaTeX. */
export type Formula = Expression<Name>;

/** A name, as a line of text and as LaTeX. */
export interface Name {
  readonly text: string;
  readonly latex: string;
}

type Style = keyof Name;

/**
 * How an operator is written: its precedence (0 a choice, 1 or, 2 and, 3 a comparison, 4 a sum,
 * 5 a quotient, 6 a product, 7 a power, 8 a name), the lowest precedence that each operand may have without
 * parentheses (0 if something else encloses it), and the pattern.
 */
type Notation = readonly [
  level: number,
  needs: readonly number[],
  write: (...parts: string[]) => string,
];

/** The notation of the operators in both styles. */
const operators: Readonly<Record<string, Record<Style, Notation>>> = {
  "?": {
    text: [0, [1], (condition, yes, no) => `${condition} ? ${yes} : ${no}`],
    latex: [
      0,
      [0],
      (condition, yes, no) =>
        `\\begin{cases} ${yes} & ${condition} \\\\ ${no} & \\text{otherwise} \\end{cases}`,
    ],
  },
  "||": infix(1, [0], "or", "\\lor"),
  "&&": infix(2, [2], "and", "\\land"),
  "===": comparison("="),
  "!==": comparison("≠", "\\ne"),
  "<": comparison("<"),
  ">": comparison(">"),
  "<=": comparison("≤", "\\le"),
  ">=": comparison("≥", "\\ge"),
  "+": infix(4, [4, 5], "+"),
  "-": infix(4, [4, 5], "−", "-"),
  negative: {
    text: [5, [5], (a) => `−${a}`],
    latex: [5, [5], (a) => `-${a}`],
  },
  "/": {
    text: [5, [7], (a, b) => `${a} / ${b}`],
    latex: [7, [0], (a, b) => `\\frac{${a}}{${b}}`],
  },
  "*": infix(6, [6, 7], "·", "\\cdot"),
  "**": {
    text: [7, [8], (a, b) => /^\(?−?\d+\)?$/.test(b) ? a + superscript(b) : `${a}^${b}`],
    latex: [7, [8, 0], (a, b) => `${a}^{${b}}`],
  },
  sqrt: { ...call("sqrt"), latex: [8, [0], (a) => `\\sqrt{${a}}`] },
  abs: { ...call("abs"), latex: [8, [0], (a) => `\\left|${a}\\right|`] },
};

/** The functions for which LaTeX has a command. */
const commands = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min"];

function notationOf(op: string): Record<Style, Notation> {
  return operators[op] ??
    call(op, commands.includes(op) ? `\\${op}` : `\\operatorname{${op}}`);
}

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

function comparison(sign: string, latexSign = sign): Record<Style, Notation> {
  return infix(3, [4], sign, latexSign);
}

function call(name: string, command = `\\${name}`): Record<Style, Notation> {
  return {
    text: [8, [0], (...parts) => `${name}(${parts.join(", ")})`],
    latex: [8, [0], (...parts) => command + enclose(parts.join(", "), "latex")],
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

/**
 * Makes obvious simplifications: 1 · 2 · x^(2 − 1) becomes 2 · x.
 *
 * @param formula the formula
 * @returns an equal formula
 */
export function simplify(formula: Formula): Formula {
  if (!isApplication(formula)) return formula;
  const { op } = formula;
  const args = formula.args.map(simplify);
  if (["+", "-", "*", "negative"].includes(op) && args.every((arg) => typeof arg === "number")) {
    return evaluate({ op, args }, Number);
  }
  if (op === "*" && args.includes(0)) return 0;
  if (op === "*") {
    const factors = args.filter((arg) => arg !== 1);
    return factors.length === 1 ? factors[0] : { op, args: factors };
  }
  if (op === "**" && args[1] === 0) return 1;
  if (op === "**" && args[1] === 1) return args[0];
  return { op, args };
}

/**
 * The length of a formula.
 *
 * @param formula the formula
 * @returns the number of its numbers and names
 */
export function size(formula: Formula): number {
  return isApplication(formula) ? formula.args.reduce<number>((sum, arg) => sum + size(arg), 0) : 1;
}

/**
 * Writes a formula, with no more parentheses than a reader needs, and only the beginning and the end of a
 * long sum.
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
    const level = written.includes(" ") ? 6 : formula < 0 || written.includes("e") ? 7 : 8;
    return level < need || (formula < 0 && !first) ? enclose(written, style) : written;
  }
  if (!isApplication(formula)) return formula[style];
  const { op, args } = formula;
  const [level, needs, pattern] = notationOf(op)[style];
  const parts = (op === "+" ? shorten(args, ellipsis) : args).map((arg, k) => {
    const need = needs[Math.min(k, needs.length - 1)];
    return writePart(arg, style, need, need === 0 || (k === 0 && first && op !== "negative"));
  });
  const loose = level < need || (op === "negative" && !first);
  return loose ? enclose(pattern(...parts), style) : pattern(...parts);
}

/** Replaces the terms of a sum that are left out. */
export const ellipsis: Name = { text: "…", latex: "\\cdots" };

/**
 * Shortens a long list of terms to the first four and the last.
 *
 * @param terms the terms
 * @param between what replaces the others
 * @returns up to eight terms unchanged, or the shortened list
 */
export function shorten<T, U>(terms: readonly T[], between: U): readonly (T | U)[] {
  return terms.length <= 8 ? terms : [...terms.slice(0, 4), between, ...terms.slice(-1)];
}

function writeNumber(x: number, style: Style): string {
  if (style === "text") return printedNumber(x);
  const written = formatNumber(x);
  if (Number.isNaN(x)) return "\\text{NaN}";
  return written.replace("Infinity", "\\infty").replace(/e\+?(.*)/, " \\cdot 10^{$1}");
}
