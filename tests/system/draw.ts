// Pictures where Graphviz is not installed. What runs here is covered, too: it writes into .coverage.
// Needs permissions: deno test -A tests/system/draw.ts
import { assert, assertStringIncludes } from "@std/assert";
import { join } from "node:path";

Deno.test("svg() says how to get Graphviz where it is missing, and the text is there", async () => {
  const root = join(import.meta.dirname!, "..", "..");
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `import { draw, Value } from ${JSON.stringify(`file://${root}/mod.ts`)};
       const drawing = draw(new Value(2, { label: "a" }));
       console.log(drawing.text);
       await drawing.svg();`,
    );
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-config", `--coverage=${join(root, ".coverage")}`, file],
      env: { NO_COLOR: "1" },
    }).output();
    assert(!success);
    assertStringIncludes(new TextDecoder().decode(stdout), "a    data 2");
    assertStringIncludes(
      new TextDecoder().decode(stderr),
      "svg() needs Graphviz: write `npm install @viz-js/viz`",
    );
  } finally {
    await Deno.remove(file);
  }
});
