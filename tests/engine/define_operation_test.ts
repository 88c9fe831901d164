import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  backwardSteps,
  compile,
  defineOperation,
  draw,
  explain,
  type ListOperation,
  type Operation,
  Value,
} from "../../mod.ts";
import { listOperations } from "../../engine/operations.ts";
import { squareEntry, squaresEntry, type Unary } from "./own_operations.ts";
import { assertSame } from "./properties.ts";

const two = 2; // captured by a function: its source alone does not say what it computes
let calls = 0;

const softplusEntry: Unary = {
  symbol: "softplus",
  formula: "log(1 + exp(a))",
  value: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  locals: [{ formula: "1 / (1 + exp(-a))", value: (a) => 1 / (1 + Math.exp(-a)) }],
};

const closureEntry: Unary = {
  symbol: "square",
  formula: "a^2",
  value: (a) => a ** two,
  locals: [{
    formula: "2 * a",
    value(a: number): number {
      calls++;
      return two * a;
    },
  }],
};

const logAddExpEntry: Operation = {
  symbol: "logAddExp",
  formula: "log(exp(a) + exp(b))",
  value: (a, b) => {
    const m = Math.max(a, b);
    return m + Math.log(Math.exp(a - m) + Math.exp(b - m));
  },
  locals: [
    { formula: "exp(a - y)", value: (a, _b, y) => Math.exp(a - y) },
    { formula: "exp(b - y)", value: (_a, b, y) => Math.exp(b - y) },
  ],
};

const names = (n: number) => Array.from({ length: n }, (_, k) => `x${k + 1}`);

const productEntry: ListOperation = {
  symbol: "product",
  formula: (n) => names(n).join(" * ") || "1",
  value: (x) => Array.from(x).reduce((product, x) => product * x, 1),
  localFormula: (k, n) => names(n).toSpliced(k, 1).join(" * ") || "1",
  locals: (x, into) =>
    into.map((_, k) => into[k] = productEntry.value(Array.from(x).toSpliced(k, 1))) && into,
};

const softplus = defineOperation(softplusEntry);
const square = defineOperation(closureEntry);
const logAddExp = defineOperation(logAddExpEntry);
const product = defineOperation(productEntry);
const squares = defineOperation(squaresEntry);

/** A graph with all of them. */
function graph([a, b, c]: readonly Value[]): Value {
  const s = softplus(a).mul(square(b));
  return logAddExp(s, product([a, b, c, 2])).add(squares([s, a, c]).log()).sub(square(3));
}

/** The gradients of the graph by nudging. */
function nudge(numbers: readonly number[]): number[] {
  const at = (k: number, h: number) =>
    graph(numbers.map((x, i) => new Value(i === k ? x + h : x))).data;
  return numbers.map((_, k) => (at(k, 1e-6) - at(k, -1e-6)) / 2e-6);
}

Deno.test("defineOperation() makes operations that work everywhere like those of the table", () => {
  const numbers = [0.5, -1.2, 2];
  const leaves = numbers.map((x, k) => new Value(x, { label: "abc"[k] }));
  const output = graph(leaves);
  output.backward();
  const grads = leaves.map(({ grad }) => grad);
  nudge(numbers).forEach((slope, k) => assertAlmostEquals(grads[k], slope, 1e-7));

  for (const leaf of leaves) leaf.grad = 0;
  for (const _ of backwardSteps(output));
  assertEquals(leaves.map(({ grad }) => grad), grads);
  assertEquals(leaves.map((leaf) => explain(output, leaf).value), grads);
  for (const symbol of ["softplus", "square", "logAddExp", "product", "squares"]) {
    assert(draw(output).text.includes(symbol));
    assert(output.topologicalOrder().some(({ op }) => op === symbol));
  }
  const y = softplus(leaves[0]);
  y.label = "y";
  const [definition, , derivative] = explain(y, leaves[0]).text.split("\n");
  assertEquals([definition, derivative], [
    "y = log(1 + exp(a)) ≈ 0.974077",
    "dy/da = 1 / (1 + exp(−a))",
  ]);
  const p = product([leaves[0], 4, leaves[2]]);
  p.label = "p";
  assert(explain(p, leaves[2]).text.startsWith("p = a · 4 · c = 4\n\ndp/dc = a · 4"));
});

for (const form of ["lines", "loop"] as const) {
  Deno.test(`defineOperation() makes operations that compile as ${form} and run with other numbers`, () => {
    const leaves = [1, 1, 1].map((x) => new Value(x)), [input, ...parameters] = leaves;
    const kernel = compile(graph(leaves), { inputs: [input], parameters, form });
    const points = [[0.5, -1.2, 2], [-700, 3, 0.1], [800, 0.5, -3], [NaN, 1, 2], [0, 0, -0]];
    for (const numbers of points) {
      const values = numbers.map((x) => new Value(x)), output = graph(values);
      output.backward();
      kernel.parameters.set(numbers.slice(1));
      kernel.gradients.fill(0);
      const y = kernel.backward([numbers[0]]);
      const expected = [output.data, output.data, ...values.slice(1).map(({ grad }) => grad)];
      assertSame(form, [y, kernel.forward([numbers[0]]), ...kernel.gradients], expected);
      kernel.gradients.fill(0);
      const sum = kernel.backwardAll([[numbers[0]], [numbers[0]]]);
      assertSame(form, [sum, ...kernel.gradients], [
        2 * output.data,
        ...expected.slice(2).map((x) => 2 * x),
      ]);
    }
  });
}

Deno.test("compile() calls a function that is not a single expression, also for two examples at a time", () => {
  const x = new Value(1), w = new Value(2);
  const kernel = compile(square(x.mul(w)), { inputs: [x], parameters: [w] });
  assert(/const v2 = f\[\d\]\(v1\);/.test(kernel.source), kernel.source);
  assert(!kernel.source.includes("two"));
  calls = 0;
  assertEquals(kernel.backwardAll([[1], [3]]), 4 + 36);
  assertEquals(kernel.gradients[0], 2 * 2 * 1 + 2 * 6 * 3);
  assertEquals(calls, 2);
});

Deno.test("compile() gives a function of one operand NaN for the second, as Values do", () => {
  const terms: Unary = {
    symbol: "power",
    formula: "exp(a)",
    value: (a, b) => b === b ? 7 : Math.exp(a),
    locals: [{ formula: "y", value: (_, b, y) => b === b ? 7 : y }],
  };
  const power = defineOperation(terms);
  const powers = defineOperation({
    symbol: "powers",
    formula: (n) => Array.from({ length: n }, (_, k) => `exp(x${k + 1})`).join(" + ") || "0",
    value: (x) => Array.from(x).reduce((sum, x) => sum + Math.exp(x), 0),
    localFormula: (k) => `exp(x${k + 1})`,
    locals: (x, into) => {
      for (let k = 0; k < x.length; k++) into[k] = Math.exp(x[k]);
      return into;
    },
    terms,
  });
  const x = new Value(1);
  for (const form of ["lines", "loop"] as const) {
    for (const y of [power(x), powers([x])]) {
      const kernel = compile(y, { inputs: [], parameters: [x], form });
      assertEquals([y.data, kernel.backward([]), kernel.gradients[0]], [Math.E, Math.E, Math.E]);
    }
  }
});

Deno.test("compile() writes a symbol into its code only if it cannot be code itself", () => {
  const hostile = defineOperation({ ...closureEntry, symbol: "*/throw(1)" });
  const x = new Value(3);
  const kernel = compile(hostile(x), { inputs: [], parameters: [x], form: "loop" });
  assert(!kernel.source.includes("throw"), kernel.source);
  assert(kernel.source.includes("an operation"), kernel.source);
  assertEquals([kernel.backward([]), kernel.gradients[0]], [9, 6]);
});

Deno.test("an operation of one's own takes Values and numbers, and throws for other operands", () => {
  assertEquals(logAddExp(0, 0).data, Math.LN2);
  assertEquals(squares([3, new Value(4)]).data, 25);
  const cases: [() => unknown, string][] = [
    [
      () => softplus("1" as unknown as number),
      'write softplus(a): a is the string "1", not a Value or a number',
    ],
    [() => (softplus as (...list: number[]) => Value)(1, 2), "write softplus(a): got 2 arguments"],
    [() => (logAddExp as (...list: number[]) => Value)(1), "write logAddExp(a, b): got 1 arg"],
    [
      () => logAddExp("1" as unknown as number, 2),
      'write logAddExp(a, b): a is the string "1", not a Value or a number',
    ],
    [
      () => logAddExp(1, "2" as unknown as number),
      'write logAddExp(a, b): b is the string "2", not a Value or a number',
    ],
    [
      () => product(3 as unknown as number[]),
      "write product([a, b, 3]): values is 3, not an array",
    ],
    [
      () => (product as unknown as (...list: number[]) => Value)(1, 2),
      "write product([a, b, 3]): got 2 arg",
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, TypeError, message);
});

Deno.test("defineOperation() throws for a wrong derivative, a wrong formula, and for what it cannot check", () => {
  const local = softplusEntry.locals[0];
  const cases: [unknown, string][] = [
    [
      { ...softplusEntry, locals: [{ ...local, value: () => 1 }] },
      "locals[0] of softplus gives 1 at a = 0.01, but nudging gives 0.50",
    ],
    [
      { ...softplusEntry, locals: [{ ...local, value: (a: number) => -local.value(a, NaN, NaN) }] },
      "locals[0] of softplus gives -0.5",
    ],
    [
      { ...softplusEntry, locals: [{ ...local, formula: "1 / (1 + exp(a))" }] },
      "locals[0] of softplus gives 0.50",
    ],
    [{ ...softplusEntry, formula: "log(2 + exp(a))" }, "the value of softplus gives"],
    [
      { ...logAddExpEntry, locals: logAddExpEntry.locals.toReversed() },
      "locals[0] of logAddExp gives",
    ],
    [{ ...logAddExpEntry, locals: logAddExpEntry.locals.toReversed() }, " at a = 0.01 and b = "],
    [
      { ...productEntry, locals: (_x: unknown, into: Float64Array) => into.fill(1) },
      "the local derivative 0 of 2 of product gives 1 at x = [",
    ],
    [
      // Right only if all operands are equal, and the formula is wrong in the same way.
      {
        ...productEntry,
        locals: (x: ArrayLike<number>, into: Float64Array) =>
          into.map((_, k) => into[k] = x[k] ** (x.length - 1)) && into,
        localFormula: (k: number, n: number) => `x${k + 1}^${n - 1}`,
      },
      "but nudging gives",
    ],
    [{ ...productEntry, localFormula: () => "1" }, "the local derivative 0 of 2 of product gives"],
    [{ ...productEntry, formula: () => "2" }, "the value of product gives"],
    [
      {
        ...squaresEntry,
        formula: (n: number) => names(n).map((x) => `2 * ${x}^2`).join(" + ") || "0",
      },
      "the value of squares gives",
    ],
    [
      { ...squaresEntry, localFormula: (k: number) => `3 * x${k + 1}` },
      "the local derivative 0 of 1 of squares gives",
    ],
    [
      {
        ...squaresEntry,
        terms: { ...squareEntry, locals: [{ formula: "3 * a", value: (a: number) => 3 * a }] },
      },
      "locals[0] of square gives",
    ],
    [{ ...squaresEntry, terms: productEntry }, "locals is the function locals, not an array"],
    [{ ...squaresEntry, terms: softplusEntry }, "terms of squares add up to"],
    [
      { ...softplusEntry, value: () => NaN },
      "locals[0] of softplus cannot be checked: at no point does nudging give a clear slope",
    ],
  ];
  for (const [entry, message] of cases) {
    assertThrows(() => defineOperation(entry as Operation), Error, message);
  }
});

Deno.test("defineOperation() finds a mistake even where an operation is steep", () => {
  const steep = {
    symbol: "steep",
    formula: "100 * a^3",
    value: (a: number) => 100 * a ** 3,
    locals: [{
      formula: "300 * a^2 + (a > 5 ? a : 0)",
      value: (a: number) => 300 * a ** 2 + (a > 5 ? a : 0),
    }],
  };
  assertThrows(() => defineOperation(steep), RangeError, "locals[0] of steep gives");
});

Deno.test("defineOperation() finds a mistake on either side of 0, near it and far from it, in every operand", () => {
  const regions: [where: string, isIn: (x: number) => boolean][] = [
    ["x < 0", (x) => x < 0],
    ["x > 0", (x) => x > 0],
    ["abs(x) < 0.05", (x) => Math.abs(x) < 0.05],
    ["abs(x) > 50", (x) => Math.abs(x) > 50],
  ];
  for (const [where, isIn] of regions) {
    const slope = (x: number) => 2 * x + (isIn(x) ? 1 : 0);
    const formula = (name: string) => `2 * ${name} + (${where.replace("x", name)} ? 1 : 0)`;
    const square = { formula: "2 * a", value: (a: number) => 2 * a };
    const wrong: [unknown, string][] = [
      [
        { ...squareEntry, locals: [{ formula: formula("a"), value: slope }] },
        "locals[0] of square gives",
      ],
      [{
        symbol: "sum",
        formula: "a^2 + b^2",
        value: (a: number, b: number) => a * a + b * b,
        locals: [square, { formula: formula("b"), value: (_: number, b: number) => slope(b) }],
      }, "locals[1] of sum gives"],
      ...[0, 4].map((place): [unknown, string] => [{
        ...squaresEntry,
        localFormula: (k: number) => k === place ? formula(`x${k + 1}`) : `2 * x${k + 1}`,
        locals: (x: ArrayLike<number>, into: Float64Array) =>
          into.map((_, k) => into[k] = k === place ? slope(x[k]) : 2 * x[k]) && into,
      }, `the local derivative ${place} of `]),
    ];
    for (const [entry, says] of wrong) {
      const { message } = assertThrows(() => defineOperation(entry as Operation), RangeError, says);
      const [, number, b] = / gives (.*) at a = .* and b = (.*), but/.exec(message) ?? [];
      if (says.includes("sum")) assertEquals(Number(number), slope(Number(b)), message);
    }
  }
});

Deno.test("defineOperation() finds a derivative that is 1 where the slope is 0", () => {
  const ramp: Unary = {
    symbol: "ramp",
    formula: "max(a, 0)",
    value: (a) => Math.max(a, 0),
    locals: [{ formula: "1", value: () => 1 }],
  };
  assertThrows(() => defineOperation(ramp), RangeError, "locals[0] of ramp gives 1 at a = -");
});

Deno.test("defineOperation() accepts steep operations, large results, and sums in another order", () => {
  const growth = defineOperation({
    symbol: "growth",
    formula: "exp(a) + b", // beyond a = 37 a small change of b changes nothing
    value: (a, b) => Math.exp(a) + b,
    locals: [
      { formula: "exp(a)", value: (a) => Math.exp(a) },
      { formula: "1", value: () => 1 },
    ],
  });
  assertEquals(growth(0, 2).data, 3);
  const backwards = defineOperation({
    ...squaresEntry,
    value: (x) => Array.from(x).reduceRight((sum, x) => sum + x * x, 0),
  });
  assertEquals(backwards([3, 4]).data, 25);
});

Deno.test("defineOperation() accepts a formula that overflows where the function does not", () => {
  const steep = defineOperation({
    symbol: "steep",
    formula: "exp(10 * a) / (1 + exp(10 * a))",
    value: (a) => 1 / (1 + Math.exp(-10 * a)),
    locals: [{ formula: "10 * y * (1 - y)", value: (_a, _b, y) => 10 * y * (1 - y) }],
  });
  assertEquals(steep(100).data, 1);
});

Deno.test("defineOperation() accepts lists with terms of one number and of two, and where there is no value", () => {
  const logs = defineOperation({
    symbol: "logs",
    formula: (n) => names(n).map((x) => `log(${x})`).join(" + ") || "0",
    value: (x) => Array.from(x).reduce((sum, x) => sum + Math.log(x), 0),
    localFormula: (k) => `1 / x${k + 1}`,
    locals: (x, into) => into.map((_, k) => into[k] = 1 / x[k]) && into,
    terms: {
      symbol: "log",
      formula: "log(a)",
      value: (a) => Math.log(a),
      locals: [{ formula: "1 / a", value: (a) => 1 / a }],
    },
  });
  assertEquals(logs([1, Math.E]).data, 1);
  // Pairs, and a last number that is added.
  const dot = defineOperation({ ...listOperations.dot, symbol: "pairs" });
  assertEquals(dot([2, 3, 5, 7, 11]).data, 2 * 5 + 3 * 7 + 11);
});

Deno.test("defineOperation() throws where one of two derivatives, or those of a list, cannot be checked", () => {
  const rough = (x: number) => Math.sin(1e9 * x);
  const local = { formula: "1", value: () => 1 };
  const unclear: [unknown, string][] = [
    [{
      symbol: "rough",
      formula: "a + sin(1000000000 * b)",
      value: (a: number, b: number) => a + rough(b),
      locals: [local, local],
    }, "locals[1] of rough cannot be checked"],
    [{
      symbol: "rough",
      formula: (n: number) => names(n).map((x) => `sin(1000000000 * ${x})`).join(" + ") || "0",
      value: (x: ArrayLike<number>) => Array.from(x).reduce((sum, x) => sum + rough(x), 0),
      localFormula: () => "1",
      locals: (_: unknown, into: Float64Array) => into.fill(1),
    }, "locals of rough cannot be checked"],
  ];
  for (const [entry, message] of unclear) {
    assertThrows(() => defineOperation(entry as Operation), RangeError, message);
  }
});

Deno.test("defineOperation() compares no slope at a kink", () => {
  const ramp = defineOperation({
    symbol: "ramp",
    formula: "max(a, 0.01)",
    value: (a) => Math.max(a, 0.01),
    locals: [{ formula: "a > 0.01 ? 1 : 0", value: (a) => a > 0.01 ? 1 : 0 }],
  });
  assertEquals(ramp(-2).data, 0.01);
});

Deno.test("defineOperation() throws for a part that is missing or has the wrong type", () => {
  const wrong: [unknown, string][] = [
    [
      3,
      'write defineOperation({ symbol: "square", formula: "a^2", value: (a) => a * a, ' +
      'locals: [{ formula: "2 * a", value: (a) => 2 * a }] }): operation is 3, not an object of options',
    ],
    [{ ...softplusEntry, symbol: 3 }, "symbol is 3, not a word"],
    [{ ...softplusEntry, symbol: "" }, 'symbol is the string "", not a word'],
    [{ ...softplusEntry, symbol: "soft plus" }, 'symbol is the string "soft plus", not a word'],
    [{ ...softplusEntry, value: 3 }, "value is 3, not a function"],
    [{ ...softplusEntry, formula: 3 }, "a formula of softplus is 3, not a string"],
    [
      { ...softplusEntry, formula: "log(1 + exp(x))" },
      "contains the name x: the names it may use are a",
    ],
    [
      { ...squareEntry, formula: "a^2 + 0 * b" },
      "contains the name b: the names it may use are a",
    ],
    [
      { ...squareEntry, locals: [{ ...squareEntry.locals[0], formula: "2 * a + 0 * c" }] },
      "contains the name c: the names it may use are a, y",
    ],
    [
      { ...squareEntry, value: (a: number, b: number) => a * a + 0 * b },
      "locals[0] of square cannot be checked",
    ],
    [{ ...softplusEntry, formula: "a +" }, 'cannot read "a +": unexpected end'],
    [
      { ...softplusEntry, locals: [] },
      "locals has 0 elements, not one for each of 1 or 2 operands",
    ],
    [
      { ...softplusEntry, locals: Array(3).fill(softplusEntry.locals[0]) },
      "locals has 3 elements, not one for each of 1 or 2 operands",
    ],
    [{ ...softplusEntry, locals: 1 }, "locals is 1, not an array"],
    [{ ...softplusEntry, locals: [1] }, "locals[0] is 1, not an object of options"],
    [
      { ...softplusEntry, locals: [{ formula: "1" }] },
      "locals[0].value is undefined, not a function",
    ],
    [{ ...softplusEntry, local: [] }, 'the string "local" is not an option'],
    [
      { ...softplusEntry, locals: [{ ...softplusEntry.locals[0], slip: 1 }] },
      'the string "slip" is not an option, the options are formula, value',
    ],
    [{ ...softplusEntry, value: () => "1" }, "softplus.value must return a number"],
    [
      { ...squareEntry, locals: [{ formula: "2 * a", value: () => "1" }] },
      'square.locals[0].value must return a number, it returned the string "1"',
    ],
    [{ ...productEntry, locals: () => [] }, "must write into its second argument"],
    [{ ...productEntry, formula: "x1" }, 'formula is the string "x1", not a function'],
    [
      { ...squaresEntry, localFormula: (k: number) => `2 * x${k + 1} + 0 * z` },
      "contains the name z: the names it may use are x1, y",
    ],
    [
      { ...productEntry, formula: () => "x9" },
      "contains the name x9: the names it may use are none",
    ],
  ];
  for (const [entry, message] of wrong) {
    assertThrows(() => defineOperation(entry as Operation), Error, message);
  }
});

Deno.test("defineOperation() keeps a copy of what it has checked, and a symbol may be reused", () => {
  const local = { ...closureEntry.locals[0] };
  const entry = { ...closureEntry, locals: [local] as const };
  const f = defineOperation(entry);
  entry.value = () => 7;
  local.value = () => 7;
  const x = new Value(3), y = f(x);
  y.backward();
  assertEquals([y.data, x.grad], [9, 6]);

  const tanh = defineOperation({
    symbol: "tanh",
    formula: "1 - 2 / (exp(2 * a) + 1)",
    value: (a) => 1 - 2 / (Math.exp(2 * a) + 1),
    locals: [{ formula: "(1 - y) * (1 + y)", value: (_a, _b, y) => (1 - y) * (1 + y) }],
  });
  const mine = tanh(x).add(x.tanh());
  const kernel = compile(mine, { inputs: [], parameters: [x] });
  assert(kernel.source.includes("Math.tanh") && kernel.source.includes("Math.exp"));
});
