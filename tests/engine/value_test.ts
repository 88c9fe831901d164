import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { backwardSteps, defineOperation, draw, explain, Value } from "../../mod.ts";
import { plans } from "./graphs.ts";
import { build } from "./plan.ts";

/** Compares to nine digits. */
function assertClose(actual: number, expected: number): void {
  assertAlmostEquals(actual, expected, 1e-9 * Math.abs(expected));
}

Deno.test("new Value() makes a leaf that keeps its number and its label", () => {
  const x = new Value(2.5, { label: "x" });
  assertEquals([x.data, x.grad, x.label, x.op], [2.5, 0, "x", ""]);
  assertEquals([x.operands.length, x.prev.size, x.localDerivatives.length], [0, 0, 0]);
  assertEquals([new Value(1).label, new Value(1, {}).label], ["", ""]);
  x.label = "renamed";
  assertEquals(x.label, "renamed");
});

Deno.test("new Value() accepts any number: NaN, the infinities, −0, the largest and the smallest", () => {
  for (const x of [NaN, Infinity, -Infinity, -0, Number.MAX_VALUE, Number.MIN_VALUE]) {
    assert(Object.is(new Value(x).data, x), `${x}`);
  }
});

Deno.test("operands are in order and with repeats, prev has each once, op is the symbol", () => {
  const a = new Value(2), b = new Value(-3);
  const difference = a.sub(b), square = a.mul(a), negative = a.neg(), sum = a.add(4);
  assert(difference.operands[0] === a && difference.operands[1] === b);
  assert(square.operands.length === 2 && square.operands.every((operand) => operand === a));
  assert(negative.operands.length === 1 && negative.operands[0] === a);
  assertEquals([...difference.prev].map(({ data }) => data), [2, -3]);
  assert(square.prev.size === 1 && square.prev.has(a));
  assertEquals([difference.op, square.op, negative.op], ["-", "*", "neg"]);
  assertEquals([sum.operands[1].data, sum.operands[1].op], [4, ""]);
});

Deno.test("localDerivatives has one number for each operand", () => {
  const a = new Value(2), b = new Value(-3);
  assertEquals(a.mul(b).localDerivatives, [-3, 2]);
  assertEquals(a.sub(b).localDerivatives, [1, -1]);
  assertEquals(a.mul(a).localDerivatives, [2, 2]);
  assertEquals(a.neg().localDerivatives, [-1]);
});

Deno.test("Value.sum() and Value.dot() each make one node, with the whole list as operands", () => {
  const a = new Value(2), b = new Value(-3), c = new Value(5);
  const sum = Value.sum([a, 4, a]), dot = Value.dot([a, b], [c, 10], 7);
  assertEquals([sum.data, sum.op, sum.prev.size], [8, "sum", 2]);
  assert(sum.operands[0] === a && sum.operands[2] === a);
  assertEquals([dot.data, dot.op, dot.prev.size], [2 * 5 - 3 * 10 + 7, "dot", 5]);
  assertEquals(dot.operands.map(({ data }) => data), [2, -3, 5, 10, 7]);
  assertEquals(dot.localDerivatives, [5, 10, 2, -3, 1]);
  sum.mul(dot).backward();
  assertEquals([a.grad, b.grad, c.grad], [2 * -13 + 8 * 5, 8 * 10, 8 * 2]);

  const square = Value.dot([a], [a]);
  a.zeroGrad();
  square.backward();
  assertEquals([square.data, a.grad], [4, 4]);
  assertEquals([Value.sum([]).data, Value.dot([], []).data, Value.dot([], [], 3).data], [0, 0, 3]);
});

Deno.test("Value.sum() accepts a list of a hundred thousand", () => {
  const x = new Value(2), total = Value.sum(Array(100_000).fill(x));
  total.backward();
  assertEquals([total.data, x.grad], [200_000, 100_000]);
});

Deno.test("backward() finds the gradients of the lessons' graph", () => {
  const a = new Value(2), b = new Value(-3), c = new Value(10), f = new Value(-2);
  const e = a.mul(b), d = e.add(c), L = d.mul(f);
  L.backward();
  assertEquals(L.data, -8);
  assertEquals([L, d, f, c, e, a, b].map(({ grad }) => grad), [1, -2, 4, -2, -2, 6, -4]);
});

Deno.test("backward() finds the gradients of the expression in micrograd's README", () => {
  const a = new Value(-4), b = new Value(2);
  let c = a.add(b);
  let d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(Value.add(1, c).add(a.neg()));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(Value.mul(3, d).add(b.sub(a).relu()));
  const e = c.sub(d), f = e.pow(2);
  let g = f.div(2);
  g = g.add(Value.div(10, f));
  g.backward();
  assertClose(g.data, 24.70408163265306);
  assertClose(a.grad, 138.83381924198252);
  assertClose(b.grad, 645.5772594752187);
});

Deno.test("backward() finds the gradient of micrograd's sanity check", () => {
  const x = new Value(-4);
  const z = Value.mul(2, x).add(2).add(x);
  const q = z.relu().add(z.mul(x)), h = z.mul(z).relu();
  const y = h.add(q).add(q.mul(x));
  y.backward();
  assertEquals([y.data, x.grad], [-20, 46]);
});

Deno.test("backward() finds the gradients of the lecture's neuron", () => {
  const x1 = new Value(2), x2 = new Value(0), w1 = new Value(-3), w2 = new Value(1);
  const n = x1.mul(w1).add(x2.mul(w2)).add(6.8813735870195432);
  const whole = n.tanh();
  whole.backward();
  assertAlmostEquals(whole.data, 0.7071067811865, 1e-13);
  const expected = [-1.5, 1, 0.5, 0, 0.5];
  for (const [k, { grad }] of [x1, w1, x2, w2, n].entries()) {
    assertAlmostEquals(grad, expected[k], 1e-12);
  }

  const e = n.mul(2).exp(), apart = e.sub(1).div(e.add(1));
  apart.zeroGrad();
  apart.backward();
  assertClose(apart.data, whole.data);
  for (const [k, { grad }] of [x1, w1, x2, w2, n].entries()) {
    assertAlmostEquals(grad, expected[k], 1e-12);
  }
});

Deno.test("backward() adds up the contributions of a node that is used more than once", () => {
  const x = new Value(3);
  x.add(x).backward();
  assertEquals(x.grad, 2);

  const a = new Value(-2), b = new Value(3);
  const d = a.mul(b), e = a.add(b), f = d.mul(e);
  f.backward();
  assertEquals(f.data, -6);
  assertEquals([a, b, d, e].map(({ grad }) => grad), [-3, -8, 1, -6]);
});

Deno.test("backward() visits a node only when its own gradient is complete", () => {
  const a = new Value(1), b = a.add(a), c = b.add(b);
  c.backward();
  assertEquals([c.data, b.grad, a.grad], [4, 2, 4]);
});

Deno.test("backward() of x + x, sixty times over, is 2^60 and takes sixty steps, not 2^60", () => {
  const x = new Value(1);
  let y = x;
  for (let i = 0; i < 60; i++) y = y.add(y);
  y.backward();
  assertEquals([y.data, x.grad], [2 ** 60, 2 ** 60]);
});

Deno.test("backward() works for a chain of a million operations", () => {
  const x = new Value(1);
  let y = x;
  for (let i = 0; i < 500_000; i++) y = y.add(x);
  for (let i = 0; i < 500_000; i++) y = x.add(y);
  y.backward();
  assertEquals([y.data, x.grad], [1_000_001, 1_000_001]);
});

Deno.test("backward() accumulates the gradients of leaves and replaces those of inner nodes", () => {
  const a = new Value(3), b = a.mul(2), c = b.mul(b);
  c.backward();
  assertEquals([c.grad, b.grad, a.grad], [1, 12, 24]);
  c.backward();
  assertEquals([c.grad, b.grad, a.grad], [1, 12, 48]);
  c.zeroGrad();
  assertEquals([c.grad, b.grad, a.grad], [0, 0, 0]);
  c.backward();
  assertEquals([c.grad, b.grad, a.grad], [1, 12, 24]);
});

Deno.test("backward() on two outputs that share leaves adds up their gradients", () => {
  const a = new Value(2), b = new Value(5), shared = a.mul(b);
  const first = shared.mul(3), second = shared.add(a);
  first.backward();
  assertEquals([a.grad, b.grad, shared.grad], [15, 6, 3]);
  second.backward();
  assertEquals([a.grad, b.grad, shared.grad], [15 + 6, 6 + 2, 1]);
});

Deno.test("backward() on an inner node changes no gradient above it", () => {
  const a = new Value(2), b = a.mul(3), c = b.mul(b);
  b.backward();
  assertEquals([a.grad, b.grad, c.grad], [3, 1, 0]);
});

Deno.test("backward() on a leaf is the derivative of a number with respect to itself", () => {
  const x = new Value(7);
  x.backward();
  assertEquals(x.grad, 1);
  x.backward();
  assertEquals(x.grad, 2, "a leaf adds up over calls");
});

Deno.test("backward() uses the numbers of the graph, not of later ones made from its leaves", () => {
  const a = new Value(2), b = new Value(3), y = a.mul(b);
  const unrelated = a.mul(100).add(b);
  y.backward();
  assertEquals([a.grad, b.grad, unrelated.grad], [3, 2, 0]);
});

Deno.test("zeroGrad() clears a whole graph, or one parameter", () => {
  const a = new Value(2), b = new Value(3), y = a.mul(b).tanh();
  y.backward();
  a.zeroGrad();
  assert(a.grad === 0 && b.grad !== 0 && y.grad === 1);
  y.zeroGrad();
  assertEquals(y.topologicalOrder().map(({ grad }) => grad), [0, 0, 0, 0]);
});

Deno.test("topologicalOrder() has every node of the graph once, each after its operands", () => {
  for (const plan of fc.sample(plans({ size: 30 }), { seed: 1, numRuns: 200 })) {
    const output = build(plan).at(-1)!;
    const reached = new Set([output]);
    for (const node of reached) node.prev.forEach((operand) => reached.add(operand));

    const order = output.topologicalOrder();
    assertEquals(order.length, reached.size);
    assertStrictEquals(order[order.length - 1], output);
    const seen = new Set<Value>();
    for (const node of order) {
      assert(reached.has(node) && !seen.has(node));
      assert(node.operands.every((operand) => seen.has(operand)));
      seen.add(node);
    }
  }
});

Deno.test("topologicalOrder() of a leaf is the leaf, and changes nothing", () => {
  const x = new Value(1), y = x.mul(x);
  y.backward();
  assertStrictEquals(x.topologicalOrder()[0], x);
  assertEquals(x.topologicalOrder().length, 1);
  y.topologicalOrder();
  assertEquals([y.data, y.grad, x.data, x.grad], [1, 1, 1, 2]);
});

Deno.test("a Value prints its number, its gradient when it has one, its label when it has one", () => {
  const x = new Value(3), labelled = new Value(-0.5, { label: "w1" });
  for (const print of [(v: Value) => `${v}`, String, Deno.inspect, (v: Value) => v.toString()]) {
    assertEquals(print(x), "Value(data=3)");
    assertEquals(print(labelled), 'Value(data=-0.5, label="w1")');
    assertEquals(print(new Value(NaN)), "Value(data=NaN)");
    assertEquals(print(new Value(1e21)), "Value(data=1e+21)");
  }
  x.mul(labelled).backward();
  assertEquals(`${x} ${labelled}`, 'Value(data=3, grad=-0.5) Value(data=-0.5, grad=3, label="w1")');
});

Deno.test("a Value prints the same inside arrays and objects, and never its whole graph", () => {
  const a = new Value(2, { label: "a" }), y = a.mul(a);
  assertEquals(Deno.inspect([a, y]), '[ Value(data=2, label="a"), Value(data=4) ]');
  assertEquals(Deno.inspect({ y }), "{ y: Value(data=4) }");
  assertEquals(Deno.inspect(new Map([["y", y]])), 'Map(1) { "y" => Value(data=4) }');
  assertEquals([a, y].join(" "), 'Value(data=2, label="a") Value(data=4)');
});

Deno.test("a Value prints a label with quotes or newlines on one line", () => {
  const label = 'say "hi"\n\\x';
  assertEquals(`${new Value(1, { label })}`, String.raw`Value(data=1, label="say \"hi\"\n\\x")`);
});

Deno.test("a Value as JSON is its number, gradient and label, however large the graph", () => {
  let y = new Value(1, { label: "x" });
  assertEquals(JSON.stringify(y), '{"data":1,"grad":0,"label":"x"}');
  for (let i = 0; i < 60; i++) y = y.add(y);
  assertEquals(JSON.stringify([y]), `[{"data":${2 ** 60},"grad":0,"label":""}]`);
});

// What a learner can write: neither `deno run` nor a notebook checks types.
// deno-lint-ignore no-explicit-any
const a: any = new Value(2, { label: "a" }), b: any = new Value(-3), Any: any = Value;

/** Each wrong call throws a TypeError with these words in its message, and changes nothing. */
function assertMisuse(calls: [wrong: () => unknown, message: string, ...more: string[]][]): void {
  const y: Value = a.mul(b);
  y.zeroGrad();
  y.backward();
  const graph = () =>
    y.topologicalOrder().map((node) => [`${node}`, node.op, node.operands.length]);
  const before = graph();
  for (const [wrong, ...messages] of calls) {
    for (const message of messages) assertThrows(wrong, TypeError, message, `${wrong}`);
  }
  assertEquals(graph(), before);
  y.backward();
  assertEquals([a.grad, b.grad], [-6, 4]);
}

Deno.test("instanceof Value is true for what can be part of a graph, and for nothing else", () => {
  class Weight extends Value {}
  const weight = new Weight(1);
  assert(a instanceof Value && weight instanceof Value && weight instanceof Weight);
  assert(Object.freeze(new Value(1)) instanceof Value && !(a instanceof Weight));
  const others = [
    new Proxy(a, {}),
    Object.create(Value.prototype),
    { data: 1 },
    null,
    undefined,
    3,
  ];
  for (const thing of others) assert(!(thing instanceof Value), `${typeof thing}`);
});

Deno.test("operators on Values throw and say which method to write", () => {
  const mul = "write a.mul(b) for a * b", add = "write a.add(b) for a + b";
  assertMisuse([
    [() => a * b, mul],
    [() => a * 2, mul],
    [() => 2 * a, mul],
    [() => a - b, mul, "a.sub(b)"],
    [() => a / b, mul, "a.div(b)"],
    [() => a ** 2, mul, "a.pow(b)"],
    [() => a % 2, mul],
    [() => +a, mul],
    [() => -a, mul],
    [() => a > b, mul, "and a.data < b.data for a < b: JavaScript cannot overload operators"],
    [() => a <= 3, mul, "a.data"],
    [() => Math.max(a), mul, "a.max(b) for Math.max(a, b)"],
    [() => Number(a), mul, "a.data"],
    [() => a + b, add],
    [() => a + 1, add],
    [() => 1 + a, add],
    [() => "x" + a, add],
    [() => a == 3, add, "a.data == 2 for a == 2: JavaScript cannot overload operators"],
  ]);
});

Deno.test("new Value() throws for anything but a number and says what it got", () => {
  assertMisuse([
    [() => new Any(), "write new Value(3): data is undefined, not a number"],
    [() => new Any(null), "data is null, not a number"],
    [() => new Any("3"), 'write new Value(3): data is the string "3", not a number'],
    [() => new Any(1n), "data is the bigint 1n, not a number"],
    [() => new Any(true), "data is true, not a number"],
    [() => new Any({}), "data is an object, not a number"],
    [() => new Any([1]), "data is an array of length 1, not a number"],
    [() => new Any(a), "data is a Value, not a number"],
    [
      () => new Any(1, "a"),
      'options is the string "a", not an object of options',
      '{ label: "a" }',
    ],
    [() => new Any(1, null), "is null, not an object of options"],
    [
      () => new Any(1, { lable: "a" }),
      'the string "lable" is not an option, the options are label',
    ],
    [
      () => new Any(1, { label: 1 }),
      'write new Value(3, { label: "a" }): label is 1, not a string',
    ],
    [() => new Any(1, { label: a }), "is a Value, not a string"],
  ]);
});

Deno.test("methods and statics throw and say what to write when an operand is not a Value or a number", () => {
  class Tensor {}
  const foreign = new (class Value {})();
  assertMisuse([
    [() => a.add(), "write a.add(b): b is undefined, not a Value or a number"],
    [() => a.sub(null), "write a.sub(b): b is null, not a Value or a number"],
    [() => a.mul("3"), 'write a.mul(b): b is the string "3", not a Value or a number'],
    [() => a.mul("x".repeat(99)), `is the string "${"x".repeat(39)}…", not a Value or a number`],
    [() => a.div(1n), "write a.div(b): b is the bigint 1n, not a Value or a number"],
    [() => a.pow({}), "write a.pow(b): b is an object, not a Value or a number"],
    [() => a.add([1]), "write a.add(b)", "is an array of length 1, not a Value or a number"],
    [() => a.add(() => 1), "write a.add(b)", "is a function, not a Value or a number"],
    [() => a.add(Math.sin), "write a.add(b)", "is the function sin, not a Value or a number"],
    [() => a.add(true), "write a.add(b)", "is true, not a Value or a number"],
    [() => a.add(Symbol("s")), "write a.add(b)", "is Symbol(s), not a Value or a number"],
    [() => a.add(new Tensor()), "is an object of class Tensor, not a Value or a number"],
    [() => a.add(Object.create(null)), "is an object, not a Value or a number"],
    [() => a.add(foreign), "a Value of another copy of this module"],
    [() => Any.add(undefined, a), "write Value.add(a, b): a is undefined, not a Value or a number"],
    [
      () => Any.sub(undefined, 1),
      "write Value.sub(a, b)",
      "a is undefined, not a Value or a number",
    ],
    [
      () => Any.mul("2", a),
      "write Value.mul(a, b)",
      'a is the string "2", not a Value or a number',
    ],
    [() => Any.div(null, a), "write Value.div(a, b)", "a is null, not a Value or a number"],
    [
      () => Any.pow([], a),
      "write Value.pow(a, b)",
      "a is an array of length 0, not a Value or a number",
    ],
    [() => Any.add(1), "write Value.add(a, b)", "b is undefined, not a Value or a number"],
    [() => Any.sub(1, null), "write Value.sub(a, b)", "b is null, not a Value or a number"],
    [() => Any.mul(2, {}), "write Value.mul(a, b)", "b is an object, not a Value or a number"],
    [
      () => Any.div(1, "y"),
      "write Value.div(a, b)",
      'b is the string "y", not a Value or a number',
    ],
    [
      () => Any.pow(2, "x"),
      "write Value.pow(a, b)",
      'b is the string "x", not a Value or a number',
    ],
    [() => Any.sum(a), "write Value.sum([a, b, 3]): values is a Value, not an array"],
    [
      () => Any.sum([a, "3"]),
      "write Value.sum([a, b, 3]): ",
      'values[1] is the string "3", not a Value or a number',
    ],
    [() => Any.dot([a]), "write Value.dot([w1, w2], [x1, x2], b): xs is undefined, not an array"],
    [
      () => Any.dot([a], [null]),
      "write Value.dot([w1, w2], [x1, x2], b)",
      "xs[0] is null, not a Value or a number",
    ],
    [
      () => Any.dot([a], [b], "1"),
      "write Value.dot(",
      'bias is the string "1", not a Value or a number',
    ],
  ]);
  assertThrows(
    () => Value.dot([a], [b, b]),
    RangeError,
    "with as many weights as inputs: ws has 1, xs has 2",
  );
});

Deno.test("methods and statics throw for arguments that they would ignore", () => {
  assertMisuse([
    [() => a.log(2), "write a.log(): it was given an argument"],
    [() => a.relu(0.1), "write a.relu(): it was given an argument"],
    [() => a.backward(5), "write L.backward(): it was given an argument"],
    [() => a.zeroGrad(a), "write L.zeroGrad(): it was given an argument"],
    [() => a.topologicalOrder(1), "write L.topologicalOrder(): it was given an argument"],
    [() => a.add(b, b), "write a.add(b): it was given 2 arguments"],
    [() => a.pow(2, undefined), "write a.pow(b): it was given 2 arguments"],
    [() => a.clamp(0, 1, 2), "write a.clamp(min, max): it was given 3 arguments"],
    [() => Any.add(1, 2, 3), "write Value.add(a, b): it was given 3 arguments"],
    [() => [1, 2].map(Any.add), "write Value.add(a, b): it was given 3 arguments"],
    [() => Any.sum(1, 2, 3), "write Value.sum([a, b, 3]): it was given 3 arguments"],
    [() => Any.mean([a], [b]), "write Value.mean([a, b, 3]): it was given 2 arguments"],
    [() => Any.softmax([a], 1), "write Value.softmax([a, b, 3]): it was given 2 arguments"],
    [() => Any.logSumExp([a], 0), "write Value.logSumExp([a, b, 3]): it was given 2 arguments"],
    [() => Any.dot([a], [b], 1, 2), "write Value.dot([w1, w2], [x1, x2], b): it was given 4"],
  ]);
});

Deno.test("methods throw when they are called without the Value", () => {
  const { mul, log, clamp, backward, detach, topologicalOrder, zeroGrad } = a;
  assertMisuse([
    [() => clamp(1, 2), "write a.clamp(min, max): it was called without the Value"],
    [() => topologicalOrder(), "write L.topologicalOrder(): it was called without the Value"],
    [() => detach(), "write a.detach(): it was called without the Value"],
    [() => mul(b), "write a.mul(b): it was called without the Value"],
    [() => log(), "write a.log(): it was called without the Value"],
    [() => backward(), "write L.backward(): it was called without the Value"],
    [() => zeroGrad(), "write L.zeroGrad(): it was called without the Value"],
  ]);
});

Deno.test("data and grad throw unless a number is assigned, label unless a string is", () => {
  const before = `${a}`;
  assertMisuse([
    [() => a.data = "3", 'write a.data = 3: data is the string "3", not a number'],
    [() => a.data += "1", 'write a.data = 3: data is the string "21", not a number'],
    [() => a.data = null, "write a.data = 3: data is null, not a number"],
    [() => a.data = a, "write a.data = 3: data is a Value, not a number"],
    [() => a.grad = "1", 'write a.grad = 0: grad is the string "1", not a number'],
    [() => a.grad = undefined, "write a.grad = 0: grad is undefined, not a number"],
    [() => a.label = 5, 'write a.label = "a": label is 5, not a string'],
    [() => a.label = null, 'write a.label = "a": label is null, not a string'],
  ]);
  assertEquals(`${a}`, before);
});

Deno.test("lists with holes throw", () => {
  // deno-lint-ignore no-sparse-arrays
  const holes = [1, , 3];
  assertMisuse([
    [
      () => Any.sum(holes),
      "write Value.sum([a, b, 3]): ",
      "values[1] is undefined, not a Value or a number",
    ],
    [
      () => Any.dot(holes, [1, 2, 3]),
      "write Value.dot(",
      "ws[1] is undefined, not a Value or a number",
    ],
    [
      () => Any.logSumExp(holes),
      "write Value.logSumExp(",
      "values[1] is undefined, not a Value or a number",
    ],
  ]);
});

/** A number assigned to a leaf, an inner node or the output of a graph, and the error it causes. */
function stale(change: (graph: Record<"x" | "y" | "z", Value>) => void): Value {
  const x = new Value(2, { label: "x" }), y = x.mul(x), z = Value.sum([y, x]);
  y.label = "y";
  change({ x, y, z });
  return z;
}

Deno.test("backward(), backwardSteps() and explain() throw for a graph whose numbers have been changed", () => {
  const changes: [change: Parameters<typeof stale>[0], sentence: string][] = [
    [
      ({ x }) => x.data = 10,
      'Value(data=4, label="y") is no longer the * of its operands, which is 100',
    ],
    [
      ({ y }) => y.data = 5,
      'Value(data=5, label="y") is no longer the * of its operands, which is 4',
    ],
    [({ z }) => z.data = 7, "Value(data=7) is no longer the sum of its operands, which is 6"],
    [({ x }) => x.data = NaN, "which is NaN"],
    [({ z }) => z.data = NaN, "Value(data=NaN) is no longer the sum"],
  ];
  for (const [change, sentence] of changes) {
    const readers: [usage: string, read: (z: Value) => unknown][] = [
      ["L.backward()", (z) => z.backward()],
      ["backwardSteps(L)", (z) => [...backwardSteps(z)]],
      ["explain(L, a)", (z) => explain(z, z.operands[1])],
    ];
    for (const [usage, read] of readers) {
      const z = stale(change);
      const { message } = assertThrows(() => read(z), Error, sentence);
      assertStringIncludes(message, `build the graph again, then write ${usage}: `);
      for (const { grad } of z.topologicalOrder()) assertEquals(grad, 0);
    }
  }
});

Deno.test("a stale graph throws after other walks over it, and as a part of a new graph", () => {
  const walks: ((z: Value) => unknown)[] = [
    (z) => z.topologicalOrder(),
    (z) => z.zeroGrad(),
    (z) => draw(z),
    (z) => new Value(3).mul(z).zeroGrad(),
    (z) => assertThrows(() => z.backward(), Error, "build the graph again"),
    (z) => z.add(1).topologicalOrder(),
    (z) => z.operands[1].add(1).topologicalOrder(), // of a current graph with the same leaf
  ];
  for (const walk of walks) {
    const z = stale(({ x }) => x.data = 10), one = z.add(1), another = new Value(1);
    walk(z);
    for (const read of [z, one, z.mul(another)]) {
      assertThrows(() => read.backward(), Error, '"y") is no longer the * of its operands');
    }
    z.operands[1].data = 2; // as it was
    z.backward();
    assertEquals(z.operands[1].grad, 5);
    // An older walk over the same graph, which was current then, proves nothing.
    z.operands[1].data = 10;
    assertThrows(() => z.backward(), Error, '"y") is no longer the * of its operands');
  }
});

Deno.test("backward() restores the gradients when an operation throws", () => {
  let works = true;
  const square = defineOperation({
    symbol: "square",
    formula: "a^2",
    value: (a) => a * a,
    locals: [{
      formula: "2 * a",
      value(a) {
        if (works) return 2 * a;
        throw new RangeError("out of order");
      },
    }],
  });
  const x = new Value(3), y = square(x), z = y.mul(x).add(x);
  z.backward();
  const before = [x, y, z].map(({ grad }) => grad);
  assertEquals(before, [28, 3, 1]);
  works = false;
  x.grad = 5;
  z.grad = 7;
  assertThrows(() => z.backward(), RangeError, "out of order");
  assertEquals([x, y, z].map(({ grad }) => grad), [5, 3, 7]);
});

Deno.test("backward() accepts a consistent graph, whatever was assigned in the meantime", () => {
  // The same number again, or another zero, or outside the graph.
  for (const data of [2, 10]) {
    const z = stale(({ x }) => {
      x.data = data;
      x.data = 2;
    });
    z.backward();
    assertEquals(z.operands[1].grad, 5);
  }
  for (const number of [NaN, Infinity, -Infinity, -0, 0]) {
    const x = new Value(number), other = new Value(1);
    const z = Value.sum([x.mul(x).neg(), x.exp(), x.abs()]);
    other.data = 3;
    z.backward();
    assertEquals(z.grad, 1);
  }
  const first = new Value(5), second = new Value(3), difference = first.sub(second);
  first.data = 5;
  difference.backward();
  assertEquals([first.grad, second.grad], [1, -1]);
  const x = new Value(0), y = x.mul(2);
  x.data = -0;
  y.backward();
  assertEquals(x.grad, 2);
});

Deno.test("operands cannot be rewired from outside", () => {
  const list = Value.sum([a, b]), result = a.add(b), leaf = new Value(1);
  for (const { operands } of [list, result, leaf]) {
    assertThrows(() => (operands as Value[])[0] = leaf, TypeError);
    assertThrows(() => (operands as Value[]).push(leaf), TypeError);
  }
  assertEquals(list.operands, [a, b]);
  assert(list.operands[0] === a && list.operands[1] === b);
});

Deno.test("a Value shows −0, NaN in its gradient, and no control character of its label", () => {
  assertEquals(`${new Value(-0)}`, "Value(data=-0)");
  const x = new Value(-2, { label: "x" });
  x.log().backward();
  assertEquals(`${x}`, 'Value(data=-2, grad=NaN, label="x")');
  assertEquals(
    `${new Value(1, { label: "a\u202eb\u2066" })}`,
    'Value(data=1, label="a\ufffdb\ufffd")',
  );
  assertEquals(JSON.stringify([x.neg()]), '[{"data":2,"grad":0,"label":""}]');
});

Deno.test("clamp() has the slope 1 inside its bounds and at them, 0 outside", () => {
  const cases: [x: number, y: number, grad: number][] = [
    [-3, -1, 0],
    [-1, -1, 1],
    [0.5, 0.5, 1],
    [2, 2, 1],
    [3, 2, 0],
    [Infinity, 2, 0],
    [NaN, NaN, NaN],
  ];
  for (const [number, y, grad] of cases) {
    const x = new Value(number), clamped = x.clamp(-1, 2);
    clamped.backward();
    assertEquals([clamped.data, x.grad], [y, grad]);
    // The bounds as Values, with an upstream gradient of 3: a bound that applies gets all of it.
    const [z, min, max] = [number, -1, 2].map((bound) => new Value(bound));
    z.clamp(min, max).mul(3).backward();
    const outside = [number < -1 ? 3 : 0, number > 2 ? 3 : 0];
    assertEquals([z.grad, min.grad, max.grad], [3 * grad, ...outside.map((x) => x + 0 * grad)]);
  }
});

Deno.test("clamp() throws for numbers in the wrong order; of Values the upper bound wins", () => {
  assertThrows(
    () => new Value(0).clamp(2, 1),
    RangeError,
    "write a.clamp(min, max) with the smaller bound first: min 2 is above max 1",
  );
  assertEquals(new Value(0).clamp(NaN, 1).data, NaN);
  assertEquals(new Value(0).clamp(1, 1).data, 1);
  assertEquals(new Value(0).clamp(new Value(2), 1).data, 1);
  assertEquals(new Value(0).clamp(2, new Value(1)).data, 1);
  const [x, min, max] = [0, 2, 1].map((number) => new Value(number)), y = x.clamp(min, max);
  y.backward();
  assertEquals([y.data, x.grad, min.grad, max.grad], [1, 0, 0, 1]);
});

Deno.test("detach() makes a leaf of the same number that no gradient flows through", () => {
  const x = new Value(3, { label: "x" }), y = x.mul(2), detached = y.detach();
  assertEquals([detached.data, detached.op, x.detach().label], [6, "", "x"]);
  y.mul(detached).backward();
  assertEquals([x.grad, y.grad, detached.grad], [12, 6, 6]);
});

Deno.test("backward() from two results that share nodes does not use positions of the earlier walk", () => {
  const a = new Value(2), b = a.mul(a), c = b.add(a), d = a.add(1).mul(b).mul(3);
  c.backward();
  assertEquals([a.grad, b.grad], [5, 1]);
  d.backward(); // 3a²(a + 1): its slope is 9a² + 6a = 48
  assertEquals([a.grad, b.grad], [53, 9]);
});
