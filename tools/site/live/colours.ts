/**
 * The colours of code while it is edited.
 *
 * @module
 */
import { highlight } from "sugar-high";

/** TypeScript as HTML with colours. */
export function colours(code: string): string {
  return highlight(code, { lang: "typescript" });
}
