/**
 * What an error message says it got: `describe("3")` is `the string "3"`.
 *
 * @param thing anything a learner may have passed where something else belongs
 * @returns a few words that name the thing
 */
export function describe(thing: unknown): string {
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
 * The same for what should be a Value and is not. If it calls itself one, the program holds this
 * module twice, or a Proxy stands before it, as around the state of a reactive user interface.
 *
 * @param thing what is not a Value of this module
 * @returns a few words that name the thing
 */
export function describeNonValue(thing: unknown): string {
  const words = describe(thing);
  return words === "a Value"
    ? "a Value of another copy of this module (import it from one place), or a Proxy of one,"
    : words;
}
