import { assertEquals, assertStringIncludes } from "@std/assert";
import { output, row } from "./output.ts";

Deno.test("lesson 00 prints the slopes by nudging and by calculus, and what h does", async () => {
  const text = await output(() => import("../../lessons/00_derivative.ts"));
  assertEquals(row(text, "20.000000"), ["20.000000", "20.014003", "0.014003", "14.003000"]);
  assertEquals(row(text, "3", "The same slope, by calculus"), ["3", "14", "14.003000", "✓"]);
  assertStringIncludes(text, "At 2/3 exactly, the nudge gives 0.000002999378523327323.");
  const study = "How small should the nudge be?";
  assertEquals(row(text, "0.001", study).slice(1, 2), ["14.00300000"]);
  assertEquals(row(text, "0.001", study).slice(3, 4), ["13.9999999999993"]);
  assertEquals(row(text, "1e-8", study)[1], "14.00000009");
  assertEquals(row(text, "1e-15", study)[1].slice(0, 5), "10.65");
  assertEquals(Number(row(text, "1e-16", study)[1]), 0);
});
