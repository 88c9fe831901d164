import { assert, assertEquals, assertMatch } from "@std/assert";
import { describe, type Documentation, entriesOf, showing } from "../../tools/lab/cells.ts";

/** What the kernel gets as the result of a cell: V8 evaluates a script as it does. */
function result(cell: string): unknown {
  return (0, eval)(showing(cell));
}

/** The text that the kernel shows in place of what it cannot. */
function shown(cell: string): unknown {
  const display = (result(cell) as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")];
  return display();
}

Deno.test("showing() gives a text to what JSON cannot hold", () => {
  for (
    const [cell, text] of [
      ["0 / 0", "NaN"],
      ["var x = 0;\n1 / x;", "Infinity"],
      ["[-1].map((x) => x / 0)[0] // below zero", "-Infinity"],
      ["-0", "-0"],
      ["2n ** 64n", "18446744073709551616n"],
      ["NaN // why\n;", "NaN"],
      ["null", "null"],
      ["var y; y = NaN", "NaN"],
      ["1, NaN", "NaN"],
      ["var z = 1\nz\n-\nNaN", "NaN"],
      ["(function () {}, null)", "null"],
    ]
  ) assertEquals(shown(cell), { "text/plain": text }, cell);
});

Deno.test("showing() leaves every other result as it is", () => {
  const thing = { [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "a picture" }) };
  Object.assign(globalThis, { thing });
  for (
    const [cell, value] of [
      ["1 + 1", 2],
      ["0", 0],
      ["undefined", undefined],
      ["'text'", "text"],
      ["thing", thing],
      ["thing;;", thing],
      ["void 0", undefined],
      ["true", true],
    ] as const
  ) assert(Object.is(result(cell), value), cell);
});

Deno.test("showing() changes no line before the last expression, and what comes after it stays", () => {
  for (
    const [before, expression, after] of [
      ["f()\n", "g()", ""],
      ["/* x */ ", "g()", " // done"],
      ["const x: number = 1;\n\n", "x", ";"],
      ["import { a } from './a.ts';\n", "a as number", " /* done */"],
      ["", "await `a\n// b`", "; // done"],
    ]
  ) {
    const cell = showing(before + expression + after);
    assert(cell.startsWith(`${before};[(${expression}`), cell);
    assert(cell.endsWith(`)[0]${after}`), cell);
  }
});

Deno.test("showing() keeps a cell that ends in no expression, or that it cannot read", () => {
  for (
    const cell of [
      "",
      "// only",
      "const x = NaN;",
      "const f = (x: number) =>\n  x / 0",
      "if (x) NaN",
      "for (;;) NaN",
      "function f() {}",
      "class A {}",
      'import { a } from "./a.ts";',
      "let x = 1\n-NaN",
      "const x = ;",
      "{ a: 1, b: NaN }",
      "<div/>",
    ]
  ) assertEquals(showing(cell), cell);
});

const source = `/** A number. */
export class Value extends Thing {
  /** Makes one. */
  constructor(data: number, options?: { label?: string }) {
    this.data = data;
  }

  /** The number. */
  get data(): number {
    return 1;
  }

  /** The product, see {@linkcode Value.data}. */
  mul(other: Value | number): Value {
    return this;
  }

  /** The product of two. */
  static mul(a: Value, b: Value): Value {
    return a;
  }
}

/** What is minimised. */
export interface Loss {
  /** Its number. */
  readonly data: number;
}

/**
 * Derives.
 *
 * @param f what
 * @returns the slope
 * @throws {TypeError} when f is none
 */
export function derivative(
  f: (x: number) => number,
  { h }: { h: number } = { h: 1 },
): number {
  return 0;
}

/** Of one. */
export function twice(x: number): number;
/** Of many. */
export function twice(x: number[]): number[];
export function twice(x: unknown): unknown {
  return x;
}

export function once(x: number): number;
export function once(x: unknown): unknown {
  return x;
}

/** A name. */
export type Id = string`;

/** What `deno doc --json` says of the source above, as far as it is read. */
function documentation(): Documentation {
  const at = (text: string, after = 0) => {
    const line = source.slice(0, source.indexOf(text, after)).split("\n").length - 1;
    return { filename: "file:///a.ts", line };
  };
  const doc = (doc: string) => ({ doc });
  const symbols = [
    {
      name: "Value",
      declarations: [{
        kind: "class",
        location: at("export class"),
        jsDoc: doc("A number."),
        def: {
          constructors: [{ location: at("constructor"), jsDoc: doc("Makes one.\n") }],
          methods: [
            { name: "data", kind: "getter", location: at("get data"), jsDoc: doc("The number.") },
            { name: "data", kind: "setter", location: at("get data") },
            {
              name: "mul",
              kind: "method",
              location: at("mul(other"),
              jsDoc: doc("The product, see {@linkcode Value.data}."),
            },
            {
              name: "mul",
              isStatic: true,
              location: at("static mul"),
              jsDoc: doc("The product of two."),
            },
          ],
        },
      }],
    },
    {
      name: "Loss",
      declarations: [{
        location: at("export interface"),
        def: { properties: [{ name: "data", location: at("readonly data") }] },
      }],
    },
    {
      name: "derivative",
      declarations: [{
        location: at("export function derivative"),
        def: { hasBody: true },
        jsDoc: {
          doc: "Derives.\n",
          tags: [
            { kind: "param", name: "f", doc: "what" },
            { kind: "param", name: "h", tsType: { repr: "number" }, doc: "the step" },
            { kind: "return", doc: "the slope" },
            { kind: "throws", tsType: { repr: "TypeError" }, doc: "when f is none" },
            { kind: "example", doc: "derivative(f)" },
          ],
        },
      }],
    },
    {
      name: "twice",
      declarations: [
        { location: at("export function twice(x: number)"), def: { hasBody: false } },
        { location: at("export function twice(x: number[])"), def: { hasBody: false } },
        { location: at("export function twice(x: unknown)"), def: { hasBody: true } },
      ],
    },
    {
      name: "once",
      declarations: [
        {
          location: at("export function once(x: number)"),
          def: { hasBody: false },
          jsDoc: { tags: [{ kind: "throws" }, { kind: "return", doc: "x" }] },
        },
        { location: at("export function once(x: unknown)"), def: { hasBody: true } },
      ],
    },
    { name: "Id", declarations: [{ location: at("export type Id"), jsDoc: doc("A name.") }] },
  ];
  return { nodes: { "file:///a.ts": { symbols } } };
}

/** What is said at the place of the bar. */
function at(marked: string): string | undefined {
  const cursor = [...marked].indexOf("|");
  const entries = entriesOf(documentation(), () => source);
  return describe(marked.replace("|", ""), cursor, entries);
}

const mul = "Value.mul(other: Value | number): Value\n\nThe product, see Value.data.";

Deno.test("describe() finds the name at the cursor: its signature, and what it is", () => {
  for (
    const marked of [
      "a.mul|",
      "a.m|ul(b)",
      "a.|mul(b)",
      "x.y?.mul|",
      "f(a)!.mul|",
      "(a).mul|",
      '"😀😀"; a.mul|(b)',
    ]
  ) {
    assertEquals(at(marked), mul, marked);
  }
  assertEquals(at("Value.mul|"), "Value.mul(a: Value, b: Value): Value\n\nThe product of two.");
  assertEquals(
    at("Val|ue"),
    "class Value extends Thing\n\nA number.\n\n\n" +
      "new Value(data: number, options?: { label?: string })\n\nMakes one.",
  );
  assertEquals(
    at("derivative|"),
    "function derivative(f: (x: number) => number, { h }: { h: number } = { h: 1 }): number\n\n" +
      "Derives.\n\n@param f what\n@param h {number} the step\n@return the slope\n" +
      "@throws {TypeError} when f is none",
  );
  assertEquals(at("Id|"), "type Id = string\n\nA name.");
});

Deno.test("describe() names all that a member may be of, and all overloads", () => {
  assertEquals(
    at("x.data|"),
    "Value.data(): number\n\nThe number.\n\n\nLoss.data: number",
  );
  assertEquals(
    at("twice|"),
    "function twice(x: number): number\n\n\nfunction twice(x: number[]): number[]",
  );
  assertEquals(at("once|"), "function once(x: number): number\n\n@throws\n@return x");
});

Deno.test("describe() says what is called where the cursor is on nothing that is documented", () => {
  for (
    const marked of [
      "a.mul(|",
      "a.mul(|b)",
      "a.mul(b, |)",
      "a.mul({ x: [1, |",
      "a.mul(f(1), (2), |",
    ]
  ) assertEquals(at(marked), mul, marked);
  assertMatch(at("derivative((x) => f(x|")!, /^function derivative/);
  for (
    const marked of [
      "|",
      "b|",
      "mul|",
      "b.derivative|",
      "1.5|",
      "a.mul(b) |",
      "a.mul(b); c|",
      "a.mul[|",
      "a.mul[b|",
    ]
  ) {
    assertEquals(at(marked), undefined, marked);
  }
});
