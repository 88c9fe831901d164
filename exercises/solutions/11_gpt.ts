export function softmax(scores: number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((sum, power) => sum + power);
  return powers.map((power) => power / sum);
}

export function crossEntropy(logits: number[], target: number): number {
  return -Math.log(softmax(logits)[target]);
}

export function rmsNorm(x: number[]): number[] {
  const mean = x.reduce((sum, x) => sum + x * x, 0) / x.length;
  return x.map((x) => x / Math.sqrt(mean + 1e-5));
}

export function attention(query: number[], keys: number[][], values: number[][]): number[] {
  const scores = keys.map((key) =>
    key.reduce((sum, x, i) => sum + x * query[i], 0) / Math.sqrt(query.length)
  );
  const weights = softmax(scores);
  return values[0].map((_, i) =>
    values.reduce((sum, value, position) => sum + weights[position] * value[i], 0)
  );
}

export function causal(queries: number[][], keys: number[][], values: number[][]): number[][] {
  return queries.map((query, position) =>
    attention(query, keys.slice(0, position + 1), values.slice(0, position + 1))
  );
}

export function sample(probabilities: number[], u: number): number {
  let end = 0;
  return probabilities.findIndex((probability) => u < (end += probability));
}
