/**
 * Optimisers: they update parameters from their gradients.
 *
 * @module
 */
import {
  keepName,
  requireArray,
  requireFilledArray,
  requireInstance,
  requireNumber,
  requireOptions,
  requireWritable,
} from "../arguments.ts";
import type { Kernel } from "../compile/compile.ts";
import { Value } from "../value.ts";

/** A number that an optimiser updates: a {@linkcode Value} or a parameter of a {@linkcode Kernel}. */
export interface Parameter {
  /** Its number. */
  data: number;
  /** The derivative of the loss with respect to it. */
  grad: number;
}

/** One parameter of a kernel: an index into its two arrays. */
class KernelParameter implements Parameter {
  readonly #kernel: Pick<Kernel, "parameters" | "gradients">;
  readonly #place: number;

  constructor(kernel: Pick<Kernel, "parameters" | "gradients">, place: number) {
    this.#kernel = kernel;
    this.#place = place;
  }

  get data(): number {
    return this.#kernel.parameters[this.#place];
  }
  set data(data: number) {
    requireNumber({ data }, "a number", "parameter.data = 3");
    this.#kernel.parameters[this.#place] = data;
  }

  get grad(): number {
    return this.#kernel.gradients[this.#place];
  }
  set grad(grad: number) {
    requireNumber({ grad }, "a number", "parameter.grad = 0");
    this.#kernel.gradients[this.#place] = grad;
  }
}

/**
 * The base class of optimisers, with the parameters and the learning rate. An optimiser of your own
 * only needs a `step()`, which then works for Values and for a compiled graph.
 */
export abstract class Optimizer {
  static {
    keepName(this, "Optimizer");
  }

  /** The parameters: the Values, or those of the kernel. */
  readonly parameters: readonly Parameter[];
  /** The learning rate, which scales a step. It may be changed between steps. */
  lr: number;

  /**
   * Stores the parameters and the learning rate.
   *
   * @param parameters the Values to update, or the kernel whose parameters to update; of several kernels
   *   that share parameters, any one
   * @param lr the learning rate
   * @throws {TypeError} when `parameters` is neither an array of Values nor a kernel, or `lr` is not a
   *   number
   * @throws {RangeError} when there is no parameter, one occurs twice or is the result of an operation,
   *   or `lr` is negative
   */
  constructor(parameters: readonly Value[] | Kernel, lr: number) {
    const usage = `new ${new.target.name}(network.parameters(), …)`;
    this.parameters = isKernel(parameters)
      ? Array.from(parameters.parameters, (_, place) => new KernelParameter(parameters, place))
      : requireParameters(parameters, usage);
    requireFilledArray({ parameters: this.parameters }, usage);
    requireNumber({ lr }, "a non-negative number", usage);
    this.lr = lr;
  }

  /** Updates every parameter once, from its gradient. */
  abstract step(): void;

  /** Sets the gradient of every parameter to 0, before the next backward pass. */
  zeroGrad(): void {
    requireWritable(this.parameters, "optimizer.zeroGrad()");
    for (const parameter of this.parameters) parameter.grad = 0;
  }
}

/** The settings of {@linkcode SGD}. The names and meanings are those of PyTorch. */
export interface SGDOptions {
  /** The learning rate, which scales a step. */
  lr: number;
  /** The fraction of the velocity kept from step to step, 0 by default. */
  momentum?: number;
  /** The multiple of the parameter itself that is added to its gradient, 0 by default. */
  weightDecay?: number;
}

/**
 * Stochastic gradient descent: each step moves every parameter against its gradient, by `lr`
 * times its gradient. With momentum it moves by a velocity, gradient + momentum · last velocity (Polyak,
 * 1964), as in PyTorch's `SGD`.
 *
 * @example
 * ```ts
 * import { SGD, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Value(3);
 * const optimizer = new SGD([x], { lr: 0.25 });
 * x.mul(x).backward();
 * optimizer.step();
 * assertEquals(x.data, 1.5);
 * ```
 *
 * @example The parameters of a compiled graph
 * ```ts
 * import { compile, SGD, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Value(0), w = new Value(3);
 * const kernel = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w] });
 * const optimizer = new SGD(kernel, { lr: 0.25 });
 * optimizer.zeroGrad();
 * kernel.backward([1]);
 * optimizer.step();
 * assertEquals(kernel.parameters[0], 1.5);
 * ```
 */
export class SGD extends Optimizer {
  static {
    keepName(this, "SGD");
  }

  readonly #momentum: number;
  readonly #weightDecay: number;
  readonly #velocity: Float64Array;

  /**
   * Makes an optimiser for these parameters.
   *
   * @param parameters the Values to update, or the kernel whose parameters to update
   * @param options the learning rate and the other settings
   * @throws {TypeError} when `parameters` is neither an array of Values nor a kernel, an option is not
   *   a number, or an option is unknown
   * @throws {RangeError} when there is no parameter, one occurs twice or is the result of an operation,
   *   or an option is negative
   */
  constructor(parameters: readonly Value[] | Kernel, options: SGDOptions) {
    const names = ["lr", "momentum", "weightDecay"];
    requireOptions({ options }, names, "new SGD(network.parameters(), { lr: 0.1 })");
    const { lr, momentum = 0, weightDecay = 0 } = options;
    requireSettings({ lr, momentum, weightDecay }, "SGD");
    super(parameters, lr);
    this.#momentum = momentum;
    this.#weightDecay = weightDecay;
    this.#velocity = new Float64Array(this.parameters.length);
  }

  /** Updates every parameter once. */
  step(): void {
    requireNumber({ lr: this.lr }, "a non-negative number", "optimizer.lr = 0.1");
    requireWritable(this.parameters, "optimizer.step()");
    this.parameters.forEach((parameter, k) => {
      const gradient = parameter.grad + this.#weightDecay * parameter.data;
      this.#velocity[k] = this.#momentum * this.#velocity[k] + gradient;
      parameter.data -= this.lr * this.#velocity[k];
    });
  }
}

/** The settings of {@linkcode AdamW}. The names, meanings and defaults are those of PyTorch. */
export interface AdamWOptions {
  /** The learning rate, about the size of one step; 0.001 by default. */
  lr?: number;
  /** The decay rates of the running means of the gradient and of its square; [0.9, 0.999] by default. */
  betas?: readonly [number, number];
  /** Added to the denominator, so that it is never 0; 1e-8 by default. */
  eps?: number;
  /** Each step multiplies every parameter by 1 − lr · weightDecay; 0.01 by default. */
  weightDecay?: number;
}

/**
 * AdamW (Loshchilov and Hutter, 2019), as in PyTorch: each parameter is updated by the running mean of its
 * gradient divided by the root of the running mean of its square, and decays a little.
 *
 * @example The first step is about lr, whatever the size of the gradient
 * ```ts
 * import { AdamW, Value } from "@micro-grad/micro-grad";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Value(3);
 * const optimizer = new AdamW([x], { lr: 0.1, weightDecay: 0 });
 * x.mul(1000).backward();
 * optimizer.step();
 * assertAlmostEquals(x.data, 2.9, 1e-9);
 * ```
 */
export class AdamW extends Optimizer {
  static {
    keepName(this, "AdamW");
  }

  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #weightDecay: number;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  #steps = 0;

  /**
   * Makes an optimiser for these parameters.
   *
   * @param parameters the Values to update, or the kernel whose parameters to update
   * @param options the learning rate and the other settings
   * @throws {TypeError} when `parameters` is neither an array of Values nor a kernel, an option is not
   *   a number, or an option is unknown
   * @throws {RangeError} when there is no parameter, one occurs twice or is the result of an operation,
   *   an option is negative or a beta is not below 1
   */
  constructor(parameters: readonly Value[] | Kernel, options: AdamWOptions = {}) {
    const names = ["lr", "betas", "eps", "weightDecay"];
    requireOptions({ options }, names, "new AdamW(network.parameters(), { lr: 0.1 })");
    const { lr = 0.001, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 } = options;
    requireSettings({ lr, eps, weightDecay }, "AdamW");
    const usage = "new AdamW(network.parameters(), { betas: [0.9, 0.999] })";
    requireArray({ betas }, usage);
    const [beta1, beta2] = betas;
    requireNumber({ "betas[0]": beta1, "betas[1]": beta2 }, "a number from 0 to below 1", usage);
    super(parameters, lr);
    this.#betas = [beta1, beta2];
    this.#eps = eps;
    this.#weightDecay = weightDecay;
    this.#means = new Float64Array(this.parameters.length);
    this.#squares = new Float64Array(this.parameters.length);
  }

  /** Updates every parameter once. */
  step(): void {
    requireNumber({ lr: this.lr }, "a non-negative number", "optimizer.lr = 0.1");
    requireWritable(this.parameters, "optimizer.step()");
    this.#steps++;
    const [beta1, beta2] = this.#betas;
    // Both means start at 0; dividing by these corrects that bias.
    const correction1 = 1 - beta1 ** this.#steps;
    const correction2 = 1 - beta2 ** this.#steps;
    this.parameters.forEach((parameter, k) => {
      const gradient = parameter.grad;
      this.#means[k] = beta1 * this.#means[k] + (1 - beta1) * gradient;
      this.#squares[k] = beta2 * this.#squares[k] + (1 - beta2) * gradient ** 2;
      const scale = Math.sqrt(this.#squares[k] / correction2) + this.#eps;
      parameter.data *= 1 - this.lr * this.#weightDecay;
      parameter.data -= this.lr * (this.#means[k] / correction1) / scale;
    });
  }
}

/** Throws unless each option is a non-negative number. */
function requireSettings(options: Record<string, number>, optimizer: string): void {
  for (const [name, option] of Object.entries(options)) {
    const usage = `new ${optimizer}(network.parameters(), { ${name}: 0.1 })`;
    requireNumber({ [name]: option }, "a non-negative number", usage);
  }
}

function isKernel(thing: readonly Value[] | Kernel): thing is Kernel {
  const { parameters, gradients } = (thing ?? {}) as Partial<Kernel>;
  return parameters instanceof Float64Array && gradients instanceof Float64Array;
}

/** Throws unless the array consists of leaves, each once; returns a copy of it. */
function requireParameters(parameters: readonly Value[], usage: string): readonly Value[] {
  requireArray({ parameters }, usage);
  const seen = new Set<Value>();
  for (const [k, parameter] of parameters.entries()) {
    requireInstance({ [`parameters[${k}]`]: parameter }, Value, usage);
    if (parameter.op !== "" || seen.has(parameter)) {
      throw new RangeError(
        `write ${usage} with leaves, each once: parameters[${k}], ${parameter}, ` +
          (parameter.op === "" ? "is there twice" : `is the result of ${parameter.op}`),
      );
    }
    seen.add(parameter);
  }
  return [...parameters];
}
