/**
 * The network of lesson 11 in one piece, for those who have built it there: lesson 12 and the tests.
 *
 * @module
 */
import { type Random, Value } from "../mod.ts";

/** The letters of the tokens, and the dot that marks where a name begins and ends. */
export const alphabet = "abcdefghijklmnopqrstuvwxyz.";

/** The token of the mark. */
export const mark = 26;

/** A name as tokens, a mark before and behind. */
export function tokensOf(name: string): number[] {
  return [mark, ...[...name].map((letter) => alphabet.indexOf(letter)), mark];
}

/** All parameters, near 0: 4,192 in nine matrices. */
export function newWeights(random: Random) {
  const matrix = (rows: number, columns: number) =>
    Array.from(
      { length: rows },
      () => Array.from({ length: columns }, () => new Value(random.normal(0, 0.08))),
    );
  return {
    token: matrix(16, 27),
    position: matrix(16, 16),
    query: matrix(16, 16),
    key: matrix(16, 16),
    value: matrix(16, 16),
    output: matrix(16, 16),
    expand: matrix(64, 16),
    contract: matrix(16, 64),
    logits: matrix(27, 16),
  };
}

/** The parameters, as lists of rows. */
export type Weights = ReturnType<typeof newWeights>;

/** What places later in a name may look back at: keys and values, and how each head shared itself out. */
export interface Past {
  keys: Value[][];
  values: Value[][];
  shares: Value[][][];
}

/** Scores as probabilities. */
export function softmax(scores: Value[]): Value[] {
  const powers = scores.map((score) => score.exp());
  const sum = Value.sum(powers);
  return powers.map((power) => power.div(sum));
}

/** −log of the probability that softmax gives to what came next. */
export function surprise(logits: Value[], logitOfNext: Value): Value {
  return Value.logSumExp(logits).sub(logitOfNext);
}

/** A matrix times a vector. */
export function linear(matrix: Value[][], x: Value[]): Value[] {
  return matrix.map((row) => Value.dot(row, x));
}

/** The sum of two vectors. */
export function add(a: Value[], b: Value[]): Value[] {
  return a.map((value, k) => value.add(b[k]));
}

/** The embedding of a token: a column of the matrix. */
export function lookUp(weights: Weights, token: number): Value[] {
  return weights.token.map((row) => row[token]);
}

/** RMSNorm: the same ratios, about 1 in size. */
export function normalise(x: Value[]): Value[] {
  const size = Value.dot(x, x).div(x.length).add(1e-5).sqrt();
  return x.map((value) => value.div(size));
}

/** One head of attention: the mean of the values, weighted by how well each key fits the query. */
export function attend(query: Value[], keys: Value[][], values: Value[][]) {
  const scores = keys.map((key) => Value.dot(query, key).div(Math.sqrt(query.length)));
  const shares = softmax(scores);
  const result = values[0].map((_, k) => Value.dot(shares, values.map((value) => value[k])));
  return { shares, result };
}

/** Attention with four heads. */
export function lookBack(weights: Weights, x: Value[], past: Past): Value[] {
  const query = linear(weights.query, x);
  past.keys.push(linear(weights.key, x));
  past.values.push(linear(weights.value, x));
  const heads = [0, 4, 8, 12].map((start) => {
    const own = (vector: Value[]) => vector.slice(start, start + 4);
    return attend(own(query), past.keys.map(own), past.values.map(own));
  });
  past.shares.push(heads.map(({ shares }) => shares));
  return linear(weights.output, heads.flatMap(({ result }) => result));
}

/** The scores of the next token, from the embedding of this one and what came before. */
export function predict(weights: Weights, embedding: Value[], past: Past): Value[] {
  let x = normalise(embedding);
  x = add(x, lookBack(weights, normalise(x), past));
  const hidden = linear(weights.expand, normalise(x)).map((value) => value.relu());
  x = add(x, linear(weights.contract, hidden));
  return linear(weights.logits, x);
}

/** The loss of the network on one name, given as embeddings. */
export function meanSurprise(
  weights: Weights,
  embeddings: Value[][],
  logitOfNext: (logits: Value[], position: number) => Value,
): Value {
  const past: Past = { keys: [], values: [], shares: [] };
  const surprises = embeddings.map((embedding, position) => {
    const logits = predict(weights, add(embedding, weights.position[position]), past);
    return surprise(logits, logitOfNext(logits, position));
  });
  return Value.sum(surprises).div(surprises.length);
}

/** The loss of the network on one name, given as tokens. */
export function lossOf(weights: Weights, tokens: number[]): Value {
  const embeddings = tokens.slice(0, -1).map((token) => lookUp(weights, token));
  return meanSurprise(weights, embeddings, (logits, k) => logits[tokens[k + 1]]);
}
