/** What the class and the functions of exercise 01 must do. */
import { Value } from "../../mod.ts";
import { exercise, expect, like, Mistake, numbers, show } from "./check.ts";
export { todo } from "./check.ts";

interface Node {
  data: number;
  operands: readonly Node[];
  op: string;
  add(other: Node): Node;
  mul(other: Node): Node;
  sub(other: Node): Node;
}
type Class = new (data: number) => Node;
const pairs = [[2, 6], [-3, 0.5], ...[1, 2, 3].map(() => numbers<[number, number]>(2))];

/** Calls a method of the learner's class, and sees that it makes a new Value of the right number. */
function result(Class: Class, method: "add" | "mul" | "sub", [x, y]: number[]) {
  const a = new Class(x), b = new Class(y);
  const made: unknown = a[method](b);
  const at = `new Value(${x}).${method}(new Value(${y}))`;
  if (typeof made === "number") {
    throw new Mistake(`${at} is a plain number, which remembers nothing: return a new Value.`);
  }
  if (made === a || made === b) {
    throw new Mistake("It returns one of its operands: return a new Value.");
  }
  if (!(made instanceof Class)) throw new Mistake(`${at} is ${show(made)}: return a new Value.`);
  if (a.data !== x || b.data !== y) {
    throw new Mistake("It changes an operand: leave both as they are.");
  }
  const expected = new Value(x)[method](y).data;
  const hints = new Map([
    [y - x, "That is other − this."],
    [x + y, "That is the sum."],
    [x * y, "That is the product."],
  ]);
  expect(made.data, expected, {
    at: `${at}.data`,
    hint: hints.get(made.data as number) ?? "That is another number.",
  });
  return { a, b, made: made as Node, at };
}

const remembers = (method: "add" | "mul", op: string) => (Class: Class) => {
  for (const pair of pairs) {
    const { a, b, made, at } = result(Class, method, pair);
    const { operands } = made;
    if (!Array.isArray(operands) || operands.length === 0) {
      throw new Mistake(
        `${at} does not know its operands: write new Value(…, [this, other], "${op}").`,
      );
    }
    if (operands[0] === b && operands[1] === a) {
      throw new Mistake("The operands are there, in the wrong order: first this, then other.");
    }
    if (operands[0] !== a || operands[1] !== b || operands.length !== 2) {
      throw new Mistake(
        "The operands are to be this and other themselves, no copies and no numbers.",
      );
    }
    expect(made.op, op, { at: `${at}.op`, hint: "The op is the third argument of new Value()." });
  }
};

const [a, b, c, d] = [2, 6, ...numbers(2)].map((x, k) => new Value(x, { label: "abcd"[k] }));
const graphs = [a, a.add(b), a.add(b).mul(a), b.mul(a.add(b)), c.mul(d).add(c.mul(c))];
/** A graph of 20 doublings: a million ways from the last to the first. */
function doublings(): Value {
  const count = 20;
  let value = a;
  for (let k = 0; k < count; k++) value = value.add(value);
  value.label = `${count} doublings of a`;
  return value;
}
/** A graph as a formula. */
function formula({ label, op, operands }: Value): string {
  return label || `(${operands.map(formula).join(op === "+" ? " + " : " · ")})`;
}
const at = (f: string) => (graph: Value) => `${f}(${formula(graph).replace(/^\(|\)$/g, "")})`;

function rightlyWritten({ operands, op, data }: Value): string {
  return op === "" ? `${data}` : `(${operands.map(rightlyWritten).join(` ${op} `)})`;
}
const inner = (value: Value, count: (value: Value) => number): number =>
  value.operands.reduce((sum, operand) => sum + count(operand), 1);
const paths = (value: Value): number => inner(value, paths);

export const holes = {
  add: remembers("add", "+"),
  mul: remembers("mul", "*"),
  sub: (Class: Class) => {
    for (const pair of pairs) {
      const { a, b, made } = result(Class, "sub", pair);
      const met = new Set([made]);
      for (const { operands } of met) for (const operand of operands) met.add(operand);
      if (!met.has(a) || !met.has(b)) {
        throw new Mistake(
          "It does not know what it was made of: call this.add(…) and other.mul(…).",
        );
      }
      const other = [...met].find(({ op }) => !["", "+", "*"].includes(op));
      if (other) {
        throw new Mistake(`Make it of add and mul alone, without an operation "${other.op}".`);
      }
    }
  },
  written: like(rightlyWritten, {
    inputs: graphs.map((value) => [value]),
    mistakes: [
      [
        "The brackets are missing: each result stands in its own.",
        (value) => rightlyWritten(value).replace(/[()]/g, ""),
      ],
      [
        "A space stands on each side of the op.",
        (value) => rightlyWritten(value).replaceAll(" ", ""),
      ],
      ["That is the number. Write how it was made.", ({ data }) => `${data}`],
      [
        "Operands can be results, too: write each with written().",
        ({ data, op, operands }) =>
          op === "" ? `${data}` : `(${operands.map(({ data }) => data).join(` ${op} `)})`,
      ],
      [
        "A leaf, which no operation made, is written without brackets.",
        function all({ data, op, operands }: Value): string {
          return `(${op === "" ? data : operands.map(all).join(` ${op} `)})`;
        },
      ],
    ],
    hint:
      "A leaf is its number; a result is (first op second), each operand written in the same way.",
    at: at("written"),
  }),
  countNodes: like((value: Value) => value.topologicalOrder().length, {
    inputs: [...graphs, doublings()].map((value) => [value]),
    mistakes: [
      [
        "One that is used twice is counted twice: keep a Set of those that you have met.",
        paths,
      ],
      [
        "Those are the leaves. Count the results, too.",
        (value) => value.topologicalOrder().filter(({ op }) => op === "").length,
      ],
      ["The value itself counts, too.", (value) => value.topologicalOrder().length - 1],
      ["Operands have operands, too.", ({ prev }) => 1 + prev.size],
    ],
    hint: "Go from the value to its operands, to theirs, and so on; count each Value once.",
    at: at("countNodes"),
  }),
};

export const check = exercise("01_value", holes);
