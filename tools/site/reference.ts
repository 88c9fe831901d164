/**
 * The API reference: what `deno doc --html` says, as pages of the site. Of its own pages only the
 * documentation is kept: no script, no search, no icons, no path of the machine that made them.
 *
 * @module
 */
import type { Element, ElementContent, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { escape } from "./outputs.ts";
import { codeHtml, page, type Site } from "./page.ts";
import { sanitise, textOf } from "./sanitise.ts";

/** One page: an exported name, or a member of it. */
interface Entry {
  /** Such as `Value` or `Value.prototype.mul`. */
  readonly name: string;
  /** Such as `class` or `method`. */
  readonly kind: string;
  /** The file that it is declared in, such as `engine/value.ts`. */
  readonly source: string;
  /** The first paragraph about it, as HTML. */
  readonly summary: string;
  readonly body: string;
  /** The places on its page. */
  readonly contents: readonly { id: string; title: string }[];
}

/**
 * The pages of the reference by their paths on the site: `api/index.html`, and `api/NAME.html` for
 * each exported name and each member that takes arguments.
 *
 * @param files what `deno doc --html` wrote to its folder `~`, by name
 * @param site what every page knows of the site
 * @returns the pages as HTML
 * @throws {Error} naming the page, when one is not as `deno doc` of this version writes it
 */
export function reference(files: ReadonlyMap<string, string>, site: Site): Map<string, string> {
  const articles = new Map([...files].flatMap(([file, html]) => {
    const article = find(fromHtml(html), (element) => element.tagName === "article");
    const name = file.replace(/\.html$/, "");
    // A property has no more to say on a page of its own than on that of its class.
    const more = article && (!name.includes(".") || find(article, isSection));
    return more && !name.includes("[") ? [[name, article] as const] : [];
  }));
  const names = new Set(articles.keys());
  const entries = [...articles].map(([name, article]) => {
    try {
      return read(name, article, names);
    } catch (error) {
      throw new Error(`API reference: ${name} ${(error as Error).message}`);
    }
  });
  const exported = entries.filter(({ name }) => !name.includes("."));
  return new Map([
    ["api/index.html", indexPage(exported, site)],
    ...entries.map((entry) => [fileOf(entry.name), entryPage(entry, exported, site)] as const),
  ]);
}

function fileOf(name: string): string {
  return `api/${name}.html`;
}

function isSection({ tagName, properties }: Element): boolean {
  return tagName === "section" && properties.id !== "type";
}

function hasClass({ properties }: Element, name: string): boolean {
  return (properties.className as string[] | undefined)?.includes(name) ?? false;
}

/** The first element, in the order of the text, for which this holds. */
function find(node: Nodes, holds: (element: Element) => boolean): Element | undefined {
  if (node.type === "element" && holds(node)) return node;
  if (!("children" in node)) return undefined;
  for (const child of node.children) {
    const found = find(child, holds);
    if (found) return found;
  }
}

function textIn(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textIn).join("") : "";
}

function read(name: string, article: Element, known: ReadonlySet<string>): Entry {
  const title = article.children.find((child) =>
    child.type === "element" && hasClass(child, "symbolTitle")
  );
  const kind = title && /^\s*(\w[\w ]*?)\u00a0/.exec(textIn(title))?.[1];
  const link = title && find(title, (element) => hasClass(element, "sourceButton"));
  const [, source] = /\/((?:engine\/|mod\.ts).*)$/.exec(String(link?.properties.href)) ?? [];
  if (!kind || !source) throw new Error("has no title, or does not say where it is declared");
  const children = article.children.filter((child) => child !== title)
    .flatMap((child) => simplified(child, known));
  const contents: { id: string; title: string }[] = [];
  const collect = (node: Nodes) => {
    if (node.type === "element" && hasClass(node, "entry") && node.properties.id) {
      const link = find(node, ({ tagName }) => tagName === "b");
      if (link) contents.push({ id: String(node.properties.id), title: textIn(link) });
    }
    if ("children" in node) node.children.forEach(collect);
  };
  if (!name.includes(".")) children.forEach(collect);
  const body = sanitise(children.map((child) => toHtml(child)).join(""));
  const [, summary = ""] = /<p>([^]*?)<\/p>/.exec(body) ?? [];
  return { name, kind, source, summary, body, contents };
}

/** The classes that mean something on a page of the site, and what they are called there. */
const classes: Record<string, string> = {
  "anchorable": "signature",
  "docEntry": "entry",
  "ml-4": "indented",
  "td-kw": "keyword",
  "text-optional": "note",
};

/** An element without what only the pages of `deno doc` need, and with links within the site. */
function simplified(
  node: ElementContent,
  known: ReadonlySet<string>,
  inCode = false,
): ElementContent[] {
  if (node.type !== "element") return [node];
  const { tagName, properties } = node;
  const unwanted = ["button", "svg"].includes(tagName) ||
    ["anchor", "sourceButton", "border-b"].some((name) => hasClass(node, name)) ||
    tagName === "code" && node.children.length === 0 ||
    // The only example needs no number, and the others are told apart by their code.
    hasClass(node, "example-header") && /^\s*Example \d+\s*$/.test(textIn(node));
  if (unwanted) return [];
  if (tagName === "pre") {
    const typescript = hasClass(node, "highlight");
    const code = codeHtml(textIn(node).trimEnd(), typescript ? "ts" : "");
    return fromHtml(code, { fragment: true }).children as ElementContent[];
  }
  const children = node.children
    .flatMap((child) => simplified(child, known, inCode || tagName === "code"));
  const named = hasClass(node, "font-bold") && hasClass(node, "font-lg");
  const wrap = (inner: ElementContent[]): ElementContent[] =>
    named ? [{ type: "element", tagName: "b", properties: {}, children: inner }] : inner;
  if (tagName === "a") {
    const href = linkTo(String(properties.href), known);
    if (href === undefined) return wrap(children);
    return wrap([{ type: "element", tagName, properties: { href }, children }]);
  }
  if (named) return wrap(children);
  const className = Object.keys(classes).filter((name) => hasClass(node, name))
    .filter((name) => name !== "anchorable" || tagName === "code")
    .map((name) => classes[name]);
  const kept = {
    ...properties.id ? { id: properties.id } : {},
    ...className.length > 0 ? { className } : {},
  };
  const says = Object.keys(kept).length > 0;
  // In a signature each argument has a line.
  if (!says && (tagName === "span" || tagName === "div" && !inCode)) return children;
  return [{ type: "element", tagName, properties: kept, children }];
}

/** Where a link of `deno doc` leads on the site, if anywhere. */
function linkTo(href: string, known: ReadonlySet<string>): string | undefined {
  if (/^(https:|#)/.test(href)) return href;
  const [, name, anchor = ""] = /\/~\/(.+)\.html(#.*)?$/.exec(decodeURIComponent(href)) ?? [];
  if (!name) throw new Error(`links to ${href}, which is not on the site`);
  return known.has(name) ? `${encodeURIComponent(name)}.html${anchor}` : undefined;
}

const kinds: readonly [kind: string, title: string][] = [
  ["class", "Classes"],
  ["function", "Functions"],
  ["interface", "Interfaces"],
  ["type alias", "Types"],
];

function indexPage(exported: readonly Entry[], site: Site): string {
  const lists = kinds.flatMap(([kind, title]) => {
    const those = exported.filter((entry) => entry.kind === kind);
    if (those.length === 0) return [];
    const items = those.map(({ name, summary }) =>
      `<li><a href="${name}.html"><code>${name}</code></a> ${summary}</li>`
    );
    return [`<h2 id="${kind.replace(" ", "-")}">${title}</h2>
<ul class="contents">${items.join("\n")}</ul>`];
  });
  const odd = exported.find((entry) => !kinds.some(([kind]) => kind === entry.kind));
  if (odd) throw new Error(`API reference: ${odd.name} is of an unknown kind, ${odd.kind}`);
  const example = 'import { Value } from "../mod.ts";\n\nconst a = new Value(2, { label: "a" });';
  return page({
    ...site,
    file: "api/index.html",
    title: "API reference · Micro Grad",
    description: `Everything that mod.ts exports: ${exported.map(({ name }) => name).join(", ")}.`,
    body: `<main>
<h1>API reference</h1>
<p>Everything that <code>mod.ts</code> exports. A lesson, an exercise or a program of your own imports it
from there:</p>
${codeHtml(example, "ts")}
<p>In the examples, <code>@micro-grad/micro-grad</code> is this file.</p>
${lists.join("\n")}
</main>`,
  });
}

function entryPage(
  { name, kind, source, summary, body, contents }: Entry,
  exported: readonly Entry[],
  site: Site,
): string {
  const [owner, ...members] = name.split(".");
  const title = members.length === 0
    ? name
    : `<a href="${owner}.html">${owner}</a>.${members.map(escape).join(".")}`;
  const file = `<code>${escape(source)}</code>`;
  const where = site.repository
    ? `<a href="${escape(`${site.repository}/blob/HEAD/${source}`)}">${file}</a>`
    : file;
  const inner = contents.map(({ id, title }) =>
    `<li><a href="#${encodeURIComponent(id)}">${escape(title)}</a></li>`
  );
  const [here, current] = members.length === 0 ? ["#", "page"] : [`${owner}.html`, "true"];
  const others = exported.filter((entry) => entry.name !== owner)
    .map(({ name }) => `<li><a href="${name}.html">${name}</a></li>`);
  // What is on this page comes first: the list is longer than the screen.
  const items = [
    `<li><a href="${here}" aria-current="${current}">${owner}</a><ol>${inner.join("\n")}</ol></li>`,
    ...others,
  ];
  return page({
    ...site,
    file: fileOf(name),
    title: `${escape(name)} · Micro Grad`,
    description: textOf(summary) || `The ${kind} ${name} of Micro Grad.`,
    links: '<a href="#lessons">All names</a>',
    body: `<main class="reference">
<h1>${title}</h1>
<p class="note">${kind}, declared in ${where}</p>
${body}
</main>
<nav id="lessons" aria-label="API reference"><ol>${items.join("\n")}</ol></nav>`,
  });
}
