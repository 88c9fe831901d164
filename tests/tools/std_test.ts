// The stand-ins for @std: types written by hand beside modules that come from elsewhere. These
// tests check one against the other, and the stand-ins against what `@std/…` means: with `links` in
// deno.json these are the stand-ins themselves, without it what JSR publishes (tests/system/std.ts).
import * as assertModule from "@std/assert";
import * as colorsModule from "@std/fmt/colors";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { bold } from "@std/fmt/colors";
import project from "../../deno.json" with { type: "json" };
import assertPackage from "../../tools/std/assert/deno.json" with { type: "json" };
import * as assertStandIn from "../../tools/std/assert/mod.js";
import assertTypes from "../../tools/std/assert/mod.d.ts" with { type: "text" };
import * as colorsStandIn from "../../tools/std/fmt/colors.js";
import colorsTypes from "../../tools/std/fmt/colors.d.ts" with { type: "text" };
import fmtPackage from "../../tools/std/fmt/deno.json" with { type: "json" };

const packages = [assertPackage, fmtPackage];

type Functions = Record<string, (...args: unknown[]) => unknown>;
interface Module {
  published: object;
  standIn: object;
  types: string;
  /** Arguments that say what each function does, those of a function of its own under its name. */
  calls: Record<string, unknown[][]>;
}

class Other extends Error {}
const fails = () => {
  throw new Other("on purpose");
};
const rejects = () => Promise.reject(new Other("on purpose"));
const compared = [
  [1, 1],
  [1, 2, "because"],
  [NaN, NaN],
  [0, -0],
  ["a\nb", "a\nc"],
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }],
  [new Map([[1, "x"]]), new Map([[1, "y"]])],
  [new Set([1, 2]), new Set([2, 1])],
  [[1, , 3], [1, undefined, 3]],
  [new Error("x"), new Error("y")],
];

const modules: Record<string, Module> = {
  "@std/assert": {
    published: assertModule,
    standIn: assertStandIn,
    types: assertTypes,
    calls: {
      AssertionError: [],
      assert: [[true], [0], ["", "because"], [{}]],
      assertAlmostEquals: [[0.1 + 0.2, 0.3], [1, 1.1], [1, 1.1, 0.2], [1, -1, 1], [NaN, NaN], [
        1,
        2,
        0,
      ]],
      assertEquals: compared,
      assertMatch: [["abc", /b/], ["abc", /d/], ["abc", /d/, "because"]],
      assertRejects: [[rejects, Other], [rejects, Other, "purpose"], [rejects, TypeError], [
        rejects,
        Other,
        "else",
      ], [() => Promise.resolve(1), Other]],
      assertStrictEquals: compared,
      assertStringIncludes: [["abc", "b"], ["abc", "d"], ["abc", "d", "because"]],
      assertThrows: [[fails, Other], [fails, Other, "purpose"], [fails, TypeError], [
        fails,
        Other,
        "else",
      ], [() => 1, Other]],
    },
  },
  "@std/fmt/colors": {
    published: colorsModule,
    standIn: colorsStandIn,
    types: colorsTypes,
    calls: {
      setColorEnabled: [],
      stripAnsiCode: [["\x1b[1m\x1b[38;5;9mtext\x1b[39m\x1b[22m"], ["text"], ["\x1b]8;;x\x07link"]],
      "": [["text"], [""], ["\x1b[1mbold\x1b[22m and not"]],
    },
  },
};

Deno.test("every module of every stand-in is tested here", () => {
  const folders = packages.map(({ name }) => name.replace("@std/", "./tools/std/"));
  const { links = folders }: { links?: string[] } = project;
  assertEquals(links.toSorted(), folders.toSorted());
  const exported = packages.flatMap(({ name, exports }) =>
    typeof exports === "string" ? [name] : Object.keys(exports).map((path) => name + path.slice(1))
  );
  assertEquals(exported.toSorted(), Object.keys(modules).toSorted());
});

/** What a call comes to: its result, or what it throws, in words. */
async function outcome(call: () => unknown): Promise<string> {
  const words = (thing: unknown) =>
    thing instanceof Error ? `${thing.name}: ${thing.message}` : Deno.inspect(thing);
  try {
    return `returns ${words(await call())}`;
  } catch (error) {
    return `throws ${words(error)}`;
  }
}

for (const [specifier, { published, standIn, types, calls }] of Object.entries(modules)) {
  const names = [...types.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);

  Deno.test(`every name declared for ${specifier} exists at run time`, () => {
    assert(names.length > 0);
    assertEquals(names.length, types.match(/\bexport\b/g)?.length, "a declaration of another kind");
    for (const name of names) {
      assertEquals(typeof (standIn as Functions)[name], "function", `${specifier}: ${name}`);
      assertEquals(typeof (published as Functions)[name], "function", `${specifier}: ${name}`);
    }
  });

  Deno.test(`the stand-in of ${specifier} does what is published`, async () => {
    const ours = standIn as Functions, theirs = published as Functions;
    const isEnabled = colorsModule.bold("x") !== "x";
    for (const functions of [ours, theirs]) functions.setColorEnabled?.(true);
    let count = 0;
    for (const name of names) {
      for (const args of calls[name] ?? calls[""]) {
        assertEquals(
          await outcome(() => ours[name](...args)),
          await outcome(() => theirs[name](...args)),
          `${specifier}: ${name}(${Deno.inspect(args)})`,
        );
        count++;
      }
    }
    for (const functions of [ours, theirs]) functions.setColorEnabled?.(isEnabled);
    assert(count >= 2);
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
