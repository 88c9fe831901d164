/**
 * Removes from HTML, MathML and SVG everything that {@link ./allowed.ts} does not list.
 *
 * @module
 */
import type { Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { sanitize, type Schema } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { find, html, svg } from "property-information";
import { attributes, elements, patternOf } from "./allowed.ts";

const schema: Schema = {
  tagNames: [...elements],
  attributes: { "*": attributes.flatMap(propertiesOf) },
  // These are removed with the text inside them.
  strip: ["iframe", "noembed", "noframes", "noscript", "script", "style", "template", "xmp"],
  clobber: [],
};

/** The names of an attribute in a tree, that of HTML and that of SVG, with the values it may have. */
function propertiesOf(name: string): (string | [string, RegExp])[] {
  const names = new Set([html, svg].map((space) => find(space, name).property));
  const pattern = patternOf(name);
  return [...names].map((name) => pattern ? [name, pattern] : name);
}

/**
 * Removes everything that is not on the list.
 *
 * @param text HTML, read as a browser reads it
 * @returns HTML
 */
export function sanitise(text: string): string {
  return toHtml(sanitize(fromHtml(text, { fragment: true }), schema), {
    characterReferences: { useNamedReferences: true },
  });
}

/**
 * The text of a piece of a page as a screen reader reads it: of a formula its MathML, not its source.
 *
 * @param text HTML
 * @returns plain text, not escaped
 */
export function textOf(text: string): string {
  const said = (node: Nodes): string => {
    if (node.type === "text") return node.value;
    if (!("children" in node)) return "";
    const silent = node.type === "element" &&
      (node.tagName === "annotation" || node.properties.ariaHidden === "true");
    return silent ? "" : node.children.map(said).join("");
  };
  return said(sanitize(fromHtml(text, { fragment: true }), schema)).replace(/\s+/g, " ").trim();
}
