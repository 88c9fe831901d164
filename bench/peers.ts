/**
 * The races against other implementations: `deno task peers`, or `deno task peers gpt` for one of them.
 * Makes a virtual environment in `.venv/peers` with packages from PyPI, checks that all contenders find
 * the same losses from the same data and initial weights, times them in several rounds (in CPU time of
 * their main thread, since other programs share the machine), and prints a table for each race.
 *
 * @module
 */
import { join } from "node:path";
import { cpuTime } from "./cpu_time.ts";
import { contenders as gptContenders, letterSoup } from "./gpt.ts";
import { contenders as moonsContenders, moons } from "./yardstick.ts";

const packages = ["micrograd==0.1.0", "numpy==2.3.5", "torch==2.13.0"];
const rounds = 3;
const help = `Usage: deno task peers [RACE]

Races the engine against Python, from the same data and initial weights. Without RACE, both:
  moons  micrograd's demo: an MLP learns two moons (micrograd, NumPy, PyTorch)
  gpt    microgpt's model learns documents of letters (scalars on CPython, NumPy, PyTorch)`;

/** A problem, its contenders, and how they are timed. */
interface Race<Problem> {
  title: string;
  problem: Problem;
  contenders: Readonly<Record<string, (problem: Problem) => () => number>>;
  /** The contenders of bench/peers.py. */
  peers: readonly string[];
  /** The contender that all speeds are divided by. */
  port: string;
  /** How many losses are compared from the first on, and how far apart they may be. */
  losses: number;
  tolerance: number;
  /** For how long a contender runs while it is timed. */
  seconds: number;
  /** Steps differ in their work: they are timed in whole rounds of this many. */
  roundOf: number;
  /** The limit of steps: averages of Adam that only shrink become subnormal, which is slow. */
  most: number;
}

function moonsRace(): Race<ReturnType<typeof moons>> {
  return {
    title: "Two moons",
    problem: moons(),
    contenders: moonsContenders,
    peers: ["micrograd", "NumPy", "PyTorch"],
    port: "straight port of the lecture",
    losses: 20,
    tolerance: 1e-12,
    seconds: 3,
    roundOf: 1,
    most: Number.MAX_SAFE_INTEGER,
  };
}

function gptRace(): Race<ReturnType<typeof letterSoup>> {
  // Only a few documents: CPython takes a large part of a second for each.
  const { documents, weights } = letterSoup();
  return {
    title: "A GPT, a document at a time",
    problem: { documents: documents.slice(0, 8), weights },
    contenders: gptContenders,
    peers: [
      "scalars as in microgpt, on CPython",
      "NumPy, derivatives by hand",
      "PyTorch, a document at a time",
    ],
    port: "textbook: closures, a Set, recursion",
    losses: 10,
    tolerance: 1e-9,
    seconds: 3,
    roundOf: 8,
    most: 2000,
  };
}

const names = ["moons", "gpt"] as const;
type Name = typeof names[number];

function isName(text: string): text is Name {
  return names.some((name) => name === text);
}

function run(command: string, args: string[]): Promise<Deno.CommandStatus> {
  return new Deno.Command(command, { args, stdout: "inherit", stderr: "inherit" }).spawn().status;
}

/** The path of a Python that has the packages; installs them if necessary. */
async function environment(): Promise<string> {
  const folder = join(import.meta.dirname!, "..", ".venv", "peers");
  const python = join(folder, "bin", "python");
  const marker = join(folder, "packages.txt");
  const installed = await Deno.readTextFile(marker).catch(() => "");
  if (installed === packages.join("\n")) return python;
  console.log(`installing ${packages.join(", ")} into .venv/peers …`);
  for (
    const [command, ...args] of [
      ["python3", "-m", "venv", folder],
      [python, "-m", "pip", "install", "--quiet", ...packages],
    ]
  ) {
    if (!(await run(command, args)).success) {
      throw new Error(`this command failed: ${[command, ...args].join(" ")}`);
    }
  }
  await Deno.writeTextFile(marker, packages.join("\n"));
  return python;
}

/** Steps per second of CPU time, in whole rounds. */
function speed(
  step: () => number,
  { seconds, roundOf, most }: { seconds: number; roundOf: number; most: number },
): number {
  const before = cpuTime(), end = performance.now() + 1000 * seconds;
  let steps = 0;
  do {
    for (let k = 0; k < roundOf; k++) step();
    steps += roundOf;
  } while (performance.now() < end && steps < most);
  return 1000 * steps / (cpuTime() - before);
}

/** What a contender is run for: its losses, or its speed. */
type What = "losses" | "speed";

function runOurs<Problem>(race: Race<Problem>, name: string, what: What): number | number[] {
  const { contenders, problem, losses, seconds, roundOf, most } = race;
  const step = contenders[name](problem);
  if (what === "losses") return Array.from({ length: losses }, step);
  speed(step, { seconds: seconds / 2, roundOf, most: most / 2 });
  return speed(step, { seconds, roundOf, most });
}

/** Runs a contender in a process of its own, so that they do not share a heap. */
async function runAlone(command: string, args: string[], input: unknown) {
  const child = new Deno.Command(command, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(input)));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`this command failed: ${[command, ...args].join(" ")}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Compares the losses of all contenders, times them in rounds, and prints a table. */
async function hold<Problem>(raceName: Name, race: Race<Problem>, python: string) {
  const { title, contenders, peers, port, tolerance } = race;
  const everyone = [...peers, ...Object.keys(contenders)];
  const script = join(import.meta.dirname!, "peers.py");
  const runContender = (name: string, what: What) =>
    peers.includes(name)
      ? runAlone(python, ["-B", script, raceName, name, what], race)
      : runAlone(Deno.execPath(), ["run", "-A", import.meta.filename!, raceName, name, what], null);

  const losses: number[][] = [];
  for (const name of everyone) losses.push(await runContender(name, "losses"));
  losses.forEach((list, at) => {
    const apart = Math.max(...list.map((loss, k) => Math.abs(loss - losses[0][k])));
    if (!(apart <= tolerance)) {
      throw new Error(`${everyone[at]} and ${everyone[0]} are ${apart} apart in their losses`);
    }
  });

  const speeds = new Map<string, number[]>(everyone.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of everyone) speeds.get(name)!.push(await runContender(name, "speed"));
  }

  const rounded = (x: number) => `${Number(x.toPrecision(3))}`;
  const rows = everyone.map((name) => {
    const own = speeds.get(name)!;
    const ratios = own.map((speed, round) => speed / speeds.get(port)![round]);
    return { name, best: Math.max(...own), ratios };
  }).sort((a, b) => a.best - b.best);
  console.log(`\n${title}. All find the same ${race.losses} losses, to within ${tolerance}.`);
  console.log(`${rounds} rounds; × is the ratio to "${port}" in the same round:\n`);
  console.log("| contender | steps/s, best | × worst | × best |");
  console.log("| --- | ---: | ---: | ---: |");
  for (const { name, best, ratios } of rows) {
    const columns = [best, Math.min(...ratios), Math.max(...ratios)].map(rounded);
    console.log(`| ${[name, ...columns].join(" | ")} |`);
  }
}

/** Calls a function with a race, whatever the type of its problem. */
function withRace<Result>(name: Name, use: <Problem>(race: Race<Problem>) => Result): Result {
  return name === "moons" ? use(moonsRace()) : use(gptRace());
}

const [chosen, contender, what] = Deno.args;
if (chosen === "--help") {
  console.log(help);
} else if (chosen !== undefined && !isName(chosen)) {
  console.error(`there is no race "${chosen}"\n\n${help}`);
  Deno.exitCode = 1;
} else if (contender !== undefined) {
  const result = withRace(chosen, (race) => runOurs(race, contender, what as What));
  console.log(JSON.stringify(result));
} else {
  const python = await environment();
  for (const name of chosen ? [chosen] : names) {
    await withRace(name, (race) => hold(name, race, python));
  }
}
