// Without `links` in deno.json, @std comes from JSR: the tests of the stand-ins then compare them with
// what is published there, in the same versions.
// Needs permissions, and JSR for the comparison: deno test -A tests/system/std.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import project from "../../deno.json" with { type: "json" };
import assertPackage from "../../tools/std/assert/deno.json" with { type: "json" };
import fmtPackage from "../../tools/std/fmt/deno.json" with { type: "json" };

const root = join(import.meta.dirname!, "..", "..");

/** Runs the tests of the stand-ins with another meaning of @std, and without `links`. */
async function compare(imports: Record<string, string>): Promise<{ code: number; text: string }> {
  const { links: _, ...rest } = project;
  // A configuration is where its imports are: it has to lie in the root.
  const config = await Deno.makeTempFile({ dir: root, prefix: ".std_", suffix: ".json" });
  await Deno.writeTextFile(
    config,
    JSON.stringify({ ...rest, imports: { ...project.imports, ...imports } }),
  );
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-lock", "--config", config, join("tests", "tools", "std_test.ts")],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(config);
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test("the stand-ins do what JSR publishes in their versions", async () => {
  const { code, text } = await compare(Object.fromEntries(
    [assertPackage, fmtPackage].map(({ name, version }) => [name, `jsr:${name}@${version}`]),
  ));
  const isReachable = await fetch("https://jsr.io/@std/assert/meta.json").then(
    (r) => r.ok,
    () => false,
  );
  if (isReachable) {
    assertEquals(code, 0, text);
    assertStringIncludes(text, "the stand-in of @std/assert does what is published ... ok");
  } else {
    console.log("JSR cannot be reached from here: the stand-ins were not compared with it");
    // It is JSR that was looked for, and nothing else that went wrong.
    assertMatch(text, /https:\/\/jsr\.io\/@std\/assert\/meta\.json/);
    assert(code !== 0);
  }
});

Deno.test("a stand-in that does something else is found out", async () => {
  const folder = await Deno.makeTempDir({ dir: root, prefix: ".std_" });
  const published = async (change: string) => {
    const file = join(folder, `${crypto.randomUUID()}.js`);
    const text = `// @ts-types="../tools/std/assert/mod.d.ts"
      export * from "npm:deno-std@1.4.0/assert/mod.js";\n${change}`;
    await Deno.writeTextFile(file, text);
    return await compare({
      "@std/assert": file,
      "@std/fmt/colors": join(root, "tools", "std", "fmt", "colors.js"),
    });
  };
  try {
    const same = await published("");
    assertEquals(same.code, 0, same.text);
    const other = await published("export function assertMatch() {}");
    assertEquals(other.code, 1, other.text);
    assertStringIncludes(
      other.text,
      "the stand-in of @std/assert does what is published ... FAILED",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
