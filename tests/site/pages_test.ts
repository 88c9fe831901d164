import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import type { Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import katex from "katex";
import graph from "../../docs/graph.svg" with { type: "text" };
import { type Cell, type Output, toNotebook, withOutputs } from "../../tools/nbformat.ts";
import { patternOf } from "../../tools/site/allowed.ts";
import { markdown } from "../../tools/site/live/formula.ts";
import { pages } from "../../tools/site/pages.ts";
import { sanitise, textOf } from "../../tools/site/sanitise.ts";

const readme = `# Micro Grad

The promise.

Not ![this](docs/icon.svg) picture.

![A graph](docs/graph.svg)

**Start here**: clone it.

    npx --yes deno run lessons/00_one.ts

What you need.

## The rest

[is not](there)
`;
const api = new Map<string, string>();
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
    { readme, read, api },
  );
}

/** The first lesson's page, from its heading to the line that says how to run it. */
function lesson(prose: string, ...outputs: Output[]): string {
  const html = site(prose, ...outputs).get("00_one.html")!;
  return html.slice(html.indexOf("<h1"), html.indexOf('<div class="run">'));
}

const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

/** What is left of the page for the reader: no tags, none of the sources inside mathematics. */
const text = (html: string) => html.replace(/<annotation.*?<\/annotation>|<[^>]*>/gs, "");

Deno.test("pages() makes an index and a page for each lesson, which know their neighbours", () => {
  const made = site("A *sentence*.\n\nAnother.");
  assertEquals([...made.keys()], [
    "index.html",
    "play.html",
    "00_one.html",
    "01_two.html",
    "api/index.html",
  ]);
  const index = made.get("index.html")!;
  assertStringIncludes(index, "<h1>Micro Grad</h1>\n<p>The promise.</p>\n<ol class=");
  assertStringIncludes(index, '<svg aria-label="docs/graph.svg" ');
  assertStringIncludes(index, '<li><a href="00_one.html">00 · One</a> A <em>sentence</em>.</li>');
  assertStringIncludes(made.get("00_one.html")!, 'name="description" content="A sentence."');
  assertStringIncludes(index, "<code>npx --yes deno run lessons/00_one.ts</code></pre>");
  assertStringIncludes(index, "<p>What you need.</p>\n</main>");
  assert(!/is not|Start here/.test(index));
  assertStringIncludes(made.get("00_one.html")!, '<a rel="next" href="01_two.html">01 · Two</a>');
  assert(!made.get("00_one.html")!.includes('rel="prev"'));
  assertStringIncludes(made.get("01_two.html")!, '<a rel="prev" href="00_one.html">00 · One</a>');
});

Deno.test("pages() typesets mathematics, also over several lines and with what looks like Markdown", () => {
  const html = lesson(
    "With $a_1 * b_2 * c$ and\n$$\n\\begin{aligned}\n- x &= 1 \\\\\n+ y &= 2\n\\end{aligned}\n$$\n\n- $x$\n- $z$\n- $$y$$",
  );
  assertEquals(html.match(/<math /g)?.length, 5);
  assertEquals(html.match(/class="katex-display"/g)?.length, 2);
  // What may be wider than a phone can be scrolled with the keyboard.
  assertEquals(html.match(/<span class="formula" tabindex="0">/g)?.length, 2);
  assert(!html.includes("together"));
  assert(!text(html).includes("$"));
  assertStringIncludes(lesson("of $x$, too"), '<span class="together"><span class="katex">');
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
  assertStringIncludes(
    html,
    '<div class="output"><pre class="stdout">&lt;b>&amp;amp;\n2</pre></div>',
  );
});

Deno.test("pages() shows the richest format of an output", () => {
  const svg = shown({ "text/plain": "tree", "image/svg+xml": ['<svg width="640">', "</svg>"] });
  assertStringIncludes(
    lesson("", svg),
    '<div class="scrolling" tabindex="0" style="--narrowest: 486px"><svg width="640"></svg></div>',
  );
  assert(!lesson("", svg).includes("tree"));
  assertStringIncludes(
    lesson("", shown({ "text/html": "<table></table>", "text/plain": "t" })),
    "<table>",
  );
  // An empty heading is no heading.
  assertStringIncludes(
    lesson("", shown({ "text/html": '<table><tr><th class="a"></th><th>b</th></tr></table>' })),
    '<tr><td class="a"></td><th>b</th></tr>',
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

Deno.test("pages() turns the name of an exercise into a link to its page", () => {
  const notebook = (name: string) =>
    toNotebook(
      "// %% [markdown]\n// # A\n//\n// Then `exercises/00_one.ts`, not `exercises/01_two.ts`.",
      name,
    );
  const made = pages(
    new Map([["00_one", notebook("00_one")], ["exercises/00_one", notebook("00_one")]]),
    { readme, read, api },
  );
  assertStringIncludes(made.get("index.html")!, '<a href="exercises_00_one.html">A</a>');
  assertStringIncludes(
    made.get("00_one.html")!,
    '<a href="exercises_00_one.html"><code>exercises/00_one.ts</code></a>, not <code>exercises/01_two.ts</code>.',
  );
});

Deno.test("pages() makes pages of exercises, which know each other", () => {
  const notebook = (title: string) =>
    toNotebook(
      `// %% [markdown]\n// # ${title}\n//\n// About ${title}.\n//\n// ## P & q`,
      "00_one",
    );
  const names = ["00_one", "01_two", "02_no", "exercises/00_one", "exercises/01_two"];
  const made = pages(new Map(names.map((name) => [name, notebook(name)])), {
    readme,
    read,
    api,
    repository: "https://example.org/me/course.git/",
  });
  const files = names.map((name) => `${name.replace("/", "_")}.html`);
  const all = (file: string, pattern: RegExp) =>
    [...made.get(file)!.matchAll(pattern)].map(([, ...groups]) => groups.join(" "));
  // The index has a list of the lessons, and one of the exercises.
  const lists = made.get("index.html")!.split('<h2 id="exercises">Exercises</h2>');
  assertEquals(
    lists.map((html) =>
      [...html.matchAll(/<li><a href="([\w.]+)">(\S+)<\/a> About \2\.<\/li>/g)].map(([, file]) =>
        file
      )
    ),
    [files.slice(0, 3), files.slice(3)],
  );
  const neighbours = (file: string) => all(file, /<a rel="(\w+)" href="([\w.]+)">/g);
  assertEquals(files.map(neighbours), [
    ["next 01_two.html"],
    ["prev 00_one.html", "next 02_no.html"],
    ["prev 01_two.html"],
    ["next exercises_01_two.html"],
    ["prev exercises_00_one.html"],
  ]);
  for (const [k, file] of files.entries()) {
    // Beside each page stands what there is, with the headings of the page itself.
    assertEquals(
      all(file, /<li><a href="([^"]*)"( aria-current="page")?>/g).map((item) => item.trim()),
      [
        ...files.slice(0, k),
        '#  aria-current="page"',
        "#P-%26-q",
        ...files.slice(k + 1),
      ],
    );
    assertStringIncludes(
      made.get(file)!,
      `<a href="#" aria-current="page">${names[k]}</a><ol><li><a href="#P-%26-q">P &amp; q</a>`,
    );
    assertMatch(made.get(file)!, /<nav class="neighbours"[^>]*>\s*<a rel="/);
    const script = names[k].includes("/") ? names[k] : `lessons/${names[k]}`;
    assertEquals(all(file, /deno run (\S+)<\/code><\/p>/g), [`${script}.ts`]);
    assertStringIncludes(
      made.get(file)!,
      "<code>git clone https://example.org/me/course.git/\ncd course</code>",
    );
    assertStringIncludes(made.get(file)!, `<title>${names[k]} · Micro Grad</title>`);
  }
  // What is on the index, from top to bottom.
  assertMatch(
    made.get("index.html")!,
    /content="The promise\."[^]*The promise\.<\/p>[^]*<h2 id="exercises"[^]*<h2 id="more"[^]*<svg[^]*play\.html">Play<\/a> with[^]*<h2 id="on-your-machine"[^]*git clone https:\/\/example\.org\/me\/course\.git\/[^]*deno run lessons/,
  );
  const without = pages(new Map([["00_one", notebook("A")]]), { readme, read, api });
  assertStringIncludes(without.get("index.html")!, "Get the folder of the course");
  assert(!without.get("index.html")!.includes("Exercises"));
  assert(!without.get("00_one.html")!.includes("git clone"));
});

Deno.test("pages() puts a graph to play with after the cell that draws it", () => {
  const svg = shown({ "image/svg+xml": '<svg width="9"></svg>', "text/plain": "t" });
  const text = shown({ "text/plain": "t" });
  const cells: [source: string, ...outputs: Output[]][] = [
    ["let x;"],
    ["draw(a);", text, svg],
    ["draw(a, { mark: a });", svg],
    ["draw(a, { mark: b });", svg],
    ["draw(c);", svg],
    ["({ mark: 1 })", text],
  ];
  const parts = (name: string) => {
    const source = cells.map(([source]) => `// %%\n${source}\n`).join("");
    const notebook = toNotebook(`// %% [markdown]\n// # A\n${source}`, name);
    for (const [k, [, ...outputs]] of cells.entries()) {
      Object.assign(notebook.cells[k + 1], { outputs, execution_count: k + 1 });
    }
    const html = pages(new Map([[name, notebook]]), { readme, read, api }).get(`${name}.html`)!;
    // To draw a graph, Graphviz runs in the page.
    assertEquals(html.includes("'wasm-unsafe-eval'"), html.includes('class="play"'));
    return [...html.matchAll(/class="cell" id="[\w-]+-(\d\d)"|class="play" ([^>]*)>/g)]
      .map(([, cell, play]) => cell ?? play);
  };
  const play = 'data-expression="e = a * b; d = e + c; L = d * f; a = 2; b = -3; c = 10; f = -2"';
  const first = ["02", "03", play, "04", "05", "06", "07"];
  assertEquals(parts("02_rate_of_change"), first);
  assertEquals(parts("03_chain_rule"), first);
  assertEquals(parts("04_backpropagation"), [
    ...["02", "03", "04", "05"],
    `${play} data-walk`,
    ...["06", "07"],
  ]);
  assertEquals(parts("05_engine"), ["02", "03", "04", "05", "06", "07"]);
});

Deno.test("pages() says of a speed that it was measured elsewhere", () => {
  const output = shown({ "text/plain": "1 ms" });
  const html = (tag: string) => {
    const notebook = toNotebook(
      `// %% [markdown]\n// # A\n// %%${tag}\nspeed();\n// %%\nlet x;`,
      "00_one",
    );
    Object.assign(notebook.cells[1], { outputs: [output], execution_count: 1 });
    Object.assign(notebook.cells[2], { execution_count: 2 });
    return pages(new Map([["00_one", notebook]]), { readme, read, api }).get("00_one.html")!;
  };
  const note = '<p class="note">Measured on another machine,';
  assertStringIncludes(html(" [measured]"), `<pre>1 ms</pre></div>${note}`);
  assert(!html("").includes(note));
  assertStringIncludes(html(""), '<div class="cell" id="00-one-02"><pre class="code"');
  assertStringIncludes(html(""), '<pre>1 ms</pre></div></div></div>\n<div class="cell"');
  assertStringIncludes(html(""), '</pre></div>\n<div class="run">');
  // A cell without outputs has no element for them.
  assertEquals(html("").match(/class="output"/g)?.length, 1);
});

Deno.test("pages() refuses what a page cannot show, and says where", () => {
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
  // What is wrong is not marked's, to which its message would send.
  assert(!/Please report/.test(assertThrows(() => lesson("$\\frac{1}$"), Error).message));
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
    pages(new Map([["00_one", notebook]]), { readme: text, read, api });
  assertThrows(() => build(plain), Error, "cell 00-one-01 was not executed");
  assertThrows(() => build({ ...plain, cells: [] }), Error, 'does not begin with "# …"');
  assertThrows(
    () => build(plain, readme.replace("The promise", "[x](y)")),
    Error,
    "README.md links to y",
  );
  const picture = "![A graph](docs/graph.svg)\n\n", heading = "## The rest\n\n";
  for (
    const text of [
      readme.replace(picture, ""),
      readme.replace(picture, "").replace(heading, `${picture}${heading}`),
      readme.replace(/\nThe promise.*\n\nNot .*\n/, ""),
      readme.replace(picture, `${picture}${heading}`),
      readme.replace(heading, ""),
      readme.replace(/^ {4}.*/m, ""),
    ]
  ) {
    assertThrows(
      () => build(plain, text),
      Error,
      "README.md does not begin with a paragraph, a picture and the commands to run",
    );
  }
});

/** What tries to run a script, load something or cover the page, and what of it may stay. */
const attacks: readonly [string, string][] = [
  ['<img src="x" onload="f()" onerror="f()">', ""],
  ["<script>f()</script>", ""],
  ['<iframe src="javascript:f()">f</iframe>', ""],
  ['<iframe srcdoc="<script>f()</script>"></iframe>', ""],
  ['<object data="x"></object><embed src="x"><link rel="stylesheet" href="x">', ""],
  ["<style>main { display: none }</style>", ""],
  ['<a href="javascript:f()">x</a>', "<a>x</a>"],
  ['<a href=" JaVa\tscript:f()">x</a>', "<a>x</a>"],
  ['<a href="data:text/html,x">x</a>', "<a>x</a>"],
  ['<a href="//elsewhere">x</a>', "<a>x</a>"],
  ['<a href="https://deno.com" target="_top" ping="x">x</a>', '<a href="https://deno.com">x</a>'],
  ['<b onclick="f()" title="t">x</b>', "<b>x</b>"],
  ['<p style="position: fixed; top: 0">x</p>', "<p>x</p>"],
  ['<p style="background: url(x)">x</p>', "<p>x</p>"],
  ['<p style="color: red">x</p>', '<p style="color: red">x</p>'],
  ['<form action="x"><input autofocus onfocus="f()"><button>x</button></form>', "x"],
  ['<meta http-equiv="refresh" content="0; url=x"><base href="x">', ""],
  ['<svg width="9" onload="f()"><script>f()</script></svg>', '<svg width="9"></svg>'],
  [
    '<svg width="9"><a xlink:href="javascript:f()"><text y="1">x</text></a></svg>',
    '<svg width="9"><a><text y="1">x</text></a></svg>',
  ],
  [
    '<svg width="9"><use href="x#y"/><image href="x"/><animate onbegin="f()"/><set/></svg>',
    '<svg width="9"></svg>',
  ],
  [
    '<svg width="9"><foreignObject><img src="x"></foreignObject><rect fill="url(x)"/></svg>',
    '<svg width="9"><rect></rect></svg>',
  ],
  [
    "<math><mtext><table><mglyph><style><img src=x onerror=f()></style></table></mtext></math>",
    "<math><mtext><table></table></mtext></math>",
  ],
  ["<!-- x --><noscript><b>x</b></noscript>", ""],
];

/** Whether an element or attribute, as a browser reads them, has such a name. */
function holds(html: string, name: RegExp): boolean {
  const within = (node: Nodes): boolean =>
    node.type === "element" &&
      [`<${node.tagName}`, ...Object.keys(node.properties)].some((key) => name.test(key)) ||
    "children" in node && node.children.some(within);
  return within(fromHtml(html));
}

Deno.test("pages() leaves nothing in outputs and prose that runs, loads or covers anything", () => {
  for (const [attack, rest] of attacks) {
    const html = attack.startsWith("<svg") ? { "image/svg+xml": attack } : { "text/html": attack };
    assertStringIncludes(
      lesson("", shown({ ...html, "text/plain": "" })).replace(' style="--narrowest: 7px"', ""),
      `<div class="shown"><div class="scrolling" tabindex="0">${rest}</div></div>`,
    );
    const output = shown({ "text/markdown": `${attack}\n`, "text/plain": "" });
    assertStringIncludes(lesson("", output).replace(/<p>(?!x)|\n/g, ""), rest);
    const prose = lesson(`Before ${attack} after`);
    assertStringIncludes(prose, "<p>Before ");
    assert(!holds(prose, /^(<(script|img|iframe|object|embed|form|use|style)|on.*|src)$/), prose);
  }
});

Deno.test("a link leads to https:, or to a place relative to the page", () => {
  const link = patternOf("href")!;
  for (const good of ["https://deno.com/a b", "a.html", "#a", "../a/b?c=d:e#f", "a/b:c", ""]) {
    assert(link.test(good), good);
  }
  const schemes = [
    "http://a.org",
    "javascript:f()",
    "JAVASCRIPT:f()",
    "data:text/html,a",
    "a+b.c-1:x",
  ];
  const hosts = ["//a.org", "/\\a.org", "\\\\a.org", "/\t/a.org", "\t//a.org", " //a.org"];
  for (
    const bad of [...schemes, ...hosts, " javascript:f()", "\x01javascript:f()", "java\tscript:f()"]
  ) {
    assert(!link.test(bad), bad);
  }
});

Deno.test("a colour or a part of the picture may fill, clip and mark; nothing from elsewhere", () => {
  for (const name of ["fill", "stroke", "clip-path", "marker-start", "marker-end"]) {
    const pattern = patternOf(name)!;
    for (const good of ["#0072b2", "red", "none", "url(#a-1)", "rgba(1, 2, 3, 50%)"]) {
      assert(pattern.test(good), good);
    }
    for (const bad of ["url(https://a.org/a.svg#b)", "url(a.svg#b)", "image(a)", "url(#a)url(b)"]) {
      assert(!pattern.test(bad), bad);
    }
  }
  assertEquals(patternOf("width"), undefined);
});

Deno.test("in the browser, prose and formulas become the same HTML", () => {
  assertStringIncludes(lesson("*a* and $x$"), markdown("*a* and $x$").trim());
});

Deno.test("a formula can neither link nor load: KaTeX trusts nobody", () => {
  for (const attack of ["\\href{https://a.org}{x}", "\\url{https://a.org}"]) {
    assert(!lesson(`$${attack}$`).includes('href="https://a.org'), attack);
  }
  assert(!holds(lesson("$\\includegraphics{https://a.org/a.png}$"), /^(<img|src)$/));
  assertThrows(() => lesson("$\\htmlStyle{color: red}{x}$"), Error, "HTML extension is disabled");
});

Deno.test("pages() makes plain text of a title", () => {
  const notebook = (title: string) => toNotebook(`// %% [markdown]\n// # ${title}`, "00_one");
  const title = (text: string) => {
    const html = pages(new Map([["00_one", notebook(text)]]), { readme, read, api })
      .get("00_one.html")!;
    assert(!holds(html, /^(<img|on.*)$/), html);
    return /<title>(.*?)<\/title>/s.exec(html)![1];
  };
  const rest = " · Micro Grad";
  assertEquals(title("A `b` & *c*"), `A b &amp; c${rest}`);
  assertEquals(title('A "b"'), `A &quot;b&quot;${rest}`);
  assertEquals(title("The $dL$"), `The dL${rest}`);
  assertEquals(title("A</title><script>f()</script>"), `A${rest}`);
  assertEquals(title("A <scr<b></b>ipt>f()</script>"), `A &lt;script>f()${rest}`);
  assertEquals(title("A &lt;script&gt;f()&lt;/script&gt;"), `A &lt;script>f()&lt;/script>${rest}`);
  assertEquals(title('A <img src="x" onload="f()">'), `A${rest}`);
});

Deno.test("textOf() is what a screen reader reads, on one line", () => {
  assertEquals(textOf("\n<p>A  <b>b</b>\n c</p><!-- d --> "), "A b c");
  assertEquals(textOf(katex.renderToString("x + 1")), "x+1");
  assertEquals(textOf('a<i aria-hidden="true">b</i>'), "a");
});

Deno.test("sanitise() leaves formulas, tables and pictures as they are", () => {
  const formula = katex.renderToString(
    "\\frac{dL}{da} = \\lim_{h \\to 0} \\begin{aligned} a &= \\sqrt{b} \\\\ \\textcolor{red}{c} &= \\boxed{d} \\end{aligned}",
    { displayMode: true },
  );
  const svg = graph.slice(graph.indexOf("<svg"));
  for (
    const html of [formula, svg, '<table><tr><td style="text-align:right">−1</td></tr></table>']
  ) {
    assertEquals(
      sanitise(html),
      toHtml(fromHtml(html, { fragment: true }), {
        characterReferences: { useNamedReferences: true },
      }),
    );
  }
});

Deno.test("pages() says what a page may load: scripts of its own where cells run, else none", () => {
  const policies = [...site("A sentence.")].map(([name, html]) => {
    const head = html.slice(0, html.indexOf("<link"));
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(head)![1];
    return [
      name,
      Object.fromEntries(policy.split("; ").map((rule) => rule.split(/ (.*)/))),
    ] as const;
  });
  const none = {
    "default-src": "'none'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "font-src": "'self'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
  };
  const live = { ...none, "script-src": "'self'", "worker-src": "'self'" };
  for (const [name, policy] of policies) {
    const play = { ...live, "script-src": "'self' 'wasm-unsafe-eval'" };
    const expected = { "index.html": none, "api/index.html": none, "play.html": play }[name] ??
      live;
    assertEquals(policy, expected, name);
  }
});
