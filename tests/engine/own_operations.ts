// Operations that are not in the tables, as a learner adds them with defineOperation().
import type { ListOperation, LocalDerivative, Operation } from "../../mod.ts";

/** An operation on one number. */
export type Unary = Operation & { readonly locals: readonly [LocalDerivative] };

export const squareEntry: Unary = {
  symbol: "square",
  formula: "a^2",
  value: (a) => a * a,
  locals: [{ formula: "2 * a", value: (a) => 2 * a }],
};

/** The sum of squares, which compiled code writes as a loop. */
export const squaresEntry: ListOperation = {
  symbol: "squares",
  formula: (n) => Array.from({ length: n }, (_, k) => `x${k + 1}^2`).join(" + ") || "0",
  value: (x) => Array.from(x).reduce((sum, x) => sum + x * x, 0),
  localFormula: (k) => `2 * x${k + 1}`,
  locals: (x, into) => {
    for (let k = 0; k < x.length; k++) into[k] = 2 * x[k];
    return into;
  },
  terms: squareEntry,
};
