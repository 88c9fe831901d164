// Every exercise as it is, with its solutions, and with wrong answers: the right mark, the right hint.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { judge, type Test, type Verdict } from "../../exercises/check.ts";
import { filled, holesOf, signature, solved } from "./fill.ts";
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
    for (const verdict of Object.values(await verdicts(name, text))) {
      assertEquals(verdict, { mark: "·", lines: ["not yet"] });
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
      for (const [hole, { mark, lines }] of Object.entries(rest)) {
        assert(mark !== "✗", `${hole}: ${lines.join("\n")}`);
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
