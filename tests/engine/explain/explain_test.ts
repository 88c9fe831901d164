import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import katex from "katex";
import { printedNumber } from "../../../engine/format.ts";
import { explain, MLP, Random, Value } from "../../../mod.ts";
import { plans } from "../graphs.ts";
import { lessonGraph } from "../lesson_graph.ts";
import { build } from "../plan.ts";
import { compute } from "./read_formula.ts";

function leaf(label: string, data: number): Value {
  return new Value(data, { label });
}

function label(name: string, value: Value): Value {
  value.label = name;
  return value;
}

/** The graph of lesson 04: y = (c + d) + c·d with c = a + b and d = a·b. */
function diamond(): { a: Value; b: Value; y: Value } {
  const [a, b] = [leaf("a", 2), leaf("b", 3)];
  const c = label("c", a.add(b));
  const d = label("d", a.mul(b));
  const e = label("e", c.add(d));
  const f = label("f", c.mul(d));
  return { a, b, y: label("y", e.add(f)) };
}

/** The text without its line breaks. */
function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The visible text of LaTeX, typeset by KaTeX in its strictest mode. */
function typeset(latex: string, strict: "error" | "ignore" = "error"): string {
  const html = katex.renderToString(latex, {
    displayMode: true,
    throwOnError: true,
    strict,
    output: "html",
  });
  return html.replace(/<[^>]*>/g, "")
    .replace(
      /&(lt|gt|amp|quot|#x27);/g,
      (entity) => ({ "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' })[entity] ?? "'",
    )
    .replace(/[\u200b\s]+/g, "");
}

/** Asserts that KaTeX can parse LaTeX, without typesetting it. */
function parseLatex(latex: string): void {
  const { __parse } = katex as unknown as { __parse: (latex: string, options: object) => unknown };
  __parse(latex, { displayMode: true, throwOnError: true, strict: "error" });
}

Deno.test("explain() reproduces the seven derivations of lesson 03", () => {
  const { a, b, c, d, e, f, L } = lessonGraph();
  const derivations: [Value, number, string][] = [
    [L, 1, "dL/dL = 1"],
    [d, -2, "dL/dd = f = −2"],
    [f, 4, "dL/df = d = 4"],
    [c, -2, "dL/dc = dd/dc · dL/dd = 1 · f = −2"],
    [e, -2, "dL/de = dd/de · dL/dd = 1 · f = −2"],
    [a, 6, "dL/da = de/da · dL/de = b · f = −3 · (−2) = 6"],
    [b, -4, "dL/db = de/db · dL/de = a · f = 2 · (−2) = −4"],
  ];
  for (const [input, value, derivation] of derivations) {
    const explanation = explain(L, input);
    assertEquals(explanation.value, value);
    assert(flat(explanation.text).endsWith(derivation), explanation.text);
  }
});

Deno.test("explain() first derives what a derivative depends on, and defines every node on the way", () => {
  const { a, L } = lessonGraph();
  assertEquals(
    explain(L, a).text,
    `L = d · f = −8
d = e + c = 4
e = a · b = −6

dL/dd = f = −2
dL/de = dd/de · dL/dd = 1 · f = −2
dL/da = de/da · dL/de
      = b · f
      = −3 · (−2)
      = 6`,
  );
  assertEquals(
    explain(L, a).latex,
    String.raw`\begin{aligned}
L &= d \cdot f = -8 \\
d &= e + c = 4 \\
e &= a \cdot b = -6 \\[3ex]
\frac{dL}{dd} &= f = -2 \\[2ex]
\frac{dL}{de} &= \frac{dd}{de} \cdot \frac{dL}{dd} = 1 \cdot f = -2 \\[2ex]
\frac{dL}{da} &= \frac{de}{da} \cdot \frac{dL}{de} \\[2ex]
&= b \cdot f \\
&= -3 \cdot (-2) \\
&= 6
\end{aligned}`,
  );
});

Deno.test("explain() defines what a result was computed from only where it has no name of its own", () => {
  const x = leaf("x", 2), h = label("h", x.mul(leaf("b", 0).exp())), y = label("y", h.add(1));
  assertEquals(flat(explain(h, x).text), "h = x · v1 = 2 v1 = exp(b) = 1 dh/dx = v1 = 1");
  assertEquals(
    flat(explain(y, x).text),
    "y = h + 1 = 3 h = x · v1 = 2 v1 = exp(b) = 1 dy/dh = 1 dy/dx = dh/dx · dy/dh = v1 · 1 = 1",
  );
  const named = label("h", x.mul(label("t", leaf("b", 0).exp())));
  assertEquals(flat(explain(named, x).text), "h = x · t = 2 dh/dx = t = 1");
  const blank = label("h", x.mul(label(" ", leaf("b", 0).exp())));
  assertEquals(flat(explain(blank, x).text), flat(explain(h, x).text));
  // Of the input it does not matter how it was made, with a name or without.
  assertEquals(flat(explain(h, h.operands[1]).text), "h = x · v1 = 2 dh/dv1 = x = 2");
  assertEquals(flat(explain(y, h).text), "y = h + 1 = 3 dy/dh = 1");
});

Deno.test("explain() returns each edge of the paths as a step", () => {
  const { a, L } = lessonGraph();
  assertEquals(explain(L, a).steps, [
    { from: "L", to: "d", operation: "*", formula: "f", value: -2 },
    { from: "d", to: "e", operation: "+", formula: "1", value: 1 },
    { from: "e", to: "a", operation: "*", formula: "b", value: -3 },
  ]);
  const explanation = explain(L, a);
  assertStrictEquals(explanation.steps, explanation.steps);
});

Deno.test("explain() shows each of several paths and their sum", () => {
  const { a, b, y } = diamond();
  assertEquals(
    explain(y, a).text,
    `y = e + f = 41
f = c · d = 30
e = c + d = 11
d = a · b = 6
c = a + b = 5

4 paths lead from y to a, and their contributions add up:
y ← e ← c ← a: 1 · 1 · 1 = 1
y ← f ← c ← a: 1 · d · 1 = 6
y ← e ← d ← a: b · 1 · 1 = 3
y ← f ← d ← a: b · c · 1 = 3 · 5 = 15

dy/df = 1
dy/de = 1
dy/dd = de/dd · dy/de + df/dd · dy/df = 1 · 1 + c · 1 = 1 + 5 = 6
dy/dc = de/dc · dy/de + df/dc · dy/df = 1 · 1 + d · 1 = 1 + 6 = 7
dy/da = dc/da · dy/dc + dd/da · dy/dd
      = 1 · (1 + d) + b · (1 + c)
      = 7 + 3 · 6
      = 25`,
  );
  assertEquals(explain(y, b).value, 19);
  const { latex } = explain(y, a);
  assertStringIncludes(
    latex,
    String
      .raw`&\text{4}\text{ paths lead from }y\text{ to }a\text{, and their contributions add up:} \\` +
      "\n" +
      String.raw`&y \leftarrow e \leftarrow c \leftarrow a{:}\;1 \cdot 1 \cdot 1 = 1 \\`,
  );
});

Deno.test("explain() derives once what paths share", () => {
  const x = leaf("x", 0.5);
  const u = label("u", x.mul(x).add(x.sin()));
  const z = label("z", u.tanh().exp());
  const { text } = explain(z, x);
  assertEquals(text.match(/^ *dz\/du =/gm)?.length, 1);
  assertEquals(text.match(/· dz\/du/g)?.length, 2);
});

Deno.test("explain() refers to a long formula by its symbol", () => {
  const x = leaf("x", 0.5);
  const y = label("y", x.tanh().tanh().tanh().tanh().tanh().tanh());
  assertStringIncludes(
    flat(explain(y, x).text),
    "dy/dv2 = dv3/dv2 · dy/dv3 = (1 − v3²) · (1 − v4²) · (1 − v5²) · (1 − y²) ≈ ",
  );
  assertStringIncludes(flat(explain(y, x).text), "dy/dx = dv1/dx · dy/dv1 = (1 − v1²) · dy/dv1 ≈ ");
});

Deno.test("explain() writes each factor before those already there, and keeps factors apart", () => {
  const x = leaf("x", 3);
  const u = label("u", x.pow(2));
  const v = label("v", u.add(1));
  const w = label("w", v.pow(2));
  const { text, latex } = explain(label("y", w.pow(2)), x);
  assertStringIncludes(
    flat(text),
    "dy/dw = 2 · w = 200 dy/dv = dw/dv · dy/dw = 2 · v · (2 · w) = 20 · 200 = 4000 " +
      "dy/du = dv/du · dy/dv = 1 · (2 · v) · (2 · w) = 4000 " +
      "dy/dx = du/dx · dy/du = 2 · x · (2 · v) · (2 · w) = 6 · 4000 = 24000",
  );
  assertStringIncludes(latex, String.raw`&= 2 \cdot x \cdot (2 \cdot v) \cdot (2 \cdot w) \\`);
});

Deno.test("explain() sums the local derivatives of an operand that is used twice", () => {
  const a = leaf("a", 1);
  const b = label("b", a.add(a));
  const c = label("c", b.add(b));
  assertEquals(flat(explain(b, a).text), "b = a + a = 2 db/da = 1 + 1 = 2");
  assertStringIncludes(flat(explain(c, a).text), "dc/da = db/da · dc/db = (1 + 1) · 2 = 4");
  assertEquals(explain(c, a).steps.length, 4);
});

Deno.test("explain() writes the derivative of an element of a list", () => {
  const [w1, w2, x1, x2] = ["w1", "w2", "x1", "x2"].map((name, k) => leaf(name, k + 2));
  const y = label("y", Value.dot([w1, w2], [x1, x2], 7));
  const derivations: [Value, string][] = [
    [w1, "dy/dw1 = x1 = 4"],
    [w2, "dy/dw2 = x2 = 5"],
    [x1, "dy/dx1 = w1 = 2"],
    [x2, "dy/dx2 = w2 = 3"],
  ];
  for (const [input, derivation] of derivations) {
    assertEquals(flat(explain(y, input).text), `y = w1 · x1 + w2 · x2 + 7 = 30 ${derivation}`);
  }
});

Deno.test("explain() writes ∂ where a local derivative is not the total derivative", () => {
  const x = leaf("x", 3);
  const u = label("u", x.mul(x));
  const y = label("y", u.mul(x));
  assertStringIncludes(
    flat(explain(y, x).text),
    "dy/dx = du/dx · dy/du + ∂y/∂x = (x + x) · x + u = (3 + 3) · 3 + 9 = 27",
  );
  assertStringIncludes(explain(y, x).latex, String.raw`\frac{\partial y}{\partial x}`);
  // The other path is longer, and starts with a node that has another operand, too.
  const v = label("v", label("u", x.mul(leaf("c", 2))).neg());
  assertStringIncludes(
    flat(explain(label("z", v.add(x)), x).text),
    "dz/dx = du/dx · dz/du + ∂z/∂x = c · (−1) + 1 = ",
  );
});

Deno.test("explain() says in words that an output does not depend on an input", () => {
  const { a, L } = lessonGraph();
  const { value, text, latex, steps } = explain(L, leaf("z", 1));
  assertEquals(value, 0);
  assertEquals(steps, []);
  assertEquals(text, "dL/dz = 0: L was not made from z, so it stays as it is when z moves.");
  assertEquals(typeset(latex), "dzdL=0becauseLwasnotmadefromz");

  assertEquals(explain(a, L).value, 0);
  assertEquals(
    explain(a, L).text,
    "da/dL = 0: a was not made from L, so it stays as it is when L moves.\n" +
      "It is the other way round: L was made from a. explain() takes the output first.",
  );
});

Deno.test("explain() writes = before an exact number and ≈ before a rounded one", () => {
  const x = leaf("x", 1);
  const y = label("y", x.div(3).mul(1.5));
  assertEquals(
    flat(explain(y, x).text),
    "y = v1 · 1.5 = 0.5 v1 = x / 3 ≈ 0.333333 " +
      "dy/dv1 = 1.5 dy/dx = dv1/dx · dy/dv1 = (1 / 3) · 1.5 ≈ 0.333333 · 1.5 = 0.5",
  );
  // 0.30000000000000004 is shown as 0.3, and so is what is a billion times larger or smaller.
  const products: [number, string][] = [
    [0.1, "= 0.3"],
    [1e8, "= 3e+8"],
    [1e8 + 1e-7, "= 3e+8"],
    [1e-10, "= 3e−10"],
    [1 / 3e9, "= 1e−9"],
    [1 / 9e9, "≈ 3.33333e−10"],
    [1e9 + 1, "≈ 3e+9"],
  ];
  for (const [number, shown] of products) {
    const z = label("z", leaf("x", number).mul(3));
    assertStringIncludes(flat(explain(z, z.operands[0]).text), `z = x · 3 ${shown} `);
  }
});

Deno.test("explain() does not change the gradients of the graph", () => {
  const { a, L } = lessonGraph();
  for (const [k, node] of L.topologicalOrder().entries()) node.grad = k + 0.5;
  explain(L, a);
  assertEquals(L.topologicalOrder().map(({ grad }) => grad), [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
});

Deno.test("explain() prints as text and shows as mathematics in a notebook", () => {
  const { a, L } = lessonGraph();
  const explanation = explain(L, a);
  assertEquals(`${explanation}`, explanation.text);
  assertEquals(Deno.inspect(explanation), explanation.text);
  const display = (explanation as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for("Jupyter.display")
  ]();
  assertEquals(display, {
    "text/latex": `$$\n${explanation.latex}\n$$`,
    "text/plain": explanation.text,
  });
});

Deno.test("explain() throws for anything but a Value and says what to write", () => {
  const { a, L } = lessonGraph();
  const wrong = explain as (...things: unknown[]) => unknown;
  const sentence = "write explain(L, a) for dL/da: ";
  assertThrows(() => wrong(L), TypeError, sentence + "input is undefined, not a Value");
  assertThrows(() => wrong(8, a), TypeError, sentence + "output is 8, not a Value");
  assertThrows(() => wrong(L, "a"), TypeError, sentence + 'input is the string "a", not a Value');
  assertThrows(
    () => wrong([L], a),
    TypeError,
    sentence + "output is an array of length 1, not a Value",
  );
});

Deno.test("explain() names what has no label, and shows a constant as its number", () => {
  const x = leaf("x", 2);
  const v1 = leaf("v1", 3);
  const y = x.mul(v1).add(1.5).pow(2).mul(-1);
  assertEquals(
    flat(explain(y, x).text),
    "v5 = v4 · (−1) = −56.25 v4 = v3² = 56.25 v3 = v2 + 1.5 = 7.5 v2 = x · v1 = 6 " +
      "dv5/dv4 = −1 dv5/dv3 = dv4/dv3 · dv5/dv4 = 2 · v3 · (−1) = 15 · (−1) = −15 " +
      "dv5/dv2 = dv3/dv2 · dv5/dv3 = 1 · (2 · v3) · (−1) = −15 " +
      "dv5/dx = dv2/dx · dv5/dv2 = v1 · (2 · v3) · (−1) = 3 · (−15) = −45",
  );
  const constant = new Value(4);
  assertStringIncludes(flat(explain(constant.mul(x), constant).text), "dv1/dv2 = x = 2");
});

Deno.test("explain() takes a label of blanks for none, and names the output before the input", () => {
  const x = leaf("x", 2), blank = leaf(" ", 3);
  const y = label("\t", label(" ", x.mul(blank)).add(1));
  assertStringIncludes(flat(explain(y, x).text), "v2 = v1 + 1 = 7 v1 = x · 3 = 6");
  assertMatch(explain(new Value(1), blank).text, /^dv1\/dv2 = 0: v1 was not made from v2, /);
});

Deno.test("explain() breaks a line of more than 80 columns at its equals signs", () => {
  const definition = (length: number) => {
    const a = leaf("a".repeat(length), 1);
    return explain(label("y", a.add(leaf("b", 2))), a).text.split("\n\n")[0];
  };
  assertEquals(definition(68), `y = ${"a".repeat(68)} + b = 3`);
  assertEquals(definition(68).length, 80);
  assertEquals(definition(69), `y = ${"a".repeat(69)} + b\n  = 3`);
});

Deno.test("explain() gives nodes with the same label different names, the same for every input", () => {
  const [first, second, taken] = [leaf("w", 2), leaf(" w ", 3), leaf("w_2", 5)];
  const y = label("w", first.mul(second).mul(taken));
  assertStringIncludes(flat(explain(y, first).text), "w = v1 · w_2 = 30 v1 = w_3 · w_4 = 6");
  assertStringIncludes(flat(explain(y, second).text), "w = v1 · w_2 = 30 v1 = w_3 · w_4 = 6");

  // x1 and x_1 would both be typeset as x with the index 1.
  const sum = label("s", leaf("x1", 1).add(leaf("x_1", 2)));
  assertStringIncludes(explain(sum, sum.operands[0]).text, "s = x1 + x_1_2 = 3");
});

Deno.test("explain() typesets numbers and words in labels as subscripts", () => {
  const names: [label: string, latex: string][] = [
    ["x", "x"],
    ["x1", "x_{1}"],
    ["x_12", "x_{12}"],
    ["w_i", "w_{i}"],
    ["w_hidden", String.raw`w_{\text{hidden}}`],
    ["w1_hidden_2", String.raw`w_{1,\text{hidden},2}`],
    ["loss", String.raw`\text{loss}`],
    ["loss2", String.raw`\text{loss}_{2}`],
    ["x1w1", String.raw`\text{x1w1}`],
    ["α", "{α}"],
    ["θ_1", "{θ}_{1}"],
    ["a + b", String.raw`(\text{a + b})`],
    ["x²", String.raw`(\text{x}{}^{2})`],
  ];
  for (const [name, latex] of names) {
    const y = leaf(name, 2).add(1);
    assertStringIncludes(explain(y, y.operands[0]).latex, `v_{1} &= ${latex} + 1 = 3`);
  }
  // A thin space between d and a word: dloss would read as a word of its own.
  const w = leaf("w", 2), step = label("step", w.exp()), loss = label("loss", step.mul(w));
  const { latex } = explain(loss, w);
  assertStringIncludes(latex, String.raw`\frac{d\,\text{loss}}{dw} &= `);
  assertStringIncludes(
    latex,
    String.raw`\frac{d\,\text{step}}{dw} \cdot \frac{d\,\text{loss}}{d\,\text{step}} + ` +
      String.raw`\frac{\partial \,\text{loss}}{\partial w}`,
  );
});

Deno.test("explain() typesets any label as plain text, never as LaTeX", () => {
  const labels = [
    ..."\\$%#&_^~{}<>|[]'\"!?*-+=/.,:;@",
    String.raw`\frac{a}{b}`,
    String.raw`\end{aligned}`,
    String.raw`\text{x}\\`,
    String.raw`\href{javascript:alert(1)}{x}`,
    "$x$ and $$y$$",
    "}{",
    "% not a comment",
    "a_{b}^{c} & d",
    "<script>alert(1)</script>",
    "&lt;",
    "two\nlines",
    "\x1b[31mred",
    "x₁²",
    "Δx → ∂y",
    "straße",
    "漢字",
    "жук",
    "__proto__",
    "constructor",
  ];
  for (const name of labels) {
    const y = leaf(name, 2).mul(leaf("b", 3)).tanh().pow(2);
    const explanation = explain(y, y.operands[0].operands[0].operands[0]);
    // Mathematical symbols replace some characters, and line breaks are removed.
    const seen = typeset(explanation.latex).replaceAll("∖", "\\").replaceAll("∧", "^")
      .replaceAll("∼", "~").replaceAll("′", "'").replaceAll("−", "-");
    const expected = name.replace(/[\p{Cc} ]/gu, "").normalize("NFKC");
    assertStringIncludes(
      seen.normalize("NFKC").replaceAll("’", "'").replaceAll("”", '"'),
      expected,
    );
    assert(!explanation.latex.includes("<"), "a page may take it for a tag");
    assertMatch(explanation.text, /^[\P{Cc}\n]*$/u);
    assertEquals(explanation.text.split("\n").length, 13, explanation.text);
  }
  for (const name of ["😀", "שלום", "\ud800", "\ufdd0"]) {
    const y = leaf(name, 2).exp();
    typeset(explain(y, y.operands[0]).latex, "ignore"); // KaTeX has no metrics for these
  }
});

/** Random graphs without NaN, Infinity and limits: two leaves, five operations. */
function randomGraphs(count: number): Value[][] {
  const graphs = plans({ leaves: 2, minSize: 5, size: 5, ordinary: true }).map((plan) => {
    const nodes = build(plan);
    nodes.forEach((node, k) => node.label = k < 2 ? `x${k + 1}` : k % 3 === 0 ? "" : `n_${k}`);
    return nodes;
  });
  const hasNoLimit = (nodes: Value[]) =>
    nodes.every(({ localDerivatives, operands }) =>
      localDerivatives.every(Number.isFinite) && operands.every(({ data }) => data !== 0)
    );
  return fc.sample(graphs.filter(hasNoLimit), { seed: 1, numRuns: count });
}

/** The nodes by the names that `explain()` uses: the label, or v1, v2, … in topological order. */
function namesIn(output: Value): Map<string, Value> {
  let unlabelled = 0;
  return new Map(
    output.topologicalOrder().filter(({ op, label }) => op !== "" || label !== "")
      .map((node) => [node.label || `v${++unlabelled}`, node]),
  );
}

/** The derivatives of each node with respect to each, by backpropagation. */
function allDerivatives(nodes: readonly Value[]): Map<Value, Map<Value, number>> {
  return new Map(nodes.map((output) => {
    for (const node of nodes) node.grad = 0;
    output.backward();
    return [output, new Map(nodes.map((node) => [node, node.grad]))];
  }));
}

/** The partial derivative of a node with respect to an operand. */
function localDerivative(node: Value, operand: Value): number {
  return node.localDerivatives.reduce(
    (sum, local, k) => node.operands[k] === operand ? sum + local : sum,
    0,
  );
}

/** The terms of a sum, as text. */
function termsOf(sum: string): string[] {
  let depth = 0;
  const marked = [...sum].map((character) => {
    depth += character === "(" ? 1 : character === ")" ? -1 : 0;
    return depth === 0 && character === "+" ? "\n" : character;
  });
  return marked.join("").split(" \n ");
}

/** Computes both sides of every equation of a derivation and compares them with backpropagation. */
function assertTrue(
  text: string,
  names: ReadonlyMap<string, Value>,
  derivatives: ReadonlyMap<Value, ReadonlyMap<Value, number>>,
): void {
  const numbers = Object.fromEntries([...names].map(([name, { data }]) => [name, data]));
  const derivative = (_: string, d: string, y: string, x: string) => {
    const [above, below] = [names.get(y)!, names.get(x)!];
    const name = `derivative${Object.keys(numbers).length}`;
    numbers[name] = d === "∂" ? localDerivative(above, below) : derivatives.get(above)!.get(below)!;
    return name;
  };
  for (const line of text.replace(/\n +(?=[=≈])/g, " ").split("\n")) {
    if (line === "" || line.endsWith(":") || line.includes("⋮")) continue;
    const path = /^ *([^:]* ← [^:]*): /.exec(line);
    const edges = path?.[1].split(" ← ").map((name) => names.get(name)!) ?? [];
    const product = edges.slice(1).reduce(
      (product, node, k) => product * localDerivative(edges[k], node),
      1,
    );
    const equation = path === null ? line.trim() : `${product} = ${line.slice(path[0].length)}`;
    for (const [, node, upstream] of equation.matchAll(/d(\w+)\/[d∂]\w+ · d\w+\/d(\w+)/g)) {
      assertEquals(upstream, node, `local × upstream: ${line}`);
    }
    const [left, ...right] = equation
      .replace(/([d∂])(\w+)\/[d∂](\w+)/g, derivative).split(/ (?=[=≈])/);
    const truth = path === null ? compute(left, numbers) : product;
    assert(right.length > 0, line);
    for (const stage of right) {
      const terms = termsOf(stage.slice(2)).map((term) => compute(term, numbers));
      const size = terms.reduce((size, term) => size + Math.abs(term), 0);
      const tolerance = stage[0] === "≈" ? 1e-4 : 1e-9;
      const value = terms.reduce((sum, term) => sum + term, 0);
      assertAlmostEquals(value, truth, tolerance * Math.max(size, 0.1), `${stage} of ${line}`);
    }
  }
}

Deno.test("explain() is right on 500 random graphs, in every number, formula and equation", () => {
  let pairs = 0, steps = 0;
  for (const nodes of randomGraphs(500)) {
    const derivatives = allDerivatives(nodes);
    const gradients = nodes.map(({ grad }) => grad);
    for (const output of nodes) {
      const names = namesIn(output);
      for (const input of nodes) {
        const expected = derivatives.get(output)!.get(input)!;
        const explanation = explain(output, input);
        const { value, text, latex } = explanation;
        assertAlmostEquals(value, expected, 1e-12 * Math.abs(expected), text);
        parseLatex(latex);
        if (![...names.values()].includes(input)) {
          assertMatch(text, /^d\w+\/d\w+ = 0: \w+ was not made from \w+, /);
          assertEquals(explanation.steps, []);
          continue;
        }
        pairs++;
        assertTrue(text, names, derivatives);
        for (const step of explanation.steps) {
          steps++;
          const from = names.get(step.from)!, to = names.get(step.to)!;
          const k = from.localDerivatives.indexOf(step.value);
          assert(from.operands.includes(to) && k >= 0, text);
          assertEquals(step.operation, from.op);
          const numbers = Object.fromEntries([...names].map(([name, { data }]) => [name, data]));
          const computed = compute(step.formula, numbers);
          assertAlmostEquals(computed, step.value, 1e-9 * Math.max(1, Math.abs(computed)), text);
        }
        assert(text.endsWith(` ${printedNumber(value)}`), text);
      }
    }
    assertEquals(nodes.map(({ grad }) => grad), gradients);
  }
  assert(pairs > 6000 && steps > 8000, `${pairs} pairs, ${steps} steps`);
});

Deno.test("explain() follows up to 8 paths over 16 nodes, and larger graphs node by node", () => {
  const squares = (count: number) => {
    const x = leaf("x", 0.5);
    return explain(label("y", Value.sum(Array.from({ length: count }, () => x.tanh()))), x).text;
  };
  for (const count of [2, 7, 8]) {
    const text = squares(count), factors = Array.from({ length: count }, (_, k) => k + 1);
    assertStringIncludes(text, `${count} paths lead from y to x, and their contributions add up:`);
    const sum = factors.map((k) => `dv${k}/dx · dy/dv${k}`).join(" + ");
    assertStringIncludes(text, `dy/dx = ${sum}\n`);
    // The derivative of count · tanh(x) at 0.5.
    const value = count * (1 - Math.tanh(0.5) ** 2);
    assertMatch(
      text,
      new RegExp(`≈ ${value.toPrecision(6).replace(".", "\\.").replace(/0+$/, "")}$`),
    );
  }
  assertStringIncludes(
    squares(9),
    "From y to x (9 paths over 11 nodes), each derivative refers to those before it:\n",
  );
  assertStringIncludes(squares(9), "dy/dx = (1 − v1²) · dy/dv1 + (1 − v2²) · dy/dv2 + ");

  const chain = (length: number) => {
    const x = leaf("x", 1);
    let y = x;
    for (let i = 1; i < length; i++) y = y.sin();
    return explain(label("y", y), x).text;
  };
  assertStringIncludes(chain(16), "dy/dx = dv1/dx · dy/dv1");
  assertStringIncludes(chain(17), "From y to x (1 path over 17 nodes), each");
  assertStringIncludes(chain(17), "dy/dv14 = cos(v14) · dy/dv15 ");
  assert(!chain(25).includes("⋮"));
  assertStringIncludes(chain(26), "dy/dv13 = cos(v13) · dy/dv14 ≈");
  assertEquals(chain(26).match(/⋮ 1 more/g)?.length, 2);
});

Deno.test("explain() explains a network", () => {
  const network = new MLP(3, [4, 4, 1], { random: new Random(1) });
  const examples = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];
  const loss = label(
    "loss",
    Value.sum(examples.map((xs) => [network.forward(xs)].flat()[0].sub(1).pow(2))),
  );
  loss.backward();
  for (const parameter of network.parameters()) {
    const { value, text, latex } = explain(loss, parameter);
    assertAlmostEquals(value, parameter.grad, 1e-12 * Math.abs(parameter.grad));
    parseLatex(latex);
    const last = network.parameters().indexOf(parameter) >= 36;
    assertMatch(
      text,
      last ? /^4 paths lead from loss to /m : /^From loss to \w+ \((4|16) paths over /m,
    );
  }
});

// A walk along each path would never end.
Deno.test("explain() copes with 2²⁰⁰ paths through a graph, and with 100,000 nodes", () => {
  const x = leaf("x", 1);
  let doubled = x;
  for (let i = 0; i < 200; i++) doubled = doubled.add(doubled);
  assertEquals(explain(doubled, x).value, 2 ** 200);

  let branching = x;
  for (let i = 0; i < 2000; i++) branching = branching.add(branching.mul(0.001));
  assertMatch(explain(branching, x).text, /\(more than 1e308 paths over 4001 nodes\)/);

  let chain = x;
  for (let i = 0; i < 100_000; i++) chain = chain.neg();
  const { value, text, latex, steps } = explain(chain, x);
  assertEquals([value, steps.length], [1, 100_000]);
  assertStringIncludes(text, "From v100000 to x (1 path over 100001 nodes), each");
  assertStringIncludes(text, "⋮ 99976 more");
  assertEquals(text.split("\n").length, 54);
  assert(latex.length < 10_000);

  const wide = Value.sum(Array.from({ length: 20_000 }, (_, k) => x.mul(k)));
  assertMatch(explain(wide, x).text, /= 0 · 1 \+ 1 \+ 2 · 1 \+ 3 · 1 \+ … \+ 19999 · 1\n/);
});
