// Follows docs/operations.md on a copy of the project: the tests pass there, and fail with a mistake in
// a derivative.
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { copyFiles, pathsOf } from "../../tools/files.ts";

const root = join(import.meta.dirname!, "..", "..");

/** The blocks of code of the page: for each of the three operations an entry, then its methods. */
const [unary, unaryMethod, binary, binaryMethods, list, listMethod] = Array.from(
  Deno.readTextFileSync(join(root, "docs", "operations.md")).matchAll(
    /^```ts ignore\n([^]*?)^```$/gm,
  ),
  ([, code]) => code,
);

/** Puts code before the last place where other code stands. */
function insert(text: string, code: string, before: string): string {
  const at = text.lastIndexOf(before);
  assert(at >= 0, before);
  return text.slice(0, at) + code + text.slice(at);
}

/** Runs tests in a folder: whether they pass, and what they print. */
async function test(cwd: string, paths: readonly string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    // Without a type check Deno does not know beforehand what a dynamic import names.
    args: ["test", "--no-check", "--fail-fast", "--allow-read", ...paths],
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, text: decode(stdout) + decode(stderr) };
}

Deno.test("docs/operations.md is all there is to do to add an operation", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    await copyFiles(await pathsOf(root), { from: root, to: folder });
    const edit = async (path: string, change: (text: string) => string) => {
      const file = join(folder, "engine", path);
      await Deno.writeTextFile(file, change(await Deno.readTextFile(file)));
    };
    await edit("operations.ts", (text) => {
      const scalars = insert(text, unary + binary, "} satisfies Record<string, Operation>;");
      return insert(scalars, list, "} satisfies Record<string, ListOperation>;");
    });
    const methods = [unaryMethod, binaryMethods, listMethod].join("\n");
    await edit(
      "value.ts",
      (text) => text.replace(/\nexport class Value \{\n/, (line) => `${line}${methods}\n`),
    );

    await t.step("the types are right", async () => {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["check", "--quiet", "mod.ts", "tests/engine/operations_test.ts"],
        cwd: folder,
      }).output();
      assert(success, new TextDecoder().decode(stderr));
    });

    await t.step("the tests pass", async () => {
      const { success, text } = await test(folder, [
        ...["operations", "expression", "properties"].map((name) => `tests/engine/${name}_test.ts`),
        ...["compile/", "explain/", "draw/"].map((name) => `tests/engine/${name}`),
        "tests/torch",
      ]);
      assert(success, text);
      for (const name of ["softplus", "hypot", "product"]) {
        assert(text.includes(`${name}() `), `there is no test of ${name}()`);
      }
    });

    const mistakes: [right: string, wrong: string][] = [
      ["value: (a) => 1 / (1 + Math.exp(-a)) }", "value: (a) => 1 / (1 + Math.exp(a)) }"],
      ["y === 0 ? 0 : b / y", "y === 0 ? 0 : a / y"],
      ["if (i !== k) into[k] *= x[i];", "if (i > k) into[k] *= x[i];"],
    ];
    for (const [right, wrong] of mistakes) {
      await t.step(`the tests fail with ${wrong}`, async () => {
        await edit("operations.ts", (text) => {
          assertEquals(text.split(right).length, 2, right);
          return text.replace(right, wrong);
        });
        // Both know it: the test of the entry, and the random graphs.
        for (const path of ["operations_test.ts", "properties_test.ts"]) {
          const { success, text } = await test(folder, [`tests/engine/${path}`]);
          assert(!success && text.includes("FAILED"), `${path} does not notice ${wrong}`);
        }
        await edit("operations.ts", (text) => text.replace(wrong, right));
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
