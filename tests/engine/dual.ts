// Forward-mode differentiation, to hold the engine against: exact, without a step size, and by the
// rules of calculus as a textbook has them. It knows the operations by their names alone.
import { isList, type Name, type Plan } from "./graphs.ts";

/** A number and its derivative with respect to one leaf: x + dx·ε, where ε² = 0. */
interface Dual {
  readonly x: number;
  readonly dx: number;
}

/** What forward mode knows of a node. */
export interface Tangent extends Dual {
  /** What dx would be if nothing cancelled out: all its terms, each without its sign. */
  readonly size: number;
  /** How far rounding can have moved x, to first order. */
  readonly error: number;
}

/** For each operation its number and the terms of its derivative, each linear in one dx. */
const rules: Record<Name, (...operands: Dual[]) => [x: number, ...terms: number[]]> = {
  add: (a, b) => [a.x + b.x, a.dx, b.dx],
  sub: (a, b) => [a.x - b.x, a.dx, -b.dx],
  mul: (a, b) => [a.x * b.x, a.dx * b.x, a.x * b.dx],
  div: (a, b) => [a.x / b.x, (a.dx * b.x) / b.x ** 2, -(a.x * b.dx) / b.x ** 2],
  pow: (a, b) => [a.x ** b.x, powerRule(a, b.x), exponentialRule(a.x, b)],
  neg: (a) => [-a.x, -a.dx],
  exp: (a) => [Math.exp(a.x), Math.exp(a.x) * a.dx],
  log: (a) => [Math.log(a.x), a.dx / a.x],
  // tanh′ = 1 − tanh², σ′ = σ − σ²: where they saturate, the two terms cancel out.
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
  sum: (...list) => [sum(list.map(({ x }) => x)), ...list.map(({ dx }) => dx)],
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

/** d(aⁿ) = n·aⁿ⁻¹·da; a⁰ is the constant 1, at 0 too. */
function powerRule(a: Dual, n: number): number {
  return a.dx === 0 || n === 0 ? 0 : n * a.x ** (n - 1) * a.dx;
}

/** d(cᵇ) = cᵇ·ln c·db; a constant exponent needs no logarithm, and 0ᵇ is the constant 0. */
function exponentialRule(c: number, b: Dual): number {
  return b.dx === 0 || c === 0 ? 0 : c ** b.x * Math.log(c) * b.dx;
}

/** The number that an operation gives, then its slope in each operand while the others stand still. */
export function slopesOf(name: Name, numbers: readonly number[]): number[] {
  const rule = rules[name];
  const [y] = rule(...numbers.map((x) => ({ x, dx: 0 })));
  return [
    y,
    ...numbers.map((_, k) => {
      const [, ...terms] = rule(...numbers.map((x, i) => ({ x, dx: i === k ? 1 : 0 })));
      return sum(terms);
    }),
  ];
}

/** Every node of a plan, as it moves with one of the leaves. */
export function forward({ leaves, steps }: Plan, leaf: number): Tangent[] {
  const nodes = leaves.map((x, k): Tangent => {
    const dx = k === leaf ? 1 : 0;
    return { x, dx, size: dx, error: 0 };
  });
  for (const { name, operands } of steps) {
    const list = operands.map((place): Tangent =>
      typeof place === "number" ? nodes[place] : { x: place.constant, dx: 0, size: 0, error: 0 }
    );
    const [x] = rules[name](...list);
    const terms = (dx: (operand: Tangent) => number): number[] => {
      const duals = list.map((operand) => ({ x: operand.x, dx: dx(operand) }));
      return duals.every(({ dx }) => dx === 0) ? [] : rules[name](...duals).slice(1);
    };
    // Rounding on the way through a list is as if each of its numbers were a little off.
    const blur = isList(name) ? list.length * Number.EPSILON : 0;
    const errors = terms(({ x, error }) => error + blur * Math.abs(x));
    nodes.push({
      x,
      dx: sum(terms(({ dx }) => dx)),
      size: sum(terms(({ size }) => size).map(Math.abs)),
      error: sum(errors.map(Math.abs)) + 2 * Number.EPSILON * Math.abs(x),
    });
  }
  return nodes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0);
}
