import { assert, assertEquals } from "@std/assert";
import compile from "../../engine/compile/compile.ts" with { type: "text" };
import operations from "../../engine/operations.ts" with { type: "text" };
import simd from "../../engine/compile/simd.ts" with { type: "text" };
import value from "../../engine/value.ts" with { type: "text" };
import { apply, equivalent, lines, mutantsOf } from "../../tools/mutate.ts";

/** What mutants make of a line of code. */
function mutated(line: string): string[] {
  return mutantsOf("a.ts", line).map((mutant) => apply(mutant, line).trim());
}

Deno.test("mutantsOf() changes operators, numbers, names, order, conditions and statements", () => {
  const cases: [line: string, mutants: string[]][] = [
    ["x += w * y;", ["x = w * y;", "x -= w * y;", "x += w / y;", "x += w;", "x += y;", ""]],
    ["if (i < 8) go();", ["if (true) go();", "if (false) go();", "if (i <= 8) go();"]],
    ["return a - b;", ["return a + b;", "return b - a;", "return a;", "return b;"]],
    ["const t = f(x, 1);", ["const t = f(x, 0);", "const t = f(x, 2);"]],
    ["const list = [-p, q].reverse();", [
      "const list = [p, q].reverse();",
      "const list = [-p, q];",
    ]],
    ["const y = -x > 0 ? 1 : NaN;", ["const y = -x > 0 ? 1 : 1;", "const y = x > 0 ? 1 : NaN;"]],
    ["const { data, grad } = v;", []],
  ];
  for (const [line, expected] of cases) {
    const actual = mutated(line);
    for (const mutant of expected) {
      assert(actual.includes(mutant), `${line} does not become ${mutant}: ${actual.join(" | ")}`);
    }
  }
});

Deno.test("mutantsOf() leaves comments, types, imports and what is said to people alone", () => {
  for (
    const text of [
      "// x + 1",
      "/** a - b\n * if (x > 0) 1 */",
      "interface A {\n  a: 1 | 2;\n}",
      'import { a, b } from "./c.ts";',
      "throw new TypeError(\n  `write ${a - b}`,\n);\n",
      'say("1 + 1 is 2 and more");',
    ]
  ) assertEquals(mutated(text).filter((text) => text !== ""), [], text);
});

Deno.test("mutantsOf() makes different texts, each of which is not the engine's", () => {
  const texts = mutantsOf("value.ts", value).map((mutant) => apply(mutant, value));
  assert(texts.length > 300);
  assertEquals(new Set(texts).size, texts.length);
  assert(!texts.includes(value));
});

Deno.test("what is said to make no difference is among the mutants", () => {
  const made = [operations, value, compile, simd].flatMap((text) =>
    mutantsOf("a.ts", text).map((mutant) => lines(mutant, text).slice(1).join("\n"))
  );
  for (const { line, becomes } of equivalent) {
    for (const after of becomes) assert(made.includes(`${line}\n${after}`), `${line}\n${after}`);
  }
});
