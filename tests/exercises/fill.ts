/**
 * Writes answers into the holes of an exercise.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";

/** What stands in a hole that is empty. */
export const hole = "return todo();";

/** A function, class or method of some source, from its first line to its last. */
export function declaration(source: string, name: string): string {
  const found = new RegExp(`^(?:export )?(?:function|class) ${name}\\b[^]*?^}`, "m").exec(source) ??
    new RegExp(`^  (?:static )?${name}\\([^]*?^  }`, "m").exec(source);
  assert(found, `there is no ${name}`);
  return found[0];
}

/** What stands before the body of a declaration, without spaces. */
export function signature(source: string, name: string): string {
  return declaration(source, name).split("{\n")[0].replace(/export |\s|,(?=\s*\))/g, "");
}

/** The names of the holes of an exercise, in order. */
export function holesOf(text: string): string[] {
  const names = text.split(hole).slice(0, -1).map((before) =>
    [...before.matchAll(/^(?:(?:export )?function| {2}(?:static )?(?=\w+\())\s*(\w+)/gm)].at(-1)![1]
  );
  assertEquals(new Set(names).size, names.length);
  return names;
}

/** An exercise with some code in one of its holes. */
export function filled(text: string, name: string, code: string): string {
  const empty = declaration(text, name);
  assertEquals(empty.split(hole).length, 2, `there must be one hole in ${name}`);
  return text.replace(empty, () => empty.replace(hole, () => code));
}

/** An exercise with its solutions, but for the holes that stay as they are. */
export function solved(text: string, solutions: string, holes = holesOf(text)): string {
  return holes.reduce((text, name) => {
    const empty = declaration(text, name), full = declaration(solutions, name);
    const exported = empty.startsWith("export ") ? "export " : "";
    return text.replace(empty, () => exported + full.replace("export ", ""));
  }, text);
}
