// What a lesson tells in a terminal, from the text that its notebook is made of.
import { assertEquals, assertThrows } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { plainMath } from "../../lessons/plain_math.ts";
import { prose } from "../../lessons/prose.ts";
import { picture, progress } from "../../lessons/show.ts";
import { teller } from "../../lessons/tell.ts";

/** What is printed while `run` runs. */
function printed(run: () => void): string {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...things) => lines.push(things.join(" "));
  try {
    run();
  } finally {
    console.log = log;
  }
  return stripAnsiCode(lines.join("\n"));
}

/** The lines that `run` prints where the output is no terminal. */
async function inPipe(run: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const { log } = console, { isTerminal } = Deno.stdout;
  console.log = (line) => lines.push(line);
  Deno.stdout.isTerminal = () => false;
  try {
    await run();
  } finally {
    console.log = log;
    Deno.stdout.isTerminal = isTerminal;
  }
  return lines;
}

const lesson = `// Lesson 00
// %% [markdown]
// # A title
//
// Some *prose*.

// %%
tell();
const x = 1;

x;

// %% [markdown]
// More.
// %% [markdown]
// And more.
// %% [measured]
tell();
x;
// %% [markdown]
// The end.
`;

Deno.test("tell() prints the prose since the last code, then the code", () => {
  const tell = teller(lesson);
  assertEquals(printed(tell), "\nA title\n━━━━━━━\n\nSome prose.\n\n│ const x = 1;\n│\n│ x;");
  assertEquals(printed(tell), "\nMore.\n\nAnd more.\n\n│ x;");
  const end = () => void dispatchEvent(new Event("unload"));
  assertEquals(printed(end), "\nThe end.\n");
  assertEquals(printed(() => (end(), console.log("nothing more"))), "nothing more");
  assertThrows(tell, Error, "more often than there are cells of code");
});

Deno.test("in a pipe, the last picture of something that goes on stands below its last line", async () => {
  const draw = (k: number) =>
    picture(`picture ${k}`, () => Promise.resolve(""), { during: [k, 2] });
  const lines = await inPipe(async () => {
    for (const k of [1, 2]) {
      await draw(k);
      await progress(k, 2, "");
    }
    for (const k of [1, 2]) await draw(k);
    await progress(2, 2, "again");
  });
  const ends = lines.map((line) => line.trim().slice(-9).trim());
  assertEquals(ends, ["░░░░░ 1/2", "█████ 2/2", "picture 2", "picture 2", "/2  again"]);
});

Deno.test("in a pipe progress() prints at most ten lines, and always the last", async () => {
  const lines = await inPipe(async () => {
    for (let k = 1; k <= 25; k++) await progress(k, 25, "");
  });
  const counts = lines.map((line) => line.trim().split(" ").at(-1));
  assertEquals(counts, ["3", "6", "9", "12", "15", "18", "21", "24", "25"].map((k) => `${k}/25`));
});

Deno.test("in a terminal progress() rewrites one line, and ends it", async () => {
  const written: string[] = [];
  const { isTerminal, writeSync } = Deno.stdout;
  Deno.stdout.isTerminal = () => true;
  Deno.stdout.writeSync = (bytes) => written.push(new TextDecoder().decode(bytes));
  try {
    for (const k of [1, 2]) await progress(k, 2, "text");
  } finally {
    Object.assign(Deno.stdout, { isTerminal, writeSync });
  }
  assertEquals(written, [
    "\r\x1b[K  ██████████░░░░░░░░░░ 1/2  text",
    "\r\x1b[K  ████████████████████ 2/2  text\n",
  ]);
});

Deno.test("tell() reads Windows line ends", () => {
  assertEquals(printed(teller("// %%\r\ntell();\r\nx;\r\ny;\r\n")), "\n│ x;\n│ y;");
});

Deno.test("prose() wraps paragraphs at 78 columns, and never within code or a formula", () => {
  const words = "word ".repeat(15).trimEnd();
  const text = prose(`${words}\n\`a  b c d\` and $x + y$`);
  assertEquals(stripAnsiCode(text), `${words}\na  b c d and x + y`);
  for (const line of stripAnsiCode(prose("a bc def ".repeat(100))).split("\n")) {
    assertEquals(line.length <= 78, true);
  }
});

Deno.test("prose() tells headings, items, quotes, code and formulas apart", () => {
  const markdown = [
    "## A heading with `code` and $x^2$",
    "Text that goes",
    "on:",
    "- one",
    "  and a half",
    "- two",
    "",
    "1. first",
    "2. second $$x$$",
    "",
    "> quoted",
    "> twice",
    "",
    "```sh",
    "deno test",
    "",
    "  # an indent",
    "```",
    "",
    "so that",
    "$$",
    "a",
    "= b",
    "$$",
    "and $$y = \\frac{1}{2}$$",
  ].join("\n");
  assertEquals(
    stripAnsiCode(prose(markdown)),
    `A heading with code and x²

Text that goes on:
• one and a half
• two

1. first
2. second x

│ quoted twice

    deno test

      # an indent

so that

    a = b

and y = 1/2`,
  );
});

Deno.test("prose() makes no item of a number that a line happens to begin with", () => {
  const text = "It finds the right result,\n0. Then\n12. May comes.";
  assertEquals(stripAnsiCode(prose(text)), text.replaceAll("\n", " "));
  const list = "Two:\n1. one,\n   indeed\n2. two";
  assertEquals(stripAnsiCode(prose(list)), "Two:\n1. one, indeed\n2. two");
});

Deno.test("prose() says where a link leads: to a script, a file or an address", () => {
  const links: [string, string][] = [
    [
      "[03 · The chain rule](03_chain_rule.ipynb)",
      "03 · The chain rule (lessons/03_chain_rule.ts)",
    ],
    ["[`a`](../exercises/03.ts)!", "a (exercises/03.ts)!"],
    ["see [x](https://example.org/a_b*c*)", "see x (https://example.org/a_b*c*)"],
  ];
  for (const [markdown, text] of links) assertEquals(stripAnsiCode(prose(markdown)), text);
});

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
