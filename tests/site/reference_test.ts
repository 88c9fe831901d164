import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { reference } from "../../tools/site/reference.ts";

/** A page as `deno doc --html` writes it, with what documentation it has. */
const written = (kind: string, name: string, documentation: string) =>
  `<!DOCTYPE html><html><head><script src="../script.js"></script></head><body><nav>x</nav>
<main class="symbolGroup"><article><div>Breadcrumbs</div><div class="symbolTitle"><div><div class="text-2xl">
<span class="text-Class">${kind}</span>&nbsp;<span class="font-bold">${name}</span></div></div>
<a class="sourceButton" href="file:&#x2F;&#x2F;&#x2F;home&#x2F;me&#x2F;engine&#x2F;value.ts"><svg></svg></a></div>
<div class="space-y-7">${documentation}</div></article></main><div class="toc">x</div></body></html>`;

const entry = (name: string, id: string) =>
  `<section class="section" id="methods"><h2 class="anchorable"><a href="#methods" class="anchor"><svg></svg></a>Methods</h2>
<div class="anchorable docEntry" id="${id}"><code><a href="#${id}" class="anchor"></a>
<a class="font-bold font-lg link" href="..&#x2F;.&#x2F;.&#x2F;~&#x2F;A.prototype.${name}.html">${name}</a>(x: <a href="../././~/B.html">B</a>)</code></div></section>`;

const files = (documentation: string) =>
  new Map([
    ["A.html", written("class", "A", documentation + entry("m", "method_m_0"))],
    [
      "A.prototype.m.html",
      written(
        "method",
        "A.prototype.m",
        '<section id="parameters"></section><div class="docEntry" id="x">' +
          '<b class="font-bold font-lg">x</b></div>',
      ),
    ],
    ["A.prototype.p.html", written("property", "A.prototype.p", '<section id="type"></section>')],
    ["A.prototype.[Symbol.iterator].html", written("method", "x", "<section></section>")],
    ["A.prototype.html", "a redirect"],
    [
      "B.html",
      written("type alias", "B", '<div class="markdown"><p>What <code>B</code> is.</p></div>'),
    ],
  ]);

/** The page of class A, from its title to its end. */
function pageOfA(documentation: string, repository?: string): string {
  const html = reference(files(documentation), { repository }).get("api/A.html")!;
  return html.slice(html.indexOf("<h1>"), html.indexOf("</main>"));
}

Deno.test("reference() makes an index, and a page for each name and each member with sections", () => {
  const made = reference(files(""), {});
  assertEquals([...made.keys()], [
    "api/index.html",
    "api/A.html",
    "api/A.prototype.m.html",
    "api/B.html",
  ]);
  const index = made.get("api/index.html")!;
  assertMatch(index, /Classes<\/h2>\s*<ul class="contents"><li><a href="A.html">/);
  assertMatch(
    index,
    /Types<\/h2>\s*.*<a href="B.html"><code>B<\/code><\/a> What <code>B<\/code> is\./,
  );
  assert(!index.includes("Functions"));
  assertMatch(index, /import<\/span>[^]*In the examples[^]*<h2/);
  assertStringIncludes(index, '<link rel="stylesheet" href="../site.css">');
  assertStringIncludes(index, '<a href="../index.html">Micro Grad</a>');
  assertStringIncludes(made.get("api/A.html")!, "<h1>A</h1>");
  const method = made.get("api/A.prototype.m.html")!;
  assertStringIncludes(method, '<h1><a href="A.html">A</a>.prototype.m</h1>');
  assertStringIncludes(made.get("api/B.html")!, 'name="description" content="What B is."');
  assertStringIncludes(made.get("api/A.html")!, '<li><a href="#method_m_0">m</a></li>');
});

Deno.test("reference() keeps the documentation, and its links within the site", () => {
  const html = pageOfA(
    `<div class="markdown"><p>See <a href="../././~/B.html"><code>B</code></a>, ` +
      `<a href="https://deno.com/">Deno</a>, <a href="../././~/A.prototype.p.html">p</a>.</p>` +
      `<pre class="highlight"><code class="language-ts">const x = 1;\n</code>` +
      `<button class="copyButton" data-copy="const x = 1;"><svg></svg></button><code></code></pre></div>`,
  );
  assertStringIncludes(
    html,
    '<p>See <a href="B.html"><code>B</code></a>, <a href="https://deno.com/">Deno</a>, p.</p>',
  );
  assertMatch(html, /<pre class="code" tabindex="0"><code>.*const<\/span>.*<\/code><\/pre>/);
  assertStringIncludes(
    html,
    '<div id="method_m_0" class="entry"><code>\n<b><a href="A.prototype.m.html">m</a></b>',
  );
  assert(!/<(svg|button)|class="(anchor|markdown|section)/.test(html), html);
});

Deno.test("reference() keeps what means something, and leaves out what only deno doc needs", () => {
  const kept = (documentation: string) => {
    const html = pageOfA(documentation);
    return html.slice(html.indexOf("</p>") + 5, html.indexOf("<h2>Methods"))
      .replace(/^Breadcrumbs\s*/, "").trim();
  };
  for (
    const [documentation, rest] of [
      ['<div class="example-header">Example 1</div><p>a</p>', "<p>a</p>"],
      ['<div class="example-header">Example 2 with words</div>', "Example 2 with words"],
      ['<p>Example 3</p><hr class="border-b"><svg><text>x</text></svg>', "<p>Example 3</p>"],
      ['<p class="text-optional x">a</p>', '<p class="note">a</p>'],
      ['<p class="anchorable">a</p>', "<p>a</p>"],
      ['<span id="i">a</span> <span>b</span> <div>c</div>', '<span id="i">a</span> b c'],
      ["<p>a<br>b</p>", "<p>a<br>b</p>"],
      ["<code><div>a</div></code> <code></code>", "<code><div>a</div></code>"],
      ["<pre>a < b\n</pre>", '<pre class="code" tabindex="0"><code>a &lt; b</code></pre>'],
      ['<i class="font-bold">a</i> <i class="font-lg">b</i>', "<i>a</i> <i>b</i>"],
      ['<i class="font-bold font-lg">a</i>', "<b>a</b>"],
      [
        '<a class="font-bold font-lg" href="../././~/A.prototype.p.html">p</a>',
        "<b>p</b>",
      ],
      ['<a href="#i" class="x">a</a>', '<a href="#i">a</a>'],
      ['<a href="../././~/B.html#j">b</a>', '<a href="B.html#j">b</a>'],
    ]
  ) assertEquals(kept(documentation), rest, documentation);
});

Deno.test("reference() makes for a member a page that leads back to its class", () => {
  const unnamed = '<div class="docEntry"><b class="font-bold font-lg">no place</b></div>';
  const what = '<div class="markdown"><p>What <code>A</code> is.</p></div>';
  const made = reference(files(what + unnamed), {});
  const links = (file: string) =>
    [...made.get(file)!.matchAll(/<li><a href="([^"]*)"(?: aria-current="(\w+)")?>(.*?)<\/a>/g)]
      .map(([, href, current = "", text]) => `${href} ${current} ${text}`.replace("  ", " "));
  assertEquals(links("api/A.html"), ["# page A", "#method_m_0 m", "B.html B"]);
  assertEquals(links("api/A.prototype.m.html"), ["A.html true A", "B.html B"]);
  assertEquals(links("api/B.html"), ["# page B", "A.html A"]);
  const about = (file: string) => {
    const html = made.get(file)!;
    const [title, description] = [/<title>(.*?)<\/title>/, /name="description" content="(.*?)"/]
      .map((pattern) => pattern.exec(html)![1]);
    return [title, description, /<p class="note">(.*?),/.exec(html)?.[1]];
  };
  assertEquals(about("api/A.html"), ["A · Micro Grad", "What A is.", "class"]);
  assertEquals(about("api/A.prototype.m.html"), [
    "A.prototype.m · Micro Grad",
    "The method A.prototype.m of Micro Grad.",
    "method",
  ]);
  assertEquals(about("api/index.html"), [
    "API reference · Micro Grad",
    "Everything that mod.ts exports: A, B.",
    undefined,
  ]);
});

Deno.test("reference() lists the kinds of names in order", () => {
  const names = { c: "function", b: "function", D: "interface", E: "class", F: "type alias" };
  const pages = Object.entries(names).map(([name, kind]) =>
    [`${name}.html`, written(kind, name, "")] as const
  );
  const html = reference(new Map(pages), {}).get("api/index.html")!;
  const found = [...html.matchAll(/<h2 id="(.*?)">(\w+)<\/h2>|<code>(\w)<\/code><\/a>/g)]
    .map(([, id, title, name]) => name ?? `${id} ${title}`);
  assertEquals(found, [
    ...["class Classes", "E", "function Functions", "c", "b"],
    ...["interface Interfaces", "D", "type-alias Types", "F"],
  ]);
});

Deno.test("reference() keeps a line for each argument of a signature", () => {
  const html = pageOfA(
    '<div class="x"><code class="anchorable">f<span>(<div class="ml-4"><div><span>a,</span></div><div>b</div></div>)' +
      '<span class="td-kw">void</span></span></code></div>',
  );
  assertStringIncludes(
    html,
    '<code class="signature">f(<div class="indented"><div>a,</div><div>b</div></div>)' +
      '<span class="keyword">void</span></code>',
  );
});

Deno.test("reference() names the file of a declaration, not the folder of the machine", () => {
  assertStringIncludes(pageOfA(""), "class, declared in <code>engine/value.ts</code>");
  assertStringIncludes(
    pageOfA("", "https://example.org/me/course"),
    '<a href="https://example.org/me/course/blob/HEAD/engine/value.ts"><code>engine/value.ts</code></a>',
  );
  for (const [, html] of reference(files(""), {})) assert(!html.includes("home"), html);
});

Deno.test("reference() leaves nothing in documentation that runs, loads or covers anything", () => {
  const html = pageOfA(
    '<p style="position: fixed" onclick="f()">x</p><script>f()</script><img src="x" onerror="f()">' +
      '<iframe src="https://deno.com"></iframe><b onmouseover="f()">y</b>',
  );
  assertStringIncludes(html, "<p>x</p><b>y</b>");
  assert(!/script|img|iframe|f\(\)|position/.test(html), html);
});

Deno.test("reference() refuses what it does not know, and says where", () => {
  const refused = (documentation: string, why: string) =>
    assertThrows(() => pageOfA(documentation), Error, `API reference: A ${why}`);
  refused('<a href="javascript:f()">x</a>', "links to javascript:f(), which is not on the site");
  refused('<a href="../index.html">x</a>', "links to ../index.html, which is not on the site");
  for (
    const html of [
      "<article></article>",
      written("class", "A", "").replace("engine", "elsewhere"),
      written("", "A", ""),
    ]
  ) {
    assertThrows(
      () => reference(new Map([["A.html", html]]), {}),
      Error,
      "API reference: A has no title, or does not say where it is declared",
    );
  }
  assertThrows(
    () => reference(new Map([["N.html", written("namespace", "N", "")]]), {}),
    Error,
    "N is of an unknown kind, namespace",
  );
});
