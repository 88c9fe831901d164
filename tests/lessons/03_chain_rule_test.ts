import { assert, assertEquals } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 03 prints seven derivatives, each beside its nudge, then backward()", async () => {
  const text = await output(() => import("../../lessons/03_chain_rule.ts"));
  const truth = { L: 1, d: -2, f: 4, c: -2, e: -2, a: 6, b: -4 };
  for (const [name, derivative] of Object.entries(truth)) {
    const alone = text.split("\n").find((line) => line.startsWith(`  dL/d${name} = `))!;
    assert(alone.endsWith(`= ${derivative}   by nudging: ${derivative.toFixed(6)}`), alone);
    const byHand = row(text, `dL/d${name} `, "All seven");
    const [product, nudge, mark] = byHand.slice(-3);
    assertEquals([product, nudge, mark], [`${derivative}`, derivative.toFixed(6), "✓"]);
    if (name !== "L") {
      const [local, upstream] = byHand.slice(2);
      assertEquals(Number(local) * Number(upstream), derivative);
    }
    const found = row(text, `dL/d${name} `, "The promise of the next lesson");
    assertEquals(found.slice(1), [`${derivative}`, `${derivative}`, "✓"]);
  }
  // (2.06 · (−3.04) + 9.98) · (−1.96), and (1.94 · (−2.96) + 10.02) · (−2.04)
  assertLines(text, [
    "dL/da, as in lesson 02: 6.000000",
    "before                 L = -8.000000",
    "along the gradient     L = -7.286496",
    "against the gradient   L = -8.726304",
  ]);
  assertEquals(row(text, "│   │   └── b", "by L.backward()").at(-1), "grad -4");
});
