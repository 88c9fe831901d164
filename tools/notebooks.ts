/**
 * Makes the notebooks from the lessons and executes them, or checks that they are what the lessons
 * would make. `deno task notebooks --help` says how to call it.
 *
 * @module
 */
import { basename, join } from "node:path";
import { execute, type Jupyter, jupyter } from "./jupyter.ts";
import {
  difference,
  faults,
  type Notebook,
  stringify,
  toNotebook,
  withMeasured,
  withoutOutputs,
  withOutputs,
} from "./nbformat.ts";

const help = `Makes notebooks/NN_name.ipynb from every lessons/NN_name.ts and executes it.

  deno task notebooks                    make and execute all
  deno task notebooks 03_chain_rule      make and execute one, or several
  deno task notebooks --check            execute again and compare: nothing is written

It needs Python 3.10 or newer. The first run makes .venv with JupyterLab in it. To open them:

  deno task lab`;

/** Which notebooks to make, and how. */
export interface NotebooksOptions {
  /** What {@linkcode jupyter} returned. */
  readonly jupyter: Jupyter;
  /** The folder that holds `lessons/` and `notebooks/`. */
  readonly root: string;
  /** Compare instead of write. */
  readonly check?: boolean;
  /** The lessons to do, such as `03_chain_rule`; none means all. */
  readonly only?: readonly string[];
  /** The longest that a cell may take, 60 by default. */
  readonly cellSeconds?: number;
  /** Gets one line for each notebook; `console.log` by default. */
  readonly report?: (line: string) => void;
}

/**
 * Makes and executes notebooks, or checks them.
 *
 * @param options which, where and how
 * @returns what is wrong, each naming its notebook; empty when all is well. A notebook with a fault
 * is not written: the one on the disk stays
 */
export async function notebooks(options: NotebooksOptions): Promise<string[]> {
  const { root, only = [], report = console.log } = options;
  const lessons = namesIn(join(root, "lessons"), /^(\d\d_\w+)\.ts$/);
  const unknown = only.filter((name) => !lessons.includes(name));
  if (lessons.length === 0) return [`there is no lesson in ${join(root, "lessons")}`];
  if (unknown.length > 0) {
    return [`there is no lesson ${unknown.join(", ")}: there are ${lessons.join(", ")}`];
  }
  Deno.mkdirSync(join(root, "notebooks"), { recursive: true });
  const wrong = namesIn(join(root, "notebooks"), /^(.*)\.ipynb$/)
    .filter((name) => !lessons.includes(name))
    .map((name) => `notebooks/${name}.ipynb has no lesson: delete it or write lessons/${name}.ts`);

  const queue = (only.length > 0 ? only : lessons).values();
  const work = async () => {
    for (const name of queue) {
      const start = performance.now();
      try {
        const notebook = await one(name, options);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        report(`✓ notebooks/${name}.ipynb: ${notebook.cells.length} cells in ${seconds} s`);
      } catch (error) {
        report(`✗ notebooks/${name}.ipynb`);
        wrong.push(`notebooks/${name}.ipynb: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  return wrong;
}

/** Makes or checks one notebook; throws what is wrong with it. */
async function one(
  name: string,
  { jupyter, root, check = false, cellSeconds = 60 }: NotebooksOptions,
): Promise<Notebook> {
  const folder = join(root, "notebooks");
  const file = join(folder, `${name}.ipynb`);
  const fresh = toNotebook(Deno.readTextFileSync(join(root, "lessons", `${name}.ts`)), name);
  const committed = check ? read(file) : undefined;
  if (committed) {
    const stale = difference(withoutOutputs(committed.notebook), fresh);
    if (stale) throw new Error(`differs from its lesson (run \`deno task notebooks\`) in ${stale}`);
  }
  const notebook = withOutputs(fresh, await execute(fresh, { jupyter, folder, cellSeconds }));
  const found = faults(notebook);
  if (found.length > 0) throw new Error(found.join("\n"));
  if (committed) {
    const expected = withMeasured(notebook, committed.notebook);
    const changed = difference(committed.notebook, expected);
    if (changed) throw new Error(`shows something else when executed again, in ${changed}`);
    if (committed.text !== stringify(expected)) {
      throw new Error("it is not written as `deno task notebooks` writes it: run that");
    }
  } else {
    const unfinished = `${file}.unfinished`;
    Deno.writeTextFileSync(unfinished, stringify(notebook));
    Deno.renameSync(unfinished, file);
  }
  return notebook;
}

function read(file: string): { text: string; notebook: Notebook } {
  let text: string;
  try {
    text = Deno.readTextFileSync(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error("it does not exist: run `deno task notebooks`");
  }
  try {
    const notebook: Notebook = JSON.parse(text);
    withoutOutputs(notebook);
    return { text, notebook };
  } catch (error) {
    throw new Error(`it is not a notebook (${(error as Error).message})`);
  }
}

function namesIn(folder: string, pattern: RegExp): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name }) => pattern.exec(name)?.[1] ?? []).sort();
}

if (import.meta.main) {
  const [flags, files] = [true, false].map((flag) =>
    Deno.args.filter((arg) => arg !== "--" && arg.startsWith("-") === flag)
  );
  const unknown = flags.filter((flag) => flag !== "--check" && flag !== "--help");
  if (unknown.length > 0) {
    console.error(`deno task notebooks does not know ${unknown.join(" ")}\n\n${help}`);
    Deno.exit(2);
  }
  if (flags.includes("--help")) {
    console.log(help);
    Deno.exit();
  }
  try {
    const root = join(import.meta.dirname!, "..");
    const wrong = await notebooks({
      jupyter: await jupyter(root),
      root,
      check: flags.includes("--check"),
      only: files.map((file) => basename(file).replace(/\.(ts|ipynb)$/, "")),
    });
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
