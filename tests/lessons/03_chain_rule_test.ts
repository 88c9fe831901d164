import { assertEquals } from "@std/assert";
import { output, row } from "./output.ts";

Deno.test("lesson 03 prints seven derivatives, each beside its nudge, then backward()", async () => {
  const text = await output(() => import("../../lessons/03_chain_rule.ts"));
  const truth = { L: 1, d: -2, f: 4, c: -2, e: -2, a: 6, b: -4 };
  for (const [name, derivative] of Object.entries(truth)) {
    const byHand = row(text, `dL/d${name}`, "All seven");
    const [local, upstream, product, nudge, mark] = byHand.slice(2);
    assertEquals(Number(local) * Number(upstream), derivative);
    assertEquals([product, nudge, mark], [`${derivative}`, derivative.toFixed(6), "✓"]);
    const found = row(text, `dL/d${name}`, "The promise of the next lesson");
    assertEquals(found.slice(1), [`${derivative}`, `${derivative}`, "✓"]);
  }
  assertEquals(row(text, "before").at(-1), "-8.000000");
  assertEquals(row(text, "after a step along the gradient").at(-1), "-7.286496");
});
