/**
 * Tells a lesson in a terminal: its prose, its code and what the code shows, in turn, from the one
 * text that the notebook is made of.
 *
 * @module
 */
import { dim } from "@std/fmt/colors";
import { prose } from "./prose.ts";
import "./show.ts"; // It switches colours on where a terminal wants them.

/**
 * Reads a lesson, so that each cell of code can tell what stands before it, and itself.
 *
 * @param source the text of the lesson, in percent format
 * @returns `tell()`, the first line of each cell of code: it prints the prose since the last one and
 * the cell. What stands after the last cell of code is printed when the script ends
 * @example
 * ```ts
 * import source from "./03_chain_rule.ts" with { type: "text" };
 * import { teller } from "./tell.ts";
 *
 * const tell = teller(source);
 * ```
 */
export function teller(source: string): () => void {
  const [, ...parts] = source.replace(/\r\n/g, "\n").split(/^\/\/ %%(.*)\n/m);
  const cells = parts.flatMap((body, k) =>
    k % 2 === 0 ? [] : [{ isProse: parts[k - 1] === " [markdown]", body }]
  );
  const next = () => {
    for (; cells[0]?.isProse; cells.shift()) {
      console.log(`\n${prose(cells[0].body.replace(/^\/\/ ?/gm, ""))}`);
    }
    return cells.shift();
  };
  addEventListener("unload", () => {
    if (next() === undefined) console.log();
  }, { once: true });
  return () => {
    const cell = next();
    if (!cell) throw new Error("tell() is called more often than there are cells of code");
    console.log(`\n${told(cell.body)}`);
  };
}

/** A cell of code as a reader sees it: without `tell();`, a bar at its left. */
function told(code: string): string {
  return code.replace(/^tell\(\);\n/m, "").trim().split("\n")
    .map((line) => dim(`│ ${line}`.trimEnd())).join("\n");
}
