import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  type Cell,
  difference,
  faults,
  type Notebook,
  type Output,
  parse,
  stringify,
  toNotebook,
  withMeasured,
  withoutOutputs,
  withOutputs,
} from "../../tools/nbformat.ts";
import { exercises } from "../exercises/all.ts";
import { chainRule, lessons } from "../lessons/all.ts";

const all = [
  ...lessons.map((lesson) => ["lessons", "notebooks", ...lesson] as const),
  ...exercises.map((exercise) => ["exercises", "notebooks/exercises", ...exercise] as const),
];
for (const [folder, target, name, lesson, text] of all) {
  Deno.test(`${target}/${name}.ipynb holds ${folder}/${name}.ts, executed`, () => {
    const notebook: Notebook = JSON.parse(text);
    assertEquals(withoutOutputs(notebook), toNotebook(lesson, name, folder));
    assertEquals(faults(notebook), []);
    assertEquals(stringify(notebook), text);
    assertEquals([notebook.nbformat, notebook.nbformat_minor], [4, 5]);
    const counts = notebook.cells.flatMap((cell) =>
      cell.cell_type === "code" ? [cell.execution_count] : []
    );
    assertEquals(counts, counts.map((_, k) => k + 1));
    for (const { id } of notebook.cells) assertMatch(id, /^[a-zA-Z0-9-_]{1,64}$/);
    assertEquals(new Set(notebook.cells.map(({ id }) => id)).size, notebook.cells.length);
  });
}

for (const [name, , text] of exercises) {
  Deno.test(`notebooks/exercises/${name}.ipynb has nothing in its holes yet`, () => {
    const shown = printed(JSON.parse(text));
    const holes = text.split("return todo();").length - 1;
    assertEquals(shown.filter((line) => line.startsWith("  · ")).length, holes);
    assertEquals(shown.filter((line) => line.trim() !== "").at(-1), `  0 of ${holes}`);
    assert(!shown.some((line) => /[✓✗]/.test(line)), shown.join("\n"));
  });
}

/** The lines that the cells of a notebook have printed. */
function printed(notebook: Notebook): string[] {
  return notebook.cells.flatMap((cell) =>
    cell.cell_type !== "code"
      ? []
      : cell.outputs.flatMap((output) =>
        output.output_type === "stream" ? [output.text].flat().join("").split("\n") : []
      )
  );
}

Deno.test("toNotebook() of an exercise imports from one folder deeper", () => {
  const text =
    '// %%\nimport { Value } from "../mod.ts";\nimport {\n  todo,\n} from "../exercises/check.ts";\n';
  const [cell] = toNotebook(text, "00_test", "exercises").cells;
  assertEquals(
    cell.source.join(""),
    'import { Value } from "../../mod.ts";\nimport {\n  todo,\n} from "../../exercises/check.ts";',
  );
  const [lesson] = toNotebook(text, "00_test").cells;
  assertEquals(lesson.source.join(""), text.replace("// %%\n", "").trimEnd());
});

/** The cells of a lesson given line by line, as [type, source] pairs. */
function cellsOf(...lines: string[]): [string, string][] {
  return toNotebook(lines.join("\n"), "00_test").cells
    .map(({ cell_type, source }) => [cell_type, source.join("")]);
}

Deno.test("toNotebook() makes a cell of every marked block", () => {
  const notebook = toNotebook(
    "// %% [markdown]\n// # Title\n\n// %%\nconst x = 1;\nx\n",
    "00_test",
  );
  assertEquals(notebook.cells, [
    { cell_type: "markdown", id: "00-test-01", metadata: {}, source: ["# Title"] },
    {
      cell_type: "code",
      execution_count: null,
      id: "00-test-02",
      metadata: {},
      outputs: [],
      source: ["const x = 1;\n", "x"],
    },
  ]);
  assertEquals(notebook.metadata.kernelspec, {
    display_name: "Deno",
    language: "typescript",
    name: "deno",
  });
});

Deno.test("toNotebook() takes one `// ` off each line of prose, and keeps the rest", () => {
  assertEquals(
    cellsOf("// %% [markdown]", "// - a", "//   - b", "//", "// $$x$$", "// // not code"),
    [["markdown", "- a\n  - b\n\n$$x$$\n// not code"]],
  );
});

Deno.test("toNotebook() drops blank lines around a cell, and keeps those in it", () => {
  assertEquals(
    cellsOf(
      "// %% [markdown]",
      "",
      "//",
      "// a",
      "",
      "// b",
      "//",
      "",
      "// %%",
      "",
      "a;",
      "",
      "b;",
      "",
    ),
    [["markdown", "a\n\nb"], ["code", "a;\n\nb;"]],
  );
});

Deno.test("toNotebook() keeps comments and the indent of the first line in code", () => {
  assertEquals(cellsOf("// %%", "// why", "  x;", "// %%", "  y;"), [
    ["code", "// why\n  x;"],
    ["code", "  y;"],
  ]);
});

Deno.test("toNotebook() leaves out what makes a terminal tell the lesson", () => {
  assertEquals(
    cellsOf(
      "#!/usr/bin/env deno",
      "// Lesson 00",
      'import source from "./00_test.ts" with { type: "text" };',
      'import { teller } from "./tell.ts";',
      "const tell = teller(source); // prints the story so far",
      "",
      "// %%",
      "tell();",
      "x",
      "// %%",
      "  tell();",
      "tell(1);",
    ),
    [["code", "x"], ["code", "  tell();\ntell(1);"]],
  );
});

Deno.test("toNotebook() reads Windows line ends", () => {
  assertEquals(cellsOf("// %% [markdown]\r", "// a\r", "// b\r", "// %%\r", "x;\r", "y;\r"), [
    ["markdown", "a\nb"],
    ["code", "x;\ny;"],
  ]);
});

Deno.test("toNotebook() gives the same bytes for the same lesson, and the same ids when a text changes", () => {
  const bytes = () => stringify(toNotebook(chainRule, "03_chain_rule"));
  assertEquals(bytes(), bytes());
  const ids = (lesson: string) => toNotebook(lesson, "03_chain_rule").cells.map(({ id }) => id);
  assertEquals(ids(chainRule.replace("## The graph", "## A graph")), ids(chainRule));
  assertEquals(ids(chainRule)[6], "03-chain-rule-07");
});

Deno.test("toNotebook() refuses what is not a lesson or fails in a notebook, and says where and why", () => {
  const refusals: [lines: string[], message: string][] = [
    [[""], "lessons/00_test.ts:1: the lesson is empty"],
    [["const x = 1;", "// %%", "x"], "lessons/00_test.ts:1: write `// %% [markdown]` or `// %%`"],
    [["", "// a", "tell();", "// %%", "x"], "lessons/00_test.ts:3: write `// %% [markdown]`"],
    [['import "./tell.ts";', "// %%", "x"], "lessons/00_test.ts:1: write `// %% [markdown]`"],
    [["// %%", "tell();", "", "// %%", "x"], "lessons/00_test.ts:1: this cell is empty"],
    [["// %%", "// %%", "x"], "lessons/00_test.ts:1: this cell is empty"],
    [["// %%", "x", "// %% [markdown]", "//", ""], "lessons/00_test.ts:3: this cell is empty"],
    [["// %%", "x", "//%% [markdown]"], "lessons/00_test.ts:3: write `// %%` before code"],
    [["// %% a title", "x"], "lessons/00_test.ts:1: write `// %%` before code"],
    [["// %%[markdown]", "// x"], "lessons/00_test.ts:1: write `// %%` before code"],
    [["// %%", "f(() => {", "  // %%", "});"], "lessons/00_test.ts:3: write `// %%` before code"],
    [
      ["// %% [markdown]", "// a", "x;"],
      "lessons/00_test.ts:3: prose is written as `// ` comments",
    ],
    [["// %% [markdown]", "//a"], "lessons/00_test.ts:2: prose is written as `// ` comments"],
    [
      ["// %%", 'import { a } from "./a.ts";'],
      'lessons/00_test.ts:2: a notebook lies in another folder than its lesson: write "../lessons/a.ts" instead of "./a.ts"',
    ],
    [["// %%", "x", "// %%", "y", "z", "import.meta"], "lessons/00_test.ts:6: a notebook has no"],
    [["// %%", "x", "// %% [markdown]", "// a", "b"], "lessons/00_test.ts:5: prose is written as"],
    [["// %%", "import './a.ts';"], '"../lessons/a.ts" instead'],
    [["// %%", 'const a = await import("./a.ts");'], '"../lessons/a.ts" instead'],
    [["// %%", 'export * from "./a.ts";'], '"../lessons/a.ts" instead'],
    [["// %%", "x;", "Deno.exit();"], "lessons/00_test.ts:3: Deno.exit() ends the kernel"],
    [["// %%", "import.meta.url"], "lessons/00_test.ts:2: a notebook has no import.meta"],
    [["// %%", "Deno.stdout.writeSync(x);"], "lessons/00_test.ts:2: a notebook does not show"],
  ];
  for (const [lines, message] of refusals) {
    assertThrows(() => cellsOf(...lines), SyntaxError, message);
  }
  for (const name of ["3_chain", "03-chain", "03_Chain", "chain", "03_" + "x".repeat(51)]) {
    assertThrows(() => toNotebook("// %%\nx", name), SyntaxError, "name a lesson like");
  }
});

Deno.test("toNotebook() lets comments and prose speak of what code may not do", () => {
  assertEquals(
    cellsOf("// %% [markdown]", "// Deno.exit()", "// %%", "// no import.meta", "x").length,
    2,
  );
});

/** A notebook with one cell of code for each list of outputs. */
function executed(outputs: Output[][], source = "x"): Notebook {
  const notebook = toNotebook(outputs.map(() => `// %%\n${source}\n`).join(""), "00_test");
  notebook.cells.forEach((cell, k) => Object.assign(cell, { outputs: outputs[k] }));
  return notebook;
}

const stream = (text: string, name = "stdout"): Output => ({ output_type: "stream", name, text });

Deno.test("withOutputs() joins neighbouring pieces of a stream, and only those", () => {
  const picture: Output = {
    output_type: "display_data",
    data: { "text/plain": "p" },
    metadata: {},
  };
  const ran = executed([
    [stream("a\nb"), stream("c\n"), stream("e\n", "stderr"), stream("d\n"), picture, stream("f\n")],
    [stream("")],
  ]);
  const [cell, empty] = withOutputs(withoutOutputs(ran), ran).cells;
  assert(cell.cell_type === "code" && empty.cell_type === "code");
  // Jupyter, too, writes a text without a line as a list without an item.
  assertEquals(empty.outputs, [{ output_type: "stream", name: "stdout", text: [] }]);
  assertEquals(cell.outputs, [
    { output_type: "stream", name: "stdout", text: ["a\n", "bc\n"] },
    { output_type: "stream", name: "stderr", text: ["e\n"] },
    { output_type: "stream", name: "stdout", text: ["d\n"] },
    { output_type: "display_data", data: { "text/plain": ["p"] }, metadata: {} },
    { output_type: "stream", name: "stdout", text: ["f\n"] },
  ]);
});

Deno.test("withOutputs() counts cells and results from 1, and keeps nothing else of the run", () => {
  const result = (plain: string | string[], count: number): Output => ({
    output_type: "execute_result",
    data: { "text/plain": plain, "application/json": { a: 1 } },
    metadata: {},
    execution_count: count,
  });
  const ran = executed([[result("9", 7)], [result("9", 9)]]);
  ran.metadata = { language_info: { version: "6.0.3" } };
  Object.assign(ran.cells[0].metadata, { execution: { "iopub.status.idle": "2026-01-01" } });
  const before = toNotebook("// %%\nx\n// %% [markdown]\n// prose\n// %%\nx\n", "00_test");
  ran.cells.splice(1, 0, before.cells[1]);

  const notebook = withOutputs(before, ran);
  assertEquals(withoutOutputs(notebook), before);
  assertEquals(notebook.cells[1], before.cells[1]);
  const [first, , second] = notebook.cells;
  assert(first.cell_type === "code" && second.cell_type === "code");
  assertEquals([first.execution_count, first.outputs], [1, [result(["9"], 1)]]);
  assertEquals([second.execution_count, second.outputs], [2, [result(["9"], 2)]]);
});

Deno.test("withOutputs() keeps HTML, except beside a picture, which it would hide from a reader", () => {
  const shown = (data: Record<string, string | string[]>): Output[] => [
    { output_type: "display_data", data, metadata: {} },
  ];
  const ran = executed([
    shown({ "text/html": "<svg/>", "image/svg+xml": "<svg/>", "text/plain": "p" }),
    shown({ "text/html": "<table/>", "text/plain": "t" }),
  ]);
  const outputs = withOutputs(withoutOutputs(ran), ran).cells.flatMap((cell) =>
    cell.cell_type === "code" ? cell.outputs : []
  );
  assertEquals(outputs, [
    ...shown({ "image/svg+xml": ["<svg/>"], "text/plain": ["p"] }),
    ...shown({ "text/html": ["<table/>"], "text/plain": ["t"] }),
  ]);
});

Deno.test("withMeasured() takes from another notebook what is measured, and nothing else", () => {
  const lesson = "// %%\nx\n// %% [measured]\nx\n";
  const ran = (text: string) =>
    withOutputs(toNotebook(lesson, "00_test"), executed([[stream(text)], [stream(text)]]));
  const [first, second] = withMeasured(ran("1 s\n"), ran("2.5 s\n")).cells;
  assertEquals(first, ran("1 s\n").cells[0]);
  assertEquals(second, ran("2.5 s\n").cells[1]);
  assertEquals(second.metadata, { tags: ["measured"] });
});

Deno.test("withMeasured() takes nothing that differs in more than what is measured", () => {
  const ran = (data: Record<string, unknown>) =>
    withOutputs(
      toNotebook("// %% [measured]\nx\n", "00_test"),
      executed([[{ output_type: "display_data", data, metadata: {} }]]),
    );
  const bar = (width: number, rest = "") =>
    `<svg width="9"><rect width="${width}"/>${rest}<text>${width} ms with floats</text></svg>`;
  const now = ran({ "image/svg+xml": bar(12.5), "text/plain": "12.5 ms" });
  const taken = (data: Record<string, unknown>) => withMeasured(now, ran(data)).cells[0];
  const same = { "image/svg+xml": bar(7), "text/plain": "7 ms" };
  assertEquals(taken(same), ran(same).cells[0]);
  const others: Record<string, unknown>[] = [
    { "image/svg+xml": bar(7, '<rect onload="f()"/>'), "text/plain": "7 ms" },
    { "image/svg+xml": bar(7, "<script>f</script>"), "text/plain": "7 ms" },
    { "image/svg+xml": bar(7, "<text>a word</text>"), "text/plain": "7 ms" },
    { "image/svg+xml": bar(7), "text/plain": "7 seconds" },
    { "text/html": "<p></p>", "text/plain": "7 ms" },
    { "text/plain": "7 ms" },
  ];
  for (const other of others) assertEquals(taken(other), now.cells[0], JSON.stringify(other));
  assertEquals(
    withMeasured(now, withOutputs(toNotebook("// %% [measured]\nx\n", "00_test"), executed([[]])))
      .cells,
    now.cells,
  );
});

Deno.test("withMeasured() keeps what was measured now when more than numbers differ", () => {
  const table = (...rows: string[][]) =>
    `<table>${
      rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")
    }</table>`;
  const chart = (names: string[], x: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${x}">${
      names.map((name) => `<text x="${x}">${name}</text><text>${x}/s</text>`).join("")
    }<path d="M${x} 1"/></svg>`;
  const shown = (data: Record<string, unknown>): Output => ({
    output_type: "display_data",
    data,
    metadata: {},
  });
  const html = (text: string, plain = "t") => [shown({ "text/html": text, "text/plain": plain })];
  const svg = (text: string, plain: string) => [
    shown({ "image/svg+xml": text, "text/plain": plain }),
  ];
  const label = (side: string) => `<svg width="9"><text text-anchor="${side}">1 ms</text></svg>`;
  const json = (value: unknown) => [shown({ "application/json": value })];
  const kept = (now: Output[], committed: Output[]) => {
    const measured = (outputs: Output[]) => {
      const notebook = toNotebook("// %% [measured]\nx\n", "00_test");
      return withOutputs(notebook, executed([outputs]));
    };
    const file = parse(stringify(measured(committed)));
    const { cells } = withMeasured(measured(now), file);
    return difference({ ...file, cells }, file) === undefined;
  };
  const two = html(table(["a", "ms"], ["1.25", "−3e−9"]), "a  ms\n───\n1.25  3");
  for (
    const [now, committed] of [
      [two, html(table(["a", "ms"], ["1,000", "2"]), "a     ms\n──────\n1000     2")],
      [svg(chart(["one", "two"], 1), "⣀⠤"), svg(chart(["one", "two"], 20.5), "⠉ ⠤")],
      // What is faster comes first, and has room for its label.
      [svg(chart(["one", "two"], 1), "⣀⠤"), svg(chart(["two", "one"], 20.5), "⠉ ⠤")],
      [svg(label("start"), "1"), svg(label("end"), "1")],
      [json({ a: "x", b: ["y"] }), json({ a: "x", b: ["y"] })],
      [[stream("3.5 s for 100 steps\n")], [stream("12 s for 90 steps\n")]],
    ]
  ) assert(kept(now, committed), JSON.stringify(committed));

  for (
    const [now, committed] of [
      [two, []],
      [two, [...two, ...two]],
      [two, html(table(["a", "ms"]), "a  ms\n───\n1.25  3")],
      [two, html(table(["a", "ms"], ["1.25"]), "a  ms\n───\n1.25  3")],
      [two, html(table(["a", "s"], ["1.25", "3"]), "a  ms\n───\n1.25  3")],
      [two, html(table(["a", "ms"], ["fast", "3"]), "a  ms\n───\n1.25  3")],
      [
        two,
        html(table(["a", "ms"], ["1.25", '3<img src="x" onload="f()">']), "a  ms\n───\n1.25  3"),
      ],
      [two, html(table(["a", "ms"], ["1.25", "3"]), "a  s\n───\n1.25  3")],
      [two, [shown({ "text/plain": "a  ms\n───\n1.25  3" })]],
      [two, [stream("a  ms\n1.25  3\n")]],
      [[stream("1 s\n")], [stream("1 s\n", "stderr")]],
      [[stream("1 s\n")], [stream("1 ms\n")]],
      [json({ a: "x", b: ["y"] }), json({ a: "x", b: ["z"] })],
      [json([1, 2]), json([1, 3])],
      [svg(chart(["one", "two"], 1), "⣀"), svg(chart(["one"], 1), "⣀")],
      [svg(chart(["one", "two"], 1), "⣀"), svg(chart(["one", "three"], 1), "⣀")],
      [svg(chart(["one"], 1), "⣀"), svg(chart(["one<script/>"], 1), "⣀")],
      [svg(chart(["one"], 1), "⣀"), svg(chart(['one<a onclick="f()"/>'], 1), "⣀")],
      [svg(chart(["one"], 1), "⣀"), html(chart(["one"], 1), "⣀")],
    ]
  ) assert(!kept(now, committed), JSON.stringify(committed));
});

Deno.test("faults() names a cell that shows nothing, unless it only imports", () => {
  assertEquals(faults(executed([[stream("1\n")], []])), [
    "cell 00-test-02 shows nothing: show a result, or join it with the next cell",
  ]);
  for (
    const code of [
      'import { a } from "../mod.ts";',
      "import * as a from 'npm:a'\nimport b from \"b\";",
      'import {\n  type A,\n  b,\n} from "../mod.ts";\n// That was all.',
      'import "../mod.ts";',
      'import text from "../a.txt" with { type: "text" };',
    ]
  ) assertEquals(faults(executed([[]], code)), [], code);
  for (
    const code of [
      'import { a } from "../mod.ts";\na();',
      'import { a } from "../mod.ts"; a();',
      'await import("../mod.ts");',
      "// nothing",
      "// nothing\n// at all",
      "const imports = 1;",
    ]
  ) assertEquals(faults(executed([[]], code)).length, 1, code);
});

Deno.test("faults() names a cell with an error or with a terminal's colours", () => {
  const error: Output = { output_type: "error", ename: "TypeError", evalue: "no", traceback: [] };
  assertEquals(faults(executed([[error], [stream("\x1b[31mred\x1b[0m\n")]])), [
    "cell 00-test-01 fails: TypeError: no",
    "cell 00-test-02 shows a terminal's colour codes: print plain text in a notebook",
  ]);
});

Deno.test("difference() shows the first cell that differs, shortly", () => {
  const one = executed([[stream("1\n")], [stream("2\n")]]);
  assertEquals(difference(one, executed([[stream("1\n")], [stream("2\n")]])), undefined);
  assertEquals(
    difference(one, executed([[stream("1\n")], [stream("3\n")]])),
    'cell 00-test-02\n  − "text": "2\\n"\n  + "text": "3\\n"',
  );
  // A cell that one of them lacks.
  const last = stringify(one.cells[1]).trimEnd().split("\n").map((line) => line.trim());
  for (const [mark, before, after] of [["−", 2, 1], ["+", 1, 2]] as const) {
    const first = (count: number) => ({ ...one, cells: one.cells.slice(0, count) });
    assertEquals(
      difference(first(before), first(after)),
      ["cell 00-test-02", ...last.slice(0, 5), `… ${last.length - 5} more`]
        .join(`\n  ${mark} `),
    );
  }
  // Of lines that repeat, as many as there are more.
  const texts = (count: number) => {
    const ran = executed([[stream("1\n".repeat(count))]]);
    return withOutputs(withoutOutputs(ran), ran);
  };
  assertEquals(difference(texts(3), texts(4)), 'cell 00-test-01\n  + "1\\n",');
  assertEquals(difference(texts(5), texts(3)), 'cell 00-test-01\n  − "1\\n",\n  − "1\\n",');
  for (const [count, more] of [[5, ""], [6, "\n  + … 1 more"]] as const) {
    assertEquals(
      difference(texts(3), texts(3 + count)),
      `cell 00-test-01${'\n  + "1\\n",'.repeat(5)}${more}`,
    );
  }
  const long = difference(one, executed([[stream("1\n")], [stream("3".repeat(1e6))]]))!;
  assert(long.length < 1000);
});

Deno.test("parse() refuses a notebook in which a single cell or output is damaged", () => {
  const whole = () => ({
    metadata: {},
    cells: [
      { cell_type: "markdown", id: "a", metadata: {}, source: ["# A"] },
      {
        cell_type: "code",
        id: "b",
        metadata: {},
        source: ["1"],
        outputs: [
          { output_type: "stream", name: "stdout", text: ["1"] },
          { output_type: "display_data", data: {}, metadata: {} },
          { output_type: "error" },
        ],
      },
      { cell_type: "markdown", id: "c", metadata: {}, source: "one string" },
    ],
  });
  assertEquals(parse(JSON.stringify(whole())), whole() as unknown as Notebook);
  // deno-lint-ignore no-explicit-any
  const damages: ((notebook: any) => void)[] = [
    (notebook) => delete notebook.metadata,
    (notebook) => notebook.cells = {},
    ({ cells }) => cells[0] = null,
    ({ cells }) => delete cells[0].id,
    ({ cells }) => delete cells[0].metadata,
    ({ cells }) => cells[0].metadata = [],
    ({ cells }) => cells[1].source = 1,
    ({ cells }) => cells[1].source = [1],
    ({ cells }) => cells[1].source = ["a", 1],
    ({ cells }) => cells[1].cell_type = "raw",
    ({ cells }) => cells[0].cell_type = "raw",
    ({ cells }) => delete cells[1].outputs,
    ({ cells }) => delete cells[1].outputs[0].text,
    ({ cells }) => delete cells[1].outputs[1].data,
    ({ cells }) => delete cells[1].outputs[1].metadata,
    ({ cells }) => cells[1].outputs[2] = "error",
  ];
  for (const damage of damages) {
    const notebook = whole();
    damage(notebook);
    assertThrows(() => parse(JSON.stringify(notebook)), SyntaxError, "nbformat 4.5", `${damage}`);
  }
});

Deno.test("stringify() writes as Jupyter does: sorted keys, an indent of 1, a line end", () => {
  const cell: Cell = { source: ["é"], metadata: {}, id: "a", cell_type: "markdown" };
  assertEquals(
    stringify({ nbformat_minor: 5, nbformat: 4, metadata: {}, cells: [cell] }),
    `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {},
   "source": [
    "é"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`,
  );
});
