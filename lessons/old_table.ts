/**
 * The table of lessons that are not rewritten yet: rows and formats instead of columns.
 *
 * @module
 */
import { sprintf } from "@std/fmt/printf";
import { table as tableOfColumns } from "./show.ts";

/** One column: its heading, and how `sprintf` writes what stands in it. */
export interface Column {
  readonly heading: string;
  readonly format?: string;
}

/** A table of rows. */
export async function table(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  await tableOfColumns(Object.fromEntries(columns.map(({ heading, format = "%v" }, k) => [
    // Two columns may have one heading.
    heading + " ".repeat(columns.slice(0, k).filter((other) => other.heading === heading).length),
    rows.map((row) => sprintf(format, row[k])),
  ])));
}
