/**
 * The backward pass, one node at a time.
 *
 * @module
 */
import { printedNumber } from "./format.ts";
import { requireAtMost, requireInstance, requireWritable } from "./arguments.ts";
import { requireCurrent, Value } from "./value.ts";

/** What one node contributes to the gradient of one operand: `operand.grad += local × upstream`. */
export interface Contribution {
  /** The operand. */
  readonly operand: Value;
  /** The local derivative of the node with respect to this operand. */
  readonly local: number;
  /** The node's own gradient, which is complete by then. */
  readonly upstream: number;
  /** The operand's gradient before. */
  readonly before: number;
  /** The operand's gradient after: `before + local × upstream`. */
  readonly after: number;
  /** The same as a sentence: `d.grad = 0 + (−2 × 1) = −2`. */
  readonly sentence: string;
}

/** One step of the backward pass: a node and its contributions to the gradients of its operands. */
export interface BackwardStep {
  /** The node, whose gradient is complete by then. */
  readonly node: Value;
  /** Its contributions, one for each operand, in order. */
  readonly contributions: readonly Contribution[];
}

/**
 * The backward pass of {@linkcode Value.backward}, one node at a time: a generator that pauses after
 * each node with operands. Run to the end, it leaves the same gradients.
 *
 * @param output the result whose gradients are wanted
 * @returns the steps, from the output back
 * @throws {TypeError} when `output` is not a Value, or a node of its graph is frozen
 * @throws {Error} when a number was assigned to a `data` and a node is no longer the result of its
 *   operands
 * @throws {RangeError} when one node has more than 1,000,000 operands
 *
 * @example
 * ```ts
 * import { backwardSteps, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const d = new Value(4, { label: "d" }), f = new Value(-2, { label: "f" });
 * const [step] = backwardSteps(d.mul(f));
 * assertEquals(step.contributions.map(({ sentence }) => sentence), [
 *   "d.grad = 0 + (−2 × 1) = −2",
 *   "f.grad = 0 + (4 × 1) = 4",
 * ]);
 * ```
 */
export function backwardSteps(output: Value): Generator<BackwardStep, undefined> {
  requireInstance({ output }, Value, "backwardSteps(L)");
  return steps(output);
}

function* steps(output: Value): Generator<BackwardStep, undefined> {
  const order = output.topologicalOrder();
  requireWritable(order, "backwardSteps(L)");
  requireCurrent(order, "backwardSteps(L)");
  for (const { operands } of order) {
    requireAtMost(operands.length, 1_000_000, "backwardSteps(L) with fewer operands of one node");
  }
  for (const node of order) {
    if (node.op !== "") node.grad = 0;
  }
  output.grad += 1;
  for (const node of order.reverse()) {
    if (node.op === "") continue;
    const upstream = node.grad;
    const { operands, localDerivatives } = node;
    const contributions = operands.map((operand, k): Contribution => {
      const local = localDerivatives[k];
      const before = operand.grad;
      const after = operand.grad += local * upstream;
      return {
        operand,
        local,
        upstream,
        before,
        after,
        get sentence() {
          const [was, l, u, is] = [before, local, upstream, after].map(printedNumber);
          return `${operand.label || "?"}.grad = ${was} + (${l} × ${u}) = ${is}`;
        },
      };
    });
    yield { node, contributions };
  }
}
