import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { CellSyntaxError, frameOf, readCell } from "../../tools/site/live/cell.ts";

/** A module, in place of the worker's: it knows by what names it was imported. */
function load(module: string, ...names: string[]): Record<string, unknown> {
  if (module === "types") throw new Error("types are not loaded");
  return { default: module, module, two: 2, names };
}

/** Runs cells one after the other in one scope, as the worker does; returns what the last one shows. */
async function run(...sources: string[]): Promise<unknown> {
  const scope: Record<string, unknown> = Object.create(null);
  let result: unknown;
  for (const source of sources) {
    const { code, declared } = readCell(source, "cell.ts");
    for (const name of declared.keys()) scope[name] = "what it was before";
    // Sloppy code, as the worker's: the cell itself is strict.
    result = await (0, eval)(code)(scope, load);
  }
  return result;
}

Deno.test("readCell() runs a cell and returns its last expression", async () => {
  assertEquals(await run("1 + 1"), 2);
  assertEquals(await run("1 + 1;"), 2);
  assertEquals(await run("(1, 2)"), 2);
  assertEquals(await run("((3)); // three"), 3);
  assertEquals(await run("const x = 1;"), undefined);
  assertEquals(await run("({ a: 1 }).a"), 1);
  assertEquals(await run("await Promise.resolve(4)"), 4);
  assertEquals(await run("let x; x = 5"), 5);
  assertEquals(await run("for (const x of [1]) x;"), undefined);
  assertEquals(await run(""), undefined);
});

Deno.test("readCell() carries declarations over to the next cell, which may repeat them", async () => {
  assertEquals(await run("const a = 1;", "a + 1"), 2);
  assertEquals(
    await run("const a = 1, b = a + 1; let c;", "c = a + b", "const a = 5", "[a, b, c]"),
    [
      5,
      2,
      3,
    ],
  );
  assertEquals(
    await run("const { a, b: [c, ...d], ...e } = { a: 1, b: [2, 3], f: 4 };", "[a, c, d, e]"),
    [
      1,
      2,
      [3],
      { f: 4 },
    ],
  );
  assertEquals(
    await run("f(); function f() { return g(); }\nfunction g() { return 1; }", "f() + g()"),
    2,
  );
  assertEquals(await run("class A { x = 1 }\nclass B extends A {}", "new B().x"), 1);
  assertEquals(await run("const f = () => {}; class C {}", "[f.name, C.name]"), ["f", "C"]);
  assertEquals(await run("export const a = 1;", "export function f() { return a; }", "f()"), 1);
  assertEquals(await run("let n = 0; const up = () => ++n;", "up(); up(); n"), 2);
  assertEquals(await run("let x, y = 1;", "[x, y]"), [undefined, 1]);
  assertEquals(await run("class A { x = 1 } for (const a of [2]) a;\nnew A().x"), 1);
  assertEquals(await run("const a = 1; export { a };\nexport { a as b }\na"), 1);
});

Deno.test("readCell() names what a cell declares, and what of it is constant", () => {
  const source =
    `import a, { b as c, type D } from "x"; import * as e from "y"; import type { F } from "z";
    const g = 1, { h, i: [j = 1, ...k], ...l } = m; let n, o: number; var p;
    function q() { const r = 1; } export class S {} declare class T {} declare const u: number;
    interface V {} type W = 1; declare function x(): void;`;
  const { declared } = readCell(source, "cell.ts");
  const names = (wanted: boolean) =>
    [...declared].flatMap(([name, { constant }]) => constant === wanted ? [name] : []).join(" ");
  assertEquals(names(true), "a c e g h j k l");
  assertEquals(names(false), "n o p q S");
});

Deno.test("readCell() imports", async () => {
  assertEquals(await run('import { module, two as zwei } from "../mod.ts";', "[module, zwei]"), [
    "../mod.ts",
    2,
  ]);
  assertEquals(await run('import text from "x" with { type: "text" };\ntext'), "x");
  assertEquals(await run('(await import("x")).module'), "x");
  assertEquals(await run('import * as all from "x"; all.two'), 2);
  assertEquals(await run('import type { A } from "types";\n2'), 2);
  assertEquals(await run('import "x"; 3'), 3);
  assertEquals(await run('import text, * as all from "x"; [text, all.two]'), ["x", 2]);
  assertEquals(
    await run('import text, { module, names, two as zwei, type B } from "x";\nnames'),
    ["module", "names", "two"],
  );
  assertEquals(await run('import * as all from "x"; all.names'), []);
  assertEquals(await run('import { "two" as zwei } from "x"; zwei'), 2);
});

Deno.test("readCell() is strict: a name that nobody declared is refused", async () => {
  assertMatch(String(await run("undeclared = 1").catch(String)), /ReferenceError/);
  assertEquals(await run("(function () { return this; })()"), undefined);
  assertEquals(await run("function f() { return this; }", "[f(), f?.()]"), [undefined, undefined]);
  assertEquals(await run("const { f } = { f() { return this; } };", "f<string>()"), undefined);
});

Deno.test("readCell() leaves eval as it is: it sees what the cell sees", async () => {
  assertEquals(await run("const f = (x) => eval('x + 1');\nf(2)"), 3);
});

Deno.test("readCell() keeps lines without semicolons apart", async () => {
  const f = "let n = 0; function f() { return ++n; }";
  assertEquals(await run(f, "const x = 1 // one\nf()\nf()"), 2);
  assertEquals(await run(f, "{\n  let y = f() as number\n  f()\n}\nif (n) f()\nelse f()\nn"), 3);
  assertEquals(await run(f, "switch (1) {\n  case 1:\n    n = 5\n    f()\n}\nn"), 6);
  assertEquals(await run("class A { static x = 1\n static { A.x = 2\n String(1) } }", "A.x"), 2);
  // Without one, a line that begins with a parenthesis goes on: types or not.
  assertEquals(await run("const f = (x: number) => x + 1;\nconst a = f\n(3)\na"), 4);
  assertEquals(await run("const a = [1, 2].map((x) => String(x))\nString(a)"), "1,2");
});

Deno.test("readCell() leaves types out", async () => {
  const same = async (typed: string, plain: unknown) =>
    assertEquals(await run(typed), plain, typed);
  await same("const x: number = 1 as number; (x as unknown)!", 1);
  await same("const x = (1 + 1) as const; x satisfies number", 2);
  await same("interface A { a: number }\ntype B = A | undefined;\nlet b: B = { a: 1 }; b!.a", 1);
  await same("const f = <T,>(x: T, y?: number): T => x; f<string>('a')", "a");
  await same(
    "function f(this: void, x?: number, ...y: number[]): x is number { return !x; }\nf()",
    true,
  );
  await same("function f(x: string): string;\nfunction f(x: unknown) { return x; }\nf('a')", "a");
  await same(
    `abstract class A<T> implements Iterable<T> {
      private readonly x: number = 1; static y?: string; declare z: number; protected w!: T;
      abstract m(): void;
      constructor(public_: number) { this.x = public_; }
      get v(): number { return this.x; }
      private static async *g<U>(u: U): AsyncGenerator<U> { yield u; }
      *[Symbol.iterator](): Iterator<T> {}
    }
    class B extends A<string> { override get v(): number { return super.v; } }
    new B(3).v`,
    3,
  );
  await same(
    `class A { constructor(readonly a: number, private b = 2, public c?: number) {} }
    class B extends A { constructor(protected readonly d: number) { super(1); } }
    Object.entries({ ...new B(4) }).join()`,
    "a,1,b,2,c,,d,4",
  );
  await same("let x!: number; x = 1; <number> x", 1);
  await same("const x = <Array<Array<number>>> [[1], [2]]; x.length", 2);
  await same("class A { f(x: 1): 1; f(x: 2): 2; f(x: unknown) { return x; } }\nnew A().f(2)", 2);
  await same("class A implements /* implements */ Iterable<{ x: 1 }> { x = 1 }; new A().x", 1);
  await same("class A /* implements */ implements B, C { x = 1 }; new A().x", 1);
  await same("let x! /* of */ : number; x = 1; x", 1);
  await same("const A = class implements Iterable<number> { x = 1 }; new A().x", 1);
  await same(
    "class A<T> {}\nclass B extends A<Map<string, number>> implements X { x = 1 }; new B().x",
    1,
  );
  await same("const m = new Map<string, number[]>([['a', [1]]]); m.get('a')![0]", 1);
  await same("let a = 1 as number\n[2].length", 1);
  await same("declare const q: number; try { q } catch { 0 }\ntypeof q", "undefined");
  await same("class A { m(x: string): string; m(x: unknown) { return x; } }\nnew A().m('a')", "a");
  await same(
    "abstract class A { abstract x: number; y = 1; }\nclass B extends A { x = 2 }\n" +
      "new B().x + new B().y",
    3,
  );
  await same("declare enum E { A }\ndeclare namespace N { const x: number }\n2", 2);
  await same("declare class A { x: number }\ndeclare function f(): void;\n3", 3);
  await same("export const x: number = 1 as number;\nx", 1);
  await same("const x = (1 as unknown) as number, y = x!!, z = (<unknown> y)!; z + 1", 2);
  await same("const x = <number>7; x", 7);
  await same("const f = function (this: void) { return this; };\nf()", undefined);
  await same("function f(this: void, x: number) { return x; }\nf(5)", 5);
  await same("class A { x = true ? 2 : 3; m() { return 1 ? 4 : 5; } }\nnew A().x + new A().m()", 6);
  await same(
    "function f(x: string) { return class { x = x }; }\n" +
      "class A extends f('implements') implements B {}\nnew A().x",
    "implements",
  );
  await same("const t = async <T,>(x: T): Promise<T> => x; await t(1)", 1);
  await same("for (const [k, v] of Object.entries({ a: 1 }) as [string, number][]) { k; v }\n0", 0);
});

Deno.test("readCell() says where a cell stops making sense", () => {
  const refused = (source: string, message: RegExp, line: number, column: number) => {
    const error = assertThrows(() => readCell(source, "cell.ts"), CellSyntaxError);
    assertMatch(error.message, message);
    assertEquals(error.position, { line, column }, source);
  };
  refused("const x = 1;\nconst = 2;", /Unexpected token/, 2, 7);
  refused("f(", /Unexpected token/, 1, 3);
  refused("let a = 1;\nlet a = 2;", /already been declared/, 2, 5);
  refused("return 1", /'return' outside of function/, 1, 1);
  refused("export default function () {}", /a cell exports nothing/, 1, 1);
  refused("function f() { enum E { A } }", /instead of an enum/, 1, 16);
  refused("const x = 1;\nnamespace N { export const x = 1; }", /instead of a namespace/, 2, 1);
  refused("enum E { A }", /an object of constants instead of an enum/, 1, 1);
});

Deno.test("readCell() finds the place of an error in the cell, types and declarations or not", async () => {
  const place = async (source: string) => {
    const { code, declared, position } = readCell(source, "my-cell.ts");
    const scope = Object.fromEntries([...declared.keys()].map((name) => [name, undefined]));
    const error = await (0, eval)(code)(scope, () => ({})).catch((error: Error) => error);
    const frame = frameOf(error.stack)!;
    assertEquals(frame.file, "my-cell.ts");
    return position(frame, error.message);
  };
  assertEquals(await place("nobody"), { line: 1, column: 1 });
  assertEquals(await place("const one = $nobody;"), { line: 1, column: 13 });
  assertEquals(await place("const one = 1;\n  one + $nobody"), { line: 2, column: 9 });
  assertEquals(await place("if (1 + $nobody) 2"), { line: 1, column: 9 });
  assertEquals(await place("const one = 1;\n1 + one(2);"), { line: 2, column: 5 });
  assertEquals(await place("const one = nobody;"), { line: 1, column: 13 });
  assertEquals(await place("let one = nobody;"), { line: 1, column: 11 });
  assertEquals(await place("const x: number = nobody;"), { line: 1, column: 19 });
  assertEquals(await place("const x: number = 1, y = 2 as number; nobody"), {
    line: 1,
    column: 39,
  });
  assertEquals(await place('import { a,\n  b } from "x";\n\nlet c; class A {} nobody'), {
    line: 4,
    column: 19,
  });
  assertEquals(await place("function f(x: number) {\n  return (x as number) + nobody;\n}\nf(1)"), {
    line: 2,
    column: 26,
  });
});

Deno.test("readCell() finds the place of an error behind whatever is written differently", async () => {
  const cells = [
    "throw new Error()",
    "const x: number = 1, y = 2 as number; let z; throw new Error()",
    "let a = 1;\n\n  var b: number;\n  throw new Error()",
    'import d, {\n  module,\n  two as zwei\n} from "x"; import type { A } from "x"; throw new Error()',
    "export const a = 1; export { a }; export class A {} throw new Error()",
    "abstract class A<T> extends Object implements B { private readonly x?: number } throw new Error()",
    "function f(this: void, x?: number) { return x!; }\nf(1), f<number>(2); throw new Error()",
    "class A { constructor(readonly a: number) {} } interface B {}\ntype C = 1; throw new Error()",
    "await import('x'); throw <Error>new Error()",
    "throw<Error>new Error()",
    "const f = () => { throw new Error() };\nconst x = 1;\nf()",
    "const f = (x: number): never => {\n  const y = x as number;\n  throw new Error()\n};\nf(1)",
    "let x: number = 1; throw (x, x as unknown, new Error())",
  ];
  for (const source of cells) {
    const { code, declared, position } = readCell(source, "my-cell.ts");
    const scope = Object.fromEntries([...declared.keys()].map((name) => [name, undefined]));
    const error = await (0, eval)(code)(scope, load).catch((error: Error) => error);
    const before = source.slice(0, source.indexOf("new Error")).split("\n");
    assertEquals(
      position(frameOf(error.stack)!, error.message),
      { line: before.length, column: before.at(-1)!.length + 1 },
      source,
    );
  }
});

Deno.test("frameOf() reads the stacks of browsers, and finds nothing where no cell is", () => {
  const place = { file: "00-one-02.ts", line: 3, column: 14 };
  for (
    const stack of [
      "Error: no\n    at f (00-one-02.ts:3:14)\n    at 00-one-03.ts:1:2",
      "Error: no\n    at f (file:///a/b-2.ts:1:2)\n    at async 00-one-02.ts:3:14",
      "Error: no\n    at eval (00-one-02.ts, <anonymous>:3:14)\n    at file:///a/b.js:2:16",
      "f@00-one-02.ts:3:14\n@00-one-03.ts:1:2",
    ]
  ) assertEquals(frameOf(stack), place, stack);
  assertEquals(frameOf("Error: no\n    at f (https://a.org/worker.js:3:14)"), undefined);
});
