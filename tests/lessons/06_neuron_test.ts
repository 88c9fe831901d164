import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

const text = await output(() => import("../../lessons/06_neuron.ts"));

Deno.test("lesson 06 prints the lecture's neuron and its gradients, with tanh whole and apart", () => {
  assertLines(text, ["n = 0.8813735870", "o = 0.7071067812"]);
  const truth = { x1: -1.5, x2: 0.5, w1: 1, w2: 0, b: 0.5 };
  for (const [name, gradient] of Object.entries(truth)) {
    const cells = row(text, `${name} `, "Backward");
    assertEquals(cells.slice(1), [gradient.toFixed(6), gradient.toFixed(6), "✓"]);
    const apart = row(text, `${name} `, "tanh, taken apart");
    assertEquals(apart.slice(1), [gradient.toFixed(12), gradient.toFixed(12), "✓"]);
  }
  assertLines(text, ["= x1 · (1 - o²)", "= 2 · 0.5", "= 1"]);
});

Deno.test("lesson 06 shows the line: positive at (2, 0) and (0, 2), negative at the others", () => {
  const map = text.slice(text.indexOf("The line of a neuron")).split("\n")
    .filter((line) => /^ {2}[·+o ]{40,}$/.test(line));
  const marks = map.join("").replace(/[^+o]/g, "");
  assertEquals(marks, "+o+o"); // from the top: (0, 2), (4, 1), (2, 0), (3, -3)
  assertEquals(map.length, 22);
  for (const line of map) assertMatch(line, /^ {2}[·+]+[ o]+$/); // positive on the left
});

Deno.test("lesson 06 shows how the gradient of a saturated neuron shrinks", () => {
  const table = "A neuron that cannot learn";
  for (const bias of [7, 8, 9, 10, 11, 12]) {
    // 1 − tanh² is 1 / cosh², and x₁ is 2.
    const [, o, gradient] = row(text, `${bias} `, table);
    assertEquals(o, Math.tanh(bias - 6).toFixed(9));
    assertEquals(gradient, (2 / Math.cosh(bias - 6) ** 2).toFixed(9));
  }
  assertAlmostEquals(Number(row(text, "12 ", table)[3]), Math.exp(-2), 1e-4);
});

Deno.test("lesson 06 shows where tanh and sigmoid overflow when they are taken apart", () => {
  const [low, high] = ["354 ", "355 "].map((n) => row(text, n, "The same on paper"));
  assertEquals(low.slice(1), ["1.000000, slope 0.000000", "1.000000, slope 0.000000"]);
  assertEquals(high.slice(1), ["1.000000, slope 0.000000", "NaN, slope NaN"]);
  assertLines(text, [
    "sigmoid:     0.000000, slope 0.000000",
    "taken apart: 0.000000, slope NaN",
  ]);
});

/** The lines of the picture number `k` after a heading. */
function pictureUnder(heading: string, k: number): string[] {
  const blocks = text.slice(text.indexOf(`\n${heading}\n`)).split(/\n +↑ .*\n/).slice(1);
  return blocks[k].split("\n\n")[0].split("\n");
}

Deno.test("lesson 06 compares the slope of sigmoid with a nudge", () => {
  for (const n of [-2, 0.5, 3]) {
    // y · (1 − y) is also 1 / (2 · cosh(n / 2))².
    const slope = (1 / (2 * Math.cosh(n / 2)) ** 2).toFixed(6);
    assertEquals(row(text, `${n} `, "y · (1 - y)   "), [`${n}`, slope, slope, "✓"]);
  }
});

Deno.test("lesson 06 draws the curves and their slopes", () => {
  const at = (picture: string[], name: string) =>
    picture.findIndex((line) => line.endsWith(`  ${name}`) || line.endsWith(` ${name}`));
  const squash = pictureUnder("Why squash at all?", 0);
  const zero = squash.findIndex((line) => /^ +0 ┤/.test(line));
  assert(at(squash, "with tanh") < zero && at(squash, "without tanh") > zero);
  // Far to the right, relu has the slope 1 of the top line; sigmoid and tanh are nearly level.
  const slopes = pictureUnder("Three activations", 1);
  const ticks = slopes.flatMap((line) => /^ +(\S+) ┤/.exec(line)?.[1] ?? []).map(Number);
  assertEquals([Math.max(...ticks), Math.min(...ticks)], [1, 0]);
  assertMatch(slopes[at(slopes, "relu")], /^ +1 ┤/);
  for (const name of ["sigmoid", "tanh"]) {
    assert(at(slopes, name) >= slopes.findIndex((line) => /^ +0 ┤/.test(line)) - 1);
  }
});
