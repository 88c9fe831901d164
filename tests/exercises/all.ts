// Every exercise and its notebook, as text. A test in tests/system/exercises.ts, which may read the
// folders, knows when one is missing here.
import derivative from "../../exercises/00_derivative.ts" with { type: "text" };
import derivativeNotebook from "../../notebooks/exercises/00_derivative.ipynb" with {
  type: "text",
};
import value from "../../exercises/01_value.ts" with { type: "text" };
import valueNotebook from "../../notebooks/exercises/01_value.ipynb" with { type: "text" };
import rateOfChange from "../../exercises/02_rate_of_change.ts" with { type: "text" };
import rateOfChangeNotebook from "../../notebooks/exercises/02_rate_of_change.ipynb" with {
  type: "text",
};
import chainRule from "../../exercises/03_chain_rule.ts" with { type: "text" };
import chainRuleNotebook from "../../notebooks/exercises/03_chain_rule.ipynb" with { type: "text" };
import backpropagation from "../../exercises/04_backpropagation.ts" with { type: "text" };
import backpropagationNotebook from "../../notebooks/exercises/04_backpropagation.ipynb" with {
  type: "text",
};
import engine from "../../exercises/05_engine.ts" with { type: "text" };
import engineNotebook from "../../notebooks/exercises/05_engine.ipynb" with { type: "text" };
import neuron from "../../exercises/06_neuron.ts" with { type: "text" };
import neuronNotebook from "../../notebooks/exercises/06_neuron.ipynb" with { type: "text" };
import descent from "../../exercises/07_descent.ts" with { type: "text" };
import descentNotebook from "../../notebooks/exercises/07_descent.ipynb" with { type: "text" };
import network from "../../exercises/08_network.ts" with { type: "text" };
import networkNotebook from "../../notebooks/exercises/08_network.ipynb" with { type: "text" };
import twoMoons from "../../exercises/09_two_moons.ts" with { type: "text" };
import twoMoonsNotebook from "../../notebooks/exercises/09_two_moons.ipynb" with { type: "text" };
import compile from "../../exercises/10_compile.ts" with { type: "text" };
import compileNotebook from "../../notebooks/exercises/10_compile.ipynb" with { type: "text" };
import gpt from "../../exercises/11_gpt.ts" with { type: "text" };
import gptNotebook from "../../notebooks/exercises/11_gpt.ipynb" with { type: "text" };

/** The name of each exercise, its text and that of its notebook. */
export const exercises: readonly [name: string, exercise: string, notebook: string][] = [
  ["00_derivative", derivative, derivativeNotebook],
  ["01_value", value, valueNotebook],
  ["02_rate_of_change", rateOfChange, rateOfChangeNotebook],
  ["03_chain_rule", chainRule, chainRuleNotebook],
  ["04_backpropagation", backpropagation, backpropagationNotebook],
  ["05_engine", engine, engineNotebook],
  ["06_neuron", neuron, neuronNotebook],
  ["07_descent", descent, descentNotebook],
  ["08_network", network, networkNotebook],
  ["09_two_moons", twoMoons, twoMoonsNotebook],
  ["10_compile", compile, compileNotebook],
  ["11_gpt", gpt, gptNotebook],
];
