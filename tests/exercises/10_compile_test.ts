import text from "../../exercises/10_compile.ts" with { type: "text" };
import { holes } from "../../exercises/checks/10_compile.ts";
import checks from "../../exercises/checks/10_compile.ts" with { type: "text" };
import solutions from "../../exercises/solutions/10_compile.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("10_compile", { text, solutions, checks, holes }, {
  operationCode: [
    ["return a + op + b;", "JavaScript cannot run this code"],
    ["return `${a} + ${b}`;", "JavaScript cannot run this code"],
    ["return op === 'tanh' ? `tanh(${a})` : `${a} ${op} ${b}`;", "tanh is not defined"],
    ["return a * b;", "return a string"],
    ["`${a} ${op} ${b}`;", "is `return` missing?"],
    [
      "return op === 'tanh' ? `Math.tanh(${a})` : `${a} + ${b}`;",
      "`*` is a product",
      `what the code of "*" computes, with v0 = 2 and v1 = −3
  expected −6
  got      −1`,
    ],
    [
      "return op === 'tanh' ? `Math.tanh(${a})` : `${a} ${op} ${a}`;",
      "The names with the operation between them",
    ],
    [
      "return op === 'tanh' ? `Math.sin(${a})` : `${a} ${op} ${b}`;",
      "Right before, but not here.",
      `what the code of "tanh" computes, with v0 = 2
  expected 0.9640276
  got      0.9092974`,
    ],
    [
      "return `${a} ${op} ${b}`;",
      "JavaScript cannot run this code",
      `the code of "tanh"
  expected "something that runs"
  got      "v0 tanh "`,
    ],
  ],
  localCode: [
    [
      "return op === '+' ? '1' : op === '*' ? [a, b][k] : `(1 - ${y} * ${y})`;",
      "swap the two",
      `what \`… * d\` computes for operand 0 of "*", with v0 = 2, v1 = −3 and d = 2
  expected −6
  got      4`,
    ],
    ["return op === '+' ? '1' : op === '*' ? [b, a][k] : `1 - ${y} * ${y}`;", "Brackets"],
    [
      "return op === '+' ? '1' : op === '*' ? [b, a][k] : `(1 - ${a} * ${a})`;",
      "made of the result y",
    ],
    ["return op === '+' ? 1 : [b, a][k];", "return a string"],
    ["if (op === '+') return '1'; if (op === '*') [b, a][k];", "is `return` missing?"],
    ["return '1';", "Not every local derivative is 1"],
    [
      "return op === '+' ? '1' : op === '*' ? `${a} * ${b}` : `(1 - ${y} * ${y})`;",
      "the name of the other operand",
    ],
    [
      "return op === 'tanh' ? `(1 - y * y)` : op === '*' ? [b, a][k] : '1';",
      "JavaScript cannot run this code",
      `the code for operand 0 of "tanh", times d
  expected "something that runs"
  got      "(1 - y * y) * d"`,
    ],
  ],
  forward: [
    ["return order.map(({ data }, i) => `const v${i} = ${data};`);", "The numbers of the graph"],
    [
      "return order.map((node, i) => `const v${i} = ${node.op ? operationCode(node.op, ...node.operands.map((o) => `v${order.indexOf(o)}`)) : node.data};`);",
      "The numbers of the graph",
    ],
    ["return order.map((node, i) => `v${i} = x[${i}];`);", "JavaScript cannot run this code"],
    ["order.map((node, i) => `const v${i} = ${node.data};`);", "is `return` missing?"],
    ["return order.map((node, i) => `const v${i} = ${node.data};`).join(' ');", "a list of lines"],
    [
      `let leaves = 0;
     return order.map((node, i) => {
       const [a, b] = node.operands.map((o) => \`v\${order.indexOf(o)}\`);
       return \`const v\${i} = \${node.op ? operationCode(node.op, a, b ?? "") : \`x[\${leaves++}]\`};\`;
     });`,
      "The leaves are not all inputs",
      `the nodes of c · c, c = a + 3, with x = [2]
  expected [2, 3, 5, 25]
  got      [2, undefined, NaN, NaN]`,
    ],
    [
      `return order.map((node, i) => {
       const [a] = node.operands.map((o) => \`v\${order.indexOf(o)}\`), k = inputs.indexOf(node);
       return \`const v\${i} = \${node.op ? operationCode(node.op, a, a) : k >= 0 ? \`x[\${k}]\` : node.data};\`;
     });`,
      "For node i: const v",
    ],
    ["return order.map(({ data }) => data);", "a list of lines"],
    [
      "return order.map((node, i) => node.op ? node.data : `const v${i} = ${node.data};`);",
      "a list of lines",
    ],
    [
      "return order.map((node, i) => `v${i} = 3;`);",
      "JavaScript cannot run this code",
      `the code of a + b
  expected "something that runs"
  got      "v0 = 3;\\nv1 = 3;\\nv2 = 3;"`,
    ],
  ],
  backward: [
    [
      "return order.map((_, i) => `let d${i} = 0;`);",
      "the last one begins with 1",
      `the gradients of all nodes of a + b, with x = [2, −3]
  expected [1, 1, 1]
  got      [0, 0, 0]`,
    ],
    [
      `const lines = order.map((_, i) => \`let d\${i} = \${i === order.length - 1 ? 1 : 0};\`);
     order.forEach((node, i) => node.operands.forEach((o, k) => {
       const [a, b] = node.operands.map((o) => \`v\${order.indexOf(o)}\`);
       lines.push(\`d\${order.indexOf(o)} += \${localCode(node.op, k, a, b, \`v\${i}\`)} * d\${i};\`);
     }));
     return lines;`,
      "from the last node back",
    ],
    ["order.map((_, i) => `let d${i} = 0;`);", "is `return` missing?"],
    [
      `const lines = order.map((_, i) => \`let d\${i} = \${i === order.length - 1 ? 1 : 0};\`);
     for (let i = order.length - 1; i >= 0; i--) {
       const { op, operands } = order[i], places = operands.map((o) => order.indexOf(o));
       const [a, b] = places.map((place) => \`v\${place}\`);
       places.forEach((place, k) => lines.push(\`d\${place} = \${localCode(op, k, a, b, \`v\${i}\`)} * d\${i};\`));
     }
     return lines;`,
      "+=, not =",
    ],
    [
      `const lines = order.map((_, i) => \`let d\${i} = \${i === order.length - 1 ? 1 : 0};\`);
     for (let i = order.length - 1; i >= 0; i--) {
       const { op, operands } = order[i], places = operands.map((o) => order.indexOf(o));
       const [a, b] = places.map((place) => \`v\${place}\`);
       places.forEach((place, k) => lines.push(\`d\${place} += \${localCode(op, k, a, b, \`v\${i}\`)};\`));
     }
     return lines;`,
      "The upstream gradient is missing",
    ],
    [
      `const lines = order.map((_, i) => \`let d\${i} = \${i === order.length - 1 ? 1 : 0};\`);
     for (let i = order.length - 1; i >= 0; i--) {
       const { op, operands } = order[i], places = operands.map((o) => order.indexOf(o));
       const [a, b] = places.map((place) => \`v\${place}\`);
       places.forEach((place, k) => lines.push(\`d\${place} += d\${i};\`));
     }
     return lines;`,
      "The local derivative is missing",
    ],
    [
      `const lines = order.map((_, i) => \`let d\${i} = \${i === order.length - 1 ? 1 : 0};\`);
     for (let i = order.length - 1; i >= 0; i--) {
       const { op, operands } = order[i], places = operands.map((o) => order.indexOf(o));
       const [a, b] = places.map((place) => \`v\${place}\`);
       places.forEach((place, k) => lines.push(\`d\${k} += \${localCode(op, k, a, b, \`v\${i}\`)} * d\${i};\`));
     }
     return lines;`,
      "from the last: d",
    ],
    [
      "return ['d0 = ;'];",
      "JavaScript cannot run this code",
      `the code of a + b, forward and backward
  expected "something that runs"
  got      "const v0 = x[0];\\nconst v1 = x[1];\\nconst v2 = v0 + v1;\\nd0 = ;"`,
    ],
  ],
  compile: [
    ["return [];", "is no function"],
    [
      "return () => [output.data, ...inputs.map(() => 1)];",
      "with the numbers of the graph",
      `compile(a + b)([2, −3])
  expected [−1, 1, 1]
  got      [1.5, 1, 1]`,
    ],
    [
      "const order = output.topologicalOrder(); return new Function('x', [...forward(order, inputs), `return [v${order.length - 1}];`].join(' '));",
      "a list of 1, and should return one of 3",
    ],
    [
      "const order = output.topologicalOrder(); new Function('x', forward(order, inputs).join(' '));",
      "is `return` missing?",
    ],
    [
      `const order = output.topologicalOrder(), d = inputs.map((input) => \`d\${order.indexOf(input)}\`);
     const code = [...forward(order, inputs), ...backward(order), \`return [\${d}, v\${order.length - 1}];\`];
     return new Function("x", code.join(" "));`,
      "First the result, v of the last node",
    ],
    [
      "const order = output.topologicalOrder(); return new Function('x', [...forward(order, inputs), ...backward(order)].join(' '));",
      "is `return` missing?",
    ],
  ],
}, {
  localCode: ["return op === '*' ? [b, a][k] : b === '' ? `(1 - ${y} ** 2)` : '1';"],
  operationCode: ["return b === '' ? `Math.tanh(${a})` : `(${b} ${op} ${a})`;"],
});
