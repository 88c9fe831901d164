import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import katex from "katex";
import { type Formula, simplify, size, write } from "../../../engine/explain/formula.ts";
import { evaluate, isApplication, readFormula, substitute } from "../../../engine/expression.ts";
import { Random } from "../../../mod.ts";
import { compute as computeText, computeLatex } from "./read_formula.ts";

function assertClose(actual: number, expected: number, message: string): void {
  assertAlmostEquals(actual, expected, 1e-12 * Math.max(1, Math.abs(expected)), message);
}

/** A formula whose names are the same in both styles. */
function parse(formula: string): Formula {
  return substitute(readFormula(formula), (text) => ({ text, latex: text }));
}

/** The number that a formula computes. */
function compute(formula: Formula, numbers: Record<string, number>): number {
  return evaluate(formula, ({ text }) => numbers[text]);
}

Deno.test("write() uses mathematical signs and no needless parentheses", () => {
  const formulas: [string, text: string, latex: string][] = [
    ["a * b + c", "a · b + c", "a \\cdot b + c"],
    ["a * (b + c)", "a · (b + c)", "a \\cdot (b + c)"],
    ["a - (b - c)", "a − (b − c)", "a - (b - c)"],
    ["(a - b) - c", "a − b − c", "a - b - c"],
    ["a - b + c", "a − b + c", "a - b + c"],
    ["a + b / c", "a + b / c", "a + \\frac{b}{c}"],
    ["a - b / c", "a − b / c", "a - \\frac{b}{c}"],
    ["a - (b + c)", "a − (b + c)", "a - (b + c)"],
    ["a + -b", "a + (−b)", "a + (-b)"],
    ["-a + b", "−a + b", "-a + b"],
    ["-(a * b)", "−a · b", "-a \\cdot b"],
    ["(-a) * b", "(−a) · b", "(-a) \\cdot b"],
    ["(a * b) / c", "(a · b) / c", "\\frac{a \\cdot b}{c}"],
    ["a / b / c", "(a / b) / c", "\\frac{\\frac{a}{b}}{c}"],
    ["a / b * c", "(a / b) · c", "\\frac{a}{b} \\cdot c"],
    ["a * b * c", "a · b · c", "a \\cdot b \\cdot c"],
    ["a^2 / b", "a² / b", "\\frac{a^{2}}{b}"],
    ["a^2 + b", "a² + b", "a^{2} + b"],
    ["-a / b^2", "−a / b²", "-\\frac{a}{b^{2}}"],
    ["c * (1 / b)", "c · (1 / b)", "c \\cdot \\frac{1}{b}"],
    ["c * (-a / b)", "c · (−a / b)", "c \\cdot \\left(-\\frac{a}{b}\\right)"],
    ["1 / (2 * y)", "1 / (2 · y)", "\\frac{1}{2 \\cdot y}"],
    ["(a / b)^2", "(a / b)²", "\\left(\\frac{a}{b}\\right)^{2}"],
    ["(-a)^2", "(−a)²", "(-a)^{2}"],
    ["a^(b - 1)", "a^(b − 1)", "a^{b - 1}"],
    ["a^-1", "a⁻¹", "a^{-1}"],
    ["(a^b)^c", "(a^b)^c", "(a^{b})^{c}"],
    [
      "a > 0 ? 1 : 0",
      "a > 0 ? 1 : 0",
      "\\begin{cases} 1 & a > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
    ],
    [
      "a <= b && b !== 2 ? a : b",
      "a ≤ b and b ≠ 2 ? a : b",
      "\\begin{cases} a & a \\le b \\land b \\ne 2 \\\\ b & \\text{otherwise} \\end{cases}",
    ],
    [
      "(a < 0 || b < 0) && c < 0 ? a : b",
      "(a < 0 or b < 0) and c < 0 ? a : b",
      "\\begin{cases} a & (a < 0 \\lor b < 0) \\land c < 0 \\\\ b & \\text{otherwise} \\end{cases}",
    ],
    [
      "a > 0 ? (b > 0 ? 1 : 2) : 3",
      "a > 0 ? (b > 0 ? 1 : 2) : 3",
      "\\begin{cases} \\begin{cases} 1 & b > 0 \\\\ 2 & \\text{otherwise} \\end{cases} & a > 0 " +
      "\\\\ 3 & \\text{otherwise} \\end{cases}",
    ],
    [
      "a < 0 || b < 0 || c < 0 ? a : b",
      "a < 0 or b < 0 or c < 0 ? a : b",
      "\\begin{cases} a & a < 0 \\lor b < 0 \\lor c < 0 \\\\ b & \\text{otherwise} \\end{cases}",
    ],
    [
      "a < 0 || -1 < b ? a : b",
      "a < 0 or −1 < b ? a : b",
      "\\begin{cases} a & a < 0 \\lor -1 < b \\\\ b & \\text{otherwise} \\end{cases}",
    ],
    [
      "a + 1 < b && b < c - 1 && (a > 0 ? 1 : 2) >= b ? a : b",
      "a + 1 < b and b < c − 1 and (a > 0 ? 1 : 2) ≥ b ? a : b",
      "\\begin{cases} a & a + 1 < b \\land b < c - 1 \\land " +
      "\\left(\\begin{cases} 1 & a > 0 \\\\ 2 & \\text{otherwise} \\end{cases}\\right) \\ge b " +
      "\\\\ b & \\text{otherwise} \\end{cases}",
    ],
    [
      "sqrt(a > 0 ? 1 : 2) * b",
      "sqrt(a > 0 ? 1 : 2) · b",
      "\\sqrt{\\begin{cases} 1 & a > 0 \\\\ 2 & \\text{otherwise} \\end{cases}} \\cdot b",
    ],
    [
      "abs(a > 0 ? 1 : 2) * b",
      "abs(a > 0 ? 1 : 2) · b",
      "\\left|\\begin{cases} 1 & a > 0 \\\\ 2 & \\text{otherwise} \\end{cases}\\right| \\cdot b",
    ],
    ["max(0, a)", "max(0, a)", "\\max(0, a)"],
    [
      "max(0, a > 0 ? 1 : 2)",
      "max(0, a > 0 ? 1 : 2)",
      "\\max\\left(0, \\begin{cases} 1 & a > 0 \\\\ 2 & \\text{otherwise} \\end{cases}\\right)",
    ],
    ["log1p(a)", "log1p(a)", "\\operatorname{log1p}(a)"],
    ["sqrt(a + b)", "sqrt(a + b)", "\\sqrt{a + b}"],
    ["abs(a) * sign(a)", "abs(a) · sign(a)", "\\left|a\\right| \\cdot \\operatorname{sign}(a)"],
    ["tanh(a)^2", "tanh(a)²", "\\tanh(a)^{2}"],
    ["tanh(a / b)", "tanh(a / b)", "\\tanh\\left(\\frac{a}{b}\\right)"],
    [
      "a + b + c + d + e + f + g + h",
      "a + b + c + d + e + f + g + h",
      "a + b + c + d + e + f + g + h",
    ],
    [
      "a + b + c + d + e + f + g + h + i",
      "a + b + c + d + … + i",
      "a + b + c + d + \\cdots + i",
    ],
  ];
  for (const [source, text, latex] of formulas) {
    assertEquals(write(parse(source), "text"), text);
    assertEquals(write(parse(source), "latex"), latex);
  }
});

Deno.test("write() puts a negative number into parentheses unless it comes first", () => {
  const formulas: [Formula, text: string, latex: string][] = [
    [{ op: "*", args: [-2, -3] }, "−2 · (−3)", "-2 \\cdot (-3)"],
    [
      { op: "+", args: [-2, { op: "*", args: [-3, -4] }] },
      "−2 + (−3) · (−4)",
      "-2 + (-3) \\cdot (-4)",
    ],
    [{ op: "**", args: [-2, 2] }, "(−2)²", "(-2)^{2}"],
    [{ op: "**", args: [2, -2] }, "2⁻²", "2^{-2}"],
    [{ op: "negative", args: [-2] }, "−(−2)", "-(-2)"],
    [{ op: "exp", args: [-2] }, "exp(−2)", "\\exp(-2)"],
    [{ op: "/", args: [-1, -2] }, "−1 / (−2)", "\\frac{-1}{-2}"],
    [{ op: "**", args: [1e-9, 2] }, "(1e−9)²", "(1 \\cdot 10^{-9})^{2}"],
    [{ op: "**", args: [0, 2] }, "0²", "0^{2}"],
    [{ op: "**", args: [0.5, 2] }, "0.5²", "0.5^{2}"],
    [{ op: "+", args: [1e-9, 2] }, "1e−9 + 2", "1 \\cdot 10^{-9} + 2"],
    [
      { op: "max", args: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      "max(1, 2, 3, 4, 5, 6, 7, 8, 9)",
      "\\max(1, 2, 3, 4, 5, 6, 7, 8, 9)",
    ],
    [{ op: "*", args: [2, 1.5e60] }, "2 · 1.5e+60", "2 \\cdot (1.5 \\cdot 10^{60})"],
    [{ op: "*", args: [-Infinity, NaN] }, "−Infinity · NaN", "-\\infty \\cdot \\text{NaN}"],
  ];
  for (const [formula, text, latex] of formulas) {
    assertEquals(write(formula, "text"), text);
    assertEquals(write(formula, "latex"), latex);
  }
});

Deno.test("write() as text raises each digit of an exponent", () => {
  for (const exponent of [-12345, 67890]) {
    const text = write({ op: "**", args: [parse("x"), exponent] }, "text");
    assert(!/\d/.test(text), text);
    assertEquals(text.normalize("NFKC"), `x${exponent}`.replace("-", "−"));
  }
});

Deno.test("write() as text keeps a name that LaTeX would take for a command", () => {
  const name = { text: "\\frac", latex: "x" };
  const formula = { op: "**", args: [{ op: "negative", args: [name] }, 2] };
  assertEquals([write(formula, "text"), write(formula, "latex")], ["(−\\frac)²", "(-x)^{2}"]);
});

/** A random comparison, or several, joined by and and or. */
function randomCondition(random: Random, depth: number): Formula {
  const part = () => randomFormula(random, Math.max(0, depth));
  if (depth > 0 && random.uniform() < 0.6) {
    const op = random.uniform() < 0.5 ? "&&" : "||";
    return { op, args: [randomCondition(random, depth - 1), randomCondition(random, depth - 1)] };
  }
  const comparisons = ["===", "!==", "<", ">", "<=", ">="];
  // Small numbers, so that both sides are equal now and then.
  const side = () => random.uniform() < 0.5 ? part() : random.integer(3) - 1;
  return { op: comparisons[random.integer(6)], args: [side(), side()] };
}

/** A random formula in a, b and c. */
function randomFormula(random: Random, depth: number): Formula {
  const choose = <T>(list: T[]) => list[random.integer(list.length)];
  const leaf = choose<Formula>(["a", "b", "c"].map((text) => ({ text, latex: text })));
  if (depth === 0) return random.uniform() < 0.5 ? leaf : random.integer(7) - 3;
  const part = () => randomFormula(random, depth - 1 - random.integer(depth));
  const op = choose(["+", "+", "-", "*", "*", "/", "**", "negative", "tanh", "abs", "max", "?"]);
  switch (op) {
    case "negative":
    case "tanh":
    case "abs":
      return { op, args: [part()] };
    case "**":
      return { op, args: [part(), choose<Formula>([2, 3, -1, part()])] };
    case "?":
      return { op, args: [randomCondition(random, depth - 1), part(), part()] };
    default:
      return { op, args: [part(), part()] };
  }
}

Deno.test("write() keeps the meaning: its output, parsed again, computes the same number", () => {
  const random = new Random(3);
  let finite = 0;
  for (let i = 0; i < 2000; i++) {
    const formula = randomFormula(random, 4);
    const numbers = {
      a: random.uniform(-2, 2),
      b: random.uniform(-2, 2),
      c: random.uniform(-2, 2),
    };
    const value = compute(formula, numbers);
    if (Number.isFinite(value)) finite++;
    const text = write(formula, "text"), latex = write(formula, "latex");
    for (
      const [written, again] of [
        [text, computeText(text, numbers)],
        [latex, computeLatex(latex, numbers)],
      ] as const
    ) {
      if (Number.isFinite(value)) assertClose(again, value, written);
      else assertEquals(again, value, written);
    }
  }
  assert(finite > 1500, `only ${finite} are finite`);
});

Deno.test("write() in LaTeX is accepted by KaTeX in its strictest mode", () => {
  const random = new Random(4);
  for (let i = 0; i < 200; i++) {
    const latex = write(randomFormula(random, 4), "latex");
    katex.renderToString(latex, { throwOnError: true, strict: "error" });
  }
});

Deno.test("simplify() evaluates numbers and removes neutral terms and factors", () => {
  const formulas: [string, string][] = [
    ["2 * x^(2 - 1)", "2 · x"],
    ["3 * x^(3 - 1)", "3 · x²"],
    ["1 * x^(1 - 1)", "1"],
    ["0 * x^(0 - 1)", "0"],
    ["f * 1 * b", "f · b"],
    ["1 + 1", "2"],
    ["(1 - 2) * x", "−1 · x"],
    ["1 / 3", "1 / 3"],
    ["x + 0", "x + 0"],
    ["y * log(2)", "y · log(2)"],
  ];
  for (const [source, simple] of formulas) {
    assertEquals(write(simplify(parse(source)), "text"), simple);
  }
  const [x, y] = ["x", "y"].map(parse);
  assertEquals(simplify({ op: "*", args: [1, x] }), x);
  assertEquals(simplify({ op: "*", args: [x, 1, y] }), { op: "*", args: [x, y] });
});

Deno.test("size() counts numbers and names", () => {
  const sizes: [string, number][] = [["x", 1], ["2 * x", 2], ["x^2 - max(1, x)", 4]];
  for (const [formula, count] of sizes) assertEquals(size(parse(formula)), count);
});

Deno.test("simplify() keeps the value and never makes a formula longer", () => {
  const random = new Random(5);
  let finite = 0;
  for (let i = 0; i < 2000; i++) {
    const formula = randomFormula(random, 4);
    const numbers = {
      a: random.uniform(-2, 2),
      b: random.uniform(-2, 2),
      c: random.uniform(-2, 2),
    };
    // 0 · ∞ is NaN, and simplified 0.
    const isFinite = (part: Formula): boolean =>
      Number.isFinite(compute(part, numbers)) &&
      (!isApplication(part) || part.args.every(isFinite));
    const simple = simplify(formula);
    assert(size(simple) <= size(formula));
    if (!isFinite(formula)) continue;
    finite++;
    assertClose(compute(simple, numbers), compute(formula, numbers), write(formula, "text"));
  }
  assert(finite > 1000, `only ${finite} are finite in all parts`);
});
