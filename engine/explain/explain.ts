/**
 * The chain rule, written out for any graph.
 *
 * @module
 */
import { type Block, type Equation, type Gap, layOut, sentence } from "./equations.ts";
import { evaluate, isApplication } from "../expression.ts";
import { formatNumber } from "../format.ts";
import { ellipsis, type Formula, type Name, shorten, simplify, size, write } from "./formula.ts";
import { Names } from "./names.ts";
import { keepName, requireAtMost, requireInstance } from "../arguments.ts";
import { requireCurrent, Value } from "../value.ts";

// Up to this number of paths and nodes, formulas are written out along the paths. Of more derivatives
// than maxLines, only the first and the last are shown.
const maxPaths = 8;
const maxNodes = 16;
const maxLines = 24;

/** Each node takes about a kilobyte while the derivation is written. */
const mostNodes = 1_500_000;

/** A formula with more numbers and names than this is not written out again: its symbol replaces it. */
const maxFactors = 12;

/** One edge of a path from the output to the input: from a node to one of its operands. */
export interface ExplanationStep {
  /** The name of the node. */
  readonly from: string;
  /** The name of the operand. */
  readonly to: string;
  /** The operation that made the node, as in `Value.op`. */
  readonly operation: string;
  /** The local derivative as a formula in the names of nodes. */
  readonly formula: string;
  /** The local derivative as a number. */
  readonly value: number;
}

/** The result of {@linkcode explain}: a derivative and its derivation by the chain rule. */
export class Explanation {
  static {
    keepName(this, "Explanation");
  }

  /** The derivative. */
  readonly value: number;
  /** The derivation, for a terminal. */
  readonly text: string;
  /** The derivation in LaTeX: an `aligned` block for KaTeX or MathJax. */
  readonly latex: string;
  #steps: readonly ExplanationStep[] | (() => ExplanationStep[]);

  /** Used by {@linkcode explain}. */
  constructor(value: number, { text, latex }: Name, steps: () => ExplanationStep[]) {
    this.value = value;
    this.text = text;
    this.latex = latex;
    this.#steps = steps;
  }

  /** The edges of the paths from output to input, each once, starting at the output. */
  get steps(): readonly ExplanationStep[] {
    // Computed when first needed: in a large graph they take much longer than everything else.
    if (typeof this.#steps === "function") this.#steps = this.#steps();
    return this.#steps;
  }

  /** The derivation as text. */
  toString(): string {
    return this.text;
  }

  /** What `console.log` prints in Deno and Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }

  /** What a notebook shows. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/latex": `$$\n${this.latex}\n$$`, "text/plain": this.text };
  }
}

/**
 * Writes out the derivative of one node of a graph with respect to another by the chain rule: in symbols,
 * in formulas and in numbers, each time as local derivative × upstream gradient. It computes the
 * derivative itself; the gradients of the nodes are not changed.
 *
 * The derivative with respect to each node on the way is derived once, and later derivations refer to it.
 * If several paths lead to the input, each is shown and their contributions are summed; an operation that
 * uses an operand twice (a + a) is one step of a path, with the sum of both local derivatives. ∂ marks a
 * local derivative that is not the total derivative, because there is another path beside it.
 *
 * Up to 8 paths over up to 16 nodes, formulas are written out along the paths. In a larger graph each
 * derivative refers to those before it by symbol, and of more than 24 derivatives the first 12 and the
 * last 12 are shown; `value` and `steps` are always complete.
 *
 * Numbers are shown with 6 digits, and with ≈ if they have more. A node without a label is named v1, v2, …
 * in topological order; a leaf without one is shown as its number. A label that occurs again gets a
 * number: `w`, `w_2`.
 *
 * @param output the node to differentiate
 * @param input the node to differentiate with respect to
 * @returns the derivative, its derivation as text and as LaTeX, and its steps as data
 * @throws {TypeError} when one of them is not a Value
 * @throws {Error} when a number was assigned to a `data` and a node is no longer the result of its operands
 * @throws {RangeError} when the output was made from more than 1,500,000 nodes
 *
 * @example
 * ```ts
 * import { explain, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const a = new Value(2, { label: "a" });
 * const b = new Value(-3, { label: "b" });
 * const e = a.mul(b);
 * e.label = "e";
 * const d = e.add(10);
 * d.label = "d";
 *
 * assertEquals(explain(d, a).value, -3);
 * assertEquals(
 *   explain(d, a).text,
 *   `d = e + 10 = 4
 * e = a · b = −6
 *
 * dd/de = 1
 * dd/da = de/da · dd/de
 *       = b · 1
 *       = −3`,
 * );
 * ```
 */
export function explain(output: Value, input: Value): Explanation {
  requireInstance({ output, input }, Value, "explain(L, a) for dL/da");
  const order = output.topologicalOrder();
  requireAtMost(order.length, mostNodes, "explain(L, a) with an L made from fewer nodes");
  requireCurrent(order, "explain(L, a)");
  const names = new Names(order, input);
  const graph = pathsBetween(order, input, names);
  return graph === null ? unrelated(output, input, names) : writeOut(graph);
}

/** The part of a graph on the paths from an output to an input. */
interface Graph {
  output: Value;
  input: Value;
  /** Every node of the graph of the output, in topological order. */
  order: readonly Value[];
  names: Names;
  /** The nodes on the paths, in reverse topological order: output first, input last. */
  nodes: readonly Value[];
  /** For each of them, the nodes on the paths that use it, in topological order. */
  consumers: ReadonlyMap<Value, readonly Value[]>;
  /** The derivative of the output with respect to each of them. */
  gradients: ReadonlyMap<Value, number>;
  /** The edges between them, by the node that they start from, beginning at the output. */
  edges: ReadonlyMap<Value, readonly Edge[]>;
}

/** From a node to its operand k, with the local derivative. */
interface Edge {
  k: number;
  value: number;
}

function pathsBetween(order: readonly Value[], input: Value, names: Names): Graph | null {
  if (!order.includes(input)) return null;
  const output = order[order.length - 1];
  const onPath = new Set([input]);
  for (const node of order) {
    if (node.operands.some((operand) => onPath.has(operand))) onPath.add(node);
  }
  const nodes = [...onPath].reverse();

  const consumers = new Map<Value, Value[]>(nodes.map((node) => [node, []]));
  const gradients = new Map(nodes.map((node) => [node, node === output ? 1 : 0]));
  const edges = new Map<Value, Edge[]>();
  for (const node of nodes) {
    const { operands, localDerivatives } = node;
    const own: Edge[] = [];
    for (const [k, operand] of operands.entries()) {
      if (!onPath.has(operand)) continue;
      const value = localDerivatives[k];
      // The chain rule, as in Value.backward(): local derivative × upstream gradient.
      gradients.set(operand, gradients.get(operand)! + value * gradients.get(node)!);
      if (consumers.get(operand)!.at(-1) !== node) consumers.get(operand)!.push(node);
      own.push({ k, value });
    }
    edges.set(node, own);
  }
  for (const list of consumers.values()) list.reverse(); // as written: the earlier node first
  return { output, input, order, names, nodes, consumers, gradients, edges };
}

function writeOut(graph: Graph): Explanation {
  const { output, input, names, nodes, gradients } = graph;
  const paths = countPaths(graph);
  const small = paths <= maxPaths && nodes.length <= maxNodes;

  const definitions = excerpt(madeOnTheWay(graph), (node) => ({
    left: names.of(node),
    right: [names.definition(node), node.data],
  }));
  // How later derivations write a derivative: as the factors of its formula, or else as its symbol.
  const carried = new Map<Value, readonly Formula[]>();
  const derivations = excerpt(nodes.slice(1), (node) => {
    const { left, right: [symbols, formulas, ...numbers], factors } = derive(graph, node, carried);
    if (!small) return { left, right: [formulas, ...numbers] };
    if (size(multiply(factors)) <= maxFactors) carried.set(node, factors);
    return { left, right: [symbols, formulas, ...numbers] };
  });
  if (output === input) derivations.push({ left: names.derivative(output, output), right: [1] });

  const written = layOut([
    { lines: definitions },
    small && paths > 1 ? pathByPath(graph) : { lines: [] },
    { title: small ? undefined : summary(graph, paths), lines: derivations },
  ]);
  return new Explanation(gradients.get(input)!, written, () => stepsOf(graph));
}

function stepsOf({ names, edges }: Graph): ExplanationStep[] {
  return [...edges].flatMap(([node, edges]) => {
    const { operands } = node;
    const formulas = names.localDerivatives(node, edges.map(({ k }) => k));
    return edges.map(({ k, value }, i) => ({
      from: names.of(node).text,
      to: names.of(operands[k]).text,
      operation: node.op,
      formula: write(formulas[i], "text"),
      value,
    }));
  });
}

function excerpt(nodes: readonly Value[], line: (node: Value) => Equation): (Equation | Gap)[] {
  if (nodes.length <= maxLines) return nodes.map(line);
  const half = maxLines / 2;
  const omitted = nodes.length - maxLines;
  return [...nodes.slice(0, half).map(line), { omitted }, ...nodes.slice(-half).map(line)];
}

/** The results on the paths, and the unlabelled results that they were computed from. */
function madeOnTheWay({ order, input, nodes }: Graph): Value[] {
  const made = new Set(nodes.slice(0, -1));
  for (const node of nodes.slice(0, -1)) {
    for (const operand of node.operands) {
      if (operand.op !== "" && operand.label.trim() === "" && operand !== input) made.add(operand);
    }
  }
  return order.toReversed().filter((node) => made.has(node));
}

/** The number of paths from the output to the input; Infinity if it is too large for a number. */
function countPaths({ output, input, nodes, consumers }: Graph): number {
  const counts = new Map([[output, 1]]);
  for (const node of nodes.slice(1)) {
    counts.set(
      node,
      consumers.get(node)!.reduce((sum, consumer) => sum + counts.get(consumer)!, 0),
    );
  }
  return counts.get(input)!;
}

/** Each path on its own, with the product of the local derivatives along it, from the input on. */
function pathByPath({ output, input, names, consumers }: Graph): Block {
  const pathsTo = (node: Value): Value[][] =>
    node === output
      ? [[output]]
      : consumers.get(node)!.flatMap((consumer) =>
        pathsTo(consumer).map((path) => [...path, node])
      );
  const lines = pathsTo(input).map((path): Equation => {
    const along = path.map((node) => names.of(node));
    const { formulas, number } = product(
      path.slice(1).map((node, k) => localDerivative(path[k], node, names)).reverse(),
    );
    return {
      left: {
        text: along.map(({ text }) => text).join(" ← "),
        latex: along.map(({ latex }) => latex).join(" \\leftarrow "),
      },
      right: [multiply(formulas), number, evaluate(number, Number)],
      colon: true,
    };
  });
  const [y, x] = [output, input].map((node) => names.of(node));
  const count = `${lines.length}`;
  return {
    title: sentence`${count} paths lead from ${y} to ${x}, and their contributions add up:`,
    lines,
  };
}

function summary({ output, input, names, nodes }: Graph, paths: number): Name {
  const [y, x] = [output, input].map((node) => names.of(node));
  const count = paths === 1
    ? "1 path"
    : `${paths === Infinity ? "more than 1e308" : formatNumber(paths)} paths`;
  const extent = `${count} over ${nodes.length} nodes`;
  return sentence`From ${y} to ${x} (${extent}), each derivative refers to those before it:`;
}

/**
 * The derivative with respect to one node in four stages: symbols, formulas, numbers, result. Also the
 * factors of its formula, simplified.
 */
function derive(
  graph: Graph,
  node: Value,
  carried: ReadonlyMap<Value, readonly Formula[]>,
): Equation & { factors: readonly Formula[] } {
  const { output, names, gradients } = graph;
  const consumers = shorten(graph.consumers.get(node)!, null);
  const dependent = consumers.length > 1 ? dependents(graph, node) : new Set<Value>();
  const terms = consumers.map((consumer) => {
    if (consumer === null) return { symbol: ellipsis, formulas: [ellipsis], number: ellipsis };
    // ∂: along this edge only, if the consumer also depends on the node in other ways.
    const partial = consumer.operands.some((operand) => dependent.has(operand));
    const local = localDerivative(consumer, node, names);
    const localSymbol = names.derivative(consumer, node, partial ? "∂" : "d");
    if (consumer === output) return { symbol: localSymbol, ...local };

    const upstreamSymbol = names.derivative(output, consumer);
    const upstream = {
      formulas: carried.get(consumer) ?? [upstreamSymbol],
      number: gradients.get(consumer)!,
    };
    return { symbol: multiply([localSymbol, upstreamSymbol]), ...product([local, upstream]) };
  });
  const formulas = terms.map((term) => multiply(term.formulas));
  return {
    left: names.derivative(output, node),
    right: [
      sum(terms.map((term) => term.symbol)),
      sum(formulas),
      sum(terms.map((term) => term.number)),
      gradients.get(node)!,
    ],
    factors: simplifyFactors(terms.length === 1 ? terms[0].formulas : [sum(formulas)]),
  };
}

/** A factor in two stages: in the names of nodes, possibly a product, and in their numbers. */
interface Factor {
  formulas: readonly Formula[];
  number: Formula;
}

/** The local derivative of a node with respect to one operand, summed over all its places. */
function localDerivative(node: Value, operand: Value, names: Names): Factor {
  const { operands, localDerivatives } = node;
  const places = [...operands.keys()].filter((k) => operands[k] === operand);
  return {
    formulas: [sum(names.localDerivatives(node, places))],
    number: sum(places.map((k) => localDerivatives[k])),
  };
}

function sum(terms: Formula[]): Formula {
  return terms.length === 1 ? terms[0] : { op: "+", args: terms };
}

function multiply(factors: readonly Formula[]): Formula {
  return factors.length > 1 ? { op: "*", args: factors } : factors[0] ?? 1;
}

/** A product. A factor that is always 1 is kept in the formula and left out of the numbers. */
function product(factors: readonly Factor[]): Factor {
  return {
    formulas: factors.flatMap(({ formulas }) => formulas),
    number: multiply(
      factors.filter(({ formulas }) => multiply(formulas) !== 1).map(({ number }) => number),
    ),
  };
}

/** Simplifies a product but keeps its factors apart: (2 · a) · 1 · b becomes 2 · a and b. */
function simplifyFactors(factors: readonly Formula[]): readonly Formula[] {
  const whole = simplify(multiply(factors));
  return isApplication(whole) ? factors.map(simplify).filter((factor) => factor !== 1) : [whole];
}

/** The nodes on the paths that depend on a node, without itself. */
function dependents({ nodes }: Graph, node: Value): Set<Value> {
  const reached = new Set([node]);
  for (const consumer of nodes.toReversed()) {
    if (consumer.operands.some((operand) => reached.has(operand))) reached.add(consumer);
  }
  reached.delete(node);
  return reached;
}

function unrelated(output: Value, input: Value, names: Names): Explanation {
  const [y, x] = [output, input].map((node) => names.of(node));
  const zero = names.derivative(output, input);
  const reason = sentence`${y} was not made from ${x}`;
  const text = `${zero.text} = 0: ${reason.text}, so it stays as it is when ${x.text} moves.`;
  const hint = `It is the other way round: ${x.text} was made from ${y.text}. ` +
    "explain() takes the output first.";
  return new Explanation(
    0,
    {
      text: input.topologicalOrder().includes(output) ? `${text}\n${hint}` : text,
      latex:
        `\\begin{aligned}\n${zero.latex} &= 0 \\quad \\text{because }${reason.latex}\n\\end{aligned}`,
    },
    () => [],
  );
}
