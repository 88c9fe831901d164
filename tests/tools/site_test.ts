import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Cell, type Output, toNotebook, withOutputs } from "../../tools/nbformat.ts";
import { pages } from "../../tools/site/site.ts";

const readme = `# Micro Grad

The promise. ![A graph](docs/graph.svg)

## The lessons

| Lesson                                           | What you see      |
| ------------------------------------------------ | ----------------- |
| 00 one · [notebook](notebooks/00_one.ipynb)      | *One* thing, $x$  |
| 01 two · [notebook](notebooks/01_two.ipynb)      | Another           |
`;
const read = (path: string) => `<svg aria-label="${path}" width="100pt"></svg>`;

/** The pages of two lessons; the first has this prose after its title, and a cell with this output. */
function site(prose: string, ...outputs: Output[]): Map<string, string> {
  const lesson = `# 00 · One\n\n${prose}`.replace(/^/gm, "// ").replace(/ $/gm, "");
  const one = toNotebook(`// %% [markdown]\n${lesson}\n// %%\nconst x = [1 < 2, "&"];`, "00_one");
  const ran: Cell = { ...one.cells[1], outputs } as Cell;
  const two = toNotebook("// %% [markdown]\n// # 01 · Two\n", "01_two");
  return pages(
    new Map([["00_one", withOutputs(one, { ...one, cells: [one.cells[0], ran] })], [
      "01_two",
      two,
    ]]),
    { readme, read },
  );
}

/** The first lesson's page, from its heading to the line that says how to run it. */
function lesson(prose: string, ...outputs: Output[]): string {
  const html = site(prose, ...outputs).get("00_one.html")!;
  return html.slice(html.indexOf("<h1"), html.indexOf('<p class="run">'));
}

const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

/** What is left of the page for the reader: no tags, none of the sources inside mathematics. */
const text = (html: string) => html.replace(/<annotation.*?<\/annotation>|<[^>]*>/gs, "");

Deno.test("pages() makes an index and a page for each lesson, which know their neighbours", () => {
  const made = site("A sentence.");
  assertEquals([...made.keys()], ["index.html", "00_one.html", "01_two.html"]);
  const index = made.get("index.html")!;
  assertStringIncludes(index, "<p>The promise. ");
  assertStringIncludes(index, '<svg aria-label="docs/graph.svg" ');
  assertStringIncludes(
    index,
    '<a href="00_one.html">00 · One</a> <em>One</em> thing, <span class="katex">',
  );
  assert(!index.includes("What you see"));
  assertStringIncludes(made.get("00_one.html")!, '<a rel="next" href="01_two.html">01 · Two</a>');
  assert(!made.get("00_one.html")!.includes('rel="prev"'));
  assertStringIncludes(made.get("01_two.html")!, '<a rel="prev" href="00_one.html">00 · One</a>');
});

Deno.test("pages() typesets mathematics, also over several lines and with what looks like Markdown", () => {
  const html = lesson(
    "With $a_1 * b_2 * c$ and\n$$\n\\begin{aligned}\n- x &= 1 \\\\\n+ y &= 2\n\\end{aligned}\n$$\n\n- $x$\n- $$y$$",
  );
  assertEquals(html.match(/<math /g)?.length, 4);
  assertEquals(html.match(/class="katex-display"/g)?.length, 2);
  assert(!text(html).includes("$"));
  assertStringIncludes(lesson("of $x$, too"), "</span>,</span> too");
  assert(!html.includes("<em>"));
});

Deno.test("pages() leaves dollars alone in prose and in code", () => {
  const prose = "It costs $5 and $6, $7-$8, \\$9\\$, `$x$`.\n\n```sh\necho $x $y$\n```";
  const html = lesson(prose);
  assert(!html.includes("<math"));
  assertStringIncludes(text(html), "It costs $5 and $6, $7-$8, $9$, $x$.");
  assertStringIncludes(html, "<code>echo $x $y$</code>");
});

Deno.test("pages() shows code and text as they are", () => {
  const html = lesson("", { output_type: "stream", name: "stdout", text: ["<b>&amp;\n", "2"] });
  assertStringIncludes(
    text(html).replace(/&lt;/g, "<").replace(/&quot;/g, '"'),
    'const x = [1 < 2, "&amp;"];',
  );
  assertStringIncludes(html, '<div class="output"><pre>&lt;b>&amp;amp;\n2</pre></div>');
});

Deno.test("pages() shows the richest format of an output", () => {
  const svg = shown({ "text/plain": "tree", "image/svg+xml": ['<svg width="640">', "</svg>"] });
  assertStringIncludes(
    lesson("", svg),
    '<div class="scrolling" style="--narrowest: 352px"><svg width="640"></svg></div>',
  );
  assert(!lesson("", svg).includes("tree"));
  assertStringIncludes(
    lesson("", shown({ "text/html": "<table></table>", "text/plain": "t" })),
    "<table>",
  );
  assertStringIncludes(
    lesson("", shown({ "text/latex": "$$\nx^2\n$$", "text/plain": "t" })),
    "<msup>",
  );
  assertStringIncludes(lesson("", shown({ "text/plain": "a < b" })), "<pre>a &lt; b</pre>");
});

Deno.test("pages() turns links to notebooks into links to pages, and headings into their targets", () => {
  const html = site(
    "Next: [two](01_two.ipynb#A-part), [out](https://deno.com/?a&b).\n\n## A `part`",
  ).get("00_one.html")!;
  assertStringIncludes(
    html,
    '<a href="01_two.html#A-part">two</a>, <a href="https://deno.com/?a&amp;b">',
  );
  assertStringIncludes(html, '<h2 id="A-part">A <code>part</code></h2>');
  assertStringIncludes(html, '<a href="#A-part">A <code>part</code></a>');
});

Deno.test("pages() refuses what a page cannot show, and says where it stands", () => {
  const refused = (why: string, prose: string, ...outputs: Output[]) =>
    assertThrows(
      () => lesson(prose, ...outputs),
      Error,
      `notebooks/00_one.ipynb: cell 00-one-${why}`,
    );
  refused("01 links to ../mod.ts, which is not on the site", "[x](../mod.ts)");
  refused("01 links to 02_three.ipynb, which is not on the site", "[x](02_three.ipynb)");
  refused('01 repeats the heading "A"', "## A\n\n## A");
  refused("01 KaTeX parse error", "$\\frac{1}$");
  refused("02 fails: Error: no", "", {
    output_type: "error",
    ename: "Error",
    evalue: "no",
    traceback: [],
  });
  refused("02 shows a picture that", "", shown({ "image/svg+xml": "<svg></svg>" }));
  refused("02 shows only image/png", "", shown({ "image/png": "" }));
  const plain = toNotebook("// %%\n1 + 1", "00_one");
  const build = (notebook: typeof plain, text = readme) =>
    pages(new Map([["00_one", notebook]]), { readme: text, read });
  assertThrows(() => build(plain), Error, "cell 00-one-01 was not executed");
  assertThrows(() => build({ ...plain, cells: [] }), Error, 'does not begin with "# …"');
  assertThrows(
    () => build(plain, "# Micro Grad\n\n## End"),
    Error,
    "README.md has no row for notebooks/00_one.ipynb",
  );
  assertThrows(
    () => build(plain, readme.replace("The promise", "[x](y)")),
    Error,
    "README.md links to y",
  );
});
