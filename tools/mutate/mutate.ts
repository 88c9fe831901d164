/**
 * Breaks the project on purpose, in one place at a time, and shows that the tests notice. What no test
 * notices is printed: it needs a test, or it makes no difference and belongs in `equivalent/`, with
 * the reason. `deno task mutate --help` says how to call it.
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { copyFiles, pathsOf } from "../files.ts";
import { equivalent, goneOf, isListed } from "./equivalent.ts";
import { apply, difference, isWithin, type Mutant, mutantsOf } from "./mutants.ts";
import {
  command,
  imports,
  measure,
  type Measured,
  quickTests,
  slow,
  slowTestsOf,
  spread,
  testsOf,
} from "./tests.ts";

/**
 * What ships or decides: the engine, what the lessons show with, what checks, makes and opens, and this
 * program, but for its list of what makes no difference.
 */
const targets =
  /^(engine\/.+|lessons\/[a-z]\w*|exercises\/checks\/\w+|tools\/\w+|tools\/(site|lab)\/.+|tools\/mutate\/\w+)\.ts$/;

const help = `Breaks the project on purpose and shows that the tests notice.

  deno task mutate                          every mutant that a quick test can notice
  deno task mutate engine/value.ts          those of some files or folders
  deno task mutate --sample 100             so many, spread over all files
  deno task mutate --sample 100 --allow 10  fail only where more than so many survive
  deno task mutate --seconds 60             no more tests for a mutant once they take so long
  deno task mutate --all tools/lab.ts       also what only the slow tests can notice: those that
                                            start other programs, the kernel or a browser
  deno task mutate --list engine/value.ts   print them with their whole statements, as
                                            equivalent/ names them; run nothing
  deno task mutate --workers 1              so many at once, 2 by default

For each mutant run the tests that execute its lines, found by running each test file once with
coverage, the quickest first. What none of them notices the type checker may.`;

/** Copies what the tests need to another folder. Jupyter's packages are too many to be copied. */
async function copy(from: string, to: string, paths: readonly string[]): Promise<void> {
  await copyFiles(paths, { from, to });
  await Deno.symlink(join(from, ".venv"), join(to, ".venv"));
}

/** A mutant that fills the memory is noticed before the machine is. */
const memory = "--v8-flags=--max-old-space-size=1500";

/** How many milliseconds tests may take that usually take so many: a mutant may never end. */
const patience = (usual: number) => 10_000 + 4 * usual;

/** What tests that were not measured are taken to take, in milliseconds. */
const minutes = 300_000;

/** Whether tests pass in a folder. A mutant that makes them run much longer has been noticed, too. */
async function passes(folder: string, test: string, usual: number): Promise<boolean> {
  const [subcommand, ...flags] = command(test);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [subcommand, memory, ...flags, test],
    cwd: folder,
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.timeout(patience(usual)),
  }).output();
  return success;
}

/** Whether the types still fit each other. */
async function typeChecks(folder: string, file: string): Promise<boolean> {
  const [, tool] = /^tools\/(\w+)\//.exec(file) ?? [];
  const config = [`--config=tools/${tool}/deno.json`, `tools/${tool}`, `tests/${tool}`];
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", ...(tool === undefined ? [] : config)],
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

/** The first of the tests that fails in a folder, or the type checker, or nothing. */
async function noticedBy(
  folder: string,
  file: string,
  tests: readonly string[],
  { measured, seconds }: { measured: readonly Measured[]; seconds: number },
): Promise<string | undefined> {
  let spent = 0;
  for (const test of tests) {
    const usual = measured.find((one) => one.test === test)?.milliseconds ?? minutes;
    if (spent > 0 && spent + usual > 1000 * seconds) break;
    if (!await passes(folder, test, usual)) return test;
    spent += usual;
  }
  return await typeChecks(folder, file) ? undefined : "the type checker";
}

/** Does something with each item of a list, in each of some folders at a time. */
async function inFolders<Item>(
  folders: readonly string[],
  items: Iterable<Item>,
  work: (folder: string, item: Item) => Promise<void>,
): Promise<void> {
  const queue = Iterator.from(items);
  await Promise.all(folders.map(async (folder) => {
    for (const item of queue) await work(folder, item);
  }));
}

/** A mutant with its statement, or with what it changes of that. */
function print(
  { file, line, within }: Mutant,
  [before, after]: readonly [before: string, after: string],
): string {
  return `${file}:${line} (${within})\n  − ${before}\n  + ${after}`;
}

async function main(): Promise<number> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      allow: { type: "string", default: "0" },
      seconds: { type: "string" },
      workers: { type: "string", default: "2" },
      all: { type: "boolean" },
      list: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const { sample: count = Infinity, seconds: most = Infinity } = options;
  const [sample, seconds, allow, workers] = [count, most, options.allow, options.workers]
    .map(Number);
  const root = join(import.meta.dirname!, "..", "..");
  const paths = await pathsOf(root);
  const isNamed = (file: string) =>
    positionals.some((name) => file === name || file.startsWith(name.replace(/\/?$/, "/")));
  const files = paths.filter((file) =>
    targets.test(file) && (positionals.length === 0 || isNamed(file))
  );
  if (
    options.help || files.length === 0 || !(sample > 0 && seconds > 0 && allow >= 0 && workers > 0)
  ) {
    console.log(help);
    return options.help ? 0 : 1;
  }
  const texts = new Map(files.map((file) => [file, Deno.readTextFileSync(join(root, file))]));
  const every = [...texts].flatMap(([file, text]) => mutantsOf(file, text));
  const known = new Set(
    every.filter((mutant) => equivalent.some((listed) => isListed(mutant, listed))),
  );
  const isSlow = (mutant: Mutant) =>
    slow.some(({ file, within }) =>
      file === mutant.file && within.some((name) => isWithin(mutant, name))
    );
  const gone = goneOf(every, new Set(files));
  if (gone.length > 0) {
    console.error(
      `equivalent/, or \`slow\` in tests.ts, lists what is no mutant (any more):\n\n${
        gone.join("\n\n")
      }`,
    );
    return 1;
  }
  if (options.list) {
    console.log(
      every.map((mutant) => print(mutant, [mutant.before, mutant.after])).join("\n"),
    );
    return 0;
  }

  const folders: string[] = [], noticed = new Map<string, number>();
  let same = 0, survivors = 0;
  try {
    for (let k = 0; k < workers; k++) {
      folders.push(await Deno.realPath(await Deno.makeTempDir()));
      await copy(root, folders[k], paths);
    }
    const measured: Measured[] = [];
    await inFolders(folders, quickTests(paths), async (folder, test) => {
      if (await imports(folder, test, new Set(files))) measured.push(await measure(folder, test));
    });
    const all = every.flatMap((mutant) => {
      if (isSlow(mutant) && !options.all) return [];
      const { file, line, start, end } = mutant;
      const last = line + texts.get(file)!.slice(start, end).split("\n").length - 1;
      const tests = testsOf({ file, first: line, last }, measured);
      if (options.all) tests.push(...slowTestsOf(file));
      return tests.length > 0 ? [{ mutant, tests }] : [];
    });
    const tried = spread(all, sample);
    console.log(
      `${tried.length} of ${all.length} mutants of ${files.length} files; ` +
        `${
          every.length - all.length
        } more are for \`--all\`: no quick test executes or notices them`,
    );

    await inFolders(folders, tried, async (folder, { mutant, tests }) => {
      if (known.has(mutant)) {
        same++;
        return;
      }
      const path = join(folder, mutant.file), text = texts.get(mutant.file)!;
      await Deno.writeTextFile(path, apply(mutant, text));
      const by = await noticedBy(folder, mutant.file, tests, { measured, seconds });
      await Deno.writeTextFile(path, text);
      if (by !== undefined) noticed.set(by, (noticed.get(by) ?? 0) + 1);
      else {
        survivors++;
        console.log(`survives: ${print(mutant, difference(mutant))}`);
      }
    });
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
  for (const [by, count] of [...noticed].sort(([, one], [, other]) => other - one)) {
    console.log(`${count} noticed by ${by}`);
  }
  console.log(
    `${same} make no difference (see tools/mutate/equivalent/), ${survivors} survive`,
  );
  return survivors > allow ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main());
