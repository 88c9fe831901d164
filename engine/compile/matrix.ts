/**
 * Matrices times vectors, two numbers at a time: WebAssembly with SIMD.
 *
 * A layer needs three routines, forward and back. They are those that BLAS, the interface that libraries
 * of linear algebra share, has for a matrix and vectors: gemv, gemv of the transposed matrix, and ger.
 *
 * @module
 */
import {
  add,
  at,
  type Code,
  end,
  functionType,
  get,
  i32,
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
  v128,
} from "./wasm.ts";

/**
 * A routine on a matrix M and two vectors: x, as long as a row, and y, as long as a column.
 *
 * @param m the place of the first number of M; places count numbers, from the beginning of a memory
 * @param row the distance from one row of M to the next
 * @param x the place of the first number of x
 * @param y the place of the first number of y
 * @param rows how many rows M has
 * @param columns how many columns M has
 */
type Routine = (
  m: number,
  row: number,
  x: number,
  y: number,
  rows: number,
  columns: number,
) => void;

/** All sums are made in order, as loops would make them, and so are rounded alike. */
export interface Routines {
  /** y += M x */
  readonly times: Routine;
  /** x += Mᵀ y */
  readonly timesTransposed: Routine;
  /** M += y xᵀ, the outer product */
  readonly addOuter: Routine;
}

/** Numbers, and as many gradients right behind them in the same memory. */
export interface Numbers {
  readonly data: Float64Array;
  readonly gradients: Float64Array;
}

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();
let compiled: WebAssembly.Module | undefined;

/**
 * Makes room for numbers, all 0: in a memory of WebAssembly, or in an ordinary array where WebAssembly is
 * not allowed or lacks SIMD or several memories.
 */
export function allocate(length: number): Numbers {
  let buffer: ArrayBufferLike;
  try {
    compiled ??= new WebAssembly.Module(moduleOfRoutines());
    const memory = new WebAssembly.Memory({ initial: pagesFor(16 * length) });
    buffer = memory.buffer;
    memories.set(buffer, memory);
  } catch {
    buffer = new ArrayBuffer(16 * length);
  }
  return {
    data: new Float64Array(buffer, 0, length),
    gradients: new Float64Array(buffer, 8 * length, length),
  };
}

/** Whether numbers are in a memory of WebAssembly. */
export function isInMemory({ buffer }: Float64Array): boolean {
  return memories.has(buffer);
}

/** The routines for a matrix and vectors that are in these memories. */
export function routinesFor(matrix: Float64Array, x: Float64Array, y: Float64Array): Routines {
  const [m, xs, ys] = [matrix, x, y].map(({ buffer }) => memories.get(buffer)!);
  const { exports } = new WebAssembly.Instance(compiled!, { memory: { m, x: xs, y: ys } });
  return exports as unknown as Routines;
}

// ---- The module: operands come before the instruction that takes them, as on a stack

// The memories, in the order in which the module imports them.
const matrix = 0, vectorX = 1, vectorY = 2;

// The local variables. Integers: the operands of a routine; the column, and how many columns make pairs;
// where the rows begin that are under way. Places and columns are counted in bytes.
const m = 0, row = 1, x = 2, y = 3, rows = 4, columns = 5, column = 6, paired = 7;
const start = (r: number) => 8 + r;
// SIMD registers: numbers of y, of x, and of two rows of M.
const ys = (r: number) => 12 + r;
const xs = (half: number) => 16 + half;
const upper = 18, lower = 19;

/** How many rows are under way at a time: their sums do not depend on each other. */
const together = 4;

/** How neighbours in memory get into a register and back: two of them, or one. */
interface Lanes {
  readonly count: number;
  readonly load: Code;
  readonly store: (place: Code) => Code;
}
const one: Lanes = {
  count: 1,
  load: simd(93), // v128.load64_zero
  store: (place) => [simd(91), place, 0], // v128.store64_lane
};
const two: Lanes = { count: 2, load, store: (place) => [store, place] };

/** The instructions of a routine for some rows: for a column or two of them, before, and after. */
interface Steps {
  before(rows: number): Code;
  columns(lanes: Lanes, rows: number): Code;
  after(rows: number): Code;
}

const plus = 0x6a; // i32.add
const minus = 0x6b; // i32.sub
const shiftLeft = 0x74; // i32.shl
const and = 0x71; // i32.and
const isLess = 0x48; // i32.lt_s
const isAtLeast = 0x4e; // i32.ge_s
const not = 0x45; // i32.eqz

/** The address of the column in x, or in a row of M. */
const there = (base: number): Code => [get(base), get(column), plus];
const loadX = ({ load }: Lanes): Code => [there(x), load, at(0, vectorX)];
const loadRow = (r: number, { load }: Lanes): Code => [there(start(r)), load, at(0, matrix)];

/** Each number of y twice, for two columns. */
const spreadY = (rows: number): Code =>
  range(rows).map((r) => [get(y), loadForBoth, at(8 * r, vectorY), set(ys(r))]);

const steps: Readonly<Record<keyof Routines, Steps>> = {
  // Each lane is the sum of a row, made in the order of the columns.
  times: {
    before: (rows) =>
      pairsOf(rows).map((r) => [get(y), lanesOf(rows).load, at(8 * r, vectorY), set(ys(r))]),
    columns(lanes, rows) {
      const halves = range(lanes.count);
      return [
        halves.map((half) => [there(x), loadForBoth, at(8 * half, vectorX), set(xs(half))]),
        pairsOf(rows).map((r) => [
          [loadRow(r, lanes), set(upper), loadRow(r + 1, lanes), set(lower)],
          halves.map((half) => [
            [get(ys(r)), get(upper), get(lower), interleave(half), get(xs(half)), mul, add],
            set(ys(r)),
          ]),
        ]),
      ];
    },
    after: (rows) =>
      pairsOf(rows).map((r) => [get(y), get(ys(r)), lanesOf(rows).store(at(8 * r, vectorY))]),
  },
  timesTransposed: {
    before: spreadY,
    columns: (lanes, rows) => [
      [there(x), loadX(lanes)],
      range(rows).map((r) => [loadRow(r, lanes), get(ys(r)), mul, add]),
      lanes.store(at(0, vectorX)),
    ],
    after: () => [],
  },
  addOuter: {
    before: spreadY,
    columns: (lanes, rows) => [
      [loadX(lanes), set(xs(0))],
      range(rows).map((r) => [
        [there(start(r)), loadRow(r, lanes), get(ys(r)), get(xs(0)), mul, add],
        lanes.store(at(0, matrix)),
      ]),
    ],
    after: () => [],
  },
};

/** The first of each two rows. A row alone has any other for its second, whose lane is not stored. */
function pairsOf(rows: number): number[] {
  return range(rows).filter((r) => r % 2 === 0);
}

function lanesOf(rows: number): Lanes {
  return rows === 1 ? one : two;
}

/** The first numbers of two registers, or the second, in one: i8x16.shuffle, byte by byte. */
function interleave(half: number): Code {
  const bytes = range(8).map((byte) => byte + 8 * half);
  return [simd(13), bytes, bytes.map((byte) => byte + 16)];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/** Repeats instructions as long as a condition holds. */
function loop(condition: Code, body: Code): Code {
  const block = 0x02, repeat = 0x03, branch = 0x0c, branchIf = 0x0d, noResult = 0x40;
  return [
    [block, noResult, repeat, noResult],
    [condition, not, branchIf, 1],
    [body, branch, 0, end, end],
  ];
}

/** A routine's local variables and instructions. */
function codeOf({ before, columns: body, after }: Steps): Code {
  const across = (lanes: Lanes, count: number, limit: number) =>
    loop([get(column), get(limit), isLess], [
      body(lanes, count),
      [get(column), int(8 * lanes.count), plus, set(column)],
    ]);
  const down = (count: number) =>
    loop([get(rows), int(count), isAtLeast], [
      [get(m), set(start(0))],
      range(count - 1).map((r) => [get(start(r)), get(row), plus, set(start(r + 1))]),
      before(count),
      [int(0), set(column), across(two, count, paired), across(one, count, columns)],
      after(count),
      [get(start(count - 1)), get(row), plus, set(m)],
      [get(y), int(8 * count), plus, set(y)],
      [get(rows), int(count), minus, set(rows)],
    ]);
  return [
    // Two runs of local variables behind the operands: how many, and of which type.
    [2, start(together) - column, i32, lower + 1 - ys(0), v128],
    [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]),
    [get(columns), int(-16), and, set(paired)],
    [down(together), down(1), end],
  ];
}

function moduleOfRoutines(): Uint8Array<ArrayBuffer> {
  const names = Object.keys(steps) as (keyof Routines)[];
  return moduleOf({
    types: [functionType([i32, i32, i32, i32, i32, i32], [])],
    imports: ["m", "x", "y"].map((name) => [text("memory"), text(name), 2, 0, 0]),
    functions: names.map(() => 0),
    exports: names.map((name, k) => [text(name), 0, k]),
    code: names.map((name) => codeOf(steps[name])),
  });
}
