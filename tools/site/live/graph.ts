/**
 * The graph of an expression after some steps of its backward pass, in words and numbers.
 *
 * @module
 */
import type * as Engine from "../../../mod.ts";
import type { Expression, Graph } from "./expression.ts";

/** The numbers of the leaves, by name. */
export type Numbers = ReadonlyMap<string, number>;

/** A graph, the step that was the last one, if there was one, and how many there were. */
export interface Walked {
  readonly graph: Graph;
  readonly step: Engine.BackwardStep | undefined;
  readonly count: number;
}

/**
 * Makes the graph of an expression, and walks so many steps back.
 *
 * @param expression the expression, with the numbers of its leaves
 * @param engine the engine
 * @param steps how many steps, at most
 */
export function walk(
  { expression, numbers }: { expression: Expression; numbers: Numbers },
  { Value, backwardSteps }: Pick<typeof Engine, "Value" | "backwardSteps">,
  steps = Infinity,
): Walked {
  const graph = expression.build(Value, numbers);
  let step: Engine.BackwardStep | undefined, count = 0;
  if (steps > 0) {
    for (const next of backwardSteps(graph.output)) {
      [step, count] = [next, count + 1];
      if (count >= steps) break;
    }
  }
  return { graph, step, count };
}

/**
 * What the last step did, in words.
 *
 * @param walked the graph after that step
 * @param last how many steps there are
 * @returns a paragraph, and one for each operand of the node
 */
export function wordsOf(
  { graph, step, count }: Walked,
  last: number,
): { text: string; operands: string[] } {
  if (!step) {
    const text = "Before the first step, every gradient is 0. The gradient of " +
      `${nameOf(graph.output)} with respect to itself is 1: the backward pass starts there.`;
    return { text, operands: [] };
  }
  const { node, contributions } = step;
  const made = node.label ? `${node.label}, the result of ${node.op}` : nameOf(node);
  return {
    text: `Step ${count} of ${last}: ${made}. Its gradient is complete: ${written(node.grad)}. ` +
      "It goes to each operand, times the local derivative:",
    operands: contributions.map(({ operand, local, upstream, before, after }) =>
      `${nameOf(operand)}: local derivative ${written(local)} × upstream gradient ` +
      `${written(upstream)} = ${written(local * upstream)}, added to ${written(before)}: ` +
      `its gradient is ${written(after)}.`
    ),
  };
}

function nameOf({ label, op, data }: Engine.Value): string {
  return label || (op ? `the ${op} node` : written(data));
}

/** How far a leaf is moved to each side, as a part of its number, or of 1 where that is smaller. */
const nudge = 1e-4;
/** How far the two derivatives may be apart, as a part of the gradient, or of 1 where that is smaller. */
const tolerance = 1e-5;

/**
 * The derivative with respect to each leaf: by backpropagation, and by moving the leaf a little.
 *
 * @param expression the expression, with the numbers of its leaves
 * @param engine the engine
 * @returns a row for each leaf: what it is, both numbers, and whether they agree
 */
export function comparison(
  { expression, numbers }: { expression: Expression; numbers: Numbers },
  engine: Pick<typeof Engine, "Value" | "backwardSteps">,
): string[][] {
  const { output, leaves } = walk({ expression, numbers }, engine).graph;
  return [...leaves].map(([name, { data, grad }]) => {
    const h = nudge * Math.max(1, Math.abs(data));
    const at = (x: number) =>
      expression.build(engine.Value, new Map(numbers).set(name, x)).output.data;
    const nudged = (at(data + h) - at(data - h)) / (2 * h);
    const close = Math.abs(nudged - grad) <= tolerance * Math.max(1, Math.abs(grad));
    return [
      `d${output.label || "…"}/d${name}`,
      written(grad),
      nudged.toFixed(6).replace("-", "−"),
      close ? "✓" : "✗",
    ];
  });
}

/** A number as the graph shows it. */
export function written(number: number): string {
  return String(Number(number.toPrecision(6))).replace("-", "−");
}

/** How many characters are shown left of a mistake, and from it on: a phone has room for these. */
const room = { left: 18, right: 14 };

/** The part of an expression around a place, and a mark below that. */
export function marked(text: string, at: number): string {
  const from = Math.max(0, at - room.left), to = at + room.right;
  const before = from > 0 ? "… " : "";
  const part = text.slice(from, to) + (to < text.length ? " …" : "");
  return `${before}${part}\n${" ".repeat(before.length + at - from)}▲`;
}

/** An expression and the numbers of its leaves as the end of an address, after `#`. */
export function toHash(expression: Expression, numbers: Numbers): string {
  const leaves = [...expression.leaves.keys()].map((name) => `${name} = ${numbers.get(name)}`);
  const text = [expression.text, ...leaves].join("; ").replaceAll(" ", "");
  return `#${encodeURI(text).replaceAll("#", "%23")}`;
}

/** The text of an expression at the end of an address, if there is one that can be read. */
export function fromHash(hash: string): string | undefined {
  try {
    return decodeURIComponent(hash.slice(1)) || undefined;
  } catch {
    return undefined;
  }
}
