import { assertEquals } from "@std/assert";
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { codeHtml, page } from "../../tools/site/page.ts";

function elements(node: Nodes, tagName: string): Element[] {
  const inner = "children" in node
    ? node.children.flatMap((child) => elements(child, tagName))
    : [];
  return node.type === "element" && node.tagName === tagName ? [node, ...inner] : inner;
}

/** What a page says of itself, what it loads, and what stands on it. */
function read(html: string) {
  const tree = fromHtml(html);
  const meta = elements(tree, "meta").flatMap(({ properties: { name, property, content } }) => {
    const key = name ?? property;
    return key ? [[String(key), String(content)]] : [];
  });
  const links = elements(tree, "link").map(({ properties: { href } }) => String(href));
  return {
    language: elements(tree, "html")[0].properties.lang,
    title: elements(tree, "title").map((title) => toHtml(title.children)).join(),
    meta: Object.fromEntries(meta),
    icon: links.filter((href) => href.startsWith("data:image/svg+xml,%3Csvg")).length,
    styles: links.filter((href) => !href.startsWith("data:")),
    scripts: elements(tree, "script").map(({ properties }) => properties.src),
    body: toHtml(elements(tree, "body")[0].children).trim(),
  };
}

const content = { title: "A <i>b</i>", description: 'c "d"', body: "<main>e</main>" };
const said = {
  viewport: "width=device-width",
  description: 'c "d"',
  "og:title": "A b",
  "og:description": 'c "d"',
  "og:type": "article",
  "og:site_name": "Micro Grad",
  "og:image:width": "1200",
  "og:image:height": "630",
  "og:image:alt": "The graph of L = (a·b + c)·f, with every value and gradient",
  "twitter:card": "summary_large_image",
};

Deno.test("page() says what it is, and finds everything from the folder that it is in", () => {
  assertEquals(read(page({ file: "a.html", ...content })), {
    language: "en",
    title: "A b",
    meta: { ...said, "og:image": "preview.png" },
    icon: 1,
    styles: ["katex/katex.min.css", "site.css"],
    scripts: [],
    body: '<header><a href="index.html">Micro Grad</a><a href="play.html">Play</a>' +
      '<a href="api/index.html">API</a></header>\n<main>e</main>',
  });
  assertEquals(
    read(page({
      file: "api/a.html",
      ...content,
      links: '<a href="#f">f</a>',
      live: "cells",
      repository: "https://a.org/b",
      address: "https://c.org/d/",
    })),
    {
      language: "en",
      title: "A b",
      meta: {
        ...said,
        "og:image": "https://c.org/d/preview.png",
        "og:url": "https://c.org/d/api/a.html",
      },
      icon: 1,
      styles: ["../katex/katex.min.css", "../site.css"],
      scripts: ["../live/start.js"],
      body: '<header><a href="../index.html">Micro Grad</a><a href="#f">f</a>' +
        '<a href="../play.html">Play</a><a href="../api/index.html">API</a>' +
        '<a href="https://a.org/b">Source</a></header>\n<main>e</main>',
    },
  );
  assertEquals(read(page({ file: "api/a.html", ...content })).meta["og:image"], "../preview.png");
});

Deno.test("codeHtml() colours TypeScript alone", () => {
  const code = (language?: string) =>
    elements(fromHtml(codeHtml("const a = 1 < 2;", language)), "span")
      .some(({ properties }) => String(properties.className) === "sh__token--keyword");
  assertEquals([code("ts"), code("sh"), code()], [true, false, false]);
});
