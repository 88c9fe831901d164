// Every number, table and picture in the committed notebooks, against what the lessons show now. The
// real kernel is too much to ask of a learner's machine; `Deno.jupyter` stands in for it.
import { assertEquals } from "@std/assert";
import {
  difference,
  type Notebook,
  type Output,
  toNotebook,
  withMeasured,
  withOutputs,
} from "../../tools/nbformat.ts";
import { lessons } from "../lessons/all.ts";

// Under another address than that of their texts, which are imported above: without a type check, Deno
// would run the text.
const load: Record<string, () => Promise<unknown>> = {
  "00_derivative": () => import("../../lessons/00_derivative.ts?shown"),
  "01_value": () => import("../../lessons/01_value.ts?shown"),
  "02_rate_of_change": () => import("../../lessons/02_rate_of_change.ts?shown"),
  "03_chain_rule": () => import("../../lessons/03_chain_rule.ts?shown"),
  "04_backpropagation": () => import("../../lessons/04_backpropagation.ts?shown"),
  "05_engine": () => import("../../lessons/05_engine.ts?shown"),
  "06_neuron": () => import("../../lessons/06_neuron.ts?shown"),
  "07_descent": () => import("../../lessons/07_descent.ts?shown"),
  "08_network": () => import("../../lessons/08_network.ts?shown"),
  "09_two_moons": () => import("../../lessons/09_two_moons.ts?shown"),
  "10_compile": () => import("../../lessons/10_compile.ts?shown"),
  "11_gpt": () => import("../../lessons/11_gpt.ts?shown"),
  "12_tensors": () => import("../../lessons/12_tensors.ts?shown"),
};

type Bundle = Record<string, unknown>;
type Showing = { [mime: symbol]: undefined | (() => Bundle | Promise<Bundle>) };

let shown: Output[] = [];
const displays = new Map<string, Bundle>();

/** What the kernel does with each way of showing something. */
const jupyter = {
  async display(thing: Bundle & Showing) {
    const data = await thing[Symbol.for("Jupyter.display")]?.() ?? thing;
    shown.push({ output_type: "display_data", data, metadata: {} });
  },
  broadcast(
    type: string,
    { data, transient }: { data: Bundle; transient: { display_id: string } },
  ) {
    const before = displays.get(transient.display_id);
    if (type === "display_data") {
      displays.set(transient.display_id, data);
      shown.push({ output_type: "display_data", data, metadata: {} });
    } else Object.assign(before!, data);
  },
};
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { jupyter: { value: jupyter } }),
});

/** Runs a lesson as in the kernel: what each of its cells of code shows. */
async function outputsOf(lesson: () => Promise<unknown>): Promise<Output[][]> {
  const cells: Output[][] = [];
  const { log } = console;
  console.log = (...things) => {
    const text = things.map((thing) => typeof thing === "string" ? thing : Deno.inspect(thing))
      .join(" ");
    // Where a cell begins, tell() prints it, with a bar at its left.
    if (text.startsWith("\n│ ")) cells.push(shown = []);
    else shown.push({ output_type: "stream", name: "stdout", text: `${text}\n` });
  };
  try {
    await lesson();
    console.log = () => {};
    dispatchEvent(new Event("unload")); // tell() prints what stands after the last cell of code.
  } finally {
    console.log = log;
  }
  return cells;
}

for (const [name, text, notebookText] of lessons) {
  Deno.test(`notebooks/${name}.ipynb shows what lessons/${name}.ts computes, to the last digit`, async () => {
    const committed: Notebook = JSON.parse(notebookText), notebook = toNotebook(text, name);
    const outputs = (await outputsOf(load[name])).values();
    const cells = notebook.cells.map((cell, k) => {
      if (cell.cell_type !== "code") return cell;
      // Behind what a cell shows, tell() prints the prose up to the next one.
      const next = notebook.cells.slice(k + 1);
      const end = next.findIndex(({ cell_type }) => cell_type === "code");
      const prose = end === -1 ? 0 : end;
      const all = outputs.next().value ?? [];
      return { ...cell, outputs: all.slice(0, all.length - prose) };
    });
    assertEquals(outputs.next().done, true);
    const made = withOutputs(notebook, { ...notebook, cells });
    assertEquals(difference(committed, withMeasured(made, committed)), undefined);
  });
}
