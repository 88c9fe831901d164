import { assertAlmostEquals, assertEquals } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

// L = (a·b + c)·f, by algebra: dL/da = b·f, dL/db = a·f, dL/dc = f, dL/df = a·b + c.
const rates = { a: 6, b: -4, c: -2, f: 4 };
const L = (a: number, b: number, c: number, f: number) => (a * b + c) * f;

Deno.test("lesson 02 prints the four rates of change by nudging", async () => {
  const text = await output(() => import("../../lessons/02_rate_of_change.ts"));
  const chain = { "e = a·b": -3, "d = e + c": -3, "L = d·f": 6 };
  for (const [name, rate] of Object.entries(chain)) {
    assertEquals(row(text, name, "change / h\n").slice(-2), [
      (rate * 1e-4).toFixed(4),
      rate.toFixed(6),
    ]);
  }
  assertLines(text, ["(-3.000) · 1.000 · (-2.000) = 6.000", "4 inputs took 5 evaluations of L."]);
  for (const [name, rate] of Object.entries(rates)) {
    const cells = row(text, `${name} `, "when it grows, L\n");
    assertEquals(cells[2], "-8.000000");
    assertAlmostEquals(Number(cells[3]), -8 + rate * 1e-4, 1e-6);
    assertEquals(cells.slice(4), [rate.toFixed(6), rate > 0 ? "rises" : "falls"]);
  }
});

Deno.test("lesson 02 adds up what each input changes, and predicts as well as small steps allow", async () => {
  const text = await output(() => import("../../lessons/02_rate_of_change.ts?again"));
  const path = [2, -3, 10, -2];
  for (const [k, [name, rate]] of Object.entries(rates).entries()) {
    const before = L(path[0], path[1], path[2], path[3]);
    path[k] += 0.01;
    const added = L(path[0], path[1], path[2], path[3]) - before;
    const cells = row(text, `${name} `, "added to L\n");
    assertEquals(cells, [name, (rate * 0.01).toFixed(4), added.toFixed(4)]);
  }
  const [, predicted, added] = row(text, "all four", "added to L\n");
  assertEquals([predicted, added], ["0.0400", (L(2.01, -2.99, 10.01, -1.99) + 8).toFixed(4)]);
  // L is a straight line in each input alone.
  for (const [step, L] of [["0.1, 0, 0, 0", "-7.4000"], ["0, 0.1, 0, 0", "-8.4000"]]) {
    assertEquals(row(text, step, "off by\n"), [step, L, L, "0.0000"]);
  }
  for (const [step, off] of [["0.1", "0.0190"], ["0.01", "0.0002"]]) {
    const x = Number(step), all = Array(4).fill(step).join(", ");
    const moved = L(2 + x, -3 + x, 10 + x, -2 + x);
    const cells = row(text, all, "off by\n");
    assertEquals(cells, [all, (-8 + 4 * x).toFixed(4), moved.toFixed(4), off]);
  }
});
