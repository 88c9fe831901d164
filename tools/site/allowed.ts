/**
 * The elements, attributes and styles that a page may have from a notebook's prose and outputs.
 * Everything else is removed, when a page is made and when a cell shows something in the browser.
 *
 * @module
 */

const html = "a b blockquote br code del details div em figcaption figure h1 h2 h3 h4 h5 h6 hr i " +
  "kbd li ol p pre s span strong sub summary sup table tbody td tfoot th thead tr u ul";
const mathMl = "annotation math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace " +
  "msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics";
const svg = "circle clipPath defs desc ellipse g line linearGradient marker path pattern polygon " +
  "polyline radialGradient rect stop svg text title tspan";

/** The names of the elements: no script, no frame, no form, nothing that loads or animates. */
export const elements: readonly string[] = `${html} ${mathMl} ${svg}`.split(" ");

const common =
  "aria-hidden aria-label class colspan dir href id lang role rowspan start style tabindex";
const ofMathMl = "accent accentunder columnalign columnlines columnspacing display displaystyle " +
  "encoding fence form linethickness lspace mathcolor mathvariant maxsize minsize notation rowlines " +
  "rowspacing rspace scriptlevel separator stretchy symmetric voffset xmlns";
const ofSvg = "clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule " +
  "font-family font-size font-style font-variant font-weight gradientTransform gradientUnits height " +
  "marker-end marker-start markerHeight markerWidth offset opacity orient paint-order points " +
  "preserveAspectRatio r refX refY rx ry stop-color stop-opacity stroke stroke-dasharray " +
  "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor " +
  "text-decoration text-rendering transform vector-effect viewBox width x x1 x2 xml:space xmlns:xlink y y1 y2";

/** The names of the attributes: none that runs (`on…`) or loads (`src`, `xlink:href`, …) anything. */
export const attributes: readonly string[] = `${common} ${ofMathMl} ${ofSvg}`.split(" ");

/**
 * Where a link may lead: to `https:`, or to a place relative to the page. A browser reads `\` as `/`, and
 * leaves out spaces before an address and tabs within.
 */
const link = /^(?:https:\/\/|(?![a-z][a-z\d+.-]*:|\/\/)[^\s\\\p{Cc}]*$)/iu;

/** A style of text, size and place, with plain values: it loads nothing and covers nothing. */
const style =
  /^(?:\s*(?:--narrowest|background|background-color|border[a-z-]*|color|fill|fill-opacity|font[a-z-]*|height|letter-spacing|line-height|margin[a-z-]*|max-width|min-width|opacity|padding[a-z-]*|position(?=:\s*relative)|stroke[a-z-]*|text-align|text-anchor|top|vertical-align|white-space|width)\s*:\s*(?:[-\w.%#, ]|var\(--[a-z-]+\)|(?:rgba?|hsla?)\([\d., %]+\))*;?)*\s*$/;

/** What may be filled, clipped or marked with: a colour, or a part of the same picture. */
const paint = /^(?:[-\w.%#, ]|rgba?\([\d., %]+\)|url\(#[\w-]+\))*$/;

const patterns: ReadonlyMap<string, RegExp> = new Map([
  ["href", link],
  ["style", style],
  ["clip-path", paint],
  ["fill", paint],
  ["marker-end", paint],
  ["marker-start", paint],
  ["stroke", paint],
]);

/** What the value of an attribute must be like; undefined where any value is harmless. */
export function patternOf(attribute: string): RegExp | undefined {
  return patterns.get(attribute);
}
