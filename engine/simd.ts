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
  /** The inputs: the first of either example, the second of either, … */
  readonly x: Float64Array;
  /** The parameters, the same for both examples. */
  readonly p: Float64Array;
  /** The gradients: what either example adds to the first, to the second, … */
  readonly g: Float64Array;
  /** The output of either example. */
  readonly y: Float64Array;
  /** Computes `y`, and adds to `g`. */
  run(): void;
}

/** Bytes of WebAssembly. */
type Code = readonly number[];

const negative = simd(237);
const and = simd(78);
const comparisons = new Map([
  ["===", simd(71)],
  ["<", simd(73)],
  [">", simd(74)],
  ["<=", simd(75)],
  [">=", simd(76)],
]);
const sums = new Map([["+", simd(240)], ["-", simd(241)]]);
const products = new Map([["*", simd(242)], ["/", simd(243)]]);
const functions = new Map([["Math.abs", simd(236)], ["Math.sqrt", simd(239)]]);

/** No instruction: code that has no translation becomes this, and is refused in the end. */
const unknown: Code = [0xff];

const tokens = /\.?\d[\d.]*(?:e[-+]?\d+)?|[A-Za-z][\w.]*(?:\[\d+\])?|\*\*|===|[<>]=|&&|[^\s]/g;

/**
 * Translates code.
 *
 * @param lines lines as `compile` writes them: `const v1 = …;` or `g[0] += …;`, at the end `return …;`
 * @param counts how many inputs and parameters there are
 * @returns the code for two examples, or null where the JavaScript engine has no SIMD, there is too
 *   much code for it, or something in it that has no translation
 */
export function translate(
  lines: readonly string[],
  { inputs, parameters }: { inputs: number; parameters: number },
): Pair | null {
  if (typeof WebAssembly === "undefined") return null;
  // Where the numbers stand in memory, in bytes: y, x and g of two examples, then p.
  const at = { y: 0, x: 16, g: 16 + 16 * inputs, p: 16 + 16 * (inputs + parameters) };
  const locals = new Map([["a", 0], ["b", 1]]); // operands of functions, then the names in the code
  const imports = new Map<string, { index: number; operands: number }>();

  const get = (name: string) => [0x20, ...unsigned(locals.get(name)!)];
  const set = (name: string) => [0x21, ...unsigned(locals.get(name)!)];

  /** A function of JavaScript takes single numbers: it is called for either example. */
  const call = (name: string, operands: readonly Code[]): Code => {
    if (!imports.has(name)) imports.set(name, { index: imports.size, operands: operands.length });
    const names = ["a", "b"].slice(0, operands.length);
    const callFor = (example: number) => [
      ...names.flatMap((name) => [...get(name), ...simd(33, example)]),
      0x10,
      ...unsigned(imports.get(name)!.index),
    ];
    const both = [...callFor(0), ...simd(20), ...callFor(1), ...simd(34, 1)];
    return [...operands.flat(), ...names.toReversed().flatMap(set), ...both];
  };

  /** Translates an expression of the kind that the table of operations is written in. */
  const expressionCode = (text: string): Code => {
    const words = text.match(tokens)!;
    let k = 0;
    const take = (word: string, code: Code) => words[k++] === word ? code : unknown;

    const operand = (): Code => {
      const word = words[k++] ?? "";
      if (word === "-") return [...operand(), ...negative];
      if (word === "(") return [...expression(), ...take(")", [])];
      const [, list, index] = /^([xp])\[(\d+)\]$/.exec(word) ?? [];
      if (list === "x") return load(at.x + 16 * Number(index));
      if (list === "p") return loadForBoth(at.p + 8 * Number(index));
      if (locals.has(word)) return get(word);
      if (/^(NaN|Infinity|\.?\d.*)$/.test(word)) return constant(Number(word));
      if (!word.startsWith("Math.") || words[k] !== "(") return unknown;
      const operands: Code[] = [];
      do {
        k++;
        operands.push(expression());
      } while (words[k] === ",");
      const code = functions.get(word);
      return [
        ...(code === undefined ? call(word.slice(5), operands) : [...operands.flat(), ...code]),
        ...take(")", []),
      ];
    };
    const power = (): Code => {
      const base = operand();
      if (words[k] !== "**") return base;
      k++;
      return call("pow", [base, power()]);
    };
    const chain = (operators: Map<string, Code>, part: () => Code): Code => {
      const code = [...part()];
      while (operators.has(words[k])) {
        const operator = operators.get(words[k++])!;
        code.push(...part(), ...operator);
      }
      return code;
    };
    const sum = () => chain(sums, () => chain(products, power));
    const comparison = (left: Code): Code => {
      const operator = comparisons.get(words[k++]) ?? unknown;
      return [...left, ...sum(), ...operator];
    };
    const expression = (): Code => {
      const left = sum();
      if (!comparisons.has(words[k])) return left;
      let condition = comparison(left);
      while (words[k] === "&&") {
        k++;
        condition = [...condition, ...comparison(sum()), ...and];
      }
      // Both are computed: then the one is taken where the condition holds, and else the other.
      const holds = [...take("?", []), ...expression()];
      return [...holds, ...take(":", []), ...expression(), ...condition, ...simd(82)];
    };
    const code = expression();
    return k === words.length ? code : unknown;
  };

  const body = lines.map((line) => {
    const [, name, index, text] = /^(?:const (\w+) =|g\[(\d+)\] \+=|return) (.*);$/.exec(line)!;
    const code = expressionCode(text);
    if (name !== undefined) {
      locals.set(name, locals.size);
      return [...code, ...set(name)];
    }
    if (index === undefined) return store(at.y, code);
    const address = at.g + 16 * Number(index);
    return store(address, [...load(address), ...code, ...sums.get("+")!]);
  }).flat();
  const bytes = toModule(body, {
    locals: locals.size,
    imports: [...imports].map(([name, { operands }]) => ({ name, operands })),
    memory: at.p + 8 * parameters,
  });
  if (!WebAssembly.validate(bytes)) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    Math: Math as unknown as WebAssembly.ModuleImports,
  });
  const { buffer } = exports.memory as WebAssembly.Memory;
  return {
    x: new Float64Array(buffer, at.x, 2 * inputs),
    p: new Float64Array(buffer, at.p, parameters),
    g: new Float64Array(buffer, at.g, 2 * parameters),
    y: new Float64Array(buffer, at.y, 2),
    run: exports.run as () => void,
  };
}

// ---- Instructions: the numbers are those of the WebAssembly specification

/** An instruction on a register of two numbers. */
function simd(instruction: number, ...rest: Code): Code {
  return [0xfd, ...unsigned(instruction), ...rest];
}

function load(address: number): Code {
  return [0x41, 0, ...simd(0, 3, ...unsigned(address))];
}

/** Loads one number into both places of a register. */
function loadForBoth(address: number): Code {
  return [0x41, 0, ...simd(10, 3, ...unsigned(address))];
}

function store(address: number, code: Code): Code {
  return [0x41, 0, ...code, ...simd(11, 3, ...unsigned(address))];
}

function constant(x: number): Code {
  return simd(12, ...new Uint8Array(Float64Array.of(x, x).buffer));
}

// ---- The module around them

/** Bytes of a module that exports its `memory` and a function `run`, and imports functions of Math. */
function toModule(body: Code, { locals, imports, memory }: {
  locals: number;
  imports: readonly { name: string; operands: number }[];
  memory: number;
}): Uint8Array<ArrayBuffer> {
  const [number, register, pageSize] = [0x7c, 0x7b, 65536];
  const types = [[0x60, 1, number, 1, number], [0x60, 2, number, number, 1, number], [0x60, 0, 0]];
  const exports = [
    [...name("memory"), 2, 0],
    [...name("run"), 0, ...unsigned(imports.length)],
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imports.map((f) => [...name("Math"), ...name(f.name), 0, f.operands - 1])),
    ...section(3, [[2]]),
    ...section(5, [[0, ...unsigned(Math.ceil(memory / pageSize))]]),
    ...section(7, exports),
    ...section(10, [sized([1, ...unsigned(locals), register, ...body, 0x0b])]),
  ]);
}

function section(id: number, entries: readonly Code[]): Code {
  return [id, ...sized([...unsigned(entries.length), ...entries.flat()])];
}

function sized(code: Code): Code {
  return [...unsigned(code.length), ...code];
}

function name(text: string): Code {
  return sized([...new TextEncoder().encode(text)]);
}

/** A count as WebAssembly writes it: seven bits to a byte, the lowest first. */
function unsigned(n: number): Code {
  return n < 128 ? [n] : [n % 128 + 128, ...unsigned(Math.floor(n / 128))];
}
