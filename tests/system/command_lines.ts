// What `deno task lab` and `deno task notebooks` make of their arguments, signals and exit codes, with a
// Python that only writes down what it is told; and how lab.py asks about cells.
// Needs permissions: deno test -A tests/system/command_lines.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { deno, wait } from "./processes.ts";

const repository = join(import.meta.dirname!, "..", "..");

/**
 * In place of Python: it writes down its arguments, its variables and its group of processes. As
 * execute.py it executes nothing. As lab.py it ends with the code in the file `code`, or, where there
 * is none, some time after it was told to.
 */
const program = `const root = Deno.env.get("COURSE") + "/";
const group = Deno.readTextFileSync("/proc/self/stat").split(") ")[1].split(" ")[2];
const given = JSON.stringify({ args: Deno.args, env: Deno.env.toObject(), pid: Deno.pid, group });
Deno.writeTextFileSync(root + "given", given + "\\n", { append: true });
if (Deno.args[0].endsWith("execute.py")) {
  const notebook = JSON.parse(await new Response(Deno.stdin.readable).text());
  for (const cell of notebook.cells) {
    if (cell.outputs) cell.outputs = [{ output_type: "stream", name: "stdout", text: "1\\n" }];
  }
  console.log(JSON.stringify({ notebook }));
} else {
  try {
    Deno.exit(Number(Deno.readTextFileSync(root + "code")));
  } catch { /* it waits */ }
  Deno.addSignalListener("SIGTERM", () => {
    Deno.writeTextFileSync(root + "stopped", "SIGTERM ", { append: true });
    setTimeout(Deno.exit, 1200);
  });
  setTimeout(() => {}, 10_000); // To listen keeps no program alive.
  console.log("ready");
}
`;

/** A course of two lessons and an exercise, with that Python, for as long as the test runs. */
async function withCourse(
  test: (course: {
    root: string;
    /** Runs a tool to its end. */
    run: (tool: string, ...args: string[]) => Promise<{ code: number; text: string }>;
    /** What that Python was given since the last time. */
    given: () => { args: string[]; env: Record<string, string>; pid: number; group: string }[];
  }) => Promise<void>,
): Promise<void> {
  const root = Deno.makeTempDirSync(), at = (path: string) => join(root, path);
  try {
    for (const folder of ["lessons", "exercises", "tmp", ".venv/bin"]) {
      Deno.mkdirSync(at(folder), { recursive: true });
    }
    cpSync(join(repository, "tools"), at("tools"), { recursive: true });
    for (const name of ["lessons/00_one", "lessons/01_two", "exercises/00_one"]) {
      Deno.writeTextFileSync(at(`${name}.ts`), "// %% [markdown]\n// # One\n// %%\n1\n");
    }
    Deno.copyFileSync(at("tools/requirements.txt"), at(".venv/requirements.txt"));
    Deno.writeTextFileSync(at("program.js"), program);
    const command = `${Deno.execPath()} run --quiet -A ${at("program.js")}`;
    const script = `#!/bin/sh\nCOURSE=${root} exec ${command} "$@"\n`;
    Deno.writeTextFileSync(at(".venv/bin/python"), script, { mode: 0o755 });
    Deno.writeTextFileSync(at("given"), "");
    await test({
      root,
      run: (tool, ...args) =>
        deno(["run", "-A", at(`tools/${tool}.ts`), ...args], {
          FORCE_COLOR: "1",
          TMPDIR: at("tmp"),
        }),
      given() {
        const lines = Deno.readTextFileSync(at("given")).split("\n").slice(0, -1);
        Deno.writeTextFileSync(at("given"), "");
        return lines.map((line) => JSON.parse(line));
      },
    });
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("deno task lab and notebooks answer --help, and start nothing", async () => {
  await withCourse(async ({ run, given }) => {
    for (const [tool, flag] of [["lab", "--help"], ["lab", "-h"], ["notebooks", "--help"]]) {
      const { code, text } = await run(tool, "--", flag);
      assertEquals(code, 0);
      assertMatch(text, /^(Opens|Makes) [^]* {2}deno task (lab|notebooks) +\w/);
    }
    assertEquals(given(), []);
  });
});

Deno.test("deno task lab and notebooks say what is missing", async () => {
  await withCourse(async ({ root, run }) => {
    Deno.removeSync(join(root, ".venv"), { recursive: true });
    Deno.writeTextFileSync(join(root, ".venv"), "a file");
    for (const [tool, ...args] of [["lab"], ["notebooks"], ["notebooks", "--check"]]) {
      const { code, text } = await run(tool, ...args);
      assertEquals(code, 1);
      assertMatch(text, /^Not a directory .*\n$/);
    }
    assertEquals([...Deno.readDirSync(join(root, "tmp"))], []);
  });
});

Deno.test("deno task lab passes on its arguments, and the exit code of JupyterLab", async () => {
  await withCourse(async ({ root, run, given }) => {
    for (const exit of [0, 7]) {
      Deno.writeTextFileSync(join(root, "code"), `${exit}`);
      const { code, text } = await run("lab", "--", "--no-browser", "--port=8890");
      assertEquals(code, exit);
      assertEquals(text, "Starting JupyterLab. Ctrl-C stops it and every kernel.\n");
      const [{ args, env }] = given();
      assertEquals(args[0], join(root, "tools/lab/lab.py"));
      assert(args.includes(`--ServerApp.root_dir=${root}`));
      assert(!args.includes("--"));
      // What a user says counts more than what the tool says.
      assertEquals(args.slice(-2), ["--no-browser", "--port=8890"]);
      assertEquals([env.NO_COLOR, env.FORCE_COLOR], ["1", undefined]);
      // That JupyterLab then asks for no news: tests/system/lab.ts.
      const overrides = join(env.JUPYTER_CONFIG_DIR, "labconfig/default_setting_overrides.json");
      assertMatch(Deno.readTextFileSync(overrides), /"fetchNews":"false"/);
    }
  });
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "no parent"] as const) {
  Deno.test(`deno task lab stops JupyterLab with one signal: ${signal}`, async () => {
    await withCourse(async ({ root, given }) => {
      const lab = `${Deno.execPath()} run --quiet -A ${join(root, "tools/lab.ts")}`;
      const process = new Deno.Command("sh", {
        args: ["-c", signal === "no parent" ? `${lab} & wait` : `exec ${lab}`],
        stdin: "null",
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const ended = Promise.withResolvers<void>(), ready = Promise.withResolvers<void>();
      const read = async () => {
        for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
          if (text.includes("ready")) ready.resolve();
        }
        ended.resolve(); // All that write to it have ended.
      };
      read();
      await ready.promise;
      const [{ pid, group }] = given();
      // Ctrl-C signals every process of the terminal's group: JupyterLab is in one of its own.
      assertEquals(group, `${pid}`);
      await wait(0.7);
      assert(!existsSync(join(root, "stopped")));
      process.kill(signal === "no parent" ? "SIGKILL" : signal);
      const { code } = await process.status;
      await ended.promise;
      assertEquals(code, signal === "no parent" ? 137 : 0);
      assertEquals(Deno.readTextFileSync(join(root, "stopped")), "SIGTERM ");
    });
  });
}

Deno.test("deno task notebooks makes what is named, as a path or as a name", async () => {
  await withCourse(async ({ root, run, given }) => {
    const exercise = "notebooks/exercises/00_one.ipynb";
    for (
      const [args, made] of [
        [["01_two"], ["notebooks/01_two.ipynb"]],
        [["--", "./lessons/01_two.ts"], ["notebooks/01_two.ipynb"]],
        [["notebooks/01_two.ipynb"], ["notebooks/01_two.ipynb"]],
        [["exercises/00_one"], [exercise]],
        [[join(root, "exercises/00_one.ts")], [exercise]],
        [[exercise, "lessons/01_two.ts"], ["notebooks/01_two.ipynb", exercise]],
        [[], ["notebooks/00_one.ipynb", "notebooks/01_two.ipynb", exercise]],
      ]
    ) {
      const { code, text } = await run("notebooks", ...args);
      assertEquals([code, given().length], [0, made.length], text);
      assertEquals(text.match(/(?<=✓ )\S+(?=:)/g)!.sort(), made);
      for (const path of made) Deno.removeSync(join(root, path));
    }
  });
});

Deno.test("deno task notebooks --check writes nothing, neither here nor in the folder for temporary files", async () => {
  await withCourse(async ({ root, run, given }) => {
    assertEquals((await run("notebooks")).code, 0);
    Deno.removeSync(join(root, ".jupyter"), { recursive: true });
    given();
    const notebook = join(root, "notebooks/01_two.ipynb");
    const right = Deno.readTextFileSync(notebook);
    for (const text of [right, right.replace('"1\\n"', '"2\\n"')]) {
      Deno.writeTextFileSync(notebook, text);
      const { code, text: said } = await run("notebooks", "--check");
      assertEquals(code, text === right ? 0 : 1);
      const [fault] = said.split("\n").filter((line) => !/^[✓✗]/.test(line));
      assertMatch(
        fault,
        text === right ? /^$/ : /^notebooks\/01_two\.ipynb: shows something else when/,
      );
      assertEquals(given().length, 3);
      assertEquals(Deno.readTextFileSync(notebook), text);
      assert(!existsSync(join(root, ".jupyter")));
      assertEquals([...Deno.readDirSync(join(root, "tmp"))], []);
    }
  });
});

Deno.test("deno task notebooks names what it does not know", async () => {
  await withCourse(async ({ run, given }) => {
    for (const flags of [["--chekc"], ["-x", "--check", "--chekc"]]) {
      const { code, text } = await run("notebooks", ...flags, "00_one");
      assertEquals(code, 2);
      const unknown = flags.filter((flag) => flag !== "--check").join(" ");
      assert(
        text.startsWith(`deno task notebooks does not know ${unknown}\n\nMakes notebooks/`),
        text,
      );
    }
    const lesson = await run("notebooks", "--check", "lessons/99_nothing.ts");
    assertEquals(lesson, {
      code: 1,
      text: "there is no lesson 99_nothing: there are 00_one, 01_two\n",
    });
    assertEquals(given(), []);
  });
});

Deno.test("cells.ts answers each line with a line: a cell to run, or the documentation of a name", async () => {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--frozen", "--config", "tools/lab/deno.json"],
      ...["--allow-read", "--allow-run", "tools/lab/cells.ts", "mod.ts", "lessons/show.ts"],
    ],
    cwd: repository,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const questions = [{ code: "0 / 0" }, { code: "a.mul(b)", cursor: 4 }, {
    code: "table",
    cursor: 1,
  }];
  const writer = process.stdin.getWriter();
  const lines = questions.map((question) => `${JSON.stringify(question)}\n`).join("");
  await writer.write(new TextEncoder().encode(lines));
  await writer.close();
  const { code, stdout } = await process.output();
  const [cell, method, name] = new TextDecoder().decode(stdout).trimEnd().split("\n")
    .map((line) => JSON.parse(line));
  assertEquals(code, 0);
  assertMatch(cell.code, /^;\[\(0 \/ 0\)\]\.map\(/);
  assertStringIncludes(method.text, "Value.mul(other: Value | number): Value\n\nThe product");
  assertStringIncludes(name.text, "function table(");
});
