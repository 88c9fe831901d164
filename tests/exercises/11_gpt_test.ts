import text from "../../exercises/11_gpt.ts" with { type: "text" };
import { holes } from "../../exercises/checks/11_gpt.ts";
import checks from "../../exercises/checks/11_gpt.ts" with { type: "text" };
import solutions from "../../exercises/solutions/11_gpt.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("11_gpt", { text, solutions, checks, holes }, {
  softmax: [
    [
      "const p = scores.map(Math.exp); const s = p.reduce((a, b) => a + b); return p.map((x) => x / s);",
      "exp(1000) is Infinity",
    ],
    ["return scores.map((s) => Math.exp(s - Math.max(...scores)));", "do not add up to 1"],
    [
      "const s = scores.reduce((a, b) => a + b); return scores.map((x) => x / s);",
      "exp is missing",
    ],
    [
      "const most = Math.max(...scores); return scores.map((s) => Math.exp(s - most) / scores.length);",
      "not by how many there are",
    ],
    ["return scores.map(Math.exp);", "do not add up to 1"],
    [
      "const most = Math.max(...scores), p = scores.map((s) => 2 ** (s - most)), sum = p.reduce((a, b) => a + b); return p.map((x) => x / sum);",
      "then divide each by the sum of these",
    ],
  ],
  crossEntropy: [
    ["return Math.log(softmax(logits)[target]);", "The minus is missing"],
    ["return softmax(logits)[target];", "That is the probability"],
    ["return -logits[target];", "softmax first"],
    [
      "return -softmax(logits).reduce((sum, p) => sum + Math.log(p), 0);",
      "Take only the probability",
    ],
    ["return -Math.log(softmax(logits)[0]);", "use target"],
    ["return -Math.log2(softmax(logits)[target]);", "log to the base 2"],
    ["return 1 - softmax(logits)[target];", "−Math.log(softmax(logits)[target])."],
  ],
  rmsNorm: [
    [
      "const s = x.reduce((a, b) => a + b * b, 0); return x.map((y) => y / Math.sqrt(s + 1e-5));",
      "their mean",
    ],
    [
      "const s = x.reduce((a, b) => a + b * b, 0) / x.length; return x.map((y) => y / Math.sqrt(s));",
      "zeros give 0 / 0",
    ],
    [
      "const m = x.reduce((s, y) => s + y * y, 0) / x.length; return x.map((y) => y / (m + 1e-5));",
      "The square root is missing",
    ],
    [
      "const m = x.reduce((s, y) => s + y * y, 0) / x.length; return x.map((y) => y / (Math.sqrt(m) + 1e-5));",
      "belongs under the root",
    ],
    [
      `const mean = x.reduce((a, b) => a + b) / x.length, off = x.map((y) => y - mean);
     const m = off.reduce((s, y) => s + y * y, 0) / x.length;
     return off.map((y) => y / Math.sqrt(m + 1e-5));`,
      "LayerNorm",
    ],
    [
      "const m = x.reduce((s, y) => s + y * y, 0) / x.length; return x.map(() => Math.sqrt(m + 1e-5));",
      "That is the divisor",
    ],
    [
      "const m = x.reduce((s, y) => s + Math.abs(y), 0) / x.length; return x.map((y) => y / Math.sqrt(m + 1e-5));",
      "One divisor for all",
    ],
  ],
  attention: [
    [
      "const w = softmax(keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0))); return values[0].map((_, i) => values.reduce((s, v, t) => s + w[t] * v[i], 0));",
      "are not divided by the square root",
    ],
    [
      "return softmax(keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0) / Math.sqrt(query.length)));",
      "Those are the weights",
    ],
    [
      `const w = softmax(keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0) / query.length));
     return values[0].map((_, i) => values.reduce((s, v, t) => s + w[t] * v[i], 0));`,
      "The square root is missing",
    ],
    [
      `const w = keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0) / Math.sqrt(query.length));
     return values[0].map((_, i) => values.reduce((s, v, t) => s + w[t] * v[i], 0));`,
      "softmax is missing",
    ],
    [
      `const w = softmax(keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0) / Math.sqrt(query.length)));
     return values[0].map((_, i) => keys.reduce((s, v, t) => s + w[t] * v[i], 0));`,
      "mix the values",
    ],
    [
      `const w = softmax(keys.map(() => 0));
     return values[0].map((_, i) => values.reduce((s, v, t) => s + w[t] * v[i], 0));`,
      "the same weight",
    ],
    [
      `const w = softmax(values.map((key) => key.reduce((s, x, i) => s + x * query[i], 0) / Math.sqrt(query.length)));
     return values[0].map((_, i) => values.reduce((s, v, t) => s + w[t] * v[i], 0));`,
      "result: Σ weight · value",
    ],
  ],
  causal: [
    ["return queries.map((query) => attention(query, keys, values));", "sees those after it"],
    [
      "return queries.map((q, t) => attention(q, keys.slice(0, t), values.slice(0, t)));",
      "Position t sees 0 to t, inclusive",
    ],
    [
      "return queries.map((q, t) => t === 0 ? [] : attention(q, keys.slice(0, t), values.slice(0, t)));",
      "slice(0, position + 1)",
    ],
    [
      "return queries.map((q, t) => attention(qs, keys.slice(0, t + 1), values.slice(0, t + 1)));",
      "It throws ReferenceError",
    ],
    [
      "return queries.map((q, t) => attention(q, keys.slice(0, t || 1), values.slice(0, t || 1)));",
      "Each position sees itself, too",
    ],
    [
      "return queries.map((q, t) => t === 0 ? q.map(() => 0) : attention(q, keys.slice(0, t), values.slice(0, t)));",
      "Each position sees itself, too",
    ],
    [
      "return queries.map((q, t) => attention(q, keys.slice(0, t + 2), values.slice(0, t + 2)));",
      "one position too far",
    ],
    ["return [attention(queries.at(-1), keys, values)];", "List those of every position"],
    [
      "return queries.map((q, t) => attention(q, [keys[t]], [values[t]]));",
      "number 0 to t, inclusive",
    ],
    [
      "return queries.map((q, t) => t === 0 ? q.map(() => 0 / 0) : attention(q, keys.slice(0, t), values.slice(0, t)));",
      "Each position sees itself, too",
    ],
  ],
  sample: [
    ["return probabilities.indexOf(Math.max(...probabilities));", "always the most probable"],
    ["return probabilities.findIndex((p) => u < p);", "the probabilities so far"],
    [
      "let end = 0; for (let k = 0; k < probabilities.length; k++) { end += probabilities[k]; if (u < end) return k + 1; }",
      "count from 0",
    ],
    [
      "let end = 0; for (let k = 0; k < probabilities.length; k++) { end += probabilities[k]; if (u < end) return k - 1; }",
      "That is the number before",
    ],
    [
      "let end = 0; for (let k = 0; k < probabilities.length; k++) { end += probabilities[k]; if (u < end) return probabilities[k]; }",
      "Return the number of the token",
    ],
    [
      "let end = 0; for (let k = 0; k < probabilities.length; k++) { end += probabilities[k]; if (u <= end) return k; }",
      "never sampled",
    ],
    ["return Math.floor(u * probabilities.length);", "equally probable"],
    [
      "for (let k = 0; k < probabilities.length; k++) { if (u < probabilities[k]) return k; u -= probabilities[k + 1]; }",
      "the first token whose sum exceeds u",
    ],
  ],
});
