/**
 * Neurons, layers and networks, made of Values.
 *
 * @module
 */
import { Random } from "../random.ts";
import {
  requireArray,
  requireFilledArray,
  requireInstance,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireWritable,
} from "../arguments.ts";
import { Value } from "../value.ts";

/** What a neuron does to its weighted sum; `"linear"` leaves it as it is. */
export type Activation = "tanh" | "relu" | "sigmoid" | "linear";

const activations: Record<Activation, (x: Value) => Value> = {
  tanh: (x) => x.tanh(),
  relu: (x) => x.relu(),
  sigmoid: (x) => x.sigmoid(),
  linear: (x) => x,
};

/** How neurons are made. */
export interface NeuronOptions {
  /** What the neuron does to its weighted sum, `"tanh"` by default. */
  activation?: Activation;
  /** Where the first weights come from; `new Random()` by default. */
  random?: Random;
}

/** How an {@linkcode MLP} is made. */
export interface MLPOptions extends NeuronOptions {
  /** What the last layer does to its weighted sums, `"linear"` by default. */
  outputActivation?: Activation;
}

/** What has parameters that training changes: a neuron, a layer, a network, or one of your own. */
export abstract class Module {
  /** Every number that training may change, always in the same order. */
  abstract parameters(): Value[];

  /** Sets the gradient of every parameter to 0, before the next backward pass. */
  zeroGrad(): void {
    const parameters = this.parameters();
    requireWritable(parameters, "network.zeroGrad()");
    for (const parameter of parameters) parameter.grad = 0;
  }
}

/**
 * A neuron: a weighted sum of its inputs plus a bias, then an activation.
 *
 * The weights begin uniform in [−1, 1), the bias at 0, as in Andrej Karpathy's micrograd.
 *
 * @example
 * ```ts
 * import { Neuron } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const neuron = new Neuron(2, { activation: "relu" });
 * neuron.weights[0].data = 3;
 * neuron.weights[1].data = -1;
 * assertEquals(neuron.forward([2, 4]).data, 2);
 * assertEquals(neuron.parameters().length, 3);
 * ```
 */
export class Neuron extends Module {
  /** One weight for each input. */
  readonly weights: readonly Value[];
  /** What is added to the weighted sum. */
  readonly bias: Value = new Value(0, { label: "b" });
  readonly #activation: Activation;

  /**
   * Makes a neuron with random weights.
   *
   * @param inputs how many inputs it has
   * @param options its activation and where the weights come from
   * @throws {TypeError} when `inputs` is not a number, `random` not a {@linkcode Random}, or there is
   *   no such option
   * @throws {RangeError} when `inputs` is not a count or the activation is unknown
   */
  constructor(inputs: number, options: NeuronOptions = {}) {
    super();
    requireNumber(inputs, "a count", "new Neuron(3)");
    requireNeuronOptions(options, "new Neuron(3");
    const { activation = "tanh", random = new Random() } = options;
    this.#activation = activation;
    this.weights = Array.from(
      { length: inputs },
      (_, k) => new Value(random.uniform(-1, 1), { label: `w${k + 1}` }),
    );
  }

  /**
   * What the neuron says to its inputs: activation(w · x + b).
   *
   * @param xs as many inputs as weights
   * @returns one Value
   * @throws {TypeError} when the inputs are not Values and numbers in an array
   * @throws {RangeError} when there are more or fewer inputs than weights
   */
  forward(xs: readonly (Value | number)[]): Value {
    requireInputs(xs, this.weights.length, "neuron.forward([2, 4])");
    return activations[this.#activation](Value.dot(this.weights, xs, this.bias));
  }

  /** The weights, then the bias. */
  parameters(): Value[] {
    return [...this.weights, this.bias];
  }
}

/**
 * A layer: neurons side by side, all with the same inputs.
 *
 * @example
 * ```ts
 * import { Layer } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new Layer(3, 4);
 * assertEquals(layer.forward([1, 2, 3]).length, 4);
 * assertEquals(layer.parameters().length, 4 * (3 + 1));
 * ```
 */
export class Layer extends Module {
  /** The neurons, one for each output. */
  readonly neurons: readonly Neuron[];

  /**
   * Makes a layer of neurons with random weights.
   *
   * @param inputs how many inputs each neuron has
   * @param outputs how many neurons there are
   * @param options their activation and where the weights come from
   * @throws {TypeError} when `inputs` or `outputs` is not a number, `random` not a
   *   {@linkcode Random}, or there is no such option
   * @throws {RangeError} when `inputs` or `outputs` is not a count or the activation is unknown
   */
  constructor(inputs: number, outputs: number, options: NeuronOptions = {}) {
    super();
    for (const count of [inputs, outputs]) requireNumber(count, "a count", "new Layer(3, 4)");
    requireNeuronOptions(options, "new Layer(3, 4");
    const { random = new Random() } = options;
    this.neurons = Array.from(
      { length: outputs },
      () => new Neuron(inputs, { ...options, random }),
    );
  }

  /**
   * What each neuron says to the inputs.
   *
   * @param xs the inputs
   * @returns one Value for each neuron
   * @throws {TypeError} when the inputs are not Values and numbers in an array
   * @throws {RangeError} when there are more or fewer inputs than weights
   */
  forward(xs: readonly (Value | number)[]): Value[] {
    requireInputs(xs, this.neurons[0].weights.length, "layer.forward([1, 2, 3])");
    return this.neurons.map((neuron) => neuron.forward(xs));
  }

  /** The parameters of each neuron, in order. */
  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }
}

/**
 * A multi-layer perceptron: layers in a row, each fed with the outputs of the one before.
 *
 * @example The network of lesson 08
 * ```ts
 * import { MLP, Random } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const network = new MLP(3, [4, 4, 1], { activation: "tanh", random: new Random(1) });
 * assertEquals(network.parameters().length, 41);
 * assertEquals(network.forward([2, 3, -1]).length, 1);
 * ```
 */
export class MLP extends Module {
  /** The layers, from the inputs on. */
  readonly layers: readonly Layer[];

  /**
   * Makes a network with random weights.
   *
   * @param inputs how many inputs it has
   * @param sizes how many neurons each layer has; the last is the number of outputs
   * @param options activations and where the weights come from
   * @throws {TypeError} when `sizes` are not numbers in an array, `random` is not a
   *   {@linkcode Random}, or there is no such option
   * @throws {RangeError} when a size is not a count, there is none, or an activation is unknown
   */
  constructor(inputs: number, sizes: readonly number[], options: MLPOptions = {}) {
    super();
    requireFilledArray(sizes, "new MLP(3, [4, 4, 1])");
    for (const count of [inputs, ...sizes]) {
      requireNumber(count, "a count", "new MLP(3, [4, 4, 1])");
    }
    requireNeuronOptions(options, "new MLP(3, [4, 4, 1]", ["activation", "outputActivation"]);
    const { activation, outputActivation = "linear", random = new Random() } = options;
    this.layers = sizes.map((size, k) =>
      new Layer(k === 0 ? inputs : sizes[k - 1], size, {
        activation: k === sizes.length - 1 ? outputActivation : activation,
        random,
      })
    );
  }

  /**
   * What the network says to the inputs.
   *
   * @param xs the inputs
   * @returns one Value for each neuron of the last layer
   * @throws {TypeError} when the inputs are not Values and numbers in an array
   * @throws {RangeError} when there are more or fewer inputs than the network takes
   */
  forward(xs: readonly (Value | number)[]): Value[] {
    const usage = "network.forward([2, 3, -1])";
    requireInputs(xs, this.layers[0].neurons[0].weights.length, usage);
    for (const x of xs) if (typeof x !== "number") requireInstance(x, Value, usage);
    let outputs: readonly (Value | number)[] = xs;
    for (const layer of this.layers) outputs = layer.forward(outputs);
    return outputs as Value[];
  }

  /** The parameters of each layer, in order. */
  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }
}

/** Asks for options of which some choose an activation and one is where the weights come from. */
function requireNeuronOptions(
  options: MLPOptions,
  usage: string,
  activationNames: readonly (keyof MLPOptions)[] = ["activation"],
): void {
  requireOptions(options, [...activationNames, "random"], `${usage}, { activation: "tanh" })`);
  for (const name of activationNames) {
    if (options[name] === undefined) continue;
    requireOneOf(options[name], Object.keys(activations), `${usage}, { ${name}: "tanh" })`);
  }
  if (options.random === undefined) return;
  requireInstance(options.random, Random, `${usage}, { random: new Random(42) })`);
}

function requireInputs(xs: readonly (Value | number)[], count: number, usage: string): void {
  requireArray(xs, usage);
  if (xs.length !== count) {
    throw new RangeError(
      `write ${usage} with as many inputs as weights, ${count}: got ${xs.length}`,
    );
  }
}
