/** What the functions of exercise 09 must do. */
import { maxMargin, MLP, Random, SGD, Value } from "../../mod.ts";
import {
  exercise,
  like,
  limited,
  Mistake,
  numbers,
  requireFinished,
  show,
  silently,
} from "./check.ts";
import "./05_engine.ts"; // What the two exercises import must be there already.
import type { Neuron } from "./08_network.ts";
import "./08_network.ts";
import engine from "../05_engine.ts" with { type: "text" };
import network from "../08_network.ts" with { type: "text" };
export { todo } from "./check.ts";

/** What a learner made in the exercises 05 and 08. */
export interface Mine {
  /** The engine. */
  readonly Value: new (data: number) => Value;
  /** Makes a network. */
  makeNetwork(inputs: number, sizes: number[], parameter: () => Value): Neuron[][];
  /** What it says to the inputs. */
  network(layers: Neuron[][], inputs: (Value | number)[]): Value[];
  /** All of its parameters. */
  parameters(layers: Neuron[][]): Value[];
}

/** What an exercise exports. Imported as a file, it would ask for a permission to read it. */
function load(text: string): Promise<Partial<Mine>> {
  const folder = new URL("../", import.meta.url);
  const module = text.replace(
    /(?<=\bfrom )"(\.[^"]*)"/g,
    (_, path) => JSON.stringify(new URL(path, folder).href),
  );
  return import(`data:application/typescript,${encodeURIComponent(module)}`);
}
const mine = await silently(async () => {
  try {
    return { ...await load(engine), ...await load(network) };
  } catch {
    // What is wrong in a file, it says itself when it runs. Here, it is not finished.
    return {};
  }
});

type Loss = (scores: Value[], labels: number[]) => unknown;
type Scored = [scores: number[], labels: number[]];
/** The loss, then its gradients. */
const graded = (loss: Loss) => (...[scores, labels]: Scored) => {
  const values = scores.map((x) => new Value(x));
  const output = loss(values, labels);
  if (output === undefined) throw new Mistake("It returns nothing: is `return` missing?");
  if (!(output instanceof Value)) {
    throw new Mistake("Return a Value: calculate with methods, not with .data.");
  }
  output.backward();
  return [output.data, ...values.map(({ grad }) => grad)];
};
const margins =
  (margin: (score: Value, label: number) => Value, divide = true): Loss => (scores, labels) =>
    Value.sum(scores.map((score, k) => margin(score, labels[k]))).mul(
      divide ? 1 / scores.length : 1,
    );
const signs = (count: number) => numbers(count).map(Math.sign);

const right = (scores: number[], labels: number[]) =>
  scores.filter((score, k) => Math.sign(score) === labels[k]).length / scores.length;

const falls = (step: number, steps: number) => 1 - 0.9 * step / steps;

type Train = (parameters: Value[], forward: () => Value, steps: number) => unknown;
/** Where two parameters arrive that are to become 3 and −1. */
const trained = (train: Train) => (start: number[], steps: number) => {
  const [a, b] = start.map((x) => new Value(x));
  train([a, b], limited(() => a.sub(3).pow(2).add(b.add(1).pow(2)).mul(0.2)), steps);
  return [a.data, b.data];
};
const loop = (
  { zero = true, direction = 1, rate = falls }: {
    zero?: boolean;
    direction?: number;
    rate?: (step: number, steps: number) => number;
  },
): Train =>
(parameters, forward, steps) => {
  for (let k = 0; k < steps; k++) {
    const loss = forward();
    if (zero) { for (const p of parameters) p.grad = 0; }
    loss.backward();
    for (const p of parameters) p.data -= direction * rate(k, steps) * p.grad;
  }
};

/** Two moons, as in lesson 09. */
function moons(count: number, random: Random) {
  const points: number[][] = [], labels: number[] = [];
  for (let k = 0; k < count; k++) {
    const angle = random.uniform(0, Math.PI), label = k % 2 === 0 ? 1 : -1;
    const [x, y] = label === 1
      ? [Math.cos(angle), Math.sin(angle)]
      : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    points.push([x + random.normal(0, 0.1), y + random.normal(0, 0.1)]);
    labels.push(label);
  }
  return { points, labels };
}

const known = moons(60, new Random(3)), unseen = moons(200, new Random(4));
/** The numbers that parameters start with, the same each time. */
function start(): () => number {
  const random = new Random(5);
  return () => random.uniform(-1, 1);
}

/**
 * The same training by mod.ts.
 *
 * @param points what it learns from
 * @param labels the label of each
 * @param random gives what parameters start with
 * @returns a function that gives the score of a point
 */
export function ours(
  points: number[][],
  labels: number[],
  random: () => number,
): (point: number[]) => number {
  const network = new MLP(2, [16, 16, 1], { activation: "tanh" });
  network.parameters().forEach((p) => p.data = random());
  const optimizer = new SGD(network.parameters(), { lr: 1 });
  const score = (point: number[]) => network.forward(point)[0];
  for (let k = 0; k < 40; k++) {
    optimizer.zeroGrad();
    maxMargin(points.map(score), labels).backward();
    optimizer.lr = falls(k, 40);
    optimizer.step();
  }
  return (point) => score(point).data;
}

/**
 * The test of the last hole.
 *
 * @param mine the engine and the network that it trains
 * @returns the test: as many points must be on the right side as with mod.ts
 */
export function learnsTwoMoons(mine: Mine) {
  return (
    answer: (...args: [Mine, number[][], number[], () => number]) => unknown,
  ): string => {
    const { points, labels } = known;
    const score = answer(mine, points, [...labels], start());
    if (score === undefined) throw new Mistake("It returns nothing: is `return` missing?");
    if (typeof score !== "function") throw new Mistake("Return a function: (point) => ….");
    const scores = points.map((point) => score(point));
    if (scores.some((score) => typeof score !== "number")) {
      throw new Mistake("The function is to return a number: the data of the score.");
    }
    if (scores.some(Number.isNaN)) {
      throw new Mistake(
        "The scores are NaN: is each parameter new Value(random()), and is the rate not too large?",
      );
    }
    const reference = ours(points, labels, start());
    const percent = (share: number) => `${Math.round(100 * share)} %`;
    const found = right(scores, labels), expected = right(points.map(reference), labels);
    if (found < expected) {
      throw new Mistake(
        "Is it trained for 40 steps, and does the function returned use the trained parameters?",
        ["points of the training on the right side", percent(expected), percent(found)],
      );
    }
    const new_ = right(unseen.points.map(score as typeof reference), unseen.labels);
    return `your own engine puts ${percent(found)} of the points on the right side, mod.ts ` +
      `${percent(expected)}; of ${unseen.labels.length} new ones ${percent(new_)}, mod.ts ` +
      percent(right(unseen.points.map(reference), unseen.labels));
  };
}

export const holes = {
  loss: (answer: Loss, name: string) =>
    like(graded((scores, labels) => maxMargin(scores, labels)), {
      inputs: [[[3, 0.5], [1, -1]], [[0.5, -2, 0.1], [1, 1, -1]], [numbers(5), signs(5)]],
      mistakes: [
        [
          "That is the sum. Divide it by how many scores there are.",
          graded(margins((s, l) => s.mul(-l).add(1).relu(), false)),
        ],
        [
          "The loss has forgotten the scores: calculate with methods, not with .data.",
          graded((scores, labels) => new Value(maxMargin(scores, labels).data)),
        ],
        ["The label is missing.", graded(margins((s) => Value.sub(1, s).relu()))],
        [
          "relu is missing: a score that is safe costs nothing.",
          graded(margins((s, l) => s.mul(-l).add(1))),
        ],
        ["The sign: 1 − label · score.", graded(margins((s, l) => s.mul(l).add(1).relu()))],
        ["The margin is missing: 1 − label · score.", graded(margins((s, l) => s.mul(-l).relu()))],
        [
          "It is 1 − label · score, not the other way round.",
          graded(margins((s, l) => s.mul(l).sub(1).relu())),
        ],
      ],
      hint: "For each score: score.mul(-label).add(1).relu(). Then their sum, divided by how many.",
      at: (scores, labels) =>
        `[loss, gradients of the scores] of loss(${show(scores)}, ${show(labels)})`,
    })(graded(answer) as never, name),
  accuracy: like(right, {
    inputs: [[[3, -0.5, 0.2, 1], [1, -1, -1, 1]], [[0, 2], [1, 1]], [numbers(7), signs(7)], [[-1], [
      -1,
    ]]],
    mistakes: [
      [
        "That is how many. Divide by the number of scores.",
        (s, l) => s.filter((x, k) => Math.sign(x) === l[k]).length,
      ],
      [
        "Those are on the wrong side.",
        (s, l) => s.filter((x, k) => Math.sign(x) === -l[k]).length / s.length,
      ],
      [
        "A score below 0 is right where the label is −1.",
        (s) => s.filter((x) => x > 0).length / s.length,
      ],
      [
        "A score need not be ±1: only its sign counts.",
        (s, l) => s.filter((x, k) => x === l[k]).length / s.length,
      ],
      [
        "A score of 0 is on no side.",
        (s, l) => s.filter((x, k) => Math.sign(x) !== -l[k]).length / s.length,
      ],
      [
        "A score need not be 1 or more: only its sign counts.",
        (s, l) => s.filter((x, k) => Math.abs(x) >= 1 && Math.sign(x) === l[k]).length / s.length,
      ],
    ],
    hint: "A score is on the right side if score · label > 0. Count these, divide by all.",
  }),
  rateAt: like(falls, {
    inputs: [[0, 100], [50, 100], [99, 100], [3, 40], [7, 8]],
    mistakes: [
      ["It falls to 0.1, by 0.9, not to 0.", (step, steps) => 1 - step / steps],
      ["It falls from 1: start there.", (step, steps) => 0.9 * step / steps],
      ["It falls by 0.9 over all steps, not at each.", (step) => 1 - 0.9 * step],
      ["That is as if there were always 100 steps.", (step) => 1 - 0.9 * step / 100],
      ["It falls from 1 to 0.1. That one rises.", (step, steps) => 0.1 + 0.9 * step / steps],
    ],
    hint: "1, minus 0.9 times how much of the way is done.",
  }),
  train: (answer: Train, name: string) =>
    like(trained(loop({})), {
      inputs: [[[0, 0], 1], [[0, 0], 3], [numbers(2), 20]],
      mistakes: [
        [
          "The gradients are not set to 0, so those of earlier steps add up.",
          trained(loop({ zero: false })),
        ],
        ["The loss rises: move against the gradient.", trained(loop({ direction: -1 }))],
        [
          "The rate does not fall: call rateAt(k, steps) in each step.",
          trained(loop({ rate: () => 1 })),
        ],
        ["Steps are counted from 0.", trained(loop({ rate: (k, steps) => falls(k + 1, steps) }))],
        [
          "Nothing moves: is the data changed, and are the gradients not set to 0 just before?",
          trained(loop({ direction: 0 })),
        ],
      ],
      hint: "forward, zero, backward, update with rateAt(k, steps): in this order, `steps` times.",
      at: (start, steps) =>
        `two parameters from ${show(start)}, on their way to [3, −1], with steps = ${steps}`,
    })(trained(answer) as never, name),
  twoMoons: (answer: never) => {
    requireFinished("05_engine", "08_network");
    return learnsTwoMoons(mine as Mine)(answer);
  },
};

export const check = exercise("09_two_moons", holes, { seconds: 120 });
