/**
 * Argument checks for public functions. Neither `deno run` nor a notebook checks types: without these a
 * mistake would become a NaN, or a wrong number, that nobody sees.
 *
 * A check takes arguments by their names, as in `requireNumber({ x }, …)`, and throws
 * `write …: x is this, not that`: what to write, which parameter, what it got, what it takes. Where it is
 * called for every node, ask first: `if (!Array.isArray(xs)) requireArray({ xs }, usage)`.
 * {@linkcode keepName} keeps the names of classes, which messages read.
 *
 * @module
 */

/** The kinds of numbers that functions take. */
const kinds = {
  "a number": () => true,
  "a finite number": Number.isFinite,
  "a positive number": (x: number) => x > 0 && x < Infinity,
  "a non-negative number": (x: number) => x >= 0 && x < Infinity,
  "a number from 0 to below 1": (x: number) => x >= 0 && x < 1,
  "a positive integer": (x: number) => Number.isSafeInteger(x) && x >= 1,
};

/**
 * Throws unless each argument is a number of a kind.
 *
 * @param args the arguments by name
 * @param kind which numbers are accepted
 * @param usage what to write
 * @throws {TypeError} when one is not a number
 * @throws {RangeError} when one is a number of another kind
 */
export function requireNumber(
  args: Record<string, unknown>,
  kind: keyof typeof kinds,
  usage: string,
): void {
  for (const name in args) {
    const thing = args[name];
    if (typeof thing !== "number") throw new TypeError(refusal({ [name]: thing }, kind, usage));
    if (!kinds[kind](thing)) throw new RangeError(refusal({ [name]: thing }, kind, usage));
  }
}

/**
 * Throws unless an argument is one of a few strings or numbers.
 *
 * @param arg the argument by name
 * @param choices the strings or numbers
 * @param usage what to write
 * @throws {RangeError} when it is none of them
 */
export function requireOneOf(
  arg: Record<string, unknown>,
  choices: readonly unknown[],
  usage: string,
): void {
  if (choices.includes(Object.values(arg)[0])) return;
  const names = choices.map((choice) => JSON.stringify(choice)).join(", ");
  throw new RangeError(refusal(arg, `one of ${names}`, usage));
}

/**
 * Throws unless each argument is a function.
 *
 * @param args the arguments by name
 * @param usage what to write
 * @throws {TypeError} when one is not
 */
export function requireFunction(args: Record<string, unknown>, usage: string): void {
  for (const name in args) {
    const thing = args[name];
    if (typeof thing === "function") continue;
    throw new TypeError(refusal({ [name]: thing }, "a function", usage));
  }
}

/**
 * Throws unless each argument is an array.
 *
 * @param args the arguments by name
 * @param usage what to write
 * @throws {TypeError} when one is not
 */
export function requireArray(args: Record<string, unknown>, usage: string): void {
  for (const name in args) {
    const thing = args[name];
    if (!Array.isArray(thing)) throw new TypeError(refusal({ [name]: thing }, "an array", usage));
  }
}

/**
 * Throws unless each argument is an array that is not empty.
 *
 * @param args the arguments by name
 * @param usage what to write
 * @throws {TypeError} when one is not an array
 * @throws {RangeError} when one is empty
 */
export function requireFilledArray(args: Record<string, unknown>, usage: string): void {
  requireArray(args, usage);
  for (const name in args) {
    const thing = args[name];
    if ((thing as unknown[]).length > 0) continue;
    throw new RangeError(refusal({ [name]: thing }, "an array of at least one", usage));
  }
}

/**
 * Throws unless each argument is an instance of a class.
 *
 * @param args the arguments by name
 * @param kind the class
 * @param usage what to write
 * @throws {TypeError} when one is not
 */
export function requireInstance(
  args: Record<string, unknown>,
  kind: { name: string },
  usage: string,
): void {
  for (const name in args) {
    const thing = args[name];
    if (thing instanceof (kind as new () => unknown)) continue;
    const got = kind.name === "Value" ? nonValueInWords(thing) : inWords(thing);
    throw new TypeError(`write ${usage}: ${name} is ${got}, not a ${kind.name}`);
  }
}

/**
 * Throws unless an argument is an object with no other options than these: a misspelt option would be
 * ignored.
 *
 * @param arg the argument by name
 * @param names the names of the options
 * @param usage what to write
 * @throws {TypeError} when it is not an object, or has another option
 */
export function requireOptions(
  arg: Record<string, unknown>,
  names: readonly string[],
  usage: string,
): void {
  const [options] = Object.values(arg);
  if (inWords(options) !== "an object") {
    throw new TypeError(refusal(arg, "an object of options", usage));
  }
  for (const name of Object.keys(options as object)) {
    if (names.includes(name)) continue;
    throw new TypeError(
      `write ${usage}: ${inWords(name)} is not an option, the options are ${names.join(", ")}`,
    );
  }
}

/**
 * Throws for more than the memory of an ordinary machine holds. Running out of it would end the whole
 * program, and with it everything that a notebook has computed.
 *
 * @param count how many there are
 * @param most how many there may be
 * @param usage what to write
 * @throws {RangeError} when there are more
 */
export function requireAtMost(count: number, most: number, usage: string): void {
  if (count <= most) return;
  throw new RangeError(`write ${usage}: ${count} are too many, the maximum is ${most}`);
}

/**
 * Throws unless all Values can be assigned to, so that either all of them change or none.
 *
 * @param values the Values
 * @param usage what to write
 * @throws {TypeError} when one is frozen
 */
export function requireWritable(values: readonly { grad: number }[], usage: string): void {
  let k = 0;
  try {
    // deno-lint-ignore no-self-assign -- throws if it is frozen, ten times as fast as isFrozen()
    for (; k < values.length; k++) values[k].grad = values[k].grad;
  } catch {
    throw new TypeError(`write ${usage} on Values that are not frozen: ${values[k]} is frozen`);
  }
}

/**
 * The message of a check: `refusal({ x }, "a number", "f(3)")`.
 *
 * @param arg the argument, by its name
 * @param wanted what it should be
 * @param usage what to write
 * @returns `write f(3): x is this, not a number`
 */
export function refusal(arg: Record<string, unknown>, wanted: string, usage: string): string {
  const [[name, thing]] = Object.entries(arg);
  return `write ${usage}: ${name} is ${inWords(thing)}, not ${wanted}`;
}

/**
 * What an error message says it got: `inWords("3")` is `the string "3"`.
 *
 * @param thing anything that may be passed by mistake
 * @returns a few words for it
 */
export function inWords(thing: unknown): string {
  switch (typeof thing) {
    case "string":
      return `the string ${JSON.stringify(thing.length > 40 ? thing.slice(0, 39) + "…" : thing)}`;
    case "bigint":
      return `the bigint ${thing}n`;
    case "function":
      return thing.name ? `the function ${thing.name}` : "a function";
    case "object": {
      if (thing === null) return "null";
      if (Array.isArray(thing)) return `an array of length ${thing.length}`;
      const name = Object.getPrototypeOf(thing)?.constructor?.name;
      if (name === "Value") return "a Value";
      return name === "Object" || !name ? "an object" : `an object of class ${name}`;
    }
    default: // number, boolean, undefined, symbol
      return String(thing);
  }
}

/**
 * The same for what should be a Value and is not. An object whose class is called Value comes from a
 * second copy of this module, or is a Proxy, as around the state of a reactive user interface.
 *
 * @param thing what is not a Value of this module
 * @returns a few words for it
 */
export function nonValueInWords(thing: unknown): string {
  const words = inWords(thing);
  return words === "a Value"
    ? "a Value of another copy of this module (import it from one place) or a Proxy of one"
    : words;
}

/**
 * Keeps the name of a class, which messages and `console.log` read, when a minifier shortens it.
 *
 * @param constructor the class
 * @param name its name
 */
export function keepName(constructor: abstract new (...args: never[]) => unknown, name: string) {
  Object.defineProperty(constructor, "name", { value: name });
}
