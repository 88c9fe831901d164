/**
 * Aligned equations, as lines of text and as LaTeX.
 *
 * @module
 */
import { columns, formatNumber } from "../format.ts";
import { type Formula, type Name, write } from "./formula.ts";

/** A longer line of text is broken at its equals signs; the LaTeX is broken at the same places. */
const maxColumns = 80;

/** The left side of an equation, and the expressions that it is equal to, stage by stage. */
export interface Equation {
  left: Name;
  right: readonly Formula[];
  /** Whether the left side is a heading, followed by a colon, and not part of the equation. */
  colon?: boolean;
}

/** A number of equations left out. */
export interface Gap {
  omitted: number;
}

/** A group of equations, with an optional sentence before it. */
export interface Block {
  title?: Name;
  lines: readonly (Equation | Gap)[];
}

/**
 * Writes equations one below the other, aligned at their equals signs.
 *
 * @param blocks the equations; each stage of the very last one is on a line of its own
 * @returns lines of text, and an `aligned` block of LaTeX
 */
export function layOut(blocks: readonly Block[]): Name {
  const last = blocks.at(-1)?.lines.at(-1);
  const written = blocks.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => {
    const lefts = lines.flatMap((line) => "left" in line ? [columns(line.left.text)] : []);
    const width = Math.max(...lefts);
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
 * A template tag for a sentence that contains names.
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

/** Adds space below fractions, which LaTeX would typeset too close to the next row. */
function endRow(_line: string, row: string): string {
  return `${row} ${/\\frac|\\begin/.test(row) ? "\\\\[2ex]" : "\\\\"}\n`;
}

function writeEquation({ left, right, colon }: Equation, width: number, last: boolean): Name {
  // A stage that reads the same as the one before it is left out.
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

/** An equals sign, or ≈ if a number has more digits than are shown. */
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
