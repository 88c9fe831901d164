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
