// The stand-ins for @std: types written by hand beside modules that come from elsewhere. These
// tests hold the two together: each declared name exists, and the types are types, not `any`.
import * as assertModule from "@std/assert";
import * as colorsModule from "@std/fmt/colors";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { bold } from "@std/fmt/colors";
import project from "../../deno.json" with { type: "json" };
import assertPackage from "../../tools/std/assert/deno.json" with { type: "json" };
import fmtPackage from "../../tools/std/fmt/deno.json" with { type: "json" };
import assertTypes from "../../tools/std/assert/mod.d.ts" with { type: "text" };
import colorsTypes from "../../tools/std/fmt/colors.d.ts" with { type: "text" };

const packages = [assertPackage, fmtPackage];
const modules: Record<string, [module: object, types: string]> = {
  "@std/assert": [assertModule, assertTypes],
  "@std/fmt/colors": [colorsModule, colorsTypes],
};

Deno.test("every module of every stand-in is tested here", () => {
  const folders = packages.map(({ name }) => name.replace("@std/", "./tools/std/"));
  assertEquals(project.links.toSorted(), folders.toSorted());
  const exported = packages.flatMap(({ name, exports }) =>
    typeof exports === "string" ? [name] : Object.keys(exports).map((path) => name + path.slice(1))
  );
  assertEquals(exported.toSorted(), Object.keys(modules).toSorted());
});

for (const [specifier, [module, types]] of Object.entries(modules)) {
  Deno.test(`every name declared for ${specifier} exists at run time`, () => {
    const names = [...types.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
    assert(names.length > 0);
    assertEquals(names.length, types.match(/\bexport\b/g)?.length, "a declaration of another kind");
    for (const name of names) {
      assertEquals(typeof module[name as keyof typeof module], "function", `${specifier}: ${name}`);
    }
  });
}

Deno.test("the stand-ins are typed: the type check refuses a wrong call", () => {
  // Never called. An error that is expected and does not occur is itself an error, here of
  // `deno test` before it runs anything.
  const _wrong = () => {
    // @ts-expect-error a string is not a number
    assertAlmostEquals("1", 1);
    // @ts-expect-error a number is not the same type as a string
    assertEquals<number>(1, "1");
    // @ts-expect-error a number is not a text
    bold(1);
  };
});
