import type { Equivalent } from "./type.ts";

export const tools: readonly Equivalent[] = [
  {
    why: "past the last cell of both, there is none in either: nothing differs",
    file: "tools/nbformat.ts",
    within: "difference",
    before: "for (let k = 0; k < Math.max(before.cells.length, after.cells.length); k++)",
    becomes: ["for (let k = 0; k <= Math.max(before.cells.length, after.cells.length); k++)"],
  },
  {
    why: "a long line may be cut anywhere",
    file: "tools/nbformat.ts",
    within: "difference.marked.shown",
    before:
      "const shown = changed.slice(0, 5).map((line) => ` ${mark} ${line.trim().slice(0, 160)}`);",
    becomes: [
      "const shown = changed.slice(0, 5).map((line) => ` ${mark} ${line.trim().slice(0, 161)}`);",
    ],
  },
  {
    why: "tenths of a second are shown",
    file: "tools/notebooks.ts",
    within: "notebooks.work.seconds",
    before: "const seconds = ((performance.now() - start) / 1000).toFixed(1);",
    becomes: ["const seconds = ((performance.now() - start) / 1001).toFixed(1);"],
  },
  {
    why: "a key may be written either way",
    file: "tools/notebooks.ts",
    within: "notebooks.sameNumber",
    before:
      'const sameNumber = Map.groupBy(sources, ({ folder, name }) => `${folder} ${parseInt(name)}`) .values().filter(({ length }) => length > 1) .map((same) => same.map(({ folder, name }) => `${folder}/${name}.ts`).join(" and "));',
    becomes: [
      'const sameNumber = Map.groupBy(sources, ({ folder, name }) => `${parseInt(name)} ${folder}`) .values().filter(({ length }) => length > 1) .map((same) => same.map(({ folder, name }) => `${folder}/${name}.ts`).join(" and "));',
    ],
  },
  { why: "it may be said sooner or later", file: "tools/jupyter.ts", within: "patience" },
  { why: "it may look sooner or later", file: "tools/lab.ts", within: "interval" },
  {
    why: "it makes a difference on Windows, and none elsewhere",
    file: "tools/lab.ts",
    within: "stoppable.signals",
    before:
      'const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM", "SIGHUP"];',
    becomes: ['const signals: Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];'],
  },
  {
    why: "it makes a difference on Windows, and none elsewhere",
    file: "tools/jupyter.ts",
    within: "jupyter.python",
    before:
      'const python = Deno.build.os === "windows" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");',
    becomes: ['const python = join(venv, "bin", "python");'],
  },
  {
    why: "nothing but its test imports it, and there nothing is asked",
    file: "tools/lab/cells.ts",
    within: "",
    before: "if (import.meta.main)",
    becomes: ["if (true)"],
  },
  {
    why: "a parenthesis with which a cell begins calls nothing",
    file: "tools/lab/cells.ts",
    within: "pathsAt",
    before: "for (let at = cursor - 1; at >= 0; at--)",
    becomes: [
      "for (let at = cursor - 1; at > 0; at--)",
      "for (let at = cursor - 1; at >= 1; at--)",
    ],
  },
  {
    why: "a set has no order",
    file: "tools/site/sanitise.ts",
    within: "propertiesOf.names",
    before: "const names = new Set([html, svg].map((space) => find(space, name).property));",
    becomes: ["const names = new Set([svg, html].map((space) => find(space, name).property));"],
  },
  ...["sanitise", "textOf"].map((within) => ({
    why: "what a whole document has around it, <html>, <head> and <body>, is not on the list",
    file: "tools/site/sanitise.ts",
    within: `${within}.fragment`,
    before: "fragment: true",
    becomes: ["fragment: false"],
  })),
  {
    why: "what a whole document has around it is left out by sanitise()",
    file: "tools/site/reference.ts",
    within: "simplified.fragment",
    before: "fragment: true",
    becomes: ["fragment: false"],
  },
  {
    why: "marked keeps the rules for blocks and those within lines apart",
    file: "tools/site/mathematics.ts",
    within: "mathematics",
    before:
      'const mathematics: TokenizerAndRendererExtension[] = [ mathematicsIn("block", /^ *\\$\\$/m, /^ *(\\$\\$)([^$]+)\\$\\$\\s*/), mathematicsIn("inline", /\\$/, /^(\\$\\$?)((?!\\s)[^$]*[^$\\s])\\1(?!\\d)([,.;:!?)]*)/), ];',
    becomes: [
      'const mathematics: TokenizerAndRendererExtension[] = [ mathematicsIn("inline", /\\$/, /^(\\$\\$?)((?!\\s)[^$]*[^$\\s])\\1(?!\\d)([,.;:!?)]*)/), mathematicsIn("block", /^ *\\$\\$/m, /^ *(\\$\\$)([^$]+)\\$\\$\\s*/), ];',
    ],
  },
  {
    why: "the token after the first paragraph is a blank line, which makes no HTML",
    file: "tools/site/pages.ts",
    within: "readReadme.first",
    before: 'const first = tokens.findIndex((token) => token.type === "paragraph") + 1;',
    becomes: ['const first = tokens.findIndex((token) => token.type === "paragraph") + 2;'],
  },
  {
    why: "the token after the picture is a blank line, which makes no HTML",
    file: "tools/site/pages.ts",
    within: "readReadme.picture",
    before: "picture: html(picture, picture + 1)",
    becomes: ["picture: html(picture, picture + 2)"],
  },
  {
    why: "no token is two things",
    file: "tools/site/pages.ts",
    within: "readReadme",
    before: "if (picture < first || code < picture || end < code)",
    becomes: [
      "if (picture <= first || code < picture || end < code)",
      "if (picture < first || code <= picture || end < code)",
      "if (picture < first || code < picture || end <= code)",
    ],
  },
  {
    why:
      "a page loads more before its first run: tests/browser/live.ts measures that, no quick test can",
    file: "tools/site/live/kernel.ts",
    within: "Kernel.run",
    before: "if (/\\b(console|Deno)\\b/.test(source))",
    becomes: ["if (true)"],
  },
  {
    why:
      "most servers, also that of the tests, isolate no page: then there is no SharedArrayBuffer; where they do, a cell waits less",
    file: "tools/site/live/worker.ts",
    within: "",
    before: 'if (!("SharedArrayBuffer" in globalThis))',
    becomes: ["if (true)"],
  },
  {
    why: "it may be any number that no error reaches",
    file: "tools/site/live/worker.ts",
    within: "stackTraceLimit",
    before: "stackTraceLimit: 100",
    becomes: ["stackTraceLimit: 101"],
  },
  {
    why: "what begins with a quote ends with the same one",
    file: "tools/site/live/inspect.ts",
    within: "requoted",
    before: `if (!text.startsWith("'") || onlyDouble)`,
    becomes: [`if (!text.endsWith("'") || onlyDouble)`],
  },
  {
    why: "an error may quote more or less",
    file: "tools/site/live/expression.ts",
    within: "quoted",
  },
  {
    why: "a nudge may be larger or smaller",
    file: "tools/site/live/graph.ts",
    within: "nudge",
  },
  {
    why: "a nudge may be larger or smaller",
    file: "tools/site/live/graph.ts",
    within: "comparison.h",
    before: "const h = nudge * Math.max(1, Math.abs(data));",
    becomes: ["const h = nudge * Math.max(2, Math.abs(data));"],
  },
  {
    why: "what is close may be a little closer",
    file: "tools/site/live/graph.ts",
    within: "comparison.close",
    before: "const close = Math.abs(nudged - grad) <= tolerance * Math.max(1, Math.abs(grad));",
    becomes: [
      "const close = Math.abs(nudged - grad) < tolerance * Math.max(1, Math.abs(grad));",
      "const close = Math.abs(nudged - grad) <= tolerance * Math.max(2, Math.abs(grad));",
    ],
  },
  {
    why: "what a phone has room for differs from one to the next",
    file: "tools/site/live/graph.ts",
    within: "room",
  },
  {
    why: "two of these in one line are seldom: either may be named",
    file: "tools/nbformat.ts",
    within: "refusals",
    before:
      'const refusals: readonly [RegExp, string][] = [ [ /\\b(?:from|import)\\s*\\(?\\s*["\']\\.\\/([^"\']*)/, \'a notebook lies in another folder than its lesson: write "../$2/$1" instead of "./$1"\', ], [/\\bDeno\\.exit\\b/, "Deno.exit() ends the kernel of a notebook: let the lesson run to its end"], [/\\bimport\\.meta\\b/, "a notebook has no import.meta: write the path out"], [/\\bDeno\\.stdout\\.write/, "a notebook does not show Deno.stdout.write(): write console.log()"], ];',
    becomes: [
      'const refusals: readonly [RegExp, string][] = [ [/\\bDeno\\.exit\\b/, "Deno.exit() ends the kernel of a notebook: let the lesson run to its end"], [ /\\b(?:from|import)\\s*\\(?\\s*["\']\\.\\/([^"\']*)/, \'a notebook lies in another folder than its lesson: write "../$2/$1" instead of "./$1"\', ], [/\\bimport\\.meta\\b/, "a notebook has no import.meta: write the path out"], [/\\bDeno\\.stdout\\.write/, "a notebook does not show Deno.stdout.write(): write console.log()"], ];',
      'const refusals: readonly [RegExp, string][] = [ [ /\\b(?:from|import)\\s*\\(?\\s*["\']\\.\\/([^"\']*)/, \'a notebook lies in another folder than its lesson: write "../$2/$1" instead of "./$1"\', ], [/\\bimport\\.meta\\b/, "a notebook has no import.meta: write the path out"], [/\\bDeno\\.exit\\b/, "Deno.exit() ends the kernel of a notebook: let the lesson run to its end"], [/\\bDeno\\.stdout\\.write/, "a notebook does not show Deno.stdout.write(): write console.log()"], ];',
      'const refusals: readonly [RegExp, string][] = [ [ /\\b(?:from|import)\\s*\\(?\\s*["\']\\.\\/([^"\']*)/, \'a notebook lies in another folder than its lesson: write "../$2/$1" instead of "./$1"\', ], [/\\bDeno\\.exit\\b/, "Deno.exit() ends the kernel of a notebook: let the lesson run to its end"], [/\\bDeno\\.stdout\\.write/, "a notebook does not show Deno.stdout.write(): write console.log()"], [/\\bimport\\.meta\\b/, "a notebook has no import.meta: write the path out"], ];',
    ],
  },
  {
    why: "what is allowed may be listed in any order",
    file: "tools/site/allowed.ts",
    within: "elements",
    before: 'const elements: readonly string[] = `${html} ${mathMl} ${svg}`.split(" ");',
    becomes: [
      'const elements: readonly string[] = `${mathMl} ${html} ${svg}`.split(" ");',
      'const elements: readonly string[] = `${html} ${svg} ${mathMl}`.split(" ");',
    ],
  },
  {
    why: "what is allowed may be listed in any order",
    file: "tools/site/allowed.ts",
    within: "attributes",
    before: 'const attributes: readonly string[] = `${common} ${ofMathMl} ${ofSvg}`.split(" ");',
    becomes: [
      'const attributes: readonly string[] = `${ofMathMl} ${common} ${ofSvg}`.split(" ");',
      'const attributes: readonly string[] = `${common} ${ofSvg} ${ofMathMl}`.split(" ");',
    ],
  },
  {
    why: "every test file takes more than a millisecond",
    file: "tools/mutate/tests.ts",
    within: "testsOf.rank",
    before:
      "const rank = ({ test, milliseconds }: Measured) => test.endsWith(own) ? 0 : milliseconds;",
    becomes: [
      "const rank = ({ test, milliseconds }: Measured) => test.endsWith(own) ? 1 : milliseconds;",
    ],
  },
  {
    why: "what takes minutes may be taken to take any such time",
    file: "tools/mutate/tests.ts",
    within: "long",
  },
  {
    why: "what is read of both is found in either order",
    file: "tools/mutate/tests.ts",
    within: "deno.text",
    before: 'text: [stdout, stderr].map((out) => new TextDecoder().decode(out)).join("")',
    becomes: ['text: [stderr, stdout].map((out) => new TextDecoder().decode(out)).join("")'],
  },
  {
    why: "either number is changed",
    file: "tools/mutate/mutants.ts",
    within: "mutantsOf.mutant.isNumbers",
    before:
      "isNumbers: [text.slice(start, end), other].every((part) => /^([-\\d.,_e\\s[\\]]|Infinity|NaN)+$/.test(part) )",
    becomes: [
      "isNumbers: [other, text.slice(start, end)].every((part) => /^([-\\d.,_e\\s[\\]]|Infinity|NaN)+$/.test(part) )",
    ],
  },
  {
    why: "which names are easily taken for each other is free to be chosen",
    file: "tools/mutate/mutants.ts",
    within: "confusable",
    computed: true,
  },
  {
    why: "tests that pass may be given any time that they do not need",
    file: "tools/mutate/mutate.ts",
    within: "patience",
    computed: true,
  },
  {
    why: "what takes minutes may be taken to take any such time",
    file: "tools/mutate/mutate.ts",
    within: "minutes",
  },
  {
    why: "`deno coverage` fails for another reason only on damaged files, which no test can cause",
    file: "tools/mutate/tests.ts",
    within: "measure",
    before: 'if (!report.success && !report.text.includes("No covered files"))',
    becomes: [
      "if (false)",
    ],
  },
];
