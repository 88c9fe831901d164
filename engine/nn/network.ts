/**
 * Neurons, layers and networks, made of Values.
 *
 * @module
 */
import {
  inWords,
  keepName,
  refusal,
  requireArray,
  requireFilledArray,
  requireInstance,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireWritable,
} from "../arguments.ts";
import { Random } from "../random.ts";
import { Value } from "../value.ts";

/** The function that a neuron applies to its weighted sum; `"linear"` leaves it as it is. */
export type Activation = "tanh" | "relu" | "sigmoid" | "linear";

const activations: Record<Activation, (x: Value) => Value> = {
  tanh: (x) => x.tanh(),
  relu: (x) => x.relu(),
  sigmoid: (x) => x.sigmoid(),
  linear: (x) => x,
};

/** The options of a {@linkcode Neuron} and a {@linkcode Layer}. */
export interface NeuronOptions {
  /** The activation function, `"tanh"` by default. */
  activation?: Activation;
  /** The generator of the initial weights; `new Random()` by default. */
  random?: Random;
}

/** The options of an {@linkcode MLP}. */
export interface MLPOptions extends NeuronOptions {
  /** The activation function of the last layer, `"linear"` by default. */
  outputActivation?: Activation;
}

/** Anything with trainable parameters: a neuron, a layer, a network, or a class of your own. */
export abstract class Module {
  static {
    keepName(this, "Module");
  }

  /** The trainable parameters, always in the same order. */
  abstract parameters(): Value[];

  /** Sets the gradient of every parameter to 0, before the next backward pass. */
  zeroGrad(): void {
    const parameters = this.parameters();
    requireWritable(parameters, "network.zeroGrad()");
    for (const parameter of parameters) parameter.grad = 0;
  }

  /**
   * The numbers of the parameters by name, for saving as JSON. As in PyTorch, a name is the path of
   * public fields and indices that leads to the parameter: `"layers.0.neurons.0.bias"`.
   *
   * @returns an object with one number for each parameter
   * @throws {Error} when a parameter is not in a public field, so that it has no name
   *
   * @example
   * ```ts
   * import { MLP } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const trained = new MLP(2, [3, 1]), other = new MLP(2, [3, 1]);
   * const json = JSON.stringify(trained.stateDict());
   * other.loadStateDict(JSON.parse(json));
   * assertEquals(other.forward([1, 2])[0].data, trained.forward([1, 2])[0].data);
   * ```
   */
  stateDict(): Record<string, number> {
    const named = namedParameters(this, "network.stateDict()");
    return Object.fromEntries(named.map(([name, { data }]) => [name, data]));
  }

  /**
   * Sets the parameters to the numbers of a {@linkcode Module.stateDict}.
   *
   * @param state the numbers by name, of a module of the same shape
   * @throws {TypeError} when `state` is not an object of numbers or a parameter is frozen; no parameter
   *   is changed then. JSON has no NaN or Infinity: they are saved as null and refused here
   * @throws {RangeError} when `state` lacks a parameter or has another one; no parameter is changed then
   * @throws {Error} when a parameter is not in a public field, so that it has no name
   */
  loadStateDict(state: Record<string, number>): void {
    const usage = "network.loadStateDict(state)";
    const named = namedParameters(this, usage);
    if (inWords(state) !== "an object") {
      throw new TypeError(refusal({ state }, "an object of numbers", usage));
    }
    const names = new Set(named.map(([name]) => name));
    const missing = named.find(([name]) => !Object.hasOwn(state, name))?.[0];
    const surplus = Object.keys(state).find((name) => !names.has(name));
    if (missing !== undefined || surplus !== undefined) {
      const which = missing === undefined
        ? `"${surplus}" is not in the network`
        : `"${missing}" is not in the state`;
      throw new RangeError(
        `write ${usage} with the state of a network of the same shape: ${which} ` +
          `(${Object.keys(state).length} parameters in the state, ${names.size} in the network)`,
      );
    }
    for (const name of names) {
      requireNumber({ [`state["${name}"]`]: state[name] }, "a number", usage);
    }
    requireWritable(named.map(([, parameter]) => parameter), usage);
    for (const [name, parameter] of named) parameter.data = state[name];
  }
}

/** The parameters of a module, each with the path of the public fields that leads to it. */
function namedParameters(module: Module, usage: string): [name: string, parameter: Value][] {
  const unnamed = new Set(module.parameters()), seen = new Set<unknown>();
  const named: [string, Value][] = [];
  const visit = (thing: unknown, path: readonly string[]) => {
    if (seen.has(thing)) return;
    seen.add(thing);
    if (thing instanceof Value) {
      if (unnamed.delete(thing)) named.push([path.join("."), thing]);
    } else if (thing instanceof Module || Array.isArray(thing) || inWords(thing) === "an object") {
      for (const [key, part] of Object.entries(thing as object)) {
        visit(part, [...path, key]);
      }
    }
  };
  visit(module, []);
  for (const parameter of unnamed) {
    throw new Error(
      `write ${usage} on a module with its parameters in public fields: ${parameter} is in none`,
    );
  }
  return named;
}

/**
 * A neuron: a weighted sum of its inputs plus a bias, then an activation.
 *
 * The weights are drawn uniformly from [−1, 1), the bias starts at 0, as in Andrej Karpathy's micrograd.
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
  static {
    keepName(this, "Neuron");
  }

  /** One weight for each input. */
  readonly weights: readonly Value[];
  /** Added to the weighted sum. */
  readonly bias: Value = new Value(0, { label: "b" });
  readonly #activation: Activation;

  /**
   * Makes a neuron with random weights.
   *
   * @param inputs the number of inputs
   * @param options the activation and the generator of the weights
   * @throws {TypeError} when `inputs` is not a number, `random` is not a {@linkcode Random}, or an option
   *   is unknown
   * @throws {RangeError} when `inputs` is not a positive integer or the activation is unknown
   */
  constructor(inputs: number, options: NeuronOptions = {}) {
    super();
    requireNumber({ inputs }, "a positive integer", "new Neuron(3)");
    requireNeuronOptions(options, "new Neuron(3");
    const { activation = "tanh", random = new Random() } = options;
    this.#activation = activation;
    this.weights = Array.from(
      { length: inputs },
      (_, k) => new Value(random.uniform(-1, 1), { label: `w${k + 1}` }),
    );
  }

  /**
   * The neuron's output: activation(w · x + b).
   *
   * @param xs the inputs, as many as weights
   * @returns one Value
   * @throws {TypeError} when `xs` is not an array of Values and numbers
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
  static {
    keepName(this, "Layer");
  }

  /** The neurons, one for each output. */
  readonly neurons: readonly Neuron[];

  /**
   * Makes a layer of neurons with random weights.
   *
   * @param inputs the number of inputs of each neuron
   * @param outputs the number of neurons
   * @param options the activation and the generator of the weights
   * @throws {TypeError} when `inputs` or `outputs` is not a number, `random` is not a
   *   {@linkcode Random}, or an option is unknown
   * @throws {RangeError} when `inputs` or `outputs` is not a positive integer or the activation is unknown
   */
  constructor(inputs: number, outputs: number, options: NeuronOptions = {}) {
    super();
    requireNumber({ inputs, outputs }, "a positive integer", "new Layer(3, 4)");
    requireNeuronOptions(options, "new Layer(3, 4");
    const { random = new Random() } = options;
    this.neurons = Array.from(
      { length: outputs },
      () => new Neuron(inputs, { ...options, random }),
    );
  }

  /**
   * The output of each neuron.
   *
   * @param xs the inputs
   * @returns one Value for each neuron
   * @throws {TypeError} when `xs` is not an array of Values and numbers
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
 * A multi-layer perceptron: layers in sequence, each fed with the outputs of the one before.
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
  static {
    keepName(this, "MLP");
  }

  /** The layers, the first of which gets the inputs. */
  readonly layers: readonly Layer[];

  /**
   * Makes a network with random weights.
   *
   * @param inputs the number of inputs
   * @param sizes the number of neurons in each layer; the last is the number of outputs
   * @param options the activations and the generator of the weights
   * @throws {TypeError} when `inputs` is not a number, `sizes` is not an array of numbers, `random` is not
   *   a {@linkcode Random}, or an option is unknown
   * @throws {RangeError} when `inputs` or a size is not a positive integer, `sizes` is empty, or an
   *   activation is unknown
   */
  constructor(inputs: number, sizes: readonly number[], options: MLPOptions = {}) {
    super();
    const usage = "new MLP(3, [4, 4, 1])";
    requireFilledArray({ sizes }, usage);
    requireNumber({ inputs }, "a positive integer", usage);
    for (const [k, size] of sizes.entries()) {
      requireNumber({ [`sizes[${k}]`]: size }, "a positive integer", usage);
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
   * The network's outputs.
   *
   * @param xs the inputs
   * @returns one Value for each neuron of the last layer
   * @throws {TypeError} when `xs` is not an array of Values and numbers
   * @throws {RangeError} when there are more or fewer inputs than the network takes
   */
  forward(xs: readonly (Value | number)[]): Value[] {
    const usage = "network.forward([2, 3, -1])";
    requireInputs(xs, this.layers[0].neurons[0].weights.length, usage);
    for (let k = 0; k < xs.length; k++) {
      if (typeof xs[k] !== "number") requireInstance({ [`xs[${k}]`]: xs[k] }, Value, usage);
    }
    let outputs: readonly (Value | number)[] = xs;
    for (const layer of this.layers) outputs = layer.forward(outputs);
    return outputs as Value[];
  }

  /** The parameters of each layer, in order. */
  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }
}

/** Throws unless `options` has known activations and a {@linkcode Random}, and nothing else. */
function requireNeuronOptions(
  options: MLPOptions,
  usage: string,
  activationNames: readonly (keyof MLPOptions)[] = ["activation"],
): void {
  requireOptions({ options }, [...activationNames, "random"], `${usage}, { activation: "tanh" })`);
  for (const name of activationNames) {
    const choice = options[name];
    if (choice === undefined) continue;
    requireOneOf({ [name]: choice }, Object.keys(activations), `${usage}, { ${name}: "tanh" })`);
  }
  const { random } = options;
  if (random === undefined) return;
  requireInstance({ random }, Random, `${usage}, { random: new Random(42) })`);
}

function requireInputs(xs: readonly (Value | number)[], count: number, usage: string): void {
  if (!Array.isArray(xs)) requireArray({ xs }, usage);
  if (xs.length !== count) {
    throw new RangeError(
      `write ${usage} with as many inputs as weights, ${count}: xs has ${xs.length}`,
    );
  }
}
