/**
 * Shows how far each exercise is done. `deno task exercises --help` says how to call it.
 *
 * @module
 */
// Whether colours are wanted is decided once, where lessons and exercises print: lessons/show.ts.
import { bold, cyan, dim, green, red } from "@std/fmt/colors";
import { join } from "node:path";
import { exercises } from "../exercises/checks/check.ts";

const help = `Shows where you stand over all exercises, and what the current one says: the first
that is not done.

  deno task exercises            show it once
  deno task exercises --watch    and run an exercise again each time you save it`;

/** How far an exercise is done. */
export interface Standing {
  readonly name: string;
  /** How many of its holes are right. */
  readonly right: number;
  /** How many there are; 0 when the exercise does not even run. */
  readonly holes: number;
  /** What it prints: its verdicts, or the error that keeps it from running. */
  readonly text: string;
}

/**
 * Runs one exercise as a learner does.
 *
 * @param name its name, such as `03_chain_rule`
 * @param root the folder that holds `exercises/`
 * @returns how far it is done
 */
export async function standing(name: string, root: string): Promise<Standing> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", `exercises/${name}.ts`],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [printed, failed] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return read(name, printed, failed);
}

/**
 * Reads how far an exercise is done.
 *
 * @param name its name
 * @param printed what it has printed
 * @param failed what Deno says of the error that ended it
 * @returns how far it is done
 */
export function read(name: string, printed: string, failed: string): Standing {
  const [, right, holes] = /^ {2}(\d+) of (\d+)\b/m.exec(printed) ?? [];
  return holes === undefined
    ? { name, right: 0, holes: 0, text: printed + failed.replace(/\n+Stack backtrace:[^]*/, "\n") }
    : { name, right: Number(right), holes: Number(holes), text: printed };
}

/** Runs an exercise. */
type Run = (name: string) => Promise<Standing>;

const done = ({ right, holes }: Standing) => holes > 0 && right === holes;

function row(standing: Standing): string {
  const { name, right, holes } = standing;
  const title = `${name.slice(0, 2)} ${name.slice(3).replaceAll("_", " ")}`.padEnd(20);
  if (holes === 0) return `  ${red("✗")} ${title} ${red("does not run")}`;
  const mark = done(standing) ? green("✓") : right > 0 ? cyan("›") : dim("·");
  const dots = green("●".repeat(right)) + dim("○".repeat(holes - right));
  return `  ${mark} ${title} ${dots}${" ".repeat(8 - holes)}${right} of ${holes}`;
}

/**
 * The lines of an exercise in the colours in which it would print them itself.
 *
 * @param text the lines
 * @returns the same, in colours
 */
export function coloured(text: string): string {
  return text.trimEnd()
    .replace(/^Exercise .*/gm, (heading) => bold(cyan(heading)))
    .replace(/^( {2})(✓)/gm, (_, margin, mark) => margin + green(mark))
    .replace(
      /^( {2})(✗)( )(.*)/gm,
      (_, margin, mark, space, hole) => margin + red(mark) + space + bold(hole),
    )
    .replace(/(?<=^ {4})→.*(?:\n {6}\S.*)*/gm, (hint) => hint.split("\n").map(cyan).join("\n"))
    .replace(/^ {2}·.*/gm, (line) => dim(line))
    .replace(/(?<=^ {2})\d+ of \d+/gm, (count) => bold(count));
}

/**
 * Prints how far each exercise is done.
 *
 * @param run runs one
 * @returns the first that is not done
 */
export async function overview(run: Run): Promise<Standing | undefined> {
  console.log();
  const standings: Standing[] = [];
  for (const name of exercises) {
    standings.push(await run(name));
    console.log(row(standings.at(-1)!));
  }
  const current = standings.find((standing) => !done(standing));
  if (!current) {
    const [, learned] = standings.flatMap(({ text }) => /✓ twoMoons: ([^]*?)\n\n/.exec(text) ?? []);
    console.log(
      `\n  ${bold(green("All done."))} You have made your own micrograd. On the two moons,\n` +
        `    ${learned}.\n`,
    );
  }
  return current;
}

function tell({ name, text }: Standing): void {
  console.log(
    `${coloured(`\n${text.trim()}`)}\n\n  ${dim(`Edit exercises/${name}.ts and save it.`)}\n`,
  );
}

/** How long an editor may take to write a file, in milliseconds. */
const pause = 100;

/**
 * Runs an exercise each time its file is saved, and prints what it says.
 *
 * @param changes the paths of files that were written, as they are written
 * @param run runs an exercise
 */
export async function watch(
  changes: AsyncIterable<{ readonly paths: readonly string[] }>,
  run: Run,
): Promise<void> {
  const saved = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const { paths } of changes) {
    for (const path of paths) {
      const name = /(\d\d_\w+)\.ts$/.exec(path)?.[1] ?? "";
      if ((exercises as readonly string[]).includes(name)) saved.add(name);
    }
    // Editors write a file in several steps.
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const names = [...saved];
      saved.clear();
      for (const name of names) {
        const now = await run(name);
        if (Deno.stdout.isTerminal()) console.clear();
        if (done(now)) {
          console.log(coloured(`\n${now.text.trim()}`));
          const current = await overview(run);
          if (current) tell(current);
        } else tell(now);
      }
    }, pause);
  }
}

async function main(): Promise<void> {
  const unknown = Deno.args.filter((arg) => !["--", "--watch", "--help"].includes(arg));
  if (unknown.length > 0) {
    console.error(`deno task exercises does not know ${unknown.join(" ")}\n\n${help}`);
    Deno.exit(2);
  }
  if (Deno.args.includes("--help")) return console.log(help);
  const root = join(import.meta.dirname!, "..");
  const run = (name: string) => standing(name, root);
  const current = await overview(run);
  if (current) tell(current);
  if (Deno.args.includes("--watch")) {
    await watch(Deno.watchFs(join(root, "exercises"), { recursive: false }), run);
  }
}

if (import.meta.main) await main();
