import text from "../../exercises/06_neuron.ts" with { type: "text" };
import { holes } from "../../exercises/checks/06_neuron.ts";
import checks from "../../exercises/checks/06_neuron.ts" with { type: "text" };
import solutions from "../../exercises/solutions/06_neuron.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("06_neuron", { text, solutions, checks, holes }, {
  weightedSum: [
    [
      "return weights.map((w, k) => w.mul(inputs[k])).reduce((a, b) => a.add(b));",
      "The bias is missing",
      `[result, gradients of the weights, gradient of the bias] of weightedSum([−3, 1], [2, 0], 6.881374)
  expected [0.8813736, 2, 0, 1]
  got      [−6, 2, 0, 0]`,
    ],
    ["return weights.reduce((sum, w) => sum.add(w), bias);", "The inputs are missing"],
    [
      "return weights.reduce((sum, w, k) => sum + w.data * inputs[k], bias.data);",
      "calculate with mul and add",
    ],
    [
      "return weights.reduce((sum, w, k) => sum.add(w.data * inputs[k]), bias);",
      "has forgotten them",
    ],
    ["weights.forEach((w, k) => bias.add(w.mul(inputs[k]))); return bias;", "sum = sum.add(…)"],
    ["weights.reduce((sum, w, k) => sum.add(w.mul(inputs[k])), bias);", "is `return` missing?"],
    [
      "weights.forEach((w, k) => w.data *= inputs[k]); return weights.reduce((sum, w) => sum.add(w), bias);",
      "It changes the data",
    ],
    ["return weights.reduce((sum, w) => sum.add(w.mul(inputs[0])), bias);", "an input of its own"],
    ["return weights[0].mul(inputs[0]).add(bias);", "the first product alone"],
    [
      "return bias.mul(0).add(weights.reduce((sum, w, k) => sum + w.data * inputs[k], bias.data));",
      "its weights and its bias",
    ],
    [
      "return weights.map((w, k) => w.mul(inputs[k]).add(bias)).reduce((a, b) => a.add(b));",
      "The bias is added once",
    ],
    [
      "return weights.reduce((sum, w, k) => sum.mul(w).add(inputs[k]), bias);",
      "Start from the bias",
    ],
  ],
  neuron: [
    ["return weightedSum(weights, inputs, bias);", "tanh is missing"],
    ["return weightedSum(weights, inputs, bias.mul(0)).tanh().add(bias);", "before tanh"],
    ["return weightedSum(weights, inputs, bias).tanh;", "Return a Value"],
    [
      "return weights.reduce((sum, w, k) => sum.add(w.mul(inputs[k]).tanh()), bias);",
      "tanh comes last",
    ],
    [
      "return bias.mul(0).add(Math.tanh(weightedSum(weights, inputs, bias).data));",
      "has forgotten the graph",
    ],
    ["return weightedSum(weights, inputs, bias).relu();", "Squash the weighted sum"],
  ],
  gradients: [
    ["return [...inputs, 1];", "derivative of tanh is missing"],
    ["return [...inputs, 1].map((x) => x * (1 - o));", "The square is missing"],
    ["return inputs.map((x) => x * (1 - o * o));", "a list of 2, and should return one of 3"],
    ["return [...inputs, 1].map((x) => x * o * o);", "The 1 − is missing"],
    ["return [...inputs, 1].map(() => 1 - o * o);", "the weight gets its input"],
    ["return [...inputs, 1].map((x) => x * (1 - Math.tanh(o) ** 2));", "o is the result of tanh"],
    ["return [...inputs, 1].map((x) => 1 - (x * o) ** 2);", "For a weight: its input"],
  ],
  line: [
    ["return (w1 * x1 + b) / w2;", "w2·x2 = −(w1·x1 + b)"],
    ["return -w1 * x1 / w2;", "The bias is missing"],
    ["return -w1 * x1 - b / w2;", "Brackets"],
    ["return (-w1 * x1 + b) / w2;", "for the bias, too"],
    ["return -(w1 * x1 + b);", "Divide by w2"],
    ["return w1 * x1 + b;", "That is the weighted sum without"],
    ["return w1 * x1 + w2 * x1 + b;", "with x1 for x2"],
    ["return -(w2 * x1 + b) / w1;", "Bring w2·x2 to one side"],
  ],
});
