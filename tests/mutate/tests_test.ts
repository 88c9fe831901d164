import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import {
  command,
  imports,
  measure,
  type Measured,
  quickTests,
  readCoverage,
  slowTests,
  slowTestsOf,
  spread,
  testsOf,
} from "../../tools/mutate/tests.ts";

const root = join(import.meta.dirname!, "..", "..");

/** A test file that took some time and executed some lines of `engine/value.ts`. */
function did(test: string, milliseconds: number, ...executed: number[]): Measured {
  return { test, milliseconds, lines: new Map([["engine/value.ts", new Set(executed)]]) };
}

Deno.test("testsOf() names the tests that execute a line: the file's own first, then quick ones first", () => {
  const measured = [
    did("tests/slow_test.ts", 900, 1, 2),
    did("tests/quick_test.ts", 100, 2),
    did("tests/engine/value_test.ts", 500, 2, 3),
    did("tests/no_value_test.ts", 1),
  ];
  const of = (first: number, last = first, file = "engine/value.ts") =>
    testsOf({ file, first, last }, measured);
  assertEquals(of(1), ["tests/slow_test.ts"]);
  assertEquals(of(2), ["tests/engine/value_test.ts", "tests/quick_test.ts", "tests/slow_test.ts"]);
  assertEquals(of(3, 9), ["tests/engine/value_test.ts"]);
  assertEquals(of(4), []);
  assertEquals(of(0, 1), ["tests/slow_test.ts"]);
  assertEquals(
    testsOf({ file: "engine/value.ts", first: 1, last: 1 }, [
      { test: "tests/engine/properties_test.ts", milliseconds: 60_000 },
      ...measured,
    ]),
    ["tests/slow_test.ts", "tests/engine/properties_test.ts"],
  );
  assertEquals(of(2, 2, "engine/other.ts"), []);
});

Deno.test("quickTests() leaves out what needs another program, and what is no test", () => {
  const quick = ["tests/engine/value_test.ts", "tests/site/cell_test.ts"];
  const others = [
    "tests/system/draw.ts",
    "tests/browser/live.ts",
    "tools/mutate/tests.ts",
    "a_test.ts",
  ];
  assertEquals(quickTests([...quick, ...others, "mod.ts"]), quick);
  assertEquals(command("mod.ts"), []);
  assertEquals(command("tests/site/cell_test.ts").at(-2), "--config=tools/site/deno.json");
});

Deno.test("testsOf() takes the test of the same name for a file's own, whatever the folder", () => {
  const file = "engine/explain/explain.ts", lines = new Map([[file, new Set([1])]]);
  const measured = [
    { test: "tests/engine/value_test.ts", milliseconds: 9, lines },
    { test: "tests/engine/explain/explain_test.ts", milliseconds: 900, lines },
    { test: "tests/engine/unexplain_test.ts", milliseconds: 90, lines },
  ];
  assertEquals(
    testsOf({ file, first: 1, last: 1 }, measured),
    [1, 0, 2].map((k) => measured[k].test),
  );
});

Deno.test("slowTestsOf() names the tests of other programs that work with a file, each once", () => {
  assertEquals(slowTestsOf("tools/files.ts"), ["tests/system/files.ts"]);
  assertEquals(slowTestsOf("README.md"), []);
  const tests = slowTestsOf("tools/notebooks.ts");
  assert(tests.includes("tests/system/notebooks.ts"));
  assert(tests.includes("tests/system/command_lines.ts"));
  assertEquals(new Set(tests).size, tests.length);
});

Deno.test("slowTests names tests that exist", () => {
  for (const test of slowTests.flatMap(({ tests }) => tests)) {
    assertEquals(command(test)[0], "test", test);
    assertEquals(Deno.statSync(join(root, test)).isFile, true, test);
  }
});

Deno.test("readCoverage() finds the lines that were executed, by path in the repository", () => {
  const lcov = `SF:/a/engine/value.ts
FNF:0
DA:1,1
DA:2,0
DA:13,70000
end_of_record
SF:/a/lessons/00_derivative.ts?again
DA:4,2
end_of_record
`;
  assertEquals(
    readCoverage(lcov, "/a"),
    new Map([
      ["engine/value.ts", new Set([1, 13])],
      ["lessons/00_derivative.ts", new Set([4])],
    ]),
  );
});

Deno.test("measure() finds what a test file executes, and what it does not, and how long that takes", async () => {
  const start = performance.now();
  const measured = await measure(root, "tests/engine/format_test.ts");
  const most = performance.now() - start;
  assert(measured.milliseconds > 10 && measured.milliseconds < most, `${measured.milliseconds}`);
  const lines = measured.lines!;
  const text = Deno.readTextFileSync(join(root, "engine/format.ts"));
  const lineOf = (start: string) => text.slice(0, text.indexOf(start)).split("\n").length;
  assertEquals(lines.get("engine/format.ts")!.has(lineOf("return formatNumber(x)")), true);
  assertEquals(lines.has("engine/value.ts"), false);
  // One that takes minutes is not run.
  const { milliseconds, ...rest } = await measure(root, "tests/engine/properties_test.ts");
  assertEquals(rest, { test: "tests/engine/properties_test.ts" });
  assert(milliseconds > 10_000);
});

Deno.test("measure() finds nothing where a test fails, says so, and where it executes nothing", async () => {
  const folder = Deno.makeTempDirSync(), { log } = console, lines: unknown[] = [];
  const before = Deno.env.get("TMPDIR");
  try {
    for (const name of ["tests", "tmp"]) Deno.mkdirSync(join(folder, name));
    const write = (path: string, text: string) => Deno.writeTextFileSync(join(folder, path), text);
    write("a.ts", "export const a = Math.random();\n");
    write("tests/again_test.ts", 'import "../a.ts?again";\n');
    write(
      "tests/fails_test.ts",
      'import "../a.ts";\nDeno.test("t", () => {\n  throw new Error();\n});\n',
    );
    write("tests/reads_test.ts", 'import "node:path";\nDeno.test("t", () => {});\n');
    console.log = (line) => lines.push(line);
    Deno.env.set("TMPDIR", join(folder, "tmp"));
    for (const name of ["fails", "reads"]) {
      const start = performance.now();
      const { lines, milliseconds } = await measure(folder, `tests/${name}_test.ts`);
      assertEquals([...lines!.keys()], []);
      assert(milliseconds < performance.now() - start);
    }
    assertEquals(lines, ["left out, as it fails with coverage: tests/fails_test.ts"]);
    assertEquals([...Deno.readDirSync(join(folder, "tmp"))], []);
    assertEquals(await imports(folder, "tests/again_test.ts", new Set(["a.ts"])), true);
    assertEquals(await imports(folder, "tests/reads_test.ts", new Set(["a.ts"])), false);
    // What Deno says of a configuration that it cannot read.
    write("deno.json", "{");
    await assertRejects(
      () => imports(folder, "tests/reads_test.ts", new Set()),
      Error,
      "deno.json",
    );
  } finally {
    console.log = log;
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("imports() follows imports by way of others, also those of texts that are told apart", async () => {
  const imported = (test: string, file: string) => imports(root, test, new Set([file]));
  assertEquals(await imported("tests/engine/value_test.ts", "engine/operations.ts"), true);
  assertEquals(await imported("tests/engine/format_test.ts", "engine/operations.ts"), false);
  assertEquals(await imported("tests/lessons/00_derivative_test.ts", "lessons/canvas.ts"), true);
  assertEquals(await imported("tests/engine/random_test.ts", "engine/random.ts"), true);
  assertEquals(await imported("tests/site/cell_test.ts", "tools/site/live/cell.ts"), true);
});

Deno.test("spread() takes items from all over a list", () => {
  const list = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  assertEquals(spread(list, 3), [0, 3, 6]);
  assertEquals(spread(list, 4), [0, 3, 5, 7]);
  assertEquals(spread(list, 1), [0]);
  for (const count of [9, 10, Infinity]) assertEquals(spread(list, count), list);
});
