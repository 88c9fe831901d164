/**
 * What `console.log()` and a cell's last line show of an object, as Deno writes it.
 *
 * @module
 */
import {
  formatWithOptions,
  inspect as nodeInspect,
  type InspectOptions,
} from "node-inspect-extracted";

const options: InspectOptions = {
  depth: 4,
  // @ts-expect-error -- it takes this option of Node's, but does not name it.
  stylize: requoted,
};

/** Of what is written, a string as Deno writes it: between double quotes, unless these are the only ones in it. */
function requoted(text: string): string {
  const inner = text.slice(1, -1);
  const onlyDouble = inner.includes('"') && !inner.includes("\\'");
  if (!text.startsWith("'") || onlyDouble) return text;
  return `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
}

/** The text of one thing. */
export function inspect(thing: unknown): string {
  return nodeInspect(thing, options);
}

/** The text of what `console.log()` was given. */
export function format(things: unknown[]): string {
  return formatWithOptions(options, ...things);
}
