/**
 * Mutants that no test has to notice, and why: they compute what the project computes, or change what
 * is free to be chosen. They are not tried.
 *
 * @module
 */
import { compile } from "./equivalent/compile.ts";
import { engine } from "./equivalent/engine.ts";
import { exercises } from "./equivalent/exercises.ts";
import { lessons } from "./equivalent/lessons.ts";
import { tools } from "./equivalent/tools.ts";
import type { Equivalent } from "./equivalent/type.ts";
import { isWithin, type Mutant } from "./mutants.ts";

export const equivalent: readonly Equivalent[] = [
  ...engine,
  ...compile,
  ...lessons,
  ...exercises,
  ...tools,
];

/**
 * Whether a mutant is one of some that are listed.
 *
 * @param mutant the mutant
 * @param listed what is listed
 */
export function isListed(
  mutant: Mutant,
  { file, within, before, becomes, computed }: Equivalent,
): boolean {
  if (file !== mutant.file) return false;
  if (becomes === undefined) return (computed || mutant.isNumbers) && isWithin(mutant, within);
  return within === mutant.within && before === mutant.before && becomes.includes(mutant.after);
}
