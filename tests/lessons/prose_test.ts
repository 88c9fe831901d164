// Markdown in a terminal.
import { assert, assertEquals } from "@std/assert";
import { bold, cyan, italic, setColorEnabled, stripAnsiCode } from "@std/fmt/colors";
import { prose } from "../../lessons/prose.ts";
import { Random } from "../../mod.ts";

setColorEnabled(false);

Deno.test("prose() fills lines of 78 columns, in paragraphs, items and quotes", () => {
  const random = new Random(5);
  const words = Array.from({ length: 200 }, () => "x".repeat(1 + random.integer(12)));
  const beginnings: [mark: string, first: string, others: string][] = [
    ["", "", ""],
    ["- ", "• ", "  "],
    ["  - ", "  • ", "    "],
    ["10. ", "10. ", "    "],
    ["> ", "│ ", "│ "],
  ];
  for (const [mark, first, others] of beginnings) {
    const lines = prose(mark + words.join(" ")).split("\n");
    const told = lines.map((line, k) => {
      const beginning = k === 0 ? first : others;
      assert(line.startsWith(beginning) && line.length <= 78, line);
      return line.slice(beginning.length).split(" ");
    });
    assertEquals(told.flat(), words);
    // The next word would not have had room.
    lines.slice(1).forEach((_, k) => assert(lines[k].length + 1 + told[k + 1][0].length > 78));
  }
});

Deno.test("prose() breaks no short code and no short formula, and no word at all", () => {
  const words = "word ".repeat(15).trimEnd();
  assertEquals(prose(`${words}\n\`a  b c d\` and $x + y$`), `${words}\na  b c d and x + y`);
  const code = "x ".repeat(30).trimEnd();
  assertEquals(prose(`${words} \`${code}\``), `${words} x x\n${code.slice(4)}`);
  const long = "x".repeat(100);
  assertEquals([long, `a ${long}`, `$$${long}$$`, `- ${long}`].map(prose), [
    ...[long, `a\n${long}`, `    ${long}`, `• ${long}`],
  ]);
});

Deno.test("prose() writes formulas below each other that have no room beside each other", () => {
  const a = `a = ${"x".repeat(31)}`, b = `b = ${"x".repeat(32)}`;
  const formulas = (b: string) => prose(`$$${a} \\qquad ${b}$$`);
  assertEquals(formulas(b), `    ${a}   ${b}`);
  assertEquals(formulas(`${b}x`), `    ${a}\n    ${b}x`);
  assertEquals(prose("- item\n  $$x$$\n- other"), "• item\n\n      x\n• other");
});

Deno.test("prose() shows in colour what is strong, emphasised, code, or an address", () => {
  setColorEnabled(true);
  try {
    const text = "**a** *b* `c` [d](e)";
    assertEquals(prose(text), `${bold("a")} ${italic("b")} ${cyan("c")} d (${cyan("e")})`);
    assertEquals(prose("## `a b`"), bold("a b"));
    assertEquals(prose("# `a b`"), bold(cyan("a b\n━━━")));
    // Colours take no room.
    assertEquals(stripAnsiCode(prose("**a** ".repeat(50))), prose("a ".repeat(50)));
  } finally {
    setColorEnabled(false);
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
    prose(markdown),
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
  assertEquals(prose(text), text.replaceAll("\n", " "));
  const list = "Two:\n1. one,\n   indeed\n2. two";
  assertEquals(prose(list), "Two:\n1. one, indeed\n2. two");
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
  for (const [markdown, text] of links) assertEquals(prose(markdown), text);
});
