/**
 * Memory for the numbers of compiled graphs, and the routines that work on it.
 *
 * @module
 */
import { moduleOfRoutines, type Routines } from "./matrix.ts";
import type { Program } from "./program.ts";
import { pagesFor } from "./wasm.ts";

/** Numbers, and as many gradients right behind them in the same memory. */
export interface Numbers {
  readonly data: Float64Array;
  readonly gradients: Float64Array;
}

/**
 * How many WebAssembly memories there may be at a time: Linux limits a process to some 32,000. In a
 * browser each reserves gigabytes of addresses, and there is room for fewer (124 in Chromium).
 */
let most = 10_000;
let alive = 0;
const collected = new FinalizationRegistry(() => alive--);

/** The memories, by the buffers of their arrays. */
const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();
let routines: WebAssembly.Module | undefined;

/**
 * Makes room for numbers and their gradients, all 0.
 *
 * @param length how many numbers
 * @param inWasm whether in WebAssembly memory, for the routines; it is an ordinary array nevertheless
 *   where WebAssembly is not allowed, has no SIMD or only one memory, or where there are too many
 */
export function allocate(length: number, inWasm: boolean): Numbers {
  const buffer = (inWasm ? wasmBuffer(16 * length) : null) ?? new ArrayBuffer(16 * length);
  return {
    data: new Float64Array(buffer, 0, length),
    gradients: new Float64Array(buffer, 8 * length, length),
  };
}

/** The parameters of a graph, with gradients of 0. */
export function newParameters({ inputs, parameters, data }: Program, inWasm: boolean): Numbers {
  const numbers = allocate(parameters, inWasm);
  numbers.data.set(data.subarray(inputs, inputs + parameters));
  return numbers;
}

function wasmBuffer(bytes: number): ArrayBufferLike | null {
  if (alive >= most) return null;
  try {
    routines ??= new WebAssembly.Module(moduleOfRoutines());
    const memory = new WebAssembly.Memory({ initial: pagesFor(bytes) });
    memories.set(memory.buffer, memory);
    collected.register(memory, undefined);
    alive++;
    return memory.buffer;
  } catch (error) {
    // No more room: it takes long to find that out, so do not try again before one of them is gone.
    if (error instanceof RangeError) most = alive;
    return null;
  }
}

/** Whether an array is in WebAssembly memory. */
export function isInWasm({ buffer }: Float64Array): boolean {
  return memories.has(buffer);
}

/** The routines for a matrix and vectors in WebAssembly memory. */
export function routinesFor(matrix: Float64Array, x: Float64Array, y: Float64Array): Routines {
  const [m, xs, ys] = [matrix, x, y].map(({ buffer }) => memories.get(buffer)!);
  const { exports } = new WebAssembly.Instance(routines!, { memory: { m, x: xs, y: ys } });
  return exports as unknown as Routines;
}
