/**
 * What a cell shows, as HTML; not yet sanitised. Used to make a page, and in the browser for what its
 * cells show there.
 *
 * @module
 */
import type { Data, Output } from "../nbformat.ts";

/** Turns Markdown with formulas into HTML. */
export type Markdown = (text: string) => string;

const mimes = ["image/svg+xml", "text/html", "text/latex", "text/markdown", "text/plain"] as const;

/**
 * One output as HTML: an element.
 *
 * @param output the output
 * @param markdown turns formulas and prose into HTML
 * @returns HTML; not yet sanitised
 * @throws {Error} when the output is an error, or of no kind that a page can show
 */
export function outputHtml(output: Output, markdown: Markdown): string {
  switch (output.output_type) {
    case "error":
      throw new Error(`fails: ${output.ename}: ${output.evalue}`);
    case "stream":
      return `<pre class="${escape(output.name)}">${escape(lines(output.text))}</pre>`;
    default:
      return `<div class="shown">${dataHtml(output.data, markdown)}</div>`;
  }
}

/** The format of an output that a page shows: the richest, a picture first. */
export function mimeOf(data: Data): typeof mimes[number] {
  const mime = mimes.find((mime) => mime in data);
  if (!mime) throw new Error(`shows only ${Object.keys(data)}: give it a text/plain, too`);
  return mime;
}

function dataHtml(data: Data, markdown: Markdown): string {
  const mime = mimeOf(data);
  const text = lines(data[mime]);
  switch (mime) {
    case "text/plain":
      return `<pre>${escape(text)}</pre>`;
    case "text/latex":
    case "text/markdown":
      return markdown(text);
    case "image/svg+xml":
      return pictureHtml(text);
    case "text/html":
      // An empty heading is not a heading.
      return scrolling(text.replace(/<th\b([^>]*)><\/th>/g, "<td$1></td>"));
  }
}

/**
 * A picture shrinks with the page, but not so far that its text becomes unreadable.
 *
 * @param svg the picture, which says how wide it is
 * @returns HTML; not yet sanitised
 */
export function pictureHtml(svg: string): string {
  const [, width] = /^<svg\b.*?\swidth="([\d.]+)(?:pt)?"/s.exec(svg) ?? [];
  if (!width) throw new Error("shows a picture that does not say how wide it is");
  // Its smallest text has 12 of these units: 9 pixels on the screen are left.
  const narrowest = (0.76 * Number(width)).toFixed() + "px";
  return `<div class="scrolling" tabindex="0" style="--narrowest: ${narrowest}">${svg}</div>`;
}

/** What may be wider than a phone scrolls by itself, not the page; with the keyboard, too. */
export function scrolling(html: string): string {
  return `<div class="scrolling" tabindex="0">${html}</div>`;
}

/** A text of a notebook, which is one string or a list of lines. */
export function lines(text: unknown): string {
  return Array.isArray(text) ? text.join("") : String(text);
}

/** Text in HTML. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
