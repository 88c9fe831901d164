// Runs a lesson as a learner does, with no permission, and reads what it shows.
import { assert } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";

/** What a lesson prints in a terminal, from its title to its end, without colours, with hyphens. */
export async function output(lesson: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...things) => lines.push(things.map(String).join(" "));
  try {
    await lesson();
    dispatchEvent(new Event("unload"));
  } finally {
    console.log = log;
  }
  const text = stripAnsiCode(lines.join("\n"));
  for (const line of text.split("\n")) assert(line.length <= 80, `wider than a terminal: ${line}`);
  return text.replaceAll("−", "-");
}

/** The cells of the first row that begins with `first`, after the text `under`. */
export function row(text: string, first: string, under = ""): string[] {
  const start = text.indexOf(under);
  assert(start >= 0, `"${under}" is missing in\n${text}`);
  const rows = text.slice(start).split("\n").filter((line) => /^ +\S.*? {2}/.test(line));
  const line = rows.find((line) => line.trimStart().startsWith(first));
  assert(line !== undefined, `no row "${first}" under "${under}" in\n${text}`);
  return line.trim().split(/ {2,}/);
}

/** Asserts that something shows every one of these lines. */
export function assertLines(text: string, lines: string[]) {
  const printed = new Set(text.split("\n").map((line) => line.trim()));
  for (const line of lines) assert(printed.has(line), `the line "${line}" is missing in\n${text}`);
}

/**
 * The cells of each row of a table: of the first with this heading, whose columns are separated by one
 * space here, or of the `k`-th after it.
 */
export function tableUnder(text: string, heading: string, k = 0): string[][] {
  const lines = text.split("\n").map((line) => line.trim());
  const starts = lines.flatMap((line, n) => line.replace(/ {2,}/g, " ") === heading ? [n + 2] : []);
  assert(starts.length > k, `there is no table "${heading}" in\n${text}`);
  const rows = lines.slice(starts[k], lines.indexOf("", starts[k]));
  return rows.map((line) => line.split(/ {2,}/));
}
