// What holds for every lesson: no word before it is explained, the idea before the tables, every
// question that people ask answered by code that runs.
import { assert, assertEquals } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { prose } from "../../lessons/prose.ts";
import type { Notebook } from "../../tools/nbformat.ts";
import { lessons } from "./all.ts";
import { cellsOf, showing } from "./source.ts";

/** The terms of the course, each with the lesson that explains it, where it stands in bold. */
const terms: Record<string, RegExp[]> = {
  "00": [
    /derivatives?/,
    /nudg(e|es|ed|ing)/,
    /slopes?/,
    /secants?/,
    /tangents?/,
    /limits?/,
    /central differences?/,
    /forward differences?/,
    /finite differences?/,
  ],
  "01": [/operands?/, /lea(f|ves)/, /graphs?/, /nodes?/],
  "02": [/rates? of change/, /chain rule/, /gradients?/],
  "03": [/local derivatives?/, /upstream gradients?/, /backpropagation/],
  "04": [/topological orders?/, /inner nodes?/],
  "05": [/recursion/, /stacks?/, /closures?/],
  "06": [
    /neurons?/,
    /weights?/,
    /bias(es)?/,
    /activations?/,
    /parameters?/,
    /sigmoid/,
    /saturated/,
    /class(es)?/,
    /scores?/,
  ],
  "07": [
    /steps?/,
    /learning rates?/,
    /gradient descent/,
    /targets?/,
    /loss(es)?/,
    /logarithmic/,
    /optimi[sz]ers?/,
    /SGD/,
  ],
  "08": [/seeds?/, /layers?/, /multi-layer perceptrons?/, /hidden layers?/],
  "09": [
    /training sets?/,
    /test sets?/,
    /max-margin loss/,
    /batch(es)?/,
    /epochs?/,
    /overfitting/,
    /regularisation/,
  ],
  "10": [/kernels?/, /SIMD/, /WebAssembly/],
  "11": [
    /tokens?/,
    /cross-entropy/,
    /logits?/,
    /softmax/,
    /embeddings?/,
    /RMSNorm/,
    /attention/,
    /attention weights?/,
    /heads?/,
    /residual streams?/,
    /sampling/,
    /temperatures?/,
    /Adam/,
    /weight decay/,
    /one-hot/,
  ],
  "12": [
    /tensors?/,
    /matrix products?/,
    /Jacobian/,
    /vector–Jacobian products?/,
    /transposed/,
    /masks?/,
    /devices?/,
    /data parallelism/,
  ],
};

/**
 * The prose of a lesson without code, formulas, its title, and what it says of the next one; each
 * paragraph is one line.
 */
function words(lesson: string): string {
  return cellsOf(lesson).filter(({ isProse }) => isProse).map(({ text }) => text).join("\n\n")
    .replace(/^# .*$/gm, "").replace(/^Next: [^]*?(?=\n\n|$(?![^]))/gm, "")
    .replace(/```[^]*?```|`[^`]*`|\$\$[^]*?\$\$|\$[^$]*\$/g, "…").replace(/(?<=\S)\n(?=\S)/g, " ");
}

/** What stands between quotes in the code of a lesson, without what template strings compute. */
function quoted(lesson: string): string {
  return cellsOf(lesson).filter(({ isProse }) => !isProse).flatMap(({ text }) =>
    [...text.matchAll(/"([^"\n]*)"|`([^`]*)`/g)].map(([, string, template]) =>
      string ?? template.replace(/\$\{[^}]*\}/g, "…")
    )
  ).filter((text) => !text.endsWith(".ts")).join("\n");
}

for (const [name, lesson] of lessons) {
  Deno.test(`lesson ${name} uses no term before it is explained`, () => {
    const number = name.slice(0, 2), prose = words(lesson), text = prose.replace(/^#+ .*$/gm, "");
    const everywhere = [prose, quoted(lesson), ...shown(name)].join("\n\n");
    const wrong: string[] = [];
    for (const [introduced, list] of Object.entries(terms)) {
      for (const term of list) {
        const word = new RegExp(`(?<![\\w-])(?:${term.source})(?![\\w-])`, "i");
        const early = word.exec(everywhere);
        if (introduced > number && early) {
          const around = everywhere.slice(Math.max(0, early.index - 40), early.index + 40);
          wrong.push(`"${early[0]}", which lesson ${introduced} explains: … ${around} …`);
        }
        const used = word.exec(text);
        const bold = [...text.matchAll(/\*\*[^*]+\*\*/g)].find(([marked]) => word.test(marked));
        if (introduced === number && (!bold || !used || used.index < bold.index)) {
          wrong.push(`"${term.source}" is not in bold where it stands first: it is explained here`);
        }
      }
    }
    assertEquals(wrong, []);
  });

  Deno.test(`lesson ${name} shows the idea: at most a quarter of its code arranges and prints`, () => {
    const { code, shows } = showing(lesson);
    assert(code >= 40 && shows > 0, `${code} lines of code, ${shows} that show`);
    assert(shows <= code / 4, `${shows} of ${code} lines are calls of helpers`);
  });

  Deno.test(`lesson ${name} is written so that a terminal can tell it`, () => {
    const preamble = lesson.slice(0, lesson.indexOf("// %%"));
    assertEquals(
      preamble,
      `// Lesson ${name.slice(0, 2)}. Run it with \`deno run lessons/${name}.ts\`.
import source from "./${name}.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

`,
    );
    const cells = lesson.match(/^\/\/ %%( \[measured\])?\n/gm)!.length;
    assertEquals(lesson.match(/^\/\/ %%( \[measured\])?\ntell\(\);\n/gm)!.length, cells);
    assertEquals(lesson.match(/\btell\(\)/g)!.length, cells);
    const [first, ...others] = cellsOf(lesson);
    for (const { isProse, text } of [first, ...others]) {
      const told = isProse ? stripAnsiCode(prose(text)) : "";
      assert(!/[\\$]/.test(told), `LaTeX that is not told: ${told}`);
      for (const line of told.split("\n")) assert(line.length <= 80, line);
      // Beside its bar, code has 76 columns.
      if (!isProse) { for (const line of text.split("\n")) assert(line.length <= 76, line); }
    }
    assert(first.isProse && first.text.startsWith(`# ${name.slice(0, 2)} · `));
    assert(others.some(({ isProse, text }) => isProse && /^## Your turn$/m.test(text)));
  });

  Deno.test(`lesson ${name} writes the minus sign in prose and in what it shows`, () => {
    assertEquals(words(lesson).match(/.{0,20}(?<![\w-])-\d.{0,20}/g) ?? [], []);
    for (const text of shown(name)) {
      // A Value, an error and code print as code, in which the sign is a hyphen.
      const code = /Value\(|Error: |[;{}]$/;
      for (const line of text.split("\n").filter((line) => !code.test(line))) {
        assert(!/(?<![\w.])-\d/.test(line), `a hyphen before a number in: ${line}`);
      }
    }
  });
}

/** What the cells of a lesson show, as text: its committed notebook was executed. */
function shown(name: string, code = /(?:)/): string[] {
  const text = lessons.find(([other]) => other === name)![2];
  return (JSON.parse(text) as Notebook).cells.flatMap((cell) => {
    if (cell.cell_type !== "code" || !code.test(cell.source.join(""))) return [];
    return cell.outputs.flatMap((output) => {
      const text = output.output_type === "stream"
        ? output.text
        : output.output_type === "error"
        ? []
        : output.data["text/plain"] as string | string[];
      return [text].flat().join("");
    });
  });
}

/** What people ask again and again: where the code is that shows it, and what it shows. */
const questions: Record<string, [lesson: string, code: RegExp, shows: RegExp]> = {
  "how small should h be?": ["00_derivative", /\(f\(3 \+ h\) - f\(3\)\) \/ h/, /1e−16 +0\.0+ /],
  "a number that comes first": ["01_value", /Value\.sub\(2, b\)/, /2 − b = −4, and 1 \/ a = 0\.5/],
  "why a topological order?": ["04_backpropagation", /obvious\(c\)/, /dc\/da = 6, .* 4 {2}✗/],
  "why += and not =?": ["04_backpropagation", /operand\.grad = /, /x · x +3 +6 +6\.0+\n/],
  "x · x and x + x": [
    "04_backpropagation",
    /x\.mul\(x\)[^]*x\.add\(x\)/,
    /x · x +3 +6 +6\.0+\n.*x \+ x +1 +2 +2\.0+\n/,
  ],
  "a second backward()": [
    "04_backpropagation",
    /twice\(\(y\) => y\.backward/,
    /24, then 72\n.* 24, then 48/,
  ],
  "the sign in a − b": ["05_engine", /sub\(3, b\)/, /3 − b, for b +2 +−1\.0+ +−1\.0+/],
  "exp's own gradient": ["05_engine", /base \*\* h/, /2\.718282 +1\.00000/],
  "why recursion ends": ["05_engine", /100_000/, /Maximum call stack size exceeded/],
  "closures or local derivatives": ["05_engine", /mulWithClosure/, /: +−3, 2\n.*: −3, 2/],
  "an exponent that is a Value": ["05_engine", /base\.pow\(exponent\)/, /\n *3 +9 .* 9\.8875/],
  "a negative base in a power": ["05_engine", /base\.pow\(exponent\)/, /\n *−2 +4 .* NaN/],
  "tanh taken apart overflows": ["06_neuron", /tanhApart\)/, /355 +1\.0+, slope 0\.0+ +NaN/],
  "sigmoid taken apart overflows": ["06_neuron", /n\.sigmoid\(\)/, /taken apart: 0\.0+, slope NaN/],
  "zeroGrad() forgotten": ["07_descent", /forgetful\.grad/, /last 20 steps: +−/],
};

for (const [question, [name, code, shows]] of Object.entries(questions)) {
  Deno.test(`what people ask: "${question}" is answered by code in lesson ${name}`, () => {
    const outputs = shown(name, code);
    assert(outputs.length > 0, `no cell of lesson ${name} has code like ${code}`);
    assert(outputs.some((text) => shows.test(text)), `${shows} is not in\n${outputs.join("\n")}`);
  });
}

Deno.test("showing() counts calls of helpers, however long, and the columns of a table", () => {
  const lesson = (...code: string[]) =>
    `// %%\ntell();\nimport { print, table } from "../lessons/show.ts";\n${code.join("\n")}\n`;
  const counts = (...code: string[]) => showing(lesson(...code));
  assertEquals(counts("const x = 1;", "", "// why", "print(x);"), { code: 3, shows: 1 });
  assertEquals(counts("await table({", '  "a)": [f(")")],', "});"), { code: 4, shows: 3 });
  assertEquals(counts("print(`${f({ a: `)` })}`,", "  1);", "x;"), { code: 4, shows: 2 });
  assertEquals(counts("const t = {", "  a: [1],", "};", "await table(t);"), { code: 5, shows: 4 });
  assertEquals(counts("const t = {", "  a: [1],", "};", "f(t);", "table(t);"), {
    code: 6,
    shows: 1,
  });
  assertEquals(counts("my.print(x);", "imprint(x);"), { code: 3, shows: 0 });
});
