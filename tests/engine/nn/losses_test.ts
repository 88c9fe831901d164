// What losses compute and when they throw; their numbers are checked against PyTorch in tests/torch/training_test.ts.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  compile,
  crossEntropy,
  gradCheck,
  l2,
  maxMargin,
  meanSquaredError,
  MLP,
  Random,
  Value,
} from "../../../mod.ts";

const toValues = (...numbers: number[]) => numbers.map((number) => new Value(number));
const random = new Random(1);
const draw = (count: number) => Array.from({ length: count }, () => random.uniform(-3, 3));

Deno.test("meanSquaredError() is the mean of the squared differences", () => {
  assertEquals(meanSquaredError(toValues(1, 3), [1, 1]).data, 2);
  assertEquals(meanSquaredError(toValues(1, -2, 0.5), [1, -2, 0.5]).data, 0);
  assertEquals(meanSquaredError(toValues(3), [-1]).data, 16);
});

Deno.test("meanSquaredError() of equal errors is that error squared, however many there are", () => {
  for (let count = 1; count <= 100; count++) {
    const predictions = Array.from({ length: count }, () => new Value(1));
    assertEquals(meanSquaredError(predictions, predictions.map(() => 0)).data, 1, `${count}`);
  }
});

Deno.test("maxMargin() is 0 from a margin of 1 on, and 1 minus the margin below", () => {
  const cost = (score: number, label: number) => maxMargin(toValues(score), [label]).data;
  assertEquals([cost(5, 1), cost(1, 1), cost(0.75, 1), cost(0, 1), cost(-2, 1)], [
    0,
    0,
    0.25,
    1,
    3,
  ]);
  assertEquals([cost(-5, -1), cost(-1, -1), cost(0, -1), cost(2, -1)], [0, 0, 1, 3]);
  assertEquals(maxMargin(toValues(3, 0.5), [1, -1]).data, 0.75);
});

Deno.test("crossEntropy() is the mean of −log of the probability of the right class", () => {
  const logits = [[0.5, -1, 2], [1, 1, 0]], targets = [2, 0];
  const minusLog = logits.map((scores, k) => {
    const exps = scores.map(Math.exp);
    return -Math.log(exps[targets[k]] / exps.reduce((sum, x) => sum + x));
  });
  const loss = crossEntropy(logits.map((scores) => toValues(...scores)), targets);
  assertAlmostEquals(loss.data, (minusLog[0] + minusLog[1]) / 2, 1e-15);
});

Deno.test("crossEntropy() does not change when all logits move by the same amount", () => {
  const loss = (shift: number) => crossEntropy([toValues(shift, shift + 1, shift - 3)], [1]).data;
  for (const shift of [-1e6, -1000, 0.5, 1000, 1e6]) {
    assertAlmostEquals(loss(shift), loss(0), 1e-15, `${shift}`);
  }
});

Deno.test("crossEntropy() accepts any number of classes, which may differ between examples", () => {
  assertEquals(crossEntropy([toValues(7)], [0]).data, 0);
  const loss = crossEntropy([toValues(0, 0), toValues(0, 0, 0, 0)], [1, 3]).data;
  assertAlmostEquals(loss, (Math.log(2) + Math.log(4)) / 2, 1e-15);
});

Deno.test("l2() is the strength times the sum of the squares", () => {
  assertEquals(l2(toValues(3, 4), 0.5).data, 12.5);
  assertEquals(l2(toValues(-3), 0).data, 0);
  assertEquals(l2([], 0.5).data, 0);
});

Deno.test("losses have the gradients that nudging finds", () => {
  const targets = draw(5), labels = [1, -1, 1, 1, -1];
  const losses: [name: string, loss: (...inputs: Value[]) => Value][] = [
    ["meanSquaredError", (...inputs) => meanSquaredError(inputs, targets)],
    ["maxMargin", (...inputs) => maxMargin(inputs, labels)],
    ["crossEntropy", (...inputs) => crossEntropy([inputs.slice(0, 2), inputs.slice(2)], [1, 0])],
    ["l2", (...inputs) => l2(inputs, 0.25)],
  ];
  for (const [name, loss] of losses) {
    for (let point = 0; point < 20; point++) {
      const rows = gradCheck(loss, draw(5), { tolerance: 1e-8 });
      for (const { error } of rows) assert(error < 1e-8, `${name}: ${error}`);
    }
  }
});

// What a learner can write: neither `deno run` nor a notebook checks types.
// deno-lint-ignore no-explicit-any
type Any = any;

Deno.test("losses throw unless there is one target for each prediction, and at least one", () => {
  const losses: [usage: string, loss: Any, prediction: Any, names: string][] = [
    [
      "write meanSquaredError([network.forward(x)[0]], [1])",
      meanSquaredError,
      new Value(1),
      "predictions targets",
    ],
    ["write maxMargin([network.forward(x)[0]], [1])", maxMargin, new Value(1), "scores labels"],
    [
      "write crossEntropy([network.forward(x)], [0])",
      crossEntropy,
      toValues(1, 2),
      "logits targets",
    ],
  ];
  for (const [usage, loss, prediction, names] of losses) {
    const [first, second] = names.split(" ");
    const empty = "is an array of length 0, not an array of at least one";
    assertThrows(() => loss([], []), RangeError, `${usage}: ${first} ${empty}`);
    assertThrows(() => loss([prediction], []), RangeError, `${usage}: ${second} ${empty}`);
    const counts = (one: number, other: number) =>
      `${usage} with arrays of the same length: ${first} has ${one}, ${second} has ${other}`;
    assertThrows(() => loss([prediction], [1, 1]), RangeError, counts(1, 2));
    assertThrows(() => loss([prediction, prediction], [1]), RangeError, counts(2, 1));
    assertThrows(() => loss(), TypeError, `${usage}: ${first} is undefined, not an array`);
    assertThrows(() => loss([prediction], 1), TypeError, `${usage}: ${second} is 1, not an array`);
    const message = `${usage}: ${first} is a Value, not an array`;
    assertThrows(() => loss(new Value(1), [1]), TypeError, message);
  }
  for (const target of [0, []]) {
    assertThrows(
      () => crossEntropy([[new Value(1), new Value(2)], []], [0, target]),
      RangeError,
      "write crossEntropy([network.forward(x)], [0]): logits[1] is an array of length 0",
    );
  }
});

Deno.test("losses throw and say what to write when given a network's whole output, or numbers", () => {
  const output = new MLP(2, [3, 1]).forward([1, 2]);
  const losses: [Any, string][] = [[meanSquaredError, "predictions"], [maxMargin, "scores"]];
  for (const [loss, name] of losses) {
    const usage = `write ${loss.name}([network.forward(x)[0]], [1]): ${name}[0]`;
    assertThrows(() => loss([output], [1]), TypeError, `${usage} is an array of length 1, not a`);
    assertThrows(() => loss([0.5], [1]), TypeError, `${usage} is 0.5, not a Value`);
  }
  const usage = "write crossEntropy([network.forward(x)], [0]):", loss: Any = crossEntropy;
  assertThrows(() => loss(output, [0]), TypeError, `${usage} logits[0] is a Value, not an array`);
  assertThrows(() => loss([[1, 2]], [0]), TypeError, `${usage} logits[0][0] is 1, not a Value`);
});

Deno.test("losses throw when a target has the wrong type or value", () => {
  const x = new Value(1), logits = [x, x];
  const losses: [Any, string][] = [[meanSquaredError, "targets"], [maxMargin, "labels"]];
  for (const [loss, name] of losses) {
    assertThrows(
      () => loss([x], ["1"]),
      TypeError,
      `write ${loss.name}([network.forward(x)[0]], [1]): ${name}[0] is the string "1", not a number`,
    );
  }
  for (const label of [0, 2, -2, NaN]) {
    assertThrows(
      () => maxMargin([x], [label]),
      RangeError,
      `labels[0] is ${label}, not one of 1, -1`,
    );
  }
  for (const target of [2, -1, 0.5, NaN]) {
    const message = `targets[0] is ${target}, not a class from 0 to 1`;
    assertThrows(() => crossEntropy([logits], [target]), RangeError, message);
  }
  // "length" is a property of an array, but not a logit.
  assertThrows(() => crossEntropy([logits], ["length" as Any]), TypeError, "not a number");
});

Deno.test("l2() throws when the parameters are not an array or the strength is not a non-negative number", () => {
  const any: Any = l2;
  assertThrows(
    () => any(new MLP(2, [1]), 1),
    TypeError,
    "parameters is an object of class MLP, not an array",
  );
  assertThrows(
    () => any(toValues(1)),
    TypeError,
    "strength is undefined, not a non-negative number",
  );
  assertThrows(() => any(toValues(1), -1), RangeError, "strength is -1, not a non-negative number");
});

Deno.test("crossEntropy() accepts more classes than a call can have arguments", () => {
  const x = new Value(0);
  assertAlmostEquals(crossEntropy([Array(200_000).fill(x)], [0]).data, Math.log(200_000), 1e-9);
});

Deno.test("losses accept Values as targets, which can be changed when compiled", () => {
  const logits = [[new Value(0), new Value(0)], [new Value(0), new Value(0)]];
  const targets = [new Value(0), new Value(0), new Value(0), new Value(0)];
  const inputs = [...logits.flat(), ...targets], parameters: Value[] = [];
  const numbers = [1000, 1001, -1000, 3, 0.25, 0.75, 1, 0];
  const losses: [loss: Value, anew: (x: Value[]) => Value][] = [
    [
      meanSquaredError(logits.flat(), targets),
      (x) => meanSquaredError(x.slice(0, 4), x.slice(4).map(({ data }) => data)),
    ],
    [
      crossEntropy(logits, [targets.slice(0, 2), targets.slice(2)]),
      (x) => crossEntropy([x.slice(0, 2), x.slice(2, 4)], [[0.25, 0.75], [1, 0]]),
    ],
    [crossEntropy(logits, [1, 0]), (x) => crossEntropy([x.slice(0, 2), x.slice(2, 4)], [1, 0])],
  ];
  for (const [loss, anew] of losses) {
    const used = inputs.filter((input) => loss.topologicalOrder().includes(input));
    const kernel = compile(loss, { inputs: used, parameters });
    const expected = anew(numbers.map((number) => new Value(number))).data;
    assert(Number.isFinite(expected));
    assertEquals(kernel.forward(numbers.slice(0, used.length)), expected);
  }
});

Deno.test("crossEntropy(), traced with logits of one size and run with another, is log Σ exp − logit", () => {
  const logits = [new Value(0), new Value(0)];
  for (const form of ["lines", "loop"] as const) {
    const kernel = compile(crossEntropy([logits], [0]), { inputs: [], parameters: logits, form });
    for (const [a, b] of [[1000, 1001], [-1000, -999], [0, 1], [-1e300, 1]]) {
      kernel.parameters.set([a, b]);
      kernel.gradients.fill(0);
      const expected = crossEntropy([[new Value(a), new Value(b)]], [0]).data;
      assertEquals(kernel.backward([]), expected);
      if (b - a === 1) assertAlmostEquals(expected, 1.3132616875182228, 1e-12);
      const p = 1 / (1 + Math.exp(b - a));
      assertAlmostEquals(kernel.gradients[0], p - 1, 1e-12);
      assertAlmostEquals(kernel.gradients[1], 1 - p, 1e-12);
    }
  }
});

Deno.test("crossEntropy() with the probability of each class is the mean of −Σ p · log softmax", () => {
  const scores = [0.3, -1.2, 2], probabilities = [0.2, 0.5, 0.3];
  const total = Math.log(scores.reduce((sum, x) => sum + Math.exp(x), 0));
  const expected = scores.reduce((sum, x, k) => sum - probabilities[k] * (x - total), 0);
  const values = scores.map((x) => new Value(x));
  assertAlmostEquals(crossEntropy([values], [probabilities]).data, expected, 1e-12);
  const oneHot = crossEntropy([values], [[0, 1, 0]]).data;
  assertAlmostEquals(oneHot, crossEntropy([values], [1]).data, 1e-12);
});

Deno.test("crossEntropy() is Infinity where the right class has no chance at all, as in PyTorch", () => {
  // torch.nn.functional.cross_entropy(torch.tensor([[-inf, 0.]]), torch.tensor([0])) is inf
  const logits = [new Value(-Infinity), new Value(0)];
  assertEquals(crossEntropy([logits], [0]).data, Infinity);
  assertEquals(crossEntropy([logits], [1]).data, 0);
});

Deno.test("Value.mean() and Value.softmax() are what algebra says, for numbers of any size", () => {
  const list = [1, 2, 6].map((x) => new Value(x)), mean = Value.mean(list);
  mean.backward();
  assertEquals([mean.data, ...list.map(({ grad }) => grad)], [3, 1 / 3, 1 / 3, 1 / 3]);

  const [a, b] = [new Value(1000), new Value(1001)], [p, q] = Value.softmax([a, b]);
  const expected = 1 / (1 + Math.E);
  assertAlmostEquals(p.data, expected, 1e-12);
  assertAlmostEquals(q.data, 1 - expected, 1e-12);
  p.backward();
  assertAlmostEquals(a.grad, expected * (1 - expected), 1e-12);
  assertAlmostEquals(b.grad, -expected * (1 - expected), 1e-12);
  assertEquals(Value.softmax([]), []);
});
