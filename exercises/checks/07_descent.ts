/** What the functions of exercise 07 must do. */
import { meanSquaredError, SGD, Value } from "../../mod.ts";
import { exercise, like, limited, Mistake, numbers, show } from "./check.ts";
export { todo } from "./check.ts";

const parabola = (x: number) => 6 * x - 4;
const wave = (x: number) => Math.cos(x);
type Descent = [slope: (x: number) => number, x: number, rate: number, steps: number];

const walk =
  (move: (x: number, rate: number, slope: number) => number) =>
  (...[slope, x, rate, steps]: Descent) => {
    for (let k = 0; k < steps; k++) x = move(x, rate, slope(x));
    return x;
  };

const optimiser = (parameters: Value[], rate: number) => new SGD(parameters, { lr: rate }).step();
type Update = (parameters: Value[], rate: number) => unknown;
type Moved = [data: number[], grads: number[], rate: number];

/** The parameters after an update. */
const updated = (update: Update) => (...[data, grads, rate]: Moved) => {
  const parameters = data.map((x, k) => Object.assign(new Value(x), { grad: grads[k] }));
  update(parameters, rate);
  if (parameters.some(({ grad }, k) => grad !== grads[k])) {
    throw new Mistake("It changes the grad. Move the data.");
  }
  return parameters.map(({ data }) => data);
};
const each =
  (move: (data: number, grad: number, rate: number) => number): Update => (parameters, rate) =>
    parameters.forEach((p) => p.data = move(p.data, p.grad, rate));

const xs = [0, 1, 2];
/** Two parameters that learn the line through three points. */
function lineThrough(ys: number[], start: number[]) {
  const parameters = start.map((x) => new Value(x));
  const [w, b] = parameters;
  const forward = () => meanSquaredError(xs.map((x) => w.mul(x).add(b)), ys);
  return { parameters, forward };
}
type Train = (parameters: Value[], forward: () => Value, rate: number, steps: number) => unknown;
type Training = [ys: number[], start: number[], rate: number, steps: number];
const trained = (train: Train) => (...[ys, start, rate, steps]: Training) => {
  const { parameters, forward } = lineThrough(ys, start);
  const losses = train(parameters, limited(forward), rate, steps);
  if (!Array.isArray(losses)) return losses;
  if (losses.some((loss) => loss instanceof Value)) {
    throw new Mistake("Return numbers: the data of each loss.");
  }
  return { losses, parameters: parameters.map(({ data }) => data) };
};
/** Training with something wrong in it. */
const loop = (
  { zero = true, direction = 1, last = false }: {
    zero?: boolean;
    direction?: number;
    last?: boolean;
  },
): Train =>
(parameters, forward, rate, steps) => {
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    const loss = forward();
    if (zero) parameters.forEach((p) => p.grad = 0);
    loss.backward();
    parameters.forEach((p) => p.data -= direction * rate * p.grad);
    losses.push(last ? forward().data : loss.data);
  }
  return losses;
};

export const holes = {
  descend: (answer: (...args: Descent) => unknown, name: string) =>
    like(walk((x, rate, slope) => x - rate * slope), {
      inputs: [[parabola, 3, 0.1, 1], [parabola, 3, 0.1, 2], [parabola, 1, 0.4, 5], [
        wave,
        ...numbers<[number]>(1),
        0.2,
        20,
      ]],
      mistakes: [
        ["That goes uphill: subtract rate · slope.", walk((x, rate, slope) => x + rate * slope)],
        ["The rate is missing.", walk((x, _rate, slope) => x - slope)],
        [
          "The slope is another one after each step: work it out again.",
          (slope, x, rate, steps) => x - steps * rate * slope(x),
        ],
        ["That is one step. Take all of them.", (slope, x, rate) => x - rate * slope(x)],
        ["That is how far a step goes. Subtract it from x.", (slope, x, rate) => rate * slope(x)],
        [
          "That is one step more than asked.",
          (slope, x, rate, steps) =>
            walk((x, rate, slope) => x - rate * slope)(slope, x, rate, steps + 1),
        ],
      ],
      hint: "In each step, x becomes x − rate · slope(x).",
    })(
      ((...[slope, x, rate, steps]: Descent) => answer(limited(slope), x, rate, steps)) as never,
      name,
    ),
  loss: like(
    (predictions: number[], targets: number[]) =>
      meanSquaredError(predictions.map((x) => new Value(x)), targets).data,
    {
      inputs: [[[3, 1], [1, 1]], [[0.5, -1, 2], [1, -1, -1]], [numbers(4), numbers(4)]],
      mistakes: [
        [
          "That is the sum. Divide it by how many there are.",
          (p, t) => p.reduce((s, x, k) => s + (x - t[k]) ** 2, 0),
        ],
        [
          "The square is missing: without it, errors of both signs cancel.",
          (p, t) => p.reduce((s, x, k) => s + x - t[k], 0) / p.length,
        ],
        [
          "That is the absolute value of each difference. Take its square.",
          (p, t) => p.reduce((s, x, k) => s + Math.abs(x - t[k]), 0) / p.length,
        ],
        [
          "Square each difference, then add up: not the other way round.",
          (p, t) => p.reduce((s, x, k) => s + x - t[k], 0) ** 2 / p.length,
        ],
        [
          "No square root at the end.",
          (p, t) => Math.sqrt(p.reduce((s, x, k) => s + (x - t[k]) ** 2, 0) / p.length),
        ],
      ],
      hint: "The difference of each pair, squared; their sum; divided by how many there are.",
    },
  ),
  update: (answer: Update, name: string) =>
    like(updated(optimiser), {
      inputs: [
        [[3, -1], [2, -4], 0.1],
        [[0.5], [0], 1],
        ...[2, 3].map((n): Moved => [numbers(n), numbers(n), 0.05]),
      ],
      mistakes: [
        [
          "That goes up: subtract rate · grad.",
          updated(each((data, grad, rate) => data + rate * grad)),
        ],
        ["The rate is missing.", updated(each((data, grad) => data - grad))],
        ["No parameter has moved: change p.data itself.", updated(each((data) => data))],
        [
          "That is the step. Subtract it from data.",
          updated(each((_data, grad, rate) => rate * grad)),
        ],
        [
          "`=-` is not `-=`: the data is to become data − rate · grad.",
          updated(each((_data, grad, rate) => -rate * grad)),
        ],
        [
          "Only the sign of the gradient counts there. Its size counts, too.",
          updated(each((data, grad, rate) => data - rate * Math.sign(grad))),
        ],
      ],
      hint: "For each parameter: p.data -= rate * p.grad.",
      at: (data, grads, rate) =>
        `the data ${show(data)} with the gradients ${show(grads)} and the rate ${show(rate)}`,
    })(updated(answer) as never, name),
  train: (answer: Train, name: string) =>
    like(trained(loop({})), {
      inputs: [[[1, 3, 5], [0, 0], 0.1, 1], [[1, 3, 5], [0, 0], 0.1, 3], [
        numbers(3),
        numbers(2),
        0.05,
        20,
      ]],
      mistakes: [
        [
          "The gradients are not set to 0, so those of earlier steps add up.",
          trained(loop({ zero: false })),
        ],
        [
          "Nothing moves: is update() called, and are the gradients not set to 0 just before it?",
          trained(loop({ direction: 0 })),
        ],
        ["The loss rises: move against the gradient.", trained(loop({ direction: -1 }))],
        [
          "Those are the losses after each update. Return the loss that forward() gave.",
          trained(loop({ last: true })),
        ],
      ],
      hint: "forward, zero, backward, update: in this order, `steps` times.",
      at: (ys, start, rate, steps) =>
        `w and b from ${show(start)}, learning ${show(ys)} at x = ${show(xs)}, with the rate ${
          show(rate)
        } and steps = ${steps}`,
    })(trained(answer) as never, name),
};

export const check = exercise("07_descent", holes);
