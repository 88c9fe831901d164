/**
 * Every exercise with its solutions and its notebook, as text, and with what its holes must do.
 *
 * @module
 */
import type { Test } from "../../exercises/checks/check.ts";
import * as engine from "../../exercises/solutions/05_engine.ts";
import * as network from "../../exercises/solutions/08_network.ts";
import { holes as holes00 } from "../../exercises/checks/00_derivative.ts";
import text00 from "../../exercises/00_derivative.ts" with { type: "text" };
import solutions00 from "../../exercises/solutions/00_derivative.ts" with { type: "text" };
import notebook00 from "../../notebooks/exercises/00_derivative.ipynb" with { type: "text" };
import { holes as holes01 } from "../../exercises/checks/01_value.ts";
import text01 from "../../exercises/01_value.ts" with { type: "text" };
import solutions01 from "../../exercises/solutions/01_value.ts" with { type: "text" };
import notebook01 from "../../notebooks/exercises/01_value.ipynb" with { type: "text" };
import { holes as holes02 } from "../../exercises/checks/02_rate_of_change.ts";
import text02 from "../../exercises/02_rate_of_change.ts" with { type: "text" };
import solutions02 from "../../exercises/solutions/02_rate_of_change.ts" with { type: "text" };
import notebook02 from "../../notebooks/exercises/02_rate_of_change.ipynb" with { type: "text" };
import { holes as holes03 } from "../../exercises/checks/03_chain_rule.ts";
import text03 from "../../exercises/03_chain_rule.ts" with { type: "text" };
import solutions03 from "../../exercises/solutions/03_chain_rule.ts" with { type: "text" };
import notebook03 from "../../notebooks/exercises/03_chain_rule.ipynb" with { type: "text" };
import { holes as holes04 } from "../../exercises/checks/04_backpropagation.ts";
import text04 from "../../exercises/04_backpropagation.ts" with { type: "text" };
import solutions04 from "../../exercises/solutions/04_backpropagation.ts" with { type: "text" };
import notebook04 from "../../notebooks/exercises/04_backpropagation.ipynb" with { type: "text" };
import { holes as holes05 } from "../../exercises/checks/05_engine.ts";
import text05 from "../../exercises/05_engine.ts" with { type: "text" };
import solutions05 from "../../exercises/solutions/05_engine.ts" with { type: "text" };
import notebook05 from "../../notebooks/exercises/05_engine.ipynb" with { type: "text" };
import { holes as holes06 } from "../../exercises/checks/06_neuron.ts";
import text06 from "../../exercises/06_neuron.ts" with { type: "text" };
import solutions06 from "../../exercises/solutions/06_neuron.ts" with { type: "text" };
import notebook06 from "../../notebooks/exercises/06_neuron.ipynb" with { type: "text" };
import { holes as holes07 } from "../../exercises/checks/07_descent.ts";
import text07 from "../../exercises/07_descent.ts" with { type: "text" };
import solutions07 from "../../exercises/solutions/07_descent.ts" with { type: "text" };
import notebook07 from "../../notebooks/exercises/07_descent.ipynb" with { type: "text" };
import { holes as holes08 } from "../../exercises/checks/08_network.ts";
import text08 from "../../exercises/08_network.ts" with { type: "text" };
import solutions08 from "../../exercises/solutions/08_network.ts" with { type: "text" };
import notebook08 from "../../notebooks/exercises/08_network.ipynb" with { type: "text" };
import {
  holes as holes09,
  learnsTwoMoons,
  type Mine,
} from "../../exercises/checks/09_two_moons.ts";
import text09 from "../../exercises/09_two_moons.ts" with { type: "text" };
import solutions09 from "../../exercises/solutions/09_two_moons.ts" with { type: "text" };
import notebook09 from "../../notebooks/exercises/09_two_moons.ipynb" with { type: "text" };
import { holes as holes10 } from "../../exercises/checks/10_compile.ts";
import text10 from "../../exercises/10_compile.ts" with { type: "text" };
import solutions10 from "../../exercises/solutions/10_compile.ts" with { type: "text" };
import notebook10 from "../../notebooks/exercises/10_compile.ipynb" with { type: "text" };
import { holes as holes11 } from "../../exercises/checks/11_gpt.ts";
import text11 from "../../exercises/11_gpt.ts" with { type: "text" };
import solutions11 from "../../exercises/solutions/11_gpt.ts" with { type: "text" };
import notebook11 from "../../notebooks/exercises/11_gpt.ipynb" with { type: "text" };

/** An exercise. */
export interface Material {
  readonly text: string;
  readonly solutions: string;
  readonly notebook: string;
  readonly holes: Readonly<Record<string, Test>>;
}

/** Exercise 09 as it is when 05 and 08 are done. */
const done09 = {
  ...holes09,
  twoMoons: learnsTwoMoons({ ...engine, ...network } as unknown as Mine),
};

/** The exercises by name. A test in tests/system/exercises.ts knows when one is missing. */
export const materials: Readonly<Record<string, Material>> = {
  "00_derivative": { text: text00, solutions: solutions00, notebook: notebook00, holes: holes00 },
  "01_value": { text: text01, solutions: solutions01, notebook: notebook01, holes: holes01 },
  "02_rate_of_change": {
    text: text02,
    solutions: solutions02,
    notebook: notebook02,
    holes: holes02,
  },
  "03_chain_rule": { text: text03, solutions: solutions03, notebook: notebook03, holes: holes03 },
  "04_backpropagation": {
    text: text04,
    solutions: solutions04,
    notebook: notebook04,
    holes: holes04,
  },
  "05_engine": { text: text05, solutions: solutions05, notebook: notebook05, holes: holes05 },
  "06_neuron": { text: text06, solutions: solutions06, notebook: notebook06, holes: holes06 },
  "07_descent": { text: text07, solutions: solutions07, notebook: notebook07, holes: holes07 },
  "08_network": { text: text08, solutions: solutions08, notebook: notebook08, holes: holes08 },
  "09_two_moons": { text: text09, solutions: solutions09, notebook: notebook09, holes: done09 },
  "10_compile": { text: text10, solutions: solutions10, notebook: notebook10, holes: holes10 },
  "11_gpt": { text: text11, solutions: solutions11, notebook: notebook11, holes: holes11 },
};
