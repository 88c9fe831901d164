import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { importedBy, smallEngine, smallScript, withNewFonts } from "../../tools/site/scripts.ts";
import { addresses } from "../../tools/site/site.ts";

Deno.test("importedBy() finds what cells import, each once", () => {
  const code = `import { Value } from "../mod.ts";
import {
  plot,
  table,
} from "../../lessons/show.ts";
  import "../lessons/effects.ts";
import names from "../lessons/names.txt" with { type: "text" };
import { draw, Value as V } from "../mod.ts";
const jax = await import("@jax-js/jax"), again = await import("@jax-js/jax");
await import("../other.ts");
console.log('import { a } from "../a.ts"');
`;
  assertEquals(importedBy(code), {
    modules: ["mod.ts", "lessons/show.ts", "lessons/effects.ts"],
    texts: ["lessons/names.txt"],
    packages: ["@jax-js/jax"],
  });
});

/** What a module exports. */
const load = (text: string) => import(`data:text/javascript,${encodeURIComponent(text)}`);

Deno.test("smallScript() leaves out what is never used, and what is exported works", async () => {
  const text = `// A comment.
function unused(value) { return value + "never"; }
function twice(number) { const result = number * 2; return result; }
function four(number) { return twice(twice(number)); }
export { four };
`;
  const small = await smallScript(text);
  assert(small.length < text.length / 2, small);
  assertMatch(small, /\n$/);
  assert(!/unused|never|comment|twice/.test(small), small);
  assertEquals((await load(small)).four(3), 12);
});

Deno.test("smallEngine() keeps the operations as they are written, and the names that others use", async () => {
  const operations = `// engine/operations.ts
const tanh = {
  value: (a) => Math.tanh(a), // as compile() prints it
};
`;
  const text = `// engine/random.ts
function helper(longName) { /* a comment */ return longName + 1; }
class Named { method(anotherName) { return helper(anotherName); } }
${operations}// engine/value.ts
const keepsFunctionNames = { made: function madeHere(longName) { return longName; } };
if (0) helper();
function inner() { class Inner {} return Inner; }
export { inner, keepsFunctionNames, Named, tanh };
`;
  const small = await smallEngine(text);
  assert(small.includes(operations), small);
  assert(small.length < text.length - 50, small);
  assert(!/a comment|longName|anotherName/.test(small.replace(operations, "")), small);
  // Nothing is left out or folded: what is told apart by speed alone stays so.
  assertMatch(small, /if\(0\)helper\(\)/);
  const { inner, keepsFunctionNames, Named } = await load(small);
  assertEquals([Named.name, inner().name, new Named().method(1)], ["Named", "Inner", 2]);
  assertEquals(keepsFunctionNames.made.name, "madeHere");
});

Deno.test("withNewFonts() leaves each font of KaTeX in one format", () => {
  const css = Deno.readTextFileSync(new URL(import.meta.resolve("katex/dist/katex.min.css")));
  const { css: newer, fonts } = withNewFonts(css);
  assertEquals(fonts.length, css.match(/@font-face/g)!.length);
  for (const font of fonts) {
    assertMatch(font, /^fonts\/KaTeX_\w+-\w+\.woff2$/);
    assert(newer.includes(`src:url(${font}) format("woff2")}`), font);
  }
  // All else is as it was.
  const withoutSources = (text: string) => text.replace(/src:[^}]*/g, "");
  assertEquals(withoutSources(newer), withoutSources(css));
});

Deno.test("addresses() reads the address of the repository, and that of the site", () => {
  assertEquals(addresses([]), { repository: undefined, address: undefined });
  const [repository, address] = ["https://example.org/me/course", "http://localhost:8000/a/~b/"];
  assertEquals(addresses([repository]), { repository, address: undefined });
  assertEquals(addresses(["--address", address, repository]), { repository, address });
  assertEquals(addresses(["--address", address.slice(0, -1)]).address, address);
  assertEquals(addresses(["--address", "https://example.org"]).address, "https://example.org/");
  const refused = (message: string, ...args: string[]) =>
    assertThrows(() => addresses(args), Error, message);
  for (
    const wrong of ["javascript:f()", "example.org", 'https://a.org/"', "https://a.org/?b", ""]
  ) {
    refused("write the address of the repository, such as https://…, instead of", wrong);
    refused("write the address of the site, such as https://…, instead of", `--address=${wrong}`);
  }
  refused("write one address of a repository, without b", repository, "b");
  refused("--adress", "--adress", address);
});
