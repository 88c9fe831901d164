/**
 * What an error message says it got: `describe("3")` is `the string "3"`.
 *
 * @param thing anything a learner may have passed where something else belongs
 * @param Value the class, where a Value is not what belongs: any other Value is of another copy
 * @returns a few words that name the thing
 */
export function describe(thing: unknown, Value?: new (data: number) => object): string {
  switch (typeof thing) {
    case "string":
      return `the string ${JSON.stringify(thing.length > 40 ? thing.slice(0, 39) + "…" : thing)}`;
    case "bigint":
      return `the bigint ${thing}n`;
    case "function":
      return thing.name ? `the function ${thing.name}` : "a function";
    case "object":
      if (thing === null) return "null";
      if (Value !== undefined && thing instanceof Value) return "a Value";
      if (Array.isArray(thing)) return `an array of length ${thing.length}`;
      return describeObject(thing);
    default: // number, boolean, undefined, symbol
      return String(thing);
  }
}

function describeObject(thing: object): string {
  const name = Object.getPrototypeOf(thing)?.constructor?.name;
  if (name === "Value") return "a Value of another copy of this module (import it from one place)";
  return name === "Object" || !name ? "an object" : `an object of class ${name}`;
}
