import text from "../../exercises/03_chain_rule.ts" with { type: "text" };
import { holes } from "../../exercises/checks/03_chain_rule.ts";
import checks from "../../exercises/checks/03_chain_rule.ts" with { type: "text" };
import solutions from "../../exercises/solutions/03_chain_rule.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("03_chain_rule", { text, solutions, checks, holes }, {
  throughL: [
    ["return [e, d];", "times the upstream gradient is missing"],
    ["return [d * dL_dL, e * dL_dL];", "swap the two"],
    ["return [e + dL_dL, d + dL_dL];", "not added"],
    ["return [-e * dL_dL, -d * dL_dL];", "sign is the wrong way round"],
    ["return [d, e];", "own number is not its local derivative"],
    ["return [dL_dL, dL_dL];", "1 in a sum only"],
    ["return [dL_dL / e, dL_dL / d];", "Nudge d by h"],
    ["return [Math.round(e * dL_dL), Math.round(d * dL_dL)];", "Right before, but not here."],
  ],
  throughD: [
    ["return [1, 1];", "times the upstream gradient is missing"],
    ["return [b * dL_dd, a * dL_dd];", "rule of a product"],
    ["return [dL_dd / 2, dL_dd / 2];", "does not divide it"],
    ["return [a * dL_dd, b * dL_dd];", "do not matter"],
    ["return [1 / dL_dd, 1 / dL_dd];", "Nudge a by h"],
    ["return [Math.round(dL_dd), Math.round(dL_dd)];", "Right before, but not here."],
  ],
  throughE: [
    ["return [dL_de, dL_de];", "1 in a sum only"],
    ["return [f, c];", "times the upstream gradient is missing"],
    ["return [f * dL_de];", "a list of 1, and should return one of 2"],
    ["return [dL_de / f, dL_de / c];", "It is a product"],
    ["return [Math.round(f * dL_de), Math.round(c * dL_de)];", "Right before, but not here."],
  ],
  derivatives: [
    [
      `const [dd, de] = throughL(d, e, 0), [da, db] = throughD(a, b, dd), [dc, df] = throughE(c, f, de);
     return { L: 0, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
      "With 0, nothing arrives",
    ],
    [
      `const [dd, de] = throughL(d, e, 1), [da, db] = throughD(a, b, de), [dc, df] = throughE(c, f, de);
     return { L: 1, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
      "what arrives there is dL/dd",
    ],
    [
      "const [dd, de] = throughL(d, e, 1); return { L: 1, d: dd, e: de };",
      "a is missing in the object",
    ],
    [
      `const L = d * e, [dd, de] = throughL(d, e, L), [da, db] = throughD(a, b, dd), [dc, df] = throughE(c, f, de);
     return { L, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
      "exactly as fast as itself",
    ],
    [
      `const [dd, de] = throughL(d, e, 1), [da, db] = throughD(a, b, dd), [dc, df] = throughE(c, f, dd);
     return { L: 1, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
      "what arrives there is dL/de",
    ],
    [
      `const [dd, de] = throughL(d, e, 1), [da, db] = throughD(a, b, 1), [dc, df] = throughE(c, f, 1);
     return { L: 1, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
      "not 1",
    ],
    ["return { L: 1, d, e, a, b, c, f };", "throughL finds those of d and e"],
  ],
  stepped: [
    ["return (a + b) * (c * f);", "before the step"],
    [
      "return (a - size * da + b - size * db) * ((c - size * dc) * (f - size * df));",
      "against the gradient",
    ],
    [
      "return (a + b) * c * f + size * (da * da + db * db + dc * dc + df * df);",
      "what the gradient predicts",
    ],
    ["return (a + da + b + db) * ((c + dc) * (f + df));", "Times `size` is missing"],
    ["return (a + size + b + size) * ((c + size) * (f + size));", "not by size"],
    [
      "return (a * size * da + b * size * db) * (c * size * dc * f * size * df);",
      "a becomes a + size",
    ],
  ],
}, {
  throughL: [
    "const h = 1e-6; return [((d + h) * e - d * e) / h * dL_dL, (d * (e + h) - d * e) / h * dL_dL];",
    "const h = 1e-7; return [((d + h) * e - d * e) / h * dL_dL, (d * (e + h) - d * e) / h * dL_dL];",
  ],
  throughD: [
    "const h = 1e-7; return [((a + h + b) - (a + b)) / h, ((a + b + h) - (a + b)) / h].map((x) => x * dL_dd);",
  ],
  throughE: [
    "const h = 1e-6; return [((c + h) * f - c * f) / h * dL_de, (c * (f + h) - c * f) / h * dL_de];",
  ],
});
