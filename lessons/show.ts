/**
 * How a lesson shows things: as text in a terminal, as tables and pictures in a notebook.
 *
 * This is the one place that knows which of the two it is in. Lessons import it as
 * `../lessons/show.ts`, so that the same line works from notebooks/, too.
 *
 * @module
 */
import { bold, cyan, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { sprintf } from "@std/fmt/printf";
import { draw, type DrawOptions, type Value } from "../mod.ts";

const notebook = inNotebook();
setColorEnabled(!notebook && !Deno.noColor && Deno.stdout.isTerminal());

/** `Deno.jupyter` throws everywhere but in a kernel. */
function inNotebook(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}

/** Shows one MIME bundle in the notebook, its plain text in the terminal. */
async function display(bundle: { "text/plain": string; [mime: string]: string }): Promise<void> {
  if (!notebook) return console.log(bundle["text/plain"]);
  await Deno.jupyter.display(bundle, { raw: true });
  waitForKernel();
}

/**
 * Another thread of the kernel sends what a cell shows, as output of the cell that runs *then*: when
 * all cells run in a row, that may be the next one. A few milliseconds, and it has been sent.
 */
function waitForKernel(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

/**
 * Opens a lesson in the terminal: its title and what it is about. A notebook has both in its first
 * text.
 */
export function title(text: string, ...lines: string[]): void {
  if (notebook) return;
  console.log(`\n${bold(cyan(text))}\n${cyan("━".repeat(text.length))}`);
  for (const line of lines) console.log(line);
}

/** Opens a step in the terminal: a heading and what there is to see. A notebook has it as text. */
export function step(text: string, ...lines: string[]): void {
  if (notebook) return;
  console.log(`\n${bold(text)}`);
  for (const line of lines) console.log(dim(line));
}

/** Closes a lesson in the terminal with what to try. A notebook has it as text. */
export function yourTurn(...prompts: string[]): void {
  if (notebook) return;
  console.log(`\n${bold(cyan("Your turn"))}`);
  for (const prompt of prompts) console.log(`  ${cyan("→")} ${wrapped(prompt, "    ")}`);
  console.log();
}

/** A mark that says whether two numbers agree: within `tolerance` of each other. */
export function agree(x: number, y: number, tolerance: number): string {
  return Math.abs(x - y) <= tolerance ? "✓" : `✗ off by ${sprintf("%.1e", Math.abs(x - y))}`;
}

/** One column of a {@linkcode table}: its heading, and how `sprintf` writes what stands in it. */
export interface Column {
  readonly heading: string;
  /** A format of `@std/fmt/printf`, `"%v"` by default. Numbers stand to the right. */
  readonly format?: string;
}

/**
 * A table: aligned columns in the terminal, an HTML table in the notebook.
 *
 * @param columns the headings and formats
 * @param rows one array a row, one item a column
 */
export async function table(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const cells = rows.map((row) =>
    row.map((item, k) => minus(sprintf(columns[k].format ?? "%v", item)))
  );
  const toTheRight = columns.map((_, k) => typeof rows[0]?.[k] === "number");
  const widths = columns.map(({ heading }, k) =>
    Math.max(heading.length, ...cells.map((row) => row[k].length))
  );
  const line = (items: readonly string[]) =>
    items.map((item, k) => toTheRight[k] ? item.padStart(widths[k]) : item.padEnd(widths[k]))
      .join("   ").trimEnd();
  const headings = columns.map(({ heading }) => heading);
  const text = [
    bold(line(headings)),
    dim(widths.map((width) => "─".repeat(width)).join("   ")),
    ...cells.map((row) => coloured(line(row))),
  ];
  const align = (k: number) => `style="text-align:${toTheRight[k] ? "right" : "left"}"`;
  const html = [
    "<table>",
    `<thead><tr>${
      headings.map((h, k) => `<th ${align(k)}>${escape(h)}</th>`).join("")
    }</tr></thead>`,
    "<tbody>",
    ...cells.map((row) =>
      `<tr>${row.map((cell, k) => `<td ${align(k)}>${escape(cell)}</td>`).join("")}</tr>`
    ),
    "</tbody>",
    "</table>",
  ];
  await display({ "text/html": html.join("\n"), "text/plain": indent(text.join("\n")) });
}

/** A picture: characters in the terminal, SVG in the notebook, made only there. */
export async function picture(text: string, makeSvg: () => Promise<string>): Promise<void> {
  if (!notebook) return console.log(indent(text));
  const svg = await makeSvg();
  // As HTML its text can be selected and read aloud; the other two are for where HTML is not shown.
  await display({ "text/html": svg, "image/svg+xml": svg, "text/plain": text });
}

/** The graph of a Value: a tree in the terminal, a picture in the notebook. */
export async function graph(value: Value, options?: DrawOptions): Promise<void> {
  await show(draw(value, options));
}

/** Anything that has a picture of its own: its rich form in the notebook, its text in the terminal. */
export async function show(thing: object): Promise<void> {
  if (!notebook) return print(thing);
  await Deno.jupyter.display(thing);
  waitForKernel();
}

/** Which output of the notebook the progress that runs now rewrites: that of its first step. */
let progressId = "";

/**
 * One line that follows something long, in place: a bar, and a text beside it. Where a terminal
 * cannot rewrite a line (a file, a pipe), every tenth of the way gets a line of its own.
 */
export async function progress(done: number, total: number, text: string): Promise<void> {
  const length = Math.round(20 * done / total);
  const line = `${"█".repeat(length)}${"░".repeat(20 - length)} ${done}/${total}  ${text}`;
  if (notebook) {
    if (done === 1) progressId = crypto.randomUUID();
    await Deno.jupyter.broadcast(done === 1 ? "display_data" : "update_display_data", {
      data: { "text/plain": line },
      metadata: {},
      transient: { display_id: progressId },
    });
    if (done === 1 || done === total) waitForKernel();
  } else if (Deno.stdout.isTerminal()) {
    const end = done === total ? "\n" : "";
    Deno.stdout.writeSync(new TextEncoder().encode(`\r\x1b[K${indent(line)}${end}`));
  } else if (done % Math.ceil(total / 10) === 0) {
    console.log(indent(line));
  }
}

/** Prints lines of plain text, in both. */
export function print(...lines: unknown[]): void {
  const text = lines.map(String).join("\n");
  console.log(
    notebook ? text : indent(coloured(text.split("\n").map((l) => wrapped(l)).join("\n"))),
  );
  if (notebook) waitForKernel();
}

/** A line broken at spaces so that no piece is longer than 76 columns. */
function wrapped(line: string, margin = ""): string {
  return line.replace(/(?=.{77})(.{1,76}) +/g, `$1\n${margin}`);
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** The minus sign of mathematics for the hyphen before a number. */
function minus(text: string): string {
  return text.replace(/(?<![\p{L}\d])-(?=\d)|(?<=\de)-(?=\d)/gu, "−");
}

function coloured(text: string): string {
  return text.replace(/✓/g, green("✓")).replace(/✗.*/g, (mark) => red(mark));
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
