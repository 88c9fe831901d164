/**
 * WebAssembly, as bytes: the instructions and the module around them.
 *
 * The numbers are those of the WebAssembly specification: opcodes, types and sections. `v128` is a SIMD
 * register, here of two float64 numbers, its lanes.
 *
 * @module
 */

/** Bytes of WebAssembly: instructions, whose parts may be instructions again. */
export type Code = number | readonly Code[];

/** The types of integers, numbers and SIMD registers. */
export const i32 = 0x7f, f64 = 0x7c, v128 = 0x7b;

/** A SIMD instruction. */
export function simd(instruction: number): Code {
  return [0xfd, unsigned(instruction)];
}

export const add = simd(240); // f64x2.add
export const mul = simd(242); // f64x2.mul
export const load = simd(0); // v128.load: two numbers
export const loadForBoth = simd(10); // v128.load64_splat: one number twice
export const store = simd(11); // v128.store
export const constant = simd(12); // v128.const

/** The end of a block or of a function. */
export const end = 0x0b;

/** Puts a local variable on the stack. */
export function get(local: number): Code {
  return [0x20, unsigned(local)];
}

/** Takes a local variable off the stack. */
export function set(local: number): Code {
  return [0x21, unsigned(local)];
}

/** Puts an integer from −64 to 63 on the stack. */
export function int(n: number): Code {
  return [0x41, n & 127];
}

/** Where a load or a store begins, in bytes: how far behind the address on the stack, in which memory. */
export function at(offset: number, memory = 0): Code {
  const align = 3; // addresses are multiples of 2 ** 3 bytes; with 64 more the number of a memory follows
  return memory === 0 ? [align, unsigned(offset)] : [align + 64, memory, unsigned(offset)];
}

/** How many pages of memory hold that many bytes. */
export function pagesFor(bytes: number): number {
  return Math.ceil(bytes / 65536);
}

/** A count in WebAssembly's encoding (LEB128): seven bits per byte, the lowest first. */
export function unsigned(n: number): Code {
  return n < 128 ? n : [n % 128 + 128, unsigned(Math.floor(n / 128))];
}

/** A name, or any other text. */
export function text(name: string): Code {
  return list([...new TextEncoder().encode(name)]);
}

/** Code with its size before it. */
export function sized(code: Code): Code {
  const bytes = bytesOf(code);
  return [unsigned(bytes.length), bytes];
}

/** A list with its length before it. */
export function list(entries: readonly Code[]): Code {
  return [unsigned(entries.length), entries];
}

/** Code as one list of numbers. */
function bytesOf(code: Code, into: number[] = []): number[] {
  if (typeof code === "number") into.push(code);
  else for (const part of code) bytesOf(part, into);
  return into;
}

/** A type of functions: the types of the operands and of the results. */
export function functionType(operands: readonly Code[], results: readonly Code[]): Code {
  return [0x60, list(operands), list(results)];
}

/** What a module consists of, each a list of entries in WebAssembly's encoding. */
export interface Sections {
  readonly types: readonly Code[];
  readonly imports: readonly Code[];
  /** The type of each function. */
  readonly functions: readonly Code[];
  readonly memories?: readonly Code[];
  readonly exports: readonly Code[];
  /** The local variables and the instructions of each function. */
  readonly code: readonly Code[];
}

/** The bytes of a module: each section is its number, its size and its list of entries. */
export function moduleOf(sections: Sections): Uint8Array<ArrayBuffer> {
  const { types, imports, functions, memories = [], exports, code } = sections;
  const numbered: [id: number, entries: readonly Code[]][] = [
    [1, types],
    [2, imports],
    [3, functions],
    [5, memories],
    [7, exports],
    [10, code.map(sized)],
  ];
  return Uint8Array.from(bytesOf([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...numbered.map(([id, entries]) => [id, sized(list(entries))]),
  ]));
}
