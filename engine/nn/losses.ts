/**
 * Losses: one number that says how wrong the predictions are.
 *
 * @module
 */
import { describe } from "../describe.ts";
import {
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
 * @param predictions what the network said
 * @param targets what it should have said, as many
 * @returns the loss, 0 when every prediction is right
 * @throws {TypeError} when predictions are not Values in an array, or targets not numbers in one
 * @throws {RangeError} when there are none, or more of one than of the other
 *
 * @example
 * ```ts
 * import { meanSquaredError, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(meanSquaredError([new Value(1), new Value(3)], [1, 1]).data, 2);
 * ```
 */
export function meanSquaredError(predictions: readonly Value[], targets: readonly number[]): Value {
  const usage = "meanSquaredError([network.forward(x)[0]], [1])";
  requirePairs(predictions, targets, usage);
  requireValues(predictions, usage);
  return mean(predictions.map((prediction, k) => prediction.sub(targets[k]).pow(2)));
}

/**
 * The max-margin loss of a classifier into −1 and +1, also called hinge loss: the mean of
 * max(0, 1 − label · score). A score on the right side costs nothing once it is 1 or more away from 0.
 *
 * @param scores what the network said
 * @param labels −1 or +1 for each
 * @returns the loss, 0 when every score is on its side with a margin of 1
 * @throws {TypeError} when scores are not Values in an array, or labels not numbers in one
 * @throws {RangeError} when there are none, more of one than of the other, or a label is not ±1
 *
 * @example
 * ```ts
 * import { maxMargin, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(maxMargin([new Value(3), new Value(0.5)], [1, -1]).data, 0.75);
 * ```
 */
export function maxMargin(scores: readonly Value[], labels: readonly number[]): Value {
  const usage = "maxMargin([network.forward(x)[0]], [1])";
  requirePairs(scores, labels, usage);
  requireValues(scores, usage);
  for (const label of labels) requireOneOf(label, [1, -1], usage);
  return mean(scores.map((score, k) => Value.sub(1, score.mul(labels[k])).relu()));
}

/**
 * The cross-entropy of a classifier into n classes: the mean of −log p, with p the probability that
 * softmax gives to the right class.
 *
 * It is worked out as log Σ exp(logit) − logit of the right class, with the largest logit taken off
 * all of them first, so that no exponential overflows.
 *
 * @param logits for each example, one score for each class
 * @param targets for each example, the number of the right class, from 0
 * @returns the loss, near 0 when every right class has nearly all the probability
 * @throws {TypeError} when logits are not Values in arrays, or targets not numbers in one
 * @throws {RangeError} when there are none, more of one than of the other, or a target is no class
 *
 * @example
 * ```ts
 * import { crossEntropy, Value } from "@micro-grad/micro-grad";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const logits = [new Value(1000), new Value(1000)];
 * assertAlmostEquals(crossEntropy([logits], [0]).data, Math.log(2), 1e-12);
 * ```
 */
export function crossEntropy(
  logits: readonly (readonly Value[])[],
  targets: readonly number[],
): Value {
  const usage = "crossEntropy([network.forward(x)], [0])";
  requirePairs(logits, targets, usage);
  for (const scores of logits) {
    requireFilledArray(scores, usage);
    requireValues(scores, usage);
  }
  return mean(logits.map((scores, k) => {
    const largest = scores.reduce((largest, { data }) => Math.max(largest, data), -Infinity);
    const shifted = scores.map((score) => score.sub(largest));
    const right = shifted[targets[k]];
    if (right === undefined) {
      throw new RangeError(
        `write ${usage}: ${describe(targets[k])} is not a class from 0 to ${scores.length - 1}`,
      );
    }
    return Value.sum(shifted.map((score) => score.exp())).log().sub(right);
  }));
}

/**
 * L2 regularisation: the sum of the squared parameters times a strength. Added to a loss, it keeps
 * the weights small.
 *
 * @param parameters what is to stay small
 * @param strength how much it counts
 * @returns the penalty
 * @throws {TypeError} when parameters are not Values in an array, or the strength is not a number
 * @throws {RangeError} when the strength is below 0
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
  requireValues(parameters, usage);
  requireNumber(strength, "a number of at least 0", usage);
  return Value.dot(parameters, parameters).mul(strength);
}

function mean(values: readonly Value[]): Value {
  return Value.sum(values).div(values.length);
}

function requirePairs(left: readonly unknown[], right: readonly number[], usage: string): void {
  for (const list of [left, right]) requireFilledArray(list, usage);
  for (const number of right) requireNumber(number, "a number", usage);
  if (left.length === right.length) return;
  throw new RangeError(
    `write ${usage}, as many of the one as of the other: got ${left.length} and ${right.length}`,
  );
}

function requireValues(values: readonly Value[], usage: string): void {
  requireArray(values, usage);
  for (const value of values) requireInstance(value, Value, usage);
}
