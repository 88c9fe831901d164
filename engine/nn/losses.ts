/**
 * Losses: one number that measures how wrong predictions are.
 *
 * @module
 */
import {
  refusal,
  requireArray,
  requireFilledArray,
  requireInstance,
  requireNumber,
  requireOneOf,
} from "../arguments.ts";
import { Value } from "../value.ts";

/**
 * The mean squared error: the mean of (prediction − target)².
 *
 * @param predictions the outputs of the network
 * @param targets the right outputs, one for each prediction; Values if they are to be inputs of
 *   {@linkcode compile}
 * @returns the loss, 0 if every prediction is right
 * @throws {TypeError} when `predictions` is not an array of Values, or `targets` not an array of numbers
 *   and Values
 * @throws {RangeError} when the arrays are empty or differ in length
 *
 * @example
 * ```ts
 * import { meanSquaredError, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(meanSquaredError([new Value(1), new Value(3)], [1, 1]).data, 2);
 * ```
 */
export function meanSquaredError(
  predictions: readonly Value[],
  targets: readonly (Value | number)[],
): Value {
  const usage = "meanSquaredError([network.forward(x)[0]], [1])";
  requirePairs({ predictions, targets }, usage);
  requireValues({ predictions }, usage);
  requireOperands({ targets }, usage);
  return Value.mean(predictions.map((prediction, k) => prediction.sub(targets[k]).pow(2)));
}

/**
 * The max-margin loss of a classifier into −1 and +1, also called hinge loss: the mean of
 * max(0, 1 − label · score). A score with the right sign costs nothing if its distance from 0 is at
 * least 1.
 *
 * @param scores the outputs of the network
 * @param labels −1 or +1 for each score; Values if they are to be inputs of {@linkcode compile}
 * @returns the loss, 0 if every score has the right sign and a margin of 1
 * @throws {TypeError} when `scores` is not an array of Values, or `labels` not an array of numbers and
 *   Values
 * @throws {RangeError} when the arrays are empty or differ in length, or a label is a number other than
 *   ±1
 *
 * @example
 * ```ts
 * import { maxMargin, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(maxMargin([new Value(3), new Value(0.5)], [1, -1]).data, 0.75);
 * ```
 *
 * @example The label as an input of the compiled loss
 * ```ts
 * import { compile, maxMargin, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Value(0), label = new Value(0), w = new Value(2);
 * const kernel = compile(maxMargin([w.mul(x)], [label]), { inputs: [x, label], parameters: [w] });
 * assertEquals(kernel.forward([0.25, 1]), 0.5);
 * assertEquals(kernel.forward([0.25, -1]), 1.5);
 * ```
 */
export function maxMargin(scores: readonly Value[], labels: readonly (Value | number)[]): Value {
  const usage = "maxMargin([network.forward(x)[0]], [1])";
  requirePairs({ scores, labels }, usage);
  requireValues({ scores }, usage);
  requireOperands({ labels }, usage);
  for (const [k, label] of labels.entries()) {
    if (label === 1 || label === -1 || label instanceof Value) continue;
    requireOneOf({ [`labels[${k}]`]: label }, [1, -1], usage);
  }
  return Value.mean(scores.map((score, k) => Value.sub(1, score.mul(labels[k])).relu()));
}

/**
 * The cross-entropy of a classifier into n classes: the mean of −log p, where p is the probability that
 * softmax assigns to the right class. It is computed as log Σ exp(logit − logit of the right class), and
 * no logit makes it overflow.
 *
 * @param logits for each example, one score for each class
 * @param targets for each example the index of the right class, from 0; or, as in PyTorch, the
 *   probability of every class, as numbers or as Values, which can be inputs of {@linkcode compile}
 * @returns the loss, near 0 if every right class has nearly all the probability
 * @throws {TypeError} when `logits` is not an array of arrays of Values, or a target is neither a number
 *   nor an array of numbers and Values
 * @throws {RangeError} when an array is empty, two differ in length, or a target is not a class
 *
 * @example
 * ```ts
 * import { crossEntropy, Value } from "@micro-grad/micro-grad";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logits = [new Value(1000), new Value(1000)];
 * assertAlmostEquals(crossEntropy([logits], [0]).data, Math.log(2), 1e-12);
 * assertAlmostEquals(crossEntropy([logits], [[1, 0]]).data, Math.log(2), 1e-12);
 * ```
 */
export function crossEntropy(
  logits: readonly (readonly Value[])[],
  targets: readonly (number | readonly (Value | number)[])[],
): Value {
  const usage = "crossEntropy([network.forward(x)], [0])";
  requirePairs({ logits, targets }, usage);
  for (const [k, scores] of logits.entries()) {
    const named = { [`logits[${k}]`]: scores };
    requireFilledArray(named, usage);
    requireValues(named, usage);
  }
  return Value.mean(logits.map((scores, k) => {
    const target = targets[k], named = { [`targets[${k}]`]: target };
    if (Array.isArray(target)) {
      requirePairs({ [`logits[${k}]`]: scores, ...named }, usage);
      requireOperands(named as Record<string, readonly unknown[]>, usage);
      const logTotal = Value.logSumExp(scores);
      return Value.dot(target, scores.map((score) => logTotal.sub(score)));
    }
    requireNumber(named, "a number", usage);
    const right = scores[target as number];
    if (right === undefined) {
      throw new RangeError(refusal(named, `a class from 0 to ${scores.length - 1}`, usage));
    }
    // Subtracting the logit inside and not at the end loses no digits when the logits are large.
    return Value.logSumExp(scores.map((score) => score === right ? 0 : score.sub(right)));
  }));
}

/**
 * L2 regularisation: the sum of the squared parameters times a strength. Added to a loss, it keeps the
 * parameters small.
 *
 * @param parameters the parameters to keep small
 * @param strength the weight of the penalty
 * @returns the penalty
 * @throws {TypeError} when `parameters` is not an array of Values, or `strength` is not a number
 * @throws {RangeError} when `strength` is negative
 *
 * @example
 * ```ts
 * import { l2, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(l2([new Value(3), new Value(4)], 0.5).data, 12.5);
 * ```
 */
export function l2(parameters: readonly Value[], strength: number): Value {
  const usage = "l2(network.parameters(), 0.01)";
  requireValues({ parameters }, usage);
  requireNumber({ strength }, "a non-negative number", usage);
  return Value.dot(parameters, parameters).mul(strength);
}

/** Throws unless two arguments are arrays of the same length. */
function requirePairs(args: Record<string, unknown>, usage: string): void {
  requireFilledArray(args, usage);
  const [[left, first], [right, second]] = Object.entries(args as Record<string, unknown[]>);
  if (first.length === second.length) return;
  throw new RangeError(
    `write ${usage} with arrays of the same length: ${left} has ${first.length}, ` +
      `${right} has ${second.length}`,
  );
}

/** Throws unless each element of an array is a Value or a number. */
function requireOperands(arg: Record<string, readonly unknown[]>, usage: string): void {
  const [[name, list]] = Object.entries(arg);
  for (let k = 0; k < list.length; k++) {
    if (list[k] instanceof Value) continue;
    requireNumber({ [`${name}[${k}]`]: list[k] }, "a number", usage);
  }
}

/** Throws unless an argument is an array of Values. */
function requireValues(arg: Record<string, readonly unknown[]>, usage: string): void {
  requireArray(arg, usage);
  const [[name, list]] = Object.entries(arg);
  for (let k = 0; k < list.length; k++) {
    if (list[k] instanceof Value) continue;
    requireInstance({ [`${name}[${k}]`]: list[k] }, Value, usage);
  }
}
