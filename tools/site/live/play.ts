/**
 * An interactive graph: an expression, a slider for each of its leaves, the backward pass one node at
 * a time, the derivative with respect to a leaf explained, and all derivatives compared with a nudge.
 *
 * @module
 */
import type * as Engine from "../../../mod.ts";
import { pictureHtml } from "../outputs.ts";
import { button, make } from "./elements.ts";
import { type Expression, ExpressionError, functionNames, readExpression } from "./expression.ts";
import { markdown } from "./formula.ts";
import { comparison, fromHash, marked, toHash, walk, type Walked, wordsOf } from "./graph.ts";
import { sanitise } from "./sanitise.ts";

/** How a graph is shown. */
export interface PlayOptions {
  /** Whether the expression can be changed; the address of the page then holds it. */
  readonly open: boolean;
  /** Whether the backward pass begins at its first step, not at its end. */
  readonly walk: boolean;
}

/**
 * Shows an interactive graph in an element of the page.
 *
 * @param element the element; its `data-expression` is the first expression
 * @param options how the graph is shown
 */
export async function play(element: HTMLElement, options: PlayOptions): Promise<void> {
  const engine: typeof Engine = await import(new URL("../engine/mod.js", import.meta.url).href);
  new Play(element, engine, options);
}

/** The colour that `draw()` gives to the node that it marks. */
const markColour = "#f0e442";

class Play {
  readonly #engine: typeof Engine;
  readonly #options: PlayOptions;
  readonly #numbers = new Map<string, number>();
  readonly #input = document.createElement("input");
  readonly #hint = make("p", "note");
  readonly #problem = make("pre", "failure");
  readonly #sliders = make("div", "sliders");
  readonly #graph = make("div", "graph");
  readonly #walk = make("p", "words");
  readonly #nudges = make("div", "nudges");
  readonly #explanation = make("div", "explanation");
  readonly #steps: HTMLButtonElement[];
  #expression!: Expression;
  /** The leaf that is explained. */
  #leaf = "";
  /** How many steps of the backward pass are done. */
  #step = Infinity;
  #drawing = false;
  #again = false;

  constructor(element: HTMLElement, engine: typeof Engine, options: PlayOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#hint.textContent = `Operators: + - * / **. Functions: ${functionNames.join(", ")}.`;
    this.#problem.setAttribute("role", "alert");
    this.#walk.setAttribute("role", "status");
    if (options.walk) this.#step = 0;
    const step = (text: string, title: string, to: (step: number, last: number) => number) =>
      button(text, title, () => {
        this.#step = to(Math.min(this.#step, this.#last), this.#last);
        this.#draw();
      });
    this.#steps = [
      step("« First", "Before the first step", () => 0),
      step("‹ Back", "One step back", (step) => Math.max(0, step - 1)),
      step("Forward ›", "One step forward", (step, last) => Math.min(last, step + 1)),
      step("Last »", "After the last step", () => Infinity),
    ];
    const bar = make("div", "bar");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "The backward pass, step by step");
    bar.append("Backward pass: ", ...this.#steps);
    element.replaceChildren();
    if (options.open) element.append(this.#form(), this.#hint, this.#problem);
    element.append(this.#sliders, this.#graph, bar, this.#walk, this.#nudges, this.#explanation);
    this.#graph.addEventListener("click", (event) => {
      const name = (event.target as Element).closest("g.node")?.querySelector("text")?.textContent;
      if (name && this.#expression.leaves.has(name)) this.#explain(name);
    });
    if (options.open) {
      // A link to another expression, on the page itself.
      addEventListener(
        "hashchange",
        () => this.#read(fromHash(location.hash) ?? this.#input.value),
      );
    }
    const first = element.dataset.expression!;
    this.#read(options.open ? fromHash(location.hash) ?? first : first, first);
  }

  get #last(): number {
    return this.#walked().count;
  }

  #form(): HTMLElement {
    const label = make("label", "expression");
    Object.assign(this.#input, { type: "text", spellcheck: false, autocapitalize: "off" });
    label.append("Expression", this.#input);
    this.#input.addEventListener("input", () => this.#read(this.#input.value));
    return label;
  }

  /** Reads an expression; while it cannot be read, the last one stays. */
  #read(text: string, otherwise?: string): void {
    if (this.#input.value !== text) this.#input.value = text;
    try {
      this.#expression = readExpression(text);
      this.#say("");
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#say(`${error.message}\n${marked(text, error.at)}`);
      if (otherwise === undefined) return;
      this.#expression = readExpression(otherwise);
    }
    const { leaves } = this.#expression;
    for (const [name, number] of leaves) {
      if (number !== undefined) this.#numbers.set(name, number);
      else if (!this.#numbers.has(name)) this.#numbers.set(name, 1);
    }
    if (!leaves.has(this.#leaf)) this.#leaf = [...leaves.keys()][0];
    this.#sliders.replaceChildren(...[...leaves.keys()].map((name) => this.#slider(name)));
    this.#draw();
  }

  /** Says what is wrong; nothing is, with an empty text. */
  #say(problem: string): void {
    this.#problem.textContent = problem;
    this.#input.setAttribute("aria-invalid", String(problem !== ""));
    this.#hint.hidden = problem !== "";
  }

  #slider(name: string): HTMLElement {
    const row = make("div");
    const number = this.#numbers.get(name)!;
    const [slider, field] = ["range", "number"].map((type) => {
      const input = document.createElement("input");
      const reach = String(Math.max(10, 2 * Math.abs(number)));
      Object.assign(input, { type, step: type === "range" ? "0.1" : "any" });
      if (type === "range") Object.assign(input, { min: `-${reach}`, max: reach });
      input.value = String(number);
      input.setAttribute(
        "aria-label",
        type === "range" ? `Slider for ${name}` : `Number of ${name}`,
      );
      return input;
    });
    const set = (from: HTMLInputElement, to: HTMLInputElement) =>
      from.addEventListener("input", () => {
        if (!Number.isFinite(from.valueAsNumber)) return;
        to.value = from.value;
        this.#numbers.set(name, from.valueAsNumber);
        if (this.#options.open) this.#input.value = this.#expression.text;
        this.#say("");
        this.#draw();
      });
    set(slider, field);
    set(field, slider);
    const explain = button("Explain", `Explain the derivative with respect to ${name}`, () => {
      this.#explain(name);
    });
    explain.dataset.leaf = name;
    row.append(
      Object.assign(make("b"), { textContent: name }),
      slider,
      field,
      explain,
    );
    return row;
  }

  #explain(name: string): void {
    this.#leaf = name;
    this.#draw();
  }

  /** The graph with the numbers of the sliders and, after so many steps back, its gradients. */
  #walked(steps?: number): Walked {
    return walk({ expression: this.#expression, numbers: this.#numbers }, this.#engine, steps);
  }

  /** Draws everything again. While it is drawing, further calls lead to one more drawing. */
  async #draw(): Promise<void> {
    this.#again = true;
    if (this.#drawing) return;
    this.#drawing = true;
    while (this.#again) {
      this.#again = false;
      await new Promise(requestAnimationFrame);
      try {
        await this.#show();
      } catch (error) {
        this.#say((error as Error).message);
      }
    }
    this.#drawing = false;
  }

  async #show(): Promise<void> {
    const { draw, explain } = this.#engine;
    const last = this.#last;
    if (this.#step >= last) this.#step = Infinity;
    const done = Math.min(this.#step, last);
    const walked = this.#walked(this.#step);
    const mark = done < last ? walked.step?.node : undefined;
    const svg = await draw(walked.graph.output, { mark }).svg();
    this.#replaceGraph(svg, done);
    for (const node of this.#graph.querySelectorAll("g.node")) {
      const name = node.querySelector("text")?.textContent ?? "";
      node.classList.toggle("leaf", this.#expression.leaves.has(name));
    }
    for (const [k, button] of this.#steps.entries()) {
      button.disabled = k < 2 ? done === 0 : done === last;
    }
    const { text, operands } = wordsOf(walked, last);
    this.#walk.replaceChildren(text, ...operands.length > 0 ? [list(operands)] : []);

    const whole = this.#walked().graph;
    const name = whole.output.label || "the result";
    this.#nudges.replaceChildren(this.#nudgeTable());
    const explanation = explain(whole.output, whole.leaves.get(this.#leaf)!);
    const heading = make("p", "caption");
    heading.textContent = `How ${name} changes with ${this.#leaf}`;
    this.#explanation.replaceChildren(heading, sanitise(markdown(`$$\n${explanation.latex}\n$$`)));
    for (const button of this.#sliders.querySelectorAll<HTMLButtonElement>("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.leaf === this.#leaf));
    }
    // For others to open.
    if (this.#options.open && !this.#problem.textContent) {
      history.replaceState(null, "", toHash(this.#expression, this.#numbers));
    }
  }

  /** Shows another picture, scrolled like the last one; after a step, to the node of that step. */
  #replaceGraph(svg: string, step: number): void {
    const left = this.#graph.firstElementChild?.scrollLeft ?? 0;
    this.#graph.replaceChildren(sanitise(pictureHtml(svg)));
    const scroller = this.#graph.firstElementChild!;
    scroller.scrollLeft = left;
    if (this.#graph.dataset.step === String(step)) return;
    this.#graph.dataset.step = String(step);
    const current = scroller.querySelector(`[fill="${markColour}"]`);
    if (step === 0) scroller.scrollLeft = scroller.scrollWidth;
    else if (current) {
      const [node, window] = [current, scroller].map((element) => element.getBoundingClientRect());
      scroller.scrollLeft += node.left + node.width / 2 - window.left - window.width / 2;
    }
  }

  /** The derivative with respect to each leaf: by backpropagation, and by a nudge. */
  #nudgeTable(): HTMLElement {
    const numbers = { expression: this.#expression, numbers: this.#numbers };
    const rows = comparison(numbers, this.#engine);
    const headings = ["", "backward", "nudged", ""];
    const table = make("table");
    for (const [k, cells] of [headings, ...rows].entries()) {
      const row = make("tr");
      row.append(...cells.map((text) => {
        const cell = make(k === 0 && text ? "th" : "td");
        cell.textContent = text;
        return cell;
      }));
      table.append(row);
    }
    const scrolling = make("div", "scrolling");
    scrolling.tabIndex = 0;
    scrolling.append(table);
    return scrolling;
  }
}

function list(texts: readonly string[]): HTMLElement {
  const list = make("ul");
  list.append(...texts.map((text) => Object.assign(make("li"), { textContent: text })));
  return list;
}
