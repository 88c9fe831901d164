import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Random } from "../../mod.ts";
import network from "../../lessons/gpt.ts" with { type: "text" };
import lesson from "../../lessons/11_gpt.ts" with { type: "text" };
import data from "../../lessons/names.txt" with { type: "text" };
import golden from "../torch/lessons.json" with { type: "json" };
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
  assertStringIncludes(text, "32033 names, 29494 different:\n  vaida, engel, ");
  assertEquals(row(text, "1/27 for each").at(-1), Math.log(27).toFixed(4));
  // Karpathy's makemore reaches 2.454 with all pairs counted alike; here each name counts alike.
  assertAlmostEquals(Number(row(text, "counted, after each letter").at(-1)), 2.454, 0.01);
  assertStringIncludes(text, "4192 parameters together");
});

Deno.test("lesson 11 follows softmax, RMSNorm, attention and the residual stream by hand", () => {
  const probabilities = [1, 0, 2].map((score) => Math.exp(score) / (Math.E + 1 + Math.E ** 2));
  const minusLog = (-Math.log(probabilities[2])).toFixed(6);
  assertStringIncludes(text, `cross-entropy:           ${minusLog}`);
  assertStringIncludes(text, `-log of the probability: ${minusLog}`);
  assertStringIncludes(text, `weights: ${probabilities.map((p) => p.toFixed(4)).join("  ")}`);
  const [first, second, third] = probabilities;
  const result = [10 * (first + third), 10 * (second + third)];
  assertStringIncludes(text, `result:  ${result.map((x) => x.toFixed(4)).join("  ")}`);
  const rms = Math.sqrt(12.5 + 1e-5);
  assertStringIncludes(text, `(3, 4) becomes ${(3 / rms).toFixed(4)}  ${(4 / rms).toFixed(4)}`);
  assertStringIncludes(text, `x + 0.1 · x:  ${(1.1 ** 10).toFixed(4)}`);
  assertStringIncludes(text, "the second column: 2.0000  5.0000");
  const lengths = new Set(
    new Random(42).shuffle(data.trim().split("\n")).slice(0, 1000).map(({ length }) => length),
  );
  assertStringIncludes(text, `${lengths.size} kernels of 4192 parameters`);
  assertEquals(row(text, "token", "by nudging").length, 4);
  assertAlmostEquals(Number(/emma: loss (\d\S+),/.exec(text)![1]), Math.log(27), 0.05);
  assert(!text.includes("✗"));
});

Deno.test("lesson 11 trains as PyTorch does, from the same weights: as Values, and compiled", () => {
  const losses = golden["11"];
  const shown = [...text.matchAll(/ \d+\/10 {2}mean loss of (\d+) names (\S+)/g)]
    .map(([, count, loss]) => [Number(count), loss]);
  const mean = (from: number, to: number) =>
    (losses.slice(from, to).reduce((sum, loss) => sum + loss) / (to - from)).toFixed(4);
  const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  assertEquals(shown, [
    ...tenths.map((k) => [10 * k, mean(0, 10 * k)]),
    ...tenths.map((k) => [100, mean(100 * (k - 1), 100 * k)]),
  ]);
  assert(Number(mean(900, 1000)) < countingOfTheLast100());
  for (const step of [1, 2, 3, 10, 100]) {
    const [, values, compiled, mark] = row(text, `${step} `, "loss, as Values");
    for (const loss of [values, compiled]) {
      assertAlmostEquals(Number(loss), losses[step - 1], 1e-9);
    }
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

Deno.test("lesson 11 shows where a head looks: both l at the e, b at the a before it", () => {
  const map = text.slice(text.indexOf("What it looks at"));
  const rows = [...map.matchAll(/^ *l (.*)$/gm)].slice(0, 2)
    .map(([, cells]) => cells.match(/\d+/g)!.map(Number));
  assertEquals(rows.map((cells) => cells.length), [7, 8]);
  for (const cells of rows) {
    assertEquals(cells.indexOf(Math.max(...cells)), 5);
    assertAlmostEquals(cells.reduce((sum, cell) => sum + cell), 100, 4);
    assert(cells[5] > 50);
  }
  const ofB = /^ *b (.*)$/m.exec(map)![1].match(/\d+/g)!.map(Number);
  assert(ofB.length === 5 && ofB[3] > 50);
});

/** What pairs of letters, counted in all names, reach on the names of the last 100 steps. */
function countingOfTheLast100(): number {
  const names = new Random(42).shuffle(data.trim().split("\n"));
  const counts = new Map<string, number>();
  const pairsOf = (name: string) => [...`.${name}`].map((letter, k) => letter + (name[k] ?? "."));
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const pair of names.flatMap(pairsOf)) for (const key of [pair, pair[0]]) add(key);
  const losses = names.slice(900, 1000).map((name) => {
    const pairs = pairsOf(name);
    return -pairs.reduce(
      (sum, pair) => sum + Math.log(counts.get(pair)! / counts.get(pair[0])!),
      0,
    ) /
      pairs.length;
  });
  const mean = losses.reduce((sum, loss) => sum + loss) / 100;
  assertAlmostEquals(mean, 2.43, 0.005);
  return mean;
}
