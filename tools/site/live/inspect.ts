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

/** Deno writes strings between double quotes. */
const options: InspectOptions = {
  // @ts-expect-error -- it takes this option of Node's, but does not name it.
  stylize: (text: string, style: string) =>
    style === "string" && text.startsWith("'")
      ? `"${text.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
      : text,
};

/** The text of one thing. */
export function inspect(thing: unknown): string {
  return nodeInspect(thing, options);
}

/** The text of what `console.log()` was given. */
export function format(things: unknown[]): string {
  return formatWithOptions(options, ...things);
}
