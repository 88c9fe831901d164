/** What the functions of exercise 04 must do. */
import { Value } from "../../mod.ts";
import { exercise, like, Mistake, numbers, show } from "./check.ts";
import { allThenEach, obvious, passOn, visits, type Walked } from "./walks.ts";
export { todo } from "./check.ts";

/** How often the operands of a node may be looked at, in all, before a walk counts as endless. */
const limit = 1_000_000;
let looks = 0;

/** A node of a graph. */
export class Node {
  /** The derivative of the output with respect to this, as far as it is known. */
  grad = 0;
  readonly #operands: readonly Node[];

  /** Makes one with a gradient of 0. */
  constructor(
    readonly label: string,
    operands: readonly Node[],
    readonly localDerivatives: readonly number[],
  ) {
    this.#operands = operands;
  }

  /** What it was made from. */
  get operands(): readonly Node[] {
    if (++looks > limit) {
      throw new Mistake(
        `It does not end: too many visits, ${
          limit.toLocaleString("en")
        } and more. Visit each node once.`,
      );
    }
    return this.#operands;
  }
}

/** The graph of a Value as nodes, in topological order. */
function nodes(output: Value): Node[] {
  const made = new Map<Value, Node>();
  for (const value of output.topologicalOrder()) {
    const operands = value.operands.map((operand) => made.get(operand)!);
    made.set(value, new Node(value.label, operands, value.localDerivatives));
  }
  looks = 0;
  return [...made.values()];
}

function labelled(values: Record<string, Value>): Value {
  Object.entries(values).forEach(([label, value]) => value.label = label);
  return Object.values(values).at(-1)!;
}
function doublings(count: number): Value {
  let value = new Value(1, { label: "v0" });
  for (let k = 1; k <= count; k++) {
    value = value.add(value);
    value.label = `v${k}`;
  }
  return value;
}
function knot([x, y]: number[]): Value {
  const a = new Value(x), b = new Value(y), c = a.add(b), d = a.mul(b), e = c.mul(d);
  return labelled({ a, b, c, d, e, y: c.add(d).add(e) });
}
function chain(length: number): Value {
  let value = new Value(1, { label: "v0" });
  for (let k = 1; k < length; k++) value = value.neg();
  return value;
}
function expression([x, y, z, w]: number[]): Value {
  const a = new Value(x), b = new Value(y), c = new Value(z), f = new Value(w);
  const e = a.mul(b), d = e.add(c);
  return labelled({ a, b, c, f, e, d, L: d.mul(f) });
}
/** e = c · d reads d before c is complete when the operands are visited in another order. */
function shortcut([x]: number[]): Value {
  const a = new Value(x), b = a.mul(3), c = b.tanh();
  return labelled({ a, b, c, y: a.add(c) });
}

const others = numbers(2);
const graphs: Record<string, () => Value> = {
  "b = 2a": () => {
    const a = new Value(3), b = a.mul(2);
    return labelled({ a, b });
  },
  "L = d · f, d = e + c, e = a · b": () => expression([2, -3, 10, -2]),
  "c = b + b, b = a + a": () => {
    const a = new Value(1), b = a.add(a);
    return labelled({ a, b, c: b.add(b) });
  },
  "y = a + c, c = tanh(b), b = 3a": () => shortcut([0.5]),
  "y = (c + d) + e, e = c · d, c = a + b, d = a · b": () => knot([2, 3]),
  "the same with other numbers": () => knot(others),
};

/** A list of so many labels is too long to be read. */
const readable = 30;

/** The order must hold each node once, after its operands. */
function requireOrder(find: (output: Node) => unknown, name: string, output: Value, text: string) {
  const all = nodes(output);
  const found = find(all.at(-1)!);
  const at = `${name}(${output.label || "the last node"}) of ${text}`;
  if (!Array.isArray(found)) {
    throw new Mistake(
      found === undefined ? "It returns nothing: is `return` missing?" : `${at} is no list.`,
    );
  }
  const labels = found.length < readable
    ? `: [${found.map((node) => node?.label || "?").join(", ")}]`
    : ` has ${found.length.toLocaleString("en")} nodes`;
  const wrong = (hint: string) => {
    throw new Mistake(`${at}${labels}. ${hint}`);
  };
  const has = new Set<unknown>(found), met = new Set<unknown>();
  if (found.length > all.length && has.size <= all.length) {
    wrong(
      `Too many visits: ${
        found.length.toLocaleString("en")
      } for ${all.length} nodes. Skip a node that you have met.`,
    );
  }
  if (!has.has(all.at(-1))) wrong("The output itself is missing.");
  const missing = all.find((node) => !has.has(node));
  if (missing) wrong(`${missing.label || "A node"} is missing.`);
  for (const node of found as Node[]) {
    const late = node.operands.find((operand) => !met.has(operand));
    if (late) {
      wrong(
        found[0] === all.at(-1)
          ? "It begins with the output: each must come after its operands. Add a node when they are in."
          : `${node.label} comes before its operand ${late.label}. Add a node when all its operands are in.`,
      );
    }
    met.add(node);
  }
}

function requireOrders(find: (output: Node) => unknown, name: string) {
  for (const [text, graph] of Object.entries(graphs)) requireOrder(find, name, graph(), text);
  requireOrder(find, name, doublings(20), "20 doublings, v20 = v19 + v19 and so on");
}

/** Every gradient, by label, after a walk. */
function gradients(text: string, walk: (output: Node) => void): Record<string, number> {
  const all = nodes(graphs[text]());
  walk(all.at(-1)!);
  return Object.fromEntries(
    all.filter(({ label }) => label).map(({ label, grad }) => [label, grad]),
  );
}
function rightGradients(text: string): Record<string, number> {
  const output = graphs[text]();
  output.backward();
  const values = output.topologicalOrder().filter(({ label }) => label);
  return Object.fromEntries(values.map(({ label, grad }) => [label, grad]));
}
/** A walk with something wrong in it: its order, where it starts, or how it passes on. */
const walk = (
  order: (output: Node) => readonly Walked[],
  { start = 1, add = true }: { start?: number; add?: boolean } = {},
) =>
(text: string) =>
  gradients(text, (output) => {
    output.grad = start;
    passOn(order(output), { add });
  });
/** The order: each after its operands. */
function ordered(output: Node): Walked[] {
  return [...new Set(visits(output))];
}

const unordered = (visit: (output: Node) => void) => (text: string) =>
  gradients(text, (output) => {
    output.grad = 1;
    visit(output);
  });
/** How often a walk without an order is called: once for each way to a node; or for each to a leaf. */
function ways(node: Node, inner = 1): number {
  const { operands } = node;
  if (operands.length === 0) return 1;
  return operands.reduce((sum, operand) => sum + ways(operand, inner), inner);
}
const calls = (text: string) => ways(last(text));
const last = (text: string) => nodes(counted[text]()).at(-1)!;
/** The graphs in which walks are counted. */
const counted: Record<string, () => Value> = {
  "a": () => new Value(3, { label: "a" }),
  ...graphs,
  "10 doublings": () => doublings(10),
  "16 doublings": () => doublings(16),
};

type PassOn = [upstream: number, locals: number[], before: number[]];
const right = (...[upstream, locals, before]: PassOn) =>
  before.map((grad, k) => grad + locals[k] * upstream);

export const holes = {
  passOn: (answer: (node: Node) => void, name: string) => {
    const wrapped = (...[upstream, locals, before]: PassOn) => {
      const operands = before.map((grad, k) => Object.assign(new Node("ab"[k], [], []), { grad }));
      const node = Object.assign(new Node("c", operands, locals), { grad: upstream });
      looks = 0;
      answer(node);
      if (node.grad !== upstream) {
        throw new Mistake("It changes node.grad: change those of the operands.");
      }
      return operands.map(({ grad }) => grad);
    };
    like(right, {
      inputs: [
        [-2, [-3, 2], [0, 0]],
        [-2, [-3, 2], [10, 20]],
        [0.5, [4], [1]],
        ...[1, 2].map((): PassOn => [numbers(1)[0], numbers(2), numbers(2)]),
      ],
      mistakes: [
        [
          "`=` wipes out what an operand got from others before: add to it, with +=.",
          (upstream, locals) => locals.map((local) => local * upstream),
        ],
        [
          "The upstream gradient, node.grad, is missing.",
          (_upstream, locals, before) => before.map((grad, k) => grad + locals[k]),
        ],
        [
          "The local derivative is missing.",
          (upstream, _locals, before) => before.map((grad) => grad + upstream),
        ],
        ["No operand has changed.", (_upstream, _locals, before) => before],
        [
          "Operand k goes with localDerivatives[k].",
          (upstream, locals, before) => before.map((grad) => grad + locals[0] * upstream),
        ],
      ],
      hint: "For each operand: grad += local derivative × node.grad.",
      at: (upstream, locals, before) =>
        `the operands' grads, ${show(before)} before, with node.grad ${
          show(upstream)
        } and local derivatives ${show(locals)}`,
    })(wrapped as never, name);
    const a = Object.assign(new Node("a", [], []), { grad: 1 });
    answer(Object.assign(new Node("c", [a, a], [3, 3]), { grad: 2 }));
    if (a.grad !== 13) {
      throw new Mistake("In a · a, a is an operand twice, and gets something twice.");
    }
  },
  calls: (answer: (node: Node) => unknown, name: string) => {
    like(calls, {
      inputs: Object.keys(counted).map((text): [string] => [text]),
      mistakes: [
        [
          "That counts each node once. Without an order, it is visited again on each way to it.",
          (text) => nodes(counted[text]()).length,
        ],
        ["The first call, for the node itself, counts, too.", (text) => calls(text) - 1],
        [
          "Those are the calls that end at a leaf. Count the others, too.",
          (text) => ways(last(text), 0),
        ],
        [
          "Operands have operands, too: let the function call itself.",
          (text) => 1 + last(text).operands.length,
        ],
        [
          "That is how many operands there are. They have operands, too, and each call counts.",
          (text) => last(text).operands.length,
        ],
        ["Every call counts 1.", () => 0],
      ],
      hint: "1 for the node, plus the calls for each of its operands.",
      at: (text) => `the calls for ${text}`,
    })(((text: string) => answer(last(text))) as never, name);
    const [few, many] = [10, 16].map((count) => calls(`${count} doublings`));
    return `${few.toLocaleString("en")} for 10 doublings, ${many.toLocaleString("en")} for 16`;
  },
  order: requireOrders,
  backward: (answer: (output: Node) => void, name: string) => {
    const inputs = Object.keys(graphs).map((text): [string] => [text]);
    like(rightGradients, {
      inputs,
      mistakes: [
        ["Nothing arrives: begin with output.grad = 1.", walk(ordered, { start: 0 })],
        [
          "order() holds a node twice: first make that right.",
          walk((output) => visits(output).reverse()),
        ],
        [
          "The gradients get no further than to the output's operands: pass on from each node, from the end of order(output) to its beginning.",
          walk(ordered),
        ],
        [
          "A node used twice gets a contribution from each use: +=, not =.",
          walk((output) => ordered(output).reverse(), { add: false }),
        ],
        [
          "Only the output has a gradient: pass on from each node.",
          (text) =>
            gradients(text, (output) => {
              output.grad = 1;
            }),
        ],
        [
          "A node passes on before its own gradient is complete. Go by order(output), from its end.",
          unordered(obvious),
        ],
        [
          "A node passes on before its own gradient is complete. Go by order(output), from its end.",
          unordered(allThenEach),
        ],
      ],
      hint: "output.grad = 1; then pass on from each node, in the reverse of order(output).",
      at: (text) => `the grads of ${text}`,
    })(((text: string) => gradients(text, answer)) as never, name);
  },
  longOrder: (answer: (output: Node) => unknown, name: string) => {
    requireOrder(answer, name, chain(100_000), "a chain of 100,000 nodes");
    requireOrders(answer, name);
  },
};

export const check = exercise("04_backpropagation", holes);
