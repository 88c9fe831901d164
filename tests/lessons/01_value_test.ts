import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 01 prints Values, their operations and operands, and refuses a * b", async () => {
  const text = await output(() => import("../../lessons/01_value.ts"));
  assertLines(text, [
    'Value(data=2, label="a")',
    'Value(data=6, label="b")',
    'Value(data=8, label="c")',
    'Value(data=12, label="d")',
  ]);
  assertEquals(row(text, "c ", "What a result remembers"), ["c", "8", "+", "a, b"]);
  assertEquals(row(text, "d ", "What a result remembers"), ["d", "12", "*", "a, b"]);
  assertStringIncludes(text, "write a.mul(b): JavaScript cannot overload *");
});
