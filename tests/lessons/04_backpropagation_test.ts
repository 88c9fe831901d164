import { assert, assertEquals } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 04 prints where the obvious program goes wrong, and the right gradients", async () => {
  const text = await output(() => import("../../lessons/04_backpropagation.ts"));
  assertLines(text, [
    "4 · (-2): local derivatives -2, 4",
    "-6 + 10: local derivatives 1, 1",
    "dq/dp = 2",
    "dc/db = 2, and it should be 2  ✓",
    "dc/da = 6, and it should be 4  ✗ off by 2",
    "order:     a → b → c",
    "backwards: c → b → a",
    "dc/da = 4  ✓",
  ]);
  // y = (a + b) + a·b + (a + b)·a·b: dy/da = 1 + b + 2ab + b² and dy/db = 1 + a + a² + 2ab.
  const knot = "right order   by calculus";
  assertEquals(row(text, "dy/da", knot).slice(2), ["25", "25", "✓"]);
  assertEquals(row(text, "dy/db", knot).slice(2), ["19", "19", "✓"]);
  for (const name of ["a", "b"]) {
    const [, obvious, right] = row(text, `dy/d${name}`, knot);
    assert(obvious !== right, "the obvious program must be wrong here");
  }
  assertEquals(row(text, "y = +"), ["y = +", "data 41", "grad", "1"]);
});

Deno.test("lesson 04 adds up what each use of x brings", async () => {
  const text = await output(() => import("../../lessons/04_backpropagation.ts?again"));
  const truth = { "x · x": [3, 6], "x + x": [1, 2], "x - x": [-1, 0], "2 · x": [2, 2] };
  for (const [y, [overwritten, added]] of Object.entries(truth)) {
    assertEquals(row(text, y, "with +=   "), [y, `${overwritten}`, `${added}`, added.toFixed(6)]);
  }
});

Deno.test("lesson 04 walks back node by node, and twice", async () => {
  const text = await output(() => import("../../lessons/04_backpropagation.ts?steps"));
  assertLines(text, [
    "d.grad = 0 + (-2 × 1) = -2",
    "f.grad = 0 + (4 × 1) = 4",
    "e.grad = 0 + (1 × -2) = -2",
    "c.grad = 0 + (1 × -2) = -2",
    "a.grad = 0 + (-3 × -2) = 6",
    "b.grad = 0 + (2 × -2) = -4",
    "backpropagate(y): 24, then 72",
    "y.backward():     24, then 48",
    "backpropagateAgain(y): 24, then 48",
    "y.backward(), y.zeroGrad(), y.backward(): 24",
  ]);
  for (const [name, rate] of Object.entries({ a: 6, b: -4, c: -2, f: 4 })) {
    assertEquals(row(text, `dL/d${name}`, "backward()          nudge").slice(1), [
      `${rate}`,
      rate.toFixed(9),
      "✓",
    ]);
  }
});
