import text from "../../exercises/08_network.ts" with { type: "text" };
import { holes } from "../../exercises/checks/08_network.ts";
import checks from "../../exercises/checks/08_network.ts" with { type: "text" };
import solutions from "../../exercises/solutions/08_network.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("08_network", { text, solutions, checks, holes }, {
  layer: [
    [
      "return neurons.map((n) => neuron(n, inputs));",
      "squashes with tanh()",
      /^layer\(\) of 2 neurons, inputs \[1, −2\], hidden\n/,
    ],
    ["return neurons.map((n) => neuron(n, inputs).tanh());", "Only a hidden layer"],
    ["return neurons.map((n) => neuron(n, inputs).data);", "must hold Values"],
    [
      "return neurons.map((n) => hidden ? neuron(n, inputs) : neuron(n, inputs).tanh());",
      "the last one does not",
    ],
    ["return neurons.map(() => neuron(neurons[0], inputs));", "Call neuron() for each"],
    [
      "return neurons.map((n) => { const { data } = neuron(n, inputs); return n.bias.mul(0).add(hidden ? Math.tanh(data) : data); });",
      "has forgotten its parameters",
      /^layer\(\) of 2 neurons, inputs \[1, −2\], not hidden\n.* 6, sum of .* 8 \}\n.* 0, sum of .* 0 \}$/,
    ],
    [
      "return neurons.map((n, k) => k === 0 ? neuron(n, inputs) : neuron(n, inputs).data);",
      "must hold Values",
    ],
  ],
  network: [
    [
      "return layers.reduce((x, neurons) => layer(neurons, x, true), inputs);",
      "The last layer is not hidden",
      /^network\(\) with layers of \[2, 1\] neurons, inputs \[1, −2\]\n/,
    ],
    ["return layers.reduce((x, neurons) => layer(neurons, x, false), inputs);", "they squash"],
    ["return layer(layers[0], inputs, layers.length > 1);", "of the first layer"],
    [
      "return layers.reduce((x, neurons, k) => layer(neurons, x, k === layers.length - 1), inputs);",
      "all but the last are hidden",
    ],
    [
      "return layers.map((neurons, k) => layer(neurons, inputs, k < layers.length - 1)).at(-1);",
      "not the inputs again",
    ],
    [
      "return layers.reduce((x, neurons, k) => layer(neurons, x, k > 0), inputs);",
      "what comes out of one goes into the next",
    ],
    [
      "return layers.reduce((x, neurons, k) => layer(neurons, x.map((y) => y.data ?? y), k < layers.length - 1), inputs);",
      "The graph is lost between the layers",
    ],
    [
      `return layers.reduce((x, neurons, k) => neurons.map(({ weights, bias }) => {
        let sum = bias;
        for (let i = 0; i < inputs.length; i++) sum = sum.add(weights[i].mul(x[i]));
        return k < layers.length - 1 ? sum.tanh() : sum;
      }), inputs);`,
      "what comes out of one goes into the next",
    ],
    [
      `return layers.reduce((x, neurons, k) => neurons.map((one) => {
        const sum = neuron(one, x, false);
        return k < layers.length - 1 ? sum.mul(Math.tanh(sum.data) / sum.data) : sum;
      }), inputs);`,
      "what comes out of one goes into the next",
    ],
  ],
  parameters: [
    [
      "return layers.flat().flatMap(({ weights }) => weights);",
      "The biases are missing",
      `places in the right list, of 2 inputs and layers of [2, 1]
  expected [0, 1, 2, 3, 4, 5, 6, 7, 8]
  got      [0, 1, 3, 4, 6, 7]`,
    ],
    [
      "return layers.flat().flatMap(({ weights, bias }) => [bias, ...weights]);",
      "after its weights",
    ],
    [
      "return layers.flat().flatMap(({ weights, bias }) => [...weights, bias].map(({ data }) => data));",
      "is none of the parameters",
    ],
    [
      "return layers[0].flatMap(({ weights, bias }) => [...weights, bias]);",
      "of the first layer alone",
    ],
    [
      "return layers.flatMap((layer) => layer.flatMap(() => [...layer[0].weights, layer[0].bias]));",
      "For each layer, for each neuron",
    ],
  ],
  inputsOf: [
    ["return sizes.map(() => inputs);", "Only the first layer gets the inputs"],
    ["return sizes;", "the neurons of each layer"],
    ["sizes.pop(); sizes.unshift(inputs); return sizes;", "changes the list"],
    ["return [inputs, ...sizes];", "leave its size out"],
    ["return [inputs, ...sizes.slice(1)];", "as many as the layer before has neurons"],
  ],
  count: [
    [
      "return sizes.reduce((sum, size, k) => sum + size * inputsOf(inputs, sizes)[k], 0);",
      "has a bias, too",
    ],
    [
      "return sizes.reduce((sum, size, k) => sum + size * inputsOf(inputs, sizes)[k] + 1, 0);",
      "not one for each layer",
    ],
    ["return sizes.reduce((sum, size) => sum + size);", "Those are the neurons."],
    [
      "return sizes.reduce((sum, size) => sum + size * (inputs + 1), 0);",
      "(inputs of a neuron + 1)",
    ],
  ],
});
