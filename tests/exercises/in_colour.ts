/**
 * Imported before anything else, it lets a test ask for colours where NO_COLOR is set, as in CI.
 *
 * @module
 */
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { noColor: { value: false } }),
});
