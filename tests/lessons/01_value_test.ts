import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 01 prints Values, their operations and operands, and refuses a * b", async () => {
  const text = await output(() => import("../../lessons/01_value.ts"));
  assertLines(text, [
    "8 = 2 + 6",
    "8 = 2 · 4",
    'Value(data=2, label="a")',
    'Value(data=6, label="b")',
    'Value(data=8, label="c")',
    'Value(data=12, label="d")',
    "a + a has the operands a, a: 1 distinct one.",
    "a · a has the operands a, a, too.",
    "a - b = -4, from a, b",
    "b - a = 4, from b, a",
    "2 - b = -4, and 1 / a = 0.5",
  ]);
  const remembers = "What a result remembers";
  assertEquals(row(text, "a ", remembers), ["a", "2", "(leaf)"]);
  assertEquals(row(text, "c ", remembers), ["c", "8", "+", "a, b"]);
  assertEquals(row(text, "d ", remembers), ["d", "12", "*", "a, b"]);
  assertEquals(row(text, "e = *"), ["e = *", "data 96"]);
  assertEquals(text.match(/^ +[├└]── [ab] +the same node as above$/gm)?.length, 2);
  assertStringIncludes(text, "write a.mul(b) for a * b");
});
