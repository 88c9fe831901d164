/**
 * Wrong answers that people give: the exercise, the hole, what stands in it instead of
 * `return todo();`, and a piece of the hint that they must get.
 *
 * @module
 */
export type WrongAnswer = readonly [exercise: string, hole: string, code: string, hint: string];

export const wrongAnswers: readonly WrongAnswer[] = [
  ["03_chain_rule", "throughL", "return [e, d];", "times the upstream gradient is missing"],
  ["03_chain_rule", "throughL", "return [d * dL_dL, e * dL_dL];", "swap the two"],
  ["03_chain_rule", "throughL", "return [e + dL_dL, d + dL_dL];", "not added"],
  ["03_chain_rule", "throughL", "return [-e * dL_dL, -d * dL_dL];", "sign is the wrong way round"],
  ["03_chain_rule", "throughD", "return [1, 1];", "times the upstream gradient is missing"],
  ["03_chain_rule", "throughD", "return [b * dL_dd, a * dL_dd];", "rule of a product"],
  ["03_chain_rule", "throughD", "return [dL_dd / 2, dL_dd / 2];", "does not divide it"],
  ["03_chain_rule", "throughE", "return [dL_de, dL_de];", "1 in a sum only"],
  ["03_chain_rule", "throughE", "return [f, c];", "times the upstream gradient is missing"],
  ["03_chain_rule", "throughE", "return [f * dL_de];", "a list of 1, and should return one of 2"],
  [
    "03_chain_rule",
    "derivatives",
    `const [dd, de] = throughL(d, e, 0), [da, db] = throughD(a, b, dd), [dc, df] = throughE(c, f, de);
     return { L: 0, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
    "With 0, nothing arrives",
  ],
  [
    "03_chain_rule",
    "derivatives",
    `const [dd, de] = throughL(d, e, 1), [da, db] = throughD(a, b, de), [dc, df] = throughE(c, f, de);
     return { L: 1, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
    "what arrives there is dL/dd",
  ],
  [
    "03_chain_rule",
    "derivatives",
    "const [dd, de] = throughL(d, e, 1); return { L: 1, d: dd, e: de };",
    "a is missing in the object",
  ],
  ["03_chain_rule", "stepped", "return (a + b) * (c * f);", "before the step"],
  [
    "03_chain_rule",
    "stepped",
    "return (a - size * da + b - size * db) * ((c - size * dc) * (f - size * df));",
    "against the gradient",
  ],
  [
    "03_chain_rule",
    "stepped",
    "return (a + b) * c * f + size * (da * da + db * db + dc * dc + df * df);",
    "what the gradient predicts",
  ],
];
