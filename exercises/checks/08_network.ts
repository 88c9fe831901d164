/** What the functions of exercise 08 must do. */
import { MLP, Random, Value } from "../../mod.ts";
import { exercise, like, Mistake, numbers, show } from "./check.ts";
export { todo } from "./check.ts";

/** A neuron: a weight for each input, and a bias. */
export interface Neuron {
  /** One for each input. */
  readonly weights: Value[];
  /** What is added. */
  readonly bias: Value;
}

type Shape = [inputs: number[], sizes: number[]];
const shapes: Shape[] = [
  [[1, -2], [2, 1]],
  [[2, 3, -1], [4, 4, 1]],
  [numbers(2), [3, 2, 2]],
  [numbers(3), [5]],
];

/** At first each layer could take the inputs, too; then it could not. */
const networks: Shape[] = [
  [[1, -2], [2, 1]],
  [[2, 3, -1], [3, 3, 1]],
  [numbers(2), [2, 2, 2]],
  [
    numbers(3),
    [5],
  ],
  [[2, 3, -1], [4, 4, 1]],
  [numbers(4), [2, 3, 1]],
];

const seed = 8;
/** A network of mod.ts, always the same, with biases that are not 0. */
function made(inputs: number, sizes: number[]): MLP {
  const random = new Random(seed);
  const network = new MLP(inputs, sizes, { activation: "tanh" });
  network.parameters().forEach((p) => p.data = random.normal(0, 0.5));
  return network;
}
/** The same, as lists. */
function lists(network: MLP): Neuron[][] {
  return network.layers.map(({ neurons }) =>
    neurons.map(({ weights, bias }) => ({ weights: [...weights], bias }))
  );
}
const sum = ({ weights, bias }: Neuron, inputs: (Value | number)[]) =>
  Value.dot(weights, inputs, bias);

/** Numbers of Values, how many parameters their graph knows, and how much they depend on them. */
function known(outputs: unknown, network: MLP): unknown {
  if (!Array.isArray(outputs)) return outputs;
  if (outputs.some((output) => !(output instanceof Value))) {
    throw new Mistake("The list must hold Values.");
  }
  Value.sum(outputs).backward();
  const gradients = network.parameters().map(({ grad }) => Math.abs(grad));
  return {
    outputs: outputs.map(({ data }) => data),
    "parameters with a gradient": gradients.filter((size) => size > 0).length,
    "sum of |gradients|": gradients.reduce((sum, size) => sum + size),
  };
}

type Layer = (neurons: Neuron[], inputs: (Value | number)[], hidden: boolean) => unknown;
type LayerCase = [inputs: number[], sizes: number[], hidden: boolean];
const runLayer = (layer: Layer) => (...[inputs, sizes, hidden]: LayerCase) => {
  const network = made(inputs.length, sizes);
  return known(layer(lists(network)[0], inputs, hidden), network);
};
type Network<Outputs = unknown> = (layers: Neuron[][], inputs: (Value | number)[]) => Outputs;
const runNetwork = (run: Network) => (...[inputs, sizes]: Shape) => {
  const network = made(inputs.length, sizes);
  return known(run(lists(network), inputs), network);
};
/** A network in which some layers squash. */
const chain =
  (hidden: (isLast: boolean) => boolean): Network<(Value | number)[]> => (layers, inputs) => {
    let outputs = inputs;
    for (const neurons of layers) {
      const sums = neurons.map((one) => sum(one, outputs));
      outputs = hidden(neurons === layers.at(-1)) ? sums.map((sum) => sum.tanh()) : sums;
    }
    return outputs;
  };

type Parameters = (layers: Neuron[][]) => unknown;
/** Parameters as the numbers of their places in the right list. */
const places = (parameters: Parameters) => (...[inputs, sizes]: Shape) => {
  const network = made(inputs.length, sizes), right = network.parameters();
  const found = parameters(lists(network));
  if (!Array.isArray(found)) return found;
  return found.map((parameter) => {
    const place = right.indexOf(parameter);
    if (place === -1) {
      throw new Mistake(`${show(parameter)} in the list is none of the parameters.`);
    }
    return place;
  });
};

const counts = (inputs: number, sizes: number[]) =>
  sizes.reduce((sum, size, k) => sum + size * ((k === 0 ? inputs : sizes[k - 1]) + 1), 0);
const sizes: [number, number[]][] = [[3, [4, 4, 1]], [2, [16, 16, 1]], [2, [1]], [5, [3, 7]]];

export const holes = {
  layer: (answer: Layer, name: string) =>
    like(
      runLayer((neurons, inputs, hidden) =>
        neurons.map((one) => hidden ? sum(one, inputs).tanh() : sum(one, inputs))
      ),
      {
        inputs: shapes.flatMap((
          [inputs, sizes],
        ): LayerCase[] => [[inputs, sizes, false], [inputs, sizes, true]]),
        mistakes: [
          [
            "A hidden layer squashes with tanh().",
            runLayer((neurons, inputs) => neurons.map((one) => sum(one, inputs))),
          ],
          [
            "Only a hidden layer squashes.",
            runLayer((neurons, inputs) => neurons.map((one) => sum(one, inputs).tanh())),
          ],
          [
            "It is the wrong way round: a hidden layer squashes, the last one does not.",
            runLayer((neurons, inputs, hidden) =>
              neurons.map((one) => hidden ? sum(one, inputs) : sum(one, inputs).tanh())
            ),
          ],
          [
            "The result has forgotten its parameters: calculate with methods, not with .data.",
            runLayer((neurons, inputs, hidden) =>
              neurons.map((one) => {
                const { data } = sum(one, inputs);
                return new Value(hidden ? Math.tanh(data) : data);
              })
            ),
          ],
        ],
        hint: "Call neuron() for each, with the same inputs.",
        at: (inputs, sizes, hidden) =>
          `${name}() of ${sizes[0]} neurons, inputs ${show(inputs)}, ${
            hidden ? "hidden" : "not hidden"
          }`,
      },
    )(runLayer(answer) as never, name),
  network: (answer: Network, name: string) =>
    like(
      (...[inputs, sizes]: Shape) => {
        const network = made(inputs.length, sizes);
        return known(network.forward(inputs), network);
      },
      {
        inputs: networks,
        mistakes: [
          ["The last layer is not hidden: it does not squash.", runNetwork(chain(() => true))],
          ["All layers but the last are hidden: they squash.", runNetwork(chain(() => false))],
          [
            "It is the wrong way round: all but the last are hidden.",
            runNetwork(chain((isLast) => isLast)),
          ],
          [
            "Each layer gets the outputs of the one before, not the inputs again.",
            runNetwork((layers, inputs) => chain(() => false)(layers.slice(-1), inputs)),
          ],
          [
            "Those are the outputs of the first layer.",
            runNetwork((layers, inputs) => chain(() => layers.length > 1)([layers[0]], inputs)),
          ],
          [
            "The graph is lost between the layers: pass the Values on, not their data.",
            runNetwork((layers, inputs) => {
              const before = chain(() => true)(layers.slice(0, -1), inputs);
              const numbers = before.map((x) => x instanceof Value ? x.data : x);
              return chain(() => false)(layers.slice(-1), numbers);
            }),
          ],
        ],
        hint: "Layer by layer: what comes out of one goes into the next.",
        at: (inputs, sizes) =>
          `${name}() with layers of ${show(sizes)} neurons, inputs ${show(inputs)}`,
      },
    )(runNetwork(answer) as never, name),
  parameters: (answer: Parameters, name: string) =>
    like(places((layers) => layers.flat().flatMap(({ weights, bias }) => [...weights, bias])), {
      inputs: shapes,
      mistakes: [
        [
          "The biases are missing.",
          places((layers) => layers.flat().flatMap(({ weights }) => weights)),
        ],
        [
          "The bias of a neuron comes after its weights.",
          places((layers) => layers.flat().flatMap(({ weights, bias }) => [bias, ...weights])),
        ],
        [
          "Those are of the first layer alone.",
          places(([first]) => first.flatMap(({ weights, bias }) => [...weights, bias])),
        ],
      ],
      hint: "For each layer, for each neuron: its weights, then its bias.",
      at: (inputs, sizes) =>
        `places in the right list, of ${inputs.length} inputs and layers of ${show(sizes)}`,
    })(places(answer) as never, name),
  inputsOf: like(
    (inputs: number, sizes: number[]) =>
      made(inputs, sizes).layers.map(({ neurons }) => neurons[0].weights.length),
    {
      inputs: sizes,
      mistakes: [
        [
          "Only the first layer gets the inputs: the others get the outputs of the one before.",
          (inputs, sizes) => sizes.map(() => inputs),
        ],
        ["Those are the neurons of each layer.", (_inputs, sizes) => sizes],
        [
          "No layer comes after the last: leave its size out.",
          (inputs, sizes) => [inputs, ...sizes],
        ],
      ],
      hint: "The first layer has `inputs`, each other one as many as the layer before has neurons.",
    },
  ),
  count: like((inputs: number, sizes: number[]) => made(inputs, sizes).parameters().length, {
    inputs: sizes,
    mistakes: [
      [
        "Each neuron has a bias, too.",
        (inputs, sizes) => counts(inputs, sizes) - sizes.reduce((sum, size) => sum + size, 0),
      ],
      [
        "There is a bias for each neuron, not one for each layer.",
        (inputs, sizes) =>
          counts(inputs, sizes) - sizes.reduce((sum, size) => sum + size, 0) + sizes.length,
      ],
      ["Those are the neurons.", (_inputs, sizes) => sizes.reduce((sum, size) => sum + size, 0)],
    ],
    hint: "A layer has size · (inputs of a neuron + 1) parameters.",
  }),
};

export const check = exercise("08_network", holes);
