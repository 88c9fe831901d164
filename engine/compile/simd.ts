/**
 * Two examples at a time: the code of a compiled graph, translated to WebAssembly.
 *
 * A SIMD register holds two numbers, and one instruction works on both. What `compile` writes is
 * arithmetic and nothing else, so each of its lines becomes the same line on two numbers.
 *
 * @module
 */

/** Code that runs on two examples, and the memory in which it finds their numbers. */
export interface Pair {
  /** The inputs, two numbers for each: the first of one example and of the other, the second, … */
  readonly x: Float64Array;
  /** The parameters, one number for each. */
  readonly p: Float64Array;
  /** The gradients, two numbers for each parameter: what the one example has added, and the other. */
  readonly g: Float64Array;
  /** The output of the one example and of the other. */
  readonly y: Float64Array;
  /** Computes `y`, and adds to `g`. */
  run(): void;
}

/** Bytes of WebAssembly. */
type Code = readonly number[];

// The instructions, with the numbers that the WebAssembly specification gives them.
const zero = [0x41, 0]; // i32.const 0: where memory begins, to which loads and stores add an address
const localGet = 0x20;
const localSet = 0x21;
const callFunction = 0x10;
const load = simd(0, 3); // v128.load
const loadForBoth = simd(10, 3); // v128.load64_splat: one number twice
const store = simd(11, 3); // v128.store
const constant = simd(12); // v128.const
const forBoth = simd(20); // f64x2.splat: one number twice
const take = simd(33); // f64x2.extract_lane: the number of one example
const put = simd(34); // f64x2.replace_lane
const choose = simd(82); // v128.bitselect: where the condition holds the first, else the second
const and = simd(78); // v128.and
const negative = simd(237); // f64x2.neg
const sums = new Map([
  ["+", simd(240)], // f64x2.add
  ["-", simd(241)], // f64x2.sub
]);
const products = new Map([
  ["*", simd(242)], // f64x2.mul
  ["/", simd(243)], // f64x2.div
]);
const comparisons = new Map([
  ["===", simd(71)], // f64x2.eq
  ["<", simd(73)], // f64x2.lt
  [">", simd(74)], // f64x2.gt
  ["<=", simd(75)], // f64x2.le
  [">=", simd(76)], // f64x2.ge
]);
const functions = new Map([
  ["Math.abs", simd(236)], // f64x2.abs
  ["Math.sqrt", simd(239)], // f64x2.sqrt
]);

/** No instruction. It stands for what has no translation: the JavaScript engine refuses the whole. */
const unknown: Code = [0xff];

/** An instruction on a register of two numbers. */
function simd(instruction: number, ...rest: Code): Code {
  return [0xfd, ...unsigned(instruction), ...rest];
}

/** A count as WebAssembly writes it (LEB128): seven bits to a byte, the lowest first. */
function unsigned(n: number): Code {
  return n < 128 ? [n] : [n % 128 + 128, ...unsigned(Math.floor(n / 128))];
}

/**
 * Translates code to WebAssembly.
 *
 * @param lines lines as `compile` writes them: `const v1 = …;` or `g[0] += …;`, at the end `return …;`
 * @param counts how many inputs and parameters there are
 * @returns the code for two examples, or null where something in it has no translation, it is too
 *   long, or the JavaScript engine has no SIMD or does not allow it
 */
export function translate(
  lines: readonly string[],
  { inputs, parameters }: { inputs: number; parameters: number },
): Pair | null {
  // Where the numbers stand in memory, in bytes: two for each of y, x and g, then one for each of p.
  const at = { y: 0, x: 16, g: 16 + 16 * inputs, p: 16 + 16 * (inputs + parameters) };
  // Two for the operands of functions, named as nothing in the code is; then the names in the code.
  const locals = new Map([["#1", 0], ["#2", 1]]);
  const imports = new Map<string, { index: number; operands: number }>();
  const get = (name: string) => [localGet, ...unsigned(locals.get(name)!)];
  const set = (name: string) => [localSet, ...unsigned(locals.get(name)!)];

  const read = (word: string): Code | undefined => {
    const [, list, index] = /^([xp])\[(\d+)\]$/.exec(word) ?? [];
    if (list === "x") return [...zero, ...load, ...unsigned(at.x + 16 * Number(index))];
    if (list === "p") return [...zero, ...loadForBoth, ...unsigned(at.p + 8 * Number(index))];
    return locals.has(word) ? get(word) : undefined;
  };
  /** A function of JavaScript takes single numbers: it is called once for each example. */
  const call = (name: string, operands: readonly Code[]): Code => {
    if (!imports.has(name)) imports.set(name, { index: imports.size, operands: operands.length });
    const names = ["#1", "#2"].slice(0, operands.length);
    const callFor = (example: number) => [
      ...names.flatMap((name) => [...get(name), ...take, example]),
      callFunction,
      ...unsigned(imports.get(name)!.index),
    ];
    const both = [...callFor(0), ...forBoth, ...callFor(1), ...put, 1];
    return [...operands.flat(), ...names.toReversed().flatMap(set), ...both];
  };
  const body = lines.map((line) => {
    const [, name, index, text] = /^(?:const (\w+) =|g\[(\d+)\] \+=|return) (.*);$/s.exec(line)!;
    const code = expressionCode(text, { read, call });
    if (name !== undefined) {
      locals.set(name, locals.size);
      return [...code, ...set(name)];
    }
    if (index === undefined) return [...zero, ...code, ...store, at.y];
    const address = unsigned(at.g + 16 * Number(index));
    const sum = [...zero, ...load, ...address, ...code, ...sums.get("+")!];
    return [...zero, ...sum, ...store, ...address];
  });

  const bytes = moduleOf(body.flat(), {
    locals: locals.size,
    imports: [...imports].map(([name, { operands }]) => ({ name, operands })),
    memory: at.p + 8 * parameters,
  });
  let exports: WebAssembly.Exports;
  try {
    const math = Math as unknown as WebAssembly.ModuleImports;
    exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), { Math: math }).exports;
  } catch {
    return null;
  }
  const { buffer } = exports.memory as WebAssembly.Memory;
  return {
    x: new Float64Array(buffer, at.x, 2 * inputs),
    p: new Float64Array(buffer, at.p, parameters),
    g: new Float64Array(buffer, at.g, 2 * parameters),
    y: new Float64Array(buffer, at.y, 2),
    run: exports.run as () => void,
  };
}

/**
 * Runs the code on examples, two at a time; where their number is odd, the last one is left out.
 *
 * @param pair the code
 * @param examples the inputs of each
 * @param numbers the parameters, and their gradients, to which it adds
 * @returns the sum of the outputs
 */
export function runPairs(
  pair: Pair,
  examples: readonly ArrayLike<number>[],
  { p, g }: { p: Float64Array; g: Float64Array },
): number {
  const { x, y } = pair;
  pair.p.set(p);
  pair.g.fill(0);
  let sum = 0;
  for (let k = 0; k + 1 < examples.length; k += 2) {
    const one = examples[k], other = examples[k + 1];
    for (let i = 0; i < one.length; i++) {
      x[2 * i] = one[i];
      x[2 * i + 1] = other[i];
    }
    pair.run();
    sum += y[0];
    sum += y[1];
  }
  for (let i = 0; i < g.length; i++) g[i] += pair.g[2 * i] + pair.g[2 * i + 1];
  return sum;
}

// ---- From JavaScript to instructions

const words =
  /(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[A-Za-z][\w.]*(?:\[\d+\])?|\*\*|--|===|[<>]=|&&|\S/g;

/** What an expression needs to know of the code around it. */
interface Context {
  /** The code that reads a name, if there is such a name. */
  readonly read: (name: string) => Code | undefined;
  /** The code that calls a function of Math. */
  readonly call: (name: string, operands: readonly Code[]) => Code;
}

/**
 * Translates an expression of the kind that the table of operations is written in:
 *
 *     expression = sum | comparison {&& comparison} ? expression : expression
 *     comparison = sum (=== | < | > | <= | >=) sum
 *     sum        = product {(+ | -) product}
 *     product    = power {(* | /) power}
 *     power      = operand | operand ** power
 *     operand    = -operand | (expression) | number | name | Math.f(expression, …)
 */
function expressionCode(text: string, { read, call }: Context): Code {
  const list = text.match(words)!;
  let k = 0;
  /** Takes a word that must come next. It has no code, but if it is missing all is refused. */
  const need = (word: string): Code => list[k++] === word ? [] : unknown;

  const expression = (): Code => {
    const left = sum();
    if (!comparisons.has(list[k])) return left;
    let condition = comparison(left);
    while (list[k] === "&&") {
      k++;
      condition = [...condition, ...comparison(sum()), ...and];
    }
    // Both are computed, whatever the condition says.
    const first = [...need("?"), ...expression()];
    const second = [...need(":"), ...expression()];
    return [...first, ...second, ...condition, ...choose];
  };
  const comparison = (left: Code): Code => {
    const operator = comparisons.get(list[k++]) ?? unknown;
    return [...left, ...sum(), ...operator];
  };
  const chain = (operators: Map<string, Code>, part: () => Code): Code => {
    const code = [part()];
    while (operators.has(list[k])) {
      const operator = operators.get(list[k++])!;
      code.push(part(), operator);
    }
    return code.flat();
  };
  const sum = () => chain(sums, product);
  const product = () => chain(products, power);
  const power = (): Code => {
    const base = operand();
    if (list[k] !== "**") return base;
    k++;
    return call("pow", [base, power()]);
  };
  const operand = (): Code => {
    const word = list[k++] ?? "";
    if (word === "-") return [...operand(), ...negative];
    if (word === "(") return [...expression(), ...need(")")];
    if (/^(NaN|Infinity|\.?\d.*)$/.test(word)) {
      const x = Number(word);
      return [...constant, ...new Uint8Array(Float64Array.of(x, x).buffer)];
    }
    if (word.startsWith("Math.") && list[k] === "(") {
      const operands: Code[] = [];
      do {
        k++;
        operands.push(expression());
      } while (list[k] === ",");
      const instruction = functions.get(word);
      const code = instruction === undefined
        ? call(word.slice("Math.".length), operands)
        : [...operands.flat(), ...instruction];
      return [...code, ...need(")")];
    }
    return read(word) ?? unknown;
  };
  const code = expression();
  return k === list.length ? code : unknown;
}

// ---- The module around them

/** The bytes of a module that exports its `memory` and a function `run`, and imports from Math. */
function moduleOf(body: Code, { locals, imports, memory }: {
  locals: number;
  imports: readonly { name: string; operands: number }[];
  /** How many bytes. */
  memory: number;
}): Uint8Array<ArrayBuffer> {
  const f64 = 0x7c, v128 = 0x7b, page = 65536, end = 0x0b;
  const sections: [id: number, entries: Code[]][] = [
    // Types: of functions of one number, of two, and of `run`.
    [1, [[0x60, 1, f64, 1, f64], [0x60, 2, f64, f64, 1, f64], [0x60, 0, 0]]],
    // Imports, functions, memory and exports.
    [2, imports.map((f) => [...name("Math"), ...name(f.name), 0, f.operands - 1])],
    [3, [[2]]],
    [5, [[0, ...unsigned(Math.ceil(memory / page))]]],
    [7, [[...name("memory"), 2, 0], [...name("run"), 0, ...unsigned(imports.length)]]],
    // The code of `run`, all of whose locals are registers of two numbers.
    [10, [sized([1, ...unsigned(locals), v128, ...body, end])]],
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...sections.flatMap(([id, entries]) => [
      id,
      ...sized([...unsigned(entries.length), ...entries.flat()]),
    ]),
  ]);
}

function name(text: string): Code {
  return sized([...new TextEncoder().encode(text)]);
}

function sized(code: Code): Code {
  return [...unsigned(code.length), ...code];
}
