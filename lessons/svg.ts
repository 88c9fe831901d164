/**
 * SVG as text: what pictures are made of, and how wide letters are.
 *
 * @module
 */
import type { Line, Pair } from "./axes.ts";

/** How wide every picture is, and how high its letters: on a phone, 358 wide, they are 9.6 high. */
export const width = 520, size = 14;

/** A picture of its own, with a title and a description for those who cannot see it. */
export function svg(
  drawn: readonly string[],
  { title, description, height }: { title: string; description: string; height: number },
): string {
  const style = "max-width: 100%; min-width: 335px; height: auto";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${px(height)}" ` +
    `viewBox="0 0 ${width} ${px(height)}" style="${style}" role="img" ` +
    `aria-label="${escape(title)}" font-family="system-ui, sans-serif" font-size="${size}" ` +
    'fill="currentColor">',
    `<title>${escape(title)}</title>`,
    `<desc>${escape(description)}</desc>`,
    ...drawn,
    "</svg>",
  ].join("\n");
}

/** A line of text, in the colour of the text around the picture unless it says otherwise. */
export function text(
  [x, y]: Pair,
  content: string,
  { anchor = "start", weight = "", fill = "" }: {
    anchor?: string;
    weight?: string;
    fill?: string;
  } = {},
): string {
  const more = (anchor === "start" ? "" : ` text-anchor="${anchor}"`) +
    (weight && ` font-weight="${weight}"`) + (fill && ` fill="${fill}"`);
  return `<text x="${px(x)}" y="${px(y)}"${more}>${escape(content)}</text>`;
}

/** A filled circle; `more` are further attributes. */
export function circle(
  [x, y]: Pair,
  radius: number,
  { fill, more = "" }: { fill: string; more?: string },
): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${fill}"${more}/>`;
}

/** Lines as a path: where one begins at the end of the one before, the path goes on. */
export function pathOf(lines: readonly Line[]): string {
  let end = "";
  return lines.map(([from, to]) => {
    const start = from.map(px).join(" ");
    const move = start === end ? "" : `M${start}`;
    end = to.map(px).join(" ");
    return `${move}L${end}`;
  }).join("");
}

/** The outline of an area as a path. */
export function areaOf(corners: readonly Pair[]): string {
  return `M${corners.map((corner) => corner.map(px).join(" ")).join("L")}Z`;
}

/** About how wide so many letters are. */
export function textWidth(letters: number): number {
  return 0.6 * size * letters;
}

/** A length, to a hundredth of a pixel. */
export function px(x: number): string {
  return String(Math.round(100 * x) / 100);
}

/** A text without what neither XML nor a terminal can show, and without what turns others around. */
export function printable(text: string): string {
  return text.toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/gu, "\ufffd");
}

/** A text as it stands in XML. */
function escape(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
