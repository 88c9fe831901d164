// Matrices times vectors: the routines in WebAssembly against loops in JavaScript.
import { assertEquals } from "@std/assert";
import type { Routines } from "../../../engine/compile/matrix.ts";
import { allocate, type Numbers, routinesFor } from "../../../engine/compile/memory.ts";

/** Where a matrix and two vectors are, and their sizes. */
interface Case {
  readonly m: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  readonly columns: number;
}

type Arrays = readonly [m: Float64Array, x: Float64Array, y: Float64Array];

/** The same, as loops. */
const loops: Record<keyof Routines, (arrays: Arrays, at: Case) => void> = {
  times: ([M, X, Y], at) => each(at, (m, x, y) => Y[y] += M[m] * X[x]),
  timesTransposed: ([M, X, Y], at) => each(at, (m, x, y) => X[x] += M[m] * Y[y]),
  addOuter: ([M, X, Y], at) => each(at, (m, x, y) => M[m] += X[x] * Y[y]),
};

function each(
  { m, row, x, y, rows, columns }: Case,
  f: (m: number, x: number, y: number) => void,
) {
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < columns; k++) f(m + r * row + k, x + k, y + r);
  }
}

const names = Object.keys(loops) as (keyof Routines)[];
const size = 400;

/** Three memories, filled with numbers that have no short sums. */
function filled(): Numbers[] {
  return [1, 2, 3].map((seed) => {
    const numbers = allocate(size, true);
    for (let k = 0; k < size; k++) {
      numbers.data[k] = Math.sin(seed * k + 1);
      numbers.gradients[k] = Math.cos(seed * k + 2);
    }
    return numbers;
  });
}

/** Runs a routine and its loops on the same numbers, and compares all of them to the last bit. */
function compare(name: keyof Routines, at: Case, arrays: Arrays) {
  const expected = arrays.map((array) => array.slice()) as unknown as Arrays;
  loops[name](expected, at);
  const { m, row, x, y, rows, columns } = at;
  routinesFor(...arrays)[name](m, row, x, y, rows, columns);
  arrays.forEach((array, k) => assertEquals([...array], [...expected[k]], `${name}: array ${k}`));
}

for (const name of names) {
  Deno.test(`${name}: all sizes up to nine rows and nine columns, and nothing beside them`, () => {
    for (let rows = 0; rows < 10; rows++) {
      for (let columns = 0; columns < 10; columns++) {
        const [m, x, y] = filled().map(({ data }) => data);
        compare(name, { m: 3, row: columns + rows % 2, x: 5, y: 7, rows, columns }, [m, x, y]);
      }
    }
    const [m, x, y] = filled().map(({ data }) => data);
    compare(name, { m: 1, row: 21, x: 200, y: 300, rows: 18, columns: 20 }, [m, x, y]);
  });

  Deno.test(`${name}: at the end of the memories`, () => {
    // 4,096 numbers and their gradients are a page of WebAssembly: nothing may be read behind it.
    const all = [1, 2, 3].map(() => new Float64Array(allocate(4096, true).data.buffer));
    for (const array of all) array.forEach((_, k) => array[k] = Math.sin(k));
    for (const [rows, columns] of [[5, 5], [4, 4], [1, 3], [6, 1]]) {
      const at = { row: columns, rows, columns, m: 8192 - rows * columns };
      compare(name, { ...at, x: 8192 - columns, y: 8192 - rows }, all as unknown as Arrays);
    }
  });

  Deno.test(`${name}: infinite numbers and NaN stay in their rows and columns`, () => {
    for (const odd of [Infinity, -Infinity, NaN, 0, -0]) {
      for (const place of [0, 1, 2, 6, 7]) {
        for (const which of [0, 1, 2]) {
          const arrays = filled().map(({ data }) => data) as unknown as Arrays;
          arrays[which][20 + place] = odd;
          compare(name, { m: 20, row: 7, x: 20, y: 20, rows: 7, columns: 7 }, arrays);
        }
      }
    }
  });

  Deno.test(`${name}: in one memory, and on gradients`, () => {
    const [one, other] = filled();
    const all = new Float64Array(one.data.buffer), others = new Float64Array(other.data.buffer);
    const at = { m: 2, row: 6, x: size + 100, y: 2 * size - 5, rows: 5, columns: 6 };
    for (const arrays of [[all, all, all], [others, all, all], [others, all, others]] as const) {
      const before = arrays.map((array) => array.slice());
      const { m, row, x, y, rows, columns } = at;
      routinesFor(...arrays)[name](m, row, x, y, rows, columns);
      const after = arrays.map((array) => array.slice());
      arrays.forEach((array, k) => array.set(before[k]));
      loops[name](arrays, at);
      assertEquals(after.map((array) => [...array]), arrays.map((array) => [...array]));
    }
  });
}

Deno.test("addOuter: rows that overlap get the sum of all that is added", () => {
  const [m, x, y] = filled().map(({ data }) => data);
  for (const array of [m, x, y]) array.forEach((a, k) => array[k] = Math.round(9 * a)); // exact sums
  compare("addOuter", { m: 4, row: 1, x: 0, y: 0, rows: 9, columns: 5 }, [m, x, y]);
});
