// The network of lesson 11, compared with the numbers of tests/torch/gpt.py.
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { lossOf, newWeights, tokensOf } from "../../lessons/gpt.ts";
import { AdamW, Random } from "../../mod.ts";
import golden from "./gpt.json" with { type: "json" };

/** The weights of gpt.py: parameter k is 0.12 · sin k². */
function goldenWeights() {
  const weights = newWeights(new Random(0));
  const parameters = Object.values(weights).flat(2);
  for (const [k, parameter] of parameters.entries()) parameter.data = 0.12 * Math.sin(k ** 2);
  return { weights, parameters };
}

function assertClose(actual: number, expected: number, what: string): void {
  assertAlmostEquals(actual, expected, 1e-9 * Math.abs(expected) + 1e-13, what);
}

Deno.test("the gradient of lesson 11's network agrees with PyTorch", () => {
  const { weights, parameters } = goldenWeights();
  assertEquals(parameters.length, 4192);
  lossOf(weights, tokensOf(golden.names[0])).backward();
  for (const [name, rows] of Object.entries(weights)) {
    const { row, sum } = golden.gradient[name as keyof typeof weights];
    row.forEach((number, k) => assertClose(rows[2][k].grad, number, `${name}[2][${k}]`));
    const sumOfAll = rows.flat().reduce((sum, { grad }, k) => sum + grad * Math.cos(k), 0);
    assertClose(sumOfAll, sum, name);
  }
});

Deno.test("40 steps of lesson 11's training agree with PyTorch", () => {
  const { weights, parameters } = goldenWeights();
  const optimizer = new AdamW(parameters, { lr: 0.01, betas: [0.85, 0.99], weightDecay: 0 });
  for (const [step, expected] of golden.losses.entries()) {
    const loss = lossOf(weights, tokensOf(golden.names[step % golden.names.length]));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.lr = 0.01 * (1 - step / 1000);
    optimizer.step();
    assertClose(loss.data, expected, `step ${step}`);
  }
});
