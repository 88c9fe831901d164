import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import picture from "../docs/graph.svg" with { type: "text" };
import { newWeights } from "../lessons/gpt.ts";
import { draw, MLP, Random } from "../mod.ts";
import readme from "../README.md" with { type: "text" };
import { exercises } from "../exercises/checks/check.ts";
import { lessonGraph } from "./engine/lesson_graph.ts";
import { lessons } from "./lessons/all.ts";
import { cellsOf } from "./lessons/source.ts";

Deno.test("README.md has a row for each lesson: script, notebook, minutes, and its exercise", () => {
  const rows = [...readme.matchAll(/^\| (\d\d) .*$/gm)];
  assertEquals(rows.map(([, number]) => number), lessons.map(([name]) => name.slice(0, 2)));
  for (const [k, [row]] of rows.entries()) {
    const [name] = lessons[k], [lesson, minutes, shows] = row.slice(2, -2).split(/ +\| +/);
    const links = [...lesson.matchAll(/\[(\w+)\]\(([^)]*)\)/g)].map((
      [, text, path],
    ) => [text, path]);
    const practised: readonly string[] = exercises;
    assertEquals(links, [
      ["script", `lessons/${name}.ts`],
      ["notebook", `notebooks/${name}.ipynb`],
      ...(practised.includes(name) ? [["exercise", `exercises/${name}.ts`]] : []),
    ]);
    assertMatch(minutes, /^[1-9]?[05]$/);
    const off = Number(minutes) - minutesOf(lessons[k][1]);
    assert(Math.abs(off) < 5, `lesson ${name} takes ${Number(minutes) - off} minutes to read`);
    assertMatch(shows, /^.{40,160}$/);
  }
});

/** What reading a lesson takes: a minute for 180 words of prose, or for 12 lines of code. */
function minutesOf(lesson: string): number {
  const parts = (isProse: boolean, between: RegExp) =>
    cellsOf(lesson).filter((cell) => cell.isProse === isProse)
      .flatMap(({ text }) => text.split(between)).filter((part) => part.trim() !== "").length;
  return parts(true, /\s+/) / 180 + parts(false, /\n/) / 12;
}

Deno.test("README.md counts the parameters of the networks as they are", () => {
  const count = (inputs: number, sizes: number[]) => new MLP(inputs, sizes).parameters().length;
  assertStringIncludes(readme, ` ${count(3, [4, 4, 1])} parameters learn four examples;`);
  assertStringIncludes(readme, ` ${count(2, [16, 16, 1])} parameters learn a curve:`);
  const gpt = Object.values(newWeights(new Random(1))).flat(2).length;
  const counts = readme.match(/GPT of (\S+) parameters/g);
  assertEquals(counts, [`GPT of ${gpt.toLocaleString("en")} parameters`]);
});

Deno.test("README.md starts with the learner: two commands, and lesson 00", () => {
  const start = readme.slice(0, readme.indexOf("\n## "));
  assertStringIncludes(start, "**Start here**: [lesson 00](notebooks/00_derivative.ipynb)");
  assertEquals(/```sh\n([^`]*)```/.exec(start)?.[1].trim().split("\n"), [
    "npx --yes deno run lessons/00_derivative.ts",
    "npx --yes deno task lab",
  ]);
});

Deno.test("docs/graph.svg is what draw() draws of lesson 03", async () => {
  const { L } = lessonGraph();
  L.backward();
  assertEquals(picture, await draw(L).svg());
});
