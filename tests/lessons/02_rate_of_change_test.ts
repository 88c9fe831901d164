import { assertAlmostEquals, assertEquals } from "@std/assert";
import { output, row } from "./output.ts";

Deno.test("lesson 02 prints the four rates of change by nudging", async () => {
  const text = await output(() => import("../../lessons/02_rate_of_change.ts"));
  const under = "Nudge each input in turn";
  for (const [name, rate] of [["a", 6], ["b", -4], ["c", -2], ["f", 4]] as const) {
    const cells = row(text, `${name} `, under);
    assertEquals(cells[2], "-8.000000");
    assertAlmostEquals(Number(cells[3]), -8 + rate * 1e-4, 1e-6);
    assertEquals(cells[4], rate.toFixed(6));
  }
});
