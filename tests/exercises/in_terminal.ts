/**
 * Imported before anything else, it makes a test think that it prints to a terminal that wants colours.
 *
 * @module
 */
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, {
    noColor: { value: false },
    stdout: { value: Object.create(Deno.stdout, { isTerminal: { value: () => true } }) },
  }),
});
