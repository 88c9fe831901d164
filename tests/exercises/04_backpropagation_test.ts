import text from "../../exercises/04_backpropagation.ts" with { type: "text" };
import { holes } from "../../exercises/checks/04_backpropagation.ts";
import checks from "../../exercises/checks/04_backpropagation.ts" with { type: "text" };
import solutions from "../../exercises/solutions/04_backpropagation.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

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
    ["const done = true;", "No operand has changed"],
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
    ["return [...output.operands, output];", "is missing"],
    ["return [...output.operands.flatMap(order), output];", "Skip a node that you have met"],
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
      "comes before its operand",
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
  ],
});
