/**
 * What every page of the site has: a head with what it may load, and a header.
 *
 * @module
 */
import { highlight } from "sugar-high";
import { escape } from "./outputs.ts";
import { textOf } from "./sanitise.ts";

/** What every page knows of the site. */
export interface Site {
  /** The address of the repository, if it is known. */
  readonly repository?: string;
  /** The address of the folder that the site is published in, with a slash, if it is known. */
  readonly address?: string;
}

/** A page. */
export interface Page extends Site {
  /** Its path on the site, such as `api/Value.html`. */
  readonly file: string;
  /** Its title, as HTML. */
  readonly title: string;
  /** What it is about, as plain text: search engines and previews of links show it. */
  readonly description: string;
  /** What its header links to besides, as HTML. */
  readonly links?: string;
  /** What comes after the header, as HTML. */
  readonly body: string;
  /** What scripts it runs; none by default. */
  readonly live?: keyof typeof livePolicies;
}

/** The name of the preview picture, and its size in pixels. */
export const preview = { file: "preview.png", width: 1200, height: 630 } as const;

/** The page as HTML. */
export function page(page: Page): string {
  const { file, title, description, body, live, address = "" } = page;
  const up = "../".repeat(file.split("/").length - 1);
  const text = escape(textOf(title));
  const about = escape(description);
  const policy = live ? livePolicies[live] : staticPolicy;
  // Relative without an address: then no more is known, and it is right on the site itself.
  const picture = escape(address ? `${address}${preview.file}` : `${up}${preview.file}`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${text}</title>
<meta name="description" content="${about}">
<meta property="og:title" content="${text}">
<meta property="og:description" content="${about}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Micro Grad">
<meta property="og:image" content="${picture}">
<meta property="og:image:width" content="${preview.width}">
<meta property="og:image:height" content="${preview.height}">
<meta property="og:image:alt" content="The graph of L = (a·b + c)·f, with every value and gradient">
<meta name="twitter:card" content="summary_large_image">
${address ? `<meta property="og:url" content="${escape(address + file)}">\n` : ""}\
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<link rel="stylesheet" href="${up}katex/katex.min.css">
<link rel="stylesheet" href="${up}site.css">
${live ? `<script src="${up}live/start.js" defer></script>\n` : ""}</head>
<body>
${header(page, up)}
${body}
</body>
</html>
`;
}

function header({ links = "", repository }: Page, up: string): string {
  const source = repository ? `<a href="${escape(repository)}">Source</a>` : "";
  return `<header><a href="${up}index.html">Micro Grad</a>${links}` +
    `<a href="${up}play.html">Play</a><a href="${up}api/index.html">API</a>${source}</header>`;
}

/** A block of code, which scrolls by itself; TypeScript has colours. */
export function codeHtml(text: string, language = ""): string {
  return `<pre class="code" tabindex="0"><code>${
    language === "ts" ? highlight(text, { lang: "typescript" }) : escape(text)
  }</code></pre>`;
}

/** What a page may load: its own styles and fonts. No script, no frame, nothing from elsewhere. */
const staticPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * A page with live cells loads the scripts of the site; the worker that runs the cells has a policy
 * of its own. On a play page, Graphviz, which is WebAssembly, runs in the page itself.
 */
const livePolicies = {
  cells: `${staticPolicy}; script-src 'self'; worker-src 'self'`,
  play: `${staticPolicy}; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'`,
};

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<text x="8" y="14" font-size="17" text-anchor="middle" fill="#0072b2">∂</text></svg>`;
