// Losses, optimisers and training runs, checked against the numbers of tests/torch/training.py.
import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  AdamW,
  type AdamWOptions,
  compile,
  crossEntropy,
  l2,
  maxMargin,
  meanSquaredError,
  MLP,
  type Optimizer,
  type Parameter,
  SGD,
  type SGDOptions,
  Value,
} from "../../mod.ts";
import golden from "./training.json" with { type: "json" };

/** Compares to nine digits; what should be 0, exactly. */
function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  for (const [k, number] of expected.entries()) {
    assertAlmostEquals(actual[k], number, 1e-9 * Math.abs(number), `number ${k} of the list`);
  }
}

/** Compares a result and, after its backward pass, the gradients of what it was made from. */
function assertGolden(
  output: Value,
  inputs: readonly Value[],
  { result, gradient }: { result: number; gradient: readonly number[] },
): void {
  output.backward();
  assertClose([output.data], [result]);
  assertClose(inputs.map(({ grad }) => grad), gradient);
}

const toValues = (numbers: readonly number[]) => numbers.map((number) => new Value(number));
const toNumbers = (values: readonly Parameter[]) => values.map(({ data }) => data);

Deno.test("Value.sum() agrees with PyTorch", () => {
  for (const expected of golden.sum) {
    const values = toValues(expected.values);
    assertGolden(Value.sum(values), values, expected);
  }
});

Deno.test("Value.dot() agrees with PyTorch", () => {
  for (const expected of golden.dot) {
    const weights = toValues(expected.weights), inputs = toValues(expected.inputs);
    const bias = new Value(expected.bias);
    assertGolden(Value.dot(weights, inputs, bias), [...weights, ...inputs, bias], expected);
  }
});

Deno.test("meanSquaredError() agrees with PyTorch", () => {
  for (const expected of golden.meanSquaredError) {
    const predictions = toValues(expected.predictions);
    assertGolden(meanSquaredError(predictions, expected.targets), predictions, expected);
  }
});

Deno.test("maxMargin() agrees with PyTorch", () => {
  for (const expected of golden.maxMargin) {
    const scores = toValues(expected.scores);
    assertGolden(maxMargin(scores, expected.labels), scores, expected);
  }
});

Deno.test("crossEntropy() agrees with PyTorch, for huge logits too", () => {
  for (const expected of golden.crossEntropy) {
    const logits = expected.logits.map(toValues), gradient = expected.gradient.flat();
    assertGolden(crossEntropy(logits, expected.targets), logits.flat(), { ...expected, gradient });
  }
});

Deno.test("l2() agrees with PyTorch", () => {
  for (const expected of golden.l2) {
    const parameters = toValues(expected.parameters);
    assertGolden(l2(parameters, expected.strength), parameters, expected);
  }
});

for (const { optimizer: name, options, lrFactor, after } of golden.optimizers.runs) {
  Deno.test(`${name} ${JSON.stringify(options)}, lr · ${lrFactor} a step, agrees with PyTorch`, () => {
    const { start, gradients } = golden.optimizers;
    const parameters = toValues(start);
    const optimizer = name === "SGD"
      ? new SGD(parameters, options as SGDOptions)
      : new AdamW(parameters, options as AdamWOptions);
    for (const [step, expected] of after.entries()) {
      for (const [k, parameter] of parameters.entries()) parameter.grad = gradients[step][k];
      optimizer.step();
      assertClose(toNumbers(parameters), expected);
      optimizer.lr *= lrFactor;
    }
  });

  Deno.test(`${name} ${JSON.stringify(options)}, lr · ${lrFactor} a step, of a kernel agrees with PyTorch`, () => {
    const { start, gradients } = golden.optimizers;
    const parameters = toValues(start), slopes = toValues(start.map(() => 0));
    const kernel = compile(Value.dot(parameters, slopes), { inputs: slopes, parameters });
    const optimizer = name === "SGD"
      ? new SGD(kernel, options as SGDOptions)
      : new AdamW(kernel, options as AdamWOptions);
    for (const [step, expected] of after.entries()) {
      optimizer.zeroGrad();
      kernel.backward(gradients[step]);
      optimizer.step();
      assertClose([...kernel.parameters], expected);
      optimizer.lr *= lrFactor;
    }
  });
}

/** Trains a network from the golden weights and compares the loss of each step and the last weights. */
function assertTrains(
  optimizer: Optimizer,
  loss: () => Value,
  { initial, losses, final }: Record<"initial" | "losses" | "final", readonly number[]>,
): void {
  assertEquals(optimizer.parameters.length, initial.length);
  for (const [k, parameter] of optimizer.parameters.entries()) parameter.data = initial[k];
  const actual = losses.map(() => {
    optimizer.zeroGrad();
    const current = loss();
    current.backward();
    optimizer.step();
    return current.data;
  });
  assertClose(actual, losses);
  assertClose(toNumbers(optimizer.parameters), final);
}

Deno.test("50 steps of SGD on the lecture's four examples agree with PyTorch", () => {
  const { inputs, targets, lr, ...run } = golden.regression;
  const network = new MLP(3, [4, 4, 1], { activation: "tanh", outputActivation: "tanh" });
  const loss = () => meanSquaredError(inputs.map((x) => network.forward(x)[0]), targets);
  assertTrains(new SGD(network.parameters(), { lr }), loss, run);
});

Deno.test("30 steps of AdamW on a max-margin loss with L2 agree with PyTorch", () => {
  const { inputs, labels, l2: strength, options, ...run } = golden.classification;
  const network = new MLP(2, [8, 8, 1], { activation: "relu" });
  const parameters = network.parameters();
  const loss = () =>
    maxMargin(inputs.map((x) => network.forward(x)[0]), labels).add(l2(parameters, strength));
  assertTrains(new AdamW(parameters, options), loss, run);
});
