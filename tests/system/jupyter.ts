// When `.venv` is made and when not, with a Python that only writes down what it is told.
// Needs permissions: deno test -A tests/system/jupyter.ts
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { jupyter } from "../../tools/jupyter.ts";

const requirements = new URL("../../tools/requirements.txt", import.meta.url);
const wanted = Deno.readTextFileSync(requirements);

/** It makes an empty `.venv` with itself in it, and its pip fails where there is a file `fails`. */
const python = `#!/bin/sh
root=$(cat "$(dirname "$0")/root")
case "$2" in
  venv) rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo "$root" >"$4/bin/root"
    echo venv >>"$root/log" ;;
  pip) echo "$@" >>"$root/log"; [ ! -e "$root/fails" ] ;;
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
