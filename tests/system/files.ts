// The files of a repository, and copies of them.
// Needs permissions and Git: deno test -A tests/system/files.ts
import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "node:path";
import { copyFiles, pathsOf } from "../../tools/files.ts";

Deno.test("pathsOf() names what Git does not ignore, and copyFiles() copies it", async () => {
  const from = Deno.makeTempDirSync(), to = Deno.makeTempDirSync();
  try {
    // Git looks for a repository in the folders above, too: there is none.
    await assertRejects(() => pathsOf(from), Error, "clone the repository: Git says fatal: ");
    await new Deno.Command("git", { args: ["init", "--quiet"], cwd: from }).output();
    const texts = { ".gitignore": "made/\n", "a/b/c.ts": "1", "a/é d.ts": "2", "made/e.ts": "3" };
    for (const [path, text] of Object.entries(texts)) {
      Deno.mkdirSync(dirname(join(from, path)), { recursive: true });
      Deno.writeTextFileSync(join(from, path), text);
    }
    // One that is committed, or will be, and others that are not.
    await new Deno.Command("git", { args: ["add", "a/b/c.ts"], cwd: from }).output();
    const paths = (await pathsOf(from)).sort();
    assertEquals(paths, [".gitignore", "a/b/c.ts", "a/é d.ts"]);

    await copyFiles(paths, { from, to });
    assertEquals(paths.map((path) => Deno.readTextFileSync(join(to, path))), ["made/\n", "1", "2"]);
    assertEquals([...Deno.readDirSync(to)].map(({ name }) => name).sort(), [".gitignore", "a"]);
  } finally {
    for (const folder of [from, to]) Deno.removeSync(folder, { recursive: true });
  }
});
