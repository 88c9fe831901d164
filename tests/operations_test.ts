// The table of operations, held against nudging, against its own formulas, and against `Value`.
// Nothing here names an operation but the limits at the end: a new entry is tested without a test.
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { type Operation, operations } from "../engine/operations.ts";
import { Value } from "../mod.ts";

const table: [string, Operation][] = Object.entries(operations);

/** Random numbers in [−4, 4], the same on every run; every fourth is whole, none is 0: see limits. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 48271 % 2147483647; // Park and Miller's minimal standard generator
    const x = 8 * state / 2147483647 - 4;
    return state % 4 === 0 ? Math.round(x) || 1 : x;
  };
}

/** Calls the method of a Value, or the static of the class, that has an operation's name. */
function call(target: unknown, name: string, ...operands: (Value | number)[]): Value {
  return (target as Record<string, (...operands: (Value | number)[]) => Value>)[name](...operands);
}

/** Random operands at which an operation and its local derivatives are ordinary numbers. */
function ordinaryPoints(operation: Operation, count: number) {
  const random = randomNumbers(operation.formula.length + count);
  const points: { a: number; b: number; y: number; locals: number[] }[] = [];
  for (let tries = 0; tries < 20 * count && points.length < count; tries++) {
    const a = random(), b = random(), y = operation.value(a, b);
    const locals = operation.locals.map(({ value }) => value(a, b, y));
    if ([y, ...locals].every(Number.isFinite)) points.push({ a, b, y, locals });
  }
  assertEquals(points.length, count, "too few ordinary points");
  return points;
}

Deno.test("operations have a symbol of their own, formulas, and one or two operands", () => {
  assertEquals(new Set(table.map(([, { symbol }]) => symbol)).size, table.length);
  for (const [name, { symbol, formula, locals }] of table) {
    assertMatch(symbol, /^\S+$/, name);
    assertMatch(formula, /\ba\b/, name);
    assertEquals(/\bb\b/.test(formula), locals.length === 2, `${name}: ${formula}`);
    assert(locals.length === 1 || locals.length === 2, name);
    for (const local of locals) assertMatch(local.formula, /\S/, name);
  }
});

for (const [name, operation] of table) {
  for (const [k, operand] of ["a", "b"].slice(0, operation.locals.length).entries()) {
    Deno.test(`${name}() has the derivative in ${operand} that nudging ${operand} finds`, () => {
      const random = randomNumbers(name.length + k);
      let compared = 0;
      for (let point = 0; point < 1000; point++) {
        const a = random(), b = random();
        const nudged = (h: number) => operation.value(k === 0 ? a + h : a, k === 1 ? b + h : b);
        const central = (h: number) => (nudged(h) - nudged(-h)) / (2 * h);
        const local = operation.locals[k].value(a, b, operation.value(a, b));
        const where = `${name}(${a}, ${b})`;

        const h = 1e-5, slope = central(h), size = Math.max(1, Math.abs(slope));
        if (Number.isNaN(nudged(h)) && Number.isNaN(nudged(-h))) {
          // No value on either side: there is no slope, and the table must not invent one.
          assertEquals(local, NaN, where);
        } else if (Math.abs(slope - central(h / 2)) < 1e-8 * size) {
          // Two nudges agree on the slope: no kink, pole or edge is within reach.
          assertAlmostEquals(local, slope, 1e-7 * size, where);
          compared++;
        }
      }
      assert(compared >= 200, `only ${compared} points compared`);
    });
  }

  Deno.test(`${name}() has formulas that compute what its functions compute`, () => {
    const read = (formula: string) => {
      const names = Object.getOwnPropertyNames(Math);
      const f = new Function("a", "b", "y", ...names, `return ${formula.replaceAll("^", "**")}`);
      const functions = names.map((name) => Math[name as keyof Math]);
      return (a: number, b: number, y: number): number => f(a, b, y, ...functions);
    };
    const result = read(operation.formula);
    const locals = operation.locals.map(({ formula }) => read(formula));
    for (const point of ordinaryPoints(operation, 100)) {
      const { a, b, y } = point;
      const where = `${name}(${a}, ${b})`;
      assertAlmostEquals(result(a, b, y), y, 1e-12 * Math.max(1, Math.abs(y)), where);
      for (const [k, local] of point.locals.entries()) {
        assertAlmostEquals(locals[k](a, b, y), local, 1e-12 * Math.max(1, Math.abs(local)), where);
      }
    }
  });

  Deno.test(`${name}() of Values computes the table's result and passes back its derivatives`, () => {
    const binary = operation.locals.length === 2;
    for (const { a, b, y, locals } of ordinaryPoints(operation, 20)) {
      const x = new Value(a), other = new Value(b);
      const operands = binary ? [x, other] : [x];
      const result = call(x, name, ...operands.slice(1));
      assertEquals(result.data, y);
      assertEquals(result.op, operation.symbol);
      assertEquals(result.operands.length, operands.length);
      assert(result.operands.every((operand, k) => operand === operands[k]));
      assertEquals(result.localDerivatives, locals);

      // Upstream of the operation stands a factor 8: the chain rule multiplies by it (exactly).
      result.mul(8).backward();
      assertEquals(result.grad, 8);
      assertEquals(operands.map(({ grad }) => grad), locals.map((local) => 8 * local));

      if (binary) {
        const first = new Value(a), second = new Value(b);
        const numberSecond = call(first, name, b);
        const numberFirst = call(Value, name, a, second);
        numberSecond.backward();
        numberFirst.backward();
        assertEquals([numberSecond.data, numberFirst.data], [y, y]);
        assertEquals([first.grad, second.grad], locals);
        assertEquals(numberSecond.operands.map(({ data }) => data), [a, b]);
        assertEquals(numberFirst.operands.map(({ data }) => data), [a, b]);

        const both = call(Value, name, x, other);
        assert(both.operands[0] === x && both.operands[1] === other);
        assertEquals([both.data, both.op], [y, operation.symbol]);
      }
    }
  });
}

Deno.test("operations at their limits give the number mathematics gives", () => {
  const limits: [expression: string, y: Value, data: number, ...locals: number[]][] = [
    ["0^0", new Value(0).pow(0), 1, 0, 0],
    ["0^1", new Value(0).pow(1), 0, 1, 0],
    ["0^2", new Value(0).pow(2), 0, 0, 0],
    ["0^0.5", new Value(0).pow(0.5), 0, Infinity, 0],
    ["0^-1", new Value(0).pow(-1), Infinity, -Infinity, -Infinity],
    ["(-2)^0", new Value(-2).pow(0), 1, 0, NaN],
    ["(-2)^3", new Value(-2).pow(3), -8, 12, NaN],
    ["(-2)^0.5", new Value(-2).pow(0.5), NaN, NaN, NaN],
    ["1 / 0", new Value(1).div(0), Infinity, Infinity, -Infinity],
    ["-1 / 0", new Value(-1).div(0), -Infinity, Infinity, Infinity],
    ["exp(1000)", new Value(1000).exp(), Infinity, Infinity],
    ["exp(-1000)", new Value(-1000).exp(), 0, 0],
    ["log(0)", new Value(0).log(), -Infinity, Infinity],
    ["log(-2)", new Value(-2).log(), NaN, NaN],
    ["sqrt(0)", new Value(0).sqrt(), 0, Infinity],
    ["sqrt(-2)", new Value(-2).sqrt(), NaN, NaN],
    ["tanh(1000)", new Value(1000).tanh(), 1, 0],
    ["tanh(-1000)", new Value(-1000).tanh(), -1, 0],
    ["sigmoid(1000)", new Value(1000).sigmoid(), 1, 0],
    ["sigmoid(-1000)", new Value(-1000).sigmoid(), 0, 0],
    ["relu(0)", new Value(0).relu(), 0, 0],
    ["abs(0)", new Value(0).abs(), 0, 0],
  ];
  for (const [expression, y, data, ...locals] of limits) {
    assertEquals([y.data, ...y.localDerivatives], [data, ...locals], expression);
    y.backward();
    assertEquals(y.operands.map(({ grad }) => grad), locals, expression);
  }
});

Deno.test("operations of one operand keep NaN as NaN, so that a mistake stays visible", () => {
  for (const [name, { locals }] of table.filter(([, { locals }]) => locals.length === 1)) {
    const x = new Value(NaN), y = call(x, name);
    y.backward();
    assertEquals(y.data, NaN, name);
    // The derivative of neg is −1 everywhere; any other depends on the operand or the result.
    if (/\b[ay]\b/.test(locals[0].formula)) assertEquals(x.grad, NaN, name);
  }
});
