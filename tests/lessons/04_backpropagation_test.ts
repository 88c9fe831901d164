import { assert, assertEquals } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 04 prints where the obvious program goes wrong, and the right gradients", async () => {
  const text = await output(() => import("../../lessons/04_backpropagation.ts"));
  assertEquals(row(text, "dc/da", "Where it goes wrong").slice(1, 3), ["6", "4"]);
  assertEquals(row(text, "dc/da", "The right order").slice(1), ["4", "4", "✓"]);
  const knot = "A knot";
  assertEquals(row(text, "dy/da", knot).slice(2), ["25", "25", "✓"]);
  assertEquals(row(text, "dy/db", knot).slice(2), ["19", "19", "✓"]);
  assert(row(text, "dy/da", knot)[1] !== "25", "the obvious program must be wrong here");
  assertLines(text, [
    "d.grad = 0 + (-2 × 1) = -2",
    "f.grad = 0 + (4 × 1) = 4",
    "e.grad = 0 + (1 × -2) = -2",
    "c.grad = 0 + (1 × -2) = -2",
    "a.grad = 0 + (-3 × -2) = 6",
    "b.grad = 0 + (2 × -2) = -4",
  ]);
  assertEquals(row(text, "y.backward() again").at(-1), "48");
  assertEquals(row(text, "y.zeroGrad(), then y.backward()").at(-1), "24");
});
