import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import {
  type Activation,
  derivative,
  Layer,
  meanSquaredError,
  MLP,
  Module,
  Neuron,
  Random,
  Value,
} from "../../../mod.ts";

const toNumbers = (values: readonly Value[]) => values.map(({ data }) => data);

/** Sets the parameters of a neuron, a layer or a network. */
function setParameters(module: Module, numbers: readonly number[]): void {
  const parameters = module.parameters();
  assertEquals(parameters.length, numbers.length);
  for (const [k, parameter] of parameters.entries()) parameter.data = numbers[k];
}

Deno.test("parameters() counts one for each weight and bias", () => {
  assertEquals(new Neuron(5).parameters().length, 6);
  assertEquals(new Layer(3, 4).parameters().length, 16);
  assertEquals(new MLP(3, [4, 4, 1]).parameters().length, 41);
  assertEquals(new MLP(2, [16, 16, 1]).parameters().length, 337);
});

Deno.test("parameters() go layer by layer, neuron by neuron, weights before bias, always the same", () => {
  const network = new MLP(3, [4, 2]);
  const expected = network.layers.flatMap(({ neurons }) =>
    neurons.flatMap(({ weights, bias }) => [...weights, bias])
  );
  assertEquals(network.layers.map(({ neurons }) => neurons.length), [4, 2]);
  assertEquals(network.layers.map(({ neurons }) => neurons[0].weights.length), [3, 4]);
  for (const parameters of [network.parameters(), network.parameters()]) {
    assertEquals(parameters.length, expected.length);
    for (const [k, parameter] of parameters.entries()) assertStrictEquals(parameter, expected[k]);
  }
  assertEquals(new Set(expected).size, expected.length);
});

Deno.test("a neuron has labels for its weights and its bias", () => {
  assertEquals(new Neuron(3).parameters().map(({ label }) => label), ["w1", "w2", "w3", "b"]);
});

Deno.test("new MLP() has the same weights for the same seed, others for another", () => {
  const weights = (random?: Random) => toNumbers(new MLP(2, [3, 1], { random }).parameters());
  assertEquals(weights(new Random(1)), weights(new Random(1)));
  assert(weights(new Random(1)).join() !== weights(new Random(2)).join());

  const random = new Random(1);
  assertEquals(weights(random), weights(new Random(1)));
  assert(weights(random).join() !== weights(new Random(1)).join());
});

Deno.test("neurons, layers and networks without a generator get different weights", () => {
  const neurons = [
    new Neuron(3),
    new Neuron(3),
    ...[new Layer(3, 2), new Layer(3, 1)].flatMap((layer) => layer.neurons),
    ...[new MLP(3, [1]), new MLP(3, [1])].flatMap((network) => network.layers[0].neurons),
  ];
  assertEquals(new Set(neurons.map(({ weights }) => `${toNumbers(weights)}`)).size, 7);
});

Deno.test("new MLP() takes the weights from its generator, one after the other", () => {
  const network = new MLP(2, [2, 1], { random: new Random(3) }), random = new Random(3);
  for (const { label, data } of network.parameters()) {
    assertEquals(data, label === "b" ? 0 : random.uniform(-1, 1));
  }
});

Deno.test("new MLP() draws every weight from [−1, 1) and starts every bias at 0", () => {
  const random = new Random(1);
  const modules = [
    new Neuron(50, { random }),
    new Layer(4, 50, { random }),
    new MLP(4, [20, 20, 1], { random }),
  ];
  for (const module of modules) {
    const of = (label: RegExp) =>
      toNumbers(module.parameters().filter((parameter) => label.test(parameter.label)));
    const weights = of(/^w/);
    assertEquals(new Set(weights).size, weights.length);
    assert(weights.every((weight) => -1 <= weight && weight < 1));
    assert(Math.min(...weights) < -0.9 && Math.max(...weights) > 0.9);
    assert(of(/^b/).every((bias) => bias === 0));
  }
});

Deno.test("forward() of a neuron is activation(w · x + b)", () => {
  const expected: Record<Activation, (x: number) => number> = {
    tanh: Math.tanh,
    relu: (x) => Math.max(0, x),
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    linear: (x) => x,
  };
  for (const [activation, f] of Object.entries(expected)) {
    const neuron = new Neuron(2, { activation: activation as Activation });
    setParameters(neuron, [3, -1, 0.5]);
    assertAlmostEquals(neuron.forward([0.25, 2]).data, f(3 * 0.25 - 2 + 0.5), 1e-15, activation);
    assertAlmostEquals(neuron.forward([0.25, -2]).data, f(3 * 0.25 + 2 + 0.5), 1e-15, activation);
  }
});

Deno.test("forward() makes one node for the weighted sum and one for the activation", () => {
  const neuron = new Neuron(3), output = neuron.forward([1, 2, 3]);
  assertEquals([output.op, output.operands.length], ["tanh", 1]);
  assertEquals([output.operands[0].op, output.operands[0].operands.length], ["dot", 7]);
  assertEquals(new Neuron(3, { activation: "linear" }).forward([1, 2, 3]).op, "dot");
});

Deno.test("forward() of a layer is that of each of its neurons", () => {
  const layer = new Layer(2, 3, { activation: "relu" });
  setParameters(layer, [1, 2, 0, -1, -2, 0, 0, 1, 10]);
  assertEquals(toNumbers(layer.forward([3, 4])), [11, 0, 14]);
});

Deno.test("forward() of a network feeds each layer with the outputs of the one before", () => {
  const network = new MLP(2, [2, 1], { activation: "relu" });
  setParameters(network, [3, 1, 0.5, -1, 2, 1, 2, -3, 0.25]);
  // The first layer: max(0, 3 · 1 + 1 · (−2) + 0.5) = 1.5 and max(0, −1 − 4 + 1) = 0.
  assertEquals(toNumbers(network.forward([1, -2])), [2 * 1.5 - 3 * 0 + 0.25]);
  // The first layer: max(0, −3 + 4 + 0.5) = 1.5 and max(0, 1 + 8 + 1) = 10. The last is linear.
  assertEquals(toNumbers(network.forward([-1, 4])), [2 * 1.5 - 3 * 10 + 0.25]);
});

Deno.test("activations default to tanh, that of the last layer of a network to linear", () => {
  const ops = (network: MLP) => {
    const [output] = network.forward([1, 2]);
    const hidden = output.topologicalOrder().filter(({ op }) => op !== "" && op !== "dot");
    return [...new Set(hidden.map(({ op }) => op)), output.op];
  };
  assertEquals(new Neuron(1).forward([1]).op, "tanh");
  assertEquals(new Layer(1, 1).forward([1])[0].op, "tanh");
  assertEquals(ops(new MLP(2, [3, 1])), ["tanh", "dot"]);
  assertEquals(ops(new MLP(2, [3, 3, 1], { activation: "relu" })), ["relu", "dot"]);
  assertEquals(ops(new MLP(2, [3, 1], { outputActivation: "tanh" })), ["tanh", "tanh"]);
  assertEquals(
    ops(new MLP(2, [3, 1], { activation: "relu", outputActivation: "sigmoid" })),
    ["relu", "sigmoid", "sigmoid"],
  );
});

Deno.test("forward() accepts Values, too, and passes gradients back to them", () => {
  const neuron = new Neuron(2, { activation: "linear" }), x = new Value(5);
  setParameters(neuron, [3, -1, 0.5]);
  neuron.forward([x, 2]).backward();
  assertEquals(x.grad, 3);
  assertEquals(neuron.parameters().map(({ grad }) => grad), [5, 2, 1]);
});

for (const activation of ["tanh", "relu", "sigmoid"] as const) {
  Deno.test(`backward() finds the derivative of a loss with respect to every parameter of a ${activation} network`, () => {
    const inputs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]], targets = [1, -1, -1, 1];
    const network = new MLP(3, [4, 4, 1], { activation }), random = new Random(7);
    // Random biases, too: with a bias of 0, a neuron whose inputs are all 0 is at the kink of relu.
    setParameters(network, network.parameters().map(() => random.uniform(-1, 1)));
    const loss = () => meanSquaredError(inputs.map((x) => network.forward(x)[0]), targets);
    loss().backward();
    let flowing = 0;
    for (const [k, parameter] of network.parameters().entries()) {
      const { data, grad } = parameter;
      const slope = derivative((x) => (parameter.data = x, loss().data), data);
      parameter.data = data;
      assertAlmostEquals(grad, slope, 1e-8 * Math.max(1, Math.abs(slope)), `parameter ${k}`);
      if (grad !== 0) flowing++;
    }
    assert(flowing > 20, `only ${flowing} gradients that are not 0`);
  });
}

Deno.test("zeroGrad() clears the gradient of every parameter, and nothing else", () => {
  const network = new MLP(2, [3, 1]), parameters = network.parameters();
  const [output] = network.forward([1, 2]), before = toNumbers(parameters);
  output.backward();
  assert(parameters.every(({ grad }) => grad !== 0));
  network.layers[1].zeroGrad();
  assertEquals(parameters.map(({ grad }) => grad !== 0), parameters.map((_, k) => k < 9));
  network.zeroGrad();
  assert(parameters.every(({ grad }) => grad === 0));
  assertEquals([toNumbers(parameters), output.grad], [before, 1]);
});

Deno.test("a Module of one's own only needs parameters() for zeroGrad()", () => {
  class Line extends Module {
    slope = new Value(2);
    offset = new Value(1);
    parameters() {
      return [this.slope, this.offset];
    }
  }
  const line = new Line();
  line.slope.mul(3).add(line.offset).backward();
  assertEquals(line.parameters().map(({ grad }) => grad), [3, 1]);
  line.zeroGrad();
  assertEquals(line.parameters().map(({ grad }) => grad), [0, 0]);
});

Deno.test("stateDict() names every parameter by its path, as PyTorch does", () => {
  const network = new MLP(2, [2, 1]), state = network.stateDict();
  assertEquals(Object.keys(state), [
    "layers.0.neurons.0.weights.0",
    "layers.0.neurons.0.weights.1",
    "layers.0.neurons.0.bias",
    "layers.0.neurons.1.weights.0",
    "layers.0.neurons.1.weights.1",
    "layers.0.neurons.1.bias",
    "layers.1.neurons.0.weights.0",
    "layers.1.neurons.0.weights.1",
    "layers.1.neurons.0.bias",
  ]);
  assertEquals(Object.values(state), toNumbers(network.parameters()));
});

Deno.test("loadStateDict() restores a network from JSON, whatever the order of the names", () => {
  const trained = new MLP(3, [4, 2]), other = new MLP(3, [4, 2]);
  const backwards = Object.fromEntries(Object.entries(trained.stateDict()).reverse());
  other.loadStateDict(JSON.parse(JSON.stringify(backwards)));
  assertEquals(toNumbers(other.parameters()), toNumbers(trained.parameters()));
  const inputs = [0.5, -1, 2];
  assertEquals(toNumbers(other.forward(inputs)), toNumbers(trained.forward(inputs)));
});

Deno.test("stateDict() of a Module of one's own: each parameter once, constants left out", () => {
  class Own extends Module {
    matrix = [[new Value(1), new Value(2)], [new Value(3)]];
    byName = { gain: new Value(4) };
    alias = this.matrix[0][1];
    constant = new Value(5);
    self = this;
    name = "own";
    cache = null;
    parameters() {
      return [...this.matrix.flat(), this.byName.gain];
    }
  }
  const own = new Own();
  const state = { "matrix.0.0": 1, "matrix.0.1": 2, "matrix.1.0": 3, "byName.gain": 4 };
  assertEquals(own.stateDict(), state);
  own.loadStateDict({ ...state, "byName.gain": 8 });
  assertEquals([own.byName.gain.data, own.constant.data], [8, 5]);

  class Hidden extends Module {
    #slope = new Value(2, { label: "slope" });
    parameters() {
      return [this.#slope];
    }
  }
  const message =
    'on a module with its parameters in public fields: Value(data=2, label="slope") is in none';
  assertThrows(() => new Hidden().stateDict(), Error, `write network.stateDict() ${message}`);
  assertThrows(() => new Hidden().loadStateDict({}), Error, message);

  // What belongs to something else than a module, a list or a plain object has no name here.
  class Elsewhere extends Module {
    readonly other = new class Other {
      readonly slope = new Value(2, { label: "slope" });
    }();
    parameters() {
      return [this.other.slope];
    }
  }
  assertThrows(() => new Elsewhere().stateDict(), Error, message);
});

Deno.test("loadStateDict() throws for the state of another network, and changes nothing", () => {
  const network = new MLP(2, [3, 1]), before = toNumbers(network.parameters());
  const state = network.stateDict();
  for (const name of Object.keys(state)) state[name] += 1;
  const { "layers.1.neurons.0.bias": _, ...less } = state;
  const wrong: [state: unknown, message: string][] = [
    [
      new MLP(1, [3, 1]).stateDict(),
      '"layers.0.neurons.0.weights.1" is not in the state (10 parameters in the state, 13 in the network)',
    ],
    [new MLP(2, [4, 1]).stateDict(), '"layers.0.neurons.3.weights.0" is not in the network (17'],
    [less, '"layers.1.neurons.0.bias" is not in the state (12 parameters'],
    [{ ...state, extra: 1 }, '"extra" is not in the network (14 parameters'],
    [
      { ...state, "layers.1.neurons.0.bias": "1" },
      'state["layers.1.neurons.0.bias"] is the string "1", not a number',
    ],
    [
      JSON.parse(JSON.stringify({ ...state, "layers.1.neurons.0.bias": NaN })),
      "is null, not a number",
    ],
    [undefined, "state is undefined, not an object of numbers"],
    [JSON.stringify(state), ", not an object of numbers"],
    [[1, 2], "is an array of length 2, not an object of numbers"],
  ];
  for (const [state, message] of wrong) {
    assertThrows(() => network.loadStateDict(state as typeof less), Error, message);
    assertEquals(toNumbers(network.parameters()), before);
  }
  Object.freeze(network.parameters().at(-1));
  assertThrows(() => network.loadStateDict(state), TypeError, "that are not frozen");
  assertEquals(toNumbers(network.parameters()), before);
});

// What a learner can write: neither `deno run` nor a notebook checks types.
// deno-lint-ignore no-explicit-any
const [AnyNeuron, AnyLayer, AnyMLP]: any[] = [Neuron, Layer, MLP];

Deno.test("new Neuron(), new Layer() and new MLP() throw when a size is not a positive integer", () => {
  const mlp = "write new MLP(3, [4, 4, 1])";
  for (const [size, got] of [[0, "0"], [-1, "-1"], [1.5, "1.5"], [NaN, "NaN"], [Infinity, "Inf"]]) {
    assertThrows(() => new AnyNeuron(size), RangeError, `write new Neuron(3): inputs is ${got}`);
    assertThrows(
      () => new AnyLayer(size, 4),
      RangeError,
      `write new Layer(3, 4): inputs is ${got}`,
    );
    assertThrows(
      () => new AnyLayer(3, size),
      RangeError,
      `write new Layer(3, 4): outputs is ${got}`,
    );
    assertThrows(() => new AnyMLP(size, [4]), RangeError, `${mlp}: inputs is ${got}`);
    assertThrows(() => new AnyMLP(3, [4, size]), RangeError, `${mlp}: sizes[1] is ${got}`);
  }
  assertThrows(() => new AnyNeuron("3"), TypeError, 'is the string "3", not a positive integer');
  assertThrows(() => new AnyNeuron(), TypeError, "is undefined, not a positive integer");
  assertThrows(() => new AnyLayer(3), TypeError, "outputs is undefined, not a positive integer");
  assertThrows(() => new AnyMLP(3, []), RangeError, `${mlp}: sizes is an array of length 0, not`);
  assertThrows(() => new AnyMLP(3), TypeError, `${mlp}: sizes is undefined, not an array`);
  assertThrows(() => new AnyMLP(3, 4, 4, 1), TypeError, `${mlp}: sizes is 4, not an array`);
});

const makers: [name: string, make: (options: unknown) => unknown][] = [
  ["write new Neuron(3,", (options) => new AnyNeuron(3, options)],
  ["write new Layer(3, 4,", (options) => new AnyLayer(3, 4, options)],
  ["write new MLP(3, [4, 4, 1],", (options) => new AnyMLP(3, [4, 4, 1], options)],
];

Deno.test("new Neuron(), new Layer() and new MLP() throw when an activation is unknown", () => {
  const known = 'not one of "tanh", "relu", "sigmoid", "linear"';
  for (const [usage, make] of makers) {
    for (const activation of ["tahn", "Tanh", "toString"]) {
      const message =
        `${usage} { activation: "tanh" }): activation is the string "${activation}", ${known}`;
      assertThrows(() => make({ activation }), RangeError, message);
    }
    assertThrows(() => make({ activation: Math.tanh }), RangeError, "the function tanh");
  }
  const message = '{ outputActivation: "tanh" }): outputActivation is the string "none", ' + known;
  assertThrows(() => new AnyMLP(3, [4, 1], { outputActivation: "none" }), RangeError, message);
});

Deno.test("new Neuron(), new Layer() and new MLP() throw when random is not a Random", () => {
  for (const [usage, make] of makers) {
    const message = `${usage} { random: new Random(42) }): random is 42, not a Random`;
    assertThrows(() => make({ random: 42 }), TypeError, message);
    assertThrows(() => make({ random: Math.random }), TypeError, "the function random");
  }
});

Deno.test("new Neuron(), new Layer() and new MLP() throw for unknown options", () => {
  for (const [usage, make] of makers) {
    const message = `${usage} { activation: "tanh" }): `;
    const random = message + "options is an object of class Random, not an object of options";
    assertThrows(() => make(new Random(1)), TypeError, random);
    const slip = message + 'the string "activaton" is not an option, the options are activation, ';
    assertThrows(() => make({ activaton: "relu" }), TypeError, slip);
  }
  assertThrows(() => new AnyLayer(3, 4, { outputActivation: "relu" }), TypeError, "not an option");
});

Deno.test("forward() throws for too many or too few inputs, or for anything but Values and numbers", () => {
  const modules = { neuron: new Neuron(3), layer: new Layer(3, 2), network: new MLP(3, [4, 1]) };
  for (const [name, module] of Object.entries(modules)) {
    const forward = module.forward.bind(module) as (...xs: unknown[]) => unknown;
    for (const inputs of [[1, 2], [1, 2, 3, 4], []]) {
      const message = ` with as many inputs as weights, 3: xs has ${inputs.length}`;
      assertThrows(() => forward(inputs), RangeError, message);
    }
    assertThrows(() => forward([1, 2]), RangeError, `write ${name}.forward([`);
    assertThrows(() => forward(1, 2, 3), TypeError, "xs is 1, not an array");
    assertThrows(() => forward([1, 2, "3"]), TypeError, 'xs[2] is the string "3", not a');
    const usage = name === "network" ? "network.forward([2, 3, -1])" : "Value.dot([w1, w2], ";
    const { message } = assertThrows(() => forward(["3", 1, 2]), TypeError);
    assert(message.startsWith(`write ${usage}`) && message.includes('xs[0] is the string "3"'));
  }
});

Deno.test("new MLP() of one layer is linear: its one layer is the last", () => {
  const network = new MLP(2, [1]);
  setParameters(network, [3, -4, 5]);
  assertEquals(network.forward([10, 1])[0].data, 31);
});
