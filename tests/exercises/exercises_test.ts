// Every exercise as it is, with its solutions, and with wrong answers: the right mark, the right hint.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { judge, type Test, type Verdict } from "../../exercises/check.ts";
import { wrongAnswers } from "./wrong_answers.ts";

import { holes as holes00 } from "../../exercises/checks/00_derivative.ts";
import exercise00 from "../../exercises/00_derivative.ts" with { type: "text" };
import solution00 from "../../exercises/solutions/00_derivative.ts" with { type: "text" };
import { holes as holes01 } from "../../exercises/checks/01_value.ts";
import exercise01 from "../../exercises/01_value.ts" with { type: "text" };
import solution01 from "../../exercises/solutions/01_value.ts" with { type: "text" };
import { holes as holes02 } from "../../exercises/checks/02_rate_of_change.ts";
import exercise02 from "../../exercises/02_rate_of_change.ts" with { type: "text" };
import solution02 from "../../exercises/solutions/02_rate_of_change.ts" with { type: "text" };
import { holes as holes03 } from "../../exercises/checks/03_chain_rule.ts";
import exercise03 from "../../exercises/03_chain_rule.ts" with { type: "text" };
import solution03 from "../../exercises/solutions/03_chain_rule.ts" with { type: "text" };
import { holes as holes04 } from "../../exercises/checks/04_backpropagation.ts";
import exercise04 from "../../exercises/04_backpropagation.ts" with { type: "text" };
import solution04 from "../../exercises/solutions/04_backpropagation.ts" with { type: "text" };
import { holes as holes05 } from "../../exercises/checks/05_engine.ts";
import exercise05 from "../../exercises/05_engine.ts" with { type: "text" };
import solution05 from "../../exercises/solutions/05_engine.ts" with { type: "text" };
import { holes as holes06 } from "../../exercises/checks/06_neuron.ts";
import exercise06 from "../../exercises/06_neuron.ts" with { type: "text" };
import solution06 from "../../exercises/solutions/06_neuron.ts" with { type: "text" };
import { holes as holes07 } from "../../exercises/checks/07_descent.ts";
import exercise07 from "../../exercises/07_descent.ts" with { type: "text" };
import solution07 from "../../exercises/solutions/07_descent.ts" with { type: "text" };
import { holes as holes08 } from "../../exercises/checks/08_network.ts";
import exercise08 from "../../exercises/08_network.ts" with { type: "text" };
import solution08 from "../../exercises/solutions/08_network.ts" with { type: "text" };
import {
  holes as holes09,
  learnsTwoMoons,
  type Mine,
} from "../../exercises/checks/09_two_moons.ts";
import exercise09 from "../../exercises/09_two_moons.ts" with { type: "text" };
import solution09 from "../../exercises/solutions/09_two_moons.ts" with { type: "text" };
import { holes as holes10 } from "../../exercises/checks/10_compile.ts";
import exercise10 from "../../exercises/10_compile.ts" with { type: "text" };
import solution10 from "../../exercises/solutions/10_compile.ts" with { type: "text" };
import { holes as holes11 } from "../../exercises/checks/11_gpt.ts";
import exercise11 from "../../exercises/11_gpt.ts" with { type: "text" };
import solution11 from "../../exercises/solutions/11_gpt.ts" with { type: "text" };
import * as engine from "../../exercises/solutions/05_engine.ts";
import * as network from "../../exercises/solutions/08_network.ts";

/** An exercise: its text, that of its solutions, and what its holes must do. */
interface Material {
  readonly text: string;
  readonly solutions: string;
  readonly holes: Readonly<Record<string, Test>>;
}
/** Exercise 09 as it is when 05 and 08 are done. */
const holes09Solved = {
  ...holes09,
  twoMoons: learnsTwoMoons({ ...engine, ...network } as unknown as Mine),
};
const materials: Record<string, Material> = {
  "00_derivative": { text: exercise00, solutions: solution00, holes: holes00 },
  "01_value": { text: exercise01, solutions: solution01, holes: holes01 },
  "02_rate_of_change": { text: exercise02, solutions: solution02, holes: holes02 },
  "03_chain_rule": { text: exercise03, solutions: solution03, holes: holes03 },
  "04_backpropagation": { text: exercise04, solutions: solution04, holes: holes04 },
  "05_engine": { text: exercise05, solutions: solution05, holes: holes05 },
  "06_neuron": { text: exercise06, solutions: solution06, holes: holes06 },
  "07_descent": { text: exercise07, solutions: solution07, holes: holes07 },
  "08_network": { text: exercise08, solutions: solution08, holes: holes08 },
  "09_two_moons": { text: exercise09, solutions: solution09, holes: holes09Solved },
  "10_compile": { text: exercise10, solutions: solution10, holes: holes10 },
  "11_gpt": { text: exercise11, solutions: solution11, holes: holes11 },
};

const hole = "return todo();";

/** A function, class or method of some source, from its first line to its last. */
function declaration(source: string, name: string): string {
  const found = new RegExp(`^(?:export )?(?:function|class) ${name}\\b[^]*?^}`, "m").exec(source) ??
    new RegExp(`^  (?:static )?${name}\\([^]*?^  }`, "m").exec(source);
  assert(found, `there is no ${name}`);
  return found[0];
}

/** An exercise with something else in some of its holes, or with its solutions. */
function filled(name: string, codes: Readonly<Record<string, string>> | "solved"): string {
  const { text, solutions, holes } = materials[name];
  const answers = codes === "solved"
    ? Object.keys(holes).map((hole) => [hole, ""])
    : Object.entries(codes);
  return answers.reduce((text, [name, code]) => {
    const empty = declaration(text, name);
    assertEquals(empty.split(hole).length, 2, `${name} holds not one hole`);
    const full = codes === "solved"
      ? declaration(solutions, name).replace("export ", "")
      : empty.replace(hole, () => code);
    return text.replace(empty, () => full);
  }, text);
}

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
    assertEquals(text.split(hole).length - 1, names.length);
    for (const verdict of Object.values(await verdicts(name, text))) {
      assertEquals(verdict, { mark: "·", lines: ["not yet"] });
    }
  });

  Deno.test(`exercise ${name} is all right with its solutions, and not without one of them`, async () => {
    assert(!solutions.includes("todo("));
    for (const verdict of Object.values(await verdicts(name, filled(name, "solved")))) {
      assertEquals(verdict.mark, "✓", verdict.lines.join("\n"));
    }
    for (const name of names) assertEquals(signature(solutions, name), signature(text, name));
  });

  for (const hole of names) {
    Deno.test(`exercise ${name} says what is wrong in ${hole}()`, async (t) => {
      const wrong = wrongAnswers.filter(([exercise, of]) => exercise === name && of === hole);
      assert(wrong.length >= 2, "test two wrong answers that people give");
      for (const [, , code, hint] of wrong) {
        await t.step(code, async () => {
          const verdict = (await verdicts(name, solvedBut(name, hole, code), hole))[hole];
          assertEquals(verdict.mark, "✗");
          assertStringIncludes(verdict.lines.at(-1)!, hint);
        });
      }
    });
  }
}

/** What stands before the body of a declaration, without spaces. */
function signature(source: string, name: string): string {
  return declaration(source, name).split("{\n")[0].replace(/export |\s|,(?=\s*\))/g, "");
}

/** An exercise with its solutions, but for one hole. */
function solvedBut(name: string, hole: string, code: string): string {
  const right = declaration(materials[name].solutions, hole).replace("export ", "");
  const wrong = declaration(filled(name, { [hole]: code }), hole);
  return filled(name, "solved").replace(right, () => wrong);
}
