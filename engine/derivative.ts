/**
 * Numerical derivatives: nudge the input and see how the output changes.
 *
 * @module
 */
import {
  inWords,
  requireFilledArray,
  requireFunction,
  requireInstance,
  requireNumber,
  requireOneOf,
  requireOptions,
} from "./arguments.ts";
import { Value } from "./value.ts";

/** How {@linkcode derivative} nudges. */
export interface DerivativeOptions {
  /** The nudge; by default about the one with the smallest error for the method and the size of x. */
  h?: number;
  /**
   * `"central"` (the default): (f(x+h) − f(x−h)) / 2h, whose error shrinks with h²;
   * `"forward"`: (f(x+h) − f(x)) / h, the definition before the limit, whose error shrinks with h.
   */
  method?: "central" | "forward";
}

/**
 * The derivative of a plain function at a point, found by nudging.
 *
 * The default nudges balance the error of the formula against rounding: ε^⅓ for the central and
 * ε^½ for the forward difference, times the size of x (Numerical Recipes, section 5.7).
 *
 * @param f a function from number to number
 * @param x the point
 * @param options the nudge and the method
 * @returns the slope of f at x
 * @throws {TypeError} when `f` is not a function or does not return a number, `x` is not a number, or an
 *   option is unknown
 * @throws {RangeError} when `h` is not positive or `method` is unknown
 *
 * @example
 * ```ts
 * import { derivative } from "@micro-grad/micro-grad";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const f = (x: number) => 3 * x ** 2 - 4 * x + 5;
 * assertAlmostEquals(derivative(f, 3), 14, 1e-8);
 * assertAlmostEquals(derivative(f, 3, { method: "forward", h: 0.001 }), 14.003, 1e-8);
 * ```
 */
export function derivative(
  f: (x: number) => number,
  x: number,
  options: DerivativeOptions = {},
): number {
  requireFunction({ f }, "derivative((x) => x * x, 3)");
  requireNumber({ x }, "a number", "derivative(f, 3)");
  requireOptions({ options }, ["h", "method"], "derivative(f, 3, { h: 0.001 })");
  const { method = "central" } = options;
  requireOneOf({ method }, ["central", "forward"], 'derivative(f, 3, { method: "central" })');
  const { h = nudgeFor(method, x) } = options;
  requireNumber({ h }, "a positive number", "derivative(f, 3, { h: 0.001 })");
  const at = (x: number) => {
    const y: unknown = f(x);
    if (typeof y === "number") return y;
    throw new TypeError(
      `write derivative(f, 3) with a function of numbers: f(${x}) returned ${inWords(y)}` +
        (y instanceof Value ? " (for Values write gradCheck(f, [x]))" : ""),
    );
  };
  return method === "central" ? (at(x + h) - at(x - h)) / (2 * h) : (at(x + h) - at(x)) / h;
}

function nudgeFor(method: "central" | "forward", x: number): number {
  // At NaN and ±Infinity there is no slope: the result is NaN with any nudge.
  const size = Number.isFinite(x) ? Math.max(1, Math.abs(x)) : 1;
  return Number.EPSILON ** (method === "forward" ? 1 / 2 : 1 / 3) * size;
}

/**
 * The value of a function of Values and its gradient, like JAX's `value_and_grad`. The gradient is an
 * array of numbers: unlike in JAX, it cannot be differentiated again.
 *
 * @param f builds its result from one Value for each input
 * @returns a function of as many numbers, which returns the value and the derivative with respect to each
 *   of them
 * @throws {TypeError} when `f` is not a function; the returned function throws one when an input is not a
 *   number or `f` does not return a Value
 *
 * @example
 * ```ts
 * import { valueAndGrad } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const area = valueAndGrad((a, b) => a.mul(b));
 * assertEquals(area(2, 3), { value: 6, grad: [3, 2] });
 * ```
 */
export function valueAndGrad(
  f: (...inputs: Value[]) => Value,
): (...inputs: number[]) => { value: number; grad: number[] } {
  const usage = "valueAndGrad((a, b) => a.mul(b))(2, 3)";
  requireFunction({ f }, usage);
  return (...inputs) => {
    requireNumbers({ inputs }, usage);
    const values = inputs.map((input) => new Value(input));
    const output: unknown = f(...values);
    requireInstance({ "f(…)": output }, Value, usage);
    (output as Value).backward();
    return { value: (output as Value).data, grad: values.map(({ grad }) => grad) };
  };
}

/** One input of {@linkcode gradCheck} and the two derivatives found for it. */
export interface GradCheckRow {
  /** The number of the input. */
  readonly input: number;
  /** The derivative by backpropagation. */
  readonly backward: number;
  /** The derivative by central difference. */
  readonly central: number;
  /** How much the two differ: |backward − central| / max(1, |backward|, |central|). */
  readonly error: number;
}

/**
 * Checks the gradient of a function of Values: each derivative by backpropagation and by central
 * difference, side by side. If the two disagree it throws, so that no wrong gradient passes.
 *
 * @param f builds its result from one Value for each input
 * @param inputs the numbers at which to compare
 * @param options `tolerance`: the largest error that is accepted, 1e-6 by default; `h`: the nudge
 * @returns one row for each input, in order: both derivatives and how much they differ
 * @throws {Error} when the two disagree for an input, with the table of all rows; NaN and ±Infinity
 *   agree with nothing
 * @throws {TypeError} when `f` is not a function that returns a Value, an input is not a number, or an
 *   option is unknown
 * @throws {RangeError} when `inputs` is empty, `h` is not positive or `tolerance` is negative
 *
 * @example
 * ```ts
 * import { gradCheck } from "@micro-grad/micro-grad";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const rows = gradCheck((a, b) => a.mul(b).add(a), [2, -3]);
 * assertEquals(rows.map((row) => row.backward), [-2, 2]);
 * assertAlmostEquals(rows[0].central, -2, 1e-8);
 * ```
 */
export function gradCheck(
  f: (...inputs: Value[]) => Value,
  inputs: readonly number[],
  options: { tolerance?: number; h?: number } = {},
): GradCheckRow[] {
  const usage = "gradCheck((a, b) => a.mul(b), [2, -3])";
  requireFunction({ f }, usage);
  requireFilledArray({ inputs }, usage);
  requireNumbers({ inputs }, usage);
  const toleranceUsage = "gradCheck(f, [2, -3], { tolerance: 1e-6 })";
  requireOptions({ options }, ["tolerance", "h"], toleranceUsage);
  const { tolerance = 1e-6, h } = options;
  requireNumber({ tolerance }, "a non-negative number", toleranceUsage);
  if (h !== undefined) {
    requireNumber({ h }, "a positive number", "gradCheck(f, [2, -3], { h: 0.001 })");
  }
  const evaluate = (numbers: readonly number[]) => {
    const values = numbers.map((number) => new Value(number));
    const output: unknown = f(...values);
    requireInstance({ "f(…)": output }, Value, usage);
    return { values, output: output as Value };
  };

  const { values, output } = evaluate(inputs);
  output.backward();
  const rows = values.map(({ data, grad }, k): GradCheckRow => {
    const nudged = (x: number) => evaluate(inputs.with(k, x)).output.data;
    const central = derivative(nudged, data, { h });
    const error = Math.abs(grad - central) / Math.max(1, Math.abs(grad), Math.abs(central));
    return { input: data, backward: grad, central, error };
  });
  if (rows.every(({ error }) => error <= tolerance)) return rows;
  throw new Error(
    `backpropagation and nudging disagree by more than ${tolerance}:\n${tableOf(rows, tolerance)}`,
  );
}

/** Throws unless each element of an array is a number. */
function requireNumbers({ inputs }: { inputs: readonly number[] }, usage: string): void {
  for (const [k, input] of inputs.entries()) {
    requireNumber({ [`inputs[${k}]`]: input }, "a number", usage);
  }
}

/** The longest number has 24 characters. */
const cellWidth = 26;

/** The rows as lines of text, with a cross at the end of each that disagrees. */
function tableOf(rows: readonly GradCheckRow[], tolerance: number): string {
  const lines = rows.map(({ input, backward, central, error }) => [
    ...[input, backward, central].map(String),
    `${error.toExponential(1)}${error <= tolerance ? "" : " ✗"}`,
  ]);
  return [["input", "backward", "central", "error"], ...lines]
    .map((line) => line.map((cell) => cell.padEnd(cellWidth)).join("").trimEnd()).join("\n");
}
