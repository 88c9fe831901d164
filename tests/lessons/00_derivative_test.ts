import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { output, row } from "./output.ts";

Deno.test("lesson 00 prints the slopes by nudging and by calculus, and what h does", async () => {
  const text = await output(() => import("../../lessons/00_derivative.ts"));
  // 3 · 9 − 4 · 3 + 5 = 20. A step of h changes f by (6x − 4)h + 3h²: 0.014 + 0.000003 at 3.
  assertStringIncludes(text, "f(3) = 20.000000, f(3.001) = 20.014003\n");
  assertStringIncludes(text, "rise = 0.014003, rise / h = 14.003000\n");
  for (const h of [2, 1, 0.1, 0.01, 0.001]) {
    assertEquals(row(text, `${h} `, "rise / h\n"), [`${h}`, (14 + 3 * h).toFixed(6)]);
  }
  for (const [x, slope] of [[-3, -22], [0, -4], [1, 2], [3, 14]]) {
    const nudged = (slope + 3 * 0.001).toFixed(6);
    assertEquals(row(text, `${x} `, "agree to 3h\n"), [`${x}`, `${slope}`, nudged, "✓"]);
  }
  // At its lowest point f is 5 − 4²/(4 · 3) = 11/3, and 0.1 beside it 3 · 0.1² more.
  const lowest = "Where the slope is zero";
  assertEquals(row(text, "0.566667", lowest), ["0.566667", "3.696667", "-0.600000", "-0.599997"]);
  assertEquals(row(text, "0.666667", lowest), ["0.666667", "3.666667", "0.000000", "0.000003"]);
  assertEquals(row(text, "0.766667", lowest), ["0.766667", "3.696667", "0.600000", "0.600003"]);
  assertStringIncludes(text, "At 2/3 exactly: 2.999378523327323e-6.");

  const study = "off by\n";
  for (const h of ["1e-1", "1e-2", "1e-3", "1e-4", "1e-6"]) {
    const [, forward, error] = row(text, h, study);
    assertAlmostEquals(Number(forward), 14 + 3 * Number(h), 1e-8);
    assertAlmostEquals(Number(error), 3 * Number(h), 0.05 * Number(h));
  }
  assertEquals(row(text, "1e-3", study).slice(3), ["13.9999999999993", "6.5e-13"]);
  // The errors of the central difference cancel: while h is large, only rounding is left.
  for (const h of ["1e-1", "1e-2", "1e-3", "1e-4"]) assert(Number(row(text, h, study)[4]) < 1e-10);
  assertEquals(row(text, "1e-8", study)[1], "14.00000009");
  assertEquals(row(text, "1e-15", study)[1].slice(0, 5), "10.65");
  assertEquals(Number(row(text, "1e-16", study)[1]), 0);
  assert(!text.includes("✗"));
});

Deno.test("lesson 00 draws the parabola and its secants", async () => {
  const text = await output(() => import("../../lessons/00_derivative.ts?again"));
  for (const name of ["f", "h = 2", "h = 1", "h = 0.001"]) {
    assert(text.split("\n").some((line) => /[⠁-⣿┤]/.test(line) && line.endsWith(name)), name);
  }
});
