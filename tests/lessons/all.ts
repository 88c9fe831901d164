// Every lesson and its notebook, as text. A test in tests/system/notebooks.ts, which may read the
// folders, knows when one is missing here.
import derivative from "../../lessons/00_derivative.ts" with { type: "text" };
import derivativeNotebook from "../../notebooks/00_derivative.ipynb" with { type: "text" };
import value from "../../lessons/01_value.ts" with { type: "text" };
import valueNotebook from "../../notebooks/01_value.ipynb" with { type: "text" };
import rateOfChange from "../../lessons/02_rate_of_change.ts" with { type: "text" };
import rateOfChangeNotebook from "../../notebooks/02_rate_of_change.ipynb" with { type: "text" };
import chainRule from "../../lessons/03_chain_rule.ts" with { type: "text" };
import chainRuleNotebook from "../../notebooks/03_chain_rule.ipynb" with { type: "text" };
import backpropagation from "../../lessons/04_backpropagation.ts" with { type: "text" };
import backpropagationNotebook from "../../notebooks/04_backpropagation.ipynb" with {
  type: "text",
};
import engine from "../../lessons/05_engine.ts" with { type: "text" };
import engineNotebook from "../../notebooks/05_engine.ipynb" with { type: "text" };
import neuron from "../../lessons/06_neuron.ts" with { type: "text" };
import neuronNotebook from "../../notebooks/06_neuron.ipynb" with { type: "text" };
import descent from "../../lessons/07_descent.ts" with { type: "text" };
import descentNotebook from "../../notebooks/07_descent.ipynb" with { type: "text" };
import network from "../../lessons/08_network.ts" with { type: "text" };
import networkNotebook from "../../notebooks/08_network.ipynb" with { type: "text" };
import twoMoons from "../../lessons/09_two_moons.ts" with { type: "text" };
import twoMoonsNotebook from "../../notebooks/09_two_moons.ipynb" with { type: "text" };
import compile from "../../lessons/10_compile.ts" with { type: "text" };
import compileNotebook from "../../notebooks/10_compile.ipynb" with { type: "text" };
import gpt from "../../lessons/11_gpt.ts" with { type: "text" };
import gptNotebook from "../../notebooks/11_gpt.ipynb" with { type: "text" };
import tensors from "../../lessons/12_tensors.ts" with { type: "text" };
import tensorsNotebook from "../../notebooks/12_tensors.ipynb" with { type: "text" };

/** The name of each lesson, its text and that of its notebook. */
export const lessons: readonly [name: string, lesson: string, notebook: string][] = [
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
  ["12_tensors", tensors, tensorsNotebook],
];

export { chainRule };
