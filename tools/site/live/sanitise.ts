/**
 * HTML, MathML and SVG in the browser, of which only what is on the list is left.
 *
 * @module
 */
import DOMPurify from "dompurify";
import { attributes, elements, patternOf } from "../allowed.ts";

DOMPurify.addHook("uponSanitizeAttribute", (_element, data) => {
  if (patternOf(data.attrName)?.test(data.attrValue) === false) data.keepAttr = false;
});

/** The nodes of a piece of HTML. */
export function sanitise(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: [...elements, "#text"],
    ALLOWED_ATTR: [...attributes],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // Not an address, though it may hold a colon.
    ADD_URI_SAFE_ATTR: ["aria-label"],
    RETURN_DOM_FRAGMENT: true,
  });
}
