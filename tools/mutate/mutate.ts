/**
 * Breaks the project on purpose, in one place at a time, and shows that the tests notice. What no test
 * notices is printed: it needs a test, or it makes no difference and belongs in `equivalent.ts`, with
 * the reason. `deno task mutate --help` says how to call it.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { equivalent } from "./equivalent.ts";
import { apply, type Mutant, mutantsOf } from "./mutants.ts";

/** Tests that run together. */
interface Stage {
  readonly tests: readonly string[];
  readonly flags?: readonly string[];
}

/** Files, and the tests that must notice a mistake in one of them, quick ones first. */
interface Target {
  readonly files: readonly string[];
  readonly stages: readonly Stage[];
}

const engine: readonly Stage[] = [
  {
    tests: ["operations", "value", "backward_steps"].map((name) => `tests/engine/${name}_test.ts`),
  },
  {
    tests: ["expression_test.ts", "define_operation_test.ts", "compile/"]
      .map((name) => `tests/engine/${name}`),
  },
  {
    tests: [
      "tests/engine/misuse_test.ts",
      "tests/engine/derivative_test.ts",
      "tests/engine/nn/",
      "tests/engine/explain/",
      "tests/torch/",
    ],
  },
  {
    tests: [
      "tests/engine/properties_test.ts",
      "tests/engine/large_graphs_test.ts",
      "tests/engine/draw/",
    ],
  },
  { tests: ["tests/system/large_graphs.ts"], flags: ["--allow-all"] },
];

const targets: readonly Target[] = [
  {
    files: [
      "engine/operations.ts",
      "engine/expression.ts",
      "engine/value.ts",
      "engine/backward_steps.ts",
      "engine/define_operation.ts",
      "engine/compile/compile.ts",
      "engine/compile/loops.ts",
      "engine/compile/program.ts",
      "engine/compile/simd.ts",
    ],
    stages: engine,
  },
];

const files = targets.flatMap(({ files }) => files);

const help = `Breaks the project on purpose and shows that the tests notice.

  deno task mutate                          every mutant of every file
  deno task mutate engine/value.ts          those of some files
  deno task mutate --sample 100             so many, spread over all files
  deno task mutate --list engine/value.ts   print them, run nothing

The files: ${files.join(", ")}`;

/** Copies what the tests need to another folder. */
async function copy(from: string, to: string): Promise<void> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: from,
  }).output();
  for (const path of new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "")) {
    await Deno.mkdir(dirname(join(to, path)), { recursive: true });
    await Deno.copyFile(join(from, path), join(to, path));
  }
}

/** How long the tests took on the project as it is, in milliseconds, by file and stage. */
const durations = new Map<string, number>();

/** The tests of a file, the one with its name first. */
async function stagesOf(folder: string, file: string): Promise<readonly Stage[]> {
  const { stages } = targets.find(({ files }) => files.includes(file))!;
  const own = `tests/${file.replace(".ts", "_test.ts")}`;
  return await exists(join(folder, own)) ? [{ tests: [own] }, ...stages] : stages;
}

/**
 * Whether tests pass in a folder. A mutant that makes them run several times as long as the project as
 * it is has been noticed, too: it may never end.
 */
async function pass(folder: string, { tests, flags = [memory] }: Stage): Promise<boolean> {
  const usual = durations.get(tests.join());
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--quiet", "--no-check", "--fail-fast", ...flags, ...tests],
    cwd: folder,
    stdout: "null",
    stderr: "null",
    signal: usual === undefined ? undefined : AbortSignal.timeout(20_000 + 4 * usual),
  }).output();
  return success;
}

/** Runs the tests of a file on the project as it is, to see that they pass and how long they take. */
async function measure(folder: string, file: string): Promise<void> {
  for (const stage of await stagesOf(folder, file)) {
    const key = stage.tests.join();
    if (durations.has(key)) continue;
    const start = performance.now();
    if (!await pass(folder, stage)) throw new Error(`without any mutant there fail: ${key}`);
    durations.set(key, performance.now() - start);
  }
}

/** Whether all tests of a file pass in a folder. */
async function survives(folder: string, file: string): Promise<boolean> {
  for (const stage of await stagesOf(folder, file)) {
    if (!await pass(folder, stage)) return false;
  }
  return true;
}

/** A mutant that fills the memory is noticed before the machine is. */
const memory = "--v8-flags=--max-old-space-size=1500";

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** What identifies a mutant as long as its statement stays as it is. */
function identity({ file, within, before, after }: Mutant): string {
  return [file, within, before, after].join("\n");
}

function print({ file, line, within, before, after }: Mutant): string {
  return `${file}:${line} (${within})\n  − ${before}\n  + ${after}`;
}

async function main(): Promise<number> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      list: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const sample = Number(options.sample ?? Infinity);
  const unknown = positionals.filter((name) => !files.includes(name));
  if (options.help || unknown.length > 0 || !(sample > 0)) {
    console.log(help);
    return options.help ? 0 : 1;
  }
  const root = join(import.meta.dirname!, "..", "..");
  const texts = new Map(
    (positionals.length > 0 ? positionals : files)
      .map((file) => [file, Deno.readTextFileSync(join(root, file))] as const),
  );
  const all = [...texts].flatMap(([file, text]) => mutantsOf(file, text));
  const identities = new Set(all.map(identity));
  const known = new Set(
    equivalent.flatMap(({ becomes, ...mutant }) =>
      becomes.map((after) => identity({ ...mutant, after } as unknown as Mutant))
    ),
  );
  const gone = [...known].filter((mutant) =>
    texts.has(mutant.split("\n")[0]) && !identities.has(mutant)
  );
  if (gone.length > 0) {
    console.error(`equivalent.ts lists what is no mutant (any more):\n\n${gone.join("\n\n")}`);
    return 1;
  }
  const step = Math.max(1, all.length / sample);
  const mutants = all.filter((_, k) => Math.floor(k / step) !== Math.floor((k - 1) / step));
  if (options.list) {
    console.log(mutants.map(print).join("\n"));
    return 0;
  }
  console.log(`${mutants.length} of ${all.length} mutants of ${texts.size} files`);

  const survivors: string[] = [];
  let killed = 0, same = 0;
  const queue = mutants.values();
  const work = async (folder: string) => {
    for (const mutant of queue) {
      if (known.has(identity(mutant))) {
        same++;
        continue;
      }
      const path = join(folder, mutant.file), text = texts.get(mutant.file)!;
      await Deno.writeTextFile(path, apply(mutant, text));
      if (await survives(folder, mutant.file)) {
        survivors.push(print(mutant));
        console.log(`survives: ${print(mutant)}`);
      } else killed++;
      await Deno.writeTextFile(path, text);
    }
  };
  const folders = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  try {
    for (const folder of folders) await copy(root, folder);
    for (const file of texts.keys()) await measure(folders[0], file);
    await Promise.all(folders.map(work));
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
  console.log(
    `${killed} noticed, ${same} make no difference (see tools/mutate/equivalent.ts), ` +
      `${survivors.length} survive`,
  );
  return survivors.length > 0 ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main());
