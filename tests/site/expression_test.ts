import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Value } from "../../mod.ts";
import { ExpressionError, readExpression } from "../../tools/site/live/expression.ts";

/** What an expression is, and its derivatives, with the numbers that it gives itself. */
function computed(source: string): { data: number; grads: Record<string, number> } {
  const { leaves, build } = readExpression(source);
  const numbers = new Map([...leaves].map(([name, number]) => [name, number ?? 1]));
  const graph = build(Value, numbers);
  graph.output.backward();
  return {
    data: graph.output.data,
    grads: Object.fromEntries([...graph.leaves].map(([name, { grad }]) => [name, grad])),
  };
}

Deno.test("readExpression() makes the graph of lesson 03", () => {
  const { text, leaves, build } = readExpression(
    "L = (a * b + c) * f; a = 2; b = -3; c = 10; f = -2",
  );
  assertEquals(text, "L = (a * b + c) * f");
  assertEquals([...leaves], [["a", 2], ["b", -3], ["c", 10], ["f", -2]]);
  const { output } = build(Value, leaves as Map<string, number>);
  assertEquals([output.label, output.op, output.data], ["L", "*", -8]);
  assertEquals(computed("L=(a*b+c)*f;a=2;b=-3;c=10;f=-2").grads, { a: 6, b: -4, c: -2, f: 4 });
});

Deno.test("readExpression() knows names in between, functions, powers and the signs of mathematics", () => {
  assertEquals(computed("e = a * b; d = e + c; d * 2; a = 3"), {
    data: 8,
    grads: { a: 2, b: 6, c: 2 },
  });
  assertEquals(computed("x^2 × 3 − 1; x = 2"), { data: 11, grads: { x: 12 } });
  assertEquals(computed("-x ÷ 2 + +x; x = 4").data, 2);
  assertEquals(computed("2 ** x; x = 3").data, 8);
  assertEquals(computed("a - a").grads, { a: 0 });
  for (
    const name of ["abs", "cos", "exp", "log", "relu", "sigmoid", "sin", "sqrt", "tanh"] as const
  ) {
    const { data, grads } = computed(`y = ${name}(x * 1); x = 0.7`);
    const at = (x: number) => new Value(x)[name]().data;
    assertEquals(data, at(0.7));
    assertAlmostEquals(grads.x, (at(0.7 + 1e-6) - at(0.7 - 1e-6)) / 2e-6, 1e-6, name);
  }
  assertEquals(computed("unused = q * 2; a * 2").grads, { a: 2 });
  assertEquals(computed("tanh(1) * a").data, Math.tanh(1));
});

Deno.test("readExpression() says what to write instead", () => {
  const refused = (source: string, message: string) =>
    assertThrows(() => readExpression(source), ExpressionError, message, source);
  refused("", "Write an expression, such as");
  refused("a = 1", "Write an expression, such as");
  refused("1 + 2", "with a name in it");
  refused("a +", "Something is missing at the end.");
  refused("a + ) b", "does not go on as an expression: ) b");
  refused("-a ** 2", "Write -(a ** 2) or (-a) ** 2");
  refused("a = b; a = c; a", "Write a = … once only.");
  refused("L = d * 2; d = a * 2; L", "Write d = … before it is used.");
  refused("a = a * 2", "Write a = … before it is used.");
  refused("sinh(a)", "instead of sinh(…)");
  refused("tanh(a, b)", "Write tanh(x), with one operand.");
  refused("alert.call(a)", "instead of this(…)");
  refused("a % b", "Write names, numbers");
  refused("a[0]", "Write names, numbers");
  refused("'x' + a", "Write names, numbers");
  refused("if (a) b", "Write an expression, such as");
  refused("[a] = b", "Write a name before =");
  refused("a".repeat(1001), "at most 1000");
});
