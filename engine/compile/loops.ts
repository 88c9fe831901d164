/**
 * Large graphs as loops over arrays.
 *
 * Nodes of the same operation whose operands are evenly spaced in memory form a block, which becomes
 * one loop. Dot products of consecutive weights with the same inputs form a block, too: a matrix times
 * a vector, for which there are routines with SIMD. The graph does not say so, but the order of its
 * operands shows it.
 *
 * @module
 */
import { contribution, type Expression, toCode } from "../expression.ts";
import { isListOperation, type ListOperation, type Operation, operations } from "../operations.ts";
import type { Routines } from "./matrix.ts";
import { allocate, isInWasm, newParameters, type Numbers, routinesFor } from "./memory.ts";
import { Functions, type Program, type Run, runCode, type TableFunction } from "./program.ts";

/** Where the operands of a block are in memory. */
interface Slot {
  /** The place of the first. */
  readonly at: number;
  /** The distance from one operand to the next in a row. */
  readonly step: number;
  /** How many operands a row has. */
  readonly length: number;
  /** The distance from the first operand of a row to that of the next. */
  row: number;
  /** Whether they depend on a parameter. */
  readonly moves: boolean;
}

/** Nodes that one loop computes: `rows` of them, each a sum of `count` terms for list operations. */
interface Block {
  readonly entry: Operation | ListOperation;
  kind: "each" | "rows" | "matrix" | "transposed" | "called";
  readonly moves: boolean;
  rows: number;
  readonly count: number;
  /** Where the results begin in `v`. */
  readonly out: number;
  /** The operands: a, b and those left over; none for a called function. */
  readonly slots: (Slot | null)[];
  /** The places of the operands of a called function. */
  readonly places: readonly number[];
}

/**
 * How many numbers describe a block: its case, its size, where its results begin; then for each of
 * three slots whether it is in `p`, where it begins, and the distances between its operands.
 */
const width = 16;

/** The loops for a set of cases; they run any graph whose blocks are of these cases. */
interface Loops {
  forward(...memory: unknown[]): void;
  backward(...memory: unknown[]): void;
}

/** Generated code. */
interface Code {
  readonly source: string;
  readonly loops: Loops;
  /** The functions that it calls. */
  readonly functions: readonly TableFunction[];
  /** The names of the routines that it calls. */
  readonly routines: readonly string[];
}

/** All code generated so far, by its cases: graphs with the same cases share it. */
const made = new Map<string, Code>();

/**
 * Compiles a graph to loops.
 *
 * @param program the graph
 * @param shared the parameters of another kernel, to use instead of new ones
 */
export function loopsOf(
  program: Program,
  shared?: Numbers,
): Run & { numbers: Numbers; source: string } {
  const { inputs } = program;
  const { blocks, constants, place, size } = schedule(program);
  const kinds = blocks.map(kindOf), hasProducts = kinds.some((kind, k) => kind !== blocks[k].kind);
  const numbers = shared ?? newParameters(program, hasProducts);
  const { data: p, gradients: g } = numbers;
  const { data: v, gradients: d } = allocate(size, hasProducts && isInWasm(p));
  if (isInWasm(v)) blocks.forEach((block, k) => block.kind = kinds[k]);
  const names = blocks.map(caseOf), cases = [...new Set(names)], key = cases.join("\n");
  if (!made.has(key)) made.set(key, write(cases.map((name) => blocks[names.indexOf(name)])));
  const { source, loops, functions: f, routines } = made.get(key)!;

  v.set(constants, inputs);
  const code = new Int32Array(width * blocks.length), places: number[] = [];
  blocks.forEach((block, k) => {
    code.set([cases.indexOf(names[k]), block.rows, block.count, block.out], width * k);
    block.slots.forEach((slot, i) => {
      if (slot === null) return;
      const { at, row, step } = slot, inP = isInP(at);
      code.set([Number(inP), inP ? at + p.length : at, row, step], width * k + 4 + 4 * i);
    });
    if (block.kind === "called") code[width * k + 5] = places.length;
    for (const place of block.places) places.push(place);
  });
  const lengths = new Set(blocks.flatMap(({ kind, count }) => kind === "called" ? [count] : []));
  const room = () => {
    const arrays: Float64Array[] = [];
    for (const length of lengths) arrays[length] = new Float64Array(length);
    return arrays;
  };
  const lists = [Int32Array.from(places), room(), room()];
  const wasm = Object.fromEntries(routines.map((name): [string, Routines] => {
    const [matrix, x, y] = Array.from(name, (letter) => letter === "p" ? p : v);
    return [name, routinesFor(matrix, x, y)];
  }));
  const output = place[program.output];
  const forward = (x: ArrayLike<number>) => {
    v.set(x);
    if (routines.length > 0) v.fill(0, inputs + constants.length); // they add to the results
    loops.forward(code, v, p, wasm, f, ...lists);
    return isInP(output) ? p[output + p.length] : v[output];
  };
  return {
    numbers,
    source,
    forward,
    backward(x) {
      const y = forward(x);
      if (isInP(output)) g[output + g.length]++;
      else {
        d.fill(0);
        d[output] = 1;
        loops.backward(code, v, p, d, g, wasm, f, ...lists);
      }
      return y;
    },
  };
}

function isInP(place: number): boolean {
  return place < 0;
}

// ---- From nodes to blocks

/**
 * Orders the nodes so that similar ones are next to each other, and groups them into blocks. One number
 * says where a node is in memory, its place: from 0 up in `v`, from −p.length up to −1 in `p`.
 */
function schedule(program: Program) {
  const { inputs, parameters, entries, operands, starts, data } = program;
  const place = new Int32Array(entries.length);
  const constants: number[] = [];
  const placeOfConstant = new Map<number | string, number>();
  const levels: number[][] = [];
  const level = new Int32Array(entries.length);
  entries.forEach((entry, k) => {
    if (k < inputs) place[k] = k;
    else if (k < inputs + parameters) place[k] = k - inputs - parameters;
    else if (entry === null) {
      // Equal constants share one place; a Map takes −0 and 0 for the same key.
      const key = Object.is(data[k], -0) ? "-0" : data[k];
      if (!placeOfConstant.has(key)) {
        placeOfConstant.set(key, inputs + constants.length);
        constants.push(data[k]);
      }
      place[k] = placeOfConstant.get(key)!;
    } else {
      let below = 0;
      for (let i = starts[k]; i < starts[k + 1]; i++) below = Math.max(below, level[operands[i]]);
      level[k] = below + 1;
      (levels[below] ??= []).push(k);
    }
  });

  let size = inputs + constants.length;
  const blocks = levels.flatMap((nodes) => {
    const blocks: Block[] = [];
    sortAlike(nodes, program, place).forEach((k) => {
      place[k] = size++;
      const last = blocks.at(-1);
      if (last === undefined || !extend(last, program, k, place)) {
        blocks.push(blockOf(program, k, place));
      }
    });
    return blocks;
  });
  return { blocks, constants, place, size };
}

/**
 * Sorts nodes that do not depend on each other: by operation, then by their shared inputs, then by the
 * places of their weights.
 */
function sortAlike(nodes: readonly number[], program: Program, place: Int32Array): number[] {
  const { entries, operands, starts, moves } = program;
  const kinds: (Operation | ListOperation | null)[] = [];
  // Six keys per node, the most significant first: the operation, the number of operands, whether the
  // node depends on a parameter, the places of the shared operand and of the first a and b.
  const keys = new Int32Array(6 * nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const k = nodes[i], start = starts[k], end = starts[k + 1];
    if (!kinds.includes(entries[k])) kinds.push(entries[k]);
    keys[6 * i] = kinds.indexOf(entries[k]);
    keys[6 * i + 1] = end - start;
    keys[6 * i + 2] = moves[k];
    const a = place[operands[start]], b = place[operands[start + ((end - start) >> 1)]];
    const shared = isInP(a) ? b : a;
    keys[6 * i + 3] = shared;
    keys[6 * i + 4] = a;
    keys[6 * i + 5] = b;
  }
  const order = nodes.map((_, i) => i).sort((i, j) => {
    let at = 0;
    while (at < 5 && keys[6 * i + at] === keys[6 * j + at]) at++;
    return keys[6 * i + at] - keys[6 * j + at];
  });
  return order.map((i) => nodes[i]);
}

/** A block of one node. */
function blockOf(program: Program, k: number, place: Int32Array): Block {
  const entry = program.entries[k]!;
  const start = program.starts[k], end = program.starts[k + 1], operands = end - start;
  const kind = isListOperation(entry) ? "rows" : "each";
  const term = isListOperation(entry) ? entry.terms : entry;
  const lists = term?.locals.length ?? 1, count = Math.floor(operands / lists);
  // Where the operands a, b and those left over begin and end.
  const bounds = [start, start + count, start + count * lists, end];
  const slots = [0, 1, 2].map((i) => slotOf(program, [bounds[i], bounds[i + 1]], place));
  const isCalled = term === undefined || slots.includes(undefined);
  const places = isCalled ? Array.from(program.operands.subarray(start, end)) : [];
  return {
    entry,
    kind: isCalled ? "called" : kind,
    moves: program.moves[k] === 1,
    rows: 1,
    count: isCalled ? operands : count,
    out: place[k],
    slots: isCalled ? [] : slots as (Slot | null)[],
    places: places.map((operand) => place[operand]),
  };
}

/** Where operands are; null if there are none, undefined if they are not evenly spaced in one array. */
function slotOf(
  program: Program,
  [start, end]: readonly number[],
  place: Int32Array,
): Slot | null | undefined {
  if (start === end) return null;
  const { operands } = program, length = end - start;
  const at = place[operands[start]], step = length > 1 ? place[operands[start + 1]] - at : 1;
  let moves = 0;
  for (let i = start; i < end; i++) {
    if (place[operands[i]] !== at + (i - start) * step) return undefined;
    moves |= program.moves[operands[i]];
  }
  if (isInP(at) !== isInP(at + (length - 1) * step)) return undefined;
  return { at, step, length, row: 0, moves: moves === 1 };
}

/** Adds a node to a block if it is the next row of it; returns whether it is. */
function extend(block: Block, program: Program, k: number, place: Int32Array): boolean {
  const { entry, kind, slots, rows } = block, { entries, operands, starts } = program;
  if (kind === "called" || entry !== entries[k]) return false;
  let i = starts[k];
  // By index: until V8 has optimised this, an iterator for each node costs more than the comparison.
  for (let s = 0; s < slots.length; s++) {
    const slot = slots[s];
    if (slot === null) continue;
    const row = rows === 1 ? place[operands[i]] - slot.at : slot.row;
    const first = slot.at + rows * row, last = first + (slot.length - 1) * slot.step;
    if (isInP(first) !== isInP(slot.at) || isInP(last) !== isInP(slot.at)) return false;
    let at = first, moves = 0;
    for (const end = i + slot.length; i < end; i++, at += slot.step) {
      if (place[operands[i]] !== at) return false;
      moves |= program.moves[operands[i]];
    }
    if (slot.moves !== (moves === 1)) return false;
  }
  if (i !== starts[k + 1]) return false;
  if (rows === 1) {
    i = starts[k];
    for (const slot of slots) {
      if (slot === null) continue;
      slot.row = place[operands[i]] - slot.at;
      i += slot.length;
    }
  }
  block.rows++;
  return true;
}

/**
 * The kind of a block where there are routines: dot products may be a matrix, or a transposed matrix,
 * times a vector.
 */
function kindOf(block: Block): Block["kind"] {
  const { entry, kind, rows, count } = block;
  if ((entry as ListOperation).terms !== operations.mul || rows < 4 || count === 0) return kind;
  const { matrix, vector } = productOf(block);
  if (vector.row !== 0 || vector.step !== 1) return kind;
  if (matrix.step === 1) return "matrix";
  return matrix.row === 1 ? "transposed" : kind;
}

/**
 * The operands of dot products, of which the same ones in each row are the vector, and their names in
 * the code, the matrix first.
 */
function productOf({ slots }: Block) {
  const [a, b] = slots as Slot[], isFirst = a.row === 0;
  return { matrix: isFirst ? b : a, vector: isFirst ? a : b, names: isFirst ? "ba" : "ab" };
}

// ---- From blocks to numbers

/** Identifies the code that a block runs. */
function caseOf(block: Block): string {
  const { entry, kind, slots, moves } = block;
  const details = slots.map((slot) => slot === null ? "-" : slot.moves ? "m" : "c");
  const routine = isProduct(block) ? `${productOf(block).names} ${memoriesOf(block)}` : "";
  return [numberOf(entry), kind, moves ? 1 : 0, ...details, routine].join(" ");
}

function isProduct({ kind }: Block): boolean {
  return kind === "matrix" || kind === "transposed";
}

/**
 * Which routines a product needs: three letters for where the matrix, the vector as long as a row and
 * the one as long as a column are, in `p` or in `v`.
 */
function memoriesOf(block: Block): string {
  const { matrix, vector } = productOf(block);
  const [m, x] = [matrix, vector].map(({ at }) => isInP(at) ? "p" : "v");
  return block.kind === "matrix" ? `${m}${x}v` : `${m}v${x}`;
}

const numbers = new WeakMap<Operation | ListOperation, number>();
let count = 0;

/** A unique number for each operation. */
function numberOf(entry: Operation | ListOperation): number {
  if (!numbers.has(entry)) numbers.set(entry, count++);
  return numbers.get(entry)!;
}

// ---- From blocks to code

/** Generates the code, given one block of each case. */
function write(blocks: readonly Block[]): Code {
  const functions = new Functions();
  const forward: string[] = [], backward: string[] = [], routines = new Set<string>();
  blocks.forEach((block, number) => {
    if (isProduct(block)) routines.add(memoriesOf(block));
    const begin = `case ${number}: { // ${nameOf(block)}`;
    forward.push(begin, ...forwardCode(block, functions).map(indent), "  break;", "}");
    if (!block.moves) return;
    backward.push(begin, ...backwardCode(block, functions).map(indent), "  break;", "}");
  });
  const slots = [0, 1, 2].filter((i) => blocks.some((block) => block.slots[i] || i === 0));
  const read = (isBackward: boolean) => [
    "const rows = code[at + 1], count = code[at + 2], out = code[at + 3];",
    ...slots.flatMap((i) => {
      const name = "ABC"[i], small = "abc"[i], k = 4 + 4 * i;
      const where = `${small} = code[at + ${k + 1}], ${small}Row = code[at + ${k + 2}]`;
      return [
        `const ${name} = code[at + ${k}] ? p : v, ${where}, ${small}Step = code[at + ${k + 3}];`,
        ...(isBackward ? [`const G${name} = code[at + ${k}] ? g : d;`] : []),
      ];
    }),
  ];
  const loop = (head: string, isBackward: boolean, lines: readonly string[]) =>
    [
      `for (${head}) {`,
      ...read(isBackward).map(indent),
      "  switch (code[at]) {",
      ...lines.map((line) => indent(indent(line))),
      "  }",
      "}",
    ].map((line) => indent(indent(line))).join("\n");
  const source = `return {
  forward(code, v, p, wasm, f, places, numbers) {
${loop(`let at = 0; at < code.length; at += ${width}`, false, forward)}
  },
  backward(code, v, p, d, g, wasm, f, places, numbers, locals) {
${loop(`let at = code.length - ${width}; at >= 0; at -= ${width}`, true, backward)}
  },
};
`;
  return { source, loops: runCode(source, {}), functions: functions.list, routines: [...routines] };
}

function indent(line: string): string {
  return `  ${line}`;
}

/** What a block is, as a comment in the code. */
function nameOf({ entry: { symbol }, kind }: Block): string {
  const name = /^[\w+*/^-]+$/.test(symbol) ? symbol : "an operation";
  if (kind === "matrix") return `${name}, a matrix times a vector`;
  if (kind === "transposed") return `${name}, a transposed matrix times a vector`;
  return kind === "each" ? name : `${name} of ${kind === "called" ? "a list" : "each row"}`;
}

/** The operation that computes a node of a block, or a term of it. */
function termOf({ entry }: Block): Operation {
  return isListOperation(entry) ? entry.terms! : entry;
}

/** The head of a loop over the terms of a row. */
function rowLoop({ slots }: Block): string {
  return slots[1] === null
    ? "for (let k = 0, i = a + r * aRow; k < count; k++, i += aStep) {"
    : "for (let k = 0, i = a + r * aRow, j = b + r * bRow; k < count; k++, i += aStep, j += bStep) {";
}

/** A call of a routine. What the block has as columns is a row in memory of a transposed matrix. */
function callOf(
  block: Block,
  routine: keyof Routines,
  { matrix, vector, result }: { matrix: string; vector: string; result: string },
): string {
  const { names: [m] } = productOf(block);
  const operands = block.kind === "matrix"
    ? [matrix, `${m}Row`, vector, result, "rows", "count"]
    : [matrix, `${m}Step`, result, vector, "count", "rows"];
  return `wasm.${memoriesOf(block)}.${routine}(${operands.join(", ")});`;
}

function forwardCode(block: Block, functions: Functions): string[] {
  const { entry, kind, slots } = block;
  if (kind === "called") {
    return [...gather, `v[out] = ${calledValue(entry, functions)};`];
  }
  if (isProduct(block)) {
    const { names: [m, x] } = productOf(block);
    const times = kind === "matrix" ? "times" : "timesTransposed";
    return [
      callOf(block, times, { matrix: m, vector: x, result: "out" }),
      ...(slots[2] === null
        ? []
        : ["for (let r = 0; r < rows; r++) v[out + r] += C[c + r * cRow];"]),
    ];
  }
  const value = (a: string, b: string) =>
    toCode(functions.valueOf(termOf(block), slots[1] === null ? [a] : [a, b]));
  if (kind === "each") {
    return [
      `for (let k = 0; k < rows; k++) v[out + k] = ${value("A[a + k * aRow]", "B[b + k * bRow]")};`,
    ];
  }
  const row = [
    "let y = 0;",
    rowLoop(block),
    `  y += ${value("A[i]", "B[j]")};`,
    "}",
    `v[out + r] = y${slots[2] === null ? "" : " + C[c + r * cRow]"};`,
  ];
  return ["for (let r = 0; r < rows; r++) {", ...row.map(indent), "}"];
}

function backwardCode(block: Block, functions: Functions): string[] {
  const { entry, kind, slots } = block;
  if (kind === "called") return [...gather, ...calledLocals(entry, functions), ...scatter];
  const [isA, isB, isC] = slots.map((slot) => slot !== null && slot.moves);
  if (isProduct(block)) {
    const { matrix, vector, names: [m, x] } = productOf(block), result = "out + v.length";
    const times = kind === "matrix" ? "timesTransposed" : "times";
    const [toM, toX] = [m, x].map((name) => `${name} + ${name.toUpperCase()}.length`);
    return [
      ...(isC ? ["for (let r = 0; r < rows; r++) GC[c + r * cRow] += d[out + r];"] : []),
      ...(matrix.moves ? [callOf(block, "addOuter", { matrix: toM, vector: x, result })] : []),
      ...(vector.moves ? [callOf(block, times, { matrix: m, vector: toX, result })] : []),
    ];
  }
  const operands = slots[1] === null ? ["A[i]"] : ["A[i]", "B[j]"];
  /** What is added to the gradients of a and b, where y is the number of the term. */
  const flows = (y: Expression) =>
    functions.localsOf(termOf(block), operands, y).map((local) =>
      toCode(contribution(local, "dy"))
    );
  if (kind === "each") {
    const [toA, toB] = flows("v[out + k]");
    return [
      "for (let k = rows - 1; k >= 0; k--) {",
      `  const dy = d[out + k], i = a + k * aRow${slots[1] === null ? "" : ", j = b + k * bRow"};`,
      ...(isA ? [`  GA[i] += ${toA};`] : []),
      ...(isB ? [`  GB[j] += ${toB};`] : []),
      "}",
    ];
  }
  const [toA, toB] = flows(functions.valueOf(termOf(block), operands));
  const row = [
    "const dy = d[out + r];",
    rowLoop(block),
    ...(isA ? [`  GA[i] += ${toA};`] : []),
    ...(isB ? [`  GB[j] += ${toB};`] : []),
    "}",
    ...(isC ? ["GC[c + r * cRow] += dy;"] : []),
  ];
  return ["for (let r = rows - 1; r >= 0; r--) {", ...row.map(indent), "}"];
}

// ---- Functions called with a list of operands, which may be anywhere

const gather = [
  "const list = numbers[count];",
  "for (let k = 0; k < count; k++) {",
  "  const i = places[a + k];",
  "  list[k] = i < 0 ? p[i + p.length] : v[i];",
  "}",
];
const scatter = [
  "const dy = d[out];",
  "for (let k = 0; k < count; k++) {",
  "  const i = places[a + k];",
  "  if (i < 0) g[i + g.length] += slopes[k] * dy;",
  "  else d[i] += slopes[k] * dy;",
  "}",
];

/** The call that computes a node from the list of its operands. */
function calledValue({ value }: Operation | ListOperation, functions: Functions): string {
  return `${functions.nameOf(value)}(list)`;
}

function calledLocals({ locals }: Operation | ListOperation, functions: Functions): string[] {
  const f = functions.nameOf(locals as ListOperation["locals"]);
  return [`const slopes = ${f}(list, locals[count]);`];
}
