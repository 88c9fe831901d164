/**
 * Which tests execute which lines of the project, found by running each test file once with coverage.
 *
 * @module
 */
import { basename } from "node:path";

/** Test files of one kind, and what `deno test` needs to run them. */
interface Kind {
  readonly files: RegExp;
  readonly flags: readonly string[];
}

// `--allow-read`, as without a type check Deno does not know beforehand what a dynamic import names.
const kinds: readonly Kind[] = [
  { files: /^tests\/site\/.*_test\.ts$/, flags: ["--config=tools/site/deno.json", "--allow-all"] },
  { files: /^tests\/lab\/.*_test\.ts$/, flags: ["--config=tools/lab/deno.json"] },
  {
    files: /^tests\/mutate\/.*_test\.ts$/,
    flags: ["--config=tools/mutate/deno.json", "--allow-all"],
  },
  { files: /^tests\/.*_test\.ts$/, flags: ["--allow-read"] },
  { files: /^tests\/system\/.*\.ts$/, flags: ["--allow-all"] },
  { files: /^tests\/browser\/.*\.ts$/, flags: ["--config=tests/browser/deno.json", "--allow-all"] },
];

/**
 * What tests work with in other processes, in copies of the repository, in the kernel or in the browser:
 * no coverage says so. These take minutes, and run with `--all` alone.
 */
export const slowTests: readonly { readonly of: RegExp; readonly tests: readonly string[] }[] = [
  {
    of: /^engine\/(value|backward_steps|draw\/draw)\.ts$/,
    tests: ["large_graphs", "bundle"].map((name) => `tests/system/${name}.ts`),
  },
  { of: /^engine\/compile\//, tests: ["tests/system/bundle.ts", "tests/system/large_graphs.ts"] },
  { of: /^(exercises|lessons)\//, tests: ["tests/system/exercises.ts", "tests/system/lessons.ts"] },
  { of: /^tools\/exercises\.ts$/, tests: ["tests/system/exercises.ts"] },
  { of: /^tools\/files\.ts$/, tests: ["tests/system/files.ts"] },
  { of: /^tools\/jupyter\.ts$/, tests: ["tests/system/jupyter.ts"] },
  { of: /^tools\/(nbformat|notebooks)\.ts$/, tests: ["tests/system/made_notebooks.ts"] },
  { of: /^tools\/(lab|lab\/cells|notebooks)\.ts$/, tests: ["tests/system/command_lines.ts"] },
  {
    of: /^(tools\/(nbformat|notebooks|jupyter)|lessons\/(show|tell))\.ts$/,
    tests: ["tests/system/notebooks.ts"],
  },
  {
    of: /^tools\/(lab|jupyter|lab\/cells)\.ts$/,
    tests: ["tests/system/lab.ts", "tests/browser/notebooks.ts"],
  },
  { of: /^tools\/mutate\//, tests: ["tests/system/mutate.ts"] },
  {
    of: /^tools\/site\//,
    tests: ["site", "live", "play"].map((name) => `tests/browser/${name}.ts`),
  },
];

/** Declarations whose mutants only slow tests notice: they are tried with `--all`. */
export interface Slow {
  readonly why: string;
  readonly file: string;
  readonly within: readonly string[];
}

export const slow: readonly Slow[] = [
  {
    why: "an endless loop ends the program: tests/system/exercises.ts",
    file: "exercises/checks/check.ts",
    within: ["exercise.seconds", "exercise.stopped", "exercise.stop", "watch"],
  },
  {
    why: "it is what a learner has written into other files: tests/system/exercises.ts",
    file: "exercises/checks/09_two_moons.ts",
    within: ["load", "holes.twoMoons"],
  },
  {
    why: "they run programs, and are one: tests/system/exercises.ts",
    file: "tools/exercises.ts",
    within: ["standing", "main", ""],
  },
];

/** They take minutes with coverage, and execute most of the engine. */
const everywhere = /^tests\/engine\/(properties|large_graphs)_test\.ts$/;

/** How long they are taken to take, in milliseconds. */
const long = 60_000;

/** What a test file did on the project as it is. */
export interface Measured {
  readonly test: string;
  readonly milliseconds: number;
  /** The lines that it executed, by file; undefined where these are taken to be all of `engine/`. */
  readonly lines?: ReadonlyMap<string, ReadonlySet<number>>;
}

/**
 * How a test file is run.
 *
 * @param test its path in the repository
 * @returns the arguments of Deno; none when it is no file of tests
 */
export function command(test: string): string[] {
  const kind = kinds.find(({ files }) => files.test(test));
  return kind ? ["test", "--quiet", "--no-check", "--fail-fast", ...kind.flags] : [];
}

/**
 * The quick tests among files.
 *
 * @param files paths in the repository
 * @returns those that the gate runs without Jupyter and a browser
 */
export function quickTests(files: readonly string[]): string[] {
  return files.filter((file) =>
    file.endsWith("_test.ts") && kinds.some(({ files }) => files.test(file))
  );
}

/**
 * The tests in which a mistake in some lines can make a difference: the file's own tests first, then
 * the quickest of those that execute one of the lines.
 *
 * @param at the file, and its lines from `first` to `last`
 * @param measured what each test file did
 * @returns the paths of the test files
 */
export function testsOf(
  { file, first, last }: { readonly file: string; readonly first: number; readonly last: number },
  measured: readonly Measured[],
): string[] {
  const own = `/${basename(file).replace(".ts", "_test.ts")}`;
  const rank = ({ test, milliseconds }: Measured) => test.endsWith(own) ? 0 : milliseconds;
  return measured
    .filter(({ lines }) => {
      if (lines === undefined) return file.startsWith("engine/");
      const executed = lines.get(file);
      for (let line = first; line <= last; line++) if (executed?.has(line)) return true;
      return false;
    })
    .sort((one, other) => rank(one) - rank(other))
    .map(({ test }) => test);
}

/**
 * The slow tests that work with a file.
 *
 * @param file its path in the repository
 * @returns the paths of the test files
 */
export function slowTestsOf(file: string): string[] {
  return [...new Set(slowTests.flatMap(({ of, tests }) => of.test(file) ? tests : []))];
}

/**
 * Takes items from all over a list.
 *
 * @param items the list
 * @param count how many to take
 * @returns at most so many, as far from each other as they can be
 */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return items.filter((_, k) => Math.floor(k / step) > Math.floor((k - 1) / step));
}

/**
 * Reads what `deno coverage --lcov` prints.
 *
 * @param lcov the report
 * @param root the folder of the repository
 * @returns the lines that were executed, by path in the repository
 */
export function readCoverage(lcov: string, root: string): Map<string, Set<number>> {
  const files = new Map<string, Set<number>>();
  let lines = new Set<number>();
  for (const entry of lcov.split("\n")) {
    if (entry.startsWith("SF:")) {
      lines = new Set();
      files.set(entry.slice(`SF:${root}/`.length).replace(/\?.*/, ""), lines);
    }
    const [, line, count] = /^DA:(\d+),(\d+)/.exec(entry) ?? [];
    if (Number(count) > 0) lines.add(Number(line));
  }
  return files;
}

/**
 * Whether a test file imports one of some files, directly or by way of others.
 *
 * @param root the folder of the repository
 * @param test the path of the test file in it
 * @param files the paths of the files
 */
export async function imports(
  root: string,
  test: string,
  files: ReadonlySet<string>,
): Promise<boolean> {
  const { success, text } = await deno(root, ["info", "--json", "--quiet", test]);
  if (!success) throw new Error(text);
  const { modules }: { modules: { specifier: string }[] } = JSON.parse(text);
  return modules.some(({ specifier }) =>
    files.has(specifier.slice(`file://${root}/`.length).replace(/\?.*/, ""))
  );
}

/**
 * Runs a test file on the project as it is.
 *
 * @param root the folder of the repository
 * @param test the path of the test file in it
 * @returns what it did; no lines when it fails
 */
export async function measure(root: string, test: string): Promise<Measured> {
  if (everywhere.test(test)) return { test, milliseconds: long };
  const folder = await Deno.makeTempDir();
  try {
    const coverage = [`--coverage=${folder}`, "--coverage-raw-data-only"];
    const start = performance.now();
    const run = await deno(root, [...command(test), ...coverage, test]);
    const milliseconds = performance.now() - start;
    // One that measures speeds may fail, as coverage makes some code slower than other.
    if (!run.success) {
      console.log(`left out, as it fails with coverage: ${test}`);
      return { test, milliseconds, lines: new Map() };
    }
    const report = await deno(root, ["coverage", "--quiet", "--lcov", "--include=.", folder]);
    // A test that reads texts alone executes nothing of the project.
    if (!report.success && !report.text.includes("No covered files")) throw new Error(report.text);
    return { test, milliseconds, lines: readCoverage(report.text, root) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function deno(cwd: string, args: string[]): Promise<{ success: boolean; text: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd })
    .output();
  return { success, text: [stdout, stderr].map((out) => new TextDecoder().decode(out)).join("") };
}
