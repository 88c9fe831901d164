// Forward-mode differentiation, an independent check of the engine: exact, without a step size, by the
// textbook rules of calculus. Of the operations it uses only their names; one without a rule here is
// differentiated from its formula.
import { evaluate, type Expression, isApplication, readFormula } from "../../engine/expression.ts";
import { listOperations, type Operation, operations } from "../../engine/operations.ts";
import { isList, type Name, type Plan } from "./plan.ts";

/** A number and its derivative with respect to one leaf: x + dx·ε, where ε² = 0. */
interface Dual {
  readonly x: number;
  readonly dx: number;
}

/** The result of forward mode for a node. */
export interface Tangent extends Dual {
  /** What dx would be without cancellation: the sum of the absolute values of its terms. */
  readonly size: number;
  /** A bound on the rounding error of x, to first order. */
  readonly error: number;
}

/** A number and the terms of its derivative, each linear in one dx. */
type Rule = (...operands: Dual[]) => [x: number, ...terms: number[]];

/** The rules of differentiation of the operations. */
const rules: Record<string, Rule> = {
  add: (a, b) => [a.x + b.x, a.dx, b.dx],
  sub: (a, b) => [a.x - b.x, a.dx, -b.dx],
  mul: (a, b) => [a.x * b.x, a.dx * b.x, a.x * b.dx],
  div: (a, b) => [a.x / b.x, (a.dx * b.x) / b.x ** 2, -(a.x * b.dx) / b.x ** 2],
  pow: (a, b) => [a.x ** b.x, powerRule(a, b.x), exponentialRule(a.x, b)],
  neg: (a) => [-a.x, -a.dx],
  exp: (a) => [Math.exp(a.x), Math.exp(a.x) * a.dx],
  log: (a) => [Math.log(a.x), a.dx / a.x],
  // tanh′ = 1 − tanh², σ′ = σ − σ²: where the functions saturate, the two terms cancel out.
  tanh: (a) => [Math.tanh(a.x), a.dx, -(Math.tanh(a.x) ** 2) * a.dx],
  sigmoid: (a) => {
    const s = 1 / (1 + Math.exp(-a.x));
    return [s, s * a.dx, -(s ** 2) * a.dx];
  },
  relu: (a) => a.x > 0 ? [a.x, a.dx] : [0, 0],
  sqrt: (a) => [Math.sqrt(a.x), a.dx / Math.sqrt(a.x) / 2],
  sin: (a) => [Math.sin(a.x), Math.cos(a.x) * a.dx],
  cos: (a) => [Math.cos(a.x), -Math.sin(a.x) * a.dx],
  abs: (a) => a.x === 0 ? [0, 0] : a.x > 0 ? [a.x, a.dx] : [-a.x, -a.dx],
  clampMin: (a, b) => a.x >= b.x ? [a.x, a.dx] : [b.x, b.dx],
  clampMax: (a, b) => a.x <= b.x ? [a.x, a.dx] : [b.x, b.dx],
  sum: (...list) => [sum(list.map(({ x }) => x)), ...list.map(({ dx }) => dx)],
  logSumExp: (...list) => {
    const xs = list.map(({ x }) => x), largest = Math.max(...xs);
    const y = list.length === 0
      ? -Infinity
      : largest + Math.log(sum(xs.map((x) => Math.exp(x - largest))));
    return [y, ...list.map(({ x, dx }) => Math.exp(x - y) * dx)];
  },
  dot: (...list) => {
    const pairs = Math.floor(list.length / 2);
    const products = list.slice(0, pairs).map((w, k) => rules.mul(w, list[pairs + k]));
    const rest = list.slice(2 * pairs);
    return [
      sum([...products.map(([x]) => x), ...rest.map(({ x }) => x)]),
      ...products.flatMap(([, ...terms]) => terms),
      ...rest.map(({ dx }) => dx),
    ];
  },
};

/** Functions of one number with their derivatives. */
const functions: Record<string, [f: (x: number) => number, derivative: (x: number) => number]> = {
  exp: [Math.exp, Math.exp],
  expm1: [Math.expm1, Math.exp],
  log: [Math.log, (x) => 1 / x],
  log1p: [Math.log1p, (x) => 1 / (1 + x)],
  log2: [Math.log2, (x) => 1 / (x * Math.LN2)],
  log10: [Math.log10, (x) => 1 / (x * Math.LN10)],
  sqrt: [Math.sqrt, (x) => 1 / (2 * Math.sqrt(x))],
  cbrt: [Math.cbrt, (x) => 1 / (3 * Math.cbrt(x) ** 2)],
  sin: [Math.sin, Math.cos],
  cos: [Math.cos, (x) => -Math.sin(x)],
  tan: [Math.tan, (x) => 1 / Math.cos(x) ** 2],
  asin: [Math.asin, (x) => 1 / Math.sqrt(1 - x * x)],
  acos: [Math.acos, (x) => -1 / Math.sqrt(1 - x * x)],
  atan: [Math.atan, (x) => 1 / (1 + x * x)],
  sinh: [Math.sinh, Math.cosh],
  cosh: [Math.cosh, Math.sinh],
  tanh: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2],
  sign: [Math.sign, () => 0],
};

/** The rules for the operators and functions in formulas. */
const formulaRules: Record<string, Rule> = {
  "+": rules.sum,
  "-": rules.sub,
  "*": rules.mul,
  "/": rules.div,
  "**": rules.pow,
  negative: rules.neg,
  abs: rules.abs,
  max: (...list) => extreme(Math.max, list),
  min: (...list) => extreme(Math.min, list),
  ...Object.fromEntries(
    Object.entries(functions).map(([name, [f, derivative]]): [string, Rule] => [
      name,
      (a) => [f(a.x), a.dx === 0 ? 0 : derivative(a.x) * a.dx],
    ]),
  ),
};

/** The maximum or minimum; operands that tie have equal shares of the derivative. */
function extreme(
  f: (...numbers: number[]) => number,
  list: readonly Dual[],
): [x: number, ...terms: number[]] {
  const x = f(...list.map(({ x }) => x)), equal = list.filter((operand) => operand.x === x);
  return [x, ...equal.map(({ dx }) => dx / equal.length)];
}

/** Applies a rule. `blur` is the relative rounding error of each number in an operation on a list. */
function apply(rule: Rule, list: readonly Tangent[], blur = 0): Tangent {
  const [x] = rule(...list);
  const terms = (dx: (operand: Tangent) => number): number[] => {
    const duals = list.map((operand) => ({ x: operand.x, dx: dx(operand) }));
    return duals.every(({ dx }) => dx === 0) ? [] : rule(...duals).slice(1);
  };
  const errors = terms(({ x, error }) => error + blur * Math.abs(x));
  return {
    x,
    dx: sum(terms(({ dx }) => dx)),
    size: sum(terms(({ size }) => size).map(Math.abs)),
    error: sum(errors.map(Math.abs)) + 2 * Number.EPSILON * Math.abs(x),
  };
}

/** The result of an operation on its operands. */
function tangentOf(name: Name, list: readonly Tangent[]): Tangent {
  const blur = isList(name) ? list.length * Number.EPSILON : 0;
  if (name in rules) return apply(rules[name], list, blur);
  if (isList(name)) {
    const { formula, value } = listOperations[name];
    const names = new Map(list.map((operand, k) => [`x${k + 1}`, operand]));
    const tangent = tangentOfFormula(readFormula(formula(list.length)), names);
    return { ...tangent, x: value(list.map(({ x }) => x)) };
  }
  const { formula, value }: Operation = operations[name];
  const [a, b] = list;
  const names = new Map(list.map((operand, k) => ["ab"[k], operand]));
  // The number itself comes from the table: the formula may round differently.
  return { ...tangentOfFormula(readFormula(formula), names), x: value(a.x, b?.x ?? NaN) };
}

function tangentOfFormula(
  formula: Expression,
  names: ReadonlyMap<string, Tangent>,
): Tangent {
  if (typeof formula === "number") return constant(formula);
  if (!isApplication(formula)) return names.get(formula)!;
  const { op, args } = formula;
  if (op === "?") {
    const condition = evaluate(args[0], (name) => names.get(name)!.x);
    return tangentOfFormula(args[condition ? 1 : 2], names);
  }
  if (!(op in formulaRules)) throw new Error(`add the rule of ${op} to tests/engine/dual.ts`);
  return apply(formulaRules[op], args.map((arg) => tangentOfFormula(arg, names)));
}

function constant(x: number): Tangent {
  return { x, dx: 0, size: 0, error: 0 };
}

/** d(aⁿ) = n·aⁿ⁻¹·da; a⁰ is the constant 1, also at a = 0. */
function powerRule(a: Dual, n: number): number {
  return a.dx === 0 || n === 0 ? 0 : n * a.x ** (n - 1) * a.dx;
}

/** d(cᵇ) = cᵇ·ln c·db; a constant exponent needs no logarithm, and 0ᵇ is the constant 0. */
function exponentialRule(c: number, b: Dual): number {
  return b.dx === 0 || c === 0 ? 0 : c ** b.x * Math.log(c) * b.dx;
}

/** The result of an operation, then its partial derivative with respect to each operand. */
export function slopesOf(name: Name, numbers: readonly number[]): number[] {
  const slope = (k: number) => {
    const list = numbers.map((x, i) => ({ ...constant(x), dx: i === k ? 1 : 0 }));
    return tangentOf(name, list);
  };
  return [slope(-1).x, ...numbers.map((_, k) => slope(k).dx)];
}

/** Every node of a plan, with its derivative with respect to one leaf. */
export function forward({ leaves, steps }: Plan, leaf: number): Tangent[] {
  const nodes = leaves.map((x, k): Tangent => {
    const dx = k === leaf ? 1 : 0;
    return { x, dx, size: dx, error: 0 };
  });
  for (const { name, operands } of steps) {
    const list = operands.map((place) =>
      typeof place === "number" ? nodes[place] : constant(place.constant)
    );
    nodes.push(tangentOf(name, list));
  }
  return nodes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0);
}
