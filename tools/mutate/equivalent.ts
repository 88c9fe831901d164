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
import { slow } from "./tests.ts";

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

/**
 * What is listed of some files, here or as slow, and is no mutant of theirs (any more).
 *
 * @param every all mutants of these files
 * @param files their paths
 * @returns each as it is listed: the file, the declarations, and the statement as it is and as it becomes
 */
export function goneOf(every: readonly Mutant[], files: ReadonlySet<string>): string[] {
  const mutantsOf = Map.groupBy(every, ({ file }) => file);
  const isOne = (file: string, is: (mutant: Mutant) => boolean) => mutantsOf.get(file)?.some(is);
  const statements = equivalent.filter(({ file }) => files.has(file)).flatMap((listed) =>
    (listed.becomes?.map((after) => ({ ...listed, becomes: [after] })) ?? [listed])
      .filter((one) => !isOne(one.file, (mutant) => isListed(mutant, one)))
      .map(({ file, within, before, becomes }) =>
        [file, within, ...(becomes === undefined ? [] : [before, ...becomes])].join("\n")
      )
  );
  const declarations = slow.filter(({ file }) => files.has(file)).flatMap(({ file, within }) =>
    within.filter((name) => !isOne(file, (mutant) => isWithin(mutant, name)))
      .map((name) => `${file}\n${name}`)
  );
  return [...statements, ...declarations];
}
