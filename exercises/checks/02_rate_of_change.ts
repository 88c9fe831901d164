/** What the functions of exercise 02 must do. */
import { Value } from "../../mod.ts";
import { exercise, like, numbers } from "./check.ts";
export { todo } from "./check.ts";

type F = (inputs: number[]) => number;
const expression: F = ([a, b, c, f]) => (a * b + c) * f;
const squares: F = (inputs) => inputs.reduce((sum, x) => sum + x * x, 0);
const h = 0.0001;

const points: [F, number[]][] = [
  [expression, [2, -3, 10, -2]],
  [expression, numbers(4)],
  [squares, numbers(3)],
  [squares, numbers(2)],
];
const moved = (inputs: number[], k: number, h: number) => inputs.with(k, inputs[k] + h);
const rates = (f: F, inputs: number[], h: number) =>
  inputs.map((_, k) => (f(moved(inputs, k, h)) - f(inputs)) / h);

/** The graph of (a · b + c) · (a · b), where a · b is used twice. */
function graph(inputs: number[]) {
  const [a, b, c] = inputs.map((x, k) => new Value(x, { label: "abc"[k] }));
  const e = a.mul(b), d = e.add(c), L = d.mul(e);
  Object.entries({ e, d, L }).forEach(([label, value]) => value.label = label);
  return { a, b, c, e, d, L };
}
const cases = [[2, -3, 10], numbers(3), numbers(3)].flatMap((inputs) => {
  const { L, ...others } = graph(inputs);
  return [...Object.values(others), L].map((node): [Value, Value, number] => [L, node, 0.01]);
});

/** The value of a graph, worked out with something else at each node. */
function evaluate(value: Value, at: (value: Value, data: number) => number): number {
  const [a, b] = value.operands.map((operand) => evaluate(operand, at));
  return at(value, value.op === "" ? value.data : value.op === "+" ? a + b : a * b);
}

export const holes = {
  rate: like((f: F, inputs: number[], k: number, h: number) => rates(f, inputs, h)[k], {
    inputs: points.flatMap(([f, inputs]) =>
      inputs.map((_, k): [F, number[], number, number] => [f, inputs, k, h])
    ),
    mistakes: [
      [
        "That nudges all inputs at once: nudge number k alone.",
        (f, inputs, _k, h) => (f(inputs.map((x) => x + h)) - f(inputs)) / h,
      ],
      ["Divide the change by h.", (f, inputs, k, h) => f(moved(inputs, k, h)) - f(inputs)],
      [
        "The sign: the change is the new result minus the old one.",
        (f, inputs, k, h) => (f(inputs) - f(moved(inputs, k, h))) / h,
      ],
      [
        "That is always the first input: nudge number k.",
        (f, inputs, _k, h) => rates(f, inputs, h)[0],
      ],
    ],
    hint: "Copy the inputs, add h to number k, and compare f of both.",
    tolerance: 1e-7,
  }),
  gradient: like(rates, {
    inputs: points.map(([f, inputs]): [F, number[], number] => [f, inputs, h]),
    mistakes: [
      [
        "Those are the results after each nudge. Subtract f(inputs), divide by h.",
        (f, inputs, h) => inputs.map((_, k) => f(moved(inputs, k, h))),
      ],
      [
        "Those are the changes. Divide each by h.",
        (f, inputs, h) => inputs.map((_, k) => f(moved(inputs, k, h)) - f(inputs)),
      ],
      [
        "Each nudge starts again from the inputs: undo the one before.",
        (f, inputs, h) =>
          inputs.map((_, k) => (f(inputs.map((x, i) => i <= k ? x + h : x)) - f(inputs)) / h),
      ],
      [
        "They are all the rate of the first input: call rate() with each k.",
        (f, inputs, h) => inputs.map(() => rates(f, inputs, h)[0]),
      ],
    ],
    hint: "Call rate() once for each k from 0 on.",
    tolerance: 1e-7,
  }),
  predict: like(
    (L: number, rates: number[], steps: number[]) =>
      L + rates.reduce((sum, rate, k) => sum + rate * steps[k], 0),
    {
      inputs: [
        [-8, [6, -4, -2, 4], [0.1, 0, 0, 0]],
        [-8, [6, -4, -2, 4], [0.1, 0.1, 0.1, 0.1]],
        [numbers(1)[0], numbers(4), numbers(4)],
        [numbers(1)[0], numbers(2), numbers(2)],
      ],
      mistakes: [
        [
          "That is the change. It starts from L.",
          (_L, rates, steps) => rates.reduce((sum, rate, k) => sum + rate * steps[k], 0),
        ],
        [
          "The sign: a positive rate times a positive step raises L.",
          (L, rates, steps) => rates.reduce((sum, rate, k) => sum - rate * steps[k], L),
        ],
        [
          "Each step counts rate times: multiply them before you add.",
          (L, _rates, steps) => steps.reduce((sum, step) => sum + step, L),
        ],
        [
          "That is the first input alone: the changes add up.",
          (L, [rate], [step]) => L + rate * step,
        ],
      ],
      hint: "L, plus rate · step for each input.",
    },
  ),
  nudged: like(
    (value: Value, node: Value, h: number) =>
      evaluate(value, (at, data) => at === node ? data + h : data),
    {
      inputs: cases,
      mistakes: [
        [
          "The nudge of an operand must reach the result: work it out from nudged operands.",
          (value, node, h) => value === node ? value.data + h : value.data,
        ],
        ["Nothing was nudged: where value is node, add h.", ({ data }) => data],
        [
          "The nudge gets lost on the way: work the operands out again, do not take their data.",
          (value, node, h) => {
            const [d, e] = value.operands.map((operand) =>
              operand.data + (operand === node ? h : 0)
            );
            return d * e + (value === node ? h : 0);
          },
        ],
        [
          "That nudges leaves alone: a result can be the node, too.",
          (value, node, h) =>
            evaluate(value, (at, data) => at === node && at.op === "" ? data + h : data),
        ],
        [
          "The h is added at every node: add it where value is node.",
          (value, _node, h) => evaluate(value, (_at, data) => data + h),
        ],
        [
          "The h is not added at once, but at the end: add it where value is node.",
          (value, _node, h) => value.data + h,
        ],
      ],
      hint:
        "Nudge the operands first (each by a call of nudged), then add or multiply, then add h.",
      at: (value, node, h) =>
        `nudged(${value.label}, ${node.label}, ${h}) in L = d · e, d = e + c, e = a · b`,
    },
  ),
};

export const check = exercise("02_rate_of_change", holes);
