import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { output, row } from "./output.ts";

const text = await output(() => import("../../lessons/12_tensors.ts"));

Deno.test("lesson 12 shows a matrix product and its vector–Jacobian product beside Values", () => {
  // (1 2; 3 4; 5 6) times (10, 100); transposed, times (1, 10, 100).
  assertStringIncludes(text, "as Values: 210, 430, 650, in 3 nodes");
  assertStringIncludes(text, "as arrays: 210, 430, 650, in one");
  assertEquals(text.split(": 531, 642").length, 3);
  const outer = [1, 10, 100].flatMap((upstream) => [10, 100].map((x) => x * upstream)).join(", ");
  assertEquals(text.split(`: ${outer}`).length, 3);
});

Deno.test("lesson 12 shows grad, jit and vmap beside a loop over backward()", () => {
  const slopes = [-1, 0, 1, 2].map((x) => 2 * (0.5 * x - 1) * x + 0).join(", ");
  assertStringIncludes(text, `backward() in a loop: ${slopes}`);
  assertStringIncludes(text, `jit(vmap(grad())):    ${slopes}`);
  assertStringIncludes(text, "mul a c");
  assertStringIncludes(text, `1 times 0.1:         ${Math.fround(0.1)}\n`);
  assertStringIncludes(text, "1 times tensor(0.1): 0.1\n");
});

Deno.test("lesson 12 finds the losses of Values again with arrays, to 1e-9", () => {
  const rows = [...text.matchAll(/^ +(\S+) +(\d\.\d{12}) +(\d\.\d{12}) +(\S+)$/gm)];
  assertEquals(rows.length, 10 + 5);
  for (const [, , byValues, byArrays, mark] of rows) {
    assertAlmostEquals(Number(byValues), Number(byArrays), 1e-9);
    assertEquals(mark, "✓");
  }
  const losses = rows.map(([, , byValues]) => Number(byValues));
  assert(losses[9] < losses[0] / 2);
  assertAlmostEquals(losses[10], Math.log(27), 0.1);
});

Deno.test("lesson 12 says what the fast device does with exp", () => {
  assertStringIncludes(text, `on cpu:  ${Math.exp(0.3)}`);
  const fast = Number(/on wasm: +(\d\S+)/.exec(text)![1]);
  assert(fast !== Math.exp(0.3));
  assertAlmostEquals(fast, Math.exp(0.3), 1e-6);
});

Deno.test("lesson 12 measures every width", () => {
  for (const width of ["16", "64", "256"]) {
    const times = row(text, `${width} `, "(to compile)   float64").slice(1).map(Number);
    assertEquals(times.length, 5);
    assert(times.every((time) => time > 0));
  }
  const [, values, compiled, , float64, float32] = row(text, "256 ", "(to compile)   float64")
    .map(Number);
  assert(compiled < values / 4 && float64 < values / 4 && float32 < float64);
  assertEquals(row(text, "1024 ", "(to compile)   float64").length, 3);
});

Deno.test("lesson 12 adds the gradients of two halves to that of the whole", () => {
  const [, count, apart] = /(\d+) gradients, of all.*\n +largest difference: (\S+)/.exec(text)!;
  assertEquals(count, "337");
  assert(Number(apart) < 1e-15);
});
