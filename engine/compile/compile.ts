/**
 * Compiles a graph to one function, which runs again and again on new numbers.
 *
 * Building a graph costs far more than its arithmetic. When the same graph is needed many times with
 * different numbers, its arithmetic can be written out once, as code, and run without the graph.
 *
 * @module
 */
import { isListOperation, type ListOperation, type Operation } from "../operations.ts";
import {
  inWords,
  requireArray,
  requireAtMost,
  requireInstance,
  requireNumber,
  requireOneOf,
  requireOptions,
  requireWritable,
} from "../arguments.ts";
import { contribution, type Expression, toCode } from "../expression.ts";
import { loopsOf } from "./loops.ts";
import { newParameters, type Numbers } from "./memory.ts";
import { Functions, isOpaque, type Program, type Run, runCode } from "./program.ts";
import { type Pair, runPairs, type Statement, translate } from "./simd.ts";
import { operandsOf, operationOf, positionOf, Value } from "../value.ts";

/** A compiled graph: its computation, without the Values. */
export interface Kernel {
  /**
   * The numbers of the parameters, in order. The next run uses what you assign here. Copy them with
   * `slice()` before you save or transfer them: other numbers may be in the same buffer.
   */
  readonly parameters: Float64Array;
  /** The gradients of the parameters, in the same order; `backward` adds to them. */
  readonly gradients: Float64Array;
  /**
   * The generated code: `x` holds the inputs, `p` the parameters, `g` their gradients. In loops, `v`
   * holds the inputs and all intermediate values, `d` their gradients, and `code` says which loops to
   * run and where their operands are. `wasm` has the products of a matrix and a vector, as WebAssembly
   * with SIMD where the JavaScript engine supports it: `wasm.pvv.times` is y += M x, and the letters say
   * where M, x and y are.
   */
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
   * Runs `backward` on each of many examples. Straight-line code (see `form`) runs on two examples at a
   * time, as WebAssembly with SIMD, where the JavaScript engine supports it.
   *
   * The first, third, … examples are then summed separately from the second, fourth, …, so the sums are
   * rounded differently than when the examples are run one by one.
   *
   * @param examples for each example one number for each input, in order
   * @returns the sum of the outputs
   * @throws {TypeError} when `examples` is not an array, or an example contains anything but numbers;
   *   then no gradient is changed
   * @throws {RangeError} when an example has more or fewer numbers than there are inputs; then no
   *   gradient is changed
   */
  backwardAll(examples: readonly ArrayLike<number>[]): number;
  /**
   * Copies `parameters` and `gradients` to the Values they came from.
   *
   * @throws {TypeError} when one of the Values is frozen
   */
  writeBack(): void;
}

/** Which leaves of the graph {@linkcode compile} keeps variable; every other leaf is a constant. */
export interface CompileOptions {
  /** The leaves whose numbers are passed to each run. */
  inputs: readonly Value[];
  /** The leaves whose gradients are computed. */
  parameters: readonly Value[];
  /** One line of code per node, or loops over arrays; by default whichever is faster for the size. */
  form?: "lines" | "loop";
  /**
   * A kernel of the same parameters. The new one uses its `parameters` and `gradients`, so that graphs
   * of different shapes train the same numbers. Loops use SIMD only if the first of the kernels has
   * loops with SIMD, too: begin with the largest graph.
   */
  share?: Kernel;
}

/** The parameters each kernel was compiled with. */
const parametersOf = new WeakMap<Kernel, readonly Value[]>();

/** The lines of straight-line code, for `forward` and for `backward`. */
type Lines = Record<keyof Run, readonly Statement[]>;

/**
 * Graphs with up to this many operands become one line of code per node, larger ones become loops: V8
 * does not optimise very long functions, and lines that are not optimised are slower than loops.
 */
const longest = 2000;

/** The worst case is a chain: each node is a loop of its own and takes about a kilobyte. */
const mostNodes = 2_000_000;

/** With more operands than this, the stack frame of the function would be too large for V8. */
const longestPossible = 50_000;

/**
 * Numbers the kernels. Functions with the same source share their machine code in V8; `p` and `g` are
 * then not constants in it, and it is half as fast. A number in the source makes each one unique.
 */
let kernels = 0;

const usage = "compile(loss, { inputs: [x], parameters: network.parameters() })";

/**
 * Compiles a graph to a function that runs on new numbers.
 *
 * The code is generated from the table of operations and from positions in the graph alone; no label
 * gets into it. For any numbers, its results are those of a graph built from them. Lines give the
 * gradients of `Value.backward` to the last bit; loops sum them in a different order, and so round
 * differently.
 *
 * @param output the result to compute
 * @param options which leaves are inputs and which are parameters
 * @returns the compiled graph
 * @throws {TypeError} when `output`, an input or a parameter is not a Value, an input or a parameter
 *   is not a leaf or is given twice, the output does not depend on an input, `share` is a kernel of
 *   other parameters, or an option is unknown
 * @throws {RangeError} when the form is unknown, the graph has more than 2,000,000 nodes, or `form` is
 *   `"lines"` for more than 50,000 operands
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
 *
 * @example Graphs of different shapes that train the same parameters
 * ```ts
 * import { compile, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const w = new Value(3), parameters = [w];
 * const [one, two] = [1, 2].map((n) => Array.from({ length: n }, () => new Value(0)));
 * const lossOf = (inputs: Value[]) => Value.sum(inputs.map((x) => x.mul(w)));
 * const ofOne = compile(lossOf(one), { inputs: one, parameters });
 * const ofTwo = compile(lossOf(two), { inputs: two, parameters, share: ofOne });
 *
 * ofOne.backward([10]);
 * ofTwo.backward([1, 2]);
 * assertEquals(ofOne.gradients[0], 13);
 * ```
 */
export function compile(output: Value, options: CompileOptions): Kernel {
  requireInstance({ output }, Value, usage);
  requireOptions({ options }, ["inputs", "parameters", "form", "share"], usage);
  requireArray({ inputs: options.inputs, parameters: options.parameters }, usage);
  const [inputs, parameters] = [[...options.inputs], [...options.parameters]];
  const program = toProgram(output, inputs, parameters);
  const size = program.operands.length;
  const { form = size <= longest ? "lines" : "loop" } = options;
  const formUsage = 'compile(loss, { inputs, parameters, form: "loop" })';
  requireOneOf({ form }, ["lines", "loop"], formUsage);
  if (form === "lines" && size > longestPossible) {
    throw new RangeError(`write ${formUsage}: ${size} operands are too many for lines of code`);
  }
  const { share } = options;
  if (share !== undefined) {
    const shared = parametersOf.get(share);
    if (shared?.length !== parameters.length || parameters.some((p, k) => p !== shared[k])) {
      throw new TypeError(
        "write compile(loss, { inputs, parameters, share: kernel }) with a kernel of the same " +
          `parameters in the same order: share is ${inWords(share)}, not such a kernel`,
      );
    }
  }
  const shared = share && { data: share.parameters, gradients: share.gradients };
  const functions = new Functions();
  const lines = form === "lines" ? straightLine(program, functions) : null;
  let numbers: Numbers, source: string, run: Run;
  if (lines === null) ({ numbers, source, ...run } = loopsOf(program, shared));
  else {
    numbers = shared ?? newParameters(program, false);
    source = sourceOf(lines);
    const names = { p: numbers.data, g: numbers.gradients, f: functions.list };
    run = runCode(`${source}// ${++kernels}\n`, names);
  }
  const { data: p, gradients: g } = numbers;
  // Undefined until it is needed: the translation takes longer than everything else here.
  let pair: Pair | null | undefined;

  const checked = (x: ArrayLike<number>, call: string, name = "x") => {
    const usage = () => `kernel.${call}, ${inputs.length} in all`;
    if (x?.length !== inputs.length) {
      throw new RangeError(`write ${usage()}: ${name} is ${inWords(x)}`);
    }
    for (let k = 0; k < x.length; k++) {
      if (typeof x[k] !== "number") requireNumber({ [`${name}[${k}]`]: x[k] }, "a number", usage());
    }
    return x;
  };
  const kernel: Kernel = {
    parameters: p,
    gradients: g,
    source,
    forward: (x) => run.forward(checked(x, "forward(x) with a number for each input")),
    backward: (x) => run.backward(checked(x, "backward(x) with a number for each input")),
    backwardAll(examples) {
      const call = "backwardAll([[1, 2], [3, 4]])";
      requireArray({ examples }, `kernel.${call}`);
      for (let k = 0; k < examples.length; k++) {
        checked(examples[k], `${call} with a number for each input in each example`, "an example");
      }
      if (pair === undefined && examples.length > 1) {
        const counts = { inputs: inputs.length, parameters: p.length };
        pair = lines && translate(lines.backward, { ...counts, functions: functions.list });
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
  parametersOf.set(kernel, parameters);
  return kernel;
}

function toProgram(
  output: Value,
  inputs: readonly Value[],
  parameters: readonly Value[],
): Program {
  const order = output.topologicalOrder();
  requireAtMost(order.length, mostNodes, "compile(loss, …) for a loss made from fewer nodes");
  // The inputs and parameters first, then the rest in topological order. `lineOf` maps a position in
  // that order to a line.
  const nodes = [...inputs, ...parameters];
  const nameOf = (line: number) =>
    line < inputs.length ? `inputs[${line}]` : `parameters[${line - inputs.length}]`;
  const lineOf = linesOfLeaves(nodes, { order, nameOf });
  const unused = inputs.findIndex((input, line) => lineOf[positionOf(input)] !== line);
  if (unused >= 0) {
    throw new TypeError(
      `write ${usage} with inputs of the loss: it was not made from ${nameOf(unused)}, ` +
        `${inputs[unused]}`,
    );
  }
  order.forEach((node, place) => {
    if (lineOf[place] === -1) lineOf[place] = nodes.push(node) - 1;
  });
  const data = new Float64Array(nodes.length), starts = new Int32Array(nodes.length + 1);
  nodes.forEach((node, line) => {
    data[line] = node.data;
    starts[line + 1] = starts[line] + operandsOf(node).length;
  });
  const operands = new Int32Array(starts[nodes.length]);
  const moves = new Uint8Array(nodes.length).fill(
    1,
    inputs.length,
    inputs.length + parameters.length,
  );
  nodes.forEach((node, line) => {
    const list = operandsOf(node);
    for (let k = 0, i = starts[line]; k < list.length; k++, i++) {
      operands[i] = lineOf[positionOf(list[k])];
      moves[line] |= moves[operands[i]];
    }
  });
  return {
    inputs: inputs.length,
    parameters: parameters.length,
    entries: nodes.map(operationOf),
    operands,
    starts,
    data,
    moves,
    output: lineOf[order.length - 1],
  };
}

/** For each position in the order, the line of the leaf there; −1 where there is none of these leaves. */
function linesOfLeaves(
  leaves: readonly Value[],
  { order, nameOf }: { order: readonly Value[]; nameOf: (line: number) => string },
): Int32Array {
  const lineOf = new Int32Array(order.length).fill(-1);
  const unused = new Set<Value>();
  leaves.forEach((leaf, line) => {
    if (!(leaf instanceof Value)) requireInstance({ [nameOf(line)]: leaf }, Value, usage);
    const place = positionOf(leaf), isUsed = order[place] === leaf;
    const isTwice = isUsed ? lineOf[place] !== -1 : unused.has(leaf);
    if (leaf.op !== "" || isTwice) {
      throw new TypeError(
        `write ${usage} with leaves, each once: ${nameOf(line)}, ${leaf}, ` +
          (leaf.op === "" ? "is there twice" : `is the result of ${leaf.op}`),
      );
    }
    if (isUsed) lineOf[place] = line;
    else unused.add(leaf);
  });
  return lineOf;
}

// ---- From the table to code

/** The number of a node as an expression in its operands. */
function valueOf(
  entry: Operation | ListOperation,
  operands: readonly Expression[],
  functions: Functions,
): Expression {
  if (isOpaque(entry)) return { op: functions.nameOf(entry.value), args: [listOf(operands)] };
  if (!isListOperation(entry)) return functions.valueOf(entry, operands);
  const { count, lists, rest } = termsOf(entry.terms!, operands);
  const terms = Array.from(
    { length: count },
    (_, k) => functions.valueOf(entry.terms!, lists.map((list) => list[k])),
  );
  return { op: "+", args: [0, ...terms, ...rest] };
}

/** The local derivatives of a node as expressions in its operands and its number y. */
function localsOf(
  entry: Operation | ListOperation,
  { operands, y }: { operands: readonly Expression[]; y: Expression },
  functions: Functions,
): Expression[] {
  if (!isListOperation(entry)) return functions.localsOf(entry, operands, y);
  const { count, lists, rest } = termsOf(entry.terms!, operands);
  const terms = Array.from({ length: count }, (_, k) => {
    const term = lists.map((list) => list[k]);
    return functions.localsOf(entry.terms!, term, functions.valueOf(entry.terms!, term));
  });
  return [...lists.flatMap((_, i) => terms.map((locals) => locals[i])), ...rest.map(() => 1)];
}

/** The operands of each term of a list operation, and those left over. */
function termsOf<T>({ locals }: Operation, operands: readonly T[]) {
  const count = Math.floor(operands.length / locals.length);
  const lists = locals.map((_, i) => operands.slice(i * count, (i + 1) * count));
  return { count, lists, rest: operands.slice(count * locals.length) };
}

/** Operands as an array in the code. */
function listOf(operands: readonly Expression[]): string {
  return `[${operands.map(toCode).join(", ")}]`;
}

// ---- Small graphs: one line for each node

/** The lines of the operands of line `k`. */
function linesOf({ operands, starts }: Program, k: number): number[] {
  return Array.from(operands.subarray(starts[k], starts[k + 1]));
}

function straightLine(program: Program, functions: Functions): Lines {
  const { inputs, parameters, entries, data, moves, output } = program;
  const name = (k: number) => {
    if (k < inputs) return `x[${k}]`;
    return k < inputs + parameters ? `p[${k - inputs}]` : `v${k - inputs - parameters + 1}`;
  };
  const forward: Statement[] = [];
  const terms: Expression[][] = entries.map(() => []);
  entries.forEach((entry, k) => {
    if (k < inputs + parameters) return;
    const value = entry === null
      ? data[k]
      : valueOf(entry, linesOf(program, k).map(name), functions);
    forward.push({ kind: "const", name: name(k), value });
  });

  const backward: Statement[] = [];
  terms[output].push(1);
  for (let k = entries.length - 1; k >= 0; k--) {
    if (!moves[k] || terms[k].length === 0) continue;
    const entry = entries[k], operands = linesOf(program, k);
    const sum: Expression = terms[k].length === 1 ? terms[k][0] : { op: "+", args: terms[k] };
    if (entry === null) {
      backward.push({ kind: "add", parameter: k - inputs, value: sum });
      continue;
    }
    const isName = typeof sum === "string";
    const upstream = isName ? sum : name(k).replace("v", "d");
    if (!isName) backward.push({ kind: "const", name: upstream, value: sum });
    const names = operands.map(name);
    let locals: Expression[];
    if (isOpaque(entry)) {
      const list = name(k).replace("v", "l");
      const args = [listOf(names), `new Float64Array(${operands.length})`];
      const value = { op: functions.nameOf(entry.locals), args };
      backward.push({ kind: "const", name: list, value });
      locals = operands.map((_, i) => `${list}[${i}]`);
    } else locals = localsOf(entry, { operands: names, y: name(k) }, functions);
    operands.forEach((operand, i) => terms[operand].push(contribution(locals[i], upstream)));
  }
  const result: Statement = { kind: "return", value: name(output) };
  return { forward: [...forward, result], backward: [...forward, ...backward, result] };
}

function sourceOf({ forward, backward }: Lines): string {
  const block = (lines: readonly Statement[]) =>
    lines.map((line) => `    ${statementCode(line)}`).join("\n");
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

function statementCode(statement: Statement): string {
  const value = toCode(statement.value);
  switch (statement.kind) {
    case "const":
      return `const ${statement.name} = ${value};`;
    case "add":
      return `g[${statement.parameter}] += ${value};`;
    case "return":
      return `return ${value};`;
  }
}
