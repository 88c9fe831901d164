import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { listOperations, operations } from "../../engine/operations.ts";
import { Value } from "../../mod.ts";
import { plans } from "./graphs.ts";
import { build, type Plan, toCode } from "./plan.ts";
import { check, laws } from "./properties.ts";

for (const law of laws) {
  Deno.test(`${law.name}: on ${law.runs} random graphs`, () => {
    check(law, { seed: 1, runs: law.runs });
  });
}

Deno.test("the laws are checked on more than 10,000 random graphs", () => {
  assert(laws.reduce((sum, { runs }) => sum + runs, 0) > 10_000);
});

/** A law that is broken by any graph whose output is a tanh above ½. */
const tanhIsSmall = {
  name: "tanh is small",
  graphs: plans({ ordinary: true }),
  compare(plan: Plan): number[] {
    const { op, data } = build(plan).at(-1)!;
    if (op === "tanh" && data > 0.5) throw new Error("tanh > ½");
    return [1];
  },
};

Deno.test("check() shows the smallest graph that breaks a law, as code", () => {
  const { message } = assertThrows(() => check(tanhIsSmall, { seed: 1, runs: 1000 }), Error);
  const [name, reason, , ...code] = message.split("\n");
  assertEquals([name, reason], ["tanh is small: not with seed 1", "tanh > ½"]);
  assert(code.length <= 6, message);
  assertStringIncludes(message, ".tanh();\nL.backward();\nconsole.log(");
});

Deno.test("check() fails if hardly any graph has a derivative to compare", () => {
  const silent = { ...tanhIsSmall, compare: () => [0, NaN, -0, Infinity] };
  assertThrows(() => check(silent, { seed: 1, runs: 10 }), Error, "most derivatives are 0, NaN");
});

/** The depth of each node: the number of operations on the longest path from a leaf to it. */
function depth(output: Value): number {
  const depths = new Map<Value, number>();
  for (const node of output.topologicalOrder()) {
    depths.set(node, Math.max(-1, ...node.operands.map((operand) => depths.get(operand)!)) + 1);
  }
  return depths.get(output)!;
}

Deno.test("plans() generates graphs with every operation and with everything that makes graphs difficult", () => {
  const met = new Set<string>();
  for (const plan of fc.sample(plans({ ordinary: true }), { seed: 1, numRuns: 500 })) {
    const nodes = build(plan), order = nodes.at(-1)!.topologicalOrder();
    const uses = order.flatMap(({ prev }) => [...prev]);
    for (const { op, operands, prev } of order) {
      met.add(op);
      if (operands.length > prev.size) met.add("an operand repeated in one node");
      if (operands.length > 3) met.add("a long list");
      if (operands.some((operand) => !nodes.includes(operand))) met.add("a constant");
    }
    if (uses.length > new Set(uses).size) met.add("a node used by several");
    if (order.length < nodes.length) met.add("a node not used");
    assert(nodes.every(({ data }) => Math.abs(data) <= 1000), toCode(plan));
  }
  const symbols = [...Object.values(operations), ...Object.values(listOperations)]
    .map(({ symbol }) => symbol);
  const difficulties = ["", "an operand repeated in one node", "a long list", "a constant"];
  const wanted = [...difficulties, "a node used by several", "a node not used"];
  assertEquals([...met].toSorted(), [...wanted, ...symbols].toSorted());

  const wild = fc.sample(plans(), { seed: 1, numRuns: 500 }).map((plan) => build(plan).at(-1)!);
  for (const kind of [NaN, Infinity, -Infinity, -0]) {
    assert(wild.some(({ data }) => Object.is(data, kind)), `no graph gives ${kind}`);
  }
  const deep = plans({ deep: true, minSize: 60, size: 60 });
  for (const plan of fc.sample(deep, { seed: 1, numRuns: 20 })) {
    assertEquals(depth(build(plan).at(-1)!), 60);
  }
});

Deno.test("toCode() writes a plan as code that builds its graph", () => {
  for (const plan of fc.sample(plans(), { seed: 2, numRuns: 300 })) {
    const code = toCode(plan), printed: string[] = [];
    const console = { log: (...values: Value[]) => printed.push(values.join(" ")) };
    const L: Value = new Function("Value", "console", `${code}return L;`)(Value, console);

    const expected = build(plan).at(-1)!;
    expected.backward();
    const shape = (output: Value) => {
      const order = output.topologicalOrder();
      return order.map(({ data, grad, op, operands }) => [
        data,
        grad,
        op,
        ...operands.map((operand) => order.indexOf(operand)),
      ]);
    };
    assertEquals(shape(L), shape(expected), code);
    assertStringIncludes(printed[0], `${L}`);
  }
});

Deno.test("toCode() writes code as a person would", () => {
  const plan: Plan = {
    leaves: [2, -3, 10],
    steps: [
      { name: "mul", operands: [0, 1] },
      { name: "sqrt", operands: [2] },
      { name: "sum", operands: [3, { constant: -0 }, 3] },
      { name: "dot", operands: [3, 0, 5, { constant: 0.5 }, 1] },
      { name: "pow", operands: [{ constant: 2 }, 6] },
      { name: "sub", operands: [7, { constant: 1.5 }] },
    ],
  };
  assertEquals(
    toCode(plan),
    `const a = new Value(2, { label: "a" });
const b = new Value(-3, { label: "b" });
const v1 = a.mul(b);
const v3 = Value.sum([v1, -0, v1]);
const v4 = Value.dot([v1, a], [v3, 0.5], b);
const v5 = Value.pow(2, v4);
const L = v5.sub(1.5);
L.backward();
console.log(a, b, L);
`,
  );
});
