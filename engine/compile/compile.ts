/**
 * A graph turned into one function, replayed on new numbers.
 *
 * Building a graph costs far more than its arithmetic. When the same graph is needed again and again
 * with other numbers, the arithmetic alone can be written down once, as code, and run.
 *
 * @module
 */
import { describe } from "../describe.ts";
import { bySymbol, type ListOperation, type Operation } from "../operations.ts";
import {
  requireArray,
  requireAtMost,
  requireInstance,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireWritable,
} from "../arguments.ts";
import { type Pair, runPairs, translate } from "./simd.ts";
import { Value } from "../value.ts";

/** A compiled graph: the computation of the Values it was made from, without the Values. */
export interface Kernel {
  /** The numbers of the parameters, in order. Change them and the next run uses them. */
  readonly parameters: Float64Array;
  /** The gradients of the parameters, in the same order; `backward` adds to them. */
  readonly gradients: Float64Array;
  /** The generated code: `x` are the inputs, `p` the parameters, `g` their gradients. */
  readonly source: string;
  /**
   * Runs the computation on new inputs.
   *
   * @param inputs one number for each input, in order
   * @returns the output
   * @throws {TypeError} when one of them is not a number
   * @throws {RangeError} when there are more or fewer numbers than inputs
   */
  forward(inputs: ArrayLike<number>): number;
  /**
   * Runs the computation on new inputs, then adds the derivative of the output with respect to each
   * parameter to `gradients`.
   *
   * @param inputs one number for each input, in order
   * @returns the output
   * @throws {TypeError} when one of them is not a number
   * @throws {RangeError} when there are more or fewer numbers than inputs
   */
  backward(inputs: ArrayLike<number>): number;
  /**
   * Runs `backward` on every one of many examples. Code of lines (see `form`) runs on two examples at a
   * time, as WebAssembly with SIMD, where the JavaScript engine can do that.
   *
   * Then the first, third, … examples are added up apart from the second, fourth, …: in another order
   * than one by one, and so rounded differently.
   *
   * @param examples for each example one number for each input, in order
   * @returns the sum of the outputs
   * @throws {TypeError} when `examples` is not an array, or something in one is not a number; then no
   *   gradient is changed
   * @throws {RangeError} when there are more or fewer numbers in one than inputs; then neither
   */
  backwardAll(examples: readonly ArrayLike<number>[]): number;
  /**
   * Copies `parameters` and `gradients` to the Values they came from.
   *
   * @throws {TypeError} when one of the Values is frozen
   */
  writeBack(): void;
}

/** Which leaves of the graph {@linkcode compile} leaves open; every other leaf is a constant. */
export interface CompileOptions {
  /** The leaves whose numbers are given anew on each run. */
  inputs: readonly Value[];
  /** The leaves whose gradients are wanted. */
  parameters: readonly Value[];
  /** One line of code for each node, or a loop over all; by default what is faster for the size. */
  form?: "lines" | "loop";
}

/** One node of the graph, by numbers: where its operands stand in the same list. */
interface Line {
  readonly entry: Operation | ListOperation | null;
  readonly operands: readonly number[];
  /** The number of a leaf. */
  readonly data: number;
  /** Whether a parameter is among what it was made from: only then its gradient matters. */
  readonly moves: boolean;
}

/** The graph as a list, each node after its operands: inputs first, then parameters, then the rest. */
interface Program {
  readonly inputs: number;
  readonly parameters: number;
  readonly lines: readonly Line[];
  readonly output: number;
}

/** What generated code returns when it is run. */
type Run = Pick<Kernel, "forward" | "backward">;

/** The lines of straight code, for `forward` and for `backward`. */
type Lines = Record<keyof Run, readonly string[]>;

/**
 * Up to so many operands, all nodes together, the code is one line for each node. Beyond, it is a
 * loop over arrays: V8 does not optimise a function of any length, and lines that are not optimised
 * are slower than the loop.
 */
const longest = 2000;

/** Each node takes about 300 bytes while the code is made. */
const mostNodes = 5_000_000;

/** The function of a graph of more operands would not fit the stack on which V8 runs it. */
const longestPossible = 50_000;

/**
 * Counts the kernels. V8 lets functions of the same text share their machine code; then `p` and `g`
 * are no constants in it, and it is half as fast. A number in the text makes each its own.
 */
let kernels = 0;

const usage = "compile(loss, { inputs: [x], parameters: network.parameters() })";

/**
 * Turns a graph into a function that is replayed on new numbers.
 *
 * The code is made from the table of operations and from positions in the graph, and from nothing
 * else: no label can get into it. Its results are those of the Values and of `Value.backward`.
 *
 * @param output the result to compute
 * @param options which leaves are inputs and which are parameters
 * @returns the compiled graph
 * @throws {TypeError} when `output`, an input or a parameter is not a Value, an input or a parameter
 *   is not a leaf or is given twice, there is no such option, or something else than a number was
 *   assigned to a `data`
 * @throws {RangeError} when the form is unknown, the output was made from more than 5,000,000 nodes, or
 *   lines were asked for of more than 50,000 operands
 *
 * @example
 * ```ts
 * import { compile, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Value(0), w = new Value(3), b = new Value(1);
 * const kernel = compile(w.mul(x).add(b).pow(2), { inputs: [x], parameters: [w, b] });
 *
 * assertEquals(kernel.forward([2]), 49);
 * assertEquals(kernel.backward([2]), 49);
 * assertEquals([...kernel.gradients], [28, 14]);
 * ```
 */
export function compile(output: Value, options: CompileOptions): Kernel {
  requireInstance(output, Value, usage);
  requireOptions(options, ["inputs", "parameters", "form"], usage);
  for (const leaves of [options.inputs, options.parameters]) requireArray(leaves, usage);
  const [inputs, parameters] = [[...options.inputs], [...options.parameters]];
  const program = toProgram(output, inputs, parameters);
  const size = program.lines.reduce((sum, { operands }) => sum + operands.length, 0);
  const { form = size <= longest ? "lines" : "loop" } = options;
  const formUsage = 'compile(loss, { inputs, parameters, form: "loop" })';
  requireOneOf(form, ["lines", "loop"], formUsage);
  if (form === "lines" && size > longestPossible) {
    throw new RangeError(`write ${formUsage}: ${size} operands are too many for lines of code`);
  }
  const p = Float64Array.from(parameters, ({ data }) => data);
  const g = new Float64Array(parameters.length);
  const lines = form === "lines" ? straightLine(program) : null;
  const source = lines === null ? loop(program) : written(lines);
  const run: Run = lines === null
    ? runLoop(program, source, p, g)
    : new Function("p", "g", `${source}// ${++kernels}`)(p, g);
  // Undefined until it is needed: the translation takes longer than all the rest.
  let pair: Pair | null | undefined;

  const checked = (x: ArrayLike<number>, call: string) => {
    const usage = () => `kernel.${call}, ${inputs.length} in all`;
    if (x?.length !== inputs.length) throw new RangeError(`write ${usage()}: got ${describe(x)}`);
    for (let k = 0; k < x.length; k++) {
      if (typeof x[k] !== "number") requireNumber(x[k], "a number", usage());
    }
    return x;
  };
  return {
    parameters: p,
    gradients: g,
    source,
    forward: (x) => run.forward(checked(x, "forward(x) with a number for each input")),
    backward: (x) => run.backward(checked(x, "backward(x) with a number for each input")),
    backwardAll(examples) {
      const call = "backwardAll([[1, 2], [3, 4]])";
      requireArray(examples, `kernel.${call}`);
      for (const x of examples) checked(x, `${call} with a number for each input in each example`);
      if (pair === undefined && examples.length > 1) {
        pair = lines && translate(lines.backward, { inputs: inputs.length, parameters: p.length });
      }
      if (!pair) return examples.reduce((sum, x) => sum + run.backward(x), 0);
      const sum = runPairs(pair, examples, { p, g });
      return examples.length % 2 === 0 ? sum : sum + run.backward(examples.at(-1)!);
    },
    writeBack() {
      requireWritable(parameters, "kernel.writeBack()");
      parameters.forEach((parameter, k) => {
        parameter.data = p[k];
        parameter.grad = g[k];
      });
    },
  };
}

function toProgram(
  output: Value,
  inputs: readonly Value[],
  parameters: readonly Value[],
): Program {
  const positions = new Map<Value, number>();
  for (const leaf of [...inputs, ...parameters]) {
    requireInstance(leaf, Value, usage);
    if (leaf.op !== "" || positions.has(leaf)) {
      throw new TypeError(
        `write ${usage} with leaves, each once: ${leaf} ` +
          (leaf.op === "" ? "is there twice" : `was made by ${leaf.op}`),
      );
    }
    positions.set(leaf, positions.size);
  }
  const order = output.topologicalOrder();
  requireAtMost(order.length, mostNodes, "compile(loss, …) for a loss made from fewer nodes");
  for (const node of order) {
    if (!positions.has(node)) positions.set(node, positions.size);
  }
  const lines: Line[] = [];
  for (const [node, position] of positions) {
    const { data } = node;
    requireNumber(data, "a number", "a.data = 3"); // it becomes code
    const operands = node.operands.map((operand) => positions.get(operand)!);
    const isParameter = position >= inputs.length &&
      position < inputs.length + parameters.length;
    lines.push({
      entry: node.op === "" ? null : bySymbol.get(node.op)!,
      operands,
      data,
      moves: isParameter || operands.some((k) => lines[k].moves),
    });
  }
  return {
    inputs: inputs.length,
    parameters: parameters.length,
    lines,
    output: positions.get(output)!,
  };
}

/** The operations in the order of their codes. */
const codes = [...bySymbol.values()];

// ---- From the table to code

/** The code for the number of a node, in the names of its operands. */
function valueCode(entry: Operation | ListOperation, operands: readonly string[]): string {
  // The functions of lists add to 0, formulas do not: −0 + −0 is −0, and 0 + −0 + −0 is 0.
  return "localFormula" in entry
    ? `0 + ${named(entry.formula(operands.length), operands)}`
    : inline(entry.value, operands);
}

/** The code for the local derivative of node `y` with respect to operand k. */
function localCode(
  entry: Operation | ListOperation,
  k: number,
  { operands, y }: { operands: readonly string[]; y: string },
): string {
  return "localFormula" in entry
    ? named(entry.localFormula(k, operands.length), operands)
    : inline(entry.locals[k].value, [operands[0], operands[1], y]);
}

/** The body of one of the table's functions, with other names for its parameters. */
function inline(f: (a: number, b: number, y: number) => number, names: readonly string[]): string {
  const [, parameters, body] = /^\(?([^)=]*)\)?\s*=>\s*([^]*)$/.exec(String(f))!;
  const replacements = new Map(parameters.split(",").map((name, k) => [name.trim(), names[k]]));
  return body.trim().replace(/(?<![.\w])\w+/g, (word) => replacements.get(word) ?? word);
}

/** A formula in x1, x2, …, with other names for them. */
function named(formula: string, names: readonly string[]): string {
  return formula.replace(/x(\d+)/g, (_, k) => names[k - 1]);
}

/** Local derivative × upstream gradient, as short as it can be said. */
function product(local: string, upstream: string): string {
  if (local === "1") return upstream;
  if (local === "-1") return `-${upstream}`;
  return `${/^[\w.[\]]+$/.test(local) ? local : `(${local})`} * ${upstream}`;
}

// ---- Small graphs: one line for each node

function straightLine({ inputs, parameters, lines, output }: Program): Lines {
  const name = (k: number) => {
    if (k < inputs) return `x[${k}]`;
    return k < inputs + parameters ? `p[${k - inputs}]` : `v${k - inputs - parameters + 1}`;
  };
  const forward: string[] = [];
  const terms: string[][] = lines.map(() => []);
  lines.forEach(({ entry, operands, data }, k) => {
    if (k < inputs + parameters) return;
    const code = entry === null ? literal(data) : valueCode(entry, operands.map(name));
    forward.push(`const ${name(k)} = ${code};`);
  });

  const backward: string[] = [];
  terms[output].push("1");
  for (let k = lines.length - 1; k >= 0; k--) {
    const { entry, operands, moves } = lines[k];
    if (!moves || terms[k].length === 0) continue;
    const sum = terms[k].join(" + ");
    if (entry === null) {
      backward.push(`g[${k - inputs}] += ${sum};`);
      continue;
    }
    const isName = /^d\d+$/.test(sum);
    const upstream = isName ? sum : name(k).replace("v", "d");
    if (!isName) backward.push(`const ${upstream} = ${sum};`);
    const names = { operands: operands.map(name), y: name(k) };
    operands.forEach((operand, i) => {
      const local = localCode(entry, i, names);
      terms[operand].push(product(local, upstream));
    });
  }
  const result = `return ${name(output)};`;
  return { forward: [...forward, result], backward: [...forward, ...backward, result] };
}

function written({ forward, backward }: Lines): string {
  const block = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join("\n");
  return `return {
  forward(x) {
${block(forward)}
  },
  backward(x) {
${block(backward)}
  },
};
`;
}

/** A number as code. The one number that `String` does not give back is −0. */
function literal(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}

// ---- Large graphs: a loop over arrays

function loop({ lines }: Program): string {
  const used = codes.filter((entry) => lines.some((line) => line.entry === entry));
  const operands = ["value[a[k]]", "value[b[k]]"];
  const cases = (list: string, code: (entry: Operation) => string) =>
    used.map((entry) => {
      const line = "localFormula" in entry ? list : code(entry);
      return `      case ${codes.indexOf(entry)}: ${line}; break;\n`;
    }).join("");
  const forward = cases(
    "listForward(k)",
    (entry) => `value[k] = ${valueCode(entry, operands)}`,
  );
  const backward = cases("listBackward(k)", (entry) =>
    entry.locals.map((_, i) => {
      const local = localCode(entry, i, { operands, y: "value[k]" });
      return `grad[${"ab"[i]}[k]] += ${product(local, "grad[k]")}`;
    }).join("; "));
  return `return {
  forward() {
    for (let k = 0; k < code.length; k++) switch (code[k]) {
${forward}    }
  },
  backward() {
    for (let k = code.length - 1; k >= 0; k--) switch (code[k]) {
${backward}    }
  },
};
`;
}

/** Runs the loop: `code` says which operation each node is, `a` and `b` where its operands stand. */
function runLoop(program: Program, source: string, p: Float64Array, g: Float64Array): Run {
  const { inputs, parameters, lines, output } = program;
  const code = Uint8Array.from(lines, ({ entry }) => entry === null ? 255 : codes.indexOf(entry));
  const a = Int32Array.from(lines, ({ operands }) => operands[0]);
  const b = Int32Array.from(lines, ({ operands }) => operands[1]);
  const value = Float64Array.from(lines, ({ data }) => data);
  const grad = new Float64Array(lines.length);
  const lists = lines.map(({ entry, operands }) =>
    entry !== null && "localFormula" in entry
      ? {
        entry,
        operands,
        numbers: new Float64Array(operands.length),
        locals: new Float64Array(operands.length),
      }
      : null
  );
  const listForward = (k: number) => {
    const { entry, operands, numbers } = lists[k]!;
    for (let i = 0; i < operands.length; i++) numbers[i] = value[operands[i]];
    value[k] = entry.value(numbers);
  };
  const listBackward = (k: number) => {
    const { entry, operands, numbers, locals } = lists[k]!;
    entry.locals(numbers, locals);
    for (let i = 0; i < operands.length; i++) grad[operands[i]] += locals[i] * grad[k];
  };
  const names = "code, a, b, value, grad, listForward, listBackward";
  const loops = new Function(names, source)(code, a, b, value, grad, listForward, listBackward);

  const forward = (x: ArrayLike<number>) => {
    value.set(x);
    value.set(p, inputs);
    loops.forward();
    return value[output];
  };
  return {
    forward,
    backward(x) {
      const result = forward(x);
      grad.fill(0);
      grad[output] = 1;
      loops.backward();
      for (let k = 0; k < parameters; k++) g[k] += grad[inputs + k];
      return result;
    },
  };
}
