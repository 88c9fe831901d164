/**
 * Formulas in Markdown, typeset.
 *
 * @module
 */
import katex from "katex";
import type { TokenizerAndRendererExtension } from "marked";

/** What marked needs for `$…$` and `$$…$$`. */
export const mathematics: TokenizerAndRendererExtension[] = [
  mathematicsIn("block", /^ *\$\$/m, /^ *(\$\$)([^$]+)\$\$\s*/),
  mathematicsIn("inline", /\$/, /^(\$\$?)((?!\s)[^$]*[^$\s])\1(?!\d)([,.;:!?)]*)/),
];

/**
 * `$…$` and `$$…$$` for marked: `pattern` finds the dollars, what is between them, and the punctuation
 * that must not wrap to the next line.
 */
function mathematicsIn(
  level: "block" | "inline",
  start: RegExp,
  pattern: RegExp,
): TokenizerAndRendererExtension {
  const name = `${level} mathematics`;
  return {
    name,
    level,
    start: (text) => text.match(start)?.index,
    tokenizer(text) {
      const [raw, dollars, tex, mark] = pattern.exec(text) ?? [];
      if (raw) return { type: name, raw, dollars, tex, mark };
    },
    renderer({ dollars, tex, mark }) {
      const html = typeset(tex, dollars === "$$");
      return mark ? `<span class="together">${html}${mark}</span>` : html;
    },
  };
}

/** Mathematics to look at, and as MathML for screen readers. */
function typeset(tex: string, displayMode: boolean): string {
  const html = katex.renderToString(tex, { displayMode, strict: "error" });
  return displayMode ? `<span class="formula" tabindex="0">${html}</span>` : html;
}
