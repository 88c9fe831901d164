// Which notebooks are made and checked, and what is said about them: with a Jupyter that executes
// nothing, so that it takes a moment. What the real one does: tests/system/notebooks.ts.
// Needs permissions: deno test -A tests/system/made_notebooks.ts
import { assert, assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "node:path";
import type { Jupyter } from "../../tools/jupyter.ts";
import { notebooks, type NotebooksOptions } from "../../tools/notebooks.ts";

/** In its place each cell shows its own code, and a cell of `nothing` nothing. */
const program = `const [, folder, seconds] = Deno.args;
Deno.chdir(folder); // as a kernel does
Deno.writeTextFileSync(new URL("log", import.meta.url), folder + " " + seconds + "\\n", { append: true });
const notebook = JSON.parse(await new Response(Deno.stdin.readable).text());
for (const cell of notebook.cells) {
  const text = cell.source.join("");
  if (cell.cell_type === "markdown" || text === "nothing") continue;
  cell.outputs = [{ output_type: "stream", name: "stdout", text: text + "\\n" }];
}
console.log(JSON.stringify({ notebook }));
`;

/** A folder with files, and what the test does with it. */
async function withFiles(
  files: Record<string, string>,
  test: (folder: {
    root: string;
    run: (options?: Partial<NotebooksOptions>) => Promise<string[]>;
    /** What was reported, and to which folders and with which limits notebooks were executed. */
    reported: () => { lines: string[]; executed: string[] };
    read: (path: string) => string;
    write: (path: string, text: string) => void;
    /** The notebooks that there are. */
    made: () => string[];
  }) => Promise<void>,
): Promise<void> {
  const tools = Deno.makeTempDirSync(), root = join(tools, "course"), lines: string[] = [];
  const write = (path: string, text: string) => {
    Deno.mkdirSync(dirname(join(root, path)), { recursive: true });
    Deno.writeTextFileSync(join(root, path), text);
  };
  const python = join(tools, "python");
  const jupyter: Jupyter = { python, env: { DENO_DIR: join(tools, "deno") } };
  Deno.writeTextFileSync(join(tools, "program.js"), program);
  Deno.writeTextFileSync(join(tools, "log"), "");
  const command = `${Deno.execPath()} run --quiet -A ${join(tools, "program.js")}`;
  Deno.writeTextFileSync(python, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  try {
    for (const [path, text] of Object.entries(files)) write(path, text);
    await test({
      root,
      run: (options = {}) =>
        notebooks({ jupyter, root, report: (line) => lines.push(line), ...options }),
      reported() {
        const executed = Deno.readTextFileSync(join(tools, "log")).split("\n").slice(0, -1).sort();
        Deno.writeTextFileSync(join(tools, "log"), "");
        return { lines: lines.splice(0).sort(), executed };
      },
      read: (path) => Deno.readTextFileSync(join(root, path)),
      write,
      made: () =>
        ["notebooks", "notebooks/exercises"].flatMap((folder) => {
          try {
            return [...Deno.readDirSync(join(root, folder))]
              .flatMap(({ name, isFile }) => isFile ? [`${folder}/${name}`] : []).sort();
          } catch {
            return [];
          }
        }),
    });
  } finally {
    Deno.removeSync(tools, { recursive: true });
  }
}

const text = (code = "1 + 1") => `// %% [markdown]\n// # A title\n// %%\n${code}\n`;
const course = {
  "lessons/00_one.ts": text(),
  "lessons/01_two.ts": text(),
  "lessons/helper.ts": "",
  "exercises/00_one.ts": text(),
};
const all = ["notebooks/00_one", "notebooks/01_two", "notebooks/exercises/00_one"]
  .map((name) => `${name}.ipynb`);

Deno.test("notebooks() makes one of each lesson and exercise, and says so", async () => {
  await withFiles(course, async ({ root, run, reported, made, read }) => {
    assertEquals(await run(), []);
    assertEquals(made(), all);
    const { lines, executed } = reported();
    for (const [k, path] of all.entries()) {
      const [, said, seconds] = /^(✓ .*: 2 cells in )(\d+\.\d) s$/.exec(lines[k])!;
      assertEquals(said, `✓ ${path}: 2 cells in `);
      assert(Number(seconds) < 60, seconds);
      assertEquals(executed[k], `${join(root, dirname(path))} 60`);
    }
    assertMatch(read(all[0]), /"text": \[\n {6}"1 \+ 1\\n"\n/);
    assertEquals(await run({ check: true, cellSeconds: 7 }), []);
    assertMatch(reported().executed.join(), /^(\S+ 7,?){3}$/);
  });
});

Deno.test("notebooks() makes those that are named", async () => {
  await withFiles(course, async ({ run, made, reported }) => {
    assertEquals(await run({ only: ["exercises/00_one"] }), []);
    assertEquals(made(), all.slice(2));
    assertEquals(await run({ only: ["01_two", "00_one"] }), []);
    assertEquals(reported().lines.length, 4);
    assertEquals(made(), all);
    assertEquals(await run({ only: ["02_three"] }), [
      "there is no lesson 02_three: there are 00_one, 01_two",
    ]);
    assertEquals(await run({ only: ["02_three", "00_one", "lessons/03"] }), [
      "there is no lesson 02_three, lessons/03: there are 00_one, 01_two",
    ]);
    assertEquals(reported().lines, []);
  });
  await withFiles({ "exercises/00_one.ts": text() }, async ({ root, run, made }) => {
    assertEquals(await run(), [`there is no lesson in ${join(root, "lessons")}`]);
    assertEquals(made(), []);
  });
});

Deno.test("notebooks() names what has no lesson, no number of its own, no title, nothing to show", async () => {
  const files = {
    ...course,
    "lessons/01_other.ts": text(),
    "lessons/02_untitled.ts": "// %%\n1\n",
    "lessons/03_nothing.ts": text("nothing"),
    "notebooks/04_gone.ipynb": "{}",
    "notebooks/exercises/01_two.ipynb": "{}",
    "notebooks/notes.txt": "",
  };
  await withFiles(files, async ({ run, reported, made }) => {
    assertEquals((await run()).sort(), [
      "lessons/01_other.ts and lessons/01_two.ts have the same number: give each its own",
      "notebooks/02_untitled.ipynb: lessons/02_untitled.ts: begin with a title: " +
      "`// %% [markdown]` and `// # …`",
      "notebooks/03_nothing.ipynb: cell 03-nothing-02 shows nothing: show a result, or join it " +
      "with the next cell",
      "notebooks/04_gone.ipynb has no lesson: delete it or write lessons/04_gone.ts",
      "notebooks/exercises/01_two.ipynb has no lesson: delete it or write exercises/01_two.ts",
    ]);
    assertEquals(reported().lines.filter((line) => line.startsWith("✗")), [
      "✗ notebooks/02_untitled.ipynb",
      "✗ notebooks/03_nothing.ipynb",
    ]);
    assert(!made().some((path) => /02_|03_/.test(path)));
  });
});

Deno.test("notebooks({ check: true }) says what is not as it would be made, and writes nothing", async () => {
  const names = [
    "00_one",
    "01_lesson",
    "02_output",
    "03_spaces",
    "04_damaged",
    "05_other",
    "06_gone",
  ];
  const files = Object.fromEntries(names.map((name) => [`lessons/${name}.ts`, text()]));
  await withFiles(files, async ({ root, run, reported, read, write, made }) => {
    // Not even folders.
    const wrong = await run({ check: true });
    assertEquals(wrong.length, names.length);
    assertEquals(wrong[0].split(": ").slice(1), ["it does not exist", "run `deno task notebooks`"]);
    assertEquals([...Deno.readDirSync(root)].map(({ name }) => name), ["lessons"]);

    assertEquals(await run(), []);
    const change = (name: string, to: (text: string) => string) =>
      write(`notebooks/${name}.ipynb`, to(read(`notebooks/${name}.ipynb`)));
    write("lessons/01_lesson.ts", text("1 + 2"));
    change("02_output", (text) => text.replace("1 + 1\\n", "2 + 2\\n"));
    change("03_spaces", (text) => text.trimEnd());
    change("04_damaged", (text) => text.slice(0, 50));
    change("05_other", () => "{}");
    Deno.removeSync(join(root, "notebooks/06_gone.ipynb"));
    Deno.mkdirSync(join(root, "notebooks/06_gone.ipynb"));
    const before = made().map(read);
    reported();
    const found = (await run({ check: true })).sort();
    for (
      const [k, message] of [
        /^notebooks\/01_lesson\.ipynb: differs from its lesson \(run `deno task notebooks`\) in cell 01-lesson-02\n {2}− "1 \+ 1"\n {2}\+ "1 \+ 2"$/,
        /^notebooks\/02_output\.ipynb: shows something else when executed again, in cell 02-output-02\n {2}− "2 \+ 2\\n"\n {2}\+ "1 \+ 1\\n"$/,
        /^notebooks\/03_spaces\.ipynb: it is not written as `deno task notebooks` writes it: run that$/,
        /^notebooks\/04_damaged\.ipynb: it is not a notebook \(.*JSON/,
        /^notebooks\/05_other\.ipynb: it is not a notebook \(its cells are not/,
        /^notebooks\/06_gone\.ipynb: .*directory/i,
      ].entries()
    ) assertMatch(found[k], message);
    assertEquals(found.length, 6);
    assertEquals(made().map(read), before);
    // What is not as its lesson need not be executed.
    assertEquals(reported().executed.length, 3);
  });
});
