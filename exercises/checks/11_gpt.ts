/** What the functions of exercise 11 must do. */
import { crossEntropy, Value } from "../../mod.ts";
import { exercise, like, Mistake, numbers } from "./check.ts";
export { todo } from "./check.ts";

const powers = (scores: number[]) => scores.map((score) => Math.exp(score - Math.max(...scores)));
const total = (x: number[]) => x.reduce((sum, x) => sum + x, 0);
/** Probabilities by mod.ts: of each token, exp(−cross-entropy). */
const softmax = (scores: number[]) =>
  scores.map((_, target) =>
    Math.exp(-crossEntropy([scores.map((x) => new Value(x))], [target]).data)
  );

const dot = (a: number[], b: number[]) => total(a.map((x, i) => x * b[i]));
const mix = (weights: number[], values: number[][]) =>
  values[0].map((_, i) => total(values.map((value, position) => weights[position] * value[i])));
type Heads = [query: number[], keys: number[][], values: number[][]];
const attention = (...[query, keys, values]: Heads) =>
  mix(softmax(keys.map((key) => dot(query, key) / Math.sqrt(query.length))), values);
const lists = (count: number, length: number) =>
  Array.from({ length: count }, () => numbers(length));

type All = [queries: number[][], keys: number[][], values: number[][]];
const seen = (end: (position: number) => number) => (...[queries, keys, values]: All) =>
  queries.map((query, position) =>
    attention(query, keys.slice(0, end(position)), values.slice(0, end(position)))
  );

/** What attention to no position may be. */
const nothing = {
  list: () => [],
  NaNs: (query: number[]) => query.map(() => NaN),
  zeros: (query: number[]) => query.map(() => 0),
};

const square = (x: number[]) => total(x.map((x) => x * x));
const probabilities = softmax(numbers(5));

export const holes = {
  softmax: like(softmax, {
    inputs: [[[0, 0]], [[0, Math.log(3)]], [numbers(4)], [numbers(3)], [[1000, 1000, 999]], [[
      -1000,
      -1001,
    ]]],
    mistakes: [
      [
        "exp(1000) is Infinity: subtract the largest score from all of them first.",
        (scores) => scores.map((score) => Math.exp(score) / total(scores.map(Math.exp))),
      ],
      ["They do not add up to 1: divide each by their sum.", powers],
      ["They do not add up to 1: divide each by their sum.", (scores) => scores.map(Math.exp)],
      [
        "exp is missing: scores may be negative, probabilities may not.",
        (scores) => scores.map((score) => score / total(scores)),
      ],
      [
        "Divide by the sum, not by how many there are.",
        (scores) => powers(scores).map((power) => power / scores.length),
      ],
    ],
    hint: "exp(score − largest score) for each; then divide each by the sum of these.",
  }),
  crossEntropy: like(
    (scores: number[], target: number) =>
      crossEntropy([scores.map((x) => new Value(x))], [target]).data,
    {
      inputs: [[[0, 0], 1], [[0, Math.log(3)], 1], [numbers(4), 2], [
        numbers(27).map((x) => x / 5),
        11,
      ]],
      mistakes: [
        [
          "The minus is missing: the log of a probability is negative.",
          (scores, target) => Math.log(softmax(scores)[target]),
        ],
        [
          "That is the probability. The loss is −log of it.",
          (scores, target) => softmax(scores)[target],
        ],
        [
          "That is the score of the right token: softmax first.",
          (scores, target) => -scores[target],
        ],
        [
          "Take only the probability of the right token.",
          (scores) => -total(softmax(scores).map(Math.log)),
        ],
        ["That is for another token: use target.", (scores) => -Math.log(softmax(scores)[0])],
        [
          "That is log to the base 2. Math.log is the natural one.",
          (scores, target) => -Math.log2(softmax(scores)[target]),
        ],
      ],
      hint: "−Math.log(softmax(logits)[target]).",
    },
  ),
  rmsNorm: like((x: number[]) => x.map((item) => item / Math.sqrt(square(x) / x.length + 1e-5)), {
    inputs: [[[3, 4]], [[0, 0]], [numbers(4)], [[0.001, -0.002]]],
    mistakes: [
      [
        "Divide the sum of the squares by how many there are: their mean.",
        (x) => x.map((item) => item / Math.sqrt(square(x) + 1e-5)),
      ],
      [
        "The 0.00001 under the root is missing: without it, zeros give 0 / 0.",
        (x) => x.map((item) => item / Math.sqrt(square(x) / x.length)),
      ],
      ["The square root is missing.", (x) => x.map((item) => item / (square(x) / x.length + 1e-5))],
      [
        "The 0.00001 belongs under the root.",
        (x) => x.map((item) => item / (Math.sqrt(square(x) / x.length) + 1e-5)),
      ],
      ["The mean is not subtracted here: that is another norm, LayerNorm.", (x) => {
        const off = x.map((item) => item - total(x) / x.length);
        return off.map((item) => item / Math.sqrt(square(off) / x.length + 1e-5));
      }],
      [
        "That is the divisor. Divide each number by it.",
        (x) => x.map(() => Math.sqrt(square(x) / x.length + 1e-5)),
      ],
    ],
    hint: "One divisor for all: Math.sqrt(mean of the squares + 1e-5).",
  }),
  attention: like(attention, {
    inputs: [
      [[2, 0, 0, 0], [[1, 0, 0, 0], [0, 1, 0, 0]], [[1, 0, 0, 0], [0, 1, 0, 0]]],
      ...[[4, 3], [4, 1], [9, 2]].map(([length, count]): Heads => [
        numbers(length).map((x) => x / 4),
        lists(count, length).map((key) => key.map((x) => x / 4)),
        lists(count, length),
      ]),
    ],
    mistakes: [
      [
        "The scores are not divided by the square root of the query's length.",
        (query, keys, values) => mix(softmax(keys.map((key) => dot(query, key))), values),
      ],
      [
        "The square root is missing: divide by Math.sqrt(query.length).",
        (query, keys, values) =>
          mix(softmax(keys.map((key) => dot(query, key) / query.length)), values),
      ],
      [
        "softmax is missing: the weights are to add up to 1.",
        (query, keys, values) =>
          mix(keys.map((key) => dot(query, key) / Math.sqrt(query.length)), values),
      ],
      [
        "The keys say how much, the values what: mix the values.",
        (query, keys) => attention(query, keys, keys),
      ],
      [
        "Every position has the same weight there: use the query and the keys.",
        (_query, _keys, values) => mix(values.map(() => 1 / values.length), values),
      ],
      [
        "Those are the weights. Mix the values with them.",
        (query, keys) => softmax(keys.map((key) => dot(query, key) / Math.sqrt(query.length))),
      ],
    ],
    hint: "scores: query · key / √length; weights: softmax(scores); result: Σ weight · value.",
  }),
  causal: (answer: (...all: All) => unknown, name: string) =>
    like(seen((position) => position + 1), {
      inputs: [[3, 2], [4, 4], [1, 3]].map(([count, length]): All => [
        lists(count, length).map((query) => query.map((x) => x / 4)),
        lists(count, length).map((key) => key.map((x) => x / 4)),
        lists(count, length),
      ]),
      mistakes: [
        [
          "Each position sees those after it, too: cut keys and values off behind it.",
          (queries, keys, values) => seen(() => keys.length)(queries, keys, values),
        ],
        [
          "Each position sees itself, too: slice(0, position + 1).",
          seen((position) => Math.max(1, position)),
        ],
        ...Object.values(nothing).map((first) =>
          [
            "Each position sees itself, too: slice(0, position + 1).",
            (...[queries, keys, values]: All) =>
              queries.map((query, position) =>
                position > 0
                  ? attention(query, keys.slice(0, position), values.slice(0, position))
                  : first(query)
              ),
          ] as const
        ),
        ["It sees one position too far ahead.", seen((position) => position + 2)],
        [
          "That is attention of the last position to all. List those of every position.",
          (queries, keys, values) => [attention(queries.at(-1)!, keys, values)],
        ],
      ],
      hint: "For the query at position t: attention to keys and values number 0 to t, inclusive.",
    })(
      ((...all: All) => {
        try {
          return answer(...all);
        } catch (error) {
          // Attention to nothing: the first position has none before it.
          if (!(error instanceof Error && /empty array|undefined/.test(error.message))) {
            throw error;
          }
          throw new Mistake(
            `It throws TypeError: ${error.message}. Does the first position see itself? Position t sees 0 to t, inclusive.`,
          );
        }
      }) as never,
      name,
    ),
  sample: like((probabilities: number[], u: number) => {
    const ends = probabilities.map((_, k) => total(probabilities.slice(0, k + 1)));
    return ends.findIndex((end) => u < end);
  }, {
    inputs: [
      [[0.5, 0.25, 0.25], 0.6],
      [[0.5, 0.25, 0.25], 0.2],
      [[0.5, 0.25, 0.25], 0.9],
      [[0, 1], 0],
      ...[0.05, 0.35, 0.65, 0.95].map((u): [number[], number] => [probabilities, u]),
    ],
    mistakes: [
      ["That is always the most probable one.", (p) => p.indexOf(Math.max(...p))],
      [
        "Compare u with the sum of the probabilities so far, not with each alone.",
        (p, u) => p.findIndex((p) => u < p),
      ],
      [
        "That is one too many: count from 0.",
        (p, u) => 1 + p.findIndex((_, k) => u < total(p.slice(0, k + 1))),
      ],
      [
        "That is the number before: u must lie below the sum that includes the token.",
        (p, u) => p.findIndex((_, k) => u < total(p.slice(0, k + 1))) - 1,
      ],
      ["All of them are equally probable there.", (p, u) => Math.floor(u * p.length)],
      [
        "That is the probability. Return the number of the token.",
        (p, u) => p[p.findIndex((_, k) => u < total(p.slice(0, k + 1)))],
      ],
      [
        "A probability of 0 is never sampled: u must be below the sum, not equal to it.",
        (p, u) => p.findIndex((_, k) => u <= total(p.slice(0, k + 1))),
      ],
    ],
    hint: "Add up the probabilities; the first token whose sum exceeds u is it.",
  }),
};

export const check = exercise("11_gpt", holes);
