import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Value } from "../../mod.ts";
import {
  ExpressionError,
  functionNames,
  readExpression,
} from "../../tools/site/live/expression.ts";

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
  assertEquals(computed("a * 3; a * 2; ;").grads, { a: 2 });
  assertEquals(computed("a * +2; a = 3").data, 6);
  assertEquals(computed("tanh(1) * a").data, Math.tanh(1));
});

Deno.test("readExpression() labels what has a name, and nothing twice", () => {
  const labels = (source: string) => {
    const { output, leaves } = readExpression(source).build(Value, new Map());
    return [output, ...leaves.values()].map(({ label }) => label);
  };
  assertEquals(labels("a * b"), ["", "a", "b"]);
  assertEquals(labels("L = a * b"), ["L", "a", "b"]);
  assertEquals(labels("c = a; L = c * b"), ["L", "a", "b"]);
  assertEquals(labels("a"), ["a", "a"]);
});

Deno.test("an expression without a number for a leaf takes 1", () => {
  const { build } = readExpression("a * 5 + b");
  assertEquals(build(Value, new Map([["b", 2]])).output.data, 7);
});

Deno.test("readExpression() takes as many operands as the method does, or a list of them", () => {
  for (const name of functionNames) {
    const isMethod = name in Value.prototype;
    for (let count = 0; count <= 5; count++) {
      const operands = Array.from({ length: count }, (_, k) => "abcde"[k]).join(", ");
      const read = () => readExpression(`a + ${name}(${operands})`);
      // Beside the value that it is called on.
      const isRight = isMethod ? count === 1 + arity(name) : count > 0;
      if (isRight) read();
      else assertThrows(read, ExpressionError, `Write ${name}(`, `${name}(${operands})`);
    }
  }
});

function arity(name: string): number {
  return Value.prototype[name as "max"].length;
}

Deno.test("readExpression() knows functions of several operands", () => {
  assertEquals(computed("max(a, b) * min(a, 2); a = 3; b = 1"), { data: 6, grads: { a: 2, b: 0 } });
  assertEquals(computed("max(1, a); a = 3"), { data: 3, grads: { a: 1 } });
  assertEquals(computed("clamp(a, -1, b); a = 5; b = 2"), { data: 2, grads: { a: 0, b: 1 } });
  assertEquals(computed("clampMin(a, 0) + clampMax(b, 0); a = -2; b = -3"), {
    data: -3,
    grads: { a: 0, b: 1 },
  });
  assertEquals(computed("sum(a, b, 2) * mean(a, b); a = 1; b = 3"), {
    data: 12,
    grads: { a: 5, b: 5 },
  });
  const { data, grads } = computed("logSumExp(a, b); a = 0; b = 1");
  assertAlmostEquals(data, Math.log(1 + Math.E), 1e-12);
  assertAlmostEquals(grads.b, Math.E / (1 + Math.E), 1e-12);
});

Deno.test("readExpression() knows every operation of Value that gives one result", () => {
  const methods = Object.getOwnPropertyNames(Value.prototype);
  const statics = Object.getOwnPropertyNames(Value);
  const written: Record<string, string> = {
    ...{ add: "a + b", sub: "a - b", mul: "a * b", div: "a / b", pow: "a ** b", neg: "-a" },
    ...{ clamp: "clamp(a, 0, b)", sum: "sum(a, b)", mean: "mean(a, b)" },
    logSumExp: "logSumExp(a, b)",
  };
  // A list of results; one that an expression writes with * and +; and a copy without a gradient.
  const others = ["softmax", "dot", "detach"];
  const none = /^(constructor|prototype|length|name|data|grad|label|op|operands|prev)$/;
  const operations = [...new Set([...methods, ...statics])]
    .filter((name) => !none.test(name) && !others.includes(name))
    .filter((name) =>
      !/^(localDerivatives|topologicalOrder|backward|zeroGrad|to[A-Z]\w*)$/.test(name)
    );
  assert(operations.length > 20);
  for (const name of operations) {
    const binary = name in Value.prototype && arity(name) === 1;
    const text = written[name] ?? (binary ? `${name}(a, b)` : `${name}(a)`);
    const { data } = computed(`${text}; a = 0.5; b = 0.25`);
    assert(Number.isFinite(data), name);
  }
});

Deno.test("readExpression() says what to write instead, and where", () => {
  /** The marks ▲ stand below the character at which the text is wrong. */
  const refused = (source: string, mark: string, message: string) => {
    const error = assertThrows(() => readExpression(source), ExpressionError, message, source);
    assertEquals(error.at, mark.indexOf("▲"), source);
    assertEquals(error.message, error.message.trim());
  };
  refused("", "▲", "Write an expression, such as");
  refused("a = 1", "     ▲", "Write an expression, such as");
  refused("1 + 2", "▲", "with a name in it");
  refused("a +", "   ▲", "Something is missing here.");
  refused("a + ) b", "    ▲", "cannot go on with ) b");
  refused("a × b^2 + ) b", "          ▲", "cannot go on with ) b");
  refused(" -a ** 2", "    ▲", "Write -(a ** 2) or (-a) ** 2");
  refused("-a ** 2", "   ▲", "Write -(a ** 2) or (-a) ** 2");
  refused("-a ) ; b", "   ▲", "The expression cannot go on with )");
  refused("a + ** b", "    ▲", "The expression cannot go on with ** b");
  refused("a = b; a = c; a", "       ▲", "Write a = … only once.");
  refused("a = 1; a = 2; a", "       ▲", "Write a = … only once.");
  refused("a * 2; 3", "       ▲", "with a name in it");
  refused("L += a", "▲", "Write names, numbers");
  refused("a = 'x'; a * 2", "    ▲", "Write names, numbers");
  refused("2 * !a", "    ▲", "Write names, numbers");
  refused("L = d * 2; d = a * 2; L", "    ▲", "Write d = … before it is used.");
  refused("a = a * 2", "    ▲", "Write a = … before it is used.");
  refused("1 + sinh(a)", "    ▲", "instead of sinh(…)");
  refused("constructor(a)", "▲", "instead of constructor(…)");
  refused("tanh(a, b)", "▲", "Write tanh(x).");
  refused("a + max(a)", "    ▲", "Write max(a, b).");
  refused("clamp(a, b)", "▲", "Write clamp(x, low, high).");
  refused("sum()", "▲", "Write sum(a, b, …).");
  refused("alert.call(a)", "▲", "instead of this(…)");
  refused("2 * (a % b)", "     ▲", "Write names, numbers");
  refused("a[0]", "▲", "Write names, numbers");
  refused("'x' + a", "▲", "Write names, numbers");
  refused("sum(...a)", "    ▲", "Write names, numbers");
  refused("if (a) b", "▲", "Write an expression, such as");
  refused("[a] = b", "▲", "Write a name before =");
  refused("a".repeat(1001), `${" ".repeat(1000)}▲`, "at most 1000");
  readExpression("a".repeat(1000));
});
