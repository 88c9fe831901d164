/**
 * The yardstick beside the real peers: `deno task peers`. Makes a virtual environment in
 * `.venv/peers` with the peers from PyPI, runs every contender on the same points and first weights,
 * in turn and more than once, checks that their losses agree, and prints one table.
 *
 * @module
 */
import { join } from "node:path";
import { contenders, moons } from "./yardstick.ts";

const packages = ["micrograd==0.1.0", "numpy==2.3.5", "torch==2.13.0"];
const peers = ["micrograd", "NumPy", "PyTorch"];
const rounds = 3;
const seconds = 2;

/** What one contender did: its first 20 losses, and its steps a second. */
interface Run {
  losses: number[];
  speed: number;
}

function run(command: string, args: string[]): Promise<Deno.CommandStatus> {
  return new Deno.Command(command, { args, stdout: "inherit", stderr: "inherit" }).spawn().status;
}

/** The Python of an environment with the peers in it. */
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
      throw new Error(`this did not work: ${[command, ...args].join(" ")}`);
    }
  }
  await Deno.writeTextFile(marker, packages.join("\n"));
  return python;
}

const problem = moons();

function runOurs(name: string): Run {
  const losses = Array.from({ length: 20 }, contenders[name](problem));
  const step = contenders[name](problem);
  for (const start = performance.now(); performance.now() - start < 1000 * seconds / 2;) step();
  const start = performance.now();
  let steps = 0;
  for (; performance.now() - start < 1000 * seconds; steps++) step();
  return { losses, speed: 1000 * steps / (performance.now() - start) };
}

async function runPeer(python: string, name: string): Promise<Run> {
  const script = join(import.meta.dirname!, "peers.py");
  const child = new Deno.Command(python, {
    args: [script, name, `${seconds}`],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(problem)));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`${name} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const [only] = Deno.args;
if (only !== undefined) {
  // One contender in a process of its own, so that no other's garbage is in its way.
  console.log(JSON.stringify(runOurs(only)));
  Deno.exit();
}

async function runOursAlone(name: string): Promise<Run> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.filename!, name],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${name} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const python = await environment();
const runs = new Map<string, Run[]>();
for (let round = 0; round < rounds; round++) {
  for (const name of [...peers, ...Object.keys(contenders)]) {
    const result = await (peers.includes(name) ? runPeer(python, name) : runOursAlone(name));
    runs.set(name, [...runs.get(name) ?? [], result]);
  }
}

const [reference] = runs.get("loops written by hand")!;
for (const [name, [{ losses }]] of runs) {
  const apart = Math.max(...losses.map((loss, k) => Math.abs(loss - reference.losses[k])));
  if (!(apart <= 1e-12)) throw new Error(`${name} finds other losses: they are ${apart} apart`);
}
console.log("All contenders find the same losses, to 1e-12. Best of", rounds, "runs each:\n");
const best = [...runs].map(([name, runs]) => ({
  name,
  speed: Math.max(...runs.map(({ speed }) => speed)),
})).sort((a, b) => a.speed - b.speed);
const port = best.find(({ name }) => name === "straight port of the lecture")!;
console.log("| contender | steps a second | × the straight port |\n| --- | ---: | ---: |");
for (const { name, speed } of best) {
  console.log(
    `| ${name} | ${Number(speed.toPrecision(3))} | ${
      Number((speed / port.speed).toPrecision(3))
    } |`,
  );
}
