/** What the functions of exercise 10 must do. */
import { Value } from "../../mod.ts";
import { exercise, expect, like, Mistake, numbers, show } from "./check.ts";
export { todo } from "./check.ts";

const apply: Record<string, (a: Value, b: Value) => Value> = {
  "+": (a, b) => a.add(b),
  "*": (a, b) => a.mul(b),
  "tanh": (a) => a.tanh(),
};
const code: Record<string, (a: string, b: string) => string> = {
  "+": (a, b) => `${a} + ${b}`,
  "*": (a, b) => `${a} * ${b}`,
  "tanh": (a) => `Math.tanh(${a})`,
};
const local: Record<string, (k: number, a: string, b: string, y: string) => string> = {
  "+": () => "1",
  "*": (k, a, b) => k === 0 ? b : a,
  "tanh": (_k, _a, _b, y) => `(1 - ${y} * ${y})`,
};

/** Runs code. What is wrong with it is the learner's mistake. */
function run(
  code: string,
  result: string,
  { at, values }: { at: string; values: Readonly<Record<string, unknown>> },
): unknown {
  try {
    const f = new Function(...Object.keys(values), `"use strict";\n${code}\nreturn (${result});`);
    return f(...Object.values(values));
  } catch (error) {
    throw new Mistake(`JavaScript cannot run this code: ${(error as Error).message}`, [
      at,
      "something that runs",
      code || result,
    ]);
  }
}
function asText(code: unknown): string {
  if (code === undefined) throw new Mistake("It returns nothing: is `return` missing?");
  if (typeof code !== "string") {
    throw new Mistake(`It returns ${show(code)}: return a string, in quotes.`);
  }
  return code;
}

type Operation = (op: string, a: string, b: string) => unknown;
const computed = (operation: Operation) => (op: string, v0: number, v1: number) =>
  run("", asText(operation(op, "v0", op === "tanh" ? "" : "v1")), {
    at: `the code of "${op}"`,
    values: { v0, v1 },
  });
type Local = (op: string, k: number, a: string, b: string, y: string) => unknown;
const derived = (local: Local) => (op: string, k: number, v0: number, v1: number) => {
  const { data: v2 } = apply[op](new Value(v0), new Value(v1));
  // As in a line of code: local × upstream.
  return run("", `${asText(local(op, k, "v0", op === "tanh" ? "" : "v1", "v2"))} * d`, {
    at: `the code for operand ${k} of "${op}", times d`,
    values: { v0, v1, v2, d },
  });
};
/** The upstream gradient. */
const d = 2;
const rightLocal = (op: string, k: number, a: number, b: number) =>
  d * apply[op](new Value(a), new Value(b)).localDerivatives[k];

type Build = (...inputs: Value[]) => Value;
const graphs: Record<string, Build> = {
  "a + b": (a, b) => a.add(b),
  "(a · b).tanh()": (a, b) => a.mul(b).tanh(),
  "c · c, c = a + 3": (a) => {
    const c = a.add(3);
    return c.mul(c);
  },
  "(a + c) · b, c = (a · b).tanh()": (a, b) => a.add(a.mul(b).tanh()).mul(b),
};
const cases = Object.entries(graphs).flatMap((
  [text, { length }],
): [string, number[]][] => [[text, [2, -3].slice(0, length)], [text, numbers(length)]]);

const others = [0.25, 1.25];
/** A graph, traced at other numbers than those that it is run with. */
function trace(text: string) {
  const inputs = others.slice(0, graphs[text].length).map((x) => new Value(x));
  const output = graphs[text](...inputs);
  return { inputs, output, order: output.topologicalOrder() };
}
function rightForward(order: Value[], inputs: Value[]): string[] {
  return order.map((node, i) => {
    const [a, b] = node.operands.map((operand) => `v${order.indexOf(operand)}`);
    const input = inputs.indexOf(node);
    return `const v${i} = ${
      node.op ? code[node.op](a, b) : input >= 0 ? `x[${input}]` : node.data
    };`;
  });
}

type Forward = (order: Value[], inputs: Value[]) => unknown;
const values = (forward: Forward) => (text: string, x: number[]) => {
  const { inputs, order } = trace(text);
  return run(lines(forward([...order], [...inputs])), `[${order.map((_, i) => `v${i}`)}]`, {
    at: `the code of ${text}`,
    values: { x },
  });
};
type Backward = (order: Value[]) => unknown;
const gradients = (backward: Backward) => (text: string, x: number[]) => {
  const { inputs, order } = trace(text);
  const code = [...rightForward(order, inputs), lines(backward([...order]))];
  return run(code.join("\n"), `[${order.map((_, i) => `d${i}`)}]`, {
    at: `the code of ${text}, forward and backward`,
    values: { x },
  });
};
function lines(code: unknown): string {
  if (code === undefined) throw new Mistake("It returns nothing: is `return` missing?");
  if (!Array.isArray(code) || code.some((line) => typeof line !== "string")) {
    throw new Mistake("It is to return a list of lines, each a text.");
  }
  return code.join("\n");
}
/** A backward pass with something wrong in it. */
const walk = (
  { start = 1, reverse = true, add = "+=", upstream = true, locals = true }: {
    start?: number;
    reverse?: boolean;
    add?: string;
    upstream?: boolean;
    locals?: boolean;
  },
): Backward =>
(order) => {
  const lines = order.map((_, i) => `let d${i} = ${i === order.length - 1 ? start : 0};`);
  const places = [...order.keys()];
  for (const i of reverse ? places.reverse() : places) {
    const operands = order[i].operands.map((operand) => order.indexOf(operand));
    const [a, b] = operands.map((place) => `v${place}`);
    operands.forEach((place, k) => {
      const factor = locals ? local[order[i].op](k, a, b, `v${i}`) : "1";
      lines.push(`d${place} ${add} ${factor}${upstream ? ` * d${i}` : ""};`);
    });
  }
  return lines;
};

type Compile = (output: Value, inputs: Value[]) => unknown;
const pairs = [[2, -3], numbers(2), numbers(2).map((x) => x / 5)];

export const holes = {
  operationCode: (answer: Operation, name: string) =>
    like((op: string, a: number, b: number) => apply[op](new Value(a), new Value(b)).data, {
      inputs: ["+", "*", "tanh"].flatMap((op) =>
        pairs.map(([a, b]): [string, number, number] => [op, a, b])
      ),
      mistakes: [
        ["`*` is a product.", (op, a, b) => op === "tanh" ? Math.tanh(a) : a + b],
      ],
      hint: "The names with the operation between them; for tanh, Math.tanh( ) around the name.",
      at: (op, a, b) =>
        `what the code of "${op}" computes, with v0 = ${show(a)}${
          op === "tanh" ? "" : ` and v1 = ${show(b)}`
        }`,
    })(computed(answer) as never, name),
  localCode: (answer: Local, name: string) =>
    like(
      rightLocal,
      {
        inputs: [["+", 0], ["+", 1], ["*", 0], ["*", 1], ["tanh", 0]].flatMap(([op, k]) =>
          pairs.map(([a, b]) => [op, k, a, b] as [string, number, number, number])
        ),
        mistakes: [
          [
            "In a product, it is the other factor: swap the two.",
            (op, k, a, b) => rightLocal(op, op === "*" ? 1 - k : k, a, b),
          ],
          [
            "For tanh, it is made of the result y: 1 − y².",
            (op, k, a, b) => op === "tanh" ? (1 - a * a) * d : rightLocal(op, k, a, b),
          ],
          [
            "Brackets: * comes before −, so put the code for tanh into ( ).",
            (op, k, a, b) => op === "tanh" ? 1 - Math.tanh(a) ** 2 * d : rightLocal(op, k, a, b),
          ],
          ["Not every local derivative is 1: it depends on op.", () => d],
        ],
        hint: "+: 1. *: the name of the other operand. tanh: (1 - y * y).",
        at: (op, k, a, b) =>
          `what \`… * d\` computes for operand ${k} of "${op}", with v0 = ${show(a)}, v1 = ${
            show(b)
          } and d = ${d}`,
      },
    )(derived(answer) as never, name),
  forward: (answer: Forward, name: string) =>
    like((text: string, x: number[]) => {
      const values = x.map((x) => new Value(x));
      return graphs[text](...values).topologicalOrder().map(({ data }) => data);
    }, {
      inputs: cases,
      mistakes: [
        [
          "The numbers of the graph are in the code: write x[0] for the first input, and so on.",
          values((order) => order.map(({ data }, i) => `const v${i} = ${data};`)),
        ],
        [
          "The leaves are not all inputs: another one is its own number.",
          values((order) => rightForward(order, order)),
        ],
      ],
      hint: "For node i: const v⟨i⟩ = … of the names of its operands, v⟨place in the order⟩.",
      at: (text, x) => `the nodes of ${text}, with x = ${show(x)}`,
    })(values(answer) as never, name),
  backward: (answer: Backward, name: string) =>
    like((text: string, x: number[]) => {
      const values = x.map((x) => new Value(x));
      const output = graphs[text](...values);
      output.backward();
      return output.topologicalOrder().map(({ grad }) => grad);
    }, {
      inputs: cases,
      mistakes: [
        ["Nothing arrives: the last one begins with 1.", gradients(walk({ start: 0 }))],
        ["Walk from the last node back.", gradients(walk({ reverse: false }))],
        ["A node used twice gets something twice: +=, not =.", gradients(walk({ add: "=" }))],
        [
          "The upstream gradient is missing: local × upstream.",
          gradients(walk({ upstream: false })),
        ],
        ["The local derivative is missing: local × upstream.", gradients(walk({ locals: false }))],
      ],
      hint: "For node i, from the last: d⟨place of the operand⟩ += localCode(…) * d⟨i⟩.",
      at: (text, x) => `the gradients of all nodes of ${text}, with x = ${show(x)}`,
    })(gradients(answer) as never, name),
  compile: (answer: Compile, name: string) => {
    for (const [text, x] of cases) {
      const { inputs, output } = trace(text);
      const compiled = answer(output, [...inputs]);
      const at = `${name}(${text})`;
      if (compiled === undefined) throw new Mistake("It returns nothing: is `return` missing?");
      if (typeof compiled !== "function") throw new Mistake(`${at} is no function.`);
      const values = x.map((x) => new Value(x));
      const expected = graphs[text](...values);
      expected.backward();
      const result = compiled([...x]);
      const wanted = [expected.data, ...values.map(({ grad }) => grad)];
      expect(result, wanted, {
        at: `${at}(${show(x)})`,
        hint: Array.isArray(result) && result[0] === output.data
          ? "It computes with the numbers of the graph: use x."
          : "First the result, v of the last node; then d of each input.",
      });
    }
  },
};

export const check = exercise("10_compile", holes);
