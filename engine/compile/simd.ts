/**
 * Two examples at a time: the code of a compiled graph, translated to WebAssembly.
 *
 * A SIMD register holds two numbers, and one instruction works on both. The lines that `compile` writes
 * are pure arithmetic, so each of them becomes the same line on two numbers.
 *
 * @module
 */
import type { Expression } from "../expression.ts";
import {
  add,
  at,
  type Code,
  constant,
  end,
  f64,
  functionType,
  get,
  int,
  load,
  loadForBoth,
  moduleOf,
  mul,
  pagesFor,
  set,
  simd,
  store,
  text,
  unsigned,
  v128,
} from "./wasm.ts";

/** Code that runs on two examples, and the memory it works on. */
export interface Pair {
  /** The inputs, two numbers for each: input 0 of both examples, input 1 of both, … */
  readonly x: Float64Array;
  /** The parameters, one number for each. */
  readonly p: Float64Array;
  /** The gradients, two numbers for each parameter: one per example. */
  readonly g: Float64Array;
  /** The outputs of the two examples. */
  readonly y: Float64Array;
  /** Computes `y`, and adds to `g`. */
  run(): void;
}

/** One line of straight-line code. */
export type Statement =
  & { readonly value: Expression }
  & (
    | { readonly kind: "const"; readonly name: string }
    | { readonly kind: "add"; readonly parameter: number }
    | { readonly kind: "return" }
  );

const callFunction = 0x10;
const forBoth = simd(20); // f64x2.splat: one number twice
const take = simd(33); // f64x2.extract_lane: the number of one example
const put = simd(34); // f64x2.replace_lane
const choose = simd(82); // v128.bitselect: the first operand where the condition holds, else the second
const instructions = new Map([
  ["+", add],
  ["-", simd(241)], // f64x2.sub
  ["*", mul],
  ["/", simd(243)], // f64x2.div
  ["negative", simd(237)], // f64x2.neg
  ["abs", simd(236)], // f64x2.abs
  ["sqrt", simd(239)], // f64x2.sqrt
  ["===", simd(71)], // f64x2.eq
  ["!==", simd(72)], // f64x2.ne
  ["<", simd(73)], // f64x2.lt
  [">", simd(74)], // f64x2.gt
  ["<=", simd(75)], // f64x2.le
  [">=", simd(76)], // f64x2.ge
  ["&&", simd(78)], // v128.and
  ["||", simd(80)], // v128.or
]);

/** Thrown for code that has no translation. */
class Untranslatable extends Error {}

/**
 * Translates code to WebAssembly.
 *
 * @param statements the lines of code, the last one returns the output
 * @param context how many inputs and parameters there are, and the functions that the code calls
 * @returns the code for two examples, or null if a part of it has no translation, it is too long, or
 *   the JavaScript engine has no SIMD or does not allow WebAssembly
 */
export function translate(
  statements: readonly Statement[],
  { inputs, parameters, functions }: {
    inputs: number;
    parameters: number;
    functions: readonly unknown[];
  },
): Pair | null {
  // The addresses of the numbers in memory: two for each of y, x and g, then one for each of p.
  const start = { y: 0, x: 16, g: 16 + 16 * inputs, p: 16 + 16 * (inputs + parameters) };
  // Three for the operands of functions, with names that the code cannot contain; then the code's own.
  const locals = new Map([["#1", 0], ["#2", 1], ["#3", 2]]);
  const imports = new Map<string, Import>();
  const valueOf = (name: string) => get(locals.get(name)!);
  const assign = (name: string) => set(locals.get(name)!);

  const read = (name: string): Code => {
    const [, list, index] = /^([xp])\[(\d+)\]$/.exec(name) ?? [];
    if (list === "x") return [int(0), load, at(start.x + 16 * Number(index))];
    if (list === "p") return [int(0), loadForBoth, at(start.p + 8 * Number(index))];
    if (locals.has(name)) return valueOf(name);
    throw new Untranslatable(name);
  };
  /** JavaScript functions take single numbers: they are called once per example. */
  const call = (name: string, operands: readonly Code[]): Code => {
    const [, place] = /^f\[(\d+)\]$/.exec(name) ?? [];
    const f = place === undefined ? Math[name as keyof Math] : functions[Number(place)];
    const key = `${name}/${operands.length}`; // one import for each number of operands
    if (typeof f !== "function" || operands.length > 3) throw new Untranslatable(name);
    if (!imports.has(key)) {
      imports.set(key, { index: imports.size, operands: operands.length, f: f as never });
    }
    const names = ["#1", "#2", "#3"].slice(0, operands.length);
    const callFor = (example: number) => [
      names.map((name) => [valueOf(name), take, example]),
      callFunction,
      unsigned(imports.get(key)!.index),
    ];
    const both = [callFor(0), forBoth, callFor(1), put, 1];
    return [operands, names.toReversed().map(assign), both];
  };
  const expressionCode = (expression: Expression): Code => {
    if (typeof expression === "string") return read(expression);
    if (typeof expression === "number") {
      return [constant, ...new Uint8Array(Float64Array.of(expression, expression).buffer)];
    }
    const { op } = expression;
    const args = expression.args.map(expressionCode);
    // Both branches are computed, whatever the condition is.
    if (op === "?") return [args[1], args[2], args[0], choose];
    if (op === "**") return call("pow", args);
    const instruction = instructions.get(op);
    if (instruction === undefined) return call(op, args);
    if (op === "negative" || op in Math) return [args[0], instruction];
    return args.map((arg, k) => k === 0 ? arg : [arg, instruction]);
  };
  const statementCode = (statement: Statement): Code => {
    const code = expressionCode(statement.value);
    if (statement.kind === "return") return [int(0), code, store, at(start.y)];
    if (statement.kind === "const") {
      locals.set(statement.name, locals.size);
      return [code, assign(statement.name)];
    }
    const gradient = at(start.g + 16 * statement.parameter);
    return [int(0), int(0), load, gradient, code, add, store, gradient];
  };

  let exports: WebAssembly.Exports;
  try {
    const body = statements.map(statementCode);
    const bytes = moduleFor(body, {
      locals: locals.size,
      imports: [...imports.values()],
      memory: start.p + 8 * parameters,
    });
    const f = Object.fromEntries(Array.from(imports.values(), ({ index, f }) => [index, f]));
    exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), { f }).exports;
  } catch {
    return null;
  }
  const { buffer } = exports.memory as WebAssembly.Memory;
  return {
    x: new Float64Array(buffer, start.x, 2 * inputs),
    p: new Float64Array(buffer, start.p, parameters),
    g: new Float64Array(buffer, start.g, 2 * parameters),
    y: new Float64Array(buffer, start.y, 2),
    run: exports.run as () => void,
  };
}

/**
 * Runs the code on examples, two at a time; if their number is odd, the last one is left out.
 *
 * @param pair the code
 * @param examples the inputs of each
 * @param numbers the parameters, and their gradients, which it adds to
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

// ---- The module around them

/** A JavaScript function that the code calls. */
interface Import {
  readonly index: number;
  readonly operands: number;
  readonly f: (...operands: number[]) => number;
}

/** The bytes of a module that exports its `memory` and a function `run`, and imports functions. */
function moduleFor(body: Code, { locals, imports, memory }: {
  locals: number;
  imports: readonly Import[];
  /** How many bytes. */
  memory: number;
}): Uint8Array<ArrayBuffer> {
  const numbers = [[f64], [f64, f64], [f64, f64, f64]];
  return moduleOf({
    // Of `run`, of functions of one number, of two and of three.
    types: [functionType([], []), ...numbers.map((operands) => functionType(operands, [f64]))],
    imports: imports.map(({ index, operands }) => [text("f"), text(`${index}`), 0, operands]),
    functions: [0],
    memories: [[0, unsigned(pagesFor(memory))]],
    exports: [[text("memory"), 2, 0], [text("run"), 0, unsigned(imports.length)]],
    // All locals of `run` are registers of two numbers.
    code: [[1, unsigned(locals), v128, body, end]],
  });
}
