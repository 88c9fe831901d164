import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { format, inspect } from "../../tools/site/live/inspect.ts";
import { Kernel, type Load, loader } from "../../tools/site/live/kernel.ts";
import type { Failure, Report } from "../../tools/site/live/messages.ts";

/** A kernel, and what it reports about each cell that it runs. */
function started(load: Load = () => Promise.reject(new Error("nothing is there"))) {
  let reports: Report[] = [];
  const kernel = new Kernel((report) => reports.push(report), load);
  /** The cells are `cell-1.ts`, `cell-2.ts`, … */
  let count = 0;
  const run = async (source: string, file = `cell-${++count}.ts`): Promise<Report[]> => {
    reports = [];
    await kernel.run({ file, source });
    return reports;
  };
  return { kernel, run, reports: () => reports.splice(0) };
}

const done: Report = { type: "done" };
const result = (data: Record<string, unknown>): Report => ({
  type: "output",
  output: { output_type: "execute_result", data, metadata: {}, execution_count: null },
});
const plain = (text: string) => result({ "text/plain": text });
const shown = (data: Record<string, unknown>) =>
  ({ output_type: "display_data", data, metadata: {} }) as const;
const printed = (text: string, name = "stdout"): Report => ({
  type: "output",
  output: { output_type: "stream", name, text },
});

Deno.test("a cell reports its result, and that it is done", async () => {
  const { run } = started();
  assertEquals(await run("1 + 1"), [plain("2"), done]);
  assertEquals(await run("const x: number = 1;"), [done]);
  assertEquals(await run("x + 1;"), [plain("2"), done]);
  assertEquals(await run("null"), [plain("null"), done]);
  assertEquals(await run("undefined"), [done]);
  const display = '[Symbol.for("Jupyter.display")]';
  assertEquals(await run(`({ ${display}() { return { "text/html": this.html }; }, html: "h" })`), [
    result({ "text/html": "h" }),
    done,
  ]);
  assertEquals(await run(`({ ${display}: async () => ({ "text/html": "h" }) })`), [
    result({ "text/html": "h" }),
    done,
  ]);
  assertEquals(await run(`({ ${display}: 1 })`), [
    plain("{ Symbol(Jupyter.display): 1 }"),
    done,
  ]);
});

/** Why a cell failed, which is the last that it reports. */
const failureOf = (reports: Report[]): Failure | undefined => {
  const last = reports.at(-1)!;
  return last.type === "failed" ? last.failure : undefined;
};

Deno.test("a cell that fails reports why, and where: in the cell that the error was thrown in", async () => {
  const { run, kernel, reports } = started();
  const failures: [source: string, failure: Failure][] = [
    ["function fail() {\n  throw new RangeError('no');\n}\n1", undefined!],
    ["1;\n2 + fail();", {
      message: "RangeError: no",
      place: { file: "cell-1.ts", line: 2, column: 9 },
    }],
    ["let b = ;", {
      message: "SyntaxError: Unexpected token",
      place: { file: "cell-3.ts", line: 1, column: 9 },
    }],
    ["const c = 1;\nc = 2;", {
      message: "TypeError: c is a constant",
      place: { file: "cell-4.ts", line: 2, column: 3 },
    }],
    ["const d = 1;\nd();", {
      message: "TypeError: d is not a function",
      place: { file: "cell-5.ts", line: 2, column: 1 },
    }],
    ["throw 3", { message: "Uncaught 3" }],
    ["1;\n  await import('x')", {
      message: "Error: nothing is there",
      place: { file: "cell-7.ts", line: 2, column: 9 },
    }],
    ["1;\n  import {\n  f,\n} from 'x';", {
      message: "Error: nothing is there",
      place: { file: "cell-8.ts", line: 2, column: 3 },
    }],
  ];
  for (const [source, failure] of failures) {
    assertEquals(failureOf(await run(source)), failure, source);
  }
  assertEquals(
    failureOf(await run("e + 1; let e = 1;"))?.message,
    "ReferenceError: Cannot access 'e' before initialization",
  );
  kernel.uncaught(new TypeError("later"));
  kernel.uncaught("no error");
  assertEquals(reports().slice(-2), [
    { type: "uncaught", failure: { message: "TypeError: later" } },
    { type: "uncaught", failure: { message: "Uncaught no error" } },
  ]);
});

Deno.test("a cell may declare again what another one has declared", async () => {
  const { run } = started();
  await run("const a = 1; function f() { return a; }");
  assertEquals(await run("const a = 2; class f {}\na"), [plain("2"), done]);
  assertEquals(await run("let g = 1; g = 2; g++; g"), [plain("3"), done]);
  assertEquals(failureOf(await run("a = 3"))?.message, "TypeError: a is a constant");
  assertEquals(await run("a + g"), [plain("5"), done]);
});

Deno.test("Deno.jupyter shows, and shows something else in place of what it has shown", async () => {
  const { kernel, reports } = started();
  const { jupyter } = kernel;
  await jupyter.display({ "text/html": "h" }, { raw: true });
  await jupyter.display({ a: 1 });
  await jupyter.display({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "i" }) });
  assertEquals(reports(), [
    { type: "output", output: shown({ "text/html": "h" }) },
    { type: "output", output: shown({ "text/plain": "{ a: 1 }" }) },
    { type: "output", output: shown({ "text/html": "i" }) },
  ]);
  const data = { "text/plain": "t" };
  const transient = { display_id: "d" };
  await jupyter.broadcast("display_data", { data, transient });
  await jupyter.broadcast("display_data", { data });
  await jupyter.broadcast("update_display_data", { data, transient });
  await jupyter.broadcast("update_display_data", { data });
  await jupyter.broadcast("comm_open", { data, transient });
  assertEquals(reports(), [
    { type: "output", output: shown(data), display: "d" },
    { type: "output", output: shown(data), display: undefined },
    { type: "update", output: shown(data), display: "d" },
  ]);
});

Deno.test("console.log() prints texts as they are, and other things as Deno does", async () => {
  const { kernel, run, reports } = started();
  kernel.print("stdout", ["a", "b"]);
  kernel.print("stderr", ["100 %d"]);
  assertEquals(reports(), [printed("a b\n"), printed("100 %d\n", "stderr")]);
  // Speaking of `console` is what loads the code that shows objects.
  await run("const x = 1; // console");
  reports();
  kernel.print("stdout", ["%s is %d", "x", 3]);
  kernel.print("stdout", ["%s!", "x"]);
  kernel.print("stdout", ["x", "%s"]);
  kernel.print("stdout", ["x", -0, ["y"]]);
  kernel.print("stdout", [1]);
  kernel.print("stdout", []);
  assertEquals(reports(), [
    printed("x is 3\n"),
    printed("x!\n"),
    printed("x %s\n"),
    printed('x -0 [ "y" ]\n'),
    printed("1\n"),
    printed("\n"),
  ]);
  assertEquals(kernel.inspect("x"), '"x"');
});

Deno.test("inspect() and format() write as Deno does", () => {
  class Point {
    constructor(readonly x: number, readonly y = { z: [1, [2, [3, [4]]]] }) {}
  }
  const things = [
    ...[1, -0, NaN, 10n, null, undefined, true, Symbol("s"), "text", "it's", 'a "b"', "a\nb", ""],
    ...[`'"`, `'\``, `"\``, `'"\``, `\\'"\``, "\\", "'", '"', "`"],
    ...[[], {}, [1, "a", null], { a: 1, "b c": "d" }, new Map([["a", 1]]), new Set(["a"])],
    ...[new Point(1), new Float64Array([1, 2]), Array.from({ length: 30 }, (_, k) => k), [[[[1]]]]],
    { "Deno.customInspect": 1, f() {}, g: () => 1, h: class A {} },
  ];
  const options = { colors: false } as const;
  for (const thing of things) assertEquals(inspect(thing), Deno.inspect(thing, options));
  assertEquals(format(["a", "it's", ["it's"], { a: "b" }]), `a it's [ "it's" ] { a: "b" }`);
  assertEquals(format(["%s and %o", "a", 1]), "a and 1");
});

Deno.test("a cell imports the modules of the page, each under the name of a notebook", async () => {
  const loaded: string[] = [];
  const load = loader((path) => {
    loaded.push(path);
    return path.includes("none") ? Promise.reject(new Error("404")) : Promise.resolve({ a: path });
  });
  for (
    const [specifier, path] of [
      ["../mod.ts", "mod.js"],
      ["../../lessons/show.ts", "lessons/show.js"],
      ["../lessons/names.txt", "lessons/names.txt.js"],
      ["@jax-js/jax", "packages/@jax-js/jax.js"],
      ["katex", "packages/katex.js"],
    ]
  ) assertEquals(await load(specifier, "a"), { a: path }, specifier);
  for (const specifier of ["npm:x", "https://a.org/x.ts", "./a.ts", "/a.ts", "node:fs", "Upper"]) {
    await assertRejects(
      () => load(specifier),
      Error,
      `a page cannot import "${specifier}": a page has only what its lesson imports`,
    );
  }
  await assertRejects(() => load("../none.ts"), Error, 'there is no "../none.ts" here: a page has');
  await assertRejects(
    () => load("../mod.ts", "a", "b", "c"),
    SyntaxError,
    '"../mod.ts" has no export named b',
  );
  assertEquals(loaded.filter((path) => path.includes("npm")), []);
});

Deno.test("the module of plots is loaded when one is drawn", async () => {
  const loaded: string[] = [];
  const load = loader((path) => {
    loaded.push(path);
    return Promise.resolve({ plot: (...args: number[]) => Promise.resolve(Math.max(...args)) });
  });
  const { run } = started(load);
  assertEquals(await run('import { plot } from "../lessons/plot.ts";'), [done]);
  assertEquals(loaded, []);
  assertEquals(await run("await plot(1, 3, 2)"), [plain("3"), done]);
  assertEquals(loaded, ["lessons/plot.js"]);
  assertEquals(await run('import { draw } from "../../lessons/plot.ts";'), [done]);
  assertMatch(failureOf(await run("await draw()"))!.message, /has no export named draw$/);
  assertEquals(await run('import { plot as other } from "../plot.ts";'), [done]);
  assertEquals(loaded.at(-1), "plot.js");
});
