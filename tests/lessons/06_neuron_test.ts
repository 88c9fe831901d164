import { assert, assertEquals } from "@std/assert";
import { output, row } from "./output.ts";

Deno.test("lesson 06 prints the lecture's neuron, the same taken apart, and a saturated one", async () => {
  const text = await output(() => import("../../lessons/06_neuron.ts"));
  assertEquals(row(text, "o = tanh(n)").at(-1), "0.7071067812");
  const truth = { x1: -1.5, x2: 0.5, w1: 1, w2: 0, b: 0.5 };
  for (const [name, gradient] of Object.entries(truth)) {
    const cells = row(text, `${name} `, "Backward");
    assertEquals(cells.slice(2), [gradient.toFixed(6), gradient.toFixed(6), "✓"]);
    const apart = row(text, `do/d${name}`, "tanh, taken apart");
    assertEquals(apart.slice(1), [gradient.toFixed(12), gradient.toFixed(12), "✓"]);
  }
  const saturated = row(text, "20.00", "A neuron that cannot learn");
  assert(Math.abs(Number(saturated[3])) < 1e-10);
});
