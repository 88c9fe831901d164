/**
 * The yardstick: micrograd's own demo. An MLP 2-16-16-1 with relu learns 100 points of two moons by
 * max-margin loss and L2 1e-4, on the full batch. One step is forward, zero, backward, descent.
 *
 * All contenders get the same points and initial weights and must find the same losses.
 *
 * @module
 */
import { compile, l2, maxMargin, MLP, Random, Value } from "../mod.ts";
import { Value as PortValue } from "./straight_port.ts";

const strength = 1e-4;
const sizes = [2, 16, 16, 1];

/** The points, and the initial weights: layer by layer, each neuron's weights, then its bias. */
export interface Problem {
  readonly points: readonly { readonly x: readonly [number, number]; readonly label: number }[];
  readonly weights: readonly number[];
}

/** The problem that all contenders get. */
export function moons(): Problem {
  const random = new Random(3);
  const points = Array.from({ length: 100 }, (_, k) => {
    const angle = random.uniform(0, Math.PI);
    const [x, y, label] = k % 2 === 0
      ? [Math.cos(angle), Math.sin(angle), 1]
      : [1 - Math.cos(angle), 0.5 - Math.sin(angle), -1];
    return { x: [x + random.normal(0, 0.1), y + random.normal(0, 0.1)] as const, label };
  });
  const weights = new MLP(2, [16, 16, 1], { random }).parameters().map(({ data }) => data);
  return { points, weights };
}

/** The learning rate of step k: it falls from 1 to 0.1 over 100 steps and stays there. */
export function learningRate(k: number): number {
  return 1 - 0.9 * Math.min(k, 100) / 100;
}

/** A contender: each call takes one training step and returns the loss before it. */
export type Contender = (problem: Problem) => () => number;

/** The interface that the two scalar engines share: enough of a Value to write out the network. */
interface Scalar<V> {
  data: number;
  grad: number;
  add(operand: V | number): V;
  mul(operand: V | number): V;
  relu(): V;
  backward(): void;
}

/** The network written out in sums and products of two, for any scalar engine. */
function score<V extends Scalar<V>>(parameters: readonly V[], x: readonly V[]): V {
  let at = 0;
  let layer = x;
  for (let l = 1; l < sizes.length; l++) {
    const outputs: V[] = [];
    for (let j = 0; j < sizes[l]; j++) {
      let sum = parameters[at++].mul(layer[0]);
      for (let i = 1; i < layer.length; i++) sum = sum.add(parameters[at++].mul(layer[i]));
      sum = sum.add(parameters[at++]);
      outputs.push(l < sizes.length - 1 ? sum.relu() : sum);
    }
    layer = outputs;
  }
  return layer[0];
}

/** The squares of the parameters, times the strength. */
function penaltyOf<V extends Scalar<V>>(parameters: readonly V[]): V {
  return parameters.map((w) => w.mul(w)).reduce((sum, one) => sum.add(one)).mul(strength);
}

/** Takes a step of gradient descent and sets the gradients to 0. */
function descend(parameters: readonly { data: number; grad: number }[], lr: number): void {
  for (const parameter of parameters) {
    parameter.data -= lr * parameter.grad;
    parameter.grad = 0;
  }
}

/** The whole batch as one graph, as in micrograd's demo. */
function scalars<V extends Scalar<V>>(make: (data: number) => V): Contender {
  return ({ points, weights }) => {
    const parameters = weights.map(make);
    let k = 0;
    return () => {
      const losses = points.map(({ x, label }) =>
        score(parameters, x.map(make)).mul(-label).add(1).relu()
      );
      const loss = losses.reduce((sum, one) => sum.add(one)).mul(1 / points.length)
        .add(penaltyOf(parameters));
      loss.backward();
      descend(parameters, learningRate(k++));
      return loss.data;
    };
  };
}

/** A graph for each point: the gradients accumulate to those of one call for all. */
function scalarsInTurn<V extends Scalar<V>>(make: (data: number) => V): Contender {
  return ({ points, weights }) => {
    const parameters = weights.map(make);
    let k = 0;
    return () => {
      const penalty = penaltyOf(parameters);
      penalty.backward();
      let sum = 0;
      for (const { x, label } of points) {
        const loss = score(parameters, x.map(make)).mul(-label).add(1).relu();
        loss.mul(1 / points.length).backward();
        sum += loss.data;
      }
      descend(parameters, learningRate(k++));
      return sum / points.length + penalty.data;
    };
  };
}

/** The network of Values with the given initial weights. */
function network(weights: readonly number[]): MLP {
  const network = new MLP(2, [16, 16, 1], { activation: "relu" });
  network.parameters().forEach((parameter, k) => parameter.data = weights[k]);
  return network;
}

/** Values with `dot` and `sum` as single operations, as a learner would write it. */
const withDot: Contender = ({ points, weights }) => {
  const mlp = network(weights);
  const parameters = mlp.parameters();
  const labels = points.map(({ label }) => label);
  let k = 0;
  return () => {
    const loss = maxMargin(points.map(({ x }) => mlp.forward(x)[0]), labels)
      .add(l2(parameters, strength));
    loss.backward();
    descend(parameters, learningRate(k++));
    return loss.data;
  };
};

/** Gradient descent on the arrays of a kernel, with the L2 penalty that the loss of one example omits. */
function descendKernel(p: Float64Array, g: Float64Array, { examples, lr }: {
  examples: number;
  lr: number;
}): number {
  let squares = 0;
  for (let i = 0; i < p.length; i++) {
    squares += p[i] * p[i];
    p[i] -= lr * (g[i] / examples + 2 * strength * p[i]);
  }
  g.fill(0);
  return strength * squares;
}

/** The loss of one example, compiled, and replayed for each example: one by one, or two at a time. */
function compiledExample({ inPairs }: { inPairs: boolean }): Contender {
  return ({ points, weights }) => {
    const mlp = network(weights);
    const x = [new Value(0), new Value(0)], label = new Value(0);
    const loss = Value.sub(1, mlp.forward(x)[0].mul(label)).relu();
    const kernel = compile(loss, { inputs: [...x, label], parameters: mlp.parameters() });
    const examples = points.map(({ x, label }) => Float64Array.of(...x, label));
    const oneByOne = () => {
      let sum = 0;
      for (const example of examples) sum += kernel.backward(example);
      return sum;
    };
    const run = inPairs ? () => kernel.backwardAll(examples) : oneByOne;
    let k = 0;
    return () => {
      const mean = run() / examples.length;
      const lr = learningRate(k++);
      return mean +
        descendKernel(kernel.parameters, kernel.gradients, { examples: examples.length, lr });
    };
  };
}

/** The loss of the whole batch with its L2, compiled as one graph. */
const compiledBatch: Contender = ({ points, weights }) => {
  const mlp = network(weights);
  const parameters = mlp.parameters();
  const loss = maxMargin(points.map(({ x }) => mlp.forward(x)[0]), points.map((p) => p.label))
    .add(l2(parameters, strength));
  const kernel = compile(loss, { inputs: [], parameters });
  let k = 0;
  return () => {
    kernel.gradients.fill(0);
    const value = kernel.backward([]);
    const lr = learningRate(k++);
    for (let i = 0; i < parameters.length; i++) {
      kernel.parameters[i] -= lr * kernel.gradients[i];
    }
    return value;
  };
};

/** The limit: the derivatives derived by hand, as loops over typed arrays. */
const handWritten: Contender = ({ points, weights }) => {
  const p = Float64Array.from(weights), g = new Float64Array(p.length);
  const n = 16;
  const [b2, b3] = [n * 3, n * 3 + n * (n + 1)]; // where the second and third layer begin
  const h1 = new Float64Array(n), h2 = new Float64Array(n), d1 = new Float64Array(n);
  let k = 0;
  return () => {
    let sum = 0;
    for (const { x: [x0, x1], label } of points) {
      for (let i = 0; i < n; i++) {
        h1[i] = Math.max(0, p[3 * i] * x0 + p[3 * i + 1] * x1 + p[3 * i + 2]);
      }
      for (let i = 0; i < n; i++) {
        const at = b2 + i * (n + 1);
        let s = 0;
        for (let j = 0; j < n; j++) s += p[at + j] * h1[j];
        h2[i] = Math.max(0, s + p[at + n]);
      }
      let score = 0;
      for (let j = 0; j < n; j++) score += p[b3 + j] * h2[j];
      score += p[b3 + n];
      const loss = Math.max(0, 1 - label * score);
      sum += loss;
      const ds = loss > 0 ? -label : 0;
      d1.fill(0);
      for (let i = 0; i < n; i++) {
        g[b3 + i] += ds * h2[i];
        const d = h2[i] > 0 ? ds * p[b3 + i] : 0;
        const at = b2 + i * (n + 1);
        for (let j = 0; j < n; j++) {
          g[at + j] += d * h1[j];
          d1[j] += d * p[at + j];
        }
        g[at + n] += d;
      }
      g[b3 + n] += ds;
      for (let i = 0; i < n; i++) {
        const d = h1[i] > 0 ? d1[i] : 0;
        g[3 * i] += d * x0;
        g[3 * i + 1] += d * x1;
        g[3 * i + 2] += d;
      }
    }
    const lr = learningRate(k++);
    return sum / points.length + descendKernel(p, g, { examples: points.length, lr });
  };
};

/** All contenders written in TypeScript, slowest first. */
export const contenders: Readonly<Record<string, Contender>> = {
  "straight port of the lecture": scalars((data) => new PortValue(data)),
  "straight port, point by point": scalarsInTurn((data) => new PortValue(data)),
  "Value, + and · of two": scalars((data) => new Value(data)),
  "Value, + and · of two, point by point": scalarsInTurn((data) => new Value(data)),
  "Value with dot and sum": withDot,
  "compiled, whole batch": compiledBatch,
  "compiled, one example at a time": compiledExample({ inPairs: false }),
  "compiled, two at a time (SIMD)": compiledExample({ inPairs: true }),
  "loops written by hand": handWritten,
};
