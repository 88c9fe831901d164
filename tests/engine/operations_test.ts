// The tables of operations, checked against nudging, against their own formulas, and against `Value`.
// Only the limits at the end name operations: a new entry is tested without writing a test.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStrictEquals,
} from "@std/assert";
import {
  type ListOperation,
  listOperations,
  type Operation,
  operations,
} from "../../engine/operations.ts";
import { Value } from "../../mod.ts";

const table: [string, Operation][] = Object.entries(operations);
const listTable: [string, ListOperation][] = Object.entries(listOperations);

/** Random numbers in [−4, 4], the same on every run; every fourth is an integer, none is 0. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = state * 48271 % 2147483647; // Park and Miller's minimal standard generator
    const x = 8 * state / 2147483647 - 4;
    return state % 4 === 0 ? Math.round(x) || 1 : x;
  };
}

/** Compares a number, or NaN, with a relative tolerance, which is absolute near 0. */
function assertClose(actual: number, expected: number, tolerance: number, where: string): void {
  const size = Number.isNaN(expected) ? 1 : Math.max(1, Math.abs(expected));
  assertAlmostEquals(actual, expected, tolerance * size, where);
}

/**
 * The slope of f at 0 by nudging. It is NaN where f has no value on either side; null at a kink, a
 * pole or an edge, and where one is so near that two nudges do not agree.
 */
function slope(f: (h: number) => number): number | null {
  const h = 1e-5;
  if (Number.isNaN(f(h)) && Number.isNaN(f(-h))) return NaN;
  const [coarse, fine] = [h, h / 2].map((h) => (f(h) - f(-h)) / (2 * h));
  // The difference of the slopes on both sides: for a smooth function it is halved with the nudge.
  const [wide, narrow] = [h, h / 2].map((h) => (f(h) - 2 * f(0) + f(-h)) / h);
  const tolerance = 1e-8 * Math.max(1, Math.abs(coarse));
  const isClear = Math.abs(coarse - fine) < tolerance && Math.abs(wide - 2 * narrow) < tolerance;
  return isClear ? coarse : null;
}

/** A formula as a function of the numbers it names. */
function read(formula: string, names: string[]): (...numbers: number[]) => number {
  const mathematics = Object.getOwnPropertyNames(Math);
  const code = `return ${formula.replaceAll("^", "**")}`;
  const f = new Function(...mathematics, ...names, code);
  return f.bind(null, ...mathematics.map((name) => Math[name as keyof Math]));
}

/** Calls the method of a Value, or the static method of the class, with the name of an operation. */
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

Deno.test("operations have unique symbols, and formulas that name their operands", () => {
  const symbols = [...table, ...listTable].map(([, { symbol }]) => symbol);
  assertEquals(new Set(symbols).size, symbols.length);
  for (const symbol of symbols) assertMatch(symbol, /^\S+$/);
  for (const [name, { formula, locals }] of table) {
    assertMatch(formula, /\ba\b/, name);
    assertEquals(/\bb\b/.test(formula) ? 2 : 1, locals.length, `${name}: ${formula}`);
  }
});

for (const [name, operation] of table) {
  for (const [k, operand] of ["a", "b"].slice(0, operation.locals.length).entries()) {
    Deno.test(`${name}() has the derivative with respect to ${operand} that nudging finds`, () => {
      const random = randomNumbers(name.length + k);
      let compared = 0;
      for (let point = 0; point < 1000; point++) {
        const a = random(), b = random();
        const expected = slope((h) => operation.value(k === 0 ? a + h : a, k === 1 ? b + h : b));
        if (expected === null) continue;
        const local = operation.locals[k].value(a, b, operation.value(a, b));
        assertClose(local, expected, 1e-7, `${name}(${a}, ${b})`);
        if (!Number.isNaN(expected)) compared++;
      }
      assert(compared >= 200, `only ${compared} points compared`);
    });
  }

  Deno.test(`${name}() has formulas that compute what its functions compute`, () => {
    const result = read(operation.formula, ["a", "b"]);
    const formulas = operation.locals.map(({ formula }) => read(formula, ["a", "b", "y"]));
    for (const { a, b, y, locals } of ordinaryPoints(operation, 100)) {
      const where = `${name}(${a}, ${b})`;
      assertClose(result(a, b), y, 1e-12, where);
      formulas.forEach((local, k) => assertClose(local(a, b, y), locals[k], 1e-12, where));
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

      // The upstream gradient is 8: the chain rule multiplies by it, without rounding.
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

for (const [name, operation] of listTable) {
  Deno.test(`${name}() of a list has the derivatives that nudging and its formulas find`, () => {
    const random = randomNumbers(name.length);
    let compared = 0;
    for (let n = 0; n < 10; n++) {
      const names = Array.from({ length: n }, (_, k) => `x${k + 1}`);
      const result = read(operation.formula(n), names);
      const formulas = names.map((_, k) => read(operation.localFormula(k, n), [...names, "y"]));
      for (let point = 0; point < 10; point++) {
        const list = names.map(random),
          locals = operation.locals(list, new Float64Array(list.length)),
          where = `${name}(${list})`;
        assertClose(result(...list), operation.value(list), 1e-12, where);
        assertEquals(locals.length, n, where);
        for (const [k, local] of locals.entries()) {
          assertClose(formulas[k](...list, operation.value(list)), local, 1e-12, where);
          const expected = slope((h) => operation.value(list.with(k, list[k] + h)));
          if (expected === null) continue;
          assertClose(local, expected, 1e-7, where);
          compared++;
        }
      }
    }
    assert(compared >= 200, `only ${compared} derivatives compared`);
  });
}

Deno.test("operations have the limits of mathematics", () => {
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
    ["log(-0)", new Value(-0).log(), -Infinity, Infinity],
    ["log(-2)", new Value(-2).log(), NaN, NaN],
    ["sqrt(0)", new Value(0).sqrt(), 0, Infinity],
    ["sqrt(-0)", new Value(-0).sqrt(), -0, Infinity],
    ["sqrt(-2)", new Value(-2).sqrt(), NaN, NaN],
    ["tanh(1000)", new Value(1000).tanh(), 1, 0],
    ["tanh(-1000)", new Value(-1000).tanh(), -1, 0],
    ["sigmoid(1000)", new Value(1000).sigmoid(), 1, 0],
    ["sigmoid(-1000)", new Value(-1000).sigmoid(), 0, 0],
    ["relu(0)", new Value(0).relu(), 0, 0],
    ["abs(0)", new Value(0).abs(), 0, 0],
    ["max(2, 2)", new Value(2).max(2), 2, 0.5, 0.5],
    ["min(2, 2)", new Value(2).min(2), 2, 0.5, 0.5],
    ["max(0, -0)", new Value(0).max(-0), 0, 0.5, 0.5],
    ["max(∞, ∞)", new Value(Infinity).max(Infinity), Infinity, 0.5, 0.5],
    ["min(−∞, −∞)", new Value(-Infinity).min(-Infinity), -Infinity, 0.5, 0.5],
    ["clampMin(2, 2)", new Value(2).clampMin(2), 2, 1, 0],
    ["clampMax(2, 2)", new Value(2).clampMax(2), 2, 1, 0],
    ["clampMin(0, -0)", new Value(0).clampMin(-0), 0, 1, 0],
    ["clampMin(NaN, 1)", new Value(NaN).clampMin(1), NaN, NaN, NaN],
    ["clampMax(1, NaN)", new Value(1).clampMax(NaN), NaN, NaN, NaN],
    ["max(NaN, 1)", new Value(NaN).max(1), NaN, NaN, NaN],
    ["min(1, NaN)", new Value(1).min(NaN), NaN, NaN, NaN],
  ];
  for (const [expression, y, data, ...locals] of limits) {
    assertEquals([y.data, ...y.localDerivatives], [data, ...locals], expression);
    assertStrictEquals(y.data, data, expression); // 0 and −0 are two numbers
    y.backward();
    assertEquals(y.operands.map(({ grad }) => grad), locals, expression);
  }
});

Deno.test("logSumExp of a list does not overflow, and is its maximum where that is infinite", () => {
  const lists: [number[], number][] = [
    [[1000, 1000], 1000 + Math.LN2],
    [[-1000, -1000], -1000 + Math.LN2],
    [[Infinity, 1], Infinity],
    [[-Infinity, 1], 1],
    [[-Infinity, -Infinity], -Infinity],
    [[], -Infinity],
    [[NaN, 1], NaN],
  ];
  for (const [list, expected] of lists) {
    assertEquals(Value.logSumExp(list).data, expected, `${list}`);
  }
});

Deno.test("relu, max and min are those of Math, for every kind of number", () => {
  const kinds = [NaN, Infinity, -Infinity, 0, -0, 2, -2];
  for (const a of kinds) {
    assertStrictEquals(operations.relu.value(a), Math.max(0, a), `relu(${a})`);
    for (const b of kinds) {
      assertStrictEquals(operations.max.value(a, b), Math.max(a, b), `max(${a}, ${b})`);
      assertStrictEquals(operations.min.value(a, b), Math.min(a, b), `min(${a}, ${b})`);
    }
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

Deno.test("max, min and the halves of clamp have the slope NaN at NaN for both operands", () => {
  const { max, min, clampMin, clampMax } = operations;
  for (const { locals } of [max, min, clampMin, clampMax]) {
    for (const { value } of locals) {
      assertEquals([value(NaN, 1), value(1, NaN), value(NaN, NaN)], [NaN, NaN, NaN]);
    }
  }
});
