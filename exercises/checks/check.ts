/**
 * Checks what a learner writes into the holes of an exercise, and says what is wrong with it.
 *
 * A hole is a function whose body is `return todo();`. What it must do stands in the file of this folder with its name.
 *
 * @module
 */
import { bold, cyan, dim, green, red } from "@std/fmt/colors";
import { notebook, waitForKernel } from "../../lessons/show.ts";
import { Random } from "../../mod.ts";

/** The exercises, in order. */
export const exercises = [
  "00_derivative",
  "01_value",
  "02_rate_of_change",
  "03_chain_rule",
  "04_backpropagation",
  "05_engine",
  "06_neuron",
  "07_descent",
  "08_network",
  "09_two_moons",
  "10_compile",
  "11_gpt",
] as const;

/**
 * Tries an answer. It throws a {@linkcode Mistake}, or whatever the learner's code throws; it may
 * return what there is to say about a right answer.
 */
export type Test = (answer: never, name: string) => string | void;

/** What came of an answer: ✓ right, ✗ wrong, · not yet; and lines that say more. */
export interface Verdict {
  readonly mark: "✓" | "✗" | "·";
  readonly lines: readonly string[];
}

/** Something is missing. */
export class NotYet extends Error {
  /** The function with the hole, where that is known. */
  hole?: string;
}

/** Stands where something is missing. */
export function todo(): never {
  const error = new NotYet();
  const [caller] = error.stack?.split(/^ +at todo .*\n/m).slice(1) ?? [];
  error.hole = /^ +at (?:\w+\.)?(\w+)(?: \[.*?\])? \((?!<anonymous>\))/.exec(caller ?? "")?.[1];
  error.message = `not yet${lineOf(error)}`;
  throw error;
}

/** A wrong answer, with what to tell the learner. */
export class Mistake extends Error {
  /**
   * Makes one.
   *
   * @param hint what to think about
   * @param found what was tried, what was expected and what came, where that helps
   */
  constructor(
    readonly hint: string,
    readonly found?: [at: string, expected: unknown, got: unknown],
  ) {
    super(hint);
  }
}

/**
 * What came of one answer.
 *
 * @param name the name of the hole
 * @param answer what the learner wrote: a function or a class
 * @param test tries it
 * @returns the verdict; nothing that the learner's code throws gets out
 */
export function judge(name: string, answer: unknown, test: Test): Verdict {
  try {
    const note = test(answer as never, name);
    return { mark: "✓", lines: note ? [note] : [] };
  } catch (error) {
    if (error instanceof NotYet) {
      const { hole = name, message } = error;
      const first = hole === name ? "" : `: first fill ${hole}`;
      return { mark: "·", lines: [message.replace("not yet", (text) => text + first)] };
    }
    if (!(error instanceof Mistake)) return { mark: "✗", lines: [sentenceOn(error)] };
    if (!error.found) return { mark: "✗", lines: [error.hint] };
    const [at, expected, got] = error.found;
    return {
      mark: "✗",
      lines: [at, `  expected ${show(expected)}`, `  got      ${show(got)}`, error.hint],
    };
  }
}

function sentenceOn(error: unknown): string {
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    return `It calls itself until the stack is full: when does it stop?${lineOf(error)}`;
  }
  return `It throws ${show(error)}${error instanceof Error ? lineOf(error) : ""}`;
}

/** Where in the learner's files it happened. In a notebook no line is known. */
function lineOf(error: Error): string {
  const line = /\/(exercises\/\d\d_\w+\.ts:\d+)/.exec(error.stack ?? "")?.[1];
  return line ? ` (${line})` : "";
}

/** How {@linkcode like} compares. */
export interface LikeOptions<Args extends unknown[]> {
  /** The arguments of each call. The first ones should be easy to work out in the head. */
  readonly inputs: readonly Args[];
  /** Wrong functions that people write, each after the hint that helps. */
  readonly mistakes: readonly (readonly [hint: string, wrong: (...args: Args) => unknown])[];
  /** The hint for everything else. */
  readonly hint: string;
  /** How far off a number may be, in parts of itself; 1e-9 by default. */
  readonly tolerance?: number;
  /** What was tried, as text; the call by default. */
  readonly at?: (...args: Args) => string;
}

/**
 * A test: the answer must be a function that returns the same as `right` for each of the inputs, and
 * leaves its arguments as they are.
 *
 * @param right the function as it should be
 * @param options what to try, and what to say
 * @returns the test
 */
export function like<F extends (...args: never[]) => unknown>(
  right: F,
  { inputs, mistakes, hint, tolerance = 1e-9, at }: LikeOptions<Parameters<F>>,
): Test {
  const call = (f: (...args: Parameters<F>) => unknown, args: Parameters<F>) => f(...copy(args));
  const same = (x: unknown, y: unknown) => equal(x, y, tolerance);
  return (answer: (...args: Parameters<F>) => unknown, name) => {
    const expected = inputs.map((args) => call(right, args));
    const got: unknown[] = [];
    let k = -1;
    for (const args of inputs) {
      const given = copy(args);
      try {
        got.push(answer(...given));
      } catch (error) {
        // What was wrong before says more than an error of JavaScript's.
        if (k < 0 || error instanceof Mistake || error instanceof NotYet) throw error;
        break;
      }
      if (!equal(given, args, 0)) {
        throw new Mistake(`${name}() changes the list that it gets: work on a copy, [...list].`);
      }
      const last = got.length - 1;
      if (k < 0 && !same(got[last], expected[last])) k = last;
    }
    if (k < 0) return;
    const known = mistakes.find(([, wrong]) =>
      got.every((result, k) => {
        try {
          return same(result, call(wrong, inputs[k]));
        } catch {
          return false; // not every mistake can be made with every input
        }
      })
    );
    throw new Mistake(
      known?.[0] ?? guess(expected.slice(0, got.length), got, k) ??
        (k > 0 ? `Right before, but not here. ${hint}` : hint),
      [
        at?.(...inputs[k]) ?? `${name}(${inputs[k].map(show).join(", ")})`,
        expected[k],
        got[k],
      ],
    );
  };
}

/**
 * Throws a {@linkcode Mistake} unless two things are equal.
 *
 * @param got what came
 * @param expected what should have come
 * @param at what was tried, and the hint when it differs
 */
export function expect(
  got: unknown,
  expected: unknown,
  { at, hint, tolerance = 1e-9 }: { at: string; hint: string; tolerance?: number },
): void {
  if (equal(got, expected, tolerance)) return;
  throw new Mistake(shape(expected, got) ?? hint, [at, expected, got]);
}

/** What the numbers themselves say about a mistake that nobody has foreseen. */
function guess(expected: unknown[], got: unknown[], k: number): string | undefined {
  const wrongShape = shape(expected[k], got[k]);
  if (wrongShape) return wrongShape;
  const [right, found] = [flat(expected), flat(got)];
  if (right.length !== found.length || right.length < 2) return;
  const all = (test: (right: number, found: number) => boolean) =>
    right.every((x, i) => test(x, found[i]));
  const first = right.findIndex((x) => x !== 0);
  const factor = found[first] / right[first], distance = found[0] - right[0];
  if (new Set(found).size === 1 && new Set(right).size > 1) {
    return "It is the same for every input: which of the parameters must it depend on?";
  }
  if (all((x, y) => equal(y, -x, 1e-9))) return "The sign is the wrong way round.";
  if (all((x, y) => equal(y, factor * x, 1e-9))) {
    return `It is ${show(factor)} times what it should be, at every input.`;
  }
  if (all((x, y) => equal(y - x, distance, 1e-9))) {
    return `It is off by ${show(distance)} at every input.`;
  }
  if (all((x, y) => Math.abs(x - y) <= 0.01 * Math.max(1, Math.abs(x)))) {
    return "Close, but not exact: is something approximated?";
  }
  const sorted = (things: unknown) => flat([things]).sort((x, y) => x - y);
  if (Array.isArray(expected[k]) && equal(sorted(got[k]), sorted(expected[k]), 1e-9)) {
    return "The numbers are right, their order is not.";
  }
}

/** A sentence on a result that is not even of the right kind. */
function shape(expected: unknown, got: unknown): string | undefined {
  if (got === undefined) return "It returns nothing: is `return` missing?";
  if (got instanceof Promise) return "It returns a Promise: write it without `async`.";
  if (typeof got === "function") return "It returns a function: call it, with ().";
  if (Array.isArray(expected) && Array.isArray(got)) {
    if (got.length !== expected.length) {
      return `It returns a list of ${got.length}, and should return one of ${expected.length}.`;
    }
    const k = got.findIndex((item, i) => shape(expected[i], item) !== undefined);
    if (k === -1) return;
    if (got[k] === undefined) return `Item ${k} of the list, counted from 0, is undefined.`;
    return shape(expected[k], got[k]);
  }
  if (kind(got) !== kind(expected)) {
    return `It returns ${kind(got)}, and should return ${kind(expected)}.`;
  }
  if (kind(expected) === "an object") {
    for (const [key, item] of Object.entries(expected as object)) {
      const found = (got as Record<string, unknown>)[key];
      if (found === undefined) return `${key} is missing in the object.`;
      const why = shape(item, found);
      if (why) return `${key}: ${why}`;
    }
  }
  if (Number.isNaN(got) && !Number.isNaN(expected)) {
    return "NaN comes from arithmetic with something that is not there, from 0 / 0, or from the root or the logarithm of a number below 0.";
  }
  if (Math.abs(got as number) === Infinity && got !== expected) {
    return "Infinity comes from a division by 0, or from a number that has grown too large.";
  }
}

function kind(thing: unknown): string {
  if (thing === null) return "null";
  if (Array.isArray(thing)) return "a list";
  const kinds: Record<string, string> = {
    number: "a number",
    string: "a string",
    object: "an object",
  };
  return kinds[typeof thing] ?? `a ${typeof thing}`;
}

function equal(x: unknown, y: unknown, tolerance: number): boolean {
  if (typeof x === "number" && typeof y === "number") {
    const scale = Math.max(1, Math.abs(x));
    return Object.is(x, y) || Number.isFinite(scale) && Math.abs(x - y) <= tolerance * scale;
  }
  if (Array.isArray(x) && Array.isArray(y)) {
    return x.length === y.length && x.every((item, i) => equal(item, y[i], tolerance));
  }
  if (isRecord(x) && isRecord(y)) {
    const keys = Object.keys(x);
    return keys.length === Object.keys(y).length &&
      keys.every((key) => equal(x[key], y[key], tolerance));
  }
  return x === y;
}

function isRecord(thing: unknown): thing is Record<string, unknown> {
  return typeof thing === "object" && thing !== null &&
    Object.getPrototypeOf(thing) === Object.prototype;
}

/** How often an answer may call a function that it gets. */
const most = 10_000;

/**
 * A function that an answer gets to call. A loop that calls it again and again counts as endless.
 *
 * @param f the function
 * @returns the same, with its name, which throws a {@linkcode Mistake} after ten thousand calls
 */
export function limited<Args extends unknown[], Result>(
  f: (...args: Args) => Result,
): (...args: Args) => Result {
  let calls = 0;
  const counting = (...args: Args) => {
    if (calls++ === most) throw new Mistake("It does not end: how many steps has it made?");
    return f(...args);
  };
  return Object.defineProperty(counting, "name", { value: f.name });
}

const random = new Random(14);

/**
 * Random numbers to try an answer with, so that no constant passes.
 *
 * @param count how many
 * @returns numbers from −5 to 5 with one decimal place, none of them 0
 */
export function numbers<T extends number[]>(count: number): T {
  return Array.from({ length: count }, () => Math.round(random.uniform(-50, 50)) / 10 || 1) as T;
}

/** All numbers in lists and objects, in order. */
function flat(thing: unknown): number[] {
  if (typeof thing === "number") return [thing];
  if (Array.isArray(thing)) return thing.flatMap(flat);
  return isRecord(thing) ? flat(Object.values(thing)) : [];
}

function copy<T>(thing: T): T {
  return Array.isArray(thing) ? thing.map(copy) as T : thing;
}

/** A thing as a learner would write it. */
export function show(thing: unknown): string {
  if (typeof thing === "number") return String(Number(thing.toPrecision(7))).replaceAll("-", "−");
  if (typeof thing === "string") return JSON.stringify(thing);
  if (Array.isArray(thing)) return `[${thing.map(show).join(", ")}]`;
  if (typeof thing === "function") {
    const source = String(thing);
    return /native code/.test(source) ? thing.name : source.replace(/\)\s*=>\s*/, ") => ");
  }
  if (isRecord(thing)) {
    return `{ ${Object.entries(thing).map(([key, item]) => `${key}: ${show(item)}`).join(", ")} }`;
  }
  return String(thing);
}

/** The exercises of which every hole is right, as far as they have run. */
const finished = new Set<string>();

/**
 * Sees that earlier exercises are done.
 *
 * @param names their names
 * @throws {NotYet} when one of them is not
 */
export function requireFinished(...names: (typeof exercises[number])[]): void {
  const missing = names.filter((name) => !finished.has(name));
  if (missing.length > 0) throw new NotYet(`not yet: first finish ${missing.join(" and ")}`);
}

/** An exercise prints nothing while this is true: another one has imported it. */
let silent = false;

/**
 * Imports exercises without the lines that they print.
 *
 * @param load imports them
 * @returns what `load` returns
 */
export async function silently<T>(load: () => Promise<T>): Promise<T> {
  silent = true;
  try {
    return await load();
  } finally {
    silent = false;
  }
}

/**
 * Prepares the check of one exercise.
 *
 * @param name the name of its file, such as `03_chain_rule`
 * @param tests a test for each hole, in order
 * @param options `seconds`: how long a hole may compute, 5 by default
 * @returns the function that an exercise calls with its answers: `check({ slope })`
 */
export function exercise<Hole extends string>(
  name: typeof exercises[number],
  tests: Readonly<Record<Hole, Test>>,
  { seconds = 5 }: { seconds?: number } = {},
): (answers: Readonly<Partial<Record<Hole, unknown>>>) => void {
  const holes = Object.keys(tests) as Hole[];
  const right = new Set<Hole>();
  const score = () => `${right.size} of ${holes.length}`;
  const heading = `\n${bold(cyan(`Exercise ${name}`))}\n`;
  return (answers) => {
    for (const hole of Object.keys(answers) as Hole[]) {
      if (hole === holes[0] && !silent && !notebook) say(heading);
      const endless: Verdict = {
        mark: "✗",
        lines: [`It does not end: stopped after ${seconds} s.`],
      };
      const stopped = [
        report(hole, endless),
        ...holes.slice(holes.indexOf(hole) + 1)
          .map((later) => report(later, { mark: "·", lines: ["not tried"] })),
        `\n  ${score()}`,
      ].join("\n");
      const stop = watch(silent ? `${heading}\n${stopped}` : stopped, seconds);
      const verdict = judge(hole, answers[hole], tests[hole]);
      stop();
      if (verdict.mark === "✓") right.add(hole);
      else right.delete(hole);
      if (right.size === holes.length) finished.add(name);
      if (silent) continue;
      say(report(hole, verdict));
      if (hole === holes.at(-1) || right.size === holes.length) {
        say(`\n  ${bold(score())}${next(name, right.size === holes.length)}\n`);
      }
    }
  };
}

function report(hole: string, { mark, lines }: Verdict): string {
  if (mark === "✓") return `  ${green(mark)} ${wrapped([hole, ...lines].join(": "), "    ")}`;
  if (mark === "·") return dim(`  ${mark} ${hole}: ${lines[0]}`);
  const hint = wrapped(`→ ${lines.at(-1)}`, "      ").split("\n").map(cyan).join("\n");
  return [
    `  ${red(mark)} ${bold(hole)}`,
    ...[...lines.slice(0, -1), hint].map((line) => `    ${line}`),
  ]
    .join("\n");
}

/** A text broken at spaces so that no line is longer than 72 columns. */
function wrapped(text: string, margin: string): string {
  return text.replace(/(?=.{73})(.{1,72}) +/g, `$1\n${margin}`);
}

function next(name: typeof exercises[number], done: boolean): string {
  if (!done) return "";
  const following = exercises[exercises.indexOf(name) + 1];
  if (!following) return " · That was the last one. deno task exercises shows them all.";
  return ` · Next: ${notebook ? `${following}.ipynb` : `deno run exercises/${following}.ts`}`;
}

function say(text: string): void {
  console.log(text);
  if (notebook) waitForKernel();
}

/** Says what the other thread was told to, and ends the program as Ctrl-C does. */
const watchdog = `
let timer;
onmessage = ({ data: { text, seconds } }) => {
  clearTimeout(timer);
  if (text === "") return;
  timer = setTimeout(() => {
    console.log(text + "\\n");
    Deno.kill(Deno.pid, "SIGINT");
  }, 1000 * seconds);
};`;

let worker: Worker | undefined;

/**
 * Ends the program with a text when it is still busy after some seconds: a loop that does not end
 * lets nothing else run, but for another thread. A notebook has a button for that.
 *
 * @returns a function that takes the order back
 */
function watch(text: string, seconds: number): () => void {
  if (notebook) return () => {};
  if (!worker) {
    worker = new Worker(`data:text/javascript,${encodeURIComponent(watchdog)}`, { type: "module" });
    // The program may end when all its code has run.
    setTimeout(() => {
      worker?.terminate();
      worker = undefined;
    });
  }
  worker.postMessage({ text, seconds });
  return () => worker?.postMessage({ text: "", seconds });
}
