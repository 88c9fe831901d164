import { assert, assertEquals, assertThrows } from "@std/assert";
import { operations } from "../../../engine/operations.ts";
import { type Statement, translate } from "../../../engine/compile/simd.ts";
import { withWebAssembly } from "./with_web_assembly.ts";
import { type Expression, readFormula, substitute } from "../../../engine/expression.ts";
import { compile, type Kernel, Random, Value } from "../../../mod.ts";
import { assertSame } from "../properties.ts";

const edges = [0, -0, 1, -1, 0.5, -2.5, 3, 700, -745, 5e-324, 1e300, Infinity, -Infinity, NaN];

/** Reads code as a tree in which `x[0]` is one name. */
function read(code: string): Expression {
  const names = code.replace(/\b(\w)\[(\d+)\]/g, "$1_$2");
  return substitute(readFormula(names), (name) => name.replace(/^(\w)_(\d+)$/, "$1[$2]"));
}

/** The statements of a kernel's `backward`. */
function statementsOf({ source }: Kernel): Statement[] {
  const [, body] = source.split("backward(x) {\n");
  return body.split("\n").filter((line) => line.startsWith("    ")).map((line) => {
    const [, name, index, code] = /^(?:const (\w+) =|g\[(\d+)\] \+=|return) (.*);$/.exec(
      line.trim(),
    )!;
    const value = read(code);
    if (name !== undefined) return { kind: "const", name, value };
    if (index !== undefined) return { kind: "add", parameter: Number(index), value };
    return { kind: "return", value };
  });
}

/** An expression in x[0], x[1], x[2], computed for two examples. */
function compute(
  value: Expression,
  examples: readonly number[][],
  functions: ((...numbers: number[]) => number)[] = [],
): number[] | null {
  const context = { inputs: 3, parameters: 0, functions };
  const pair = translate([{ kind: "return", value }], context);
  if (pair === null) return null;
  examples.forEach((numbers, k) => numbers.forEach((x, i) => pair.x[2 * i + k] = x));
  pair.run();
  pair.run(); // the first run has not changed the inputs
  return [...pair.y];
}

for (const [name, { locals }] of Object.entries(operations)) {
  Deno.test(`translate() computes ${name} for two examples as JavaScript does`, () => {
    const inputs = locals.map(() => new Value(1)), parameters = locals.map(() => new Value(0));
    // Sums of an input and a parameter, so that there are gradients.
    const [a, b] = inputs.map((input, k) => input.add(parameters[k]));
    const method = name as "add";
    const output = locals.length === 1 ? a[method as "neg"]() : a[method](b);
    const kernel = compile(output, { inputs, parameters });
    const pair = translate(statementsOf(kernel), {
      inputs: inputs.length,
      parameters: inputs.length,
      functions: [],
    });
    assert(pair !== null);
    edges.forEach((first, k) => {
      for (const second of edges) {
        const pairs = [[first, second], [second, edges.at(k - 1)!]];
        const examples = pairs.map((pair) => pair.slice(0, inputs.length));
        pair.g.fill(0);
        const expected = examples.map((example, lane) => {
          example.forEach((number, i) => pair.x[2 * i + lane] = number);
          kernel.gradients.fill(0);
          return [kernel.backward(example), ...kernel.gradients];
        });
        pair.run();
        examples.forEach((example, lane) => {
          const actual = [pair.y[lane], ...inputs.map((_, k) => pair.g[2 * k + lane])];
          assertSame(`${name} at ${example}`, actual, expected[lane]);
        });
      }
    });
  });
}

Deno.test("translate() computes expressions as JavaScript does", () => {
  const random = new Random(5);
  for (
    const expression of [
      "x[0] - x[1] - x[2]",
      "x[0] / x[1] / x[2]",
      "x[0] - x[1] * x[2] + 1",
      "(x[0] - x[1]) * -x[2]",
      "-(x[0] - -x[1])",
      "2 ** x[0] ** 2",
      "x[0] * x[1] ** 2",
      "(-x[0]) ** 3",
      "x[0] < x[1] ? x[1] : x[0] < x[2] ? x[2] : x[0]",
      "x[0] > x[1] && x[1] >= x[2] ? 1 : x[0] <= x[2] && x[0] > -1 && x[0] < 1 ? 2 : 3",
      "1 + (x[0] === x[1] ? x[0] / x[1] : x[1] - x[0])",
      "x[0] !== x[1] || x[2] > 0 && x[0] > 0 ? 1 : 2",
      "Math.hypot(x[0], x[1], x[2]) - Math.hypot(x[0], x[1]) - Math.hypot(x[2])",
      "Math.sin(x[0]) - Math.atan2(x[1], Math.cos(x[2]) * Math.abs(x[0]))",
      "Math.max(x[0] + x[1], Math.sqrt(x[2] * x[2]))",
      "0.1 + .5 - 1e-7 * 2.5e+3 + 1e21",
      "Infinity - x[0]",
      "x[0] *\n        x[1]",
      "0 * NaN",
    ]
  ) {
    const f = new Function("x", `return ${expression}`);
    for (let k = 0; k < 20; k++) {
      const [first, second] = [0, 1].map(() => [0, 1, 2].map(() => random.uniform(-2, 2)));
      second[1] = second[0];
      const y = compute(read(expression), [first, second]);
      assertEquals(y, [f(first), f(second)], `${expression} at ${first} and ${second}`);
    }
  }
});

Deno.test("translate() returns null for code it cannot translate", () => {
  for (
    const [op, ...args] of [
      ["+", "v1"],
      ["+", "a"],
      ["+", "x[0]", "constructor"],
      ["hypot", "x[0]", "x[1]", "x[2]", 1],
      ["PI", 1],
      ["nothing", 1],
      ["f[0]", "[x[0], x[1]]"],
      ["f[1]", "x[0]"],
    ] as [string, ...Expression[]][]
  ) {
    const examples = [[1, 2, 3], [4, 5, 6]];
    assertEquals(compute({ op, args }, examples, [Math.sin]), null, `${op}(${args})`);
  }
});

Deno.test("translate() calls functions of the table that take one, two and three numbers", () => {
  const functions = [(a: number) => 2 * a, (a: number, b: number, y = 0) => a - 10 * b + 100 * y];
  const call = (k: number, ...args: Expression[]): Expression => ({ op: `f[${k}]`, args });
  const numbers: Expression[] = ["x[0]", "x[1]", "x[2]"];
  const sum: Expression = {
    op: "+",
    args: [call(0, numbers[0]), call(1, numbers[1], numbers[2]), call(1, ...numbers)],
  };
  assertEquals(compute(sum, [[1, 2, 3], [4, 5, 6]], functions), [
    2 + (2 - 30) + (1 - 20 + 300),
    8 + (5 - 60) + (4 - 50 + 600),
  ]);
});

Deno.test("translate() takes many numbers, and returns null for too much code", () => {
  const counts = { inputs: 20_000, parameters: 10_000, functions: [] };
  const pair = translate(
    [
      { kind: "add", parameter: 9999, value: read("x[19999] * p[9999]") },
      { kind: "return", value: read("p[9999] * x[19999]") },
    ],
    counts,
  )!;
  pair.p[9999] = 3;
  pair.x.set([5, 7], 2 * 19_999);
  pair.run();
  pair.run();
  assertEquals([...pair.y], [15, 21]);
  assertEquals([...pair.g.slice(-2)], [2 * 15, 2 * 21]);
  assertEquals([pair.x.length, pair.p.length, pair.g.length], [40_000, 10_000, 20_000]);

  // Eight pages of memory, 65,536 bytes each, and the first bytes of a ninth.
  const result: Statement = { kind: "return", value: "x[0]" };
  const large = translate([result], { inputs: 32_766, parameters: 1, functions: [] });
  assertEquals(large?.p.length, 1);

  const lines = Array.from(
    { length: 60_000 },
    (_, k): Statement => ({ kind: "const", name: `v${k}`, value: 1 }),
  );
  assertEquals(translate([...lines, result], counts), null);
});

Deno.test("translate() takes sums of any length", () => {
  const sum = { op: "+", args: Array.from({ length: 40_000 }, () => read("x[0] * x[1]")) };
  assertEquals(compute({ op: "sqrt", args: [sum] }, [[1, 1, 0], [4, 1, 0]]), [200, 400]);
});

Deno.test("backwardAll() sums many examples, with SIMD and without", () => {
  const w = new Value(3), x = new Value(0), y = w.mul(x).tanh();
  const examples = Array.from({ length: 101 }, (_, k) => [Math.sin(k)]);
  const run = (form: "lines" | "loop") => {
    const kernel = compile(y, { inputs: [x], parameters: [w], form });
    kernel.gradients[0] = 5;
    return [kernel.backwardAll(examples), kernel.gradients[0]];
  };
  const sum = (f: (x: number) => number) => examples.reduce((sum, [x]) => sum + f(x), 0);
  const expected = [
    sum((x) => Math.tanh(3 * x)),
    5 + sum((x) => x * (1 - Math.tanh(3 * x) ** 2)),
  ];
  let used = 0, runs = 0;
  class Instance extends WebAssembly.Instance {
    constructor(module: WebAssembly.Module, imports: WebAssembly.Imports) {
      super(module, imports);
      used++;
      const { memory, run } = this.exports as { memory: WebAssembly.Memory; run: () => void };
      const counted = () => {
        runs++;
        run();
      };
      Object.defineProperty(this, "exports", { value: { memory, run: counted } });
    }
  }
  const { Module } = WebAssembly;
  const forbidden = () => {
    throw new WebAssembly.CompileError("not on this page");
  };
  const results = [
    withWebAssembly({ Module, Instance }, () => run("lines")),
    withWebAssembly({ Module, Instance }, () => run("loop")),
    withWebAssembly({ Module: forbidden, Instance }, () => run("lines")),
    withWebAssembly(undefined, () => run("lines")),
  ];
  for (const result of results) {
    result.forEach((x, k) => assert(Math.abs(x - expected[k]) <= 1e-13, `${x} ≠ ${expected[k]}`));
  }
  assertEquals(runs, 50, "once for two examples");
  assertEquals(used, 1, "lines alone use it, where it is there");
  const kernel = compile(y, { inputs: [x], parameters: [w] });
  const counts = [1, 0, 2, 3, 1].map((count) => {
    withWebAssembly({ Module, Instance }, () => kernel.backwardAll(examples.slice(0, count)));
    return used - 1;
  });
  assertEquals(counts, [0, 0, 1, 1, 1], "it is translated once, when there are two examples");
});

Deno.test("backwardAll() runs each example on its own inputs and on the same parameters", () => {
  const inputs = [1, 2, 3].map((x) => new Value(x)), parameters = [4, 5].map((p) => new Value(p));
  const [x, y, z] = inputs, [v, w] = parameters;
  const kernel = compile(x.mul(v).add(y.mul(w)).mul(z), { inputs, parameters });
  const sum = kernel.backwardAll([[2, 3, 5], [7, 11, 13], [17, 19, 23]]);
  // (2·4 + 3·5)·5 + (7·4 + 11·5)·13 + (17·4 + 19·5)·23
  assertEquals(sum, 115 + 1079 + 3749);
  assertEquals([...kernel.gradients], [2 * 5 + 7 * 13 + 17 * 23, 3 * 5 + 11 * 13 + 19 * 23]);
});

Deno.test("backwardAll() of one to twenty inputs, and of one example after many", () => {
  for (let n = 1; n <= 20; n++) {
    const inputs = Array.from({ length: n }, () => new Value(1));
    const parameters = inputs.map((_, k) => new Value(k + 2));
    const loss = inputs.map((x, k) => x.mul(parameters[k])).reduce((sum, term) => sum.add(term));
    const kernel = compile(loss, { inputs, parameters });
    // Integers, so that every sum is exact: w · x, whose gradient is x.
    const examples = Array.from({ length: 9 }, (_, e) => inputs.map((_, k) => 100 * e + k));
    const gradients = inputs.map(() => 0);
    for (const count of [9, 1, 8, 1, 2, 3, 0, 1]) {
      const batch = examples.slice(9 - count);
      let expected = 0;
      for (const x of batch) {
        x.forEach((x, k) => {
          expected += (k + 2) * x;
          gradients[k] += x;
        });
      }
      assertEquals(kernel.backwardAll(batch), expected, `${count} of ${n} inputs`);
      assertEquals([...kernel.gradients], gradients, `${count} of ${n} inputs`);
    }
  }
});

Deno.test("backwardAll() that throws leaves the gradients as they were", () => {
  const w = new Value(3), x = new Value(0);
  const kernel = compile(w.mul(x), { inputs: [x], parameters: [w] });
  kernel.backwardAll([[1], [2]]);
  for (const wrong of [[["1"], [2]], [[1], [2], ["3"]], [[1], [2], [3, 4]], [[1], [2], null]]) {
    assertThrows(() => kernel.backwardAll(wrong as number[][]), Error, "in each example, 1 in all");
    assertEquals(kernel.gradients[0], 3);
  }
});
