/**
 * A lesson in percent format, as a Jupyter notebook.
 *
 * `// %% [markdown]` starts a cell of prose, written as `//` comments; `// %%` starts a cell of
 * code, and `// %% [measured]` one that shows something else every time, such as a speed. What makes
 * a terminal tell the lesson is left out: the lines before the first cell, and each `tell();`. The
 * same lesson always gives the same notebook, byte for byte.
 *
 * @module
 */

/** A notebook of nbformat 4.5, as far as lessons use it. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: 5;
}

/** A cell: prose, or code with its outputs. */
export type Cell =
  | { cell_type: "markdown"; id: string; metadata: Record<string, never>; source: string[] }
  | {
    cell_type: "code";
    id: string;
    metadata: { tags?: string[] };
    source: string[];
    execution_count: number | null;
    outputs: Output[];
  };

/** What a cell of code shows. Text is a list of lines in a file, and one string from the kernel. */
export type Output =
  | { output_type: "stream"; name: string; text: string | string[] }
  | { output_type: "display_data"; data: Data; metadata: Record<string, unknown> }
  | {
    output_type: "execute_result";
    data: Data;
    metadata: Record<string, unknown>;
    execution_count: number | null;
  }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** One output in several formats, by MIME type. */
export type Data = Record<string, unknown>;

const metadata = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** What works in a script and not in a notebook, and what to write instead. */
const refusals: readonly [RegExp, string][] = [
  [
    /\b(?:from|import)\s*\(?\s*["']\.\/([^"']*)/,
    'a notebook lies in another folder than its lesson: write "../$2/$1" instead of "./$1"',
  ],
  [/\bDeno\.exit\b/, "Deno.exit() ends the kernel of a notebook: let the lesson run to its end"],
  [/\bimport\.meta\b/, "a notebook has no import.meta: write the path out"],
  [/\bDeno\.stdout\.write/, "a notebook does not show Deno.stdout.write(): write console.log()"],
];

/** What may stand before the first cell: comments, and what `tell()` is made of. */
const preamble = new RegExp(
  '^(|#!.*|//.*|import source from "./\\w+.ts" with { type: "text" };|' +
    'import { teller } from "./tell.ts";|const tell = teller\\(source\\);.*)$',
);

/**
 * The notebook of a lesson or an exercise, not yet executed.
 *
 * @param lesson the text of the lesson
 * @param name its file's name without `.ts`, such as `03_chain_rule`; it starts each cell's id
 * @param folder where the file is. The notebooks of exercises lie one folder deeper than they, so
 * that `../` in an import becomes `../../`
 * @returns the notebook
 * @throws {SyntaxError} with the line and what to write, when the lesson is not in percent format
 * or holds what cannot work in a notebook
 */
export function toNotebook(
  lesson: string,
  name: string,
  folder: "lessons" | "exercises" = "lessons",
): Notebook {
  if (!/^\d\d_[a-z0-9_]{1,50}$/.test(name)) {
    throw new SyntaxError(`${folder}/${name}.ts: name a lesson like 03_chain_rule.ts`);
  }
  const refuse = (line: number, why: string) => {
    throw new SyntaxError(`${folder}/${name}.ts:${line + 1}: ${why}`);
  };
  const deeper = (text: string) =>
    folder === "exercises" ? text.replace(/^(.*\bfrom "\.\.\/)/, "$1../") : text;
  const lines = lesson.replace(/\r\n/g, "\n").split("\n");
  const starts = lines.flatMap((text, line) => {
    if (!/^\s*\/\/\s*%%/.test(text)) return [];
    if (!/^\/\/ %%( \[(markdown|measured)\])?$/.test(text)) {
      refuse(line, "write `// %%` before code and `// %% [markdown]` before prose");
    }
    return [line];
  });
  lines.slice(0, starts[0]).forEach((text, line) => {
    if (!preamble.test(text)) refuse(line, "write `// %% [markdown]` or `// %%` before this line");
  });
  if (starts.length === 0) refuse(0, "the lesson is empty: write `// %% [markdown]` and a title");

  const cells = starts.map((start, k): Cell => {
    const id = `${name.replaceAll("_", "-")}-${String(k + 1).padStart(2, "0")}`;
    const body = lines.slice(start + 1, starts[k + 1]);
    const source = (texts: string[]) => {
      const text = texts.join("\n").replace(/^\n+|\s+$/g, "");
      if (text === "") refuse(start, "this cell is empty: write something or take it out");
      return toLines(text);
    };
    if (lines[start] !== "// %% [markdown]") {
      body.forEach((text, i) => {
        if (/^\s*\/\//.test(text)) return;
        for (const [pattern, why] of refusals) {
          const match = pattern.exec(text);
          if (match) refuse(start + 1 + i, why.replaceAll("$1", match[1]).replace("$2", folder));
        }
      });
      return {
        cell_type: "code",
        execution_count: null,
        id,
        metadata: lines[start] === "// %%" ? {} : { tags: ["measured"] },
        outputs: [],
        source: source(body.filter((text) => text !== "tell();").map(deeper)),
      };
    }
    const prose = body.map((text, i) => {
      if (text !== "" && !/^\/\/( |$)/.test(text)) {
        refuse(start + 1 + i, "prose is written as `// ` comments; before code write `// %%`");
      }
      return text.slice(3);
    });
    return { cell_type: "markdown", id, metadata: {}, source: source(prose) };
  });
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/**
 * The notebook with the outputs of its execution, without what differs from run to run: neighbouring
 * pieces of a stream become one, and cells are counted from 1.
 *
 * @param notebook what was executed
 * @param executed what came back, with the same cells
 * @returns a new notebook
 */
export function withOutputs(notebook: Notebook, executed: Notebook): Notebook {
  let count = 0;
  const cells = notebook.cells.map((cell, k): Cell => {
    const ran = executed.cells[k];
    if (cell.cell_type !== "code" || ran.cell_type !== "code") return cell;
    count++;
    const outputs = ran.outputs.reduce(mergeStreams, []).map((output) => asInFile(output, count));
    return { ...cell, execution_count: count, outputs };
  });
  return { ...notebook, cells };
}

function mergeStreams(outputs: Output[], output: Output): Output[] {
  const last = outputs.at(-1);
  if (
    output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name
  ) {
    last.text = join(last.text) + join(output.text);
  } else {
    outputs.push({ ...output });
  }
  return outputs;
}

function asInFile(output: Output, count: number): Output {
  switch (output.output_type) {
    case "error":
      return output;
    case "stream":
      return { ...output, text: toLines(join(output.text)) };
    case "display_data":
      return { ...output, data: dataAsInFile(output.data) };
    case "execute_result":
      return { ...output, data: dataAsInFile(output.data), execution_count: count };
  }
}

function dataAsInFile(data: Data): Data {
  // Beside an image, HTML is the same picture for a notebook that is run. In one that is only read,
  // it would hide the others: a code host takes SVG out of HTML, and so does Jupyter from a notebook
  // that it does not trust yet, while it would show the text.
  const { "text/html": _, ...others } = data;
  const kept = "image/svg+xml" in data ? others : data;
  return Object.fromEntries(
    Object.entries(kept).map(([mime, value]) => [
      mime,
      typeof value === "string" ? toLines(value) : value,
    ]),
  );
}

/**
 * Reads the text of a notebook file.
 *
 * @param text the text
 * @returns the notebook
 * @throws {SyntaxError} when it is not a notebook, or is damaged
 */
export function parse(text: string): Notebook {
  const notebook: unknown = JSON.parse(text);
  if (!isNotebook(notebook)) throw new SyntaxError("its cells are not those of nbformat 4.5");
  return notebook;
}

function isNotebook(value: unknown): value is Notebook {
  return isObject(value) && isObject(value.metadata) && Array.isArray(value.cells) &&
    value.cells.every((cell) =>
      isObject(cell) && isObject(cell.metadata) && typeof cell.id === "string" &&
      isText(cell.source) &&
      (cell.cell_type === "markdown" ||
        cell.cell_type === "code" && Array.isArray(cell.outputs) && cell.outputs.every(isOutput))
    );
}

function isOutput(value: unknown): value is Output {
  return isObject(value) && (value.output_type === "error" || isText(value.text) ||
    isObject(value.data) && isObject(value.metadata));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string | string[] {
  return typeof value === "string" ||
    Array.isArray(value) && value.every((line) => typeof line === "string");
}

/** The notebook as it was before its execution. */
export function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell): Cell =>
    cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell
  );
  return { ...notebook, cells };
}

/**
 * The notebook with the outputs of another one in those cells that show something else each time.
 * Where more than numbers differ, it keeps its own outputs.
 *
 * @param notebook an executed notebook
 * @param other another one, with the same cells
 * @returns a new notebook
 */
export function withMeasured(notebook: Notebook, other: Notebook): Notebook {
  const cells = notebook.cells.map((cell, k): Cell => {
    const measured = other.cells[k];
    return cell.cell_type === "code" && cell.metadata.tags?.includes("measured") &&
        measured?.cell_type === "code" && formOf(measured.outputs) === formOf(cell.outputs)
      ? { ...cell, outputs: measured.outputs }
      : cell;
  });
  return { ...notebook, cells };
}

/**
 * What must not change when outputs are measured again: their types and formats; text and tables, with
 * every row and column, apart from the numbers; the elements, attributes and words of pictures.
 */
function formOf(outputs: Output[]): string {
  const masked = (text: string | string[]) =>
    join(text).replace(/[−-]?\d[\d.,]*(e[+−-]?\d+)?/g, "#").replace(/[\s─█]+/g, " ");
  const parts = (picture: string) => {
    const names = picture.match(/<[\w:-]+|[\s"'/][\w:-]+(?==)/g) ?? [];
    const words = picture.replace(/<[^>]*>/g, " ").match(/\p{L}{2,}/gu) ?? [];
    return [...new Set([...names, ...words])].sort();
  };
  return JSON.stringify(
    outputs.map((output) => {
      if (output.output_type === "stream") return { ...output, text: masked(output.text) };
      if (output.output_type === "error") return output;
      const isPicture = "image/svg+xml" in output.data;
      const data = { ...output.data };
      for (const [mime, value] of Object.entries(data)) {
        if (isText(value)) data[mime] = isPicture ? parts(masked(value)) : masked(value);
      }
      return { ...output, data };
    }),
    sorted,
  );
}

/**
 * What is wrong with the outputs of an executed notebook: a cell of code that shows nothing (unless
 * it only imports), an error, a terminal's colour codes.
 *
 * @param notebook an executed notebook
 * @returns one sentence for each fault, with the cell's id
 */
export function faults(notebook: Notebook): string[] {
  return notebook.cells.flatMap((cell) => {
    if (cell.cell_type !== "code") return [];
    const found: string[] = [];
    const fault = (why: string) => found.push(`cell ${cell.id} ${why}`);
    if (cell.outputs.length === 0 && !onlyImports(join(cell.source))) {
      fault("shows nothing: show a result, or join it with the next cell");
    }
    for (const output of cell.outputs) {
      if (output.output_type === "error") fault(`fails: ${output.ename}: ${output.evalue}`);
    }
    if (JSON.stringify(cell.outputs).includes("\\u001b")) {
      fault("shows a terminal's colour codes: print plain text in a notebook");
    }
    return found;
  });
}

/**
 * The first cell in which two notebooks differ.
 *
 * @param before the notebook as it is
 * @param after the notebook as it should be
 * @returns the cell's id and its first different lines, marked − and +; undefined when none differ
 */
export function difference(before: Notebook, after: Notebook): string | undefined {
  for (let k = 0; k < Math.max(before.cells.length, after.cells.length); k++) {
    const [old, now] = [before.cells[k], after.cells[k]].map((cell) =>
      cell === undefined ? [] : stringify(cell).trimEnd().split("\n")
    );
    let start = 0;
    while (start < old.length && old[start] === now[start]) start++;
    if (start === old.length && start === now.length) continue;
    let end = 0;
    while (
      end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)
    ) end++;
    const marked = (mark: string, lines: string[]) => {
      const changed = lines.slice(start, lines.length - end);
      const shown = changed.slice(0, 5).map((line) => `  ${mark} ${line.trim().slice(0, 160)}`);
      return changed.length > 5 ? [...shown, `  ${mark} … ${changed.length - 5} more`] : shown;
    };
    const id = (before.cells[k] ?? after.cells[k]).id;
    return [`cell ${id}`, ...marked("−", old), ...marked("+", now)].join("\n");
  }
}

/** The text of a notebook file, as Jupyter writes it. */
export function stringify(notebook: Notebook | Cell): string {
  return JSON.stringify(notebook, sorted, 1) + "\n";
}

/** For `JSON.stringify()`: each object with its keys in order. */
function sorted(_key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, value[key]]));
}

function onlyImports(code: string): boolean {
  const statements = code.replace(/^\s*\/\/.*$/gm, "").trim();
  const imports = /^\s*import\b[^;"']*["'][^"']*["'](\s*with\s*\{[^}]*\})?;?/gm;
  return statements !== "" && statements.replace(imports, "").trim() === "";
}

function toLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function join(text: string | string[]): string {
  return typeof text === "string" ? text : text.join("");
}
