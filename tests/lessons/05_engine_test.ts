import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import lesson from "../../lessons/05_engine.ts" with { type: "text" };
import { assertLines, output, row } from "./output.ts";

const text = await output(() => import("../../lessons/05_engine.ts"));

Deno.test("lesson 05 derives local derivatives that calculus and nudging give, too", () => {
  const truth = {
    "x to the 3": 12,
    "x to the 2": 4,
    "x to the 1": 1,
    "x to the 0.5": Math.SQRT2 / 4,
    "x to the -1": -1 / 4,
    "x to the -2": -1 / 4,
    "a / 2, for a": 1 / 2,
    "3 / b, for b": -3 / 4,
    "a - 2, for a": 1,
    "3 - b, for b": -1,
    "exp": Math.exp(1.5),
    "log": 1 / 3,
    "3 to the x": 9 * Math.log(3),
    "x to the -3": -3 / 16,
    "tanh       0.5": 1 / Math.cosh(0.5) ** 2,
    "tanh        -2": 1 / Math.cosh(2) ** 2,
    "relu         3": 1,
    "relu        -3": 0,
  };
  for (const [name, slope] of Object.entries(truth)) {
    assertEquals(row(text, name, "A quotient").slice(-3), [
      slope.toFixed(6),
      slope.toFixed(6),
      "✓",
    ]);
  }
  assertLines(text, [
    "3 · 4 = 12, gradients 4 and 3",
    "x · x · x at x = 2 is 8, its gradient 12",
    "after a second backward(): 24",
  ]);
  for (const [base, slope] of [[2, Math.LN2], [Math.E, 1], [3, Math.log(3)]]) {
    assertAlmostEquals(Number(row(text, base.toFixed(6), "exp")[1]), slope, 1e-6);
  }
});

Deno.test("lesson 05's engine, a class and nine operations, has some forty lines", () => {
  const parts = [
    ...lesson.matchAll(/^class Scalar \{$[^]*?^\}$/gm),
    ...lesson.matchAll(/^function operation\([^]*?^\}$/gm),
    ...lesson.matchAll(/^const \w+ = operation\([^]*?\);$/gm),
  ].map(([part]) => part);
  assertEquals(parts.length, 1 + 1 + 9);
  const lines = parts.join("\n").split("\n").filter((line) => line.trim() !== "");
  assert(lines.length <= 44, `${lines.length} lines`);
});

Deno.test("lesson 05 finds the gradients that the README of micrograd prints, as mod.ts does", () => {
  const truth = { "g": 24.70408163265306, "dg/da": 138.83381924198252, "dg/db": 645.5772594752187 };
  for (const [name, published] of Object.entries(truth)) {
    const meeting = row(text, `${name} `, "Our engine meets");
    for (const found of [row(text, `${name} `, "Does it work?")[1], meeting[1], meeting[2]]) {
      assertAlmostEquals(Number(found), published, 1e-11);
    }
    assertEquals(meeting[3], "✓");
  }
  assertEquals(row(text, "dg/da", "Does it work?").slice(2), ["138.833819", "✓"]);
  assertEquals(row(text, "dg/db", "Does it work?").slice(2), ["645.577260", "✓"]);
});

Deno.test("lesson 05 and mod.ts find the gradients of a second expression that calculus gives", () => {
  const [u, v] = [0.5, 3], e = Math.exp(Math.tanh(u)), log = Math.log(v);
  const truth = {
    "s": e / log - v ** u,
    "ds/du": e / (log * Math.cosh(u) ** 2) - log * v ** u,
    "ds/dv": -e / (v * log ** 2) - u * v ** (u - 1),
  };
  for (const [name, number] of Object.entries(truth)) {
    const [, ours, theirs, mark] = row(text, `${name} `, "Our engine meets");
    assertAlmostEquals(Number(ours), number, 1e-12);
    assertAlmostEquals(Number(theirs), number, 1e-12);
    assertEquals(mark, "✓");
  }
});

Deno.test("lesson 05 answers what people ask about such an engine", () => {
  assertLines(text, [
    "sum: 7, local derivatives 1, 1",
    "dot: 39, local derivatives 5, 6, 3, 4",
    "our engine: RangeError: Maximum call stack size exceeded",
    "mod.ts: the first number has the gradient 1",
    "200001 nodes in order, each after its operands: true",
    "gradients with a closure:      -3, 2",
    "local derivatives of a Scalar: -3, 2",
  ]);
  const [, square, , forBase, forExponent] = row(text, "3 ", "A variable exponent");
  assertEquals([square, forBase], ["9", "6"]);
  assertEquals(forExponent, (9 * Math.log(3)).toFixed(6));
  assertEquals(row(text, "-2 ", "A variable exponent"), ["-2", "4", "NaN", "-4", "NaN"]);
  assert(!text.includes("✗"));
});
