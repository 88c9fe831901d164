// `deno task mutate` as a whole, in a repository of a few lines.
// Needs permissions and Git: deno test -A tests/system/mutate.ts
import { assertEquals } from "@std/assert";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname!, "..", "..");

/** Each function has one mutant; `unused` and `main` are executed by slow tests alone. */
const files: Record<string, string> = {
  "deno.json": '{ "exclude": ["tests/lab/", "tools/"] }',
  "engine/value.ts": `function note(text: string, _count: number) { return text.length; }
export function opposite(x: boolean) { return !x; }
export function noted(text: string, count: number) { return note(text, count); }
export function negated(x: number) { return -x; }
export function unused(x: number) { return -x; }
export function absolute(x: number) { return Math.abs(x); }
export function zero() { return 0; }
export function rounded(x: number) { return Math.ceil(x); }
`,
  "tests/engine/value_test.ts": test(
    "../../engine/value.ts",
    'm.opposite(true); m.noted("", 1); m.rounded(1);',
    "m.negated(1) === -1 && m.zero() === 0 && m.absolute(1) === 1",
  ),
  "tests/engine/other_test.ts": test("../../engine/value.ts", "", "m.opposite(true) === false"),
  "engine/written.ts": `export { zero } from "./value.ts";
export function written(x: number) { return Math.abs(x); }
`,
  "tests/engine/written_test.ts": test(
    "../../engine/written.ts",
    "",
    "m.written(1) === 1 && m.zero() === 0",
  ),
  "tests/engine/apart_test.ts": test("node:path", "", "m.sep.length === 1"),
  "tests/system/large_graphs.ts": test("../../engine/value.ts", "", "m.unused(1) === -1"),
  "tests/system/bundle.ts": test("node:path", "", "true"),
  "tools/exercises.ts": `function standing() { return true; }
export function main() { return !standing(); }
if (import.meta.main) main();
`,
  "tests/tools/exercises_test.ts": test("../../tools/exercises.ts", "m.main();", "true"),
  "tests/system/exercises.ts": test("../../tools/exercises.ts", "", "m.main() === false"),
  "tools/lab/deno.json": '{ "imports": { "one": "./one.ts" } }',
  "tools/lab/one.ts": "export const one = (x: string, _y: number) => x.length;\n",
  "tools/lab/two.ts": `import { one } from "one";
export const two = (x: string, y: number) => one(x, y);
export const three = (x: number) => Math.abs(x);
`,
  "tests/lab/two_test.ts": test(
    "../../tools/lab/two.ts",
    'm.two("1", 1);',
    "m.three(1) === 1",
  ),
};

/** A file with a test that calls something of a module and requires something. */
function test(module: string, call: string, require: string): string {
  return `import * as m from "${module}";\nDeno.test("t", () => {\n  ${call}\n  if (!(${require})) ` +
    "throw new Error();\n});\n";
}

/** What is listed of it: the list named `engine`, as TypeScript. */
const listed = (after: string) =>
  `{ why: "it may", file: "engine/value.ts", within: "rounded", before: "return Math.ceil(x);", becomes: ["${after}"] }`;

/** Makes the repository for as long as the test runs. */
async function withRepository(
  run: (
    mutate: (...args: string[]) => Promise<{ code: number; lines: string[] }>,
    write: (path: string, text: string) => void,
  ) => Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync(), written = new Map<string, string>();
  const write = (path: string, text: string) => {
    written.set(path, text);
    Deno.mkdirSync(dirname(join(folder, path)), { recursive: true });
    Deno.writeTextFileSync(join(folder, path), text);
  };
  const names = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name).sort();
  try {
    await new Deno.Command("git", { args: ["init", "--quiet"], cwd: folder }).output();
    for (const path of ["tools/mutate", "tools/files.ts", "tools/std"]) {
      cpSync(join(root, path), join(folder, path), { recursive: true });
    }
    for (const [path, text] of Object.entries(files)) write(path, text);
    for (const list of ["compile", "engine", "exercises", "lessons", "tools"]) {
      const items = list === "engine" ? listed("return Math.floor(x);") : "";
      write(
        `tools/mutate/equivalent/${list}.ts`,
        `import type { Equivalent } from "./type.ts";\n` +
          `export const ${list}: readonly Equivalent[] = [${items}];\n`,
      );
    }
    Deno.mkdirSync(join(folder, ".git/tmp"));
    const before = names(folder);
    await run(async (...args) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          // Quiet, or else it says what it downloads the first time.
          ...["run", "-A", "--quiet", "--config", "tools/mutate/deno.json"],
          "tools/mutate/mutate.ts",
          ...args,
        ],
        cwd: folder,
        env: { NO_COLOR: "1", TMPDIR: join(folder, ".git/tmp") },
        stdin: "null",
      }).output();
      assertEquals(names(join(folder, ".git/tmp")), [], "it leaves something behind");
      assertEquals(names(folder), before);
      for (const [path, text] of written) {
        assertEquals(Deno.readTextFileSync(join(folder, path)), text, path);
      }
      const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
      return { code, lines: text.trimEnd().split("\n") };
    }, write);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const absolute = [
  "survives: engine/value.ts:6 (absolute)",
  "  − return Math.abs(x);",
  "  + return Math.sign(x);",
];

Deno.test("deno task mutate says what each mutant is noticed by, and which survive", async () => {
  await withRepository(async (mutate) => {
    assertEquals(await mutate("engine/value.ts", "tools/exercises.ts"), {
      code: 1,
      lines: [
        "6 of 6 mutants of 2 files; 6 more are for `--all`: no quick test executes or notices them",
        ...absolute,
        "2 noticed by tests/engine/value_test.ts",
        "1 noticed by tests/engine/other_test.ts",
        "1 noticed by the type checker",
        "1 make no difference (see tools/mutate/equivalent/), 1 survive",
      ],
    });
  });
});

Deno.test("deno task mutate --seconds tries no more tests, and --allow lets so many survive", async () => {
  await withRepository(async (mutate) => {
    assertEquals(
      await mutate(
        ...["engine/value.ts", "engine/written.ts"],
        ...["--seconds", "0.001", "--workers", "1", "--allow", "3"],
      ),
      {
        code: 0,
        lines: [
          "7 of 7 mutants of 2 files; 1 more are for `--all`: no quick test executes or notices them",
          "survives: engine/value.ts:2 (opposite)",
          "  − return !x;",
          "  + return x;",
          ...absolute,
          // The file before is as it was: otherwise the test of this one would notice.
          "survives: engine/written.ts:2 (written)",
          ...absolute.slice(1),
          "2 noticed by tests/engine/value_test.ts",
          "1 noticed by the type checker",
          "1 make no difference (see tools/mutate/equivalent/), 3 survive",
        ],
      },
    );
  });
});

Deno.test("deno task mutate --all runs the slow tests, too", async () => {
  await withRepository(async (mutate) => {
    const files = ["engine/value.ts", "tools/exercises.ts", "tools/lab/"];
    const { code, lines } = await mutate("--all", "--allow=3", ...files);
    assertEquals(code, 1);
    assertEquals(
      lines[0],
      "16 of 16 mutants of 4 files; 0 more are for `--all`: no quick test executes or notices them",
    );
    assertEquals(lines.filter((line) => line.startsWith("survives")).sort(), [
      absolute[0],
      "survives: tools/exercises.ts:3 ()",
      "survives: tools/exercises.ts:3 ()",
      "survives: tools/lab/two.ts:3 (three)",
    ]);
    assertEquals(lines.filter((line) => / noticed by /.test(line)).sort(), [
      "1 noticed by tests/engine/other_test.ts",
      "1 noticed by tests/system/large_graphs.ts",
      "2 noticed by tests/engine/value_test.ts",
      "2 noticed by tests/system/exercises.ts",
      "5 noticed by the type checker",
    ]);
  });
});

Deno.test("deno task mutate --list prints each mutant, and refuses a list that names none", async () => {
  await withRepository(async (mutate, write) => {
    const { code, lines } = await mutate("--list", "engine/value.ts");
    assertEquals(code, 0);
    assertEquals(lines.slice(0, 4), [
      "engine/value.ts:2 (opposite)",
      "  − return !x;",
      "  + return x;",
      "engine/value.ts:3 (noted)",
    ]);
    assertEquals(lines.length, 3 * 7);

    const path = "tools/mutate/equivalent/engine.ts";
    const lists = (items: string) => write(path, `export const engine = [${items}];`);
    const refused = "equivalent/, or `slow` in tests.ts, lists what is no mutant (any more):";
    lists(listed("return Math.floor(x);") + "," + listed("return 1;"));
    assertEquals(await mutate("--list", "engine"), {
      code: 1,
      lines: [refused, "", "engine/value.ts", "rounded", "return Math.ceil(x);", "return 1;"],
    });
    lists('{ why: "it may", file: "engine/value.ts", within: "none" }');
    assertEquals((await mutate("engine")).lines, [refused, "", "engine/value.ts", "none"]);
    // What is listed of other files is looked at with those.
    assertEquals((await mutate("--list", "tools/lab")).code, 0);
    lists("");
    write("tools/exercises.ts", "export function main() { return true; }\n");
    assertEquals((await mutate("--list")).lines, [
      ...[refused, "", "tools/exercises.ts", "standing", "", "tools/exercises.ts"],
    ]);
  });
});

Deno.test("deno task mutate says how to call it", async () => {
  await withRepository(async (mutate) => {
    for (
      const args of [
        ["--help"],
        ["engine/valu"],
        ["engine", "--sample=0"],
        ["engine", "--seconds=0"],
        ["engine", "--allow=-1"],
        ["engine", "--workers=0"],
        ["engine", "--sample=many"],
      ]
    ) {
      const { code, lines } = await mutate(...args);
      assertEquals(code, args[0] === "--help" ? 0 : 1);
      assertEquals(lines[0], "Breaks the project on purpose and shows that the tests notice.");
    }
  });
});
