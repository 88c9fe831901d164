/**
 * Which cells of a page run, and when: one after the other in a worker, after those before them, until
 * one fails or is stopped.
 *
 * @module
 */
import type { Output } from "../../nbformat.ts";
import type { Failure, Report, Run } from "./messages.ts";

/** A cell of a page. */
export interface RunnableCell extends Run {
  readonly number: number;
  /** Whether it runs or waits to run. */
  busy: boolean;
  /** Prepares a run: its first output replaces the old ones. */
  start(): void;
  /** Removes its outputs. */
  clear(): void;
  show(output: Output, display?: string): Promise<void>;
  update(output: Output, display: string): Promise<void>;
  /** Shows why it failed. */
  fail(text: string): void;
  /** Shows a remark. */
  note(text: string): void;
}

/** What runs the cells. */
export type CellWorker = Pick<Worker, "onmessage" | "onerror" | "postMessage" | "terminate">;

/** Runs the cells of a page. */
export class Runner {
  readonly #cells: readonly RunnableCell[];
  readonly #newWorker: () => CellWorker;
  /** The cells that the worker has run. */
  readonly #ran = new Set<RunnableCell>();
  #worker: CellWorker | undefined;
  /** The cell that runs, and what ends its run. */
  #now: { cell: RunnableCell; end: (finished: boolean) => void } | undefined;
  #waiting: RunnableCell[] = [];

  /**
   * @param cells the cells of the page
   * @param newWorker starts a worker that has run nothing yet
   */
  constructor(cells: readonly RunnableCell[], newWorker: () => CellWorker) {
    this.#cells = cells;
    this.#newWorker = newWorker;
  }

  /** Runs a cell, after those before it that have not run. */
  async run(cell: RunnableCell): Promise<void> {
    this.stop();
    const before = this.#cells.slice(0, this.#cells.indexOf(cell));
    const waiting = [...before.filter((cell) => !this.#ran.has(cell)), cell];
    this.#waiting = waiting;
    for (const cell of waiting) cell.busy = true;
    while (waiting.length > 0 && await this.#runOne(waiting.shift()!));
    for (const cell of waiting) cell.busy = false;
  }

  /** Forgets everything, and runs all cells up to this one. */
  async runUpTo(cell: RunnableCell): Promise<void> {
    this.#forget();
    await this.run(cell);
  }

  /** Stops the cell that runs. Only terminating the worker stops a loop, so all variables are lost. */
  stop(): void {
    for (const cell of this.#waiting.splice(0)) cell.busy = false;
    if (!this.#now) return;
    const { cell, end } = this.#now;
    this.#forget();
    cell.clear();
    end(false);
    cell.note("Stopped. The cells before it run again when they are needed.");
  }

  #forget(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ran.clear();
  }

  #runOne(cell: RunnableCell): Promise<boolean> {
    const worker = this.#worker ??= this.#newWorker();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const end = (finished: boolean) => {
      this.#now = undefined;
      cell.busy = false;
      if (finished) this.#ran.add(cell);
      else this.#ran.delete(cell);
      resolve(finished);
    };
    cell.start();
    this.#now = { cell, end };
    // Outputs are shown in order, even if one has to wait for the code that typesets it.
    let shown = Promise.resolve();
    worker.onmessage = ({ data }: MessageEvent<Report>) => {
      shown = shown.then(async () => {
        if (this.#now?.cell !== cell || worker !== this.#worker) return;
        if (data.type === "output") await cell.show(data.output, data.display);
        if (data.type === "update") await cell.update(data.output, data.display);
        if ("failure" in data) cell.fail(this.#textOf(data.failure, cell));
        // The cell may go on in there, and end while another one runs.
        if (data.type === "uncaught") this.#forget();
        if (data.type === "done" || "failure" in data) end(data.type === "done");
      }).catch((error) => cell.fail(`an output cannot be shown: ${error.message}`));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      cell.fail("The page could not load the code that runs its cells. Reload it.");
      this.#forget();
      end(false);
    };
    worker.postMessage({ file: cell.file, source: cell.source } satisfies Run);
    return promise;
  }

  /** Why a cell failed, and where: in itself, with its line and a mark below, or in another one. */
  #textOf({ message, place }: Failure, cell: RunnableCell): string {
    if (!place) return message;
    const { file, line, column } = place;
    const where = `line ${line}, column ${column}`;
    if (file !== cell.file) {
      const other = this.#cells.find((cell) => cell.file === file);
      return `${message} (${where} of cell ${other?.number})`;
    }
    const text = cell.source.split("\n")[line - 1];
    return `${message} (${where})\n${text}\n${" ".repeat(column - 1)}▲`;
  }
}
