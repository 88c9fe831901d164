/**
 * A small GPT, trained in four ways: the model of lesson 11 (4,192 parameters, one block of 16 numbers,
 * four heads) on documents of random letters, as long as names are. One step is one document: the loss,
 * its gradients, and an update by Adam.
 *
 * All contenders get the same documents and initial weights and must find the same losses.
 *
 * @module
 */
import { compile, type Kernel, Random, Value } from "../mod.ts";
import { cpuTime } from "./cpu_time.ts";
import { Value as PortValue } from "./straight_port.ts";

const width = 16, heads = 4, size = width / heads, letters = 27, places = 16, hidden = 64;

/** Rows and columns of each matrix, in the order of the parameters. */
const shapes = {
  tokens: [letters, width],
  positions: [places, width],
  queries: [width, width],
  keys: [width, width],
  values: [width, width],
  outputs: [width, width],
  expand: [hidden, width],
  contract: [width, hidden],
  logits: [letters, width],
} as const;
const parameterCount = Object.values(shapes).reduce(
  (sum, [rows, columns]) => sum + rows * columns,
  0,
);

/** Documents as tokens, each between two marks (26), and the initial weights. */
export interface Problem {
  readonly documents: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** The problem that all contenders get. */
export function letterSoup(): Problem {
  const random = new Random(1);
  const documents = Array.from({ length: 64 }, () => {
    const length = Math.min(15, Math.max(2, Math.round(random.normal(6, 1.8))));
    return [26, ...Array.from({ length }, () => random.integer(26)), 26];
  });
  return {
    documents,
    weights: Array.from({ length: parameterCount }, () => random.normal(0, 0.08)),
  };
}

/** A contender: each call trains on the next document and returns the loss before the update. */
export type Contender = (problem: Problem) => () => number;

/** Adam, on arrays of parameters and gradients; sets the gradients to 0. */
function adam(count: number) {
  const m = new Float64Array(count), v = new Float64Array(count);
  let step = 0;
  return (p: { [k: number]: number }, g: { [k: number]: number }) => {
    step++;
    const rate = 0.01 * Math.max(0.1, 1 - step / 1000);
    const one = 1 - 0.85 ** step, two = 1 - 0.99 ** step;
    for (let i = 0; i < count; i++) {
      m[i] = 0.85 * m[i] + 0.15 * g[i];
      v[i] = 0.99 * v[i] + 0.01 * g[i] * g[i];
      p[i] -= rate * (m[i] / one) / (Math.sqrt(v[i] / two) + 1e-8);
      g[i] = 0;
    }
  };
}

/** The interface that the scalar engines share. */
interface Scalar<V> {
  data: number;
  grad: number;
  add(operand: V | number): V;
  mul(operand: V | number): V;
  pow(exponent: number): V;
  exp(): V;
  log(): V;
  relu(): V;
  backward(): void;
}

/** How an engine sums. */
interface Sums<V> {
  sum(list: readonly V[]): V;
  dot(w: readonly V[], x: readonly V[]): V;
}

/** The matrices, as rows. */
type Matrices<V> = Record<keyof typeof shapes, V[][]>;

function matricesOf<V>(parameters: readonly V[]): Matrices<V> {
  let at = 0;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, [rows, columns]]) => [
      name,
      Array.from({ length: rows }, () => parameters.slice(at, at += columns)),
    ]),
  ) as Matrices<V>;
}

/** How the letters of a document are looked up. */
interface Letters<V> {
  readonly length: number;
  /** The row of the token matrix for the letter at a place. */
  embed(place: number): V[];
  /** The probability of the letter at a place. */
  pick(place: number, probabilities: V[]): V;
}

/** The loss of a document, for any scalar engine. */
function lossOf<V extends Scalar<V>>(
  w: Matrices<V>,
  { length, embed, pick }: Letters<V>,
  { sum, dot }: Sums<V>,
): V {
  const linear = (matrix: V[][], x: V[]) => matrix.map((row) => dot(row, x));
  const normal = (x: V[]) => {
    const scale = dot(x, x).mul(1 / x.length).add(1e-5).pow(-0.5);
    return x.map((value) => value.mul(scale));
  };
  const softmax = (scores: V[]) => {
    const powers = scores.map((score) => score.exp());
    const scale = sum(powers).pow(-1);
    return powers.map((power) => power.mul(scale));
  };
  const keys: V[][] = [], values: V[][] = [], losses: V[] = [];
  for (let t = 0; t + 1 < length; t++) {
    let x = normal(embed(t).map((value, i) => value.add(w.positions[t][i])));
    const normed = normal(x);
    const query = linear(w.queries, normed);
    keys.push(linear(w.keys, normed));
    values.push(linear(w.values, normed));
    const mixed: V[] = [];
    for (let h = 0; h < width; h += size) {
      const own = (vector: V[]) => vector.slice(h, h + size);
      const shares = softmax(keys.map((key) => dot(own(query), own(key)).mul(size ** -0.5)));
      for (let j = h; j < h + size; j++) mixed.push(dot(shares, values.map((value) => value[j])));
    }
    x = linear(w.outputs, mixed).map((value, i) => value.add(x[i]));
    const inner = linear(w.expand, normal(x)).map((value) => value.relu());
    x = linear(w.contract, inner).map((value, i) => value.add(x[i]));
    losses.push(pick(t + 1, softmax(linear(w.logits, x))).log().mul(-1));
  }
  return sum(losses).mul(1 / losses.length);
}

/** Trains with a scalar engine. */
function scalars<V extends Scalar<V>>(make: (data: number) => V, sums: Sums<V>): Contender {
  return ({ documents, weights }) => {
    const parameters = weights.map(make), w = matricesOf(parameters);
    const p = Float64Array.from(weights), g = new Float64Array(p.length), update = adam(p.length);
    let k = 0;
    return () => {
      const document = documents[k++ % documents.length];
      const loss = lossOf(w, {
        length: document.length,
        embed: (place) => w.tokens[document[place]],
        pick: (place, probabilities) => probabilities[document[place]],
      }, sums);
      loss.backward();
      for (let i = 0; i < p.length; i++) g[i] = parameters[i].grad;
      update(p, g);
      for (let i = 0; i < p.length; i++) {
        parameters[i].data = p[i];
        parameters[i].grad = 0;
      }
      return loss.data;
    };
  };
}

const valueSums: Sums<Value> = {
  sum: (list) => Value.sum(list),
  dot: (w, x) => Value.dot(w, x),
};

/** A kernel for each document length; all share their parameters and gradients. */
function kernelsOf({ documents, weights }: Problem): Map<number, Kernel> {
  const parameters = weights.map((x) => new Value(x)), w = matricesOf(parameters);
  const columns = w.tokens[0].map((_, i) => w.tokens.map((row) => row[i]));
  const kernels = new Map<number, Kernel>();
  let share: Kernel | undefined;
  for (const { length } of documents) {
    if (kernels.has(length)) continue;
    // The letters are an input: 1 at the index of the letter, else 0.
    const inputs = Array.from(
      { length },
      () => Array.from({ length: letters }, () => new Value(0)),
    );
    const loss = lossOf(w, {
      length,
      embed: (place) => columns.map((column) => Value.dot(column, inputs[place])),
      pick: (place, probabilities) => Value.dot(inputs[place], probabilities),
    }, valueSums);
    share = compile(loss, { inputs: inputs.flat(), parameters, share });
    kernels.set(length, share);
  }
  return kernels;
}

const compiled: Contender = (problem) => {
  const { documents } = problem;
  const kernels = kernelsOf(problem);
  const { parameters, gradients } = kernels.get(documents[0].length)!;
  const update = adam(parameters.length);
  const inputs = documents.map((document) => {
    const x = new Float64Array(letters * document.length);
    document.forEach((letter, place) => x[letters * place + letter] = 1);
    return x;
  });
  let k = 0;
  return () => {
    const at = k++ % documents.length;
    const loss = kernels.get(documents[at].length)!.backward(inputs[at]);
    update(parameters, gradients);
    return loss;
  };
};

/** The derivatives derived by hand, as plain loops over typed arrays. */
const handWritten: Contender = ({ documents, weights }) => {
  const p = Float64Array.from(weights), g = new Float64Array(p.length), update = adam(p.length);
  const at = {} as Record<keyof typeof shapes, number>;
  let end = 0;
  for (const [name, [rows, columns]] of Object.entries(shapes)) {
    at[name as keyof typeof shapes] = end;
    end += rows * columns;
  }
  const room = (n: number) => new Float64Array(places * n);
  const embedded = room(width), x0 = room(width), n0 = room(width), x1 = room(width);
  const n1 = room(width), x2 = room(width), mixed = room(width);
  const q = room(width), k = room(width), v = room(width), inner = room(hidden);
  const shares = room(heads * places), probabilities = room(letters);
  const scale0 = room(1), scale1 = room(1), scale2 = room(1);
  const dEmbedded = room(width), dx0 = room(width), dn0 = room(width), dx1 = room(width);
  const dn1 = room(width), dx2 = room(width), dMixed = room(width), dShares = room(1);
  const dq = room(width), dk = room(width), dv = room(width), dInner = room(hidden);
  const dLogits = new Float64Array(letters);
  const gradients = [dEmbedded, dx0, dn0, dx1, dn1, dx2, dMixed, dq, dk, dv, dInner];

  /** A matrix times a vector. */
  const linear = (
    m: number,
    [rows, columns]: readonly [number, number],
    { x, i, y, j }: { x: Float64Array; i: number; y: Float64Array; j: number },
  ) => {
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let c = 0, w = m + r * columns; c < columns; c++) sum += p[w + c] * x[i + c];
      y[j + r] = sum;
    }
  };
  const linearBack = (
    m: number,
    [rows, columns]: readonly [number, number],
    { x, dx, i, dy, j }: {
      x: Float64Array;
      dx: Float64Array;
      i: number;
      dy: Float64Array;
      j: number;
    },
  ) => {
    for (let r = 0; r < rows; r++) {
      const d = dy[j + r];
      for (let c = 0, w = m + r * columns; c < columns; c++) {
        g[w + c] += x[i + c] * d;
        dx[i + c] += p[w + c] * d;
      }
    }
  };
  const normal = (x: Float64Array, y: Float64Array, { t, scales }: Norm) => {
    const i = t * width;
    let sum = 0;
    for (let c = 0; c < width; c++) sum += x[i + c] * x[i + c];
    const scale = scales[t] = (sum / width + 1e-5) ** -0.5;
    for (let c = 0; c < width; c++) y[i + c] = x[i + c] * scale;
  };
  const normalBack = (
    { x, dx, dy }: { x: Float64Array; dx: Float64Array; dy: Float64Array },
    { t, scales }: Norm,
  ) => {
    const i = t * width, scale = scales[t];
    let sum = 0;
    for (let c = 0; c < width; c++) sum += x[i + c] * dy[i + c];
    const inner = sum * scale ** 3 / width;
    for (let c = 0; c < width; c++) dx[i + c] += dy[i + c] * scale - x[i + c] * inner;
  };
  interface Norm {
    t: number;
    scales: Float64Array;
  }

  let step = 0;
  return () => {
    const document = documents[step++ % documents.length];
    const count = document.length - 1;
    let loss = 0;
    for (let t = 0; t < count; t++) {
      const i = t * width;
      for (let c = 0; c < width; c++) {
        embedded[i + c] = p[at.tokens + document[t] * width + c] + p[at.positions + i + c];
      }
      normal(embedded, x0, { t, scales: scale0 });
      normal(x0, n0, { t, scales: scale1 });
      linear(at.queries, shapes.queries, { x: n0, i, y: q, j: i });
      linear(at.keys, shapes.keys, { x: n0, i, y: k, j: i });
      linear(at.values, shapes.values, { x: n0, i, y: v, j: i });
      for (let h = 0; h < heads; h++) {
        const o = i + h * size, s = (t * heads + h) * places;
        let sum = 0;
        for (let u = 0; u <= t; u++) {
          let score = 0;
          for (let c = 0, a = u * width + h * size; c < size; c++) score += q[o + c] * k[a + c];
          sum += shares[s + u] = Math.exp(score * 0.5);
        }
        for (let c = 0; c < size; c++) mixed[o + c] = 0;
        for (let u = 0; u <= t; u++) {
          const share = shares[s + u] /= sum;
          for (let c = 0, a = u * width + h * size; c < size; c++) mixed[o + c] += share * v[a + c];
        }
      }
      linear(at.outputs, shapes.outputs, { x: mixed, i, y: x1, j: i });
      for (let c = 0; c < width; c++) x1[i + c] += x0[i + c];
      normal(x1, n1, { t, scales: scale2 });
      linear(at.expand, shapes.expand, { x: n1, i, y: inner, j: t * hidden });
      for (let c = t * hidden; c < (t + 1) * hidden; c++) inner[c] = Math.max(0, inner[c]);
      linear(at.contract, shapes.contract, { x: inner, i: t * hidden, y: x2, j: i });
      for (let c = 0; c < width; c++) x2[i + c] += x1[i + c];
      linear(at.logits, shapes.logits, { x: x2, i, y: probabilities, j: t * letters });
      let sum = 0;
      for (let c = t * letters; c < (t + 1) * letters; c++) {
        sum += probabilities[c] = Math.exp(probabilities[c]);
      }
      for (let c = t * letters; c < (t + 1) * letters; c++) probabilities[c] /= sum;
      loss -= Math.log(probabilities[t * letters + document[t + 1]]);
    }
    for (const gradient of gradients) gradient.fill(0, 0, count * hidden);
    for (let t = count - 1; t >= 0; t--) {
      const i = t * width;
      for (let c = 0; c < letters; c++) dLogits[c] = probabilities[t * letters + c] / count;
      dLogits[document[t + 1]] -= 1 / count;
      linearBack(at.logits, shapes.logits, { x: x2, dx: dx2, i, dy: dLogits, j: 0 });
      linearBack(at.contract, shapes.contract, {
        x: inner,
        dx: dInner,
        i: t * hidden,
        dy: dx2,
        j: i,
      });
      for (let c = t * hidden; c < (t + 1) * hidden; c++) if (inner[c] <= 0) dInner[c] = 0;
      linearBack(at.expand, shapes.expand, { x: n1, dx: dn1, i, dy: dInner, j: t * hidden });
      for (let c = 0; c < width; c++) dx1[i + c] += dx2[i + c];
      normalBack({ x: x1, dx: dx1, dy: dn1 }, { t, scales: scale2 });
      for (let c = 0; c < width; c++) dx0[i + c] += dx1[i + c];
      linearBack(at.outputs, shapes.outputs, { x: mixed, dx: dMixed, i, dy: dx1, j: i });
      for (let h = 0; h < heads; h++) {
        const o = i + h * size, s = (t * heads + h) * places;
        let sum = 0;
        for (let u = 0; u <= t; u++) {
          let d = 0;
          for (let c = 0, a = u * width + h * size; c < size; c++) {
            d += dMixed[o + c] * v[a + c];
            dv[a + c] += dMixed[o + c] * shares[s + u];
          }
          dShares[u] = d;
          sum += d * shares[s + u];
        }
        for (let u = 0; u <= t; u++) {
          const d = shares[s + u] * (dShares[u] - sum) * 0.5;
          for (let c = 0, a = u * width + h * size; c < size; c++) {
            dq[o + c] += d * k[a + c];
            dk[a + c] += d * q[o + c];
          }
        }
      }
    }
    for (let t = count - 1; t >= 0; t--) {
      const i = t * width;
      linearBack(at.queries, shapes.queries, { x: n0, dx: dn0, i, dy: dq, j: i });
      linearBack(at.keys, shapes.keys, { x: n0, dx: dn0, i, dy: dk, j: i });
      linearBack(at.values, shapes.values, { x: n0, dx: dn0, i, dy: dv, j: i });
      normalBack({ x: x0, dx: dx0, dy: dn0 }, { t, scales: scale1 });
      normalBack({ x: embedded, dx: dEmbedded, dy: dx0 }, { t, scales: scale0 });
      for (let c = 0; c < width; c++) {
        g[at.tokens + document[t] * width + c] += dEmbedded[i + c];
        g[at.positions + i + c] += dEmbedded[i + c];
      }
    }
    update(p, g);
    return loss / count;
  };
};

/** A sum as in the textbook. */
function addUp(list: readonly PortValue[]): PortValue {
  return list.reduce((sum, value) => sum.add(value), new PortValue(0));
}

/** All contenders, slowest first. */
export const contenders: Readonly<Record<string, Contender>> = {
  "textbook: closures, a Set, recursion": scalars((data) => new PortValue(data), {
    sum: addUp,
    dot: (w, x) => addUp(w.map((weight, i) => weight.mul(x[i]))),
  }),
  "Value with dot and sum": scalars((data) => new Value(data), valueSums),
  "compiled": compiled,
  "loops written by hand": handWritten,
};

if (import.meta.main) {
  const problem = letterSoup();
  const start = performance.now(), before = cpuTime();
  const lengths = kernelsOf(problem).size;
  const [wall, cpu] = [performance.now() - start, cpuTime() - before].map((ms) => ms.toFixed(0));
  console.log(`building and compiling ${lengths} lengths: ${wall} ms, ${cpu} ms of CPU time`);
  const steps = Object.values(contenders).map((make) => make(problem));
  const losses = steps.map((step) => Array.from({ length: 40 }, step));
  const apart = Math.max(
    ...losses.flatMap((list) => list.map((x, k) => Math.abs(x - losses[0][k]))),
  );
  console.log(`losses of 40 steps agree to ${apart.toExponential(1)}`);
  // Interleaved, so that all meet the same conditions.
  const counts = [2, 60, 600, 600], rounds = 8, times = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    steps.forEach((step, k) => {
      const before = cpuTime();
      for (let i = 0; i < counts[k]; i++) step();
      times[k] += (cpuTime() - before) / (rounds * counts[k]);
    });
  }
  Object.keys(contenders).forEach((name, k) => {
    const micros = (1000 * times[k]).toFixed(0), ratio = (times[0] / times[k]).toFixed(1);
    console.log(`${name}: ${micros} µs of CPU time a step, ${ratio} × textbook`);
  });
  console.log(`compiled against loops by hand: ${(times[3] / times[2]).toFixed(2)} ×`);
}
