/**
 * Matrices times vectors, two numbers at a time: WebAssembly with SIMD.
 *
 * A layer needs three routines, forward and back. BLAS, the standard interface of linear algebra
 * libraries, has the same three: gemv, gemv with the transposed matrix, and ger.
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

/** Each sum is added up in the same order as in a plain loop, and so is rounded in the same way. */
export interface Routines {
  /** y += M x */
  readonly times: Routine;
  /** x += Mᵀ y */
  readonly timesTransposed: Routine;
  /** M += y xᵀ, the outer product */
  readonly addOuter: Routine;
}

// ---- The module: operands come before the instruction that takes them, as on a stack

// The memories, in the order in which the module imports them.
const memoryM = 0, memoryX = 1, memoryY = 2;

// The local variables. Integers: the operands of a routine; the column, and how many columns make pairs;
// where each of the current rows begins. Places and columns are counted in bytes.
const m = 0, row = 1, x = 2, y = 3, rows = 4, columns = 5, column = 6, paired = 7;
const start = (r: number) => 8 + r;
// SIMD registers: numbers of y, of x, and of two rows of M.
const yRegister = (r: number) => 12 + r;
const xRegister = (half: number) => 16 + half;
const upper = 18, lower = 19;

/** How many rows are computed at once: their sums are independent. */
const rowsAtOnce = 4;

/** How neighbours in memory are read into a register and written from it: two of them, or one. */
interface Lanes {
  readonly count: number;
  readonly read: Code;
  readonly write: (place: Code) => Code;
}
const one: Lanes = {
  count: 1,
  read: simd(93), // v128.load64_zero
  write: (place) => [simd(91), place, 0], // v128.store64_lane
};
const two: Lanes = { count: 2, read: load, write: (place) => [store, place] };

/** The instructions of a routine for some rows: for a column or two of them, before, and after. */
interface Steps {
  before(rows: number): Code;
  columns(lanes: Lanes, rows: number): Code;
  after(rows: number): Code;
}

const addInt = 0x6a; // i32.add
const subtractInt = 0x6b; // i32.sub
const shiftLeft = 0x74; // i32.shl
const and = 0x71; // i32.and
const isLess = 0x48; // i32.lt_s
const isAtLeast = 0x4e; // i32.ge_s
const not = 0x45; // i32.eqz

/** The address of the column in x, or in a row of M. */
const there = (base: number): Code => [get(base), get(column), addInt];
const readX = ({ read }: Lanes): Code => [there(x), read, at(0, memoryX)];
const readRow = (r: number, { read }: Lanes): Code => [there(start(r)), read, at(0, memoryM)];

/** Each number of y twice, for two columns. */
const spreadY = (rows: number): Code =>
  range(rows).map((r) => [get(y), loadForBoth, at(8 * r, memoryY), set(yRegister(r))]);

const steps: Readonly<Record<keyof Routines, Steps>> = {
  // Each lane is the sum of a row, made in the order of the columns.
  times: {
    before(rows) {
      const { read } = lanesOf(rows);
      return pairsOf(rows).map((r) => [get(y), read, at(8 * r, memoryY), set(yRegister(r))]);
    },
    columns(lanes, rows) {
      const halves = range(lanes.count);
      return [
        halves.map((half) => [there(x), loadForBoth, at(8 * half, memoryX), set(xRegister(half))]),
        pairsOf(rows).map((r) => [
          [readRow(r, lanes), set(upper), readRow(r + 1, lanes), set(lower)],
          halves.map((half) => [
            [get(yRegister(r)), get(upper), get(lower), interleave(half)],
            [get(xRegister(half)), mul, add, set(yRegister(r))],
          ]),
        ]),
      ];
    },
    after(rows) {
      const { write } = lanesOf(rows);
      return pairsOf(rows).map((r) => [get(y), get(yRegister(r)), write(at(8 * r, memoryY))]);
    },
  },
  timesTransposed: {
    before: spreadY,
    columns: (lanes, rows) => [
      [there(x), readX(lanes)],
      range(rows).map((r) => [readRow(r, lanes), get(yRegister(r)), mul, add]),
      lanes.write(at(0, memoryX)),
    ],
    after: () => [],
  },
  addOuter: {
    before: spreadY,
    columns: (lanes, rows) => [
      [readX(lanes), set(xRegister(0))],
      range(rows).map((r) => [
        [there(start(r)), readRow(r, lanes), get(yRegister(r)), get(xRegister(0)), mul, add],
        lanes.write(at(0, memoryM)),
      ]),
    ],
    after: () => [],
  },
};

/**
 * The first row of each pair. A single row has no partner: its second lane reads the row at `start(1)`,
 * an earlier one or the start of the memory, and is not written.
 */
function pairsOf(rows: number): number[] {
  return range(rows).filter((r) => r % 2 === 0);
}

function lanesOf(rows: number): Lanes {
  return rows === 1 ? one : two;
}

/** The first numbers of two registers side by side, or the second: i8x16.shuffle lists the bytes to take. */
function interleave(half: number): Code {
  const bytes = range(8).map((byte) => byte + 8 * half);
  return [simd(13), bytes, bytes.map((byte) => byte + 16)];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/** Repeats instructions as long as a condition holds: branch 1 leaves, branch 0 repeats. */
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
      [get(column), int(8 * lanes.count), addInt, set(column)],
    ]);
  const down = (count: number) =>
    loop([get(rows), int(count), isAtLeast], [
      [get(m), set(start(0))],
      range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]),
      before(count),
      [int(0), set(column), across(two, count, paired), across(one, count, columns)],
      after(count),
      [get(start(count - 1)), get(row), addInt, set(m)],
      [get(y), int(8 * count), addInt, set(y)],
      [get(rows), int(count), subtractInt, set(rows)],
    ]);
  return [
    // Two runs of local variables behind the operands: how many, and of which type.
    [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128],
    // From numbers to bytes: × 8. A pair of columns has 16.
    [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]),
    [get(columns), int(-16), and, set(paired)],
    [down(rowsAtOnce), down(1), end],
  ];
}

/** The bytes of a module that imports the memories `m`, `x` and `y`, and exports the routines. */
export function moduleOfRoutines(): Uint8Array<ArrayBuffer> {
  const names = Object.keys(steps) as (keyof Routines)[];
  const memory = [2, 0, 0]; // of any size
  const routine = 0; // functions, and all of the first type
  return moduleOf({
    types: [functionType([i32, i32, i32, i32, i32, i32], [])],
    imports: ["m", "x", "y"].map((name) => [text("memory"), text(name), memory]),
    functions: names.map(() => routine),
    exports: names.map((name, k) => [text(name), routine, k]),
    code: names.map((name) => codeOf(steps[name])),
  });
}
