// When `.venv` is made and when not, mostly with a Python that only writes down what it is told, and
// what is said when it cannot be made.
// Needs permissions and Python: deno test -A tests/system/jupyter.ts
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { execute, jupyter, writeWhole } from "../../tools/jupyter.ts";
import { toNotebook } from "../../tools/nbformat.ts";
import { deno, wait } from "./processes.ts";

const requirements = new URL("../../tools/requirements.txt", import.meta.url);
const wanted = Deno.readTextFileSync(requirements);

/** It makes an empty `.venv` with itself in it, and its pip fails where there is a file `fails`. */
const python = `#!/bin/sh
root=$(cat "$(dirname "$0")/root")
case "$2" in
  venv) rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo "$root" >"$4/bin/root"
    echo venv >>"$root/log" ;;
  pip) echo "$@" >>"$root/log"; 
    [ -e "$root/says" ] && { cat "$root/says"; sleep 0.5; echo done; }; [ ! -e "$root/fails" ] ;;
  *) echo 3.12 ;;
esac
`;

/** An empty folder and that Python on the PATH, for as long as the test runs. */
async function withPython(test: (root: string, log: () => string[]) => Promise<void>) {
  const root = Deno.makeTempDirSync(), bin = join(root, "bin"), path = Deno.env.get("PATH")!;
  const { log } = console;
  try {
    Deno.mkdirSync(bin);
    Deno.writeTextFileSync(join(bin, "root"), root);
    Deno.writeTextFileSync(join(bin, "python3"), python, { mode: 0o755 });
    Deno.writeTextFileSync(join(root, "log"), "");
    Deno.env.set("PATH", `${bin}:${path}`);
    console.log = () => {};
    await test(root, () => {
      const lines = Deno.readTextFileSync(join(root, "log")).split("\n").slice(0, -1);
      Deno.writeTextFileSync(join(root, "log"), "");
      return lines;
    });
  } finally {
    console.log = log;
    Deno.env.set("PATH", path);
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("jupyter() makes .venv once, of nothing but what has one of the hashes", async () => {
  await withPython(async (root, log) => {
    const { python, env } = await jupyter(root);
    assertEquals(python, join(root, ".venv/bin/python"));
    const [venv, pip, ...others] = log();
    assertEquals([venv, others], ["venv", []]);
    for (const flag of ["--require-hashes", "--only-binary :all:", "--requirement"]) {
      assertStringIncludes(pip, flag);
    }
    assertEquals(Deno.readTextFileSync(join(root, ".venv/requirements.txt")), wanted);
    await jupyter(root);
    assertEquals(log(), []);
    // A check of a folder that is read-only has its settings elsewhere.
    Deno.renameSync(join(root, ".jupyter"), join(root, "before"));
    await jupyter(root, { settings: join(root, "elsewhere") });
    assertEquals(
      [...Deno.readDirSync(root)].map(({ name }) => name).filter((name) => name === ".jupyter"),
      [],
    );
    await jupyter(root);
    // All that Jupyter reads and writes is in the folder.
    const folders = Object.entries(env).filter(([name]) => /^(JUPYTER|IPYTHON)/.test(name));
    assert(folders.length >= 7);
    for (const [name, folder] of folders) assert(folder.startsWith(join(root, ".jupyter")), name);
    const kernel = JSON.parse(
      Deno.readTextFileSync(join(root, ".jupyter/kernels/deno/kernel.json")),
    );
    assertEquals(kernel.argv[0], Deno.execPath());
    assertEquals(kernel.interrupt_mode, "message");
  });
});

Deno.test("jupyter() counts the packages on a terminal, and only there", async () => {
  await withPython(async (root) => {
    Deno.writeTextFileSync(join(root, "says"), "Collecting a\nIgnoring b: no\n  c\nCollecting d\n");
    const module = new URL("../../tools/jupyter.ts", import.meta.url).href;
    const code = `import { jupyter } from "${module}"; await jupyter(${JSON.stringify(root)});`;
    const count = wanted.split("\n").filter((line) => /^\S+==/.test(line)).length;
    const { stdout } = await new Deno.Command("script", {
      args: ["--quiet", "--command", `${Deno.execPath()} eval '${code}'`, "/dev/null"],
      stdin: "null",
    }).output();
    assertMatch(
      new TextDecoder().decode(stdout),
      new RegExp(`\r3 of ${count} packages\r?\n`),
    );
    Deno.removeSync(join(root, ".venv"), { recursive: true });
    const { text } = await deno(["eval", code]);
    assertEquals(text, "Making .venv with Jupyter: once, and it takes a minute.\n");
  });
});

Deno.test("jupyter() makes .venv again for other versions, not for other hashes or comments", async () => {
  await withPython(async (root, log) => {
    await jupyter(root);
    log();
    const stamp = join(root, ".venv/requirements.txt");
    const [name, version] = /^(\w[\w-]*)==([\d.]+)/m.exec(wanted)!.slice(1);
    const stamps: [text: string, again: boolean][] = [
      [wanted.replace(/sha256:[\da-f]{64}/, "sha256:0"), false],
      [`# another comment\n${wanted}`, false],
      [wanted.replace(`${name}==${version}`, `${name}==${version}.1`), true],
      [wanted.replace(/^\w[\w-]*==[^]*?\n(?=\w)/m, ""), true],
      ["", true],
    ];
    for (const [text, again] of stamps) {
      Deno.writeTextFileSync(stamp, text);
      await jupyter(root);
      assertEquals(log().length > 0, again, text.slice(0, 200));
      assertEquals(Deno.readTextFileSync(stamp) === wanted, again);
    }
    Deno.writeTextFileSync(stamp, wanted);
    Deno.removeSync(join(root, ".venv/bin/python"));
    await jupyter(root);
    assertEquals(log().length, 2);
  });
});

Deno.test("jupyter() says why pip failed, and tries again at the next start", async () => {
  await withPython(async (root, log) => {
    Deno.writeTextFileSync(join(root, "fails"), "");
    await assertRejects(() => jupyter(root), Error, "pip could not install the packages");
    assertEquals(log().length, 2);
    await assertRejects(() => jupyter(root), Error, "pip could not install the packages");
    Deno.removeSync(join(root, "fails"));
    await jupyter(root);
    assertEquals(log().length, 4);
    await jupyter(root);
    assertEquals(log(), []);
  });
});

Deno.test("jupyter() says when the packages of Deno cannot be downloaded", async () => {
  await withPython(async (root) => {
    const module = new URL("../../tools/jupyter.ts", import.meta.url).href;
    const code = `import { jupyter } from "${module}"; await jupyter(${JSON.stringify(root)});`;
    const { code: exit, text } = await deno(["eval", code], {
      DENO_DIR: join(root, "empty"),
      NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/",
    });
    assertEquals(exit, 1);
    assertMatch(text, /Deno could not download the packages:\n/);
  });
});

Deno.test("jupyter() leaves alone what is not a folder", async () => {
  await withPython(async (root) => {
    Deno.writeTextFileSync(join(root, ".venv"), "a file");
    await assertRejects(() => jupyter(root), Deno.errors.NotADirectory);
    assertEquals(Deno.readTextFileSync(join(root, ".venv")), "a file");
  });
});

Deno.test("jupyter() says what to install when something is missing", async (t) => {
  const root = Deno.makeTempDirSync();
  const bin = join(root, "bin");
  Deno.mkdirSync(bin);
  const module = new URL("../../tools/jupyter.ts", import.meta.url).href;
  const code = `import { jupyter } from "${module}"; await jupyter(${JSON.stringify(root)});`;
  const tool = (name: string, script: string) =>
    Deno.writeTextFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  await t.step("no Python", async () => {
    const { code: exit, text } = await deno(["eval", code], { PATH: bin });
    assertEquals(exit, 1);
    assertMatch(
      text,
      /needs Python 3\.10 or newer: .*apt-get install python3.*no python3 on the PATH/,
    );
  });
  await t.step("a Python too old", async () => {
    tool("python3", "echo 3.9");
    tool("python3.12", "echo 2.12");
    tool("python3.11", "echo 3.11; exit 1");
    Deno.writeTextFileSync(join(bin, "python3.10"), "cannot be run");
    const { code: exit, text } = await deno(["eval", code], { PATH: bin });
    assertEquals(exit, 1);
    assertMatch(
      text,
      /needs Python 3\.10 or newer: .*\(python3 is Python 3\.9, python3\.12 is Python 2\.12\)/,
    );
  });
  await t.step("a Python without venv", async () => {
    tool("python3", 'case "$1" in -c) echo 3.10;; *) exit 1;; esac');
    const { code: exit, text } = await deno(["eval", code], { PATH: bin });
    assertEquals(exit, 1);
    assertMatch(text, /could not make \.venv: .*apt-get install python3-venv/);
  });
  await t.step("no network", async () => {
    const { code: exit, text } = await deno(["eval", code], {
      PIP_CONFIG_FILE: "/dev/null",
      PIP_FIND_LINKS: "",
      PIP_INDEX_URL: "http://127.0.0.1:9/simple",
      PIP_RETRIES: "0",
    });
    assertEquals(exit, 1);
    assertMatch(
      text,
      /could not install the packages of tools\/requirements\.txt.*is there a network\?/s,
    );
  });
  Deno.removeSync(root, { recursive: true });
});

Deno.test("jupyter() creates .venv once when two processes start together, also after one was killed", async () => {
  const root = Deno.makeTempDirSync(), bin = join(root, "bin"), log = join(root, "log");
  Deno.mkdirSync(bin);
  const pip = `#!/bin/sh\necho pip >> ${log}\nsleep 2\n`;
  Deno.writeTextFileSync(
    join(bin, "python3"),
    `#!/bin/sh
case "$1" in
  -c) echo 3.11;;
  *) mkdir -p "$4/bin" && printf '${pip.replaceAll("\n", "\\n")}' > "$4/bin/python" &&
     chmod +x "$4/bin/python";;
esac
`,
    { mode: 0o755 },
  );
  const module = new URL("../../tools/jupyter.ts", import.meta.url).href;
  const start = () =>
    new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        `import { jupyter } from "${module}"; await jupyter(${JSON.stringify(root)});`,
      ],
      env: { PATH: `${bin}:/usr/bin:/bin` },
      stdout: "piped",
    }).spawn();
  const pips = () => {
    try {
      return Deno.readTextFileSync(log).match(/pip/g)!.length;
    } catch {
      return 0;
    }
  };

  const killed = start();
  while (pips() === 0) await wait(0.05);
  killed.kill("SIGKILL");
  await killed.output();

  const both = await Promise.all([start().output(), start().output()]);
  assertEquals(both.map(({ code }) => code), [0, 0]);
  assertEquals(pips(), 2);
  const printed = both.map(({ stdout }) => new TextDecoder().decode(stdout)).sort();
  assertMatch(printed[0], /^Making \.venv with Jupyter: once/);
  assertMatch(printed[1], /^Waiting for another process, which is making \.venv\.\n$/);
  assert(Deno.statSync(join(root, ".venv", "requirements.txt")).isFile);
  Deno.removeSync(root, { recursive: true });
});

Deno.test("execute() passes a notebook to Jupyter, and says what comes back", async () => {
  const folder = Deno.makeTempDirSync(), at = (name: string) => join(folder, name);
  const notebook = toNotebook(`// %%\n"${"x".repeat(200_000)}"\n`, "00_test");
  const run = (script: string) => {
    Deno.writeTextFileSync(at("python"), `#!/bin/sh\ncd ${folder}\n${script}\n`, { mode: 0o755 });
    return execute(notebook, {
      jupyter: { python: at("python"), env: { FORCE_COLOR: "1", KEPT: "yes" } },
      folder: "some/folder",
      cellSeconds: 7,
    });
  };
  const answer = (value: unknown) => Deno.writeTextFileSync(at("answer"), JSON.stringify(value));
  const given = '/usr/bin/env >given; echo "$@" >>given; /bin/cat >sent; /bin/cat answer';
  try {
    answer({ notebook: { ...notebook, cells: [] } });
    assertEquals(await run(given), { ...notebook, cells: [] });
    assertEquals(JSON.parse(Deno.readTextFileSync(at("sent"))), notebook);
    const lines = Deno.readTextFileSync(at("given")).split("\n");
    for (const line of ["KEPT=yes", "NO_COLOR=1"]) assert(lines.includes(line), line);
    assert(!lines.some((line) => /^(FORCE_COLOR|HOME|PATH=.*deno)/.test(line)), lines.join("\n"));
    assertMatch(lines.at(-2)!, /\/tools\/execute\.py some\/folder 7$/);

    const message = "Error: no";
    answer({ failure: { cell: "00-test-01", source: "f(\n  1);\n\n", message } });
    const failed = await assertRejects(() => run(given), Error);
    assertEquals(failed.message, "cell 00-test-01 fails: Error: no\n    f(\n      1);");
    answer({ failure: { source: "", message: "the kernel does not start" } });
    assertEquals(
      (await assertRejects(() => run(given), Error)).message,
      "the kernel does not start",
    );
    // One that ends without having read the notebook.
    assertEquals(
      (await assertRejects(() => run("echo; echo why >&2; exit 1"), Error)).message,
      "Jupyter failed:\nwhy",
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("writeWhole() leaves no unfinished file behind, and makes the folder", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    await writeWhole(join(folder, "a/b/file"), "one");
    await writeWhole(join(folder, "a/b/file"), "two");
    assertEquals(Deno.readTextFileSync(join(folder, "a/b/file")), "two");
    // A folder that is not empty cannot be replaced by a file.
    await assertRejects(() => writeWhole(join(folder, "a/b"), "three"), Error);
    const names = [folder, join(folder, "a"), join(folder, "a/b")].flatMap((path) =>
      [...Deno.readDirSync(path)].map(({ name }) => name)
    );
    assertEquals(names, ["a", "b", "file"]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
