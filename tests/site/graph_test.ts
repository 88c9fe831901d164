import { assertEquals } from "@std/assert";
import * as engine from "../../mod.ts";
import { readExpression } from "../../tools/site/live/expression.ts";
import {
  comparison,
  fromHash,
  marked,
  toHash,
  walk,
  wordsOf,
  written,
} from "../../tools/site/live/graph.ts";

/** An expression with the numbers that it gives its leaves. */
function read(source: string) {
  const expression = readExpression(source);
  const numbers = new Map([...expression.leaves].map(([name, number]) => [name, number ?? 1]));
  return { expression, numbers };
}

const lesson = read("e = a * b; d = e + c; L = d * f; a = 2; b = -3; c = 10; f = -2");

Deno.test("walk() goes back as many steps as are wanted, and not one further", () => {
  const grads = (steps?: number) => {
    const { graph, count } = walk(lesson, engine, steps);
    return [count, graph.output.grad, ...[...graph.leaves.values()].map(({ grad }) => grad)];
  };
  assertEquals(grads(0), [0, 0, 0, 0, 0, 0]);
  assertEquals(grads(1), [1, 1, 0, 0, 0, 4]);
  assertEquals(grads(2), [2, 1, 0, 0, -2, 4]);
  for (const steps of [3, 4, undefined]) assertEquals(grads(steps), [3, 1, 6, -4, -2, 4]);
});

Deno.test("wordsOf() says what a step did, with every number", () => {
  const words = (source: string, steps: number) => {
    const given = read(source);
    return wordsOf(walk(given, engine, steps), walk(given, engine).count);
  };
  const source = "e = a * b; L = (e + c) * f; a = 2; b = -3; c = 10; f = -2";
  assertEquals(words(source, 0), {
    text: "Before the first step, every gradient is 0. The gradient of L with respect to itself " +
      "is 1: the backward pass starts there.",
    operands: [],
  });
  const complete = (number: string) =>
    `Its gradient is complete: ${number}. It goes to each operand, times the local derivative:`;
  assertEquals(words(source, 1), {
    text: `Step 1 of 3: L, the result of *. ${complete("1")}`,
    operands: [
      "the + node: local derivative −2 × upstream gradient 1 = −2, added to 0: its gradient is −2.",
      "f: local derivative 4 × upstream gradient 1 = 4, added to 0: its gradient is 4.",
    ],
  });
  assertEquals(words(source, 2).text, `Step 2 of 3: the + node. ${complete("−2")}`);
  assertEquals(
    words(source, 3).operands[0],
    "a: local derivative −3 × upstream gradient −2 = 6, added to 0: its gradient is 6.",
  );
  assertEquals(words("y = a * b + a * 5; a = 3; b = 4", 3), {
    text: `Step 3 of 3: the * node. ${complete("1")}`,
    operands: [
      "a: local derivative 4 × upstream gradient 1 = 4, added to 5: its gradient is 9.",
      "b: local derivative 3 × upstream gradient 1 = 3, added to 0: its gradient is 3.",
    ],
  });
  // A number has no name but itself.
  assertEquals(
    words("a * 5; a = 3", 1).operands[1],
    "5: local derivative 3 × upstream gradient 1 = 3, added to 0: its gradient is 3.",
  );
});

Deno.test("comparison() says whether a nudge finds the derivative of backpropagation", () => {
  const rows = (source: string) => comparison(read(source), engine);
  assertEquals(comparison(lesson, engine), [
    ["dL/da", "6", "6.000000", "✓"],
    ["dL/db", "−4", "−4.000000", "✓"],
    ["dL/dc", "−2", "−2.000000", "✓"],
    ["dL/df", "4", "4.000000", "✓"],
  ]);
  assertEquals(rows("a * 3; a = 0"), [["d…/da", "3", "3.000000", "✓"]]);
  // Its slope jumps from 0 to 1: the nudge finds something between.
  assertEquals(rows("y = relu(x); x = 0"), [["dy/dx", "0", "0.500000", "✗"]]);
  assertEquals(rows("y = -relu(x); x = 0"), [["dy/dx", "0", "−0.500000", "✗"]]);
  // The nudge finds h²: close to 0.
  assertEquals(rows("y = x ** 3; x = 0"), [["dy/dx", "0", "0.000000", "✓"]]);
  // Where numbers are large, so are the nudge and what is close.
  assertEquals(rows("y = x * x; x = 1e9")[0][3], "✓");
  const [[, backward, nudged, close]] = rows("y = x ** 9; x = 10");
  // With h = 10⁻³ a central difference is too large by f‴(x) · h² / 6 = 9 · 8 · 7 · 10⁶ · 10⁻⁶ / 6 = 84.
  assertEquals([backward, Math.round(Number(nudged)), close], ["900000000", 900000084, "✓"]);
});

Deno.test("written() keeps six digits, with the minus sign of mathematics", () => {
  assertEquals(
    [2 / 3, -2, -1e-7, 1234567, 0.1 + 0.2].map(written),
    ["0.666667", "−2", "−1e-7", "1234570", "0.3"],
  );
});

Deno.test("marked() points at a character, and shows what a phone has room for", () => {
  assertEquals(marked("a + ) b", 4), "a + ) b\n    ▲");
  assertEquals(marked("", 0), "\n▲");
  const digits = "0123456789".repeat(6);
  for (const at of [0, 9, 17, 18, 19, 30, 45, 46, 47, 59]) {
    const [shown, mark] = marked(digits, at).split("\n");
    // The mark is below the digit that is meant, and whatever is left out is marked.
    assertEquals(shown[mark.indexOf("▲")], `${at % 10}`);
    assertEquals(mark.trimStart(), "▲");
    assertEquals(shown.startsWith("… "), !shown.startsWith("0123") || at >= 20, `${at}`);
    const text = shown.replace(/^… | …$/g, "");
    const from = at - (mark.length - 1 - (shown.startsWith("… ") ? 2 : 0));
    assertEquals(text, digits.slice(from, from + text.length));
    assertEquals([shown.startsWith("… "), shown.endsWith(" …")], [
      from > 0,
      from + text.length < digits.length,
    ]);
  }
});

Deno.test("the address of a page holds an expression, whatever is in it", () => {
  const { expression, numbers } = lesson;
  assertEquals(toHash(expression, numbers), "#e=a*b;d=e+c;L=d*f;a=2;b=-3;c=10;f=-2");
  for (const source of ["y = x ** 2; x = 1.5", "é = ü + 1; ü = 2", "a * 2; a = 1e-7"]) {
    const { expression, numbers } = read(source);
    const again = read(fromHash(toHash(expression, numbers))!);
    assertEquals(again.numbers, numbers);
    const value = (given: typeof again) => walk(given, engine).graph.output.data;
    assertEquals(value(again), value({ expression, numbers }));
  }
  assertEquals(toHash({ ...expression, text: "a # b" }, new Map()).slice(0, 7), "#a%23b;");
  assertEquals(["", "#", "#%E0%A4%A"].map(fromHash), [undefined, undefined, undefined]);
  assertEquals(fromHash("#q%20=%20p"), "q = p");
});
