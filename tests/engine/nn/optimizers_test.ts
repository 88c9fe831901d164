// What optimisers do and when they throw; their numbers are checked against PyTorch in
// tests/torch/training_test.ts.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { AdamW, compile, MLP, Optimizer, SGD, Value } from "../../../mod.ts";

Deno.test("SGD subtracts lr times the gradient, with the current lr", () => {
  const x = new Value(3), y = new Value(-1);
  const optimizer = new SGD([x, y], { lr: 0.25 });
  [x.grad, y.grad] = [2, -8];
  optimizer.step();
  assertEquals([x.data, y.data], [2.5, 1]);
  optimizer.lr = 0.5;
  optimizer.step();
  assertEquals([x.data, y.data], [1.5, 5]);
  optimizer.lr = 0;
  optimizer.step();
  assertEquals([x.data, y.data], [1.5, 5]);
});

Deno.test("SGD with momentum keeps moving where the gradient has become 0", () => {
  const x = new Value(0), optimizer = new SGD([x], { lr: 1, momentum: 0.5 });
  x.grad = -8;
  optimizer.step();
  optimizer.zeroGrad();
  optimizer.step();
  optimizer.step();
  assertEquals(x.data, 8 + 4 + 2);
});

Deno.test("AdamW moves by about lr whatever the size of the gradient, and decays parameters without one", () => {
  for (const grad of [1e-3, 1, 1e6]) {
    const x = new Value(3), optimizer = new AdamW([x], { weightDecay: 0 });
    x.grad = grad;
    optimizer.step();
    assertAlmostEquals(x.data, 3 - 0.001, 1e-7, `${grad}`);
  }
  const x = new Value(4), optimizer = new AdamW([x], { lr: 0.5, weightDecay: 0.25 });
  optimizer.step();
  assertEquals(x.data, 4 * (1 - 0.5 * 0.25));
});

Deno.test("zeroGrad() clears the gradient of every parameter", () => {
  const x = new Value(3), y = new Value(2), other = new Value(1);
  x.mul(y).mul(other).backward();
  new SGD([x, y], { lr: 1 }).zeroGrad();
  assertEquals([x.grad, y.grad, other.grad], [0, 0, 6]);
});

Deno.test("optimisers find the bottom of a bowl", () => {
  const optimizers = [
    (parameters: Value[]) => new SGD(parameters, { lr: 0.1 }),
    (parameters: Value[]) => new SGD(parameters, { lr: 0.02, momentum: 0.9 }),
    (parameters: Value[]) => new AdamW(parameters, { lr: 0.1, weightDecay: 0 }),
  ];
  for (const make of optimizers) {
    const x = new Value(5), y = new Value(-3), optimizer = make([x, y]);
    for (let step = 0; step < 300; step++) {
      optimizer.zeroGrad();
      x.sub(1).pow(2).add(y.sub(2).pow(2).mul(3)).backward();
      optimizer.step();
    }
    assertAlmostEquals(x.data, 1, 1e-4);
    assertAlmostEquals(y.data, 2, 1e-4);
  }
});

Deno.test("an optimiser keeps its own list of parameters", () => {
  const x = new Value(1), y = new Value(1), parameters = [x];
  const optimizer = new SGD(parameters, { lr: 1 });
  parameters.push(y);
  [x.grad, y.grad] = [1, 1];
  optimizer.step();
  assertEquals([optimizer.parameters.length, x.data, y.data], [1, 0, 1]);
});

Deno.test("an Optimizer of one's own only needs a step()", () => {
  const x = new Value(3), y = new Value(-2), optimizer = new SignDescent([x, y], 0.5);
  x.mul(y).backward();
  optimizer.step();
  assertEquals([x.data, y.data], [3.5, -2.5]);
  optimizer.zeroGrad();
  assertEquals([x.grad, y.grad], [0, 0]);
  assert(optimizer instanceof Optimizer);
  const usage = "write new SignDescent(network.parameters(), …)";
  const message = `${usage}: lr is NaN, not a non-negative number`;
  assertThrows(() => new SignDescent([x], NaN), RangeError, message);
});

/** The same network and loss as Values and as kernels for one and for two examples. */
function twoForms() {
  const network = new MLP(2, [3, 1]), parameters = network.parameters();
  const lossOf = (inputs: readonly (Value | number)[]) =>
    Value.sum(
      Array.from(
        { length: inputs.length / 2 },
        (_, k) => network.forward(inputs.slice(2 * k, 2 * k + 2))[0].sub(1).pow(2),
      ),
    );
  const [one, two] = [2, 4].map((n) => Array.from({ length: n }, () => new Value(0)));
  const ofOne = compile(lossOf(one), { inputs: one, parameters, form: "lines" });
  const ofTwo = compile(lossOf(two), { inputs: two, parameters, form: "lines", share: ofOne });
  return { parameters, lossOf, ofOne, ofTwo };
}

class SignDescent extends Optimizer {
  step() {
    for (const parameter of this.parameters) parameter.data -= this.lr * Math.sign(parameter.grad);
  }
}

const ofEither: [string, (parameters: ConstructorParameters<typeof SGD>[0]) => Optimizer][] = [
  ["SGD", (it) => new SGD(it, { lr: 0.1, momentum: 0.5, weightDecay: 0.01 })],
  ["AdamW", (it) => new AdamW(it, { lr: 0.1 })],
  ["an Optimizer of one's own", (it) => new SignDescent(it, 0.01)],
];
for (const [name, make] of ofEither) {
  Deno.test(`${name} updates the parameters of kernels as it updates Values, to the last bit`, () => {
    const { parameters, lossOf, ofOne, ofTwo } = twoForms();
    const [ofValues, ofKernels] = [make(parameters), make(ofTwo)];
    const start = parameters.map(({ data }) => data);
    for (const inputs of [[1, -2], [0.5, 3, -1, 1], [2, 2], [0, 1, 1, 0]]) {
      ofValues.zeroGrad();
      const loss = lossOf(inputs);
      loss.backward();
      ofValues.step();
      ofKernels.zeroGrad();
      assertEquals((inputs.length === 2 ? ofOne : ofTwo).backward(inputs), loss.data);
      ofKernels.step();
      assertEquals([...ofOne.parameters], parameters.map(({ data }) => data));
      assertEquals([...ofOne.gradients], parameters.map(({ grad }) => grad));
    }
    assert(parameters.every(({ data }, k) => data !== start[k]));
    ofKernels.zeroGrad();
    assertEquals([...ofTwo.gradients], parameters.map(() => 0));
  });
}

Deno.test("optimisers of a kernel throw where optimisers of Values throw", () => {
  const { ofOne } = twoForms(), before = [...ofOne.parameters];
  assertThrows(() => new SGD(ofOne, { lr: -1 }), RangeError, "lr is -1, not a non-negative number");
  for (const optimizer of [new SGD(ofOne, { lr: 1 }), new AdamW(ofOne)]) {
    optimizer.lr = NaN;
    ofOne.gradients.fill(1);
    assertThrows(() => optimizer.step(), RangeError, "write optimizer.lr = 0.1:");
    assertEquals([...ofOne.parameters], before);
    const [parameter] = optimizer.parameters as { data: unknown; grad: unknown }[];
    assertThrows(() => parameter.data = undefined, TypeError, "data is undefined, not a number");
    assertThrows(() => parameter.grad = "1", TypeError, 'grad is the string "1", not a number');
    assertEquals([ofOne.parameters[0], ofOne.gradients[0]], [before[0], 1]);
  }
  const x = new Value(1), none = compile(x.mul(2), { inputs: [x], parameters: [] });
  const message = "new SGD(network.parameters(), …): parameters is an array of length 0, not";
  assertThrows(() => new SGD(none, { lr: 1 }), RangeError, message);
});

// What a learner can write: neither `deno run` nor a notebook checks types.
// deno-lint-ignore no-explicit-any
const [AnySGD, AnyAdamW]: any[] = [SGD, AdamW];

Deno.test("optimisers throw and say what to write for anything but parameters", () => {
  const network = new MLP(2, [3, 1]), x = new Value(1), y = x.mul(2);
  const wrong: [parameters: unknown, message: string][] = [
    [undefined, ": parameters is undefined, not an array"],
    [[], ": parameters is an array of length 0, not an array of at least one"],
    [network, ": parameters is an object of class MLP, not an array"],
    [x, ": parameters is a Value, not an array"],
    [[network], ": parameters[0] is an object of class MLP, not a Value"],
    [[network.parameters()], ": parameters[0] is an array of length 13, not a Value"],
    [[x, 2], ": parameters[1] is 2, not a Value"],
    [
      [x, network.parameters()[0], x],
      " with leaves, each once: parameters[2], Value(data=1), is there twice",
    ],
    [[x, y], " with leaves, each once: parameters[1], Value(data=2), is the result of *"],
  ];
  for (const [parameters, message] of wrong) {
    const usage = (name: string) => `write new ${name}(network.parameters(), …)${message}`;
    assertThrows(() => new AnySGD(parameters, { lr: 0.1 }), Error, usage("SGD"));
    assertThrows(() => new AnyAdamW(parameters), Error, usage("AdamW"));
  }
});

Deno.test("optimisers throw when an option is not a non-negative number", () => {
  const parameters = [new Value(1)];
  const wrong = [[-0.1, "-0.1"], [NaN, "NaN"], [Infinity, "Infinity"], ["1", 'the string "1"']];
  for (const [option, got] of wrong) {
    const message = (name: string) =>
      `(network.parameters(), { ${name}: 0.1 }): ${name} is ${got}, not a non-negative number`;
    for (const name of ["lr", "momentum", "weightDecay"]) {
      const options = { lr: 0.1, [name]: option };
      assertThrows(() => new AnySGD(parameters, options), Error, "new SGD" + message(name));
    }
    for (const name of ["lr", "eps", "weightDecay"]) {
      const options = { [name]: option };
      assertThrows(() => new AnyAdamW(parameters, options), Error, "new AdamW" + message(name));
    }
  }
  const usage = "write new SGD(network.parameters(), { lr: 0.1 }):";
  for (const options of [undefined, 0.1]) {
    const message = `${usage} options is ${options}, not an object of options`;
    assertThrows(() => new AnySGD(parameters, options), TypeError, message);
  }
  assertThrows(
    () => new AnySGD(parameters, {}),
    TypeError,
    `${usage} lr is undefined, not a non-negative number`,
  );
  const slip =
    'the string "learningRate" is not an option, the options are lr, momentum, weightDecay';
  assertThrows(() => new AnySGD(parameters, { learningRate: 1 }), TypeError, slip);
});

Deno.test("AdamW throws when a beta is missing or not from 0 to below 1", () => {
  const make = (betas: unknown) => () => new AnyAdamW([new Value(1)], { betas });
  const usage = "write new AdamW(network.parameters(), { betas: [0.9, 0.999] })";
  for (const betas of [[1, 0.999], [0.9, 1], [-0.1, 0.9], [0.9, NaN]]) {
    assertThrows(make(betas), RangeError, "not a number from 0 to below 1");
  }
  assertThrows(make([0.9]), TypeError, `${usage}: betas[1] is undefined, not a number`);
  assertThrows(make(0.9), TypeError, `${usage}: betas is 0.9, not an array`);
});

Deno.test("AdamW keeps its own betas", () => {
  const [x, y] = [new Value(1), new Value(1)], betas: [number, number] = [0.5, 0.5];
  const [one, other] = [new AdamW([x], { betas }), new AdamW([y], { betas: [0.5, 0.5] })];
  betas[0] = NaN;
  [x.grad, y.grad] = [1, 1];
  one.step();
  other.step();
  assertEquals(x.data, y.data);
});

Deno.test("step() throws, and changes nothing, when the learning rate is no longer a number", () => {
  for (const optimizer of [AnySGD, AnyAdamW].map((Any) => new Any([new Value(1)], { lr: 1 }))) {
    optimizer.parameters[0].grad = 1;
    for (const lr of [undefined, NaN, "0.1"]) {
      optimizer.lr = lr;
      assertThrows(() => optimizer.step(), Error, "write optimizer.lr = 0.1:");
    }
    assertEquals(optimizer.parameters[0].data, 1);
  }
});

Deno.test("a step of AdamW that throws does not count", () => {
  const moved = [false, true].map((isRefused) => {
    const x = new Value(3), optimizer = new AdamW([x], { lr: 0.1 });
    for (const gradient of [1, -2, 0.5]) {
      x.grad = gradient;
      optimizer.lr = isRefused ? NaN : 0.1;
      if (isRefused) assertThrows(() => optimizer.step(), RangeError);
      optimizer.lr = 0.1;
      optimizer.step();
    }
    return x.data;
  });
  assertEquals(moved[1], moved[0]);
});

Deno.test("an optimiser takes an object for a compiled graph only if it has parameters and gradients", () => {
  const numbers = new Float64Array(1);
  for (const thing of [{ parameters: numbers }, { gradients: numbers }]) {
    assertThrows(() => new SGD(thing as never, { lr: 1 }), TypeError, "is an object, not an array");
  }
});
