/**
 * Makes the notebooks from the lessons and exercises and executes them, or checks that they are what
 * these would make. `deno task notebooks --help` says how to call it.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { execute, type Jupyter, jupyter, writeWhole } from "./jupyter.ts";
import {
  difference,
  faults,
  type Notebook,
  parse,
  stringify,
  toNotebook,
  withMeasured,
  withoutOutputs,
  withOutputs,
} from "./nbformat.ts";

const help = `Makes notebooks/NN_name.ipynb from every lessons/NN_name.ts and executes it, and
notebooks/exercises/NN_name.ipynb from every exercises/NN_name.ts.

  deno task notebooks                    make and execute all
  deno task notebooks 03_chain_rule      make and execute those of one lesson, or of several
  deno task notebooks exercises/03_chain_rule
  deno task notebooks --check            execute again and compare: nothing is written

It needs Python 3.10 or newer. The first run makes .venv with JupyterLab in it. To open them:

  deno task lab`;

/** The folder for the notebooks of each folder. */
const targets = { lessons: "notebooks", exercises: "notebooks/exercises" } as const;

/** The file that a notebook is made from. */
interface Source {
  readonly folder: keyof typeof targets;
  readonly name: string;
}

const pathOf = ({ folder, name }: Source) => `${targets[folder]}/${name}.ipynb`;

/** Which notebooks to make, and how. */
export interface NotebooksOptions {
  /** What {@linkcode jupyter} returned. */
  readonly jupyter: Jupyter;
  /** The folder that holds `lessons/`, `notebooks/` and perhaps `exercises/`. */
  readonly root: string;
  /** Whether to compare instead of writing. */
  readonly check?: boolean;
  /** Which ones, such as `03_chain_rule` or `exercises/03_chain_rule`; all if empty. */
  readonly only?: readonly string[];
  /** The time limit for each cell, 60 by default. */
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
  const sources = (Object.keys(targets) as Source["folder"][]).flatMap((folder) =>
    namesIn(join(root, folder), /^(\d.*)\.ts$/).map((name): Source => ({ folder, name }))
  );
  const lessons = sources.filter(({ folder }) => folder === "lessons").map(({ name }) => name);
  const meant = (wanted: string, { folder, name }: Source) =>
    wanted === name || wanted === `${folder}/${name}`;
  const unknown = only.filter((wanted) => !sources.some((source) => meant(wanted, source)));
  if (lessons.length === 0) return [`there is no lesson in ${join(root, "lessons")}`];
  if (unknown.length > 0) {
    return [`there is no lesson ${unknown.join(", ")}: there are ${lessons.join(", ")}`];
  }
  const known = new Set(sources.map(pathOf));
  const sameNumber = Map.groupBy(sources, ({ folder, name }) => `${folder} ${parseInt(name)}`)
    .values().filter(({ length }) => length > 1)
    .map((same) => same.map(({ folder, name }) => `${folder}/${name}.ts`).join(" and "));
  const orphans = Object.entries(targets).flatMap(([folder, target]) =>
    namesIn(join(root, target), /^(.*)\.ipynb$/)
      .filter((name) => !known.has(`${target}/${name}.ipynb`))
      .map((name) =>
        `${target}/${name}.ipynb has no lesson: delete it or write ${folder}/${name}.ts`
      )
  );
  const wrong = [
    ...sameNumber.map((files) => `${files} have the same number: give each its own`),
    ...orphans,
  ];

  const queue = sources
    .filter((source) => only.length === 0 || only.some((wanted) => meant(wanted, source))).values();
  const work = async () => {
    for (const source of queue) {
      const start = performance.now();
      try {
        const notebook = await one(source, options);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        report(`✓ ${pathOf(source)}: ${notebook.cells.length} cells in ${seconds} s`);
      } catch (error) {
        report(`✗ ${pathOf(source)}`);
        wrong.push(`${pathOf(source)}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  return wrong;
}

/** Makes or checks one notebook; throws what is wrong with it. */
async function one(
  source: Source,
  { jupyter, root, check = false, cellSeconds = 60 }: NotebooksOptions,
): Promise<Notebook> {
  const file = join(root, pathOf(source)), folder = dirname(file);
  if (!check) Deno.mkdirSync(folder, { recursive: true });
  const text = Deno.readTextFileSync(join(root, source.folder, `${source.name}.ts`));
  const fresh = toNotebook(text, source.name, source.folder);
  if (!/^# \S/.test(fresh.cells[0].source[0])) {
    throw new Error(
      `${source.folder}/${source.name}.ts: begin with a title: \`// %% [markdown]\` and \`// # …\``,
    );
  }
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
    await writeWhole(file, stringify(notebook));
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
    return { text, notebook: parse(text) };
  } catch (error) {
    throw new Error(`it is not a notebook (${(error as Error).message})`);
  }
}

function namesIn(folder: string, pattern: RegExp): string[] {
  if (!existsSync(folder)) return [];
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
  const check = flags.includes("--check");
  // A check must also work in a folder that is read-only.
  const settings = check ? Deno.makeTempDirSync({ prefix: "notebooks_" }) : undefined;
  const root = join(import.meta.dirname!, "..");
  let wrong: string[];
  try {
    wrong = await notebooks({
      jupyter: await jupyter(root, { settings }),
      root,
      check,
      only: files.map((file) =>
        (/\bexercises\/\w+/.exec(file)?.[0] ?? basename(file)).replace(/\.(ts|ipynb)$/, "")
      ),
    });
  } catch (error) {
    wrong = [(error as Error).message];
  } finally {
    if (settings) Deno.removeSync(settings, { recursive: true });
  }
  if (wrong.length > 0) {
    console.error(wrong.join("\n"));
    Deno.exit(1);
  }
}
