/**
 * Micro Grad: a scalar autograd engine to learn from.
 *
 * @module
 */
export { Value } from "./engine/value.ts";
export {
  derivative,
  type DerivativeOptions,
  type GradCheck,
  gradCheck,
  type GradCheckRow,
} from "./engine/derivative.ts";
