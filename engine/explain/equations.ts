/**
 * Equations, one below the other, in lines of text and as LaTeX.
 *
 * @module
 */
import { columns, formatNumber } from "../format.ts";
import { type Formula, type Name, write } from "./formula.ts";

/** A longer line of text is broken at its equals signs, in LaTeX too. */
const maxColumns = 80;

/** What is on the left, and what it is equal to, stage by stage. */
export interface Equation {
  left: Name;
  right: readonly Formula[];
  /** Whether a colon follows the left, which then only says what the right is about. */
  colon?: boolean;
}

/** Equations that are left out, so many. */
export interface Gap {
  omitted: number;
}

/** Equations that belong together, and perhaps a sentence before them. */
export interface Block {
  title?: Name;
  lines: readonly (Equation | Gap)[];
}

/**
 * Writes equations below each other, aligned at their equals signs.
 *
 * @param blocks the equations; the very last one takes a line for each of its stages
 * @returns lines of text, and an `aligned` block of LaTeX
 */
export function layOut(blocks: readonly Block[]): Name {
  const last = blocks.at(-1)?.lines.at(-1);
  const written = blocks.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => {
    const width = Math.max(...lines.map((line) => "left" in line ? columns(line.left.text) : 0));
    const rows = lines.map((line) =>
      "left" in line ? writeEquation(line, width, line === last) : writeGap(line, width)
    );
    if (title !== undefined) rows.unshift({ text: title.text, latex: `&${title.latex}` });
    return {
      text: rows.map(({ text }) => text).join("\n"),
      latex: rows.map(({ latex }) => latex).join("\n").replace(/(.*)\n/g, endRow),
    };
  });
  return {
    text: written.map(({ text }) => text).join("\n\n"),
    latex: `\\begin{aligned}
${written.map(({ latex }) => latex).join(" \\\\[3ex]\n")}
\\end{aligned}`,
  };
}

/**
 * A template for a sentence with names in it.
 *
 * @param words the words between the names
 * @param names the names, or more words
 * @returns the sentence as text and as LaTeX
 */
export function sentence(words: readonly string[], ...names: readonly (Name | string)[]): Name {
  const parts = words.flatMap((word, k) => k === 0 ? [word] : [names[k - 1], word]);
  return {
    text: parts.map((part) => typeof part === "string" ? part : part.text).join(""),
    latex: parts.filter((part) => part !== "")
      .map((part) => typeof part === "string" ? `\\text{${part}}` : part.latex).join(""),
  };
}

/** Space below fractions, which LaTeX would set too close to the next row. */
function endRow(_line: string, row: string): string {
  return `${row} ${/\\frac|\\begin/.test(row) ? "\\\\[2ex]" : "\\\\"}\n`;
}

function writeEquation({ left, right, colon }: Equation, width: number, last: boolean): Name {
  // A stage that reads like what stands before it has nothing to add.
  const stages = right.filter((stage, k) =>
    write(stage, "text") !== (k === 0 ? left.text : write(right[k - 1], "text"))
  );
  const [texts, latexes] = (["text", "latex"] as const).map((style) =>
    stages.map((stage, k) => (colon && k === 0 ? "" : equals(stage)[style]) + write(stage, style))
  );
  const indent = " ".repeat(width - columns(left.text));
  const beginning = `${indent}${left.text}${colon ? ":" : ""} `;
  const broken = last || columns(beginning + texts.join(" ")) > maxColumns;
  return {
    text: beginning + texts.join(broken ? `\n${" ".repeat(width)} ` : " "),
    latex: (colon ? `&${left.latex}{:}\\;` : `${left.latex} &`) +
      latexes.join(broken ? "\n&" : " "),
  };
}

/** Equal, or nearly: when a number has more digits than are shown. */
function equals(stage: Formula): Name {
  return isRounded(stage) ? { text: "≈ ", latex: "\\approx " } : { text: "= ", latex: "= " };
}

function isRounded(formula: Formula): boolean {
  if (typeof formula !== "number") return "args" in formula && formula.args.some(isRounded);
  return Math.abs(Number(formatNumber(formula)) - formula) > 1e-12 * Math.abs(formula);
}

function writeGap({ omitted }: Gap, width: number): Name {
  return {
    text: `${" ".repeat(width)} ⋮ ${omitted} more`,
    latex: `&\\;\\vdots\\quad\\text{${omitted} more}`,
  };
}
