import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  contribution,
  evaluate,
  type Expression,
  type NumberFunction,
  readFormula,
  readFunction,
  substitute,
  toCode,
} from "../../engine/expression.ts";
import { listOperations, type Operation, operations } from "../../engine/operations.ts";
import { Random } from "../../mod.ts";

function compute(formula: string, numbers: Record<string, number> = {}): number {
  return evaluate(readFormula(formula), (name) => numbers[name]);
}

function assertClose(actual: number, expected: number, message: string): void {
  assertAlmostEquals(actual, expected, 1e-12 * Math.max(1, Math.abs(expected)), message);
}

Deno.test("readFormula() parses operators with their usual precedence", () => {
  const formulas: [string, number][] = [
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["(1 + 2) + 3", 6],
    ["1 + (2 + 3) + 4", 10],
    ["10 - 4 * 2", 2],
    ["10 - 4 - 3", 3],
    ["24 / 4 / 3", 2],
    ["24 / 4 * 3", 18],
    ["2^3^2", 512],
    ["(2^3)^2", 64],
    ["-2^2", -4],
    ["(-2)^2", 4],
    ["-1 + 3", 2],
    ["-1 - 3 * 2", -7],
    ["-1 > -2 ? 7 : 8", 7],
    ["2^-1", 0.5],
    ["3 * -2", -6],
    ["5 - -2", 7],
    ["-6 / 4", -1.5],
    ["2^-1 * 8", 4],
    ["1 + 2 + 3 - 4 + 5", 7],
    ["max(2, 3) + max(1, -1)", 4],
    ["1 > 2 ? 3 : 4 + 5", 9],
    ["1 > 1 + 1 ? 7 : 8", 8],
    ["1 + 1 > 1 ? 1 > 0 ? 7 : 8 : 9", 7],
    ...["<", ">", "<=", ">=", "===", "!=="].flatMap((op): [string, number][] => [
      [`1 ${op} 2 ? 7 : 8`, /<|!/.test(op) ? 7 : 8],
      [`2 ${op} 2 ? 7 : 8`, /^[<>=]=/.test(op) ? 7 : 8],
      [`3 ${op} 2 ? 7 : 8`, />|!/.test(op) ? 7 : 8],
    ]),
    ["1 > 0 || 1 > 2 && 2 > 3 ? 7 : 8", 7],
    ["1 >= 1 && 2 <= 1 ? 7 : 3 === 3 ? 8 : 9", 8],
    ["1.25 * 4e2 - .5", 499.5],
    ["Math.PI * 2", 2 * Math.PI],
  ];
  for (const [formula, value] of formulas) assertEquals(compute(formula), value, formula);
  assertEquals(compute("sign(x) * sqrt(abs(x)) + x_1", { x: -4, x_1: 5 }), 3);
});

Deno.test("readFormula() makes one list of a sum, and one number of a sign and a number", () => {
  const terms = Array.from({ length: 20_000 }, (_, k) => `x${k + 1}`);
  assertEquals(readFormula(terms.join(" + ")), { op: "+", args: terms });
  assertEquals(readFormula("-1"), -1);
  assertEquals(readFormula("-a"), { op: "negative", args: ["a"] });
});

Deno.test("readFormula() throws and says where a string is not a formula", () => {
  const wrong: [formula: string, what: string][] = [
    ["", "end (token 1)"],
    ["a +", "end (token 3)"],
    ["a b", "b (token 2)"],
    ["(a", "end (token 3)"],
    ["a)", ") (token 2)"],
    ["f(a)", "f (token 1)"],
    ["a > b", "end (token 4)"],
    ["a ? b : c", "b (token 3)"],
    ["a > 0 ? b", "end (token 6)"],
    ["(a > 0) * 2", "end (token 8)"],
    ["a > 0 > b ? 1 : 2", "? (token 6)"],
    ["a > 0 && b ? 1 : 2", "? (token 6)"],
    ["a, b", ", (token 2)"],
    ["a $ b", "$ (token 2)"],
    ["exp(", "end (token 3)"],
    ["* a", "* (token 1)"],
    ["a ^ ^ b", "^ (token 3)"],
    ["a.b", "a.b (token 1)"],
    ["a++b", "++ (token 2)"],
  ];
  for (const [formula, what] of wrong) {
    const message = `cannot read "${formula}": unexpected ${what}`;
    assertThrows(() => readFormula(formula), SyntaxError, message);
  }
});

Deno.test("each formula of an operation computes the number of the table", () => {
  const random = new Random(1);
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    let points = 0;
    while (points < 100) {
      const [a, b] = [random.uniform(-4, 4), random.uniform(-4, 4)];
      const y = operation.value(a, b);
      const locals = operation.locals.map(({ value }) => value(a, b, y));
      if (![y, ...locals].every(Number.isFinite)) continue;
      points++;
      const where = `${name}(${a}, ${b})`;
      assertClose(compute(operation.formula, { a, b }), y, where);
      for (const [k, { formula }] of operation.locals.entries()) {
        assertClose(compute(formula, { a, b, y }), locals[k], `${formula} of ${where}`);
      }
    }
  }
});

Deno.test("each formula of an operation on a list computes the number of the table", () => {
  const random = new Random(2);
  for (const [name, operation] of Object.entries(listOperations)) {
    for (let n = 0; n <= 7; n++) {
      const x = Array.from({ length: n }, () => random.uniform(-4, 4));
      const y = operation.value(x);
      const numbers = { ...Object.fromEntries(x.map((value, k) => [`x${k + 1}`, value])), y };
      const where = `${name}(${x})`;
      assertClose(compute(operation.formula(n), numbers), y, where);
      for (const [k, local] of operation.locals(x, new Float64Array(n)).entries()) {
        assertClose(compute(operation.localFormula(k, n), numbers), local, where);
      }
    }
  }
});

/** The expression parsed from a function, as code. */
function reread(f: (...numbers: number[]) => number): string | null {
  const expression = readFunction(f as NumberFunction);
  return expression === null ? null : toCode(expression);
}

/** A function made from source that a minifier or another tool may have written. */
function of(source: string): (...numbers: number[]) => number {
  return new Function(`return ${source}`)();
}

Deno.test("readFunction() parses each function of the table, and toCode() reproduces its source", () => {
  for (const [name, { value, locals }] of Object.entries<Operation>(operations)) {
    for (const f of [value, ...locals.map(({ value }) => value)]) {
      const [, body] = String(f).split(/=>\s*/);
      const words = body.replace(/\b_/g, "");
      assertEquals(reread(f as () => number), words, name);
    }
  }
});

Deno.test("readFunction() identifies parameters by position, whatever their names", () => {
  assertEquals(reread(of("(e,t)=>e<=0?0:e*t**-2")), "a <= 0 ? 0 : a * b ** -2");
  assertEquals(reread(of("$=>-($-.5)/1e3")), "-((a - 0.5) / 1000)");
  assertEquals(reread(of("(_a, _b, value) => 1 - value * value")), "1 - y * y");
  assertEquals(reread(of("() => -Infinity")), "-Infinity");
  assertEquals(reread(of("(a, b, y,) => a * b * y")), "a * b * y");
  assertEquals(reread(of("(x) => Math.LN2 * x - -0")), `${Math.LN2} * a - -0`);
});

Deno.test("readFunction() returns null for anything but one expression in its parameters", () => {
  const helper = (x: number) => 2 * x;
  const slope = 3;
  assertEquals([Math.abs, helper, slope].length, 3);
  const functions: ((...numbers: number[]) => number)[] = [
    Math.abs,
    Math.max,
    (a) => helper(a),
    (a) => slope * a,
    (a) => {
      return a;
    },
    function (a) {
      return a;
    },
    (...list) => list[0],
    (a, b = 2) => a * b,
    ...[
      "(a) => (cov.s[0]++, a)",
      "(a) => a % 2",
      "(a) => a | 0",
      "(a) => a || 1",
      "(a) => a == 1 ? 1 : 2",
      "(a) => !a ? 1 : 2",
      "(a) => a ? 1 : 2",
      "(a) => a > 0",
      "(a) => (a > 0) * 2",
      "(a) => +a",
      "(a) => --a",
      "(a) => a--",
      "(a, b) => a --b",
      "(a) => a = 2",
      "(a) => [a]",
      "(a) => exp(a)",
      "(a) => Path.sin(a)",
      "(a) => Math.sin",
      "(a) => Math['sin'](a)",
      "(a) => Math.random()",
      "(a) => Math.nothing(a)",
      "(a) => Math.isPrototypeOf(a)",
      "(a) => a * undefined",
      "(a) => a.valueOf()",
      "(a) => this.a",
      "(a) => `${a}`",
      "(a) => 0x10",
      "(a) => 010 * a",
      "(a) => 1_000 * a",
      "(a) => 10n",
      "(a) => // twice\n2 * a",
      "(a, b, c, d) => a",
      "({ a }) => a",
      "async (a) => a",
      "(Math => a => Math.abs(a))({ abs: (a) => a })",
      "(Math => (a, b) => Math.abs(b))({ abs: (a) => a })",
      "(Math => (a, b, y) => Math.abs(y))({ abs: (a) => a })",
      "(NaN => a => a * NaN)(2)",
      "(a, b) => a ** b ** constructor",
      "(a) => { throw a }",
    ].flatMap((source) => {
      try {
        return [of(source)];
      } catch (error) {
        assert(error instanceof SyntaxError, source);
        return [];
      }
    }),
  ];
  assert(functions.length > 35);
  for (const f of functions) assertEquals(reread(f), null, String(f));
});

Deno.test("readFunction() returns null where `Math` in the scope of the function is another object", () => {
  const regions: ((x: number) => boolean)[] = [
    (x) => x < 0 && x > -10,
    (x) => x > 0 && x < 10,
    (x) => x === 0,
    (x) => Number.isFinite(x) && Math.abs(x) > 1e100,
    (x) => x === Infinity,
    (x) => x === -Infinity,
    (x) => Number.isNaN(x),
  ];
  for (const parameter of ["a", "b", "y"]) {
    for (const isIn of regions) {
      const make = new Function("Math", `return (a, b, y) => Math.abs(${parameter})`);
      assertEquals(
        reread(make({ abs: (x: number) => isIn(x) ? 7 : Math.abs(x) })),
        null,
        `${isIn}`,
      );
      assertEquals(reread(make(Math)), `Math.abs(${parameter})`);
    }
  }
});

/** A random expression in a, b and y. */
function randomExpression(random: Random, depth: number): Expression {
  const choose = <T>(list: readonly T[]) => list[random.integer(list.length)];
  if (depth === 0) return choose<Expression>(["a", "b", "y", 0, -0, 2, -1.5, 1e-7, Infinity, NaN]);
  const part = () => randomExpression(random, depth - 1 - random.integer(depth));
  const condition = (): Expression =>
    random.uniform() < 0.3
      ? { op: choose(["&&", "||"]), args: [condition(), condition()] }
      : { op: choose(["<", ">", "<=", ">=", "===", "!=="]), args: [part(), part()] };
  const op = choose(["+", "+", "-", "*", "*", "/", "**", "negative", "tanh", "max", "?"]);
  if (op === "?") return { op, args: [condition(), part(), part()] };
  if (op === "negative" || op === "tanh") return { op, args: [part()] };
  if (op === "+") return { op, args: [part(), part(), part()] };
  return { op, args: [part(), part()] };
}

Deno.test("toCode() writes JavaScript that computes the expression and parses back to it", () => {
  const random = new Random(3);
  let read = 0;
  for (let i = 0; i < 3000; i++) {
    const expression = randomExpression(random, 4);
    const code = toCode(expression);
    const f = of(`(a, b, y) => ${code}`) as NumberFunction;
    const again = readFunction(f);
    for (let k = 0; k < 5; k++) {
      const [a, b, y] = [0, 1, 2].map(() => Math.round(random.uniform(-4, 4)) / 2);
      const numbers = (name: string) => ({ a, b, y })[name]!;
      const value = evaluate(expression, numbers);
      assert(Object.is(f(a, b, y), value), `${code} at ${a}, ${b}, ${y}`);
      if (again !== null) assert(Object.is(evaluate(again, numbers), value), code);
    }
    if (again !== null) read++;
  }
  assertEquals(read, 3000);
});

Deno.test("toCode() writes no needless parentheses", () => {
  for (
    const code of [
      "a + b + y",
      "a + (b + y)",
      "a + b + (y + 1)",
      "a + b * y",
      "a - (b - y)",
      "a - b - y",
      "a * b / y",
      "a / (b * y)",
      "(a + b) * -y",
      "-a * b / y",
      "a / (-b * y)",
      "-(a ** 2 * b)",
      "-(a + b * y)",
      "-(-a)",
      "(-a) ** 2",
      "a ** b ** y",
      "(a ** b) ** y",
      "a > 0 ? 1 : a < -1 ? 2 : 3",
      "(a > 0 ? 1 : 2) * b",
      "(a > 0 || b > 0) && y > 0 ? 1 : 2",
      "a > 0 || b + 1 > 0 && y > 0 ? 1 : 2",
      "Math.max(a + b, a > b ? 1 : 2)",
      "(-1) ** a",
      "2 ** a",
    ]
  ) assertEquals(toCode(readFunction(of(`(a, b, y) => ${code}`) as NumberFunction)!), code);
});

Deno.test("substitute() replaces names by expressions", () => {
  const sum = substitute(readFormula("a * b + a"), (name) => name === "a" ? "p[0]" : -2);
  assertEquals(toCode(sum), "p[0] * -2 + p[0]");
  assertEquals(toCode(substitute(readFormula("2 * a"), () => "b")), "2 * b");
});

Deno.test("toCode() calls functions of `Math`, and others by their own names", () => {
  assertEquals(toCode({ op: "max", args: ["a", 2, "b"] }), "Math.max(a, 2, b)");
  assertEquals(toCode({ op: "f[0]", args: ["a"] }), "f[0](a)");
});

Deno.test("contribution() is local × upstream, without a factor 1 or −1", () => {
  const cases: [Expression, string][] = [[1, "d"], [-1, "-d"], [2, "2 * d"], ["x", "x * d"]];
  for (const [local, code] of cases) assertEquals(toCode(contribution(local, "d")), code);
  assertEquals(toCode(contribution(readFormula("1 - y"), "d")), "(1 - y) * d");
});
