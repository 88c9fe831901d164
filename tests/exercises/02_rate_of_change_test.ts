import text from "../../exercises/02_rate_of_change.ts" with { type: "text" };
import { holes } from "../../exercises/checks/02_rate_of_change.ts";
import checks from "../../exercises/checks/02_rate_of_change.ts" with { type: "text" };
import solutions from "../../exercises/solutions/02_rate_of_change.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("02_rate_of_change", { text, solutions, checks, holes }, {
  rate: [
    ["return (f(inputs.map((x) => x + h)) - f(inputs)) / h;", "all inputs at once"],
    [
      "const before = f(inputs); inputs[k] += h; return (f(inputs) - before) / h;",
      "changes the list",
    ],
    ["return f(inputs.with(k, inputs[k] + h)) - f(inputs);", "by h"],
    ["return (f(inputs) - f(inputs.with(k, inputs[k] + h))) / h;", "minus the old one"],
    ["return (f(inputs.with(0, inputs[0] + h)) - f(inputs)) / h;", "always the first input"],
    ["return (f(inputs.with(k, h)) - f(inputs)) / h;", "add h to number k"],
  ],
  gradient: [
    ["return inputs.map(() => rate(f, inputs, 0, h));", "first input"],
    ["return [rate(f, inputs, 0, h)];", "a list of 1, and should return one of 4"],
    ["return rate(f, inputs, 0, h);", "returns a number, and should return a list"],
    ["return inputs.map((x, k) => f(inputs.with(k, x + h)));", "Those are the results"],
    ["return inputs.map((x, k) => f(inputs.with(k, x + h)) - f(inputs));", "Those are the changes"],
    [
      "const moved = [...inputs]; return inputs.map((_, k) => { moved[k] += h; return (f(moved) - f(inputs)) / h; });",
      "undo the one before",
    ],
    ["return inputs.map((h, k) => rate(f, inputs, k, h));", "once for each k from 0 on"],
  ],
  predict: [
    ["return rates.reduce((sum, r, k) => sum + r * steps[k], 0);", "It starts from L"],
    ["return L + rates[0] * steps[0];", "the changes add up"],
    ["return rates.reduce((L, r, k) => L - r * steps[k], L);", "a positive rate times"],
    ["return steps.reduce((sum, step) => sum + step, L);", "Each step counts rate times"],
    [
      "return L + rates.reduce((sum, r) => sum + r, 0) * steps.reduce((sum, s) => sum + s, 0);",
      "L, plus rate · step for each input",
    ],
  ],
  nudged: [
    [
      "return value.data + h;",
      "at the end",
      `nudged(L, a, 0.01) in L = d · e, d = e + c, e = a · b
  expected −23.9391
  got      −23.99`,
    ],
    ["return value === node ? value.data + h : value.data;", "must reach the result"],
    ["return value.data;", "Nothing was nudged"],
    [
      `const [a, b] = value.operands.map((operand) => operand === node ? operand.data + h : operand.data);
     const data = value.op === "" ? value.data : value.op === "+" ? a + b : a * b;
     return value === node ? data + h : data;`,
      "gets lost on the way",
    ],
    [
      `if (value.op === "") return value === node ? value.data + h : value.data;
     const [a, b] = value.operands.map((operand) => nudged(operand, node, h));
     return value.op === "+" ? a + b : a * b;`,
      "That nudges leaves alone",
    ],
    [
      `const [a, b] = value.operands.map((operand) => nudged(operand, node, h));
     return h + (value.op === "" ? value.data : value.op === "+" ? a + b : a * b);`,
      "is added at every node",
    ],
    [
      `if (value === node) return h;
     const [a, b] = value.operands.map((operand) => nudged(operand, node, h));
     return value.op === "" ? value.data : value.op === "+" ? a + b : a * b;`,
      "then add or multiply, then add h",
    ],
  ],
}, {
  rate: [
    "const moved = inputs.map((x, i) => i === k ? x + h : x); return f(moved) / h - f(inputs) / h;",
  ],
});
