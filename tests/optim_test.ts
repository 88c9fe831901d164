// How optimisers are used and what they refuse; their numbers are held against PyTorch in torch_test.ts.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { AdamW, MLP, Optimizer, SGD, Value } from "../mod.ts";

Deno.test("SGD moves against the gradient by lr times it, by the lr of the moment", () => {
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

Deno.test("SGD with momentum goes on where there is no gradient any more", () => {
  const x = new Value(0), optimizer = new SGD([x], { lr: 1, momentum: 0.5 });
  x.grad = -8;
  optimizer.step();
  optimizer.zeroGrad();
  optimizer.step();
  optimizer.step();
  assertEquals(x.data, 8 + 4 + 2);
});

Deno.test("AdamW moves by about lr whatever the size of the gradient, and shrinks what has none", () => {
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

Deno.test("an Optimizer of one's own needs just a step()", () => {
  class SignDescent extends Optimizer {
    step() {
      for (const parameter of this.parameters) {
        parameter.data -= this.lr * Math.sign(parameter.grad);
      }
    }
  }
  const x = new Value(3), y = new Value(-2), optimizer = new SignDescent([x, y], 0.5);
  x.mul(y).backward();
  optimizer.step();
  assertEquals([x.data, y.data], [3.5, -2.5]);
  optimizer.zeroGrad();
  assertEquals([x.grad, y.grad], [0, 0]);
  assert(optimizer instanceof Optimizer);
  assertThrows(
    () => new SignDescent([x], NaN),
    RangeError,
    "lr is a number of at least 0, got NaN",
  );
});

// What a learner writes where nothing checks types: `deno run` and a notebook do not.
// deno-lint-ignore no-explicit-any
const [AnySGD, AnyAdamW]: any[] = [SGD, AdamW];

Deno.test("optimisers throw and say what to write when they do not get the parameters", () => {
  const network = new MLP(2, [3, 1]);
  const usage = "write new SGD(network.parameters(), { lr: 0.1 })";
  const wrong: [parameters: unknown, got: string][] = [
    [undefined, "an array of parameters, got undefined"],
    [[], "an array of parameters, got an array of length 0"],
    [network, "an array of parameters, got an object of class MLP"],
    [new Value(1), "an array of parameters, got a Value"],
    [[network], "a parameter is a Value, got an object of class MLP"],
    [[network.parameters()], "a parameter is a Value, got an array of length 13"],
    [[new Value(1), 2], "a parameter is a Value, got 2"],
  ];
  for (const [parameters, got] of wrong) {
    assertThrows(() => new AnySGD(parameters, { lr: 0.1 }), TypeError, `${got}: ${usage}`);
    assertThrows(() => new AnyAdamW(parameters), TypeError, `${got}: ${usage}`);
  }
});

Deno.test("optimisers throw when an option is not a number of at least 0", () => {
  const parameters = [new Value(1)];
  for (
    const [wrong, got] of [[-0.1, "-0.1"], [NaN, "NaN"], [Infinity, "Infinity"], [
      "1",
      'the string "1"',
    ]]
  ) {
    for (const name of ["lr", "momentum", "weightDecay"]) {
      const message = `${name} is a number of at least 0, got ${got}`;
      const options = { lr: 0.1, [name]: wrong };
      assertThrows(() => new AnySGD(parameters, options), RangeError, message);
    }
    for (const name of ["lr", "eps", "weightDecay"]) {
      const message = `${name} is a number of at least 0, got ${got}`;
      assertThrows(() => new AnyAdamW(parameters, { [name]: wrong }), RangeError, message);
    }
    for (const [k, betas] of [[wrong, 0.9], [0.9, wrong]].entries()) {
      const message = `betas[${k}] is a number of at least 0, got ${got}`;
      assertThrows(() => new AnyAdamW(parameters, { betas }), RangeError, message);
    }
  }
  for (const options of [undefined, {}, 0.1]) {
    const message = "lr is a number of at least 0, got undefined";
    assertThrows(() => new AnySGD(parameters, options), RangeError, message);
  }
});

Deno.test("AdamW throws when a beta is missing or not below 1", () => {
  const make = (betas: unknown) => () => new AnyAdamW([new Value(1)], { betas });
  assertThrows(make([1, 0.999]), RangeError, "betas are below 1, got 1 and 0.999");
  assertThrows(make([0.9, 1.5]), RangeError, "got 0.9 and 1.5: write [0.9, 0.999]");
  assertThrows(make([0.9]), RangeError, "betas[1] is a number of at least 0, got undefined");
  assertThrows(make(0.9), RangeError, "betas[0] is a number of at least 0, got undefined");
});
