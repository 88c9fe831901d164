// Formulas as text, against KaTeX and Unicode where these say what a sign is.
import { assertEquals } from "@std/assert";
import katex from "katex";
import { plainMath } from "../../lessons/plain_math.ts";

Deno.test("plainMath() writes formulas so that they can be read", () => {
  const formulas: [latex: string, text: string][] = [
    ["f(x) = 3x^2 - 4x + 5", "f(x) = 3x² − 4x + 5"],
    ["f'(x) = \\lim_{h \\to 0} \\frac{f(x + h) - f(x)}{h}", "f′(x) = lim h→0 (f(x + h) − f(x))/h"],
    ["\\frac{f(x + h) - f(x - h)}{2h}", "(f(x + h) − f(x − h))/(2h)"],
    ["\\frac{dL}{da} = \\frac{de}{da} \\cdot \\frac{dL}{de}", "dL/da = de/da · dL/de"],
    ["\\frac{1}{1 + e^{-n}}", "1/(1 + e⁻ⁿ)"],
    ["\\frac12", "1/2"],
    ["-\\frac{\\partial L}{\\partial w_{12}}", "−∂L/∂w₁₂"],
    ["10^{-16}, x_i^2, w_{ij}, a^{b \\cdot c}, x^{n - 1}", "10⁻¹⁶, xᵢ², wᵢⱼ, a^(b · c), xⁿ⁻¹"],
    ["\\sum_{k=1}^{4} (\\text{prediction}_k - t_k)^2", "Σₖ₌₁⁴ (predictionₖ − tₖ)²"],
    ["\\sqrt{2.2 \\cdot 10^{-16}} \\approx \\sqrt 2", "√(2.2 · 10⁻¹⁶) ≈ √2"],
    ["a\\cdot b \\times c", "a · b × c"],
    ["x \\leftarrow x, x \\unknown x", "x ← x, x \\unknown x"],
    ["\\max(0,\\; 1 - s) \\qquad \\text{if } s > 0", "max(0, 1 − s)   if s > 0"],
    ["\\left( \\alpha + \\Delta \\right)", "(α + Δ)"],
    ["\\frac{e^{x_k}}{2}, (-2)^{2.001}", "e^(xₖ)/2, (−2)^2.001"],
    ["a \\le b \\ne \\infty, 50\\%", "a ≤ b ≠ ∞, 50%"],
  ];
  for (const [latex, text] of formulas) assertEquals(plainMath(latex), text);
});

Deno.test("plainMath() puts the lines of aligned and cases under each other", () => {
  assertEquals(
    plainMath("\\begin{aligned} \\frac{dL}{da} &= b \\\\ L &= c \\end{aligned}"),
    "dL/da = b\n    L = c",
  );
  assertEquals(
    plainMath("\n\\begin{aligned}\n\\frac{a}{b} &= c \\\\\n  &= d + e\n\\end{aligned}\n"),
    "a/b = c\n    = d + e",
  );
  assertEquals(
    plainMath("\n\\begin{aligned}\nx &= 1 \\\\\n  x + y &= 2\n\\end{aligned}\n"),
    "    x = 1\nx + y = 2",
  );
  assertEquals(
    plainMath("f(x) = \\begin{cases} x & x > 0 \\\\ -1 & \\text{else} \\end{cases}"),
    "f(x) = { x    x > 0\n         −1   else",
  );
});

Deno.test("plainMath() has the sign of each command that KaTeX has", () => {
  const mathML = (latex: string) =>
    katex.renderToString(latex, { output: "mathml" })
      .replace(/<annotation.*<\/annotation>|<[^>]*>/g, "");
  const commands =
    "alpha beta gamma delta varepsilon eta theta lambda mu pi rho sigma tau Delta Sigma partial nabla " +
    "times to approx ne neq le leq ge geq ll gg pm infty prod dots ldots leftarrow in mapsto " +
    "Rightarrow circ odot prime ell lfloor rfloor exp log ln tanh sinh cosh sin cos tan max min";
  for (const command of commands.split(" ")) {
    const name = mathML(`\\${command}`).replace(/\u2061/g, ""); // An invisible "of".
    assertEquals(plainMath(`\\${command}`), name, command);
  }
});

Deno.test("plainMath() has a sign that more fonts have, or that stands in a line, for a few commands", () => {
  const signs = "epsilon ε phi φ cdot · sum Σ cdots … iff ⇔ mid | lvert | rvert | vert | top ᵀ";
  for (const [, command, sign] of signs.matchAll(/(\S+) (\S+)/g)) {
    assertEquals(plainMath(`\\${command}`), sign);
  }
});

Deno.test("plainMath() raises and lowers what Unicode has raised and lowered", () => {
  const check = (mark: string, signs: string) => {
    for (const sign of signs) {
      const [x, other, ...more] = plainMath(`x${mark}{${sign}}`);
      // Unicode says of which sign this is another form.
      assertEquals([x, other.normalize("NFKC"), more], ["x", sign, []]);
      assertEquals(other === sign, false);
    }
  };
  check("^", "0123456789+−=()abcdefghijklmnoprstuvwxyzTL");
  check("_", "0123456789+−=()aehijklmnoprstuvx");
  const texts = ["x^q", "x_{b}", "x_{a-q}", "W^\\top x", "f^\\prime", "x^{a + q}"].map(plainMath);
  assertEquals(texts, ["x^q", "x_b", "x_(a−q)", "Wᵀ x", "f′", "x^(a + q)"]);
});

Deno.test("plainMath() knows every command that says how large or how wide something is", () => {
  const formulas: [latex: string, text: string][] = [
    ["\\tfrac{1}{2} + \\dfrac12", "1/2 + 1/2"],
    ["\\bar{x}\\hat y", "x\u0304y\u0302"],
    ["a\\,b\\;c\\:d\\>e\\!f", "a b c d ef"],
    ["\\displaystyle{x}\\bigl[\\Bigg|y\\right]", "x[|y]"],
    ["a\\quad b", "a   b"],
    ["\\lim f, \\lim_{x \\to 0} g", "lim f, lim x→0 g"],
    ["\\text {50\\% of it}, \\mathrm{d}x", "50% of it, dx"],
    ["\\text{a  b}", "a b"],
    ["{a b}c", "a bc"],
    ["\\{ a \\}\\$\\#\\&\\_\\ \\%", "{ a }$#&_ %"],
    ["\\constructor \\toString", "\\constructor \\toString"],
  ];
  for (const [latex, text] of formulas) assertEquals(plainMath(latex), text);
});

Deno.test("plainMath() reads a formula that ends too early", () => {
  const formulas: [latex: string, text: string][] = [
    ["{x + 1", "x + 1"],
    ["\\frac{1}{2", "1/2"],
    ["\\text{one", "one"],
    ["\\begin{aligned} x &= 1", "x = 1"],
  ];
  for (const [latex, text] of formulas) assertEquals(plainMath(latex), text);
});

Deno.test("plainMath() puts columns under each other where rows differ", () => {
  const aligned = (...rows: string[]) =>
    plainMath(`\\begin{aligned} ${rows.join(" \\\\ ")} \\end{aligned}`).split("\n");
  assertEquals(aligned("a &= b"), ["a = b"]);
  assertEquals(aligned("a &= bcd & x &= 1", "ab &= c & xyz &= 2"), [
    " a = bcd   x = 1",
    "ab = c   xyz = 2",
  ]);
  assertEquals(aligned("a &= b", "c &= d & e"), ["a = b", "c = d e"]);
  assertEquals(aligned("a &= b & e", "c"), ["a = b e", "c"]);
  assertEquals(aligned("a &= b", "abc &= d \\\\"), ["  a = b", "abc = d"]);
  // A column in which only the second row has something.
  assertEquals(aligned("a &  & b", "c & d & b"), ["a   b", "c d b"]);
  assertEquals(aligned("a & & b", "c"), ["a  b", "c"]);
});
