/**
 * Parses formulas written as text, so that tests can compute what is shown.
 *
 * @module
 */
import { evaluate, readFormula } from "../../../engine/expression.ts";

/**
 * Computes a formula in the text form of `write()`.
 *
 * @param text the formula
 * @param numbers the numbers of its names
 * @returns the number
 */
export function compute(text: string, numbers: Record<string, number> = {}): number {
  return evaluate(readFormula(notation(text)), (name) => numbers[name]);
}

/**
 * Computes a formula in the LaTeX form of `write()`.
 *
 * @param latex the formula
 * @param numbers the numbers of its names
 * @returns the number
 */
export function computeLatex(latex: string, numbers: Record<string, number> = {}): number {
  let text = latex
    .replaceAll("\\begin{cases}", "[")
    .replaceAll("& \\text{otherwise} \\end{cases}", "]")
    .replace(/\\operatorname\{(\w+)\}/g, "$1")
    .replaceAll("\\left|", "abs(").replaceAll("\\right|", ")")
    .replace(/\\left|\\right/g, "");
  // From the inside out. A fraction and a choice get no parentheses: where these are missing, the result
  // is another one.
  for (let before = ""; before !== text;) {
    before = text;
    text = text
      .replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, "($1)/($2)")
      .replace(/\\sqrt\{([^{}]*)\}/g, "sqrt($1)")
      .replace(/\^\{([^{}]*)\}/g, "^($1)")
      .replace(/\[([^[\]&]*)&([^[\]]*)\\\\([^[\]]*)\]/g, "($2) ? ($1) : ($3)");
  }
  text = text
    .replaceAll("\\cdot", "*").replaceAll("\\lor", "||").replaceAll("\\land", "&&")
    .replaceAll("\\ne", "!==").replaceAll("\\le", "<=").replaceAll("\\ge", ">=")
    .replaceAll(" = ", " === ").replaceAll("\\", "");
  return evaluate(readFormula(text), (name) => numbers[name]);
}

/** The text in the notation of the table of operations. */
function notation(text: string): string {
  return text
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => `^(${power.normalize("NFKC")})`)
    .replace(/(\d+(?:\.\d+)?)e\+?(−?\d+)/g, "($1 * 10^($2))")
    .replaceAll(" or ", " || ")
    .replaceAll(" and ", " && ")
    .replaceAll(" = ", " === ")
    .replaceAll("≠", "!==")
    .replaceAll("·", "*")
    .replaceAll("≤", "<=")
    .replaceAll("≥", ">=")
    .replaceAll("−", "-");
}
