/**
 * Elements of a page.
 *
 * @module
 */

/** An element of a class, or of none. */
export function make(tag: string, className = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

/** A button: what stands on it, what it does in full words, and what happens. */
export function button(text: string, title: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", textContent: text, title });
  element.addEventListener("click", act);
  return element;
}
