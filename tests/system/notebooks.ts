// Notebooks made and executed by the real Jupyter and the real Deno kernel, and every way in which
// that can go wrong. Needs permissions and Python: deno test -A tests/system/notebooks.ts
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { jupyter } from "../../tools/jupyter.ts";
import type { Cell, Notebook } from "../../tools/nbformat.ts";
import { notebooks, type NotebooksOptions } from "../../tools/notebooks.ts";
import { copyTo, deno, wait } from "./processes.ts";

const repository = join(import.meta.dirname!, "..", "..");
const started = await jupyter(repository);

/** Runs a test in a temporary folder with these lessons and notebooks. */
async function withFolder(
  files: { lessons: Record<string, string>; notebooks?: Record<string, string> },
  test: (root: string) => Promise<void>,
): Promise<void> {
  const root = Deno.makeTempDirSync();
  try {
    for (const [folder, extension] of [["lessons", "ts"], ["notebooks", "ipynb"]] as const) {
      Deno.mkdirSync(join(root, folder));
      for (const [name, text] of Object.entries(files[folder] ?? {})) {
        Deno.writeTextFileSync(join(root, folder, `${name}.${extension}`), text);
      }
    }
    await test(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

function run(root: string, options: Partial<NotebooksOptions> = {}): Promise<string[]> {
  return notebooks({ jupyter: started, root, report: () => {}, ...options });
}

const title = "// %% [markdown]\n// # A lesson\n\n";

function lessonOf(...cells: string[]): string {
  return title + cells.map((cell) => `// %%\n${cell}\n`).join("\n");
}

function pathOf(root: string, name: string): string {
  return join(root, "notebooks", `${name}.ipynb`);
}

function outputsOf(cell: Cell) {
  assert(cell.cell_type === "code");
  return cell.outputs;
}

const good = `// %% [markdown]
// # A lesson

// %%
const x = 3;
console.log("x is", x);
console.log("2x is", 2 * x);

// %%
await Deno.jupyter.display({ "text/html": "<b>x</b>", "text/plain": "x" }, { raw: true });

// %%
x * x
`;

Deno.test("notebooks() makes an executed notebook that Jupyter's own validation accepts", async () => {
  await withFolder({ lessons: { "00_good": good } }, async (root) => {
    assertEquals(await run(root), []);
    const text = Deno.readTextFileSync(pathOf(root, "00_good"));
    const notebook: Notebook = JSON.parse(text);
    assertEquals(notebook.cells.slice(1).map(outputsOf), [
      [{ output_type: "stream", name: "stdout", text: ["x is 3\n", "2x is 6\n"] }],
      [{
        output_type: "display_data",
        data: { "text/html": ["<b>x</b>"], "text/plain": ["x"] },
        metadata: {},
      }],
      [{
        output_type: "execute_result",
        data: { "text/plain": ["9"] },
        metadata: {},
        execution_count: 3,
      }],
    ]);

    // Validate it, and write it as Jupyter would: the same bytes.
    const program = "import sys, nbformat; nb = nbformat.read(sys.argv[1], 4); " +
      "nbformat.validate(nb); sys.stdout.buffer.write((nbformat.writes(nb) + '\\n').encode())";
    const python = await new Deno.Command(started.python, {
      args: ["-c", program, pathOf(root, "00_good")],
    }).output();
    assert(python.success, new TextDecoder().decode(python.stderr));
    assertEquals(new TextDecoder().decode(python.stdout), text);

    assertEquals(await run(root), []);
    assertEquals(Deno.readTextFileSync(pathOf(root, "00_good")), text, "a second run differs");
    assertEquals(await run(root, { check: true }), []);
  });
});

/** Whether a process runs; a zombie does not. */
function runs(pid: string): boolean {
  assertMatch(pid, /^\d+$/);
  try {
    Deno.kill(Number(pid), "SIGCONT");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  return Deno.build.os !== "linux" || !/\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
}

Deno.test("notebooks() fails, naming the cell, and leaves the notebook on the disk alone", async (t) => {
  const pidFile = Deno.makeTempFileSync();
  const show = 'console.log("shown");';
  const faults: [name: string, lesson: string, message: RegExp][] = [
    [
      "01_error",
      lessonOf(show, 'throw new Error("no luck");'),
      /-03 fails: Error: no luck\n.*throw/s,
    ],
    ["02_text", lessonOf(show, 'throw "no luck";'), /-03 fails: Error: no luck\n/],
    ["03_syntax", lessonOf(show, "const x = ;"), /-03 fails: SyntaxError.*\n.*const x = ;/],
    [
      "04_endless",
      lessonOf(show, `Deno.writeTextFileSync("${pidFile}", \`\${Deno.pid}\`);\nwhile (true);`),
      /-03 fails: it ran longer than 3 s\n.*while \(true\);/s,
    ],
    [
      "05_waits",
      lessonOf(show, "await new Promise(() => {});"),
      /-03 fails: it ran longer than 3 s/,
    ],
    ["06_exits", lessonOf(show, 'Deno["exit"](0);', show), /-03 fails: the kernel died/],
    ["07_import", lessonOf(show, 'import { x } from "../none.ts";'), /-03 fails: .*not found/],
    ["08_nothing", lessonOf(show, "const x = 3;"), /-03 shows nothing/],
    ["09_colours", lessonOf(show, 'console.log("\\x1b[31mred");'), /-03 shows .*colour codes/],
    [
      "10_local",
      lessonOf('import "./x.ts";'),
      /^notebooks\/10.*lessons\/10_local\.ts:5: .*"\.\.\/le/,
    ],
    ["11_empty", "", /the lesson is empty/],
    [
      "12_killed",
      lessonOf(show, 'Deno.kill(Deno.pid, "SIGKILL");', show),
      /-03 fails: the kernel died/,
    ],
    [
      "13_megabytes",
      lessonOf(show, 'for (let k = 0; k < 20; k++) console.log("x".repeat(1e6));'),
      /-03 fails: it shows more than a megabyte/,
    ],
    [
      "14_floods",
      lessonOf(show, 'while (true) console.log("x".repeat(1e5));'),
      /-03 fails: it ran longer than 3 s and showed more than a megabyte/,
    ],
    [
      "15_ticks",
      lessonOf(show, 'setInterval(() => console.log("tick"), 10);\nconsole.log("done");'),
      /-03 fails: it goes on showing something after its end/,
    ],
  ];
  const names = faults.map(([name]) => name);
  await withFolder({
    lessons: Object.fromEntries(faults),
    notebooks: Object.fromEntries(names.map((name) => [name, `good ${name}`])),
  }, async (root) => {
    const wrong = await run(root, { cellSeconds: 3 });
    assertEquals(wrong.length, faults.length);
    for (const [name, _, message] of faults) {
      await t.step(name, () => {
        assertMatch(wrong.find((line) => line.includes(name)) ?? "nothing", message);
        assertEquals(Deno.readTextFileSync(pathOf(root, name)), `good ${name}`);
      });
    }
    assertEquals(
      [...Deno.readDirSync(join(root, "notebooks"))].map(({ name }) => name).sort(),
      names.map((name) => `${name}.ipynb`),
    );
    await t.step("the kernel of an endless loop is gone", () => {
      assert(!runs(Deno.readTextFileSync(pidFile)), "it still runs");
    });
  });
  Deno.removeSync(pidFile);
});

Deno.test("notebooks({ check: true }) fails when the committed notebook is not right", async (t) => {
  const changes: [name: string, change: (text: string) => string, message: RegExp][] = [
    [
      "01_output",
      (text) => text.replace("2x is 6", "2x is 7"),
      /cell 01-output-02\n {2}− "2x is 7\\n"\n {2}\+ "2x is 6\\n"$/,
    ],
    ["02_lost", (text) => text.replace('"<b>x</b>"', ""), /in cell 02-lost-03\n/],
    [
      "03_source",
      (text) => text.replace("const x = 3", "const x = 4"),
      /differs from its lesson .* in cell 03-source-02\n {2}− .*x = 4.*\n {2}\+ .*x = 3/,
    ],
    [
      "04_fewer",
      (text) => JSON.stringify({ ...JSON.parse(text), cells: JSON.parse(text).cells.slice(0, 3) }),
      /differs from its lesson .* in cell 04-fewer-04\n {2}\+/,
    ],
    ["05_spaces", (text) => text.trimEnd(), /not written as/],
    ["06_damaged", (text) => text.slice(0, 100), /: it is not a notebook \(.*JSON/],
    ["07_other", () => "{}", /: it is not a notebook \(its cells are not/],
    ["10_cells", () => '{"metadata": {}, "cells": [null]}', /: it is not a notebook \(its cells/],
    [
      "11_outputs",
      (text) => text.replace('"output_type": "stream",', ""),
      /in cell 11-outputs-02\n/,
    ],
    [
      "12_output",
      (text) => text.replace(/"outputs": \[[^]*?\n {3}\],/, '"outputs": [0],'),
      /: it is not a notebook \(its cells are not/,
    ],
    ["13_binary", () => "\0\0\0", /: it is not a notebook \(.*JSON/],
    ["14_no_file", () => "", /: it is not a notebook \(.*JSON/],
  ];
  const names = changes.map(([name]) => name);
  // Its output differs every time, and that is right.
  const measured = `${title}// %% [measured]\nperformance.now()\n`;
  const lessons = Object.fromEntries(names.map((name) => [name, good]));
  await withFolder({ lessons: { ...lessons, "00_measured": measured } }, async (root) => {
    assertEquals(await run(root), []);
    for (const [name, change] of changes) {
      const text = Deno.readTextFileSync(pathOf(root, name));
      Deno.writeTextFileSync(pathOf(root, name), change(text));
    }
    Deno.writeTextFileSync(join(root, "lessons", "08_missing.ts"), good);
    Deno.writeTextFileSync(pathOf(root, "09_orphan"), "{}");
    const before = names.map((name) => Deno.readTextFileSync(pathOf(root, name)));
    const wrong = await run(root, { check: true });
    for (
      const [name, message] of [
        ...changes.map(([name, _, message]) => [name, message] as const),
        ["08_missing", /does not exist: run `deno task notebooks`/] as const,
        ["09_orphan", /has no lesson/] as const,
      ]
    ) {
      await t.step(name, () => {
        assertMatch(wrong.find((line) => line.includes(name)) ?? "nothing", message);
      });
    }
    assertEquals(wrong.length, changes.length + 2);
    assertEquals(names.map((name) => Deno.readTextFileSync(pathOf(root, name))), before);
  });
});

Deno.test("notebooks({ check: true }) checks everything but the numbers of a measured cell", async () => {
  const lesson = title +
    '// %% [measured]\nawait Deno.jupyter.display({ "text/html": `<table><tr><td>${performance.now()}' +
    '</td><td>ms</td></tr></table>`, "text/plain": "t" }, { raw: true });\n';
  await withFolder({ lessons: { "00_measured": lesson } }, async (root) => {
    assertEquals(await run(root), []);
    assertEquals(await run(root, { check: true }), []);
    const path = pathOf(root, "00_measured"), text = Deno.readTextFileSync(path);
    for (
      const [from, to] of [
        ["ms", "s"],
        ["<td>ms", '<td><img src=\\"x\\">ms'],
        ["</td></tr>", "</td></tr><tr><td>1</td></tr>"],
        ['"text/plain"', '"text/markdown"'],
      ]
    ) {
      Deno.writeTextFileSync(path, text.replace(from, to));
      const [wrong] = await run(root, { check: true });
      assertMatch(wrong, /shows something else when executed again, in cell 00-measured-02\n/, to);
    }
  });
});

Deno.test("notebooks() names files that are no lessons: no title, a number taken twice, a wrong name", async () => {
  const lessons = {
    "00_good": good,
    "01_untitled": "// %%\n1\n",
    "02_prose": "// %% [markdown]\n// No title.\n// %%\n1\n",
    "03_one": good,
    "03_other": good,
    "9_bad": good,
  };
  await withFolder({ lessons }, async (root) => {
    Deno.writeTextFileSync(join(root, "lessons", "helper.ts"), "");
    for (const check of [false, true]) {
      const wrong = await run(root, { check });
      for (
        const message of [
          /^lessons\/03_one\.ts and lessons\/03_other\.ts have the same number: give each its own$/,
          /^notebooks\/9_bad\.ipynb: lessons\/9_bad\.ts: name a lesson like 03_chain_rule\.ts$/,
          /^notebooks\/01_untitled\.ipynb: lessons\/01_untitled\.ts: begin with a title: /,
          /^notebooks\/02_prose\.ipynb: lessons\/02_prose\.ts: begin with a title: /,
        ]
      ) assert(wrong.some((line) => message.test(line)), `${message} in\n${wrong.join("\n")}`);
      assertEquals(wrong.length, 4, wrong.join("\n"));
    }
    assertEquals(
      [...Deno.readDirSync(join(root, "notebooks"))].map(({ name }) => name).sort(),
      ["00_good.ipynb", "03_one.ipynb", "03_other.ipynb"],
    );
  });
});

Deno.test("notebooks() leaves no unfinished file behind when a notebook cannot be written", async () => {
  await withFolder({ lessons: { "00_good": good } }, async (root) => {
    // A folder that is not empty cannot be replaced by a file.
    Deno.mkdirSync(pathOf(root, "00_good"));
    Deno.writeTextFileSync(join(pathOf(root, "00_good"), "x"), "");
    const [wrong] = await run(root);
    assertMatch(wrong, /^notebooks\/00_good\.ipynb: .*directory/i);
    assertEquals([...Deno.readDirSync(join(root, "notebooks"))].length, 1);
  });
});

Deno.test("notebooks() leaves no process behind that a cell has started", async () => {
  const pidFile = Deno.makeTempFileSync();
  const lesson = lessonOf(
    'const child = new Deno.Command("sleep", { args: ["1000"] }).spawn();\n' +
      `Deno.writeTextFileSync("${pidFile}", \`\${child.pid}\`);\nconsole.log("started");`,
  );
  await withFolder({ lessons: { "00_child": lesson } }, async (root) => {
    assertEquals(await run(root), []);
    assert(!runs(Deno.readTextFileSync(pidFile)), "it still runs");
  });
  Deno.removeSync(pidFile);
});

Deno.test("notebooks() that is killed leaves no kernel behind", async () => {
  const pidFile = Deno.makeTempFileSync();
  const lesson = lessonOf(
    `Deno.writeTextFileSync("${pidFile}", \`\${Deno.pid}\`);\nwhile (true);`,
  );
  await withFolder(
    { lessons: { "00_endless": lesson }, notebooks: { "00_endless": "good" } },
    async (root) => {
      const url = (name: string) => new URL(`../../tools/${name}.ts`, import.meta.url).href;
      const code = `import { jupyter } from "${url("jupyter")}";
        import { notebooks } from "${url("notebooks")}";
        const root = ${JSON.stringify(root)}, repository = ${JSON.stringify(repository)};
        await notebooks({ jupyter: await jupyter(repository), root });`;
      const runner = new Deno.Command(Deno.execPath(), { args: ["eval", code] }).spawn();
      while (Deno.readTextFileSync(pidFile) === "") await wait(0.1);
      runner.kill("SIGKILL");
      await runner.status;
      const kernel = Deno.readTextFileSync(pidFile);
      for (let seconds = 0; seconds < 10 && runs(kernel); seconds += 0.1) await wait(0.1);
      assert(!runs(kernel), "the kernel still runs");
      assertEquals(Deno.readTextFileSync(pathOf(root, "00_endless")), "good");
    },
  );
  Deno.removeSync(pidFile);
});

Deno.test("notebooks() says so when the kernel does not start", async (t) => {
  const kernels = Deno.makeTempDirSync();
  Deno.mkdirSync(join(kernels, "kernels", "deno"), { recursive: true });
  const env = { ...started.env, JUPYTER_PATH: kernels, JUPYTER_DATA_DIR: kernels };
  await withFolder(
    { lessons: { "00_good": good }, notebooks: { "00_good": "good" } },
    async (root) => {
      for (const argv of [["false"], ["sleep", "1000"], ["/no/such/program"]]) {
        await t.step(argv.join(" "), async () => {
          Deno.writeTextFileSync(
            join(kernels, "kernels", "deno", "kernel.json"),
            JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
          );
          const [wrong] = await run(root, { jupyter: { ...started, env } });
          assertMatch(wrong, /00_good\.ipynb: the kernel does not start: .*\w/);
          assertEquals(Deno.readTextFileSync(pathOf(root, "00_good")), "good");
        });
      }
    },
  );
  Deno.removeSync(kernels, { recursive: true });
});

Deno.test("execute.py loses no output that the kernel sends late", async () => {
  const lines = 'for (let i = 0; i < 200; i++) console.log("line", i);';
  const displays = "await new Promise((resolve) => setTimeout(resolve, 20));\n" +
    'for (let i = 0; i < 3; i++) await Deno.jupyter.display({ "text/plain": `${i}` }, { raw: true });';
  const cells = Array.from({ length: 30 }, (_, k) => k % 3 === 0 ? displays : lines);
  await withFolder({ lessons: { "00_late": lessonOf(...cells) } }, async (root) => {
    assertEquals(await run(root), []);
    const notebook: Notebook = JSON.parse(Deno.readTextFileSync(pathOf(root, "00_late")));
    const shown = notebook.cells.slice(1).map((cell) =>
      outputsOf(cell).reduce(
        (n, out) => n + (out.output_type === "stream" ? out.text.length : 1),
        0,
      )
    );
    assertEquals(shown, cells.map((cell) => cell === displays ? 3 : 200));
  });
});

const program = join(repository, "tools", "notebooks.ts");

Deno.test("deno task notebooks writes nothing outside the repository", async () => {
  const home = Deno.makeTempDirSync();
  const { denoDir } = JSON.parse((await deno(["info", "--json"])).text);
  const check = await deno(
    ["run", "-A", program, "--", "--check", "notebooks/00_derivative.ipynb"],
    {
      HOME: home,
      DENO_DIR: denoDir,
    },
  );
  assertEquals(check.code, 0, check.text);
  assertEquals([...Deno.readDirSync(home)].map(({ name }) => name), []);
  Deno.removeSync(home);
});

Deno.test("deno task notebooks --check writes nothing into the folder", async () => {
  const root = Deno.makeTempDirSync();
  copyTo(root);
  const files = (folder: string): string[] =>
    [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
      const path = join(folder, name), { mtime } = Deno.lstatSync(path);
      return [`${path} ${mtime!.getTime()}`, ...(isDirectory ? files(path) : [])];
    }).sort();
  const before = files(root);
  const check = ["run", "-A", join(root, "tools", "notebooks.ts"), "--check", "00_derivative"];
  const { code, text } = await deno(check);
  assertEquals(code, 0, text);
  assertEquals(files(root), before);
  Deno.removeSync(root, { recursive: true });
});

Deno.test("tests/lessons/all.ts holds every lesson and its notebook", () => {
  const all = Deno.readTextFileSync(join(repository, "tests", "lessons", "all.ts"));
  const lessons = [...Deno.readDirSync(join(repository, "lessons"))]
    .map(({ name }) => name).filter((name) => /^\d\d_/.test(name));
  assert(lessons.length >= 11);
  for (const lesson of lessons) {
    const notebook = lesson.replace(/ts$/, "ipynb");
    for (const file of [`"../../lessons/${lesson}"`, `"../../notebooks/${notebook}"`]) {
      assert(all.includes(file), `tests/lessons/all.ts does not import ${file}`);
    }
  }
});
