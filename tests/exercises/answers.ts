/**
 * What must hold for every exercise: as it is, with its solutions, and with wrong answers each gets the
 * right mark, and each hint that its check knows helps with some wrong answer.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { judge, type Test, type Verdict } from "../../exercises/checks/check.ts";
import { Value } from "../../mod.ts";
import { filled, holesOf, signature, solved } from "./fill.ts";

/** An exercise: the texts of its files, and what its holes must do. */
export interface Material {
  readonly text: string;
  readonly solutions: string;
  readonly checks: string;
  readonly holes: Readonly<Record<string, Test>>;
  /** Where holes are methods: the class with its solutions. */
  readonly Class?: new (data: number) => object;
}

/**
 * A wrong answer that people give to a hole: what stands in it instead of `return todo();`, a piece of the
 * hint that they must get, and in some cases all that stands above it: what was tried, was expected and came.
 */
export type WrongAnswer = readonly [code: string, hint: string, tried?: string | RegExp];

/**
 * Tests an exercise.
 *
 * @param name the name of its file, such as `03_chain_rule`
 * @param material the exercise
 * @param wrong wrong answers to each hole
 * @param right to some holes, answers that are right, besides the solution
 */
export function testExercise(
  name: string,
  { text, solutions, checks, holes, Class }: Material,
  wrong: Readonly<Record<string, readonly WrongAnswer[]>>,
  right: Readonly<Record<string, readonly string[]>> = {},
): void {
  const names = Object.keys(holes);
  const verdicts = (text: string, only?: string) => verdictsOf(name, { text, holes, only });

  Deno.test(`exercise ${name} has three to six holes, and is not yet done`, async () => {
    assert(names.length >= 3 && names.length <= 6);
    assertEquals(holesOf(text), names);
    for (const [k, verdict] of Object.values(await verdicts(text)).entries()) {
      const earlier = names.slice(0, k).map((name) => `: first fill ${name}`);
      assertEquals(verdict.mark, "·");
      assert(["", ...earlier].some((first) => verdict.lines[0] === `not yet${first}`));
    }
  });

  Deno.test(`exercise ${name} is all right with its solutions`, async () => {
    for (const verdict of Object.values(await verdicts(solved(text, solutions)))) {
      assertEquals(verdict.mark, "✓", verdict.lines.join("\n"));
    }
    for (const name of names) assertEquals(signature(solutions, name), signature(text, name));
  });

  const given: string[] = [];
  for (const hole of names) {
    const others = names.filter((name) => name !== hole);

    Deno.test(`exercise ${name} without ${hole}() is not yet done, and nothing in it is wrong`, async () => {
      const { [hole]: empty, ...rest } = await verdicts(solved(text, solutions, others));
      assertEquals(empty, { mark: "·", lines: ["not yet"] });
      for (const [other, { mark, lines }] of Object.entries(rest)) {
        assert(mark !== "✗", `${other}: ${lines.join("\n")}`);
        if (mark === "·") assertEquals(lines, [`not yet: first fill ${hole}`]);
      }
    });

    Deno.test(`exercise ${name} says what is wrong in ${hole}()`, async (t) => {
      for (const [code, hint, tried] of wrong[hole]) {
        await t.step(code, async () => {
          const answered = solved(filled(text, hole, code), solutions, others);
          const { mark, lines } = (await verdicts(answered, hole))[hole];
          assertEquals(mark, "✗");
          assertStringIncludes(lines.at(-1)!, hint);
          const above = lines.slice(0, -1).join("\n");
          if (tried instanceof RegExp) assertMatch(above, tried);
          else if (tried !== undefined) assertEquals(above, tried);
          given.push(lines.at(-1)!);
        });
      }
    });
  }

  for (const [hole, codes] of Object.entries(right)) {
    Deno.test(`exercise ${name} takes each right answer to ${hole}()`, async () => {
      const others = names.filter((name) => name !== hole);
      for (const code of codes) {
        const answered = solved(filled(text, hole, code), solutions, others);
        const { mark, lines } = (await verdicts(answered, hole))[hole];
        assertEquals(mark, "✓", `${code}\n${lines.join("\n")}`);
      }
    });
  }

  // A hint that stands in the check twice is for two mistakes.
  Deno.test(`exercise ${name} has no hint that no wrong answer gets`, () => {
    const hints = hintsIn(checks);
    assert(hints.length > names.length);
    const unused = hints.filter((hint) =>
      given.filter((line) => holds(line, hint)).length < hints.filter((one) => one === hint).length
    );
    assertEquals(unused, []);
  });

  Deno.test(`exercise ${name} has a sentence for nonsense`, () => {
    for (const [hole, test] of Object.entries(holes)) {
      for (const result of nonsense) {
        const isMethod = Class && hole in Class.prototype;
        const answer = isMethod ? class extends Class {} : () => result;
        if (isMethod) Object.assign(answer.prototype, { [hole]: () => result });
        const { mark, lines } = judge(hole, answer, test);
        const text = `${hole}() returns ${Deno.inspect(result)}: ${lines.join("\n")}`;
        assertEquals(mark, "✗", text);
        assert(!/It throws/.test(lines.at(-1)!), text);
      }
    }
  });
}

/** Runs the text of an exercise, and judges what stands in its holes. */
async function verdictsOf(
  name: string,
  { text, holes, only }: {
    text: string;
    holes: Readonly<Record<string, Test>>;
    only?: string;
  },
): Promise<Record<string, Verdict>> {
  const folder = new URL("../../exercises/", import.meta.url);
  // What an exercise gives to check() comes here. All else it imports is what it is.
  const answers: Record<string, unknown> = {};
  Object.assign(globalThis, { answers });
  const checks = `export * from ${JSON.stringify(new URL(`checks/${name}.ts`, folder))};
    export const check = (answers) => Object.assign(globalThis.answers, answers);`;
  const module = text.replace(/(?<=from )"(\.[^"]*)"/g, (_, path: string) =>
    JSON.stringify(
      path.endsWith(`/checks/${name}.ts`) ? dataUrl("javascript", checks) : new URL(path, folder),
    ));
  await import(dataUrl("typescript", `${module}\n// ${crypto.randomUUID()}`));
  assertEquals(Object.keys(answers), Object.keys(holes), "each hole is checked, in order");
  return Object.fromEntries(
    Object.entries(holes).filter(([hole]) => hole === (only ?? hole)).map((
      [hole, test],
    ) => [hole, judge(hole, answers[hole], test)]),
  );
}

function dataUrl(language: string, text: string): string {
  return `data:application/${language},${encodeURIComponent(text)}`;
}

/** The sentences in the strings and templates of some source. */
function hintsIn(source: string): string[] {
  const comment = /\/\*[^]*?\*\/|\/\/.*/.source;
  const string = /"((?:[^"\\\n]|\\.)*)"/.source;
  const template = /`((?:\$\{(?:[^`{}]|`[^`]*`)*\}|[^`\\]|\\.)*)`/.source;
  return [...source.matchAll(new RegExp([comment, string, template].join("|"), "g"))]
    .map(([, string, template]) => string ?? template ?? "")
    .filter((text) => /[.?…]$/.test(text) && text.includes(" "));
}

/** Whether a line holds a hint, of which `${…}` may be anything. */
function holds(line: string, hint: string): boolean {
  const parts = hint.split(/\$\{[^]*?\}(?![^`]*\})/).map((part) => RegExp.escape(part));
  return new RegExp(parts.join(".*")).test(line);
}

/** What a function may return that has nothing to do with the question. */
const nonsense: unknown[] = [
  undefined,
  null,
  NaN,
  Infinity,
  "3",
  "",
  [],
  [undefined],
  [[]],
  ["x", "y"],
  [NaN, NaN, NaN],
  {},
  new Map(),
  Symbol("s"),
  10n,
  () => 3,
  Promise.resolve(3),
  new Value(3),
  [new Value(3)],
];
