import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { apply, difference, type Mutant, mutantsOf } from "../../tools/mutate/mutants.ts";

/** What the mutants make of a text. */
function mutated(text: string): string[] {
  return mutantsOf("a.ts", text).map((mutant) => apply(mutant, text));
}

Deno.test("mutantsOf() changes operators, numbers, names, order, conditions and statements", () => {
  const cases: [text: string, mutants: string[]][] = [
    ["x += w * z;", ["x = w * z;", "x -= w * z;", "x += w / z;", "x += w;", "x += z;", ";"]],
    ["if (i < 8) go();", ["if (true) go();", "if (false) go();", "if (i <= 8) go();"]],
    ["const d = (a) -\n  (c);", ["const d = (a) +\n  (c);"]],
    ["const d = s - t;", ["const d = t - s;", "const d = s;", "const d = t;"]],
    ["const t = f(x, 1);", ["const t = f(x, 0);", "const t = f(x, 2);", "const t = f(1, x);"]],
    ["const list = [-p, q].reverse();", [
      "const list = [p, q].reverse();",
      "const list = [-p, q];",
      "const list = [q, -p].reverse();",
    ]],
    ["const y = -x > 0 ? 1 : NaN;", [
      "const y = 1;",
      "const y = NaN;",
      "const y = -x > 0 ? 1 : 0;",
    ]],
    ["const s = `${p} of ${q}`;", ["const s = `${q} of ${p}`;"]],
    ["class A { #a; #b; f() { return this.#a === this.#b; } }", [
      "class A { #a; #b; f() { return this.#a === this.#a; } }",
    ]],
    ["const g = Math.max(s, t);", ["const g = Math.min(s, t);"]],
    ["for (const s of t) if (s) continue;", ["for (const s of t) if (s) ;"]],
    ["k++;", ["k--;"]],
    ["while (s) go();", ["while (false) go();"]],
    ["const s = !t && u;", ["const s = t && u;", "const s = !t || u;", "const s = u;"]],
  ];
  for (const [text, expected] of cases) {
    const actual = mutated(text);
    for (const mutant of expected) {
      assert(actual.includes(mutant), `${text} does not become ${mutant}: ${actual.join(" | ")}`);
    }
  }
});

Deno.test("mutantsOf() makes these mutants, and no others", () => {
  const cases: [text: string, mutants: string[]][] = [
    ["s < t", ["s <= t", "s > t"]],
    ["s + t", ["s", "t", "s - t"]],
    ["s / t", ["s", "t", "t / s", "s * t"]],
    ["Math.abs(s / t)", [
      "Math.sign(s / t)",
      ...["s", "t", "t / s", "s * t"].map((x) => `Math.abs(${x})`),
    ]],
    ["f(s - t)", ["s", "t", "t - s", "s + t"].map((x) => `f(${x})`)],
    [
      "(s - t) * 2",
      [
        ...["s - t", "2", "(s) * 2", "(t) * 2", "(t - s) * 2", "(s + t) * 2", "(s - t) / 2"],
        ...["(s - t) * 0", "(s - t) * 3"],
      ],
    ],
    ["typeof s", []],
    ["+s", []],
    ["-s", ["s"]],
    ["0x00", ["1"]],
    ["1", ["0", "2"]],
    ["9007199254740992e0", ["0"]],
    ["true", ["false"]],
    ['f(s, "t")', []],
    ['f("t", s)', []],
    ["f(s, t)", ["f(t, s)"]],
    ["f(s, ...t)", []],
    ["f(s, () => t)", []],
    ["f({ s }, t)", []],
    ['[["s", f], t]', ['[t, ["s", f]]']],
    ['[t, ["s", f]]', ['[["s", f], t]']],
    ["new F(s, t)", ["new F(t, s)"]],
    ["new F([s, t])", ["new F([t, s])"]],
    ["new WeakSet([s, t])", []],
    ["[, s, t]", ["[, t, s]"]],
    ['[["s", f, s], ["t", f, t]]', [
      '[["t", f, t], ["s", f, s]]',
      '[["s", s, f], ["t", f, t]]',
      '[["s", f, s], ["t", t, f]]',
    ]],
    ["[[s, f], [t, f]]", ["[[t, f], [s, f]]", "[[f, s], [t, f]]", "[[s, f], [f, t]]"]],
    ['[["s", s + t], ["t", f]]', [
      '[["t", f], ["s", s + t]]',
      ...["s", "t", "s - t"].map((x) => `[["s", ${x}], ["t", f]]`),
    ]],
    ["data.data", []],
    ["data.grad", ["grad.grad", "data.data"]],
    ["data.grade", []],
    ["(data) => grad", ["(data) => data"]],
    ["({ data: grad })", ["({ data: data })"]],
    ["({ data, grad })", []],
    ["(data, grad) => s", []],
    ["(data, grad) => data", ["(data, grad) => grad"]],
    ["({ data }, [grad]) => s", []],
    ["(data = f, grad) => s", []],
    ["class { data = grad; }", ["class { data = data; }"]],
    ["class { data() {} grad() {} }", []],
    ["function data(grad) {}", []],
  ];
  for (const [text, expected] of cases) {
    const actual = mutated(`const y = ${text};`).map((text) => text.slice(10, -1)).sort();
    assertEquals(actual, expected.sort(), text);
  }
  assertEquals(mutated("k--;"), [";", "k++;"]);
  // A statement is left out where a condition leads to it, not where it always comes.
  const returns = (text: string) => mutated(text).filter((mutant) => !/true|false/.test(mutant));
  assertEquals(returns("function f() { if (s) return t; return u; }"), [
    "function f() { if (s) ; return u; }",
  ]);
  assertEquals(returns("function f() { if (s) { return t; } return u; }"), [
    "function f() { if (s) { ; } return u; }",
  ]);
  assertEquals(returns("function f() { return t; }"), []);
  assertEquals(returns("if (s) for (;;) break;"), []);
  assertEquals(returns("for (const s of t) { if (s) for (;;) { break; } continue; }"), []);
  assertEquals(mutated("const { data, grad } = f(data);"), ["const { data, grad } = f(grad);"]);
  assertEquals(mutated("data = s;\ngrad = t;"), [";\ngrad = t;", "data = s;\n;"]);
  assertEquals(mutated("const data = grad;"), ["const data = data;"]);
  assertEquals(mutated("const data = 0, grad = s;"), ["const data = 1, grad = s;"]);
});

Deno.test("mutantsOf() makes no mutant that is the same by a law of the language", () => {
  assertEquals(mutated("const y = 1e300;"), ["const y = 0;"]);
  assertEquals(mutated("const y = Math.max(s, t);"), ["const y = Math.min(s, t);"]);
  assertEquals(mutated("const y = Object.is(s, t);"), []);
  assertEquals(mutated("const y = equal(s, t);"), []);
  assertEquals(mutated("const y = Value.dot(s, t);"), []);
  assertEquals(mutated("const y = Math.abs(s - t);"), [
    "const y = Math.sign(s - t);",
    "const y = Math.abs(s);",
    "const y = Math.abs(t);",
    "const y = Math.abs(s + t);",
  ]);
  assert(!mutated("const y = (s - t) ** 2;").includes("const y = (t - s) ** 2;"));
  assert(mutated("const y = 2 ** (s - t);").includes("const y = 2 ** (t - s);"));
  assert(mutated("const y = (s - t) ** 3;").includes("const y = (t - s) ** 3;"));
  assertEquals(mutated("const y = new Map([[s, t], [u, v]]);"), [
    "const y = new Map([[t, s], [u, v]]);",
    "const y = new Map([[s, t], [v, u]]);",
  ]);
  assertEquals(mutated("const y = new Set([s, t]);"), []);
  assertEquals(mutated('const y = [["s", f], ["t", () => 1], ["u", g()] as const];'), [
    'const y = [["s", f], ["t", () => 0], ["u", g()] as const];',
    'const y = [["s", f], ["t", () => 2], ["u", g()] as const];',
  ]);
  assertEquals(mutated("const y = [[f, g], [g, f]];").length, 3);
  assertEquals(mutated("const y = f(s, s);"), []);
  assertEquals(mutated("const y = s + s;"), ["const y = s;", "const y = s - s;"]);
});

Deno.test("mutantsOf() leaves comments, types, imports, declarations and errors alone", () => {
  for (
    const text of [
      "// x + 1",
      "/** a - b\n * if (x > 0) 1 */",
      "interface A {\n  a: 1 | 2;\n}",
      "type T = 1 | 2;",
      "let x: [1, 2];",
      'import { a, b } from "./c.ts";',
      "function f(a, b) {}",
      "const { data, grad } = v;",
      "throw new TypeError(\n  `write ${a - b}`,\n);\n",
      'const s = "1 + 1 is 2 and more";',
    ]
  ) assertEquals(mutated(text), [], text);
});

Deno.test("mutantsOf() says where a mutant is: its line, its declarations, its statement", () => {
  const text = `
class Value {
  backward() {
    for (let i = 1; i < 3; i++) {
      this.grad +=
        local * 2;
    }
  }
}`;
  const found = mutantsOf("value.ts", text);
  const mutant = found.find(({ after }) => after === "this.grad += local / 2;")!;
  const { line, within, before } = mutant;
  assertEquals({ line, within, before }, {
    line: 6,
    within: "Value.backward",
    before: "this.grad += local * 2;",
  });
  // Of what has statements in it, only the head is quoted.
  assert(found.some(({ after }) => after === "for (let i = 1; i <= 3; i++)"));
  const statements = mutantsOf("a.ts", "if (s > 1) {\n  go();\n} else stop();\nx = f(\n  1,\n);");
  assertEquals(statements.map(({ line, before, after }) => [line, before, after]).slice(0, 3), [
    [1, "if (s > 1)", "if (true)"],
    [1, "if (s > 1)", "if (false)"],
    [1, "if (s > 1)", "if (s >= 1)"],
  ]);
  assertEquals(statements.slice(-2).map(({ line, before, after }) => [line, before, after]), [
    [5, "x = f( 1, );", "x = f( 0, );"],
    [5, "x = f( 1, );", "x = f( 2, );"],
  ]);
});

Deno.test("mutantsOf() names every kind of declaration", () => {
  const text = `class A { #a = 1; b = 1; "c" = 1; 2 = 1; [d()] = 1; #e() { if (s) return; } }
const f = 1, { g } = [1], h = { i: 1, j() { if (s) return; } };
function k() { const l = () => 1; }
x = 1;`;
  const names = mutantsOf("a.ts", text).map(({ within }) => within);
  assertEquals([...new Set(names)].sort(), [
    ...["", "A.#a", "A.#e", "A.2", "A.[…]", "A.b", "A.c", "f", "h.i", "h.j", "k.l", "…"],
  ]);
});

Deno.test("difference() shows what a mutant changes, and little else of a long statement", () => {
  const shown = (text: string, after: RegExp) =>
    difference(mutantsOf("a.ts", text).find((mutant) => after.test(mutant.after))!);
  assertEquals(shown("x += w;", /x = w/), ["x += w;", "x = w;"]);
  const long = "const list = [\n" + "  someThing,\n".repeat(9) + "  p + q,\n" +
    "  someThing,\n".repeat(9) + "];";
  for (const [k, text] of shown(long, /p - q/).entries()) {
    assertMatch(text, /^….{30,40}, p [-+] q, .{30,40}…$/);
    assert(text.includes("+-"[k]));
  }
  const call = `${"call(".repeat(30)}s${")".repeat(30)};`;
  const [before, after] = shown(`if (go) ${call}`, /^;$/);
  assertEquals(after, ";");
  assertMatch(before, /^(call\(){8}….{40};$/);
});

Deno.test("difference() shows what is there once, where the same stands before and after it", () => {
  const [head, tail] = ["h", "t"].map((letter) => letter.repeat(60));
  const shown = (before: string, after: string) =>
    difference({ before: head + before + tail, after: head + after + tail } as Mutant)
      .map((text) => text.replace(/^…h*/, "").replace(/t*…$/, ""));
  for (
    const texts of [["AB", "C"], ["", "+"], ["x", ""], ["xx", "x"], ["x", "xxx"], ["h", "hh"], [
      "a",
      "tah",
    ]]
  ) assertEquals(shown(texts[0], texts[1]), texts.map((text) => text.replace(/^h+|t+$/g, "")));
  assertEquals(difference({ before: "xx", after: "x" } as Mutant), ["xx", "x"]);
  const changed = "c".repeat(39) + "de" + "f".repeat(39);
  assertEquals(shown(`a${changed}b`, `b${changed}a`)[0], `a${changed.replace("de", "…")}b`);
  assertEquals(shown(changed, ""), [changed, ""]);
  const [before] = difference({ before: `${head}a${tail}`, after: `${head}b${tail}` } as Mutant);
  assertEquals(before, `…${head.slice(0, 40)}a${tail.slice(0, 40)}…`);
  const short = "x".repeat(40);
  assertEquals(
    difference({ before: `${short}a${short}`, after: short + short } as Mutant)[0],
    `${short}a${short}`,
  );
});

Deno.test("mutantsOf() tells numbers from what is computed", () => {
  const numbers = (text: string) =>
    mutantsOf("a.ts", text).map((mutant) => [mutant.isNumbers, apply(mutant, text)]);
  assertEquals(numbers("f([-1], 2);"), [
    [false, ";"],
    [true, "f(2, [-1]);"],
    [true, "f([1], 2);"],
    [true, "f([-0], 2);"],
    [true, "f([-2], 2);"],
    [true, "f([-1], 0);"],
    [true, "f([-1], 3);"],
  ]);
  assert(numbers("const y = x + z;").every(([isNumbers]) => !isNumbers));
});

Deno.test("mutantsOf() makes different texts, none of which is the file's", () => {
  const text = Deno.readTextFileSync(new URL("../../tools/mutate/mutants.ts", import.meta.url));
  const texts = mutantsOf("mutants.ts", text).map((mutant) => apply(mutant, text));
  assert(texts.length > 100);
  assertEquals(new Set(texts).size, texts.length);
  assert(!texts.includes(text));
});

Deno.test("mutantsOf() refuses what is not TypeScript", () => {
  assertThrows(() => mutantsOf("a.ts", "const = 3;"), SyntaxError);
});
