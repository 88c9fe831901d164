/**
 * Numbers and labels formatted for display.
 *
 * @module
 */

/**
 * A number with up to 6 significant digits and no trailing zeros. NaN and ±Infinity as in JavaScript.
 *
 * @param x the number
 * @returns `"0.707107"`, `"-8"`, `"1e-9"`, …
 */
export function formatNumber(x: number): string {
  if (Object.is(x, -0)) return "-0";
  const [digits, exponent] = x.toPrecision(6).split("e");
  return Number(digits) + (exponent === undefined ? "" : `e${exponent}`);
}

/**
 * A number as {@linkcode formatNumber} writes it, with the minus sign of mathematics.
 *
 * @param x the number
 * @returns `"−8"`, `"1e−9"`, …
 */
export function printedNumber(x: number): string {
  return formatNumber(x).replaceAll("-", "−");
}

/**
 * A text without the characters that a terminal or XML cannot show. A control character becomes its
 * picture (an escape is ␛), so that it is visible and has no effect; a character that changes the
 * direction of text becomes �.
 *
 * @param text any text
 * @returns the text with printable characters only
 */
export function printable(text: string): string {
  return text.toWellFormed()
    .replace(/\p{Cc}/gu, (control) => {
      const code = control.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "\ufffd";
    })
    .replace(/[\u2028\u2029\ufffe\uffff]|\p{Bidi_Control}/gu, "\ufffd");
}

/**
 * A text escaped for XML, between tags or in an attribute.
 *
 * @param text any text
 * @returns the text, printable and without markup
 */
export function escapeXml(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/**
 * The width of a text in terminal columns: two for a Chinese character or an emoji, none for a combining
 * accent.
 *
 * @param text a printable text
 * @returns the number of columns
 */
export function columns(text: string): number {
  const none = text.match(/[\p{M}\p{Cf}]/gu)?.length ?? 0;
  const wide = text.match(
    /[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hangul}\u3000-\u303f\uff01-\uff60]/gu,
  )?.length ?? 0;
  return [...text].length - none + wide;
}
