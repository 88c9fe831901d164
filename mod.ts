/**
 * Micro Grad: a scalar autograd engine to learn from.
 *
 * @module
 */
export { Value } from "./engine/value.ts";
export {
  derivative,
  type DerivativeOptions,
  gradCheck,
  type GradCheckRow,
  valueAndGrad,
} from "./engine/derivative.ts";
export { type BackwardStep, backwardSteps, type Contribution } from "./engine/backward_steps.ts";
export { compile, type CompileOptions, type Kernel } from "./engine/compile/compile.ts";
export { defineOperation } from "./engine/define_operation.ts";
export type { ListOperation, LocalDerivative, Operation } from "./engine/operations.ts";
export { draw, type Drawing, type DrawOptions } from "./engine/draw/draw.ts";
export { explain, type Explanation, type ExplanationStep } from "./engine/explain/explain.ts";
export { Random } from "./engine/random.ts";
export {
  type Activation,
  Layer,
  MLP,
  type MLPOptions,
  Module,
  Neuron,
  type NeuronOptions,
} from "./engine/nn/network.ts";
export { crossEntropy, l2, maxMargin, meanSquaredError } from "./engine/nn/losses.ts";
export {
  AdamW,
  type AdamWOptions,
  Optimizer,
  type Parameter,
  SGD,
  type SGDOptions,
} from "./engine/nn/optimizers.ts";
