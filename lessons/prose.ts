/**
 * Prose for a terminal: the Markdown that lessons use, wrapped, with its mathematics as Unicode.
 *
 * @module
 */
import { bold, cyan, italic, stripAnsiCode } from "@std/fmt/colors";
import { plainMath } from "./plain_math.ts";

/** The columns that prose takes, of the 80 that a terminal has. */
const columns = 78;

/** The longest code or formula that stays on one line. */
const unbreakable = 40;

/**
 * Markdown as text for a terminal: headings, paragraphs, lists, quotes, code and formulas.
 *
 * @param markdown the text of one or several cells
 * @returns the same with line ends, in colour where that is switched on
 */
export function prose(markdown: string): string {
  let text = "", end = 0;
  for (const { 0: source, index } of markdown.matchAll(blocks)) {
    const near = /^\n$/.test(markdown.slice(end, index)) && item.test(source);
    text += (text === "" ? "" : near ? "\n" : "\n\n") + block(source);
    end = index + source.length;
  }
  return text;
}

const item = /^ *(?:[-*]|\d+\.) /;

/** Code between fences, a formula, a heading, an item, or lines up to what begins something else. */
const blocks = new RegExp(
  [
    "^```[^]*?^```",
    "^ *\\$\\$[^]*?\\$\\$",
    "^#+ .*",
    "^ *(?:[-*]|\\d+\\.) .*(?:\\n(?! *(?:[-*]|\\d+\\.) | *\\$\\$|#+ |```).+)*",
    // A number at the beginning of a line is an item only where a list begins with 1.
    "^.+(?:\\n(?! *(?:[-*]|1\\.) | *\\$\\$|#+ |```).+)*",
  ].join("|"),
  "gm",
);

function block(text: string): string {
  const margin = /^ */.exec(text)![0];
  const [, hashes, title] = /^(#+) (.*)$/.exec(text) ?? [];
  if (hashes) {
    const line = plain(title);
    return hashes.length > 1 ? bold(line) : bold(cyan(`${line}\n${"━".repeat(line.length)}`));
  }
  if (text.startsWith("```")) {
    return text.split("\n").slice(1, -1).map((line) => `    ${line}`.trimEnd()).join("\n");
  }
  const formula = /^ *\$\$(.*)\$\$$/s.exec(text)?.[1];
  if (formula !== undefined) {
    return plainMath(formula).split("\n").flatMap(fitting)
      .map((line) => wrap(line, `${margin}    `, `${margin}    `)).join("\n");
  }
  const [, mark = "", words] = /^\s*([-*] |\d+\. |> )?(.*)$/s.exec(text)!;
  const bullet = mark.replace(/[-*]/, "•").replace(">", "│");
  const hanging = mark === "> " ? "│ " : " ".repeat(mark.length);
  return wrap(inline(words.replace(/\n> ?/g, "\n")), margin + bullet, margin + hanging);
}

/** Formulas beside each other stand below each other where the terminal is too narrow for both. */
function fitting(line: string): string[] {
  return line.length <= columns - 4 ? [line] : line.split(/(?<=\S) {3}(?=\S)/);
}

/** What stands in a line: code, mathematics, emphasis, links. Code and formulas are not broken. */
function inline(text: string): string {
  const parts =
    /`([^`]+)`|\$\$?([^$]+)\$\$?|\*\*(.+?)\*\*|(?<!\w)\*(?!\s)(.+?)\*|\[([^\]]+)\]\(([^)]+)\)/gs;
  return text.replace(/\s*\n\s*/g, " ").replace(
    parts,
    (_, code, formula, strong, emphasis, link, address) =>
      code !== undefined
        ? cyan(unbroken(code))
        : formula !== undefined
        ? unbroken(plainMath(formula))
        : strong !== undefined
        ? bold(inline(strong))
        : emphasis !== undefined
        ? italic(inline(emphasis))
        : `${inline(link)} (${cyan(addressed(address))})`,
  );
}

/** Where a link leads for someone in a terminal: a notebook's lesson is a script there. */
function addressed(address: string): string {
  return address.replace(/^(\d\d_\w+)\.ipynb.*$/, "lessons/$1.ts").replace(/^\.\.\//, "");
}

function unbroken(text: string): string {
  return text.length > unbreakable ? text : text.replaceAll(" ", "\u00a0");
}

function plain(text: string): string {
  return stripAnsiCode(inline(text)).replaceAll("\u00a0", " ");
}

/** Breaks a line at spaces. The first begins with `first`, the others with `others`. */
function wrap(text: string, first: string, others: string): string {
  const lines: string[] = [];
  let line = first, width = first.length;
  for (const word of text.split(" ")) {
    const length = stripAnsiCode(word).length;
    if (width + length > columns && line !== first) {
      lines.push(line.trimEnd());
      [line, width] = [others, others.length];
    }
    line += `${word} `;
    width += length + 1;
  }
  return [...lines, line.trimEnd()].join("\n").replaceAll("\u00a0", " ");
}
