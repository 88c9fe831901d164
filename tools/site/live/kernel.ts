/**
 * What runs the cells of a page, one at a time, with what a lesson finds in a notebook:
 * `Deno.jupyter`, `console`, and the modules that it imports.
 *
 * @module
 */
import type { Data, Output } from "../../nbformat.ts";
import { type Cell, CellSyntaxError, frameOf, readCell } from "./cell.ts";
import type { Failure, Report, Run } from "./messages.ts";

/** A module, or an output in several formats: what stands under each name. */
export type Bundle = Record<string, unknown>;

/** Loads what a cell imports; `names` are those that it imports from there. */
export type Load = (specifier: string, ...names: string[]) => Promise<Bundle>;

const display = Symbol.for("Jupyter.display");

/** Runs cells, and keeps what they declare. */
export class Kernel {
  readonly #report: (message: Report) => void;
  readonly #load: Load;
  readonly #scope: Bundle = Object.create(null);
  readonly #cells = new Map<string, Cell>();
  /** Loaded before a cell that may show an object. */
  #inspecting: typeof import("./inspect.ts") | undefined;

  /**
   * @param report gets what the cells show, and how they end
   * @param load loads what they import
   */
  constructor(report: (message: Report) => void, load: Load) {
    this.#report = report;
    this.#load = load;
  }

  /** `Deno.jupyter`, as in Deno's kernel. */
  readonly jupyter = {
    display: async (thing: unknown, { raw = false } = {}): Promise<void> => {
      this.#show(displayed(raw ? thing as Bundle : await this.#bundleOf(thing)));
    },
    broadcast: (
      type: string,
      { data, transient }: { data: Data; transient?: { display_id?: string } },
    ): Promise<void> => {
      const output = displayed(data), display = transient?.display_id;
      if (type === "display_data") this.#report({ type: "output", output, display });
      if (type === "update_display_data" && display) {
        this.#report({ type: "update", output, display });
      }
      return Promise.resolve();
    },
  };

  /** Shows the text of an object. A cell that speaks of `console` or `Deno` may do so at once. */
  readonly inspect = (thing: unknown): string => this.#inspecting!.inspect(thing);

  /** Shows what `console.log()` and its like were given. */
  print(name: "stdout" | "stderr", args: unknown[]): void {
    const plain = args.length === 1 || !String(args[0]).includes("%");
    const text = plain && args.every((arg) => typeof arg === "string")
      ? args.join(" ")
      : this.#inspecting!.format(args);
    this.#show({ output_type: "stream", name, text: `${text}\n` });
  }

  /** Runs a cell; reports what it shows and that it is done, or why it failed. */
  async run({ file, source }: Run): Promise<void> {
    try {
      if (/\b(console|Deno)\b/.test(source)) this.#inspecting = await import("./inspect.ts");
      const cell = readCell(source, file);
      this.#cells.set(file, cell);
      this.#declare(cell.declared);
      const result = await (0, eval)(cell.code)(this.#scope, this.#load);
      if (result !== undefined) {
        const data = await this.#bundleOf(result);
        this.#show({ output_type: "execute_result", data, metadata: {}, execution_count: null });
      }
      this.#report({ type: "done" });
    } catch (error) {
      this.#report({ type: "failed", failure: this.#failureOf(error, file) });
    }
  }

  /** Reports an error of a timer or a promise that nothing has caught. */
  uncaught(error: unknown): void {
    this.#report({ type: "uncaught", failure: this.#failureOf(error) });
  }

  #show(output: Output): void {
    this.#report({ type: "output", output });
  }

  async #bundleOf(thing: unknown): Promise<Bundle> {
    const method = (thing as { [display]?: () => Bundle | Promise<Bundle> } | null)?.[display];
    if (typeof method === "function") return await method.call(thing);
    this.#inspecting = await import("./inspect.ts");
    return { "text/plain": this.#inspecting.inspect(thing) };
  }

  /** Declares a cell's names: none can be read before it is set, and a constant is set only once. */
  #declare(declared: Cell["declared"]): void {
    const scope = this.#scope;
    for (const [name, { constant }] of declared) {
      Object.defineProperty(scope, name, {
        get() {
          throw new ReferenceError(`Cannot access '${name}' before initialization`);
        },
        set(value) {
          const property = { value, writable: !constant, configurable: true };
          Object.defineProperty(scope, name, property);
        },
        configurable: true,
      });
    }
  }

  #failureOf(error: unknown, file = ""): Failure {
    if (error instanceof CellSyntaxError) {
      return { message: `SyntaxError: ${error.message}`, place: { file, ...error.position } };
    }
    if (!(error instanceof Error)) return { message: `Uncaught ${String(error)}` };
    const text = error.message
      .replace(/^Cannot assign to read only property '(.*?)' of .*$/, "$1 is a constant")
      // As readCell() writes the call of a name.
      .replace(/\(0 , ([\w$]+)\)/g, "$1");
    const message = `${error.name}: ${text}`;
    const frame = frameOf(error.stack ?? "");
    const cell = frame && this.#cells.get(frame.file);
    if (!cell) return { message };
    return { message, place: { file: frame.file, ...cell.position(frame, error.message) } };
  }
}

function displayed(data: Data): Output {
  return { output_type: "display_data", data, metadata: {} };
}

/**
 * Loads for cells the modules of the page: the same as in a notebook, as they were when the page was
 * made. That of plots is loaded when one is drawn: all its functions are asynchronous.
 *
 * @param load loads a module, given its path in the folder of modules, such as `lessons/show.js`
 * @returns what loads for cells, and throws for what is not on the page
 */
export function loader(load: (path: string) => Promise<Bundle>): Load {
  const now: Load = async (specifier, ...names) => {
    const [, path] = /^(?:\.\.\/)+(.*?)(?:\.ts)?$/.exec(specifier) ?? [];
    const refuse = (why: string) => new Error(`${why}: a page has only what its lesson imports`);
    // Packages are there by their names, those that a lesson imports.
    if (!path && !/^@?[a-z][\w./-]*$/.test(specifier)) {
      throw refuse(`a page cannot import "${specifier}"`);
    }
    const module = await load(`${path ?? `packages/${specifier}`}.js`).catch(() => {
      throw refuse(`there is no "${specifier}" here`);
    });
    const missing = names.find((name) => !(name in module));
    if (missing) throw new SyntaxError(`"${specifier}" has no export named ${missing}`);
    return module;
  };
  return (specifier, ...names) => {
    if (!/^(\.\.\/)+lessons\/plot\.ts$/.test(specifier)) return now(specifier, ...names);
    const later = (name: string) => async (...args: unknown[]) => {
      const { [name]: draw } = await now(specifier, name);
      return await (draw as (...args: unknown[]) => unknown)(...args);
    };
    return Promise.resolve(Object.fromEntries(names.map((name) => [name, later(name)])));
  };
}
