// The pictures of the lessons, read back: the numbers are taken out of the SVG and out of the
// characters, by way of the ticks at the axes, and compared with mathematics.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import axesSource from "../../lessons/axes.ts" with { type: "text" };
import canvasSource from "../../lessons/canvas.ts" with { type: "text" };
import plotSource from "../../lessons/plot.ts" with { type: "text" };
import svgSource from "../../lessons/svg.ts" with { type: "text" };
import { contrast } from "../pictures/contrast.ts";
import {
  corners,
  number,
  type Pair,
  said,
  scales,
  textsOf,
  through,
} from "../pictures/read_plot.ts";
import { controlLabels, hostileLabels, parseXml } from "../pictures/strict_xml.ts";

const shown: { type: string; data: Record<string, string>; id?: string }[] = [];
const jupyter = {
  display: (data: Record<string, string>) => void shown.push({ type: "display", data }),
  // deno-lint-ignore no-explicit-any
  broadcast: (type: string, { data, transient }: any) =>
    void shown.push({ type, data, id: transient.display_id }),
};
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { jupyter: { value: jupyter } }),
});
const { decisionBoundary, heatMap, lossCurves, networkLayers, plot, speedChart } = await import(
  "../../lessons/plot.ts"
);

/** The last picture: its elements, its SVG and its characters. */
function last() {
  const { data } = shown.at(-1)!;
  assertEquals(data["text/html"], data["image/svg+xml"]);
  const elements = parseXml(data["text/html"]);
  return { elements, texts: textsOf(elements), svg: data["text/html"], text: data["text/plain"] };
}

/** The corners of the paths with a colour, as numbers. */
function curve(stroke: string, log = ""): Pair[] {
  const { x, y } = scales(last().elements, log);
  const paths = last().elements.filter(({ name, attributes }) =>
    name === "path" && attributes.get("stroke") === stroke &&
    attributes.get("stroke-width") === "2.5"
  );
  assertEquals(paths.length, 1, stroke);
  return corners(paths[0]).map(([across, down]) => [x(across), y(down)]);
}

const blue = "#0072B2", vermillion = "#D55E00", green = "#009E73";
const f = (x: number) => 3 * x ** 2 - 4 * x + 5;

Deno.test("plot() draws a function where its numbers are", async () => {
  await plot({ f, tangent: (x) => f(3) + 14 * (x - 3) }, { x: [-2, 4] });
  const points = curve(blue);
  assert(points.length > 100);
  for (const [x, y] of points) assertAlmostEquals(y, f(x), 0.1);
  assertAlmostEquals(points[0][0], -2, 0.01);
  assertAlmostEquals(points.at(-1)![0], 4, 0.01);
  for (const [x, y] of curve(vermillion)) assertAlmostEquals(y, 14 * x - 22, 0.1);
});

Deno.test("plot() draws tanh, sigmoid and relu, and how steep they are", async () => {
  const known: [string, (x: number) => number, (x: number) => number][] = [
    ["tanh", Math.tanh, (x) => (1 - Math.exp(-2 * x)) / (1 + Math.exp(-2 * x))],
    ["slope", (x) => 1 - Math.tanh(x) ** 2, (x) => 1 / Math.cosh(x) ** 2],
    ["relu", (x) => Math.max(0, x), (x) => (x + Math.abs(x)) / 2],
  ];
  for (const [name, drawn, expected] of known) {
    await plot({ [name]: drawn }, { x: [-3, 3] });
    for (const [x, y] of curve(blue)) assertAlmostEquals(y, expected(x), 0.02, name);
  }
});

Deno.test("plot() joins points, marks each, and shows points alone", async () => {
  const steps: Pair[] = [[3, 20], [1.6, 6.28], [1.04, 4.0848]];
  await plot({ f, steps, "x = 0": { dots: [[0, 5]] } }, { x: [-1, 4] });
  const { x, y } = scales(last().elements);
  const near = (seen: Pair[], expected: Pair[]) => {
    assertEquals(seen.length, expected.length);
    seen.forEach((pair, k) =>
      pair.forEach((number, i) => assertAlmostEquals(number, expected[k][i], 0.1))
    );
  };
  near(curve(vermillion), steps);
  const dots = (fill: string) =>
    last().elements.filter(({ name, attributes }) =>
      name === "circle" && attributes.get("fill") === fill
    ).map((dot): Pair => [x(number(dot, "cx")), y(number(dot, "cy"))]);
  near(dots(vermillion), steps);
  near(dots(green), [[0, 5]]);
  const ends = Array.from({ length: 51 }, (_, k): Pair => [k, k]);
  await plot({ ends });
  assertEquals(
    last().elements.filter(({ name }) => name === "circle").length,
    0,
    "many are a line",
  );
});

Deno.test("plot() cuts what leaves the frame at its edge", async () => {
  await plot({ f, line: [[-5, -5], [5, 5]] }, { x: [-1, 2], y: [0, 3] });
  const { x, y } = scales(last().elements);
  const points = curve(vermillion);
  assertEquals(points.length, 2);
  for (const [place, end] of [[points[0], 0], [points[1], 2]] as const) {
    assertAlmostEquals(place[0], end, 0.01);
    assertAlmostEquals(place[1], end, 0.01);
  }
  assertAlmostEquals(x(0) - x(0), 0);
  // 3x² − 4x + 5 is above 3 everywhere: nothing of it is inside.
  const paths = last().elements.filter(({ name, attributes }) =>
    name === "path" && attributes.get("stroke") === blue
  );
  assertEquals(paths, []);
  assert(Number.isFinite(y(0)));
});

Deno.test("plot() leaves out what is no number, and draws the rest", async () => {
  await plot({ "1/x": (x) => 1 / x, list: [1, NaN, 3, 4, Infinity] }, { x: [-2, 2], y: [-4, 4] });
  for (const [x, y] of curve(blue)) assertAlmostEquals(x * y, 1, 0.08);
  await plot({ log: Math.log, root: Math.sqrt }, { x: [-1, 1] });
  assert(
    curve(vermillion).every(([x, y]) => x >= -1e-6 && Math.abs(y - Math.sqrt(Math.abs(x))) < 0.1),
  );
  assert(!last().svg.includes("NaN") && !last().text.includes("NaN"));
  for (const nothing of [[], [NaN], { dots: [] }, [[1, 1]] as Pair[], [5, 5, 5], [0]]) {
    await plot({ nothing });
    assertEquals(parseXml(last().svg)[0].name, "svg");
    assert(!last().svg.includes("NaN") && !last().text.includes("NaN"));
    await plot({ nothing }, { log: "xy" });
    assert(!last().svg.includes("NaN"));
  }
});

Deno.test("plot() says how to write the ends of an axis", async () => {
  for (const x of [[3, 3], [4, 2], [0, Infinity], [NaN, 1]] as Pair[]) {
    await assertRejects(
      () => plot({ f }, { x }),
      RangeError,
      'write the ends of the axis "x" as [',
    );
  }
  const zero = () => plot({ f }, { x: [0, 1], log: "x" });
  await assertRejects(zero, RangeError, "both above 0 as it is logarithmic: they are [0, 1]");
});

Deno.test("lossCurves() draws each loss at its step, on a scale that says it is logarithmic", async () => {
  const losses = Array.from({ length: 100 }, (_, k) => 2.5 * Math.exp(-k / 9));
  await lossCurves({ loss: losses, "rate 0.5": [2, 20, 200, Infinity, NaN] });
  const points = curve(blue, "y");
  assertEquals(points.length, 100);
  points.forEach(([x, y], k) => {
    assertAlmostEquals(x, k, 0.05);
    assertAlmostEquals(y / losses[k], 1, 0.02);
  });
  assertEquals(curve(vermillion, "y").map(([, y]) => Number(y.toPrecision(1))), [2, 20, 200]);
  const { texts, text } = last();
  assert(texts.some(({ text }) => text === "↑ loss (logarithmic)"));
  assert(texts.some(({ text }) => text === "step →"));
  assertMatch(text, /↑ loss \(logarithmic\)/);
  assert(!text.includes("step (logarithmic)"));
});

Deno.test("plot() with two logarithmic axes shows where two lines cross", async () => {
  // A power of x is a straight line: 1e-6·x² and 1e-3·x cross at 1000.
  const widths = [10, 100, 1000, 10000];
  await plot({
    square: widths.map((x): Pair => [x, 1e-6 * x * x]),
    straight: widths.map((x): Pair => [x, 1e-3 * x]),
  }, { log: "xy", labels: ["width", "seconds"] });
  for (const [x, y] of curve(blue, "xy")) assertAlmostEquals(y / (1e-6 * x * x), 1, 0.1);
  for (const [x, y] of curve(vermillion, "xy")) assertAlmostEquals(y / (1e-3 * x), 1, 0.1);
  const labels = last().texts.map(({ text }) => text);
  for (const label of ["width (logarithmic) →", "↑ seconds (logarithmic)", "1e−4", "0.01", "100"]) {
    assert(labels.includes(label), label);
  }
});

/** The dots of a picture in Braille, and its marks, as numbers, by way of its axes. */
function braille(mark = "●"): { dots: Pair[]; marks: Pair[] } {
  const lines = last().text.split("\n");
  const ground = lines.findIndex((line) => line.includes("└"));
  const left = lines[ground].indexOf("└") + 1;
  const ticks = lines.slice(0, ground).flatMap((line, row): Pair[] =>
    line.includes("┤") ? [[row + 0.5, said(line.slice(0, left - 2).trim())]] : []
  );
  const columns = [...lines[ground]].flatMap((c, column) => c === "┬" ? [column + 0.5] : []);
  const below = lines[ground + 1].trim().split(/ +/).map(said);
  assertEquals(columns.length, below.length);
  const x = through(columns.map((column, k) => [column, below[k]])), y = through(ticks);
  const dots: Pair[] = [], marks: Pair[] = [];
  lines.slice(0, ground).forEach((line, row) =>
    [...line].forEach((character, column) => {
      if (character === mark) marks.push([x(column + 0.5), y(row + 0.5)]);
      const code = character.charCodeAt(0) - 0x2800;
      if (code < 1 || code > 0xff) return;
      // Bits 0, 1, 2, 6 are the dots at the left, from the top; 3, 4, 5, 7 those at the right.
      [[0, 1, 2, 6], [3, 4, 5, 7]].forEach((bits, right) =>
        bits.forEach((bit, down) => {
          if (code >> bit & 1) {
            dots.push([x(column + (right + 0.5) / 2), y(row + (down + 0.5) / 4)]);
          }
        })
      );
    })
  );
  return { dots, marks };
}

Deno.test("plot() draws the same with characters", async () => {
  await plot({ f }, { x: [-2, 4], y: [0, 40] });
  const { dots } = braille();
  assert(dots.length > 100);
  // A dot is 40/64 high and about 6/120 wide, where the curve is 20 steep at most; a tick stands at
  // a whole line of characters, up to half a line beside its number.
  for (const [x, y] of dots) {
    const reach = 2.5 + 0.1 * Math.abs(6 * x - 4);
    assert(Math.abs(y - f(x)) < reach, `${x} ${y} ${f(x)}`);
  }
  assertAlmostEquals(Math.min(...dots.map(([x]) => x)), -2, 0.1);
  assertAlmostEquals(Math.max(...dots.map(([x]) => x)), 4, 0.1);
  const points: Pair[] = [[1, 10], [2, 20], [4, 35]];
  await plot({ points: { dots: points } }, { x: [0, 5], y: [0, 40] });
  const { marks } = braille();
  assertEquals(marks.length, 3);
  points.toReversed().forEach(([x, y], k) => {
    assertAlmostEquals(marks[k][0], x, 0.15);
    assertAlmostEquals(marks[k][1], y, 3);
  });
});

Deno.test("plot() writes every name once, none over another, beside the end of its curve", async () => {
  const names = ["one", "two", "three", "four", "five"];
  await plot(Object.fromEntries(names.map((name) => [name, (x: number) => x])), { x: [0, 1] });
  const { texts, text } = last();
  const places = names.map((name) => {
    const found = texts.filter(({ text }) => text === name);
    assertEquals(found.length, 1, name);
    assertEquals(text.split(name).length, 2, name);
    return found[0].y;
  });
  const sorted = places.toSorted((a, b) => a - b);
  sorted.slice(1).forEach((y, k) => assert(y - sorted[k] >= 16));
  assertEquals(places[0], sorted[0], "the first stands at the end of its curve, at the top");
});

Deno.test("plot() writes the name of a path where nothing of it is beside the name", async () => {
  // Downhill from 3 to 2/3: the path ends in the middle, and the parabola rises to the right of that.
  const path = [3, 1.6, 1.04, 0.816, 2 / 3].map((x): Pair => [x, f(x)]);
  await plot({ f, path }, { x: [-2, 3.2] });
  const { texts, text } = last(), { x, y } = scales(last().elements);
  const name = texts.find(({ text }) => text === "path")!;
  assert(x(name.x) > 3 && Math.abs(y(name.y - 5) - 20) < 1, "it is beside (3, 20)");
  assertMatch(text, /● path$/m);
});

Deno.test("speedChart() says how many times as fast as the first each is", async () => {
  await speedChart({ Values: 200, compiled: 5000, slow: 50, "two at a time": 20_000 });
  const { elements, texts, text } = last();
  const labels = ["200/s", "5000/s (25×)", "50/s (0.25×)", "20000/s (100×)"];
  for (const label of labels) assert(texts.some(({ text }) => text === label), label);
  assertEquals(
    text.split("\n").slice(0, 4).map((line) => line.replace(/ *█+ */, ": ")),
    labels.map((label, k) => `${["Values", "compiled", "slow", "two at a time"][k]}: ${label}`),
  );
  // The scale begins at 10, where the length is 0.
  const decades = [20, 500, 5, 2000].map(Math.log10);
  const bars = elements.filter(({ name }) => name === "rect").map((bar) => number(bar, "width"));
  const blocks = text.split("\n").slice(0, 4).map((line) => line.match(/█/g)!.length);
  assertEquals([bars.length, blocks.length], [4, 4]);
  decades.forEach((decade, k) => {
    assertAlmostEquals(bars[k] / bars[3], decade / decades[3], 0.005);
    assertAlmostEquals(blocks[k] / blocks[3], decade / decades[3], 0.02);
  });
  const note = "times a second, on a logarithmic scale that begins at 10";
  assert(texts.some(({ text }) => text === note) && text.endsWith(note));
});

Deno.test("speedChart() rounds no ratio to nothing", async () => {
  await speedChart({ a: 0.3, b: 0.01, c: 1.05 });
  for (const label of ["0.30/s", "0.010/s (0.033×)", "1.1/s (3.5×)"]) {
    assert(last().texts.some(({ text }) => text === label), label);
  }
});

/** The area of a polygon, by the shoelace formula. */
function area(polygon: Pair[]): number {
  return Math.abs(
    polygon.reduce((sum, [x1, y1], k) => {
      const [x2, y2] = polygon[(k + 1) % polygon.length];
      return sum + x1 * y2 - x2 * y1;
    }, 0),
  ) / 2;
}

const four = [
  { x: -1, y: -1, label: -1 },
  { x: 2, y: 0.5, label: 1 },
  { x: 1.5, y: -1, label: 1 },
  { x: 0.5, y: 1.5, label: -1 },
];

Deno.test("decisionBoundary() draws the line of a neuron, also an upright one", async () => {
  for (const [w1, w2, b] of [[2, -1, -1], [1, 0, -0.5], [0, 1, 0.25], [-3, -2, 1]]) {
    await decisionBoundary((x, y) => w1 * x + w2 * y + b, four, { x: [-2, 2], y: [-2, 2] });
    const { x, y } = scales(last().elements);
    const { elements } = last();
    const paths = elements.filter(({ name }) => name === "path");
    const line = corners(paths[1]).map(([across, down]): Pair => [x(across), y(down)]);
    assert(line.length > 40);
    for (const [x, y] of line) assertAlmostEquals(w1 * x + w2 * y + b, 0, 0.02);
    // Half of the frame would be 8: here what is positive is counted on a fine grid.
    const expected = Array.from({ length: 160_000 }, (_, k) =>
      w1 * (-2 + 4 * (k % 400 + 0.5) / 400) + w2 * (-2 + 4 * (Math.floor(k / 400) + 0.5) / 400) + b)
      .filter((score) =>
        score > 0
      ).length / 1e4;
    const positive = paths[0].attributes.get("d")!.split("Z").filter((d) =>
      d !== ""
    )
      .map((d) =>
        area(corners({ ...paths[0], attributes: new Map([["d", d]]) }))
      );
    const frame = elements.find(({ name }) => name === "rect")!;
    const size = number(frame, "width") * number(frame, "height") / 16;
    assertAlmostEquals(positive.reduce((a, b) => a + b) / size, expected, 0.05);
  }
});

Deno.test("decisionBoundary() shows each point in its place, with its class", async () => {
  const test = [{ x: 0, y: 0, label: 1 }, { x: 0, y: 1, label: -1 }];
  await decisionBoundary((x) => x - 0.75, four, { x: [-2, 3], y: [-2, 2], test });
  const { x, y } = scales(last().elements);
  const { elements, text, svg } = last();
  const circles = elements.filter(({ name }) => name === "circle").slice(0, 3);
  const squares = elements.filter(({ name }) => name === "rect").slice(1, 4);
  const seen = [
    ...circles.map((circle) => [number(circle, "cx"), number(circle, "cy"), -1]),
    ...squares.map((square) => [number(square, "x") + 4, number(square, "y") + 4, 1]),
  ].map(([across, down, label]) => [x(across), y(down), label]);
  for (const point of [...four, ...test]) {
    const near = seen.filter(([x, y]) => Math.hypot(x - point.x, y - point.y) < 0.02);
    assertEquals(near.map(([, , label]) => label), [point.label]);
  }
  // Hollow are those to test.
  assertEquals([...circles, ...squares].map(({ attributes }) => attributes.get("fill")), [
    blue,
    blue,
    "#ffffff",
    vermillion,
    vermillion,
    "#ffffff",
  ]);
  // One of the test points is on the wrong side.
  assert(svg.includes("4 of 4 points, 1 of 2 test points on the right side"));
  const map = text.split("\n").slice(0, 22);
  assertEquals(
    text.split("\n").slice(22)[0],
    "+ class +1   o class −1   # and @ the same, as test points",
  );
  for (const [mark, point] of [["+", four[1]], ["#", test[0]], ["@", test[1]]] as const) {
    const row = Math.floor((2 - point.y) / 4 * 22), column = Math.floor((point.x + 2) / 5 * 66);
    assertEquals(map[row][column], mark);
  }
  map.forEach((line) =>
    [...line].forEach((character, column) => {
      const score = -2 + 5 * (column + 0.5) / 66 - 0.75;
      if (character === "·") assert(score > 0);
      if (character === " ") assert(score <= 0);
    })
  );
});

Deno.test("decisionBoundary() has room for the numbers at its left", async () => {
  const low: { x: number; y: number; label: number }[] = [[-1, -0.5], [1, 1.2]]
    .map(([x, y]) => ({ x, y, label: 1 }));
  await decisionBoundary((x) => x, low);
  const beside = last().texts.filter(({ anchor, text }) => anchor === "end" && /^−?\d/.test(text));
  assert(beside.some(({ text }) => text === "−0.5"));
  // A digit is about 8.9 wide, a minus sign wider, a point narrower.
  for (const { x, text } of beside) assert(x >= 8.9 * text.length, text);
});

Deno.test("decisionBoundary() is redrawn in place while something learns", async () => {
  const draw = (during?: Pair) => decisionBoundary((x) => x, four, { during });
  shown.length = 0;
  for (const during of [undefined, [1, 3], [2, 3], [3, 3], undefined, [1, 2], [2, 2]] as Pair[]) {
    await draw(during);
  }
  assertEquals(shown.map(({ type }) => type), [
    "display",
    ...["display_data", "update_display_data", "update_display_data"],
    "display",
    ...["display_data", "update_display_data"],
  ]);
  const [, a, b, c, , d, e] = shown.map(({ id }) => id);
  assert(a !== undefined && d !== undefined && a !== d);
  assertEquals([b, c, e], [a, a, d]);
});

Deno.test("networkLayers() has a line for each weight and counts the parameters", async () => {
  for (
    const [sizes, neurons, weights, marks, parameters] of [
      [[3, 4, 4, 1], 12, 12 + 16 + 4, 12, 41], // the lecture's network
      [[2, 1], 3, 2, 3, 3],
      // micrograd's demo: eight of sixteen are drawn, with characters four.
      [[2, 16, 16, 1], 2 + 8 + 8 + 1, 16 + 64 + 8, 2 + 4 + 4 + 1, 337],
    ] as const
  ) {
    await networkLayers(sizes);
    const { elements, texts, text } = last();
    const circles = elements.filter(({ name }) => name === "circle");
    assertEquals(circles.length, neurons);
    const lines = corners(elements.find(({ name }) => name === "path")!);
    assertEquals(lines.length, 2 * weights);
    const centres = new Set(circles.map((c) => `${number(c, "cx")} ${number(c, "cy")}`));
    assert(lines.every((end) => centres.has(end.join(" "))), "a line goes from neuron to neuron");
    assertEquals(new Set(lines.map(String)).size, neurons, "every neuron has lines");
    assertEquals(text.match(/●/g)!.length, marks);
    const note = `${parameters} parameters: a weight for each line, a bias for each neuron`;
    assert(texts.some(({ text }) => text === note) && text.endsWith(note));
    const terms = texts.flatMap(({ text }) =>
      /^(\d+) × \((\d+) \+ 1\)$/.exec(text)?.slice(1) ?? []
    );
    const sum = terms.reduce(
      (sum, n, k) => k % 2 === 0 ? sum + Number(n) * (Number(terms[k + 1]) + 1) : sum,
      0,
    );
    assertEquals(sum, parameters);
    const large = sizes.filter((n: number) => n > 8).map((n) => `… ${n}`);
    assertEquals(texts.map(({ text }) => text).filter((text) => text.startsWith("…")), large);
    assertEquals(text.match(/… \d+/g) ?? [], large);
  }
});

Deno.test("heatMap() shows each share in its row and column, the larger the darker", async () => {
  const shares = [[1, NaN, NaN], [0.25, 0.75, NaN], [0.1, 0.2, 0.7]];
  await heatMap(shares, { rows: [..."ann"], columns: [..."·an"], title: "Attention" });
  const { elements, texts, text } = last();
  const cells = elements.filter(({ name }) => name === "rect");
  assertEquals(cells.length, 6);
  const luminances = cells.map((cell) => contrast(cell.attributes.get("fill")!, "#000000"));
  const values = shares.flat().filter((share) => !Number.isNaN(share));
  const order = (numbers: number[]) =>
    numbers.map((_, k) => k).toSorted((a, b) => numbers[a] - numbers[b]);
  assertEquals(order(luminances), order(values.map((value) => -value)));
  cells.forEach((cell, k) => {
    const inside = texts.filter(({ x, y }) =>
      x > number(cell, "x") && x < number(cell, "x") + number(cell, "width") &&
      y > number(cell, "y") && y < number(cell, "y") + number(cell, "height")
    );
    assertEquals(inside.map(({ text }) => text), [String(Math.round(100 * values[k]))]);
    assert(contrast(cell.attributes.get("fill")!, inside[0].attributes.get("fill")!) >= 4.5);
  });
  assertEquals(text, "     ·   a   n\na █100\nn ░ 25▓ 75\nn   10░ 20▓ 70\nin per cent");
  const columns = texts.filter(({ attributes, anchor }) =>
    attributes.has("font-weight") && anchor === "middle"
  );
  assertEquals(columns.map(({ text }) => text), ["·", "a", "n"]);
  assertAlmostEquals(columns[1].x, number(cells[2], "x") + number(cells[2], "width") / 2, 1);
});

Deno.test("heatMap() writes every share so that it can be read on its cell", async () => {
  const shares = Array.from({ length: 101 }, (_, k) => k / 100);
  await heatMap(shares.map((share) => [share]), { rows: shares.map(String), columns: ["a"] });
  const { elements } = last();
  const cells = elements.filter(({ name }) => name === "rect");
  assertEquals(cells.length, 101);
  for (const cell of cells) {
    const [fill, letters] = [cell, elements[elements.indexOf(cell) + 1]]
      .map(({ attributes }) => attributes.get("fill")!);
    assert(contrast(fill, letters) >= 4.5, fill);
  }
});

/** One picture of each kind, with a name in all places where there may be one. */
const everyKind: ((name: string) => Promise<void>)[] = [
  (name) => plot({ [name]: f }, { x: [0, 1], title: name, labels: [name, name] }),
  (name) => plot({ [name]: [[1, 2], [2, 3]], [`${name} `]: { dots: [[1, 2]] } }),
  (name) => lossCurves({ [name]: [3, 2, 1], b: [2, 2, 2] }),
  (name) => speedChart({ [name]: 10, b: 20 }),
  (name) => heatMap([[0.5]], { rows: [name], columns: [name], title: name }),
  () => decisionBoundary((x) => x, four, { test: four }),
  () => networkLayers([3, 9, 1]),
];

Deno.test("pictures show hostile names as the text they are, in XML that is well-formed", async () => {
  const allowed: Record<string, string[]> = {
    svg: "aria-label fill font-family font-size height role style viewBox width xmlns".split(" "),
    title: [],
    desc: [],
    path:
      "d fill stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width"
        .split(" "),
    rect: "fill height stroke stroke-width width x y".split(" "),
    circle: "cx cy fill r stroke stroke-width".split(" "),
    text: "fill font-weight text-anchor x y".split(" "),
  };
  for (const name of [...hostileLabels, ...controlLabels.map(([label]) => label)]) {
    for (const [kind, draw] of everyKind.entries()) {
      await draw(name);
      const { elements, texts, text } = last();
      for (const { name, attributes } of elements) {
        assert(name in allowed, name);
        for (const key of attributes.keys()) assert(allowed[name].includes(key), key);
      }
      assert(!/[^\P{Cc}\n]/u.test(text), `a control character in the terminal: ${kind}`);
      if (kind < 5 && hostileLabels.includes(name) && !/[\p{Cc}\p{Cf}]/u.test(name)) {
        assert(texts.some(({ text }) => text === name), `${kind}: ${name}`);
      }
    }
  }
});

Deno.test("pictures are read aloud: each says what it is and what it shows", async () => {
  for (const draw of everyKind) {
    await draw("loss");
    const [svg, title, desc] = last().elements;
    assertEquals(svg.attributes.get("role"), "img");
    assertEquals([title.name, title.text], ["title", svg.attributes.get("aria-label")!]);
    assertEquals(desc.name, "desc");
    assert(title.text.length > 3 && desc.text.length > 5, desc.text);
  }
  await plot({ f }, { x: [0, 2], labels: ["x", "f(x)"] });
  const [, , desc] = last().elements;
  assertEquals(desc.text, "x from 0 to 2. f(x) from 3.45 to 9.21. f: from 5 at 0 to 9 at 2");
});

Deno.test("pictures stay legible on a phone, and fit a terminal", async () => {
  for (const draw of everyKind) {
    await draw("two at a time");
    const { elements: [svg], texts, text } = last();
    const width = number(svg, "width");
    assertEquals(svg.attributes.get("viewBox"), `0 0 ${width} ${svg.attributes.get("height")}`);
    const style = svg.attributes.get("style")!;
    const narrowest = Number(/^max-width: 100%; min-width: (\d+)px; height: auto$/.exec(style)![1]);
    assert(narrowest <= 390 - 2 * 16, "it fits a phone with a margin");
    assert(number(svg, "font-size") * narrowest / width >= 9);
    assert(texts.every(({ attributes }) => !attributes.has("font-size")));
    for (const line of text.split("\n")) assert(line.length <= 72, `${line.length}: ${line}`);
    // Letters are about 0.6 of their height wide; none is cut off at the edge.
    for (const { x, text, anchor } of texts) {
      const length = 0.6 * number(svg, "font-size") * [...text].length;
      const left = x - { start: 0, middle: length / 2, end: length }[anchor]!;
      assert(left > -6 && left + length < width + 12, `${text}: ${left} to ${left + length}`);
    }
  }
});

Deno.test("pictures are readable on a light and on a dark page", async () => {
  for (const draw of everyKind) {
    await draw("name");
    const { elements, texts } = last();
    assertEquals(elements[0].attributes.get("fill"), "currentColor");
    for (const { attributes } of elements) {
      const stroke = attributes.get("stroke");
      if (!stroke || stroke === "currentColor" || stroke === "#222222") continue; // on its own ground
      for (const page of ["#ffffff", "#111111"]) assert(contrast(stroke, page) >= 3, stroke);
    }
    // Letters have the colour of the page's own, or stand on a ground that the picture brings.
    for (const { attributes } of texts) {
      const fill = attributes.get("fill");
      assert(fill === undefined || elements.some(({ name }) => name === "rect"));
    }
  }
  await plot(Object.fromEntries([..."abcde"].map((name) => [name, f])), { x: [0, 1] });
  const strokes = last().elements.map(({ attributes }) => attributes.get("stroke"))
    .filter((stroke) => stroke?.startsWith("#"));
  assertEquals(strokes.length, 4);
  for (const stroke of strokes) {
    for (const page of ["#ffffff", "#111111"]) assert(contrast(stroke!, page) >= 3, stroke);
  }
});

Deno.test("pictures need no package and no document", () => {
  for (const source of [axesSource, canvasSource, plotSource, svgSource]) {
    for (const [, specifier] of source.matchAll(/(?:from|import\() ?"(.*?)"/g)) {
      assertMatch(specifier, /^(@std\/fmt\/colors|\.\/\w+\.ts)$/);
    }
    assert(!/\bdocument\.|\bwindow\b|\bDeno\b/.test(source));
  }
});
