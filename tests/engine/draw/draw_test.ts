import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { draw, Value } from "../../../mod.ts";
import { lessonGraph } from "../lesson_graph.ts";
import { contrast } from "../../pictures/contrast.ts";
import { controlLabels, hostileLabels, parseXml } from "../../pictures/strict_xml.ts";
import drawSource from "../../../engine/draw/draw.ts" with { type: "text" };

/** The graph of lesson 03 after backward(). */
function lesson() {
  const graph = lessonGraph();
  graph.L.backward();
  return graph;
}

/** A sum of sums of itself: 2ⁿ paths, n + 1 nodes. */
function doubled(times: number): Value {
  let x = new Value(1);
  for (let i = 0; i < times; i++) x = x.add(x);
  return x;
}

/** A chain: n operations, n + 1 nodes. */
function chain(length: number): Value {
  let x = new Value(0.5, { label: "x" });
  for (let i = 0; i < length; i++) x = x.neg();
  return x;
}

/** The texts that are visible in an SVG. */
function textsOf(svg: string): string[] {
  return parseXml(svg).filter(({ name }) => name === "text").map(({ text }) => text);
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

Deno.test("draw().text is a tree with label, operation, data and gradient in columns", () => {
  assertEquals(
    draw(lesson().L).text,
    `L = *            data −8   grad  1
├── d = +        data  4   grad −2
│   ├── e = *    data −6   grad −2
│   │   ├── a    data  2   grad  6
│   │   └── b    data −3   grad −4
│   └── c        data 10   grad −2
└── f            data −2   grad  4`,
  );
});

Deno.test("draw().text shows all gradients once one is set, with numbers aligned at the decimal point", () => {
  const x = new Value(0.1234567891), y = new Value(-1234.5, { label: "y" });
  x.grad = NaN;
  y.grad = -1e-9;
  assertEquals(
    draw(x.mul(y)).text,
    `*        data  −152.407      grad   0
├── ·    data     0.123457   grad NaN
└── y    data −1234.5        grad  −1e−9`,
  );
});

Deno.test("draw().text shows a Value used twice once, and refers to it by its label", () => {
  const x = new Value(3, { label: "x" });
  assertEquals(
    draw(x.mul(x).sub(x)).text,
    `-            data 6
├── *        data 9
│   ├── x    data 3
│   └── x    the same node as above
└── x        the same node as above`,
  );
});

Deno.test("draw().text numbers a Value used twice whose label is not unique", () => {
  const x = new Value(3, { label: "x" });
  const u = x.exp(), v = x.neg();
  u.label = v.label = "twin";
  const w = u.mul(v);
  assertEquals(
    draw(w.add(w).add(u)).text,
    `+                            data −100.428
├── +                        data −120.513
│   ├── #1 = *               data  −60.2566
│   │   ├── twin #2 = exp    data   20.0855
│   │   │   └── x            data    3
│   │   └── twin = neg       data   −3
│   │       └── x            the same node as above
│   └── #1                   the same node as above
└── twin #2                  the same node as above`,
  );
});

Deno.test("draw().text numbers the only Value without a label if it is used twice", () => {
  const u = new Value(0, { label: "x" }).exp(), y = u.mul(u);
  y.label = "y";
  assertEquals(
    draw(y).text,
    `y = *           data 1
├── #1 = exp    data 1
│   └── x       data 0
└── #1          the same node as above`,
  );
});

Deno.test("draw().dot and svg() show each Value and each operation of the lesson once", async () => {
  const drawing = draw(lesson().L);
  const rows = ["a|2|6", "b|−3|−4", "c|10|−2", "d|4|−2", "e|−6|−2", "f|−2|4", "L|−8|1"]
    .map((row) => row.split("|"));

  assertEquals(countOf(drawing.dot, "<TABLE"), 7);
  assertEquals(countOf(drawing.dot, "shape=circle"), 3);
  assertEquals(countOf(drawing.dot, " -> "), 3 * 3);
  for (const [label, data, grad] of rows) {
    assertMatch(drawing.dot, RegExp(`>${label}</.*>data ${data}</.*>grad ${grad}</`));
  }

  const svg = await drawing.svg();
  assertEquals(
    textsOf(svg).toSorted(),
    rows.flatMap(([label, data, grad]) => [label, `data ${data}`, `grad ${grad}`])
      .concat("*", "+", "*").toSorted(),
  );
  assertEquals(parseXml(svg).filter(({ name }) => name === "ellipse").length, 3);
});

Deno.test("draw().dot and svg() show a Value used twice as one box, with an edge for each use", async () => {
  const x = new Value(3, { label: "x" });
  const drawing = draw(x.mul(x));
  assertEquals(countOf(drawing.dot, ">x<"), 1);
  assertEquals(countOf(drawing.dot, "n0 -> n1op"), 2);
  assertEquals(textsOf(await drawing.svg()).filter((text) => text === "x").length, 1);
});

Deno.test("draw().dot has a style for the output, one for results and one for leaves", () => {
  const { dot } = draw(lesson().L);
  const styleOf = (label: string) =>
    RegExp(`<TABLE ([^>]*)>(?:(?!<TABLE).)*>${label}</FONT>`).exec(dot)![1];
  const styles = ["L", "d", "e", "a", "b", "c", "f"].map(styleOf);
  assertEquals(new Set(styles).size, 3);
  // Leaves and the output stand out from white.
  assertEquals(styles.map((style) => style.includes("#ffffff")).indexOf(true), 1);
  assertEquals([styles.indexOf(styles[1]), styles.lastIndexOf(styles[1])], [1, 2]);
  assertEquals([styles.indexOf(styles[3]), styles.lastIndexOf(styles[3])], [3, 6]);
});

Deno.test("svg() draws the name of an operation inside its ellipse", async () => {
  const x = new Value(1);
  const elements = parseXml(await draw(x.tanh().sub(x.sigmoid())).svg());
  const number = (element: typeof elements[0], name: string) =>
    Number(element.attributes.get(name));
  const ellipses = elements.filter(({ name }) => name === "ellipse");
  const names = ellipses.map((ellipse) => {
    const text = elements[elements.indexOf(ellipse) + 1];
    // A letter of Helvetica is about half as wide as it is high.
    const width = text.text.length * number(text, "font-size") / 2;
    assert(2 * number(ellipse, "rx") > width, text.text);
    return text.text;
  });
  assertEquals(names.toSorted(), ["-", "sigmoid", "tanh"]);
});

Deno.test("draw().dot attaches the first operand above the second if the order matters", () => {
  const a = new Value(3), b = new Value(2);
  for (const result of [a.add(b), a.mul(b)]) assert(!/:[ns][ew]/.test(draw(result).dot));
  for (const result of [a.sub(b), a.div(b), a.pow(b)]) {
    assertStringIncludes(draw(result).dot, "  n0 -> n2op:nw\n  n1 -> n2op:sw\n");
  }
});

Deno.test("draw() shows hostile labels as plain text in dot and svg()", async () => {
  const plain = parseXml(await draw(new Value(1, { label: "x" }).exp()).svg());
  const named = [...hostileLabels.map((label) => [label, label]), ...controlLabels];
  for (const [label, seen] of named) {
    const drawing = draw(new Value(1, { label }).exp());
    const elements = parseXml(await drawing.svg());
    const texts = elements.filter(({ name }) => name === "text").map(({ text }) => text);
    // An empty line of a label has no element of its own.
    const lines = seen.split("\n").filter((line) => line !== "");
    assertEquals(texts, [...lines, "data 1", "grad 0", "exp", "data 2.71828", "grad 0"], label);
    if (lines.length === 1) {
      assertEquals(elements.map(({ name }) => name), plain.map(({ name }) => name), label);
    }
  }
});

Deno.test("svg() shows a hostile label of the output as text in the box, the title and the description", async () => {
  const outputOf = (label: string) => {
    const y = new Value(1).exp();
    y.label = label;
    return y;
  };
  const plain = parseXml(await draw(outputOf("x")).svg());
  const named = [...hostileLabels.map((label) => [label, label]), ...controlLabels];
  for (const [label, seen] of named) {
    const elements = parseXml(await draw(outputOf(label)).svg());
    const text = (name: string) =>
      elements.filter((element) => element.name === name).map(({ text }) => text);
    const lines = seen.split("\n").filter((line) => line !== "");
    assertEquals(
      text("text"),
      ["data 1", "grad 0", "exp", ...lines, "data 2.71828", "grad 0"],
      label,
    );
    const line = seen.replaceAll("\n", "␊");
    assertEquals(text("title"), [`Computation graph of ${line}`]);
    assertStringIncludes(text("desc")[0], `Output: ${line} = 2.71828, with gradient 0.`);
    if (lines.length === 1) {
      assertEquals(elements.map(({ name }) => name), plain.map(({ name }) => name), label);
    }
  }
});

Deno.test("draw() shows hostile labels in one line of text each, without control characters", () => {
  for (const [label, seen] of [...hostileLabels.map((label) => [label, label]), ...controlLabels]) {
    const { text } = draw(new Value(1, { label }).exp());
    const lines = text.split("\n");
    assertEquals(lines.length, 2, label);
    assertStringIncludes(lines[1], `└── ${seen.replaceAll("\n", "␊")}    data 1`);
    assert(!/[^\P{Cc}\n]/u.test(text), label);
  }
});

Deno.test("svg() makes room for labels beyond ASCII", async () => {
  const widthOf = async (label: string) => {
    const [svg] = parseXml(await draw(new Value(1, { label })).svg());
    return parseFloat(svg.attributes.get("width")!);
  };
  // A Chinese character is as wide as it is high, 14 points, and a cell has 6 on either side.
  const labels: [string, letters: number][] = [
    ["重", 1],
    ["重".repeat(20), 20],
    [`w\n${"重".repeat(20)}\nw`, 20],
  ];
  for (const [label, letters] of labels) {
    const room = await widthOf(label) - await widthOf(""), needed = 14 * letters + 12;
    assert(room >= needed && room < 1.5 * needed, `${room} for ${label}`);
  }
  // Graphviz has the widths of ASCII.
  assert(!draw(new Value(1, { label: "w1" })).dot.includes("WIDTH"));
});

Deno.test("draw().text keeps its columns under wide and combining characters", () => {
  const sum = new Value(1, { label: "重み" }).add(new Value(2, { label: "e\u0301" }));
  assertEquals(
    draw(sum).text,
    `+           data 3
├── 重み    data 1
└── e\u0301       data 2`,
  );
});

/** The height of the smallest letters of a picture in pixels, for a given width. */
function letters(svg: string, room: number): number {
  const elements = parseXml(svg);
  // Lengths in the picture are points, of 4/3 pixels each.
  const width = parseFloat(elements[0].attributes.get("width")!);
  const sizes = elements.filter(({ name }) => name === "text")
    .map(({ attributes }) => Number(attributes.get("font-size")));
  return Math.min(...sizes) * Math.min(4 / 3, room / width);
}

/** tanh of a neuron with two inputs, and the same taken apart: five and eight boxes in a row. */
function neurons(): [tanh: Value, parts: Value] {
  const value = (data: number, label: string) => new Value(data, { label });
  const products = [1, 2].map((k) => value(2, `x${k}`).mul(value(-3, `w${k}`)));
  const n = products[0].add(products[1]).add(value(6.8813735870195432, "b"));
  const e = n.mul(2).exp();
  return [n.tanh(), e.sub(1).div(e.add(1))];
}

Deno.test("svg() of a long graph goes down, so that it is legible in a notebook", async () => {
  const [tanh, parts] = neurons();
  for (const output of [tanh, parts, chain(30), lesson().L]) {
    output.backward();
    // An output of JupyterLab has 813 pixels in a window of 1280.
    assert(letters(await draw(output).svg(), 813) >= 11, `${output}`);
  }
});

Deno.test("svg() goes from left to right up to four boxes, and where the graph is broad", async () => {
  const places = async (output: Value, labels: string[]) => {
    const texts = parseXml(await draw(output).svg()).filter(({ name }) => name === "text");
    return labels.map((label) => {
      const { attributes } = texts.find(({ text }) => text === label)!;
      return { x: Number(attributes.get("x")), y: Number(attributes.get("y")) };
    });
  };
  const { L } = lesson();
  const inRow = await places(L, ["a", "e", "d", "L"]);
  inRow.slice(1).forEach(({ x }, k) => assert(x > inRow[k].x));

  const [tanh] = neurons();
  tanh.label = "o";
  const [w1, b, o] = await places(tanh, ["w1", "b", "o"]);
  assert(w1.y < b.y && b.y < o.y);

  const leaves = Array.from({ length: 6 }, (_, k) => new Value(k, { label: `x${k}` }));
  const broad = Value.sum(leaves).exp().add(1).tanh().neg();
  broad.label = "y";
  const [x0, y] = await places(broad, ["x0", "y"]);
  assert(x0.x < y.x);
});

Deno.test("draw().dot goes down if a row would have five boxes, unless the graph is as broad", () => {
  const direction = (output: Value) => /rankdir=(\w+)/.exec(draw(output).dot)![1];
  assertEquals([chain(3), chain(4)].map(direction), ["LR", "TB"]);

  // Five boxes in a row, the first of which are n leaves side by side, or the second.
  const leaves = (n: number) => Array.from({ length: n }, (_, k) => new Value(k));
  const first = (n: number) => Value.sum(leaves(n)).exp().exp().exp();
  const second = (n: number) => Value.sum([...leaves(n - 1), new Value(1).exp()]).exp().exp();
  for (const broad of [first, second]) {
    assertEquals([3, 4, 5, 6].map((n) => direction(broad(n))), ["TB", "TB", "LR", "LR"]);
  }
  // Broad, but short.
  assertEquals([1, 2, 3].map((n) => direction(Value.sum(leaves(n)))), ["LR", "LR", "LR"]);

  // The longest way to x counts, of 3 operations, whichever comes first: x, three results, the output.
  const x = new Value(1), near = x.neg(), far = x.neg().neg().neg();
  assertEquals([near.add(far), far.add(near)].map(direction), ["TB", "TB"]);
});

Deno.test("draw().dot attaches the first operand left of the second if the graph goes down", () => {
  const [, parts] = neurons();
  const { dot } = draw(parts);
  assertStringIncludes(dot, "rankdir=TB");
  const [, first, second] = /(n\d+) -> n\d+op:nw\n +(n\d+) -> n\d+op:ne/.exec(dot)!;
  // e − 1 is the first operand of the quotient, or e of the difference.
  assert(Number(first.slice(1)) < Number(second.slice(1)));
  assert(!dot.includes(":sw"));
});

Deno.test("draw().dot attaches all operands of a list in order, without compass points", () => {
  const [a, b, c] = [1, 2, 3].map((data) => new Value(data));
  assertStringIncludes(
    draw(Value.sum([a, b, c, b])).dot,
    "n0 -> n3op\n  n1 -> n3op\n  n2 -> n3op\n  n1 -> n3op\n",
  );
});

Deno.test("svg() lists at most twenty leaves in its description", async () => {
  const descriptionOf = async (count: number) => {
    const leaves = Array.from({ length: count }, (_, k) => new Value(k, { label: `x${k}` }));
    const [, title, desc] = parseXml(await draw(Value.sum(leaves)).svg());
    assertEquals(title.text, "Computation graph"); // the output has no label
    return desc.text;
  };
  assertStringIncludes(await descriptionOf(20), "x18 = 18, x19 = 19. Output: 190,");
  assertStringIncludes(await descriptionOf(21), "x18 = 18, x19 = 19, and 1 more. Output: 210,");
});

Deno.test("svg() is self-contained: no id, no link, no doctype, and a title and description", async () => {
  const svg = await draw(lesson().L).svg();
  assert(svg.startsWith("<svg"));
  const [root, title, desc, ...rest] = parseXml(svg);
  assertEquals(root.attributes.get("role"), "img");
  assertEquals(root.attributes.get("aria-label"), "Computation graph of L");
  assertEquals([title.name, title.text], ["title", "Computation graph of L"]);
  assertEquals(
    [desc.name, desc.text],
    [
      "desc",
      "Values: 7. Operations: 3. Leaves: a = 2, b = −3, c = 10, f = −2. " +
      "Output: L = −8, with gradient 1.",
    ],
  );
  for (const { name, attributes } of [root, ...rest]) {
    assert(["svg", "g", "path", "polygon", "ellipse", "text"].includes(name), name);
    assert(!attributes.has("id") && !attributes.has("xlink:href"));
  }
  // Hyphens and spaces as they are: Graphviz writes entities.
  assertStringIncludes(await draw(new Value(1, { label: "a-b  c" })).svg(), ">a-b  c</text>");
});

Deno.test("svg() shows light boxes with dark text on a transparent background", async () => {
  const { L, e } = lesson();
  const elements = parseXml(await draw(L, { mark: e }).svg());
  const colors = (names: string[], attribute: string) =>
    new Set(
      elements.filter(({ name }) => names.includes(name))
        .map(({ attributes }) => attributes.get(attribute) ?? "none")
        .filter((color) => color !== "none" && color !== "transparent")
        .map((color) => color === "white" ? "#ffffff" : color),
    );

  // WCAG 2.2: 4.5 for text, 3 for what a picture needs to be understood.
  for (const fill of colors(["path", "ellipse"], "fill")) {
    for (const text of colors(["text"], "fill")) assert(contrast(fill, text) >= 4.5, fill);
    assert(contrast(fill, "#111111") >= 3);
  }
  assert(colors(["path", "ellipse"], "fill").size === 5, "leaf, result, output, mark, operation");
  assert(contrast("#808080", "#ffffff") >= 3 && contrast("#808080", "#111111") >= 3);
  assert(colors(["polygon"], "stroke").has("#808080"));
});

Deno.test("draw() is deterministic: the same graph gives the same bytes", async () => {
  const one = draw(lesson().L), other = draw(lesson().L);
  assertEquals(one.text, other.text);
  assertEquals(one.dot, other.dot);
  const svg = await one.svg();
  assertEquals(svg, await other.svg());
  assertEquals(svg, await one.svg());
});

Deno.test("draw() keeps the numbers that the graph had when it was drawn", async () => {
  const { L, a } = lesson();
  const drawing = draw(L);
  const { text, dot } = drawing;
  a.data = 99;
  assertEquals([drawing.text, drawing.dot], [text, dot]);
  assert(!textsOf(await drawing.svg()).includes("data 99"));
});

// A walk along each of the 2²⁰⁰ paths would never end.
Deno.test("draw() of x.add(x) 200 times in a row shows each node once", async () => {
  const drawing = draw(doubled(200), { maxNodes: 201 });
  assertEquals(countOf(drawing.dot, ">data "), 201);
  assertEquals(countOf(drawing.text, " data "), 201);
  assertEquals(textsOf(await drawing.svg()).filter((text) => text === "+").length, 200);
});

Deno.test("draw() of a chain of 100,000 does not overflow, and no line of text is long", () => {
  const x = chain(1e5);
  assertEquals(countOf(draw(x).dot, ">data "), 200);

  const { text } = draw(x, { maxNodes: Infinity });
  assertEquals(countOf(text, " data "), 1e5 + 1);
  assert(Math.max(...text.split("\n").slice(0, 1000).map((line) => line.length)) < 100);
});

Deno.test("draw().text continues a deep branch below", () => {
  const lines = draw(chain(12)).text.split("\n");
  assertEquals(lines.length, 14 + 1);
  assertMatch(lines[10], /└── #1 +shown below$/);
  assertMatch(lines[11], /^$/);
  assertMatch(lines[12], /^#1 = neg +data +0\.5$/);
  assertMatch(lines[14], /└── x +data +0\.5$/);
  // A leaf has no branch.
  assertMatch(draw(chain(10)).text, /\n {36}└── x +data +0\.5$/);
});

Deno.test("draw().text does not continue below what the tree shows in full further on", () => {
  const node = chain(2);
  let y = node;
  for (let k = 0; k < 9; k++) y = y.exp();
  const { text } = draw(y.add(node));
  const [deep, full] = text.split("\n").filter((line) => line.includes("#1"));
  assertMatch(deep, /└── #1 +shown below$/);
  assertMatch(full, /^└── #1 = neg +data/);
  assertEquals(text.split("\n").length, 14);
});

Deno.test("draw() of a large graph shows the part nearest to the output and says so", async () => {
  const drawing = draw(chain(1000), { maxNodes: 3 });
  const sentence = "This is the part nearest to the output, 3 of 1001 nodes: " +
    "write { maxNodes: 6 } to see more.";
  assertEquals(
    drawing.text,
    `neg              data  0.5
└── neg          data −0.5
    └── neg      data  0.5
        └── …

${sentence}`,
  );
  assertEquals(countOf(drawing.dot, "…"), 1);
  assertStringIncludes(drawing.dot, sentence);
  const svg = await drawing.svg();
  assert(textsOf(svg).includes(sentence));
  assertStringIncludes(parseXml(svg)[2].text, `, with gradient 0. ${sentence}`);

  assert(!draw(chain(199)).text.includes("nearest"));
  assertStringIncludes(draw(chain(200)).text, "200 of 201 nodes: write { maxNodes: 201 }");
  assert(!draw(chain(200), { maxNodes: 201 }).text.includes("nearest"));
});

Deno.test("draw() shows as many operands of a node as nodes, and says so", () => {
  const x = new Value(2, { label: "x" }), sum = Value.sum([x, x, x, x, x]);
  const drawing = draw(sum, { maxNodes: 3 });
  const sentence =
    "Of each node these are the first 3 operands: write { maxNodes: 6 } to see more.";
  assertEquals(
    drawing.text,
    `sum      data 10
├── x    data  2
├── x    the same node as above
├── x    the same node as above
└── …

${sentence}`,
  );
  assertEquals(countOf(drawing.dot, "n0 -> n1op\n"), 3);
  assertStringIncludes(drawing.dot, sentence);
  assert(!draw(sum, { maxNodes: 5 }).text.includes("operands"));
  // The first of them.
  const y = new Value(3, { label: "y" });
  assertStringIncludes(
    draw(Value.sum([x, x, y, y]), { maxNodes: 3 }).text,
    "├── y    data  3\n└── …",
  );
});

Deno.test("draw() selects the nodes level by level from the output", () => {
  const { L } = lesson();
  assertEquals(
    draw(L, { maxNodes: 4 }).text,
    `L = *            data −8   grad  1
├── d = +        data  4   grad −2
│   ├── e = *    data −6   grad −2
│   │   └── …
│   └── …
└── f            data −2   grad  4

This is the part nearest to the output, 4 of 7 nodes: write { maxNodes: 7 } to see more.`,
  );
});

Deno.test("draw() highlights the marked node, and only it", () => {
  const { L, e, a } = lesson();
  const marked = draw(L, { mark: e }), plain = draw(L);
  assertEquals(marked.text, plain.text.replace("data −6   grad −2", "data −6   grad −2   ◀"));
  const changed = marked.dot.split("\n").filter((line, i) => line !== plain.dot.split("\n")[i]);
  assertEquals(changed.length, 1);
  assertMatch(changed[0], />e</);

  const part =
    "\n\nThis is the part nearest to the output, 5 of 7 nodes: write { maxNodes: 7 } to see more.";
  assert(draw(L, { maxNodes: 5, mark: e }).text.endsWith(part));
  assert(
    draw(L, { maxNodes: 5, mark: a }).text.endsWith(`${part} The marked node is not in this part.`),
  );
});

Deno.test("draw() of a leaf is one box", () => {
  assertEquals(draw(new Value(2, { label: "a" })).text, "a    data 2");
  assertEquals(draw(new Value(2)).text, "·    data 2");
});

Deno.test("draw() throws for misuse and says what to write", () => {
  // deno-lint-ignore no-explicit-any
  const misuse = draw as any;
  assertThrows(() => misuse(3), TypeError, "write draw(L): value is 3, not a Value");
  assertThrows(() => misuse(), TypeError, "write draw(L): value is undefined, not a Value");
  assertThrows(() => misuse([new Value(1)]), TypeError, "is an array of length 1, not a Value");
  const x = new Value(1);
  for (const maxNodes of [0, -1, 2.5, NaN, "9"]) {
    assertThrows(() => misuse(x, { maxNodes }), Error, "write draw(L, { maxNodes: 50 })");
  }
  assertThrows(() => misuse(x, 50), TypeError, "is 50, not an object of options");
  assertThrows(() => misuse(x, { mark: "a" }), TypeError, "write draw(L, { mark: a })");
  const elsewhere =
    "write draw(L, { mark: a }): mark is Value(data=7), not a node of the graph of L";
  assertThrows(() => draw(x, { mark: new Value(7) }), RangeError, elsewhere);
});

Deno.test("a Value and a Drawing show themselves in a notebook: on the page, as image, as text", async () => {
  const display = Symbol.for("Jupyter.display");
  const { L } = lesson();
  const [tanh, parts] = neurons();
  for (const shown of [L, draw(L), tanh, parts]) {
    const drawing = shown instanceof Value ? draw(shown) : shown;
    const svg = await drawing.svg();
    const { "text/html": html, ...others } = await (shown as unknown as Record<
      symbol,
      () => Promise<Record<string, string>>
    >)[display]();
    assertEquals(others, { "image/svg+xml": svg, "text/plain": drawing.text });
    assertEquals(html.replace(/ style="[^"]*"/, ""), svg);
    // On a phone, too narrow for it, it scrolls rather than shrink below what can be read.
    const narrowest = Number(/max-width: 100%; min-width: (\d+)pt; height: auto/.exec(html)![1]);
    const height = letters(svg, narrowest * 4 / 3);
    assert(height >= 9 && height < 9.1, `${height}`);
  }
});

Deno.test("a Drawing prints as its text", () => {
  const drawing = draw(lesson().L);
  assertEquals(`${drawing}`, drawing.text);
  assertEquals(Deno.inspect(drawing), drawing.text);
});

Deno.test("draw() loads Graphviz with svg() and not before", async () => {
  // @viz-js/viz is imported in one place, dynamically, …
  assertEquals(drawSource.match(/.*["'](npm:)?@viz-js.*/g), [
    '    const { instance } = await import("@viz-js/viz").catch((cause) => {',
  ]);
  // … and only it compiles WebAssembly here.
  const { instantiate } = WebAssembly;
  let started = 0;
  // deno-lint-ignore no-explicit-any
  WebAssembly.instantiate = (...args: any[]) => {
    started++;
    // deno-lint-ignore no-explicit-any
    return (instantiate as any)(...args);
  };
  try {
    const drawing = draw(lesson().L);
    assertEquals([drawing.text === "", drawing.dot === "", started], [false, false, 0]);
    await drawing.svg();
    assertEquals(started, 1);
  } finally {
    WebAssembly.instantiate = instantiate;
  }
});

Deno.test("svg() lays out graphs of every form", async () => {
  let seed = 1;
  const random = (below: number) => (seed = seed * 48271 % 2147483647) % below;
  for (let run = 0; run < 25; run++) {
    const nodes = [new Value(1, { label: "x" }), new Value(2)];
    const pick = () => nodes[nodes.length - 1 - random(Math.min(nodes.length, 6))];
    const size = 3 + random(40);
    while (nodes.length < size) {
      const a = pick(), b = pick();
      nodes.push([a.add(b), a.sub(b), a.mul(b), a.div(b), a.pow(b), a.tanh()][random(6)]);
    }
    const output = nodes[nodes.length - 1];
    const order = output.topologicalOrder();
    const texts = textsOf(await draw(output).svg());
    assertEquals(texts.filter((text) => text.startsWith("data ")).length, order.length);
  }
});

Deno.test("svg() of a graph too large for Graphviz says what to write", async () => {
  const drawing = draw(chain(10_000), { maxNodes: Infinity });
  const { message } = await drawing.svg().catch((error) => error);
  assertEquals(message, "the graph is too large for Graphviz: write a smaller maxNodes");
});
