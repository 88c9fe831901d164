/**
 * How a lesson shows things: as text in a terminal, as tables and pictures in a notebook.
 *
 * This is the one place that knows which of the two it is in. Lessons import it as
 * `../lessons/show.ts`, so that the same line works from notebooks/, too.
 *
 * @module
 */
import { bold, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { draw, type DrawOptions, type Value } from "../mod.ts";

/** Whether this is a notebook. */
export const notebook = inNotebook();
setColorEnabled(!notebook && Deno.stdout.isTerminal()); // With NO_COLOR, it stays without.

/** `Deno.jupyter` throws everywhere but in a kernel. */
function inNotebook(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false;
  }
}

// Interrupting a cell that has passed an `await` leaves a promise that nothing settles, and the kernel
// is busy until V8 collects it, which may be never. `deno task lab` gives its kernels `gc()`.
const { gc } = globalThis as { gc?: () => void };
if (notebook && gc) setInterval(gc, 1000);

/** Shows one MIME bundle in the notebook, its plain text in the terminal. */
async function display(bundle: { "text/plain": string; [mime: string]: string }): Promise<void> {
  if (!notebook) return console.log(`\n${bundle["text/plain"]}`);
  await Deno.jupyter.display(bundle, { raw: true });
  waitForKernel();
}

/**
 * Another thread of the kernel sends what a cell shows, as output of the cell that runs *then*: when
 * all cells run in a row, that may be the next one. A few milliseconds, and it has been sent.
 */
export function waitForKernel(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

/** A mark that says whether two numbers agree: within `tolerance` of each other. */
export function agree(x: number, y: number, tolerance: number): string {
  const difference = Math.abs(x - y);
  return difference <= tolerance ? "✓" : minus(`✗ off by ${small(difference)}`);
}

/** A number of which only the size matters, such as an error: `2.1e-14`, `0.5`, `14`. */
export function small(x: number): string {
  const size = Math.abs(x);
  const isPlain = x === 0 || size >= 0.1 && size < 1000;
  return isPlain ? `${Number(x.toPrecision(2))}` : x.toExponential(1).replace("e+", "e");
}

/** What stands in one place of a {@linkcode table}: a number, or a text that is shown as it is. */
export type Item = number | string;
type Columns = Readonly<Record<string, readonly Item[]>>;
type Rows = readonly Readonly<Record<string, Item>>[];

/**
 * A table: aligned columns in the terminal, an HTML table in the notebook. Columns of numbers stand
 * to the right, also when these are written as strings, such as by `toFixed(1)`.
 *
 * @param data columns, `{ x: [1, 2], y: [3, 4] }`, or the rows of it, `[{ x: 1, y: 3 }, { x: 2, y: 4 }]`
 * @param options `digits`: how many stand after the point, in every column of numbers in which one is
 * not whole; or `{ y: 6 }`, in the columns with these headings alone
 * @throws {TypeError} when one column is longer than another
 */
export async function table(
  data: Columns | Rows,
  { digits = {} }: { digits?: number | Readonly<Record<string, number>> } = {},
): Promise<void> {
  const columns = isRows(data)
    ? Object.fromEntries(
      Object.keys(data[0] ?? {}).map((heading) => [heading, data.map((row) => row[heading])]),
    )
    : data;
  const names = Object.keys(columns), headings = names.map(minus);
  const items = Object.entries(columns).map(([heading, column]) => {
    const whole = column.every((item) => typeof item === "string" || Number.isInteger(item));
    const places = typeof digits === "object" ? digits[heading] : whole ? undefined : digits;
    return column.map((item) =>
      minus(typeof item === "string" || places === undefined ? `${item}` : item.toFixed(places))
    );
  });
  const odd = names.find((_, k) => items[k].length !== items[0].length);
  if (odd !== undefined) {
    throw new TypeError(
      `write as many items under "${odd}" as under "${names[0]}": ` +
        `there are ${columns[odd].length} and ${items[0].length}`,
    );
  }
  const rows = (items[0] ?? []).map((_, row) => items.map((column) => column[row]));
  const toTheRight = items.map((column) =>
    column.every((item) => item === "" || number.test(item))
  );
  const widths = headings.map((heading, k) =>
    Math.max(heading.length, ...items[k].map((item) => item.length))
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, k) => toTheRight[k] ? cell.padStart(widths[k]) : cell.padEnd(widths[k]))
      .join("   ").trimEnd();
  const text = [
    bold(line(headings)),
    dim(widths.map((width) => "─".repeat(width)).join("   ")),
    ...rows.map((row) => coloured(line(row))),
  ];
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${
      cells.map((cell, k) =>
        `<${tag} style="text-align:${toTheRight[k] ? "right" : "left"}">${escape(cell)}</${tag}>`
      ).join("")
    }</tr>`;
  const html = [
    "<table>",
    `<thead>${row("th", headings)}</thead>`,
    "<tbody>",
    ...rows.map((cells) => row("td", cells)),
    "</tbody>",
    "</table>",
  ];
  await display({ "text/html": html.join("\n"), "text/plain": indent(text.join("\n")) });
}

function isRows(data: Columns | Rows): data is Rows {
  return Array.isArray(data);
}

/** A number as a table writes it, also with an exponent or as a percentage. */
const number = /^−?(\d[\d.,]*(e[+−]?\d+)?|Infinity|NaN)( ?%)?$/;

/** The picture that the next one may take the place of: its id in a notebook, its lines in a terminal. */
const lastPicture = { id: "", lines: 0 };

/** How far {@linkcode progress} is, and the picture that a pipe shows once it has ended. */
const way = { done: 0, total: 0, picture: "" };

/**
 * A picture: characters in the terminal, SVG in the notebook, made only there.
 *
 * @param text the picture as characters
 * @param makeSvg makes the picture as SVG
 * @param options `during`: of how many pictures of something that goes on this is which. Each takes the
 * place of the one before; where a terminal cannot do that (a file, a pipe), only the last is printed
 */
export async function picture(
  text: string,
  makeSvg: () => Promise<string>,
  { during }: { readonly during?: readonly [done: number, total: number] } = {},
): Promise<void> {
  const isFirst = during === undefined || during[0] === 1;
  if (!notebook) {
    const inPlace = Deno.stdout.isTerminal();
    if (!inPlace && during !== undefined) {
      const [done, total] = during;
      if (done < total) return;
      if (way.total === total && way.done === done - 1) return void (way.picture = text);
    }
    const start = inPlace && !isFirst ? `\x1b[${lastPicture.lines}A\r\x1b[J` : "\n";
    console.log(start + indent(text));
    lastPicture.lines = text.split("\n").length;
    return;
  }
  const svg = await makeSvg();
  // As HTML its text can be selected and read aloud; the other two are for where HTML is not shown.
  const bundle = { "text/html": svg, "image/svg+xml": svg, "text/plain": text };
  if (during === undefined) return await display(bundle);
  if (isFirst) lastPicture.id = crypto.randomUUID();
  const isLast = during[0] === during[1];
  const { "image/svg+xml": _, ...passing } = bundle;
  await displayInPlace(isLast ? bundle : passing, { id: lastPicture.id, isFirst });
  waitForKernel();
}

/** Shows a MIME bundle in the notebook, where the first with the same id is. */
async function displayInPlace(
  data: Record<string, string>,
  { id, isFirst }: { id: string; isFirst: boolean },
): Promise<void> {
  await Deno.jupyter.broadcast(isFirst ? "display_data" : "update_display_data", {
    data,
    metadata: {},
    transient: { display_id: id },
  });
}

/** The graph of a Value: a tree in the terminal, a picture in the notebook. */
export async function graph(value: Value, options?: DrawOptions): Promise<void> {
  await show(draw(value, options));
}

/** Anything that has a picture of its own: its rich form in the notebook, its text in the terminal. */
export async function show(thing: object): Promise<void> {
  if (!notebook) return console.log(`\n${indent(String(thing))}`);
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
    await displayInPlace({ "text/plain": line }, { id: progressId, isFirst: done === 1 });
    if (done === 1 || done === total) waitForKernel();
  } else if (Deno.stdout.isTerminal()) {
    const end = done === total ? "\n" : "";
    Deno.stdout.writeSync(new TextEncoder().encode(`\r\x1b[K${indent(line)}${end}`));
  } else if (done % Math.ceil(total / 10) === 0 || done === total) {
    console.log(indent(line));
    if (way.picture !== "") console.log(`\n${indent(way.picture)}`);
    way.picture = "";
  }
  Object.assign(way, { done, total });
}

/** Prints lines of plain text, in both. Strings get the minus sign; a Value prints as it does. */
export function print(...lines: unknown[]): void {
  const text = lines.map((line) => typeof line === "string" ? minus(line) : String(line)).join(
    "\n",
  );
  console.log(
    notebook ? text : indent(coloured(text.split("\n").map((l) => wrapped(l)).join("\n"))),
  );
  if (notebook) waitForKernel();
}

/** A line broken at spaces so that no piece is longer than 76 columns. */
function wrapped(line: string): string {
  return line.replace(/(?=.{77})(.{1,76}) +/g, "$1\n");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** The minus sign of mathematics for the hyphen before a number. */
function minus(text: string): string {
  return text.replace(/(?<![\p{L}\d])-(?=\d|Infinity)|(?<=\de)-(?=\d)/gu, "−");
}

function coloured(text: string): string {
  return text.replace(/✓/g, green("✓")).replace(/✗.*/g, (mark) => red(mark));
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
