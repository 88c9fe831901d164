import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 10 prints the code of three nodes, and all ways find the same gradients", async () => {
  const text = await output(() => import("../../lessons/10_compile.ts"));
  assertLines(text, [
    "const v1 = p[0] * x[0];",
    "const v2 = v1 + p[1];",
    "const v3 = Math.tanh(v2);",
    "const d2 = (1 - v3 * v3) * d3;",
    "g[0] += x[0] * d2;",
  ]);
  const y = Math.tanh(0.4);
  for (const [name, truth] of Object.entries({ y, "dy/dw": 2 * (1 - y * y), "dy/db": 1 - y * y })) {
    const [, byValues, compiled, mark] = row(text, `${name} `, "Three nodes");
    assertAlmostEquals(Number(byValues), truth, 1e-14);
    assertEquals([compiled, mark], [byValues, "✓"]);
  }
  for (
    const [name, heading] of [["compiled", "Two moons again"], ["two at a time", "Two at a time"]]
  ) {
    const [, sum, difference] = row(text, name, heading);
    assertEquals(sum, row(text, "Values", heading)[1]);
    assert(Number(difference) < 1e-12);
  }
});
