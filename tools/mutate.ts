/**
 * Breaks the engine on purpose, in one place at a time, and shows that the tests notice. What no test
 * notices is printed: it wants a test, or it makes no difference and belongs into `equivalent`.
 * `deno task mutate --help` says how to call it.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

/** Where gradients come from. */
const files = [
  "operations.ts",
  "value.ts",
  "backward_steps.ts",
  "compile/compile.ts",
  "compile/simd.ts",
];

const help = `Breaks the engine on purpose and shows that the tests notice.

  deno task mutate                 every mutant, about a quarter of an hour
  deno task mutate value.ts        those of some files: ${files.join(", ")}
  deno task mutate --sample 100    so many, spread over all files`;

/** Tests, and how many seconds they may take: an endless loop has been noticed, too. */
interface Stage {
  readonly seconds: number;
  readonly tests: readonly string[];
  readonly flags?: readonly string[];
}

/** The tests, after those of the file itself, quick ones first: few mutants reach the last ones. */
const stages: readonly Stage[] = [
  {
    seconds: 30,
    tests: ["operations", "value", "backward_steps"].map((name) => `engine/${name}_test.ts`),
  },
  { seconds: 30, tests: ["engine/compile/"] },
  {
    seconds: 60,
    tests: [
      "engine/misuse_test.ts",
      "engine/derivative_test.ts",
      "engine/nn/",
      "engine/explain/",
      "torch/",
    ],
  },
  {
    seconds: 120,
    tests: ["engine/properties_test.ts", "engine/large_graphs_test.ts", "engine/draw/"],
  },
  { seconds: 600, tests: ["system/large_graphs.ts"], flags: ["--allow-all"] },
];

/** Mutants of a line that compute what the engine computes, and why; they are not tried. */
export interface Equivalent {
  readonly why: string;
  readonly line: string;
  readonly becomes: readonly string[];
}

export const equivalent: readonly Equivalent[] = [
  {
    why: "the larger of two numbers is that in either order",
    line: `formula: "max(0, a)",`,
    becomes: [`formula: "max(a, 0)",`],
  },
  {
    why: "0 was asked for before",
    line: `locals: [{ formula: "a > 0 ? 1 : 0", value: (a) => a <= 0 ? 0 : a > 0 ? 1 : NaN }],`,
    becomes: [
      `locals: [{ formula: "a > 0 ? 1 : 0", value: (a) => a <= 0 ? 0 : a >= 0 ? 1 : NaN }],`,
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    line: "if (x.length % 2) into[2 * half] = 1;",
    becomes: ["if (true) into[2 * half] = 1;"],
  },
  {
    why: "walks have different numbers wherever they begin",
    line: "let walks = 0;",
    becomes: ["let walks = 1;"],
  },
  {
    why: "every walk sets the position before it asks for it",
    line: "#position = 0;",
    becomes: ["#position = 1;"],
  },
  {
    why: "an operation of one number does not look at a second one",
    line: "const result = new Value(operation.value(a.data, b === null ? NaN : b.data));",
    becomes: ["const result = new Value(operation.value(a.data, b === null ? 0 : b.data));"],
  },
  {
    why: "an operation of one number does not look at a second one",
    line: "const a = this.#a!.data, b = this.#b === null ? NaN : this.#b.data;",
    becomes: ["const a = this.#a!.data, b = this.#b === null ? 0 : this.#b.data;"],
  },
  {
    why: "the general case, two lines below, finds the same, but slower",
    line: "if (operation === add) return add.locals[k].value();",
    becomes: [
      "",
      "if (false) return add.locals[k].value();",
      "if (operation === add) ;",
    ],
  },
  {
    why: "the general case, on the line below, finds the same, but slower",
    line: "if (operation === mul) return k === 0 ? mulA.value(a, b) : mulB.value(a, b);",
    becomes: [
      "",
      "if (false) return k === 0 ? mulA.value(a, b) : mulB.value(a, b);",
      "if (operation === mul) ;",
    ],
  },
  {
    why: "the one derivative looks at b alone, the other one at a",
    line: "if (operation === mul) return k === 0 ? mulA.value(a, b) : mulB.value(a, b);",
    becomes: [
      "if (operation === mul) return k === 0 ? mulA.value(b, b) : mulB.value(a, b);",
      "if (operation === mul) return k === 0 ? mulA.value(a, b) : mulB.value(a, a);",
    ],
  },
  {
    why: "a node that is on the stack twice is placed once",
    line: "if (list[k].#walk !== walk) stack.push(list[k]);",
    becomes: ["if (true) stack.push(list[k]);"],
  },
  {
    why: "both are asked, and where both are wrong either may be named",
    line: "for (const list of [ws, xs]) requireArray(list, usage);",
    becomes: ["for (const list of [xs, ws]) requireArray(list, usage);"],
  },
  {
    why: "an array grows; room from the beginning is a matter of speed",
    line: "const list = new Array<Value>(bias === undefined ? 2 * n : 2 * n + 1);",
    becomes: [
      "const list = new Array<Value>(bias === undefined ? 2 * n : 2 * n);",
      "const list = new Array<Value>(bias === undefined ? 0 * n : 2 * n + 1);",
      "const list = new Array<Value>(bias === undefined ? n : 2 * n + 1);",
      "const list = new Array<Value>(bias === undefined ? 2 * n : 0 * n + 1);",
      "const list = new Array<Value>(bias === undefined ? 2 * n : n + 1);",
      "const list = new Array<Value>(bias === undefined ? 2 * n : 2 * n + 0);",
    ],
  },
  {
    why: "which arrays are kept for the next time is a matter of speed",
    line:
      "return length > 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
    becomes: [
      "return length >= 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length < 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length > 0 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length > 1001 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length > 1000 ? new Float64Array(length) : arrays[length] = new Float64Array(length);",
    ],
  },
  {
    why: "the first node is a leaf, and behind the last one there is nothing to do",
    line: "for (let k = 0; k < code.length; k++) switch (code[k]) {",
    becomes: [
      "for (let k = 1; k < code.length; k++) switch (code[k]) {",
      "for (let k = 0; k <= code.length; k++) switch (code[k]) {",
    ],
  },
  {
    why: "behind the last node there is nothing to do, and the first one is a leaf",
    line: "for (let k = code.length - 1; k >= 0; k--) switch (code[k]) {",
    becomes: [
      "for (let k = code.length; k >= 0; k--) switch (code[k]) {",
      "for (let k = code.length + 1; k >= 0; k--) switch (code[k]) {",
      "for (let k = code.length - 0; k >= 0; k--) switch (code[k]) {",
      "for (let k = code.length - 1; k > 0; k--) switch (code[k]) {",
      "for (let k = code.length - 1; k >= 1; k--) switch (code[k]) {",
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    line: "for (let i = 0; i < operands.length; i++) numbers[i] = value[operands[i]];",
    becomes: ["for (let i = 0; i <= operands.length; i++) numbers[i] = value[operands[i]];"],
  },
  {
    why: "a typed array has no place for what has no index",
    line: "for (let i = 0; i < operands.length; i++) grad[operands[i]] += locals[i] * grad[k];",
    becomes: [
      "for (let i = 0; i <= operands.length; i++) grad[operands[i]] += locals[i] * grad[k];",
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    line: "for (let k = 0; k < parameters; k++) g[k] += grad[inputs + k];",
    becomes: ["for (let k = 0; k <= parameters; k++) g[k] += grad[inputs + k];"],
  },
  {
    why: "a byte is the same with 256 more",
    line: "return n < 128 ? [n] : [n % 128 + 128, ...unsigned(Math.floor(n / 128))];",
    becomes: ["return n < 128 ? [n] : [n % 128 - 128, ...unsigned(Math.floor(n / 128))];"],
  },
  {
    why: "more memory than is needed",
    line: "memory: at.p + 8 * parameters,",
    becomes: ["memory: at.p + 9 * parameters,"],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    line: "for (let i = 0; i < one.length; i++) {",
    becomes: ["for (let i = 0; i <= one.length; i++) {"],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    line: "for (let i = 0; i < g.length; i++) g[i] += pair.g[2 * i] + pair.g[2 * i + 1];",
    becomes: ["for (let i = 0; i <= g.length; i++) g[i] += pair.g[2 * i] + pair.g[2 * i + 1];"],
  },
];

/** One change of one file. */
export interface Mutant {
  readonly file: string;
  /** Where the change begins in the text of the file. */
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly text: string;
}

/** Finds something in code, and says what could stand in its place. */
type Rule = readonly [pattern: RegExp, replace: (match: RegExpExecArray) => readonly string[]];

/** A part of a sum or a product: names, members, indices and calls without parentheses in them. */
const part = String.raw`[#\w.]*[#\w](?:!|\[[^[\]]*\]|\([^()]*\))*`;

const operators = new Map(Object.entries({
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "**": ["*"],
  "^": ["*"],
  "+=": ["=", "-="],
  "-=": ["=", "+="],
  "<": ["<=", ">"],
  ">": [">=", "<"],
  "<=": ["<"],
  ">=": [">"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "??=": ["="],
}));

const functions = new Map(Object.entries({
  abs: ["sign"],
  cos: ["sin"],
  exp: ["log"],
  log: ["exp"],
  max: ["min"],
  sign: ["abs"],
  sin: ["cos"],
  sqrt: ["abs"],
  tanh: ["sin"],
}));

const rules: readonly Rule[] = [
  // Another operator, another function, another operation.
  [/(?<= )[-+*/^<>=!&|?]+(?= )/g, ([operator]) => operators.get(operator) ?? []],
  [/(?<=\w)(\+\+|--)/g, ([operator]) => [operator === "++" ? "--" : "++"]],
  [/\b\w+(?=\()/g, ([name]) => functions.get(name) ?? []],
  [/(?<=perations\.)\w+/g, ([name]) => [name === "add" ? "sub" : name === "sum" ? "dot" : "add"]],
  // Without a sign or a negation, or without a part of a sum or a product, or with its parts swapped.
  [/(?<=[\s([,"])[-!](?=[\w(])/g, () => [""]],
  [RegExp(`(${part}) [+*] (${part})`, "g"), ([, a, b]) => [a, b]],
  [RegExp(`(${part}) ([-/]) (${part})`, "g"), ([, a, sign, b]) => [a, b, `${b} ${sign} ${a}`]],
  // Another number or constant.
  [/(?<![\w.$"#])\d[\d_]*(?![\w."])/g, ([n]) => [n === "0" ? "1" : "0", `${parseInt(n) + 1}`]],
  [/\b(true|false|NaN)\b/g, ([word]) => [word === "NaN" ? "0" : `${word === "false"}`]],
  // Another order, or the other one of two things on the same line.
  [/\.(reverse|toReversed)\(\)/g, () => [""]],
  [/([[(])([#\w.]+), ([#\w.]+)([\])])/g, ([, open, a, b, close]) => [`${open}${b}, ${a}${close}`]],
  [/\? ([^?:\n]+) : ([^?:;,)\n]+)/g, ([, a, b]) => [`? ${a} : ${a}`, `? ${b} : ${b}`]],
  // A condition that always holds, or never; a statement left out.
  [
    /(?<=\b(?:if|while) )\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g,
    () => ["(true)", "(false)"],
  ],
  [
    /^ *(?! |[*/}\])#]|\w+:|(const|let|return|export|case|static|readonly|throw) )[^\n]*;$/gm,
    () => [""],
  ],
  [/(?<=\) |else )(return|continue|[#\w.[\]]+ [-+]?= )[^\n]*;$/gm, () => [";"]],
];

/** Names that stand for each other where both are on one line. */
const pairs = [
  ["a", "b"],
  ["a", "y"],
  ["b", "y"],
  ["#a", "#b"],
  ["data", "grad"],
  ["before", "after"],
  ["local", "upstream"],
  ["inputs", "parameters"],
  ["forward", "backward"],
  ["operand", "node"],
  ["i", "k"],
  ["p", "g"],
  ["ws", "xs"],
  ["value", "grad"],
  ["half", "k"],
];

/**
 * Every mutant of a text by the rules. Comments stay, and what an error says, and types.
 *
 * @param file the name of the file
 * @param text its text
 * @returns the mutants, each once, in the order of the text
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const code = blanked(text);
  const found: Mutant[] = [];
  for (const [pattern, replace] of rules) {
    for (const match of code.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      for (const text of replace(match)) found.push({ file, start, end, text });
    }
  }
  let start = 0;
  for (const line of code.split("\n")) {
    for (const [from, to] of pairs.flatMap(([one, other]) => [[one, other], [other, one]])) {
      if (!name(to).test(line)) continue;
      for (const { index } of line.matchAll(name(from))) {
        found.push({ file, start: start + index, end: start + index + from.length, text: to });
      }
    }
    start += line.length + 1;
  }
  const changes = found.filter(({ start, end, text: other }) => text.slice(start, end) !== other);
  const once = new Map(changes.map((mutant) => [apply(mutant, text), mutant]));
  return [...once.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A whole name, not a part of another. */
function name(name: string): RegExp {
  return RegExp(`(?<![\\w#$])${name}(?!\\w)`, "g");
}

/** The text with spaces in the place of what is not to be changed. */
function blanked(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, " ");
  return text
    .replace(/\/\*[^]*?\*\/|(?<=^|[\s;{}])\/\/.*/gm, blank)
    // Declarations of types, and what is imported.
    .replace(/^(export )?(interface|type) [^]*?^\}|^import [^]*?;$|^type .*;$/gm, blank)
    .replace(
      /: (\([^()]*: [^()]*\) => \w+|[A-Z]\w*<[^<>]*>|\{[^{}]*: (number|Float64Array)[^{}]*\})/g,
      blank,
    )
    // What is said to people: strings with words in them, and what is thrown.
    .replace(/throw new \w+\([^]*?\);\n/g, blank)
    .replace(
      /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g,
      (string) => /\w{2,} \w{2,}|^["']\W?\w+["']$/.test(string) ? blank(string) : string,
    );
}

export function apply({ start, end, text }: Mutant, whole: string): string {
  return whole.slice(0, start) + text + whole.slice(end);
}

/** The lines that a mutant changes, before and after. */
export function lines(
  mutant: Mutant,
  whole: string,
): [number: number, before: string, after: string] {
  const first = whole.lastIndexOf("\n", mutant.start - 1) + 1;
  const last = whole.indexOf("\n", mutant.end);
  const line = (text: string) => text.replace(/\s+/g, " ").trim();
  return [
    whole.slice(0, first).split("\n").length,
    line(whole.slice(first, last)),
    line(whole.slice(first, mutant.start) + mutant.text + whole.slice(mutant.end, last)),
  ];
}

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

/** Whether the tests pass in a folder, those of a file first. */
async function pass(folder: string, file: string): Promise<boolean> {
  const own: Stage = { seconds: 30, tests: [`engine/${file.replace(".ts", "_test.ts")}`] };
  for (
    const { seconds, tests, flags = ["--v8-flags=--max-old-space-size=1500"] } of [own, ...stages]
  ) {
    const paths = tests.map((path) => `tests/${path}`);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--quiet", "--no-check", "--fail-fast", ...flags, ...paths],
      cwd: folder,
      stdout: "null",
      stderr: "null",
      signal: AbortSignal.timeout(1000 * seconds),
    }).output();
    if (!success) return false;
  }
  return true;
}

async function main(): Promise<number> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { sample: { type: "string" }, help: { type: "boolean" } },
  });
  const sample = Number(options.sample ?? Infinity);
  const unknown = positionals.filter((name) => !files.includes(name));
  if (options.help || unknown.length > 0 || !(sample > 0)) {
    console.log(help);
    return options.help ? 0 : 1;
  }
  const root = join(import.meta.dirname!, "..");
  const texts = new Map(
    (positionals.length > 0 ? positionals : files).map((file) =>
      [file, Deno.readTextFileSync(join(root, "engine", file))] as const
    ),
  );
  const all = [...texts].flatMap(([file, text]) => mutantsOf(file, text));
  const step = Math.max(1, all.length / sample);
  const mutants = all.filter((_, k) => Math.floor(k / step) !== Math.floor((k - 1) / step));
  console.log(`${mutants.length} of ${all.length} mutants of ${[...texts.keys()].join(", ")}`);

  const known = new Set(
    equivalent.flatMap(({ line, becomes }) => becomes.map((after) => `${line}\n${after}`)),
  );
  const survivors: string[] = [];
  let killed = 0, same = 0;
  const queue = [null, ...mutants].values(); // first of all, the engine as it is
  const work = async () => {
    const folder = await Deno.makeTempDir();
    try {
      await copy(root, folder);
      for (const mutant of queue) {
        if (mutant === null) {
          if (await pass(folder, files[0])) continue;
          throw new Error("the tests fail without any mutant");
        }
        const path = join(folder, "engine", mutant.file), text = texts.get(mutant.file)!;
        const [number, before, after] = lines(mutant, text);
        if (known.has(`${before}\n${after}`)) {
          same++;
          continue;
        }
        await Deno.writeTextFile(path, apply(mutant, text));
        if (await pass(folder, mutant.file)) {
          survivors.push(`engine/${mutant.file}:${number}\n  − ${before}\n  + ${after}`);
          console.log(`survives: ${survivors.at(-1)}`);
        } else killed++;
        await Deno.writeTextFile(path, text);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
  await Promise.all([work(), work()]);
  console.log(
    `${killed} noticed, ${same} make no difference (see tools/mutate.ts), ${survivors.length} survive`,
  );
  return survivors.length > 0 ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main());
