/**
 * Makes the cells of a page live: each can be run, edited, run again and stopped. Large modules are
 * loaded when they are first needed.
 *
 * @module
 */
import type { Output } from "../../nbformat.ts";
import { mimeOf, outputHtml } from "../outputs.ts";
import { button, make } from "./elements.ts";
import { type RunnableCell, Runner } from "./runner.ts";

/** A cell of the page. */
class Cell implements RunnableCell {
  readonly file: string;
  readonly #element: HTMLElement;
  readonly #pre: HTMLPreElement;
  readonly #text = document.createElement("textarea");
  readonly #original: string;
  readonly #coloured: string;
  readonly #committed: HTMLElement | null;
  readonly #runButton: HTMLButtonElement;
  readonly #discardButton: HTMLButtonElement;
  /** The element of its outputs. The old ones stay until there is a new one. */
  #output: HTMLElement | null;
  #displays = new Map<string, Element>();
  #stale = false;

  constructor(element: HTMLElement, readonly number: number, lesson: Lesson) {
    this.file = `${element.id}.ts`;
    this.#element = element;
    this.#pre = element.querySelector("pre")!;
    this.#original = this.#pre.textContent!;
    this.#coloured = this.#pre.firstElementChild!.innerHTML;
    this.#output = this.#committed = element.querySelector<HTMLElement>(".output");

    const editor = make("div", "editor code");
    this.#pre.replaceWith(editor);
    this.#pre.className = "";
    this.#pre.setAttribute("aria-hidden", "true");
    this.#pre.removeAttribute("tabindex");
    Object.assign(this.#text, { spellcheck: false, autocapitalize: "off", autocomplete: "off" });
    this.#text.setAttribute("aria-label", `Code of cell ${number}`);
    this.#text.rows = 1;
    editor.append(this.#pre, this.#text);

    const bar = make("div", "bar");
    this.#runButton = button("Run", `Run cell ${number} (Shift-Enter)`, () => {
      if (this.busy) lesson.runner.stop();
      else lesson.runner.run(this);
    });
    const above = button(
      "Run from the top",
      `Start afresh, and run every cell up to cell ${number}`,
      () => {
        lesson.runner.runUpTo(this);
      },
    );
    this.#discardButton = button(
      "Discard the edit",
      `Restore the original code of cell ${number}`,
      () => {
        this.source = this.#original;
        lesson.save();
      },
    );
    bar.append(this.#runButton, above, this.#discardButton);
    editor.after(bar);

    this.#text.addEventListener("input", () => {
      this.#paint();
      lesson.save();
    });
    this.#text.addEventListener("focus", () => colours().then(() => this.#paint()), { once: true });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      if (event.shiftKey || event.ctrlKey || event.metaKey) {
        event.preventDefault();
        lesson.runner.run(this);
      } else if (!event.isComposing) {
        this.#newLine(event);
      }
    });
    this.source = this.#original;
  }

  get source(): string {
    return this.#text.value;
  }

  set source(source: string) {
    this.#text.value = source;
    this.#paint();
  }

  /** Its original and its present code, if they differ. */
  get edited(): { was: string; is: string } | undefined {
    const { source } = this;
    return source === this.#original ? undefined : { was: this.#original, is: source };
  }

  /** Restores an edit of an earlier visit, unless the lesson has changed since. */
  restore(edit: { was: string; is: string } | undefined): void {
    if (edit?.was === this.#original) {
      this.source = edit.is;
      void colours().then(() => this.#paint());
    }
  }

  get busy(): boolean {
    return this.#element.getAttribute("aria-busy") === "true";
  }

  set busy(busy: boolean) {
    if (!busy && this.#stale) this.clear();
    this.#output?.classList.toggle("stale", busy);
    this.#element.setAttribute("aria-busy", String(busy));
    this.#runButton.textContent = busy ? "Stop" : "Run";
    this.#runButton.title = busy
      ? `Stop cell ${this.number}`
      : `Run cell ${this.number} (Shift-Enter)`;
  }

  start(): void {
    this.#stale = true;
    this.#displays.clear();
  }

  clear(): void {
    this.#stale = false;
    this.#output?.remove();
    this.#output = null;
    this.#displays.clear();
  }

  /** Restores the outputs that it had when the page was made. */
  reset(): void {
    this.clear();
    this.#output = this.#committed;
    if (this.#committed) this.#element.append(this.#committed);
    // The outputs were dimmed when the cell ran.
    this.busy = false;
  }

  async show(output: Output, display?: string): Promise<void> {
    const last = this.#output?.lastElementChild;
    if (!this.#stale && output.output_type === "stream" && last?.className === output.name) {
      last.append(String(output.text));
      return;
    }
    const element = await elementOf(output);
    this.#outputs().append(element);
    if (display) this.#displays.set(display, element);
  }

  async update(output: Output, display: string): Promise<void> {
    const element = await elementOf(output);
    this.#displays.get(display)?.replaceWith(element);
    this.#displays.set(display, element);
  }

  fail(text: string): void {
    const note = make("pre", "failure");
    note.setAttribute("role", "alert");
    note.textContent = text;
    this.#outputs().append(note);
  }

  note(text: string): void {
    const note = make("p", "note");
    note.textContent = text;
    this.#outputs().append(note);
  }

  #outputs(): HTMLElement {
    if (this.#stale) this.clear();
    if (!this.#output) {
      this.#output = make("div", "output live");
      this.#element.append(this.#output);
    }
    return this.#output;
  }

  #paint(): void {
    const { source } = this;
    const code = this.#pre.firstElementChild!;
    if (source === this.#original) code.innerHTML = this.#coloured;
    else if (paint) code.innerHTML = paint(source);
    else code.textContent = source;
    // Without this, an empty last line has no height.
    if (source.endsWith("\n")) code.append("\n");
    this.#discardButton.hidden = this.edited === undefined;
  }

  /** A new line is indented like the one before. */
  #newLine(event: KeyboardEvent): void {
    event.preventDefault();
    const { selectionStart, selectionEnd, value } = this.#text;
    const line = value.slice(0, selectionStart).split("\n").at(-1)!;
    const margin = /^ */.exec(line)![0] + (/[{[(]$/.test(line) ? "  " : "");
    this.#text.setRangeText(`\n${margin}`, selectionStart, selectionEnd, "end");
    this.#text.dispatchEvent(new Event("input"));
  }
}

/** The cells of the page, and what runs them. */
class Lesson {
  readonly runner: Runner;
  readonly #cells: readonly Cell[];
  readonly #key = `micro-grad ${location.pathname.split("/").at(-1)}`;

  constructor(elements: Iterable<HTMLElement>) {
    this.#cells = [...elements, emptyCell()].map((element, k) => new Cell(element, k + 1, this));
    const worker = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.runner = new Runner(this.#cells, worker);
    try {
      const edits = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      for (const cell of this.#cells) cell.restore(edits[cell.file]);
    } catch {
      // This browser has no storage.
    }
    const bar = make("div", "bar page");
    const hint = make("span");
    hint.textContent =
      "The code on this page runs in your browser. Change it, and press Shift-Enter.";
    bar.append(
      hint,
      button(
        "Run all",
        "Start afresh, and run every cell",
        () => this.runner.runUpTo(this.#cells.at(-1)!),
      ),
      button("Reset", "Forget all variables, and restore the original outputs", () => {
        this.runner.stop();
        for (const cell of this.#cells) cell.reset();
      }),
    );
    document.querySelector("h1")!.after(bar);
  }

  /** Keeps the edits for the next visit. */
  save(): void {
    const edits = this.#cells.flatMap((cell) => cell.edited ? [[cell.file, cell.edited]] : []);
    try {
      if (edits.length === 0) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify(Object.fromEntries(edits)));
    } catch {
      // This browser has no storage.
    }
  }
}

/** A cell for whatever the reader wants to try, after all others. */
function emptyCell(): HTMLElement {
  const title = make("p");
  title.textContent = "A new cell, to try things in:";
  const cell = make("div", "cell");
  cell.id = "new-cell";
  cell.innerHTML = '<pre class="code"><code></code></pre>';
  document.querySelector(".run")!.before(title, cell);
  return cell;
}

let paint: ((code: string) => string) | undefined;

async function colours(): Promise<void> {
  paint ??= (await import("./colours.ts")).colours;
}

/** What an output looks like. */
async function elementOf(output: Output): Promise<Element> {
  const { sanitise } = await import("./sanitise.ts");
  const formula = "data" in output && /latex|markdown/.test(mimeOf(output.data))
    ? await import("./formula.ts")
    : undefined;
  const html = outputHtml(output, (text) => formula!.markdown(text));
  return sanitise(html).firstElementChild!;
}

const cells = document.querySelectorAll<HTMLElement>(".cell");
if (cells.length > 0) new Lesson(cells);

for (const element of document.querySelectorAll<HTMLElement>(".play")) {
  const begin = async () => {
    const { play } = await import("./play.ts");
    await play(element, { open: "open" in element.dataset, walk: "walk" in element.dataset });
  };
  if ("open" in element.dataset) void begin();
  else {
    const name = "walk" in element.dataset ? "Walk back through this graph" : "Move the inputs";
    element.replaceChildren(button(name, `${name}, on this page`, begin));
  }
}
