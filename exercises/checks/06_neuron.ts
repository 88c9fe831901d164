/** What the functions of exercise 06 must do. */
import { derivative, Value } from "../../mod.ts";
import { exercise, like, Mistake, numbers, show } from "./check.ts";
export { todo } from "./check.ts";

type Neuron = (weights: Value[], inputs: number[], bias: Value) => Value;
type Three = [weights: number[], inputs: number[], bias: number];
const cases: Three[] = [
  [[-3, 1], [2, 0], 6.8813735870195432],
  [[0.5], [3], -1],
  ...[2, 3, 4].map((count): Three => [
    numbers(count).map((x) => x / 10),
    numbers(count),
    numbers(1)[0] / 10,
  ]),
];

/** The result, then its gradients with respect to the weights and the bias. */
function run(neuron: Neuron, weights: number[], inputs: number[], bias: number): number[] {
  const w = weights.map((x) => new Value(x)), b = new Value(bias);
  const output: unknown = neuron(w, [...inputs], b);
  if (output === undefined) throw new Mistake("It returns nothing: is `return` missing?");
  if (!(output instanceof Value)) {
    throw new Mistake("Return a Value: calculate with mul and add, not with .data.");
  }
  if ([...w, b].some(({ data }, k) => data !== [...weights, bias][k])) {
    throw new Mistake("It changes the data of a weight or of the bias: leave them as they are.");
  }
  output.backward();
  return [output.data, ...[...w, b].map(({ grad }) => grad)];
}

const named = (name: string) => (weights: number[], inputs: number[], bias: number) =>
  `[result, gradients of the weights, gradient of the bias] of ${name}(${
    [weights, inputs, bias].map(show).join(", ")
  })`;
/** A hole that is a neuron; mistakes are neurons, too. */
const behaves = (
  right: Neuron,
  hint: string,
  mistakes: readonly (readonly [hint: string, wrong: Neuron])[],
) =>
(answer: Neuron, name: string) =>
  like((...three: Three) => run(right, ...three), {
    inputs: cases,
    mistakes: mistakes.map(([hint, wrong]) => [hint, (...three: Three) => run(wrong, ...three)]),
    hint,
    at: named(name),
  })(((...three: Three) => run(answer, ...three)) as never, name);

const added = (values: Value[]) => values.reduce((sum, value) => sum.add(value));

export const holes = {
  weightedSum: behaves(
    (w, x, b) => Value.dot(w, x, b),
    "Start from the bias, and add weight · input for each.",
    [
      ["The bias is missing.", (w, x) => Value.dot(w, x)],
      ["add() changes nothing, it returns a new Value: write sum = sum.add(…).", (_w, _x, b) => b],
      ["The inputs are missing: each weight counts input times.", (w, _x, b) => added([...w, b])],
      [
        "Each weight has an input of its own: the one with the same number.",
        (w, x, b) => Value.dot(w, w.map(() => x[0]), b),
      ],
      ["That is the first product alone.", (w, x, b) => w[0].mul(x[0]).add(b)],
      [
        "The weights' gradients are 0: the result has forgotten them. Do not use .data.",
        (w, x, b) => b.add(Value.dot(w.map(({ data }) => data), x)),
      ],
      [
        "The result has forgotten its weights and its bias: do not use .data.",
        (w, x, b) => new Value(Value.dot(w, x, b).data),
      ],
      [
        "The bias is added once, not once for each input.",
        (w, x, b) => Value.dot(w, x, b.mul(w.length)),
      ],
    ],
  ),
  neuron: behaves(
    (w, x, b) => Value.dot(w, x, b).tanh(),
    "Squash the weighted sum: it has a method tanh().",
    [
      ["tanh is missing.", (w, x, b) => Value.dot(w, x, b)],
      [
        "tanh comes last, after all have been added.",
        (w, x, b) => added([...w.map((w, k) => w.mul(x[k]).tanh()), b]),
      ],
      ["The bias is added before tanh.", (w, x, b) => Value.dot(w, x).tanh().add(b)],
      [
        "The result has forgotten the graph: call .tanh() of the Value.",
        (w, x, b) => new Value(Math.tanh(Value.dot(w, x, b).data)),
      ],
    ],
  ),
  gradients: like((o: number, inputs: number[]) => {
    // Any weights do: the bias makes n what it must be. Then each one is nudged.
    const weights = inputs.map(() => 0.3);
    const n = (w: number[], b: number) => w.reduce((n, w, k) => n + w * inputs[k], b);
    const b = Math.atanh(o) - n(weights, 0);
    return [
      ...weights.map((w, k) => derivative((w) => Math.tanh(n(weights.with(k, w), b)), w)),
      derivative((b) => Math.tanh(n(weights, b)), b),
    ];
  }, {
    inputs: [
      [Math.SQRT1_2, [2, 0]],
      [0, [3, -1, 0.5]],
      ...[0.9, -0.4].map((o): [number, number[]] => [o, numbers(2)]),
    ],
    mistakes: [
      ["The derivative of tanh is missing: times 1 − o².", (_o, inputs) => [...inputs, 1]],
      ["The square is missing: 1 − o².", (o, inputs) => [...inputs, 1].map((x) => x * (1 - o))],
      ["The 1 − is missing: 1 − o².", (o, inputs) => [...inputs, 1].map((x) => x * o * o)],
      [
        "o is the result of tanh: do not take tanh of it again.",
        (o, inputs) => [...inputs, 1].map((x) => x * (1 - Math.tanh(o) ** 2)),
      ],
      [
        "A product passes on the other factor: the weight gets its input.",
        (o, inputs) => Array(inputs.length + 1).fill(1 - o * o),
      ],
    ],
    hint: "For a weight: its input · (1 − o²). For the bias: 1 · (1 − o²).",
    tolerance: 1e-7,
  }),
  line: (answer: (...four: number[]) => unknown, name: string) =>
    like((w1: number, w2: number, b: number, x1: number) => -(w1 * x1 + b) / w2, {
      inputs: [
        [1, 1, 0, 2],
        [1, 2, -4, 0],
        ...[1, 2, 3].map(() => numbers<[number, number, number, number]>(4)),
      ],
      mistakes: [
        ["The sign: w2·x2 = −(w1·x1 + b).", (w1, w2, b, x1) => (w1 * x1 + b) / w2],
        ["The minus is for the bias, too: −(w1·x1 + b).", (w1, w2, b, x1) => (-w1 * x1 + b) / w2],
        ["The bias is missing.", (w1, w2, _b, x1) => -w1 * x1 / w2],
        ["Divide by w2: the question is x2.", (w1, _w2, b, x1) => -(w1 * x1 + b)],
        ["Brackets: all of w1·x1 + b is divided by w2.", (w1, w2, b, x1) => -w1 * x1 - b / w2],
        [
          "That is the weighted sum without w2·x2. For which x2 is all of it 0?",
          (w1, _w2, b, x1) => w1 * x1 + b,
        ],
        [
          "That is the weighted sum, with x1 for x2. For which x2 is it 0?",
          (w1, w2, b, x1) => w1 * x1 + w2 * x1 + b,
        ],
      ],
      hint: "Bring w2·x2 to one side, everything else to the other; divide by w2.",
    })(answer as never, name),
};

export const check = exercise("06_neuron", holes);
