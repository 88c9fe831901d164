/**
 * Operations added from outside: checked when they are defined, then like any other.
 *
 * @module
 */
import { inWords, refusal, requireArray, requireFunction, requireOptions } from "./arguments.ts";
import { derivative } from "./derivative.ts";
import { evaluate, type Expression, isApplication, readFormula } from "./expression.ts";
import {
  isListOperation,
  type ListOperation,
  type LocalDerivative,
  type Operation,
} from "./operations.ts";
import { listResultOf, resultOf, type Value } from "./value.ts";

const usage = 'defineOperation({ symbol: "square", formula: "a^2", value: (a) => a * a, ' +
  'locals: [{ formula: "2 * a", value: (a) => 2 * a }] })';

/** A number that a function of an operation returned, and the formula that it must agree with. */
interface Part {
  readonly what: string;
  readonly formula: string;
  readonly value: number;
}

/**
 * Adds an operation on one or two numbers. It returns a function that makes Values, which work in
 * `backward`, `backwardSteps`, `explain`, `draw` and `compile` like those of any other operation.
 *
 * The operation is checked first: at many points, the formulas must agree with the functions, and the
 * local derivatives with nudging.
 *
 * @param operation its symbol, its formula in `a` and `b`, its value, and for each operand the local
 *   derivative: a formula in `a`, `b` and the result `y`, and a function of these numbers
 * @returns a function of as many Values or numbers as there are local derivatives
 * @throws {TypeError} when a part of it is missing or has the wrong type
 * @throws {SyntaxError} when a formula cannot be parsed
 * @throws {RangeError} when a derivative or a formula is wrong
 *
 * @example An activation that is not in the table
 * ```ts
 * import { defineOperation, explain, Value } from "@micro-grad/micro-grad";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const softplus = defineOperation({
 *   symbol: "softplus",
 *   formula: "log(1 + exp(a))",
 *   value: (a) => Math.log1p(Math.exp(a)),
 *   locals: [{ formula: "1 / (1 + exp(-a))", value: (a) => 1 / (1 + Math.exp(-a)) }],
 * });
 *
 * const x = new Value(0, { label: "x" });
 * const y = softplus(x);
 * y.label = "y";
 * y.backward();
 * assertAlmostEquals(y.data, Math.LN2);
 * assertEquals(x.grad, 0.5);
 * assertEquals(explain(y, x).text.split("\n")[0], "y = log(1 + exp(x)) ≈ 0.693147");
 * ```
 */
export function defineOperation(
  operation: Operation & { readonly locals: readonly [LocalDerivative] },
): (a: Value | number) => Value;
/**
 * Adds an operation on two numbers.
 *
 * @param operation the operation
 * @returns a function of two Values or numbers
 */
export function defineOperation(
  operation: Operation,
): (a: Value | number, b: Value | number) => Value;
/**
 * Adds an operation on a list of numbers, called `x1`, `x2`, … in its formulas.
 *
 * @param operation the operation
 * @returns a function of an array of Values and numbers
 */
export function defineOperation(
  operation: ListOperation,
): (values: readonly (Value | number)[]) => Value;
export function defineOperation(
  operation: Operation | ListOperation,
): (...operands: never[]) => Value {
  requireOptions(
    { operation },
    ["symbol", "formula", "value", "locals", "localFormula", "terms"],
    usage,
  );
  const { symbol } = operation;
  if (typeof symbol !== "string" || !/^\S+$/.test(symbol)) {
    throw new TypeError(refusal({ symbol }, "a word", usage));
  }
  requireFunction({ value: operation.value }, usage);
  if (isListOperation(operation)) {
    const { formula, localFormula, locals } = operation;
    requireFunction({ formula, localFormula, locals }, `${usage}, for lists with functions`);
    const own = { ...operation };
    if (own.terms !== undefined) requireLocals(own.terms);
    checkList(own);
    return (...args: never[]) => {
      requireCount(args, 1, `${symbol}([a, b, 3])`);
      return listResultOf(own, args[0]);
    };
  }
  const count = requireLocals(operation);
  const own = { ...operation, locals: operation.locals.map((local) => ({ ...local })) };
  checkOperation(own);
  return (...operands: never[]) => {
    requireCount(operands, count, `${symbol}(${count === 1 ? "a" : "a, b"})`);
    return resultOf(own, operands);
  };
}

/** Throws unless an operation has one or two local derivatives; returns how many it has. */
function requireLocals({ locals }: Operation): number {
  requireArray({ locals }, usage);
  if (locals.length !== 1 && locals.length !== 2) {
    throw new RangeError(
      `write ${usage}: locals has ${locals.length} elements, not one for each of 1 or 2 operands`,
    );
  }
  for (const [k, local] of locals.entries()) {
    requireOptions({ [`locals[${k}]`]: local }, ["formula", "value"], usage);
    requireFunction({ [`locals[${k}].value`]: local.value }, usage);
  }
  return locals.length;
}

function requireCount(args: readonly unknown[], count: number, usage: string): void {
  if (args.length !== count) throw new TypeError(`write ${usage}: got ${args.length} arguments`);
}

// ---- Checks

/** Points at which an operation is checked: small and large, on both sides of 0, none a likely kink. */
const points = Array.from({ length: 60 }, (_, k) => {
  const size = 10 ** (k % 5 - 2) * (1 + (k * 0.618) % 1);
  return k % 2 === 0 ? size : -size;
});

/** For each point the second operand of an operation on two numbers. */
const secondOperands = points.map((_, i) => points[(7 * i + 3) % points.length]);

function checkOperation({ symbol, formula, value, locals }: Operation): void {
  const names = ["a", "b"].slice(0, locals.length);
  read(formula, { names, symbol });
  for (const local of locals) read(local.formula, { names: [...names, "y"], symbol });
  const compared = locals.map(() => 0);
  points.forEach((a, i) => {
    const b = locals.length === 1 ? NaN : secondOperands[i];
    const y = value(a, b);
    if (!isOrdinary(numberOf(y, `${symbol}.value`))) return;
    const where = locals.length === 1 ? `a = ${a}` : `a = ${a} and b = ${b}`;
    compare({ what: `the value of ${symbol}`, formula, value: y }, { a, b }, where);
    locals.forEach((local, k) => {
      const number = numberOf(local.value(a, b, y), `${symbol}.locals[${k}].value`);
      const nudged = slope((x) => k === 0 ? value(x, b) : value(a, x), k === 0 ? a : b);
      if (nudged === null) return;
      compared[k]++;
      const what = `locals[${k}] of ${symbol}`;
      compareSlope(number, nudged, { what, where });
      compare({ what, formula: local.formula, value: number }, { a, b, y }, where);
    });
  });
  compared.forEach((count, k) => requireSome(count, `locals[${k}] of ${symbol}`));
}

/** Lists of up to so many numbers are checked, so many of each length. */
const longest = 5;
const tries = 10;

function checkList(operation: ListOperation): void {
  const { symbol, formula, value, localFormula, locals } = operation;
  let compared = 0;
  for (let n = 0; n <= longest; n++) {
    const names = Array.from({ length: n }, (_, k) => `x${k + 1}`);
    read(formula(n), { names, symbol });
    names.forEach((_, k) => read(localFormula(k, n), { names: [...names, "y"], symbol }));
    for (let first = 0; first < tries; first++) {
      const list = names.map((_, k) => points[(11 * first + 7 * k) % points.length]);
      const y = numberOf(value(list), `${symbol}.value`);
      if (!isOrdinary(y)) continue;
      const numbers = { ...Object.fromEntries(names.map((name, k) => [name, list[k]])), y };
      const where = `x = [${list.join(", ")}]`;
      compare({ what: `the value of ${symbol}`, formula: formula(n), value: y }, numbers, where);
      if (operation.terms !== undefined) compareTerms(operation, list, y);
      const into = new Float64Array(n), result = locals(list, into);
      if (result !== into) {
        throw new TypeError(
          `${symbol}.locals must write into its second argument, the array into, and return it`,
        );
      }
      into.forEach((number, k) => {
        const nudged = slope((x) => value(list.with(k, x)), list[k]);
        if (nudged === null) return;
        compared++;
        const what = `the local derivative ${k} of ${n} of ${symbol}`;
        compareSlope(number, nudged, { what, where });
        compare({ what, formula: localFormula(k, n), value: number }, numbers, where);
      });
    }
  }
  requireSome(compared, `locals of ${symbol}`);
  if (operation.terms !== undefined) checkOperation(operation.terms);
}

/** Throws unless the terms of a list add up to its value. */
function compareTerms({ symbol, terms }: ListOperation, list: readonly number[], y: number): void {
  const { value, locals } = terms!;
  const count = Math.floor(list.length / locals.length);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += value(list[k], list[k + count] ?? NaN);
  if (list.length > count * locals.length) sum += list[list.length - 1];
  if (!isNear(sum, y, 1e-9)) {
    throw new RangeError(`terms of ${symbol} add up to ${sum} at [${list}], its value is ${y}`);
  }
}

/** Parses a formula and throws if it contains other names than these. */
function read(
  formula: string,
  { names, symbol }: { names: readonly string[]; symbol: string },
): void {
  if (typeof formula !== "string") {
    throw new TypeError(refusal({ [`a formula of ${symbol}`]: formula }, "a string", usage));
  }
  const visit = (expression: Expression) => {
    if (isApplication(expression)) expression.args.forEach(visit);
    else if (typeof expression === "string" && !names.includes(expression)) {
      throw new SyntaxError(
        `the formula "${formula}" of ${symbol} contains the name ${expression}: ` +
          `the names it may use are ${names.join(", ") || "none"}`,
      );
    }
  };
  visit(readFormula(formula));
}

function numberOf(x: unknown, what: string): number {
  if (typeof x === "number") return x;
  throw new TypeError(`${what} must return a number, it returned ${inWords(x)}`);
}

/** Of larger results too few digits are left to see a small change. */
const limit = 1e6;

/** Whether a number is finite and small enough for its digits to be compared. */
function isOrdinary(x: number): boolean {
  return Math.abs(x) < limit;
}

function isNear(x: number, expected: number, tolerance: number): boolean {
  return Math.abs(x - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

/** The slope found by nudging; null at or near a kink, a pole or an edge, where it is not clear. */
function slope(f: (x: number) => number, x: number): number | null {
  const h = 1e-5 * Math.max(1, Math.abs(x));
  const [coarse, fine] = [h, h / 2].map((h) => derivative(f, x, { h }));
  const [left, right] = [-h, h].map((h) => (f(x + h) - f(x)) / h);
  const size = Math.max(1, Math.abs(fine));
  const isClear = Math.abs(coarse - fine) < 1e-7 * size && Math.abs(left - right) < 1e-2 * size;
  return isClear ? fine : null;
}

function compareSlope(
  number: number,
  nudged: number,
  { what, where }: { what: string; where: string },
): void {
  if (isNear(number, nudged, 1e-5)) return;
  throw new RangeError(`${what} gives ${number} at ${where}, but nudging gives ${nudged}`);
}

function compare(
  { what, formula, value }: Part,
  numbers: Record<string, number>,
  where: string,
): void {
  const computed = evaluate(readFormula(formula), (name) => numbers[name]);
  // The formula may overflow where the function is written so as not to.
  if (!Number.isFinite(computed) || isNear(computed, value, 1e-6)) return;
  throw new RangeError(`${what} gives ${value} at ${where}, but its formula gives ${computed}`);
}

function requireSome(count: number, what: string): void {
  if (count > 0) return;
  throw new RangeError(`${what} cannot be checked: at no point does nudging give a clear slope`);
}
