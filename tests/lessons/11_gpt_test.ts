import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import network from "../../lessons/gpt.ts" with { type: "text" };
import lesson from "../../lessons/11_gpt.ts" with { type: "text" };
import data from "../../lessons/names.txt" with { type: "text" };
import { output, row } from "./output.ts";

const text = await output(() => import("../../lessons/11_gpt.ts"));

/** The names that the lesson prints after a heading. */
function names(heading: string): string[] {
  const [, listed] = text.split(`${heading}\n`);
  return listed.split(/\n *(?:\d|\n)/)[0].split(/,\s+/).map((name) => name.trim());
}

Deno.test("lesson 11 builds what stands in lessons/gpt.ts", () => {
  const parts = network.split(/^export /m).slice(1);
  assertEquals(parts.length, 17);
  for (const part of parts) {
    assertStringIncludes(lesson, part.replace(/\n\/\*\*[^]*\*\/\n$/, "").trim());
  }
});

Deno.test("lesson 11 knows its data: 32,033 names, and what counting pairs can reach", () => {
  assertStringIncludes(text, "32033 names, 29494 different: ");
  assertEquals(row(text, "1/27 for each").at(-1), Math.log(27).toFixed(4));
  // Karpathy's makemore reaches 2.454 with all pairs counted alike; here each name counts alike.
  assertAlmostEquals(Number(row(text, "counted, after each letter").at(-1)), 2.454, 0.01);
  assertStringIncludes(text, "4192 parameters together");
});

Deno.test("lesson 11 follows softmax, RMSNorm, attention and the residual stream by hand", () => {
  const shares = [1, 0, 2].map((score) => Math.exp(score) / (Math.E + 1 + Math.E ** 2));
  for (const [k, score] of ["1", "0", "2"].entries()) {
    assertEquals(row(text, score, "e to its power").at(-1), shares[k].toFixed(4));
  }
  const minusLog = (-Math.log(shares[2])).toFixed(6);
  assertStringIncludes(
    text,
    `surprise ${minusLog}, −log of the share ${minusLog}`.replaceAll("−", "-"),
  );
  assertStringIncludes(text, `shares: ${shares.map((share) => share.toFixed(4)).join("  ")}`);
  const result = [10 * (shares[0] + shares[2]), 10 * (shares[1] + shares[2])];
  assertStringIncludes(text, `result: ${result.map((x) => x.toFixed(4)).join("  ")}`);
  const rms = Math.sqrt(12.5 + 1e-5);
  assertStringIncludes(text, `(3, 4) becomes ${(3 / rms).toFixed(4)}  ${(4 / rms).toFixed(4)}`);
  assertStringIncludes(text, `x + 0.1 · x:  ${(1.1 ** 10).toFixed(4)}`);
  assertEquals(row(text, "token", "by nudging").length, 4);
  assert(!text.includes("✗"));
});

Deno.test("lesson 11 explains Adam: the first step is the learning rate, whatever the gradient", () => {
  const moves = text.slice(text.indexOf("gradient 0.001"));
  assertEquals(row(moves, "1 ").slice(1), Array(4).fill("-0.010000"));
  const [, steady, small, undecided] = row(moves, "6 ").map(Number);
  assertEquals([steady, small], [-0.01, -0.01]);
  assert(Math.abs(undecided) < 0.001);
});

Deno.test("lesson 11 trains to what every implementation reaches, as Values and compiled", () => {
  const progress = [...text.matchAll(/ 50\/50 {2}loss of the last 100 names (\S+)/g)];
  assertEquals(progress.length, 2);
  for (const [, loss] of progress) assertAlmostEquals(Number(loss), 2.315, 0.005);
  const under = "loss, as Values";
  assertAlmostEquals(Number(row(text, "1 ", under)[1]), Math.log(27), 0.1);
  for (const step of ["1 ", "2 ", "10 ", "100 ", "1000 "]) {
    const [, values, compiled, mark] = row(text, step, under);
    assertAlmostEquals(Number(values), Number(compiled), 1e-9);
    assertEquals(mark, "✓");
  }
});

Deno.test("lesson 11 invents twenty names, unlike those before training", () => {
  const before = names("Twenty names before training:");
  const after = names("Twenty names after training:");
  assertEquals([before.length, after.length], [20, 20]);
  const known = new Set(data.split("\n"));
  const isNew = after.filter((name) => !known.has(name)).length;
  assert(isNew > 5);
  assertStringIncludes(text, `${isNew} of them are not in the data`);
  const vowels = (list: string[]) => {
    const letters = list.join("");
    return letters.replace(/[^aeiouy]/g, "").length / letters.length;
  };
  // Of the letters of the data, 47 % are vowels with y; at random it would be 6 of 26.
  assert(vowels(before) < 0.35 && vowels(after) > 0.4);
});

Deno.test("lesson 11 shows where a head looks: both l at the e", () => {
  const map = text.slice(text.indexOf("What it looks at"));
  const rows = [...map.matchAll(/^ *l (.*)$/gm)].slice(0, 2)
    .map(([, cells]) => cells.match(/\d+/g)!.map(Number));
  assertEquals(rows.map((cells) => cells.length), [7, 8]);
  for (const cells of rows) {
    assertEquals(cells.indexOf(Math.max(...cells)), 5);
    assertAlmostEquals(cells.reduce((sum, cell) => sum + cell), 100, 4);
  }
});
