/**
 * Formulas and prose that a cell shows, as HTML. KaTeX is large: it is loaded when one is shown.
 *
 * @module
 */
import { Marked } from "marked";
import { mathematics } from "../mathematics.ts";

const marked = new Marked({ extensions: mathematics });

/** Markdown with formulas as HTML; not yet sanitised. */
export function markdown(text: string): string {
  return marked.parse(text, { async: false });
}
