import { assertEquals } from "@std/assert";
import text from "../../exercises/04_backpropagation.ts" with { type: "text" };
import { holes, type Node } from "../../exercises/checks/04_backpropagation.ts";
import { judge } from "../../exercises/checks/check.ts";
import checks from "../../exercises/checks/04_backpropagation.ts" with { type: "text" };
import * as answers from "../../exercises/solutions/04_backpropagation.ts";
import solutions from "../../exercises/solutions/04_backpropagation.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

/** A walk that is right, except for the gradient of the output where this holds of it. */
const wrongWhere = (condition: string) =>
  "output.grad = 1; for (const node of order(output).reverse()) passOn(node); " +
  `if (${condition}) output.grad = 7;`;
/** What such a walk is told: the graph, and its gradients. */
const tried = (text: string, grads: string) =>
  `the grads of ${text}\n  expected { ${grads} }\n  got      { ${grads.replace(/1$/, "7")} }`;
const rightOrder = `const met = new Set(), list = [];
     const visit = (node) => { if (!met.has(node)) { met.add(node); node.operands.forEach(visit); list.push(node); } };
     visit(output);
     `;
/** An order that is right, except where the output has this label. */
const wrongOrder = (label: string) =>
  `${rightOrder}return output.label === "${label}" ? [output] : list;`;
/** dc/db of c = tanh(b) at b = 3 · 0.5. */
const slope = 1 - Math.tanh(1.5) ** 2;

testExercise("04_backpropagation", { text, solutions, checks, holes }, {
  passOn: [
    [
      "node.operands.forEach((operand, k) => operand.grad = node.localDerivatives[k] * node.grad);",
      "`=` wipes out",
    ],
    [
      "node.operands.forEach((operand, k) => operand.grad += node.localDerivatives[k]);",
      "upstream gradient, node.grad, is missing",
    ],
    [
      "new Set(node.operands).forEach((o) => o.grad += node.localDerivatives[node.operands.indexOf(o)] * node.grad);",
      "an operand twice",
    ],
    [
      "const done = true;",
      "No operand has changed",
      "the operands' grads, [0, 0] before, with node.grad −2 and local derivatives [−3, 2]\n" +
      "  expected [6, −4]\n  got      [0, 0]",
    ],
    [
      "node.operands.forEach((operand, k) => node.grad += node.localDerivatives[k] * operand.grad);",
      "It changes node.grad",
    ],
    [
      "for (const operand of node.operands) operand.grad += node.grad;",
      "The local derivative is missing",
    ],
    [
      "for (const operand of node.operands) operand.grad += node.localDerivatives[0] * node.grad;",
      "goes with localDerivatives[k]",
    ],
    [
      "node.operands.forEach((operand, k) => operand.grad += node.localDerivatives[k] * operand.grad);",
      "grad += local derivative × node.grad",
    ],
  ],
  calls: [
    ["return order(node).length;", "counts each node once"],
    ["return node.operands.reduce((sum, o) => sum + 1 + calls(o), 0);", "The first call"],
    [
      "return node.operands.length === 0 ? 1 : node.operands.reduce((sum, o) => sum + calls(o), 0);",
      "end at a leaf",
    ],
    ["return node.operands.reduce((sum, o) => sum + calls(o), 0);", "Every call counts 1"],
    ["return 1 + node.operands.length;", "call itself"],
    ["return node.operands.length;", "how many operands there are"],
    ["return 2047;", "the same for every input"],
    [
      "return node.operands.length === 0 ? 1 : 1 + calls(node.operands[0]);",
      "plus the calls for each of its operands",
    ],
  ],
  order: [
    ["return [...node.operands, node];", "It throws ReferenceError: node is not defined"],
    ["return [...output.operands, output];", "a is missing."],
    [
      "return [...output.operands.flatMap(order), output];",
      "order(c) of c = b + b, b = a + a: [a, a, b, a, a, b, c]. Too many visits: 7 for 3 nodes. Skip a node that you have met",
    ],
    [
      `const met = new Set(), list = [];
     const visit = (node) => { if (!met.has(node)) { met.add(node); list.push(node); node.operands.forEach(visit); } };
     visit(output);
     return list;`,
      "It begins with the output",
    ],
    [
      `const list = [output];
     for (const node of list) for (const operand of node.operands) if (!list.includes(operand)) list.push(operand);
     return list.reverse();`,
      "[?, b, c, a, y]. b comes before its operand a. Add a node when all its operands are in",
    ],
    ["while (true) output.operands.forEach(() => {});", "It does not end"],
    [
      `const met = new Set();
     const visit = (node) => { node.operands.forEach(visit); met.add(node); };
     visit(output);
     return met;`,
      "is no list",
    ],
    ["[...output.operands, output];", "is `return` missing?"],
    [
      `const list = [];
     const visit = (node) => node.operands.forEach((operand) => { if (!list.includes(operand)) { visit(operand); list.push(operand); } });
     visit(output);
     return list;`,
      "The output itself is missing",
    ],
    [
      rightOrder + "return list.filter(({ label }) => label);",
      "order(b) of b = 2a: [a, b]. A node is missing",
    ],
    [
      "return Array.from({ length: 50 }, (_, k) => k);",
      "order(b) of b = 2a has 50 nodes. The output itself is missing",
    ],
    [wrongOrder("L"), "order(L) of L = d · f, d = e + c, e = a · b: [L]. a is missing"],
    [
      wrongOrder("v20"),
      "order(v20) of 20 doublings, v20 = v19 + v19 and so on: [v20]. v0 is missing",
    ],
  ],
  backward: [
    ["for (const node of order(output).reverse()) passOn(node);", "begin with output.grad = 1"],
    [
      "output.grad = 1; for (const node of order(output)) passOn(node);",
      "from the end of order(output)",
    ],
    [
      "const visit = (node) => { passOn(node); node.operands.forEach(visit); }; output.grad = 1; visit(output);",
      "before its own gradient is complete",
    ],
    [
      `const nodes = [];
     const visit = (n) => { n.operands.forEach(visit); nodes.push(n); };
     visit(output);
     output.grad = 1;
     for (const n of nodes.reverse()) passOn(n);`,
      "holds a node twice",
    ],
    [
      "const visit = (node) => node.operands.forEach((o, k) => { o.grad += node.localDerivatives[k] * node.grad; visit(o); }); output.grad = 1; visit(output);",
      "before its own gradient is complete",
    ],
    [
      "output.grad = 1; for (const n of order(output).reverse()) n.operands.forEach((o, k) => o.grad = n.localDerivatives[k] * n.grad);",
      "+=, not =",
    ],
    ["output.grad = 1; order(output).reverse();", "Only the output has a gradient"],
    ["output.grad = 1; passOn(output);", "pass on from each node, from the end"],
    [
      "for (const n of order(output).reverse()) { n.grad += 1; passOn(n); }",
      "then pass on from each node",
    ],
    // What is tried is what its name says: by the rules for sums and products, and by hand.
    [
      wrongWhere('output.label === "b"'),
      "then pass on from each node",
      tried("b = 2a", "a: 2, b: 1"),
    ],
    [
      wrongWhere('output.label === "L"'),
      "then pass on from each node",
      tried("L = d · f, d = e + c, e = a · b", "a: 6, b: −4, e: −2, c: −2, d: −2, f: 4, L: 1"),
    ],
    [
      wrongWhere('output.label === "c"'),
      "then pass on from each node",
      tried("c = b + b, b = a + a", "a: 4, b: 2, c: 1"),
    ],
    [
      wrongWhere('output.label === "y" && order(output).length < 6'),
      "then pass on from each node",
      tried(
        "y = a + c, c = tanh(b), b = 3a",
        `a: ${+(1 + 3 * slope).toPrecision(7)}, b: ${+slope.toPrecision(7)}, c: 1, y: 1`,
      ),
    ],
    [
      wrongWhere('output.label === "y" && order(output).length > 5'),
      "then pass on from each node",
      // de/dc = d and de/dd = c; then dy/da = dy/dc + b · dy/dd, and dy/db = dy/dc + a · dy/dd.
      tried(
        "y = (c + d) + e, e = c · d, c = a + b, d = a · b",
        "a: 25, b: 19, c: 7, d: 6, e: 1, y: 1",
      ),
    ],
  ],
  longOrder: [
    ["return order(output);", "until the stack is full"],
    [
      `const list = [], stack = [output];
     while (stack.length > 0) { const node = stack.pop(); list.push(node); stack.push(...node.operands); }
     return list.reverse();`,
      "Skip a node that you have met",
    ],
    [
      `const stack = [output];
     while (stack.length > 0) stack.push(...stack.at(-1).operands, output);
     return stack;`,
      "It does not end",
    ],
    [
      `const met = new Set(), list = [], stack = [output];
     while (stack.length > 0) {
       const node = stack.at(-1), next = node.operands.find((operand) => !met.has(operand));
       if (next) stack.push(next);
       else { stack.pop(); if (!met.has(node)) { met.add(node); list.push(node); } }
     }
     return list.slice(0, -1);`,
      "longOrder(the last node) of a chain of 100,000 nodes has 99,999 nodes. The output itself is missing",
    ],
  ],
});

Deno.test("exercise 04_backpropagation counts calls: twice as many and one more for each doubling", () => {
  const { lines } = judge("calls", answers.calls as never, holes.calls as never);
  assertEquals(lines, ["2,047 for 10 doublings, 131,071 for 16"]);
});

Deno.test("exercise 04_backpropagation takes a right answer after an endless one, as in a notebook", () => {
  const endless = (node: Node) => {
    while (node.operands);
  };
  const marks = [endless, answers.passOn]
    .map((answer) => judge("passOn", answer as never, holes.passOn as never).mark);
  assertEquals(marks, ["✗", "✓"]);
});
