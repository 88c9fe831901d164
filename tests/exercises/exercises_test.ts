// Every exercise as it is, with its solutions, and with wrong answers: the right mark, the right hint.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { judge, type Verdict } from "../../exercises/checks/check.ts";
import { Value as Own } from "../../exercises/solutions/01_value.ts";
import { Value as Engine } from "../../exercises/solutions/05_engine.ts";
import { Value } from "../../mod.ts";
import { materials } from "./all.ts";
import { filled, holesOf, signature, solved } from "./fill.ts";
import { wrongAnswers } from "./wrong_answers.ts";

/** Runs the text of an exercise, and judges what stands in its holes. */
async function verdicts(
  name: string,
  text: string,
  only?: string,
): Promise<Record<string, Verdict>> {
  const { holes } = materials[name];
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

for (const [name, { text, solutions, holes }] of Object.entries(materials)) {
  const names = Object.keys(holes);

  Deno.test(`exercise ${name} has three to six holes, and is not yet done`, async () => {
    assert(names.length >= 3 && names.length <= 6);
    assertEquals(holesOf(text), names);
    for (const [k, verdict] of Object.values(await verdicts(name, text)).entries()) {
      const earlier = names.slice(0, k).map((name) => `: first fill ${name}`);
      assertEquals(verdict.mark, "·");
      assert(["", ...earlier].some((first) => verdict.lines[0] === `not yet${first}`));
    }
  });

  Deno.test(`exercise ${name} is all right with its solutions`, async () => {
    for (const verdict of Object.values(await verdicts(name, solved(text, solutions)))) {
      assertEquals(verdict.mark, "✓", verdict.lines.join("\n"));
    }
    for (const name of names) assertEquals(signature(solutions, name), signature(text, name));
  });

  for (const hole of names) {
    const others = names.filter((name) => name !== hole);

    Deno.test(`exercise ${name} without ${hole}() is not yet done, and nothing in it is wrong`, async () => {
      const { [hole]: empty, ...rest } = await verdicts(name, solved(text, solutions, others));
      assertEquals(empty, { mark: "·", lines: ["not yet"] });
      for (const [other, { mark, lines }] of Object.entries(rest)) {
        assert(mark !== "✗", `${other}: ${lines.join("\n")}`);
        if (mark === "·") assertEquals(lines, [`not yet: first fill ${hole}`]);
      }
    });

    Deno.test(`exercise ${name} says what is wrong in ${hole}()`, async (t) => {
      const wrong = wrongAnswers.filter(([exercise, of]) => exercise === name && of === hole);
      assert(wrong.length >= 2, "test two wrong answers that people give");
      for (const [, , code, hint] of wrong) {
        await t.step(code, async () => {
          const answered = solved(filled(text, hole, code), solutions, others);
          const { mark, lines } = (await verdicts(name, answered, hole))[hole];
          assertEquals(mark, "✗");
          assertStringIncludes(lines.at(-1)!, hint);
        });
      }
    });
  }
}

Deno.test("every wrong answer is one to a hole that there is", () => {
  for (const [name, hole] of wrongAnswers) assert(hole in materials[name].holes, `${name} ${hole}`);
});

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
const classes: Record<string, new (data: number) => object> = {
  "01_value": Own,
  "05_engine": Engine,
};

for (const [name, { holes }] of Object.entries(materials)) {
  Deno.test(`exercise ${name} has a sentence for nonsense`, () => {
    for (const [hole, test] of Object.entries(holes)) {
      for (const result of nonsense) {
        const Class = classes[name];
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
