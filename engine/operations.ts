/**
 * The operations: their mathematics is here and nowhere else.
 *
 * An operation is its result and its local derivatives, nothing else. Everything that depends on an
 * operation (the backward pass, pictures, compiled code, tests) reads this table.
 *
 * @module
 */

/** One local derivative of an operation: the derivative of its result with respect to one operand. */
export interface LocalDerivative {
  /** The derivative as a formula in the operands `a` and `b` and the result `y`. */
  readonly formula: string;
  /** The derivative as a number, computed from the numbers of the operands and of the result. */
  readonly value: (a: number, b: number, y: number) => number;
}

/** An operation on one or two numbers, with a local derivative for each. */
export interface Operation {
  /** The name in drawings and in `Value.op`: `"+"`, `"*"`, `"tanh"`, … */
  readonly symbol: string;
  /** The result as a formula in the operands `a` and `b`. */
  readonly formula: string;
  /** The result as a number; an operation of one operand ignores `b`. */
  readonly value: (a: number, b: number) => number;
  /** ∂y/∂a, then ∂y/∂b where there is a second operand. */
  readonly locals: readonly LocalDerivative[];
}

/** An operation on a list of numbers of any length; its formulas call them x1, x2, … */
export interface ListOperation {
  /** The name in drawings and in `Value.op`. */
  readonly symbol: string;
  /** The result of `n` operands as a formula. */
  readonly formula: (n: number) => string;
  /** The result as a number. */
  readonly value: (x: ArrayLike<number>) => number;
  /** The local derivative for operand `k` (from 0) of `n` as a formula. */
  readonly localFormula: (k: number, n: number) => string;
  /** Writes the local derivatives, one number per operand, into `into`, which has their length. */
  readonly locals: (x: ArrayLike<number>, into: Float64Array) => Float64Array;
  /**
   * Only for a result that is a sum of terms, added up from 0: the operation that computes one term.
   * The first half of the operands are its `a`, the second half its `b` (all are its `a` if it has one
   * operand), and an operand left over is added last. Compiled code writes out the terms or loops over
   * them; without `terms` it calls the functions.
   */
  readonly terms?: Operation;
}

const one = { formula: "1", value: () => 1 };

/** The number itself: a term of a sum. */
const identity: Operation = { symbol: "=", formula: "a", value: (a) => a, locals: [one] };

/**
 * Every operation by the name of its method on `Value`.
 *
 * Where a derivative has a limit, the number is that limit (x⁰ has slope 0 at 0); where it is infinite
 * or undefined in mathematics, the number is ±Infinity or NaN. At a kink it is 0 (relu and abs at 0),
 * with two exceptions, as in PyTorch: equal operands of max and min have slope ½ each, and a number at a
 * bound of clamp has slope 1.
 */
export const operations = {
  add: {
    symbol: "+",
    formula: "a + b",
    value: (a, b) => a + b,
    locals: [one, one],
  },
  sub: {
    symbol: "-",
    formula: "a - b",
    value: (a, b) => a - b,
    locals: [one, { formula: "-1", value: () => -1 }],
  },
  mul: {
    symbol: "*",
    formula: "a * b",
    value: (a, b) => a * b,
    locals: [
      { formula: "b", value: (_a, b) => b },
      { formula: "a", value: (a) => a },
    ],
  },
  div: {
    symbol: "/",
    formula: "a / b",
    value: (a, b) => a / b,
    locals: [
      { formula: "1 / b", value: (_a, b) => 1 / b },
      { formula: "-a / b^2", value: (_a, b, y) => -y / b },
    ],
  },
  pow: {
    symbol: "^",
    formula: "a^b",
    value: (a, b) => a ** b,
    locals: [
      // 0 · a⁻¹ is NaN at a = 0, but x⁰ is the constant 1: its slope is 0 everywhere.
      { formula: "b * a^(b - 1)", value: (a, b) => b === 0 ? 0 : b * a ** (b - 1) },
      // 0 · log 0 is NaN, but 0ᵇ stays 0 while b moves. A negative base has no real slope here: NaN.
      { formula: "y * log(a)", value: (a, b, y) => a === 0 && b >= 0 ? 0 : y * Math.log(a) },
    ],
  },
  neg: {
    symbol: "neg",
    formula: "-a",
    value: (a) => -a,
    locals: [{ formula: "-1", value: () => -1 }],
  },
  exp: {
    symbol: "exp",
    formula: "exp(a)",
    value: (a) => Math.exp(a),
    locals: [{ formula: "y", value: (_a, _b, y) => y }],
  },
  log: {
    symbol: "log",
    formula: "log(a)",
    value: (a) => Math.log(a),
    // Below 0 there is no logarithm, and so no slope: NaN, like the result. −0 is 0, not below it.
    locals: [{ formula: "1 / a", value: (a) => a < 0 ? NaN : 1 / Math.abs(a) }],
  },
  tanh: {
    symbol: "tanh",
    formula: "tanh(a)",
    value: (a) => Math.tanh(a),
    locals: [{ formula: "1 - y^2", value: (_a, _b, y) => 1 - y * y }],
  },
  sigmoid: {
    symbol: "sigmoid",
    formula: "1 / (1 + exp(-a))",
    value: (a) => 1 / (1 + Math.exp(-a)),
    locals: [{ formula: "y * (1 - y)", value: (_a, _b, y) => y * (1 - y) }],
  },
  relu: {
    symbol: "relu",
    formula: "max(0, a)",
    // Value and derivative test the same condition, which V8 then evaluates once in compiled code. This
    // is four times as fast as Math.max.
    value: (a) => a <= 0 ? 0 : a,
    // NaN is neither above nor below 0: it stays NaN, so that a mistake stays visible.
    locals: [{ formula: "a > 0 ? 1 : 0", value: (a) => a <= 0 ? 0 : a > 0 ? 1 : NaN }],
  },
  sqrt: {
    symbol: "sqrt",
    formula: "sqrt(a)",
    value: (a) => Math.sqrt(a),
    // The root of −0 is −0, but the slope there is that at 0: +Infinity.
    locals: [{ formula: "1 / (2 * y)", value: (_a, _b, y) => 1 / (2 * Math.abs(y)) }],
  },
  sin: {
    symbol: "sin",
    formula: "sin(a)",
    value: (a) => Math.sin(a),
    locals: [{ formula: "cos(a)", value: (a) => Math.cos(a) }],
  },
  cos: {
    symbol: "cos",
    formula: "cos(a)",
    value: (a) => Math.cos(a),
    locals: [{ formula: "-sin(a)", value: (a) => -Math.sin(a) }],
  },
  abs: {
    symbol: "abs",
    formula: "abs(a)",
    value: (a) => Math.abs(a),
    locals: [{ formula: "sign(a)", value: (a) => Math.sign(a) }],
  },
  // Equal operands have half the slope each, as in PyTorch. If one is NaN, neither is larger: NaN.
  max: {
    symbol: "max",
    formula: "max(a, b)",
    value: (a, b) => Math.max(a, b),
    locals: [
      {
        formula: "a > b ? 1 : a < b ? 0 : 1 / 2",
        value: (a, b) => a > b ? 1 : a < b ? 0 : a === b ? 0.5 : NaN,
      },
      {
        formula: "b > a ? 1 : b < a ? 0 : 1 / 2",
        value: (a, b) => b > a ? 1 : b < a ? 0 : a === b ? 0.5 : NaN,
      },
    ],
  },
  min: {
    symbol: "min",
    formula: "min(a, b)",
    value: (a, b) => Math.min(a, b),
    locals: [
      {
        formula: "a < b ? 1 : a > b ? 0 : 1 / 2",
        value: (a, b) => a < b ? 1 : a > b ? 0 : a === b ? 0.5 : NaN,
      },
      {
        formula: "b < a ? 1 : b > a ? 0 : 1 / 2",
        value: (a, b) => b < a ? 1 : b > a ? 0 : a === b ? 0.5 : NaN,
      },
    ],
  },
  // The two halves of clamp. Unlike in max and min, a number that equals the bound has the whole slope.
  clampMin: {
    symbol: "clampMin",
    formula: "max(a, b)",
    value: (a, b) => Math.max(a, b),
    locals: [
      { formula: "a >= b ? 1 : 0", value: (a, b) => a >= b ? 1 : a < b ? 0 : NaN },
      { formula: "a < b ? 1 : 0", value: (a, b) => a < b ? 1 : a >= b ? 0 : NaN },
    ],
  },
  clampMax: {
    symbol: "clampMax",
    formula: "min(a, b)",
    value: (a, b) => Math.min(a, b),
    locals: [
      { formula: "a <= b ? 1 : 0", value: (a, b) => a <= b ? 1 : a > b ? 0 : NaN },
      { formula: "a > b ? 1 : 0", value: (a, b) => a > b ? 1 : a <= b ? 0 : NaN },
    ],
  },
} satisfies Record<string, Operation>;

/** The name of operand `k` (from 0) in the formulas of a list operation. */
const x = (k: number) => `x${k + 1}`;

/** exp(x1) + exp(x2) + … of `n` operands. */
function exponentials(n: number): string {
  return Array.from({ length: n }, (_, k) => `exp(${x(k)})`).join(" + ") || "0";
}

/** Every operation on a list by the name of its static method on `Value`. */
export const listOperations = {
  sum: {
    symbol: "sum",
    formula: (n) => Array.from({ length: n }, (_, k) => x(k)).join(" + ") || "0",
    value: (x) => {
      let total = 0;
      for (let k = 0; k < x.length; k++) total += x[k];
      return total;
    },
    localFormula: () => "1",
    locals: (_x, into) => into.fill(1),
    terms: identity,
  },
  // w · x + bias, of w1 … wn, then x1 … xn, then, if the number of operands is odd, the bias.
  dot: {
    symbol: "dot",
    formula: (n) => {
      const half = n >> 1;
      const terms = Array.from({ length: half }, (_, k) => `${x(k)} * ${x(k + half)}`);
      return [...terms, ...(n % 2 ? [x(n - 1)] : [])].join(" + ") || "0";
    },
    value: (x) => {
      const half = x.length >> 1;
      let total = 0;
      for (let k = 0; k < half; k++) total += x[k] * x[k + half];
      return x.length % 2 ? total + x[x.length - 1] : total;
    },
    localFormula: (k, n) => {
      const half = n >> 1;
      return k === 2 * half ? "1" : x(k < half ? k + half : k - half);
    },
    locals: (x, into) => {
      const half = x.length >> 1;
      for (let k = 0; k < half; k++) {
        into[k] = x[k + half];
        into[k + half] = x[k];
      }
      if (x.length % 2) into[2 * half] = 1;
      return into;
    },
    terms: operations.mul,
  },
  // log Σ exp(x): the maximum is subtracted first and added at the end, so that nothing overflows.
  logSumExp: {
    symbol: "logSumExp",
    formula: (n) => `log(${exponentials(n)})`,
    value: (x) => {
      let largest = -Infinity;
      for (let k = 0; k < x.length; k++) largest = Math.max(largest, x[k]);
      // Infinity − Infinity is NaN; the result is the infinite maximum.
      if (Math.abs(largest) === Infinity) return largest;
      let total = 0;
      for (let k = 0; k < x.length; k++) total += Math.exp(x[k] - largest);
      return largest + Math.log(total);
    },
    // The softmax.
    localFormula: (k, n) => `exp(${x(k)}) / (${exponentials(n)})`,
    locals: (x, into) => {
      const y = listOperations.logSumExp.value(x);
      for (let k = 0; k < x.length; k++) into[k] = Math.exp(x[k] - y);
      return into;
    },
  },
} satisfies Record<string, ListOperation>;

/**
 * Whether an operation takes a list.
 *
 * @param operation the operation
 * @returns true for a list, false for one or two numbers
 */
export function isListOperation(
  operation: Operation | ListOperation,
): operation is ListOperation {
  return "localFormula" in operation;
}
