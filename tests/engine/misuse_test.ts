// Wrong arguments for every public function, where nothing checks types: the call either works, or throws
// an error that says what to write and what it got. It never returns an unexpected NaN, and a call that
// throws changes nothing.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as engine from "../../mod.ts";
import { type Kernel, Module, Optimizer, type Value } from "../../mod.ts";
import {
  inWords,
  keepName,
  requireAtMost,
  requireInstance,
  requireNumber,
} from "../../engine/arguments.ts";
import { Value as OtherValue } from "../../engine/value.ts?copy";
import { squareEntry } from "./own_operations.ts";

// deno-lint-ignore no-explicit-any -- the wrong arguments are what this is about
const any: any = engine;

/** The objects to call methods on, made anew for each call. */
function world() {
  const a: Value = new any.Value(2, { label: "a" }), b: Value = new any.Value(-3, { label: "b" });
  const y = a.mul(b).add(a);
  y.backward();
  const random = new any.Random(1);
  const layer = new any.Layer(2, 3, { random }), network = new any.MLP(2, [3, 1], { random });
  const kernel: Kernel = any.compile(y, { inputs: [a], parameters: [b] });
  const optimizers = [
    new any.SGD([a, b], { lr: 0.1, momentum: 0.9 }),
    new any.AdamW([a, b], { lr: 0.1 }),
  ];
  const nodes: Value[] = [...y.topologicalOrder(), ...network.parameters()];
  const state = () => [
    ...nodes.map(({ data, grad, label, op, operands }) => [data, grad, label, op, ...operands]),
    ...kernel.parameters,
    ...kernel.gradients,
  ];
  return { a, b, y, random, layer, network, kernel, optimizers, state };
}

type World = ReturnType<typeof world>;

const value: Value = new any.Value(7);

/** What is passed as each argument, and how a message describes it. */
const things = {
  undefined: [undefined, /undefined/],
  null: [null, /null/],
  true: [true, /true/],
  '"3"': ["3", /the string "3"/],
  "3n": [3n, /the bigint 3n/],
  "a symbol": [Symbol("s"), /Symbol\(s\)/],
  NaN: [NaN, /NaN/],
  Infinity: [Infinity, /Infinity/],
  "-1": [-1, /-1/],
  "0": [0, /\b0\b/],
  "1.5": [1.5, /1\.5/],
  "{}": [{}, /an object|undefined/],
  "a slip": [{ slip: 1 }, /an object|the string "slip" is not an option/],
  "Object.create(null)": [Object.create(null), /an object|undefined/],
  "a Map": [new Map(), /an object of class Map/],
  "a Float64Array": [Float64Array.of(1, 2), /an object of class Float64Array/],
  "[]": [[], /\b0\b|undefined/],
  "[[1]]": [[[1]], /\b1\b/],
  "a function": [function nothing(_x: unknown) {}, /the function nothing|undefined/],
  "a Value": [value, /a Value|Value\(data=7\)/],
  "a frozen Value": [Object.freeze(new any.Value(7)), /a Value|Value\(data=7\)/],
  "a Value of another copy": [new OtherValue(7), /a Value/],
  "a Proxy of a Value": [new Proxy(value, {}), /a Value/],
  "a Random": [new any.Random(1), /an object of class Random/],
  "a network": [new any.MLP(1, [1]), /an object of class MLP/],
} satisfies Record<string, [thing: unknown, got: RegExp]>;

type Thing = keyof typeof things;

/** The values that an argument may have. */
interface Kind {
  /** A correct value. */
  readonly right: (world: World) => unknown;
  /** Which of the things are accepted, too. */
  readonly takes?: readonly Thing[];
  /** Which of the things another test passes. */
  readonly elsewhere?: readonly Thing[];
  /** For a list: the values that its elements may have. */
  readonly each?: Kind;
  /** For an object of options: the values that each may have. */
  readonly options?: Record<string, Kind>;
  /** How the message describes what it got, if not as the thing. */
  readonly got?: RegExp;
  /** Part of the message, if another function throws. */
  readonly says?: string;
}

const numbers: Thing[] = ["NaN", "Infinity", "-1", "0", "1.5"];
const leaves: Thing[] = ["a Value", "a frozen Value"];
const right = (thing: unknown) => () => thing;

/** No parameter: nothing is accepted, not even `undefined`. */
const none: Kind = { right: right(undefined), got: /it was given an argument/ };

const number: Kind = { right: right(3), takes: numbers };
const finite: Kind = { right: right(3), takes: ["undefined", "-1", "0", "1.5"] };
const positive: Kind = { right: right(1), takes: ["undefined", "1.5"] };
const atLeast0: Kind = { right: right(1), takes: ["undefined", "0", "1.5"] };
const count: Kind = { right: right(2) };
const operand: Kind = { right: ({ a }) => a, takes: [...numbers, ...leaves] };
const node: Kind = { right: ({ a }) => a, takes: leaves };
const f: Kind = { right: right((x: number) => x * x) };
const f2: Kind = { right: right((x: Value) => x.mul(x)) };

const text: Kind = { right: right("x"), takes: ["undefined", "null", '"3"'] };

/** One of a few strings: none of the things is accepted. */
const oneOf = (name: string): Kind => ({ right: right(name), takes: ["undefined"] });

function listOf(each: Kind, length = 1, takes: Thing[] = []): Kind {
  return { right: (world) => Array.from({ length }, () => each.right(world)), each, takes };
}

function optional(kind: Kind): Kind {
  return { ...kind, takes: [...kind.takes ?? [], "undefined"] };
}

/** Options that all have defaults. */
function optionsOf(options: Record<string, Kind>): Kind {
  return { ...required(options), takes: ["undefined", "{}", "Object.create(null)"] };
}

function required(options: Record<string, Kind>): Kind {
  const right = (world: World) =>
    Object.fromEntries(Object.entries(options).map(([name, kind]) => [name, kind.right(world)]));
  return { right, options };
}

const operands: Kind = { right: ({ a, b }) => [a, b], takes: ["[]"] };
const pairs = listOf(operand, 2);
const activation = oneOf("relu");
const random: Kind = { right: ({ random }) => random, takes: ["undefined", "a Random"] };
const neuronOptions = optionsOf({ activation, random });
const networkOptions = optionsOf({ activation, outputActivation: activation, random });
// The logits of one example.
const logits: Kind = { right: ({ a, b }) => [a, b], each: node };
const parameters: Kind = { right: ({ a, b }) => [a, b], each: node };
const noLearningRate: Kind = { ...atLeast0, takes: ["0", "1.5"] };
const elementsOfDot = listOf({ ...operand, says: "Value.dot(" }, 2);

/** For each export: how to call it, what its messages contain, and its parameters. */
const table: Record<string, [call: (world: World) => unknown, says: string, ...kinds: Kind[]]> = {
  "new Value": [make("Value"), "new Value(3", number, optionsOf({ label: text })],
  ...Object.fromEntries(
    ["add", "sub", "mul", "div", "pow", "max", "min", "clampMin", "clampMax"].flatMap((name) => [
      [`Value.${name}`, [right(any.Value[name]), `.${name}(`, operand, operand]],
      [`Value.prototype.${name}`, [method("a", name), `a.${name}(b)`, operand]],
    ]),
  ),
  ...Object.fromEntries(
    ["neg", "exp", "log", "tanh", "sigmoid", "relu", "sqrt", "sin", "cos", "abs"]
      .map((name) => [`Value.prototype.${name}`, [method("a", name), `a.${name}()`, none]]),
  ),
  "Value.prototype.clamp": [method("a", "clamp"), "a.clamp(min, max)", {
    ...operand,
    takes: ["NaN", "-1", "0", "1.5", ...leaves],
    says: "write a.clamp(min, max)",
  }, { ...operand, right: right(7) }],
  "Value.sum": [right(any.Value.sum), "Value.sum([", operands],
  "Value.mean": [right(any.Value.mean), "Value.mean([", { ...operands, takes: [] }],
  "Value.softmax": [right(any.Value.softmax), "Value.softmax([", operands],
  "Value.logSumExp": [right(any.Value.logSumExp), "Value.logSumExp([", operands],
  "Value.dot": [right(any.Value.dot), "Value.dot(", pairs, pairs, optional(operand)],
  "Value.prototype.detach": [method("a", "detach"), "a.detach()", none],
  "Value.prototype.toJSON": [method("a", "toJSON"), ""],
  "Value.prototype.toString": [method("a", "toString"), ""],
  "Value.prototype.topologicalOrder": [
    method("y", "topologicalOrder"),
    "L.topologicalOrder()",
    none,
  ],
  "Value.prototype.backward": [method("y", "backward"), "L.backward()", none],
  "Value.prototype.zeroGrad": [method("y", "zeroGrad"), "L.zeroGrad()", none],
  derivative: [
    right(any.derivative),
    "derivative(",
    f,
    number,
    optionsOf({ h: positive, method: oneOf("forward") }),
  ],
  gradCheck: [
    right(any.gradCheck),
    "gradCheck(",
    f2,
    listOf({ ...number, elsewhere: ["NaN", "Infinity"] }),
    optionsOf({ tolerance: atLeast0, h: positive }),
  ],
  valueAndGrad: [right(any.valueAndGrad), "valueAndGrad((a, b) => a.mul(b))", {
    ...f2,
    takes: ["a function"],
  }],
  backwardSteps: [right(any.backwardSteps), "backwardSteps(L)", node],
  compile: [
    right(any.compile),
    "compile(loss, ",
    // A leaf that is another output was not made from the input, and another input is not in the graph.
    { right: ({ y }) => y, got: /not a Value|it was not made from/ },
    required({
      inputs: { ...listOf({ ...node, takes: [] }), takes: ["[]"] },
      parameters: { right: ({ b }) => [b], takes: ["[]"], each: { ...node, right: ({ b }) => b } },
      form: oneOf("loop"),
    }),
  ],
  "Kernel.forward": [method("kernel", "forward"), "kernel.forward(x)", listOf(number)],
  "Kernel.backward": [method("kernel", "backward"), "kernel.backward(x)", listOf(number)],
  "Kernel.backwardAll": [
    method("kernel", "backwardAll"),
    "kernel.backwardAll([[1, 2], [3, 4]])",
    {
      right: right([[3], [4]]),
      takes: ["[]", "[[1]]"],
      each: { ...listOf(number), right: right([3]) },
    },
  ],
  "Kernel.writeBack": [method("kernel", "writeBack"), ""],
  defineOperation: [right(any.defineOperation), "defineOperation({", { right: right(squareEntry) }],
  draw: [
    right(any.draw),
    "draw(L",
    { right: ({ y }) => y, takes: leaves },
    optionsOf({
      maxNodes: { right: right(3), takes: ["undefined", "Infinity"] },
      mark: { right: right(undefined), takes: ["undefined"] },
    }),
  ],
  explain: [right(any.explain), "explain(L, a)", { ...node, right: ({ y }) => y }, node],
  "new Random": [make("Random"), "new Random(42)", {
    right: right(3),
    takes: ["undefined", "-1", "0"],
  }],
  "Random.prototype.integer": [method("random", "integer"), "random.integer(6)", count],
  "Random.prototype.shuffle": [
    method("random", "shuffle"),
    "random.shuffle([",
    { right: right([1, 2]), takes: ["[]", "[[1]]"] },
  ],
  "Random.prototype.bits": [method("random", "bits"), ""],
  "Random.prototype.uniform": [method("random", "uniform"), "random.uniform(", finite, finite],
  "Random.prototype.normal": [method("random", "normal"), "random.normal(", finite, atLeast0],
  "new Module": [
    right(() =>
      new (class extends Module {
        parameters = () => [];
      })()
    ),
    "",
  ],
  "Module.prototype.stateDict": [method("network", "stateDict"), ""],
  "Module.prototype.loadStateDict": [
    method("network", "loadStateDict"),
    "network.loadStateDict(state)",
    {
      right: ({ network }) => network.stateDict(),
      got: /not an object of numbers|0 parameters|1 param/,
    },
  ],
  "Module.prototype.zeroGrad": [method("network", "zeroGrad"), ""],
  "new Neuron": [make("Neuron"), "new Neuron(3", count, neuronOptions],
  "Neuron.prototype.forward": [
    ({ layer }) => (xs: unknown) => layer.neurons[0].forward(xs),
    "neuron.forward(",
    elementsOfDot,
  ],
  "Neuron.prototype.parameters": [({ layer }) => () => layer.neurons[0].parameters(), ""],
  "new Layer": [make("Layer"), "new Layer(3, 4", count, count, neuronOptions],
  "Layer.prototype.forward": [method("layer", "forward"), "layer.forward(", elementsOfDot],
  "Layer.prototype.parameters": [method("layer", "parameters"), ""],
  "new MLP": [make("MLP"), "new MLP(3, [4, 4, 1]", count, listOf(count, 2), networkOptions],
  "MLP.prototype.forward": [method("network", "forward"), "network.forward(", listOf(operand, 2)],
  "MLP.prototype.parameters": [method("network", "parameters"), ""],
  crossEntropy: [
    right(any.crossEntropy),
    "crossEntropy([",
    { right: ({ a, b }) => [[a, b]], each: logits },
    listOf({ right: right(1), takes: ["0"] }),
  ],
  "crossEntropy with probabilities": [
    right(any.crossEntropy),
    "crossEntropy([",
    { right: ({ a, b }) => [[a, b]], each: logits },
    listOf({ right: ({ a }) => [a, 1], takes: ["0"], each: operand }),
  ],
  l2: [
    right(any.l2),
    "l2(network.parameters(), 0.01)",
    { ...parameters, takes: ["[]"] },
    noLearningRate,
  ],
  maxMargin: [
    right(any.maxMargin),
    "maxMargin([",
    listOf(node),
    listOf({ right: right(1), takes: ["-1", ...leaves] }),
  ],
  meanSquaredError: [
    right(any.meanSquaredError),
    "meanSquaredError([",
    listOf(node),
    listOf(operand),
  ],
  "new Optimizer": [
    right((...args: unknown[]) =>
      new (class Own extends (Optimizer as new (...args: unknown[]) => Optimizer) {
        step() {}
      })(...args)
    ),
    "new Own(network.parameters(), ",
    parameters,
    noLearningRate,
  ],
  "Optimizer.prototype.zeroGrad": [({ optimizers }) => () => optimizers[0].zeroGrad(), ""],
  "new SGD": [
    make("SGD"),
    "new SGD(network.parameters(), ",
    parameters,
    required({ lr: noLearningRate, momentum: atLeast0, weightDecay: atLeast0 }),
  ],
  "SGD.prototype.step": [({ optimizers }) => () => optimizers[0].step(), ""],
  "new AdamW": [
    make("AdamW"),
    "new AdamW(network.parameters(), ",
    parameters,
    optionsOf({
      lr: atLeast0,
      betas: {
        right: right([0.5, 0.5]),
        takes: ["undefined"],
        each: { right: right(0.5), takes: ["0"] },
      },
      eps: atLeast0,
      weightDecay: atLeast0,
    }),
  ],
  "AdamW.prototype.step": [({ optimizers }) => () => optimizers[1].step(), ""],
};

function make(name: string) {
  return () => (...args: unknown[]) => new any[name](...args);
}

function method(receiver: keyof World, name: string) {
  return (world: World) => (...args: unknown[]) =>
    (world[receiver] as Record<string, (...args: unknown[]) => unknown>)[name](...args);
}

Deno.test("the table of misuse contains every function, constructor and method that mod.ts exports", () => {
  const names = Object.entries<unknown>(any).flatMap(([name, thing]) => {
    assert(typeof thing === "function", `${name} is no function: how is it misused?`);
    if (!`${thing}`.startsWith("class")) return [name];
    const methods = (owner: object, prefix: string) =>
      Object.entries(Object.getOwnPropertyDescriptors(owner))
        .filter(([key, { value }]) => typeof value === "function" && key !== "constructor")
        .map(([key]) => prefix + key);
    return [
      `new ${name}`,
      ...methods(thing, `${name}.`),
      ...methods(thing.prototype, `${name}.prototype.`),
    ];
  });
  const kernel = Object.entries(world().kernel)
    .filter(([, thing]) => typeof thing === "function").map(([name]) => `Kernel.${name}`);
  const called = new Set(Object.keys(table).map((name) => name.split(" with ")[0]));
  assertEquals([...called].toSorted(), [...names, ...kernel].toSorted());
});

// A minifier shortens the names of classes, which messages and console.log() read.
Deno.test("every class that mod.ts exports, or an instance of which it returns, keeps its name", () => {
  const { y, a } = world();
  const classes = [
    ...Object.values<unknown>(any),
    any.explain(y, a).constructor,
    any.draw(y).constructor,
  ]
    .filter((thing) => `${thing}`.startsWith("class")) as { name: string }[];
  assert(classes.length > 10);
  for (const one of classes) {
    assertStringIncludes(`${one}`, `keepName(this, "${one.name}")`);
  }
  class A {}
  keepName(A, "Weight");
  assertEquals([A.name, inWords(new A())], ["Weight", "an object of class Weight"]);
});

Deno.test("requireNumber() takes the numbers of a kind, up to its bounds, and no others", () => {
  const tiny = Number.MIN_VALUE, huge = Number.MAX_VALUE;
  const kinds: [kind: Parameters<typeof requireNumber>[1], takes: number[], refuses: number[]][] = [
    ["a number", [0, -Infinity, NaN], []],
    ["a finite number", [0, -huge, huge], [Infinity, -Infinity, NaN]],
    ["a positive number", [tiny, huge], [0, -0, -tiny, Infinity, NaN]],
    ["a non-negative number", [0, -0, huge], [-tiny, Infinity, NaN]],
    ["a number from 0 to below 1", [0, -0, 1 - 2 ** -53], [-tiny, 1, NaN]],
    ["a positive integer", [1, 2 ** 53 - 1], [0, 0.5, 1.5, -1, 2 ** 53, Infinity, NaN]],
  ];
  for (const [kind, takes, refuses] of kinds) {
    for (const x of takes) requireNumber({ a: takes[0], x }, kind, "f(3)");
    for (const x of refuses) {
      const message = `write f(3): x is ${x}, not ${kind}`;
      assertThrows(() => requireNumber({ a: takes[0], x }, kind, "f(3)"), RangeError, message);
    }
    assertThrows(
      () => requireNumber({ a: takes[0], x: "1" }, kind, "f(3)"),
      TypeError,
      `not ${kind}`,
    );
  }
});

Deno.test("requireInstance() says that a Value of another copy is one only where a Value is wanted", () => {
  const other = new OtherValue(7);
  const message = "write f(a): a is a Value of another copy of this module";
  assertThrows(() => requireInstance({ a: other }, any.Value, "f(a)"), TypeError, message);
  for (const thing of [value, other]) {
    const message = "write f(r): r is a Value, not a Random";
    assertThrows(() => requireInstance({ r: thing }, any.Random, "f(r)"), TypeError, message);
  }
});

Deno.test("requireAtMost() takes as many as the maximum, and no more", () => {
  requireAtMost(3, 3, "f([a, b])");
  const message = "write f([a, b]): 4 are too many, the maximum is 3";
  assertThrows(() => requireAtMost(4, 3, "f([a, b])"), RangeError, message);
});

Deno.test("inWords() quotes a string, up to 40 letters of it", () => {
  assertEquals(inWords("x".repeat(40)), `the string "${"x".repeat(40)}"`);
  assertEquals(inWords("x".repeat(41)), `the string "${"x".repeat(39)}…"`);
  assertEquals(inWords('say "hi"\n'), String.raw`the string "say \"hi\"\n"`);
});

interface Variation {
  readonly what: string;
  readonly make: (world: World) => unknown;
  readonly fine: boolean;
  readonly got: RegExp;
  readonly says?: string;
}

/** Everything that is passed in place of a correct argument, and the expected outcome. */
function variationsOf(kind: Kind): Variation[] {
  const { right, takes = [], elsewhere = [], each, options = {}, says } = kind;
  const tried = Object.entries(things).filter(([what]) => !elsewhere.includes(what as Thing));
  const whole = tried.map(([what, [thing, got]]): Variation => (
    { what, make: () => thing, fine: takes.includes(what as Thing), got: kind.got ?? got, says }
  ));
  const inList = each === undefined ? [] : [
    ...variationsOf(each).map((variation): Variation => ({
      ...variation,
      what: `[… ${variation.what}]`,
      make: (world) => (right(world) as unknown[]).with(-1, variation.make(world)),
    })),
    {
      what: "an array of holes",
      make: (world: World) => Array((right(world) as unknown[]).length),
      fine: false,
      got: /undefined/,
      says: each.says,
    },
  ];
  const inOptions = Object.entries(options).flatMap(([name, option]) =>
    variationsOf(option).map((variation): Variation => ({
      ...variation,
      what: `{ ${name}: ${variation.what} }`,
      make: (world) => ({ ...right(world) as object, [name]: variation.make(world) }),
    }))
  );
  return [...whole, ...inList, ...inOptions];
}

/** The numbers in a result, including those of Values and of lists. */
function numbersIn(result: unknown): number[] {
  if (typeof result === "number") return [result];
  if (result instanceof any.Value) return [(result as Value).data];
  return Array.isArray(result) ? result.flatMap(numbersIn) : [];
}

for (const [name, [call, usage, ...kinds]] of Object.entries(table)) {
  if (kinds.length === 0) {
    Deno.test(`${name}() works, whatever arguments it ignores`, () => {
      for (const [thing] of Object.values(things)) {
        const one = world();
        (call(one) as (...args: unknown[]) => unknown)(thing);
      }
    });
    continue;
  }
  Deno.test(`${name}() works or throws an error that says what to write, whatever the arguments`, () => {
    kinds.forEach((kind, position) => {
      for (const { what, make, fine, got, says } of variationsOf(kind)) {
        const one = world(), before = one.state();
        const args = kinds.map(({ right }, k) => k === position ? make(one) : right(one));
        const run = () => (call(one) as (...args: unknown[]) => unknown)(...args);
        const where = `argument ${position + 1} is ${what}`;
        if (fine) {
          const found = numbersIn(run());
          assert(
            /NaN|Infinity/.test(what) || found.every((x) => x === x),
            `${where}: a silent NaN`,
          );
        } else {
          const { message } = assertThrows(run, Error, undefined, where);
          assertStringIncludes(message, "write ", where);
          assertStringIncludes(message, says ?? usage, where);
          assert(got.test(message), `${where}: ${message}`);
          assertEquals(one.state(), before, `${where}: something changed`);
        }
      }
    });
  });
}

Deno.test("writing to a frozen Value throws an error that names it, and changes no Value", () => {
  const writers: [says: string, run: (world: World) => unknown][] = [
    ["L.backward()", ({ y }) => y.backward()],
    ["L.zeroGrad()", ({ y }) => y.zeroGrad()],
    ["backwardSteps(L)", ({ y }) => [...any.backwardSteps(y)]],
    ["optimizer.step()", ({ optimizers }) => optimizers[0].step()],
    ["optimizer.step()", ({ optimizers }) => optimizers[1].step()],
    ["optimizer.zeroGrad()", ({ optimizers }) => optimizers[1].zeroGrad()],
    ["network.zeroGrad()", ({ network }) => network.zeroGrad()],
    ["kernel.writeBack()", ({ kernel }) => kernel.writeBack()],
  ];
  const frozen: ((world: World) => Value)[] = [
    ({ b }) => b,
    ({ y }) => y,
    ({ y }) => y.operands[0],
    ({ network }) => network.layers[1].neurons[0].bias,
  ];
  for (const [says, run] of writers) {
    let thrown = 0;
    for (const choose of frozen) {
      const one = world();
      one.kernel.parameters[0] = 99;
      const before = one.state(), frozen = Object.freeze(choose(one));
      try {
        run(one); // the frozen Value may not be involved
      } catch (error) {
        const sentence = `${says} on Values that are not frozen: ${frozen} is`;
        assertStringIncludes((error as Error).message, sentence);
        assertEquals(one.state(), before);
        thrown++;
      }
    }
    assert(thrown > 0, says);
  }
});

Deno.test("a frozen Value works like any other as long as nothing writes to it", () => {
  const one = world();
  for (const node of one.y.topologicalOrder()) Object.freeze(node);
  assertEquals(one.y.mul(one.a).data, -8);
  assertStringIncludes(any.draw(one.y).text, "data  2");
  assertEquals(any.explain(one.y, one.b).value, 2);
  assertEquals(any.compile(one.y, { inputs: [one.a], parameters: [one.b] }).forward([3]), -6);
});
