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
  const letters = [...name].map((letter) => alphabet.indexOf(letter));
  return [mark, ...letters, mark];
}

/** All parameters, near 0: 4,192 in nine matrices. */
export function newWeights(random: Random) {
  const near0 = () => new Value(random.normal(0, 0.08));
  const row = (length: number) => Array.from({ length }, near0);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => row(columns));
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

/** What later positions may look back at: keys and values, and the attention weights of each head. */
export interface Past {
  keys: Value[][];
  values: Value[][];
  attention: Value[][][];
}

/** Scores as probabilities. */
export function softmax(scores: Value[]): Value[] {
  const powers = scores.map((score) => score.exp());
  const sum = Value.sum(powers);
  return powers.map((power) => power.div(sum));
}

/** Cross-entropy: −log of the probability that softmax gives to the actual next token. */
export function crossEntropy(logits: Value[], logitOfNext: Value): Value {
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
export function rmsNorm(x: Value[]): Value[] {
  const size = Value.dot(x, x).div(x.length).add(0.00001).sqrt();
  return x.map((value) => value.div(size));
}

/** One head of attention: the mean of the values, weighted by how well each key fits the query. */
export function attend(query: Value[], keys: Value[][], values: Value[][]) {
  const root = Math.sqrt(query.length);
  const scores = keys.map((key) => Value.dot(query, key).div(root));
  const weights = softmax(scores);
  const column = (k: number) => values.map((value) => value[k]);
  const result = values[0].map((_, k) => Value.dot(weights, column(k)));
  return { weights, result };
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
  past.attention.push(heads.map(({ weights }) => weights));
  return linear(weights.output, heads.flatMap(({ result }) => result));
}

/** The scores of the next token, from the embedding of this one and what came before. */
export function predict(
  weights: Weights,
  embedding: Value[],
  past: Past,
): Value[] {
  let x = rmsNorm(embedding);
  x = add(x, lookBack(weights, rmsNorm(x), past));
  const hidden = linear(weights.expand, rmsNorm(x)).map((n) => n.relu());
  x = add(x, linear(weights.contract, hidden));
  return linear(weights.logits, x);
}

/** The loss of the network on one name, given as embeddings. */
export function meanLoss(
  weights: Weights,
  embeddings: Value[][],
  logitOfNext: (logits: Value[], position: number) => Value,
): Value {
  const past: Past = { keys: [], values: [], attention: [] };
  const losses = embeddings.map((embedding, position) => {
    const x = add(embedding, weights.position[position]);
    const logits = predict(weights, x, past);
    return crossEntropy(logits, logitOfNext(logits, position));
  });
  return Value.sum(losses).div(losses.length);
}

/** The loss of the network on one name, given as tokens. */
export function lossOf(weights: Weights, tokens: number[]): Value {
  const embeddings = tokens.slice(0, -1)
    .map((token) => lookUp(weights, token));
  const logitOfNext = (logits: Value[], k: number) => logits[tokens[k + 1]];
  return meanLoss(weights, embeddings, logitOfNext);
}
