/**
 * What functions ask of what they are given. Neither `deno run` nor a notebook checks types: without
 * these a mistake would become a NaN, or a wrong number, that nobody sees.
 *
 * Each throws `write …: this is not that`: what to write, what it got, what it takes.
 *
 * @module
 */
import { describe, describeNonValue } from "./describe.ts";

/** The kinds of numbers that functions take. */
const kinds = {
  "a number": () => true,
  "a finite number": Number.isFinite,
  "a positive number": (x: number) => x > 0 && x < Infinity,
  "a number of at least 0": (x: number) => x >= 0 && x < Infinity,
  "a number from 0 to below 1": (x: number) => x >= 0 && x < 1,
  "a count": (x: number) => Number.isSafeInteger(x) && x >= 1,
};

/**
 * Asks for a number.
 *
 * @param thing what was given
 * @param kind which numbers will do
 * @param usage what to write
 * @throws {TypeError} when it is not a number
 * @throws {RangeError} when it is one that will not do
 */
export function requireNumber(thing: unknown, kind: keyof typeof kinds, usage: string): void {
  if (typeof thing !== "number") throw new TypeError(refusal(thing, kind, usage));
  if (!kinds[kind](thing)) throw new RangeError(refusal(thing, kind, usage));
}

/**
 * Asks for one of a few names or numbers.
 *
 * @param thing what was given
 * @param choices what there is to choose from
 * @param usage what to write
 * @throws {RangeError} when it is none of them
 */
export function requireOneOf(thing: unknown, choices: readonly unknown[], usage: string): void {
  if (choices.includes(thing)) return;
  const names = choices.map((choice) => JSON.stringify(choice)).join(", ");
  throw new RangeError(refusal(thing, `one of ${names}`, usage));
}

/**
 * Asks for a function.
 *
 * @param thing what was given
 * @param usage what to write
 * @throws {TypeError} when it is not one
 */
export function requireFunction(thing: unknown, usage: string): void {
  if (typeof thing !== "function") throw new TypeError(refusal(thing, "a function", usage));
}

/**
 * Asks for an array.
 *
 * @param thing what was given
 * @param usage what to write
 * @throws {TypeError} when it is not one
 */
export function requireArray(thing: unknown, usage: string): void {
  if (!Array.isArray(thing)) throw new TypeError(refusal(thing, "an array", usage));
}

/**
 * Asks for an array that is not empty.
 *
 * @param thing what was given
 * @param usage what to write
 * @throws {TypeError} when it is not an array
 * @throws {RangeError} when there is nothing in it
 */
export function requireFilledArray(thing: unknown, usage: string): void {
  requireArray(thing, usage);
  if ((thing as unknown[]).length > 0) return;
  throw new RangeError(refusal(thing, "an array of at least one", usage));
}

/**
 * Asks for an object of a class.
 *
 * @param thing what was given
 * @param kind the class
 * @param usage what to write
 * @throws {TypeError} when it is not one
 */
export function requireInstance(thing: unknown, kind: { name: string }, usage: string): void {
  if (thing instanceof (kind as new () => unknown)) return;
  const got = kind.name === "Value" ? describeNonValue(thing) : describe(thing);
  throw new TypeError(`write ${usage}: ${got} is not a ${kind.name}`);
}

/**
 * Asks for an object of options and no others, so that one with a slip in its name is not ignored.
 *
 * @param options what was given
 * @param names the options that there are
 * @param usage what to write
 * @throws {TypeError} when it is not one
 */
export function requireOptions(options: unknown, names: readonly string[], usage: string): void {
  if (describe(options) !== "an object") {
    throw new TypeError(refusal(options, "an object of options", usage));
  }
  for (const name of Object.keys(options as object)) {
    if (names.includes(name)) continue;
    throw new TypeError(refusal(name, `an option (${names.join(", ")})`, usage));
  }
}

/**
 * Asks that there are no more than the memory of an ordinary machine holds: where it ends, the whole
 * program does, and with it what a notebook has computed.
 *
 * @param count how many there are
 * @param most how many there may be
 * @param usage what to write
 * @throws {RangeError} when there are more
 */
export function requireAtMost(count: number, most: number, usage: string): void {
  if (count <= most) return;
  throw new RangeError(`write ${usage}: ${count} are too many, it takes up to ${most}`);
}

/**
 * Asks that Values can take a number, all of them, before the first is given one.
 *
 * @param values the Values
 * @param usage what to write
 * @throws {TypeError} when one is frozen
 */
export function requireWritable(values: readonly { grad: number }[], usage: string): void {
  let k = 0;
  try {
    // deno-lint-ignore no-self-assign -- this throws if it is frozen, ten times as fast as asking
    for (; k < values.length; k++) values[k].grad = values[k].grad;
  } catch {
    throw new TypeError(`write ${usage} on Values that are not frozen: ${values[k]} is`);
  }
}

function refusal(thing: unknown, wanted: string, usage: string): string {
  return `write ${usage}: ${describe(thing)} is not ${wanted}`;
}
