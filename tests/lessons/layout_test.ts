// Where things stand in the pictures of the lessons, for data of many kinds: inside the picture, nothing
// over anything else, each label at what it is about.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { setColorEnabled, stripAnsiCode } from "@std/fmt/colors";
import { corners, number, type Pair, said, scales, textsOf } from "../pictures/read_plot.ts";
import { type Element, parseXml } from "../pictures/strict_xml.ts";

let bundle: Record<string, string> = {};
const jupyter = { display: (data: Record<string, string>) => void (bundle = data) };
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { jupyter: { value: jupyter } }),
});
const { decisionBoundary, heatMap, lossCurves, networkLayers, plot, speedChart } = await import(
  "../../lessons/plot.ts"
);

/** A part of a picture: its edges, and what it is. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly is: string;
}

/** The picture that was shown last. */
function picture() {
  const elements = parseXml(bundle["text/html"]);
  const [svg] = elements;
  const texts = textsOf(elements).map((text): Box & typeof text => {
    // As in most fonts without serifs: small letters and spaces are about half of their size wide,
    // digits, capitals and signs more; these are three quarters of it high.
    const size = number(svg, "font-size");
    const width = [...text.text].reduce(
      (sum, c) => sum + (/[a-z .,]/.test(c) ? 0.52 : 0.64) * size,
      0,
    );
    const left = text.x - { start: 0, middle: width / 2, end: width }[text.anchor]!;
    const [top, bottom] = [text.y - 0.75 * size, text.y + 0.15 * size];
    return { ...text, left, right: left + width, top, bottom, is: text.text };
  });
  const marks = elements.flatMap((element): (Box & { element: Element })[] => {
    const { name } = element;
    if (!/^(rect|circle|path)$/.test(name)) return [];
    const [x, y, width, height, r, cx, cy] = ["x", "y", "width", "height", "r", "cx", "cy"]
      .map((key) => number(element, key));
    if (name === "rect") {
      return [{ element, left: x, right: x + width, top: y, bottom: y + height, is: name }];
    }
    if (name === "circle") {
      return [{ element, left: cx - r, right: cx + r, top: cy - r, bottom: cy + r, is: name }];
    }
    const [across, down] = [0, 1].map((k) => corners(element).map((corner) => corner[k]));
    if (across.length === 0) return [];
    const [left, right] = [Math.min(...across), Math.max(...across)];
    return [{ element, left, right, top: Math.min(...down), bottom: Math.max(...down), is: name }];
  });
  const height = number(svg, "height"), width = number(svg, "width");
  return { elements, texts, marks, width, height, lines: bundle["text/plain"].split("\n") };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

const f = (x: number) => 3 * x ** 2 - 4 * x + 5;
const moons = Array.from({ length: 40 }, (_, k) => ({
  x: Math.cos(k) + k % 2,
  y: Math.sin(k) + 0.5 - k % 2,
  label: 2 * (k % 2) - 1,
}));
const score = (x: number, y: number) => y - 0.4 + 0.5 * Math.cos(3 * x);

/** Pictures of every kind. */
const drawings: Record<string, () => Promise<void>> = {
  parabola: () => plot({ f, secant: [[3, f(3)], [4, f(4)]] }, { x: [-2, 5], title: "A parabola" }),
  "five names at one end": () =>
    plot(Object.fromEntries([..."abcde"].map((n) => [`curve ${n}`, (x: number) => x])), {
      x: [-1, 1],
      labels: ["n", "f(n)"],
    }),
  "a long name": () => plot({ ["a name ".repeat(3)]: [[0, 1], [1, 2]] }),
  "two dots": () => plot({ one: { dots: [[1, 10]] }, two: { dots: [[2, -30000]] } }),
  "an end in the middle": () => plot({ f, path: [[3, 20], [1.6, 6.3], [1, 4]] }, { x: [-2, 3.2] }),
  "dots in the middle": () => plot({ d: { dots: [[2, 1], [3, 2]] } }, { x: [0, 8] }),
  "large numbers below": () => plot({ d: { dots: [[5000, 1], [1e4, 2]] } }, { x: [0, 20000] }),
  losses: () => lossCurves({ loss: [3, 1, 0.02, 1e-5], other: [2, 2, 2, 2] }),
  powers: () => plot({ p: [[1, 1], [1e4, 1e-6]] }, { log: "xy", labels: ["width", "seconds"] }),
  speeds: () => speedChart({ Values: 215, compiled: 5230.4, "two at a time": 20123 }),
  "far apart": () => speedChart({ a: 0.013, "a longer name": 123456789 }),
  "one neuron": () => decisionBoundary((x, y) => x - 2 * y, moons, { x: [-3, 3], y: [-2, 2] }),
  moons: () => decisionBoundary(score, moons.slice(0, 30), { test: moons.slice(30) }),
  "a small network": () => networkLayers([3, 4, 4, 1]),
  "a large network": () => networkLayers([2, 16, 16, 1]),
  "a neuron": () => networkLayers([2, 1]),
  attention: () =>
    heatMap([[1, NaN, NaN], [0.25, 0.75, NaN], [0.1, 0.2, 0.7]], {
      rows: [".", "e", "m"],
      columns: [".", "e", "m"],
    }),
  "a wide map": () =>
    heatMap([Array(14).fill(0.07), Array(14).fill(1)], {
      rows: ["one", "another"],
      columns: [..."abcdefghijklmn"],
    }),
};

Deno.test("everything is inside the picture, and no text over another or over its edge", async () => {
  for (const [name, draw] of Object.entries(drawings)) {
    await draw();
    const { texts, marks, width, height } = picture();
    for (const { left, right, top, bottom, is } of [...texts, ...marks]) {
      const inside = left >= -1 && right <= width + 1 && top >= 0 && bottom <= height;
      assert(
        inside,
        `${name}: ${is} from ${left}, ${top} to ${right}, ${bottom} of ${width} ${height}`,
      );
    }
    // Also where letters are wider.
    for (const { x, text, anchor, attributes } of texts) {
      const length = 0.6 * 14 * text.length;
      if (anchor === "end") assert(x >= length, `${name}: ${text}`);
      else if (attributes.has("font-weight") && anchor === "start") {
        assert(x + length <= width, `${name}: ${text}`);
      }
    }
    for (const [k, text] of texts.entries()) {
      for (const other of texts.slice(k + 1)) {
        assert(!overlap(text, other), `${name}: ${text.is} is over ${other.is}`);
      }
    }
  }
});

/** A plot read back: its frame, its ticks, its curves and their names. */
function readPlot() {
  const { elements, texts, marks, width, height } = picture();
  const rules = marks.filter(({ element }) => element.attributes.has("stroke-opacity"));
  const faint = Math.min(...rules.map(({ element }) => number(element, "stroke-opacity")));
  const [grid, axes] = [true, false].map((isFaint) =>
    rules.filter(({ element }) => (number(element, "stroke-opacity") === faint) === isFaint)
  );
  const [left, right] = [axes[0].left, axes[0].right],
    [top, bottom] = [axes[1].top, axes[1].bottom];
  const names = texts.filter(({ attributes }) => attributes.has("font-weight"));
  const ticks = texts.filter(({ text }) => /^−?[\d.]+(e−?\d+)?$/.test(text));
  const colours = [
    ...new Set(
      marks.map(({ element: { name, attributes } }) =>
        name === "circle"
          ? attributes.get("fill")
          : attributes.get("stroke-opacity")
          ? ""
          : attributes.get("stroke")
      ),
    ),
  ].filter((colour) => colour);
  return {
    elements,
    texts,
    marks,
    width,
    height,
    grid,
    axes,
    left,
    right,
    top,
    bottom,
    names,
    ticks,
    colours,
  };
}

Deno.test("a plot has a rule at each tick, and the number beside it", async () => {
  for (const name of ["parabola", "losses", "powers", "two dots", "an end in the middle"]) {
    await drawings[name]();
    const { grid, ticks, left, right, top, bottom } = readPlot();
    assertEquals(grid.length, ticks.length);
    const below = ticks.filter(({ anchor }) => anchor === "middle");
    const beside = ticks.filter(({ anchor }) => anchor === "end");
    for (const tick of below) {
      const rule = grid.filter((rule) => rule.left === rule.right && rule.left === tick.x);
      assertEquals(
        rule.map(({ top, bottom }) => [top, bottom]),
        [[top, bottom]],
        `${name} ${tick.is}`,
      );
      assert(tick.top > bottom + 3 && tick.top < bottom + 15, "the number is below the frame");
    }
    for (const tick of beside) {
      const middle = (tick.y + tick.top) / 2;
      const rule = grid.filter((rule) =>
        rule.top === rule.bottom && Math.abs(rule.top - middle) < 1.5
      );
      assertEquals(
        rule.map((rule) => [rule.left, rule.right]),
        [[left, right]],
        `${name} ${tick.is}`,
      );
      assert(tick.x < left - 3 && tick.x > left - 12, "the number is beside the frame");
    }
  }
});

Deno.test("the axes of a plot cross at 0 where that is inside, and at its edge otherwise", async () => {
  const ranges: [Pair, Pair][] = [[[-1, 3], [-2, 2]], [[1, 3], [-2, 2]], [[-3, 0], [2, 4]], [[
    -0.5,
    0.5,
  ], [-0.2, 0.6]]];
  for (const [x, y] of ranges) {
    await plot({ line: [[-9, -9], [9, 9]] }, { x, y });
    const { axes: [level, upright], elements, left, right, top, bottom } = readPlot();
    const scale = scales(elements);
    const isInside = ([from, to]: Pair) => from < 0 && to > 0;
    assertEquals([level.top, upright.left], [level.bottom, upright.right]);
    if (isInside(y)) assertAlmostEquals(scale.y(level.top), 0, 0.01);
    else assertEquals(level.top, bottom);
    if (isInside(x)) assertAlmostEquals(scale.x(upright.left), 0, 0.01);
    else assertEquals(upright.left, left);
    [[scale.x(left), scale.x(right)], [scale.y(bottom), scale.y(top)]].flat()
      .forEach((edge, k) => assertAlmostEquals(edge, [x, y].flat()[k], 0.02));
  }
});

Deno.test("a plot fills its picture, and names its axes at their ends", async () => {
  for (const name of ["parabola", "losses", "an end in the middle"]) {
    await drawings[name]();
    const { texts, names, ticks, left, right, top, bottom, width, height } = readPlot();
    const up = texts.find(({ text }) => text.startsWith("↑ "))!;
    const across = texts.find(({ text }) => text.endsWith(" →"))!;
    assert(up.bottom < top && up.bottom > top - 20 && up.left < left);
    assert(across.top > Math.max(...ticks.map(({ bottom }) => bottom)) && across.right === right);
    const edges = [...names, ...ticks].flatMap(({ left, right }) => [left, right]);
    assert(Math.min(...edges) < 20, `${name} leaves room at the left`);
    assert(Math.max(right, ...edges) > width - 45, `${name} leaves room at the right`);
    assert(top < 40 && height - across.bottom < 15 && bottom - top > 0.7 * height);
  }
});

Deno.test("a plot without names at its right is as wide as the picture, but for a margin", async () => {
  for (const name of ["dots in the middle", "large numbers below"]) {
    await drawings[name]();
    const { right, ticks, width } = readPlot();
    const last = Math.max(...ticks.map(({ right }) => right));
    assert(right < width - 3 && last < width && last > width - 8, `${right} ${last}`);
  }
});

Deno.test("the name of a curve is at its end, or a dot of its colour leads there", async () => {
  for (
    const name of [
      "parabola",
      "five names at one end",
      "an end in the middle",
      "losses",
      "two dots",
    ]
  ) {
    await drawings[name]();
    const { names, marks, colours, top, bottom } = readPlot();
    assertEquals(names.length, colours.length);
    names.forEach((text, k) => {
      const own = marks.filter(({ element: { attributes } }) =>
        attributes.get("stroke") === colours[k] && !attributes.has("stroke-opacity") ||
        attributes.get("fill") === colours[k]
      );
      const middle = text.y - 5;
      // What leads to a name is not of the curve.
      const leads = own.filter((mark) =>
        mark.is === "circle" && mark.right < text.left && mark.right > text.left - 8 &&
        Math.abs((mark.top + mark.bottom) / 2 - middle) < 1 && number(mark.element, "r") < 4.5
      );
      const points = own.filter((mark) => !leads.includes(mark)).flatMap(({ element }) =>
        element.name === "path"
          ? corners(element)
          : [[number(element, "cx"), number(element, "cy")] as Pair]
      );
      const end = points.reduce((end, point) => point[0] >= end[0] ? point : end);
      assert(text.left - end[0] > 4 && text.left - end[0] < 30, `${name} ${text.is}`);
      assert(middle > top - 2 && middle < bottom + 2);
      const isAtEnd = Math.abs(middle - end[1]) < 1;
      assertEquals(leads.length, isAtEnd ? 0 : 1, `${name} ${text.is}`);
      if (isAtEnd) assert(text.left - end[0] < 12);
    });
  }
});

Deno.test("a bar is beside its name, and its label at its end, one bar below the other", async () => {
  for (const name of ["speeds", "far apart"]) {
    await drawings[name]();
    const { elements, texts, marks, lines } = picture();
    const names = texts.filter(({ anchor }) => anchor === "end");
    const labels = texts.filter(({ attributes }) => attributes.has("font-weight"));
    assertEquals([names.length, labels.length], [marks.length, marks.length]);
    marks.forEach((bar, k) => {
      const middle = (bar.top + bar.bottom) / 2;
      for (const text of [names[k], labels[k]]) assert(Math.abs(text.y - 5 - middle) < 1);
      assert(bar.left === marks[0].left && bar.left - names[k].x > 4 && bar.left - names[k].x < 15);
      assert(labels[k].left - bar.right > 4 && labels[k].left - bar.right < 15);
      if (k > 0) assert(bar.top - marks[k - 1].bottom > 5 && bar.top - marks[k - 1].bottom < 30);
      assert(bar.right - bar.left >= 1);
      assert(lines[k].startsWith(names[k].text) && lines[k].endsWith(`█ ${labels[k].text}`));
    });
    // The longest is as long as there is room for.
    const end = Math.max(...labels.map(({ right }) => right));
    assert(end > 0.9 * picture().width);
    const starts = lines.slice(0, -1).map((line) => line.indexOf("█"));
    assertEquals(new Set(starts).size, 1);
    assertEquals(starts[0], Math.max(...names.map(({ text }) => text.length)) + 2);
    const note = texts.at(-1)!;
    assert(note.top > marks.at(-1)!.bottom && note.left === 0);
    const described = names.map(({ text }, k) => `${text}: ${labels[k].text}`);
    assertEquals(elements[2].text, described.join("; "));
  }
  await speedChart({ a: 1000, b: 10 });
  const [long, short] = picture().marks.map(({ left, right }) => right - left);
  assert(short > 0.1 * long, "the scale begins below the slowest");
  assertEquals(picture().lines.map((line) => line.match(/█/g)?.length ?? 0), [36, 12, 0]);
  // From 1 to 1000, 36 characters: 12 for each power of ten, to the nearest.
  await speedChart({ a: 1000, b: 2, c: 3, d: 7 });
  const blocks = picture().lines.slice(0, -1).map((line) => line.match(/█/g)!.length);
  assertEquals(blocks, [1000, 2, 3, 7].map((speed) => Math.round(12 * Math.log10(speed))));
});

Deno.test("the plane fills its picture, its numbers are at their places, its marks are explained", async () => {
  for (const name of ["one neuron", "moons"]) {
    await drawings[name]();
    const { elements, texts, marks, width, height, lines } = picture();
    const [frame] = marks, scale = scales(elements);
    assert(frame.right > width - 15 && frame.left < 60 && frame.top < 40);
    assert(frame.bottom > height - 60 && frame.bottom < height - 40);
    const ticks = texts.filter(({ text }) => /^−?[\d.]+$/.test(text));
    for (const { text, x, y, anchor, top, right } of ticks) {
      if (anchor === "middle") {
        assertAlmostEquals(scale.x(x), said(text), 0.01);
        assert(top > frame.bottom + 3 && top < frame.bottom + 15);
      } else {
        assertAlmostEquals(scale.y(y - 5), said(text), 0.01);
        assert(anchor === "end" && right < frame.left - 2 && right > frame.left - 12);
      }
    }
    const near = (one: Box, other: Box) =>
      Math.abs((one.top + one.bottom) / 2 - (other.top + other.bottom) / 2) < 3 &&
      other.left - one.right > 2 && other.left - one.right < 15;
    for (
      const [label, kind, fill] of [["class +1", "rect", "#D55E00"], [
        "class −1",
        "circle",
        "#0072B2",
      ]]
    ) {
      const text = texts.find(({ text }) => text === label)!;
      const own = marks.filter((mark) => near(mark, text));
      assertEquals(own.map(({ is, element }) => [is, element.attributes.get("fill")]), [[
        kind,
        fill,
      ]]);
      assert(text.bottom < frame.top && text.top > 0);
    }
    assertEquals(texts.some(({ text }) => text === "hollow: test points"), name === "moons");
    const key = texts.filter(({ text }) => /^(class|hollow)/.test(text));
    assertEquals(
      key.toSorted((a, b) => a.x - b.x).map(({ text }) => text.replace(/:.*/, "")),
      name === "moons" ? ["class +1", "class −1", "hollow"] : ["class +1", "class −1"],
    );
    const [across, up] = ["x₁ →", "↑ x₂"].map((text) => texts.find((t) => t.text === text)!);
    assertEquals([across.x, across.anchor], [frame.right, "end"]);
    assert(across.top > frame.bottom + 15 && up.left < frame.left && up.bottom < frame.top);
    const told = texts.find(({ text }) => text.endsWith("on the right side"))!;
    assertEquals([told.left, told.y, told.text], [frame.left, across.y, lines.at(-1)!]);
    assertEquals(elements[2].text, told.text);
    const right = (points: typeof moons, score: (x: number, y: number) => number) =>
      `${points.filter(({ x, y, label }) => label * score(x, y) > 0).length} of ${points.length}`;
    assertEquals(
      told.text,
      name === "moons"
        ? `${right(moons.slice(0, 30), score)} points, ${
          right(moons.slice(30), score)
        } test points ` +
          "on the right side"
        : `${right(moons, (x, y) => x - 2 * y)} points on the right side`,
    );
    // No point is drawn outside.
    for (const mark of marks.slice(1)) {
      if (mark.is !== "path") assert(mark.bottom < frame.top || overlap(mark, frame));
    }
  }
});

Deno.test("a point on the boundary is on neither side, and has a mark of its class", async () => {
  const points = [-1, 0, 1].flatMap((x) => [-1, 1].map((label) => ({ x, y: label, label })));
  await decisionBoundary((x) => x, points);
  const { texts, lines } = picture();
  for (const told of [texts.at(-1)!.text, lines.at(-1)!]) {
    assertEquals(told, "2 of 6 points on the right side");
  }
  assertEquals(lines.slice(0, 22).join("").match(/[+o]/g)!.length, 6);
});

Deno.test("a plane that nobody limits has all its points well inside", async () => {
  await decisionBoundary(score, moons);
  const { elements, marks } = picture();
  const [frame, ...others] = marks, scale = scales(elements);
  const points = others.filter(({ is, top }) => is !== "path" && top > frame.top);
  assertEquals(points.length, moons.length);
  const [dx, dy] = [frame.right - frame.left, frame.bottom - frame.top];
  for (const { left, right, top, bottom } of points) {
    assert(left > frame.left + 0.05 * dx && right < frame.right - 0.05 * dx);
    assert(top > frame.top + 0.05 * dy && bottom < frame.bottom - 0.05 * dy);
  }
  const xs = moons.map(({ x }) => x), around = Math.min(...xs) - scale.x(frame.left);
  assertAlmostEquals(scale.x(frame.right) - Math.max(...xs), around, 0.02);
  assert(around < 0.3 * (Math.max(...xs) - Math.min(...xs)));
});

Deno.test("the boundary of any function is where it is 0, and the colours are its signs", async () => {
  // A circle, a saddle with both signs in one cell, bands, 0 between two, nothing, everything.
  const functions: [f: (x: number, y: number) => number, boundary: number][] = [
    [(x, y) => 1 - x * x - y * y, 2 * Math.PI],
    [(x, y) => (x - 1 / 32) * (y - 1 / 32), 3 + 4],
    [(x) => Math.sin(4 * x + 0.3), 5 * 3],
    [(x) => Math.max(0, Math.abs(x) - 0.3), 2 * 3],
    [() => -1, 0],
    [() => 1, 0],
  ];
  for (const [f, boundary] of functions) {
    await decisionBoundary(f, moons, { x: [-2, 2], y: [-1.5, 1.5] });
    const { elements, marks, lines } = picture(), { x, y } = scales(elements);
    const [area, line] = elements.filter(({ name }) => name === "path");
    const frame = marks[0];
    const ends = corners(line).map(([across, down]): Pair => [x(across), y(down)]);
    for (const [x, y] of ends) assertAlmostEquals(f(x, y), 0, 0.05);
    // Pieces of lines are short: they connect what is near. Together they are the whole boundary.
    let length = 0;
    const met: Pair[] = [];
    for (const piece of line.attributes.get("d")!.split(/(?=M)/)) {
      const places = corners({ ...line, attributes: new Map([["d", piece]]) })
        .map(([across, down]): Pair => [x(across), y(down)]);
      places.slice(1).forEach((place, k) => {
        const step = Math.hypot(place[0] - places[k][0], place[1] - places[k][1]);
        assert(step < 0.1);
        length += step;
        met.push(place, places[k]);
      });
    }
    assertAlmostEquals(length, boundary, 0.01 * boundary);
    // A boundary ends at the frame alone: elsewhere it goes on from where it came to.
    for (const [x, y] of met.filter(([x, y]) => Math.abs(x) < 1.99 && Math.abs(y) < 1.49)) {
      assertEquals(met.filter((end) => Math.hypot(end[0] - x, end[1] - y) < 1e-3).length, 2);
    }
    const polygons = area.attributes.get("d")!.split("Z").filter((d) => d !== "")
      .map((d) => corners({ ...area, attributes: new Map([["d", d]]) }));
    if (f(0, 0) === 1 && f(2, 2) === 1) assertEquals(polygons.length, 48, "one area in each row");
    let checked = 0;
    for (let across = 0.005; across < 1; across += 0.06) {
      for (let down = 0.005; down < 1; down += 0.06) {
        const point: Pair = [
          frame.left + across * (frame.right - frame.left),
          frame.top + down * (frame.bottom - frame.top),
        ];
        const value = f(x(point[0]), y(point[1]));
        if (Math.abs(value) < 0.1) continue;
        checked++;
        // Each place is in one area at most: none is drawn over another.
        const within = polygons.filter((polygon) => isWithin(point, polygon)).length;
        assertEquals(within, value > 0 ? 1 : 0, `${f} at ${x(point[0])}, ${y(point[1])}`);
      }
    }
    assert(checked > 150);
    lines.slice(0, 22).forEach((line, row) =>
      [...line].forEach((character, column) => {
        const value = f(-2 + 4 * (column + 0.5) / 66, 1.5 - 3 * (row + 0.5) / 22);
        if (character === "·") assert(value > 0);
        if (character === " ") assert(value <= 0);
      })
    );
  }
});

/** Whether a point is within a polygon: a ray from it crosses the edges an odd number of times. */
function isWithin([x, y]: Pair, polygon: readonly Pair[]): boolean {
  return polygon.filter(([x1, y1], k) => {
        const [x2, y2] = polygon[(k + 1) % polygon.length];
        return (y1 > y) !== (y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1);
      }).length % 2 === 1;
}

Deno.test("the layers of a network stand beside each other, evenly, each above its captions", async () => {
  const networks: [sizes: number[], captions: string[]][] = [
    [[3, 4, 4, 1], [
      "inputs 3",
      "layer 1 4 × (3 + 1)",
      "layer 2 4 × (4 + 1)",
      "output 1 × (4 + 1)",
    ]],
    [[2, 16, 1], ["inputs 2", "… 16 layer 1 16 × (2 + 1)", "output 1 × (16 + 1)"]],
    [[2, 1], ["inputs 2", "output 1 × (2 + 1)"]],
    [[1, 2, 3, 5, 9], [
      "inputs 1",
      "layer 1 2 × (1 + 1)",
      "layer 2 3 × (2 + 1)",
      "layer 3 5 × (3 + 1)",
      "… 9 output 9 × (5 + 1)",
    ]],
  ];
  for (const [sizes, captions] of networks) {
    await networkLayers(sizes);
    const { elements, texts, marks, width, lines } = picture();
    const nodes = marks.filter(({ is }) => is === "circle");
    const bottom = Math.max(...nodes.map(({ bottom }) => bottom));
    const columns = [...new Set(nodes.map(({ left, right }) => (left + right) / 2))];
    columns.forEach((x, k) => assertAlmostEquals(x, (k + 0.5) / sizes.length * width, 0.01));
    const heights = columns.map((column) => {
      const own = nodes.filter(({ left, right }) => (left + right) / 2 === column);
      const ys = own.map(({ top, bottom }) => (top + bottom) / 2).toSorted((a, b) => a - b);
      // Evenly, and not over each other.
      ys.slice(1).forEach((y, k) => {
        assert(y - ys[k] > 20);
        assertAlmostEquals(y - ys[k], ys[1] - ys[0], 0.02);
      });
      return (ys[0] + ys.at(-1)!) / 2;
    });
    heights.forEach((middle) => assertAlmostEquals(middle, heights[0], 0.01));
    const below = columns.map((column) =>
      texts.filter(({ x, text }) => Math.abs(x - column) < 0.1 && !text.includes("parameters"))
        .toSorted((a, b) => a.y - b.y)
    );
    assertEquals(
      below.map((list) => list.map(({ text }) => text).filter((t) => t).join(" ")),
      captions,
    );
    for (const text of below.flat()) assert(text.top > bottom && text.anchor === "middle");
    const note = texts.find(({ text }) => text.includes("parameters"))!;
    assert(below.flat().every(({ bottom }) => bottom < note.top), "the number of all comes last");
    assert(Math.min(...nodes.map(({ top }) => top)) < 15, "the picture has no empty part");
    assert(lines.every((line) => line.trim() !== "" && line === line.trimEnd()));
    assert(
      elements[2].text.startsWith(
        captions.map((text) =>
          text.replace(/… \d+ /, "").replace(/(?<=inputs|output|layer \d) /, ": ")
        ).join("; "),
      ),
    );
    // With characters the same captions are centred below the neurons.
    const drawn = lines.findLastIndex((line) => line.includes("●")) + 1;
    const marksAt = [
      ...new Set(lines.flatMap((line) => [...line.matchAll(/●/g)].map(({ index }) => index))),
    ].toSorted((a, b) => a - b);
    assertEquals(marksAt.length, sizes.length);
    const told: string[][] = marksAt.map(() => []);
    for (const line of lines.slice(drawn, -1)) {
      for (const { 0: words, index } of line.matchAll(/\S+( \S+)*/g)) {
        const middle = index + (words.length - 1) / 2;
        const k = marksAt.findIndex((at) => Math.abs(at - middle) <= 0.5);
        assert(k >= 0, `${words} is below no layer`);
        told[k].push(words);
      }
    }
    const fewer = captions.map((text) =>
      sizes.includes(5) ? text.replace(/(?=layer 3)/, "… 5 ") : text
    );
    assertEquals(told.map((list) => list.join(" ")), fewer, "at most four are drawn");
    // Between two neurons of a layer there is a line at least.
    for (const at of marksAt) {
      const rows = lines.flatMap((line, row) => line[at] === "●" ? [row] : []);
      rows.slice(1).forEach((row, k) => assert(row - rows[k] >= 2));
    }
    // Dots of lines between the layers, in every gap.
    marksAt.slice(1).forEach((end, k) =>
      assert(
        lines.slice(0, drawn).some((line) =>
          /[\u2801-\u28ff]/.test(line.slice(marksAt[k] + 1, end))
        ),
      )
    );
  }
});

Deno.test("a heat map is a table: rows and columns in line with their names, in both forms", async () => {
  for (const name of ["attention", "a wide map"]) {
    await drawings[name]();
    const { texts, marks, width, lines } = picture();
    const bold = texts.filter(({ attributes }) => attributes.has("font-weight"));
    const columns = bold.filter(({ anchor }) => anchor === "middle");
    const rows = bold.filter(({ anchor }) => anchor === "end");
    const size = marks[0].right - marks[0].left;
    for (const cell of marks) {
      assertAlmostEquals(cell.bottom - cell.top, cell.right - cell.left, 0.01);
      assertAlmostEquals(cell.right - cell.left, size, 0.01);
      const centre = [(cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2];
      assertEquals(columns.filter(({ x }) => Math.abs(x - centre[0]) < 1).length, 1);
      assertEquals(rows.filter(({ y }) => Math.abs(y - 5 - centre[1]) < 1).length, 1);
      for (const other of marks) if (other !== cell) assert(!overlap(cell, other));
      const inside = texts.filter((text) => overlap(text, cell));
      assertEquals(inside.length, 1);
      assert(Math.hypot(inside[0].x - centre[0], inside[0].y - 5 - centre[1]) < 1);
    }
    const left = Math.min(...marks.map(({ left }) => left)),
      top = Math.min(...marks.map(({ top }) => top));
    for (const column of columns) assert(column.bottom < top - 2 && column.bottom > top - 15);
    for (const row of rows) assert(row.right < left - 4 && row.right > left - 15);
    assert(Math.max(...marks.map(({ right }) => right)) > width - 2 || size > 40);
    // Cells are close to each other.
    const steps = columns.slice(1).map(({ x }, k) => x - columns[k].x);
    for (const step of steps) assert(step - size > 0.5 && step - size < 3);
    assertEquals(texts.at(-1)!.text, "in per cent");
    assert(texts.at(-1)!.top > Math.max(...marks.map(({ bottom }) => bottom)));
    // With characters the name of a column ends where its numbers end.
    const [heading, ...more] = lines;
    for (const { index } of heading.matchAll(/\S/g)) {
      assert(more.slice(0, -1).every((line) => line.length <= index || /\d/.test(line[index])));
    }
  }
});

Deno.test("a heat map shades by fifths, and leaves out what is not there", async () => {
  const shares = [0, 0.19, 0.2, 0.39, 0.4, 0.59, 0.6, 0.79, 0.8, 1];
  await heatMap(shares.map((share) => [NaN, share]), {
    rows: shares.map(String),
    columns: ["a", "b"],
  });
  const { lines, elements } = picture();
  const shades = lines.slice(1, -1).map((line) => line.replace(/^ *[\d.]+ {5}/, "")[0]);
  assertEquals(shades.join(""), "  ░░▒▒▓▓██");
  assertEquals(elements[1].text, "Heat map");
  assert(elements[2].text.startsWith("0:  0; 0.19:  19; "));
  // Each channel goes from pale to dark.
  const fills = elements.filter(({ name }) => name === "rect").map(({ attributes }) =>
    attributes.get("fill")!
  );
  assertEquals([fills[0], fills.at(-1)], ["#eef5fa", "#005a8f"]);
  const some = [[0xee, 0], [0xf5, 0x5a], [0xfa, 0x8f]].map(([from, to]) => 0.7 * from + 0.3 * to);
  await heatMap([[0.3]], { rows: ["a"], columns: ["b"] });
  const fill = picture().elements.find(({ name }) => name === "rect")!.attributes.get("fill")!;
  [1, 3, 5].forEach((at, k) =>
    assertAlmostEquals(parseInt(fill.slice(at, at + 2), 16), some[k], 0.51)
  );
});

/** The frame of a plot with characters: its lines, where its columns begin, and its ticks. */
function readText() {
  const { lines } = picture();
  const ground = lines.findIndex((line) => line.includes("└"));
  const left = lines[ground].indexOf("└") + 1, width = lines[ground].length - left;
  const rows = lines.slice(1, ground);
  const beside = rows.flatMap((line, row) =>
    line[left - 1] === "┤" ? [{ row, label: line.slice(0, left - 1).trim() }] : []
  );
  const below = [...lines[ground]].flatMap((c, column) => c === "┬" ? [column - left] : []);
  return { lines, ground, left, width, rows, beside, below };
}

Deno.test("a plot with characters has its numbers where they belong, and axes at 0", async () => {
  const cases: [x: Pair, y: Pair][] = [
    [[-2, 5], [-10, 60]],
    [[0, 1], [0, 1]],
    [[-1e6, 1e6], [
      -3e-7,
      0,
    ]],
    [[3, 3.5], [2, 8]],
    [[-0.0018, 0], [0, 5]],
  ];
  for (const [x, y] of cases) {
    await plot({ line: [[x[0], y[0]], [x[1], y[1]]] }, { x, y, labels: ["n", "g(n)"] });
    const { lines, ground, left, width, rows, beside, below } = readText();
    assertEquals([rows.length, lines.length], [16, 20]);
    assertEquals([lines[0], lines[0].length - lines[0].trimStart().length], [
      `${" ".repeat(left - 1)}↑ g(n)`,
      left - 1,
    ]);
    assertEquals(lines.at(-1)!.trim(), "n →");
    assert(
      [0, 1].includes(left + width - lines.at(-1)!.trimEnd().length),
      "it is at the end of the axis",
    );
    const place = (at: number, [from, to]: Pair) => (at - from) / (to - from);
    assert(beside.length >= 4 && below.length >= 4);
    for (const { row, label } of beside) {
      assertAlmostEquals((row + 0.5) / 16, 1 - place(said(label), y), 0.5 / 16 + 1e-9, label);
    }
    for (const [row, line] of rows.entries()) {
      if (beside.some((tick) => tick.row === row)) continue;
      assertEquals(line.slice(0, left), "│".padStart(left), "no number without a tick");
    }
    // Numbers end one column before the frame, and are read from left to right below it.
    assert(rows.every((line) => line[left - 2] === " "));
    assert(beside.every(({ row }) => /\d/.test(rows[row][left - 3])));
    assert(Math.min(...rows.map((line) => line.search(/\S/))) === 0);
    const captions = [...lines[ground + 1].matchAll(/\S+/g)];
    assert(captions.length >= 3);
    // All of them, the first above all, but for those that would touch the one before.
    assertAlmostEquals(below[0], place(said(captions[0][0]), x) * (width - 1), 1);
    assertEquals(captions.length === below.length, x[0] !== -0.0018);
    for (const { 0: caption, index } of captions) {
      const column = below.reduce((best, at) =>
        Math.abs(left + at - index - (caption.length - 1) / 2) <
            Math.abs(left + best - index - (caption.length - 1) / 2)
          ? at
          : best
      );
      assert(
        Math.abs(left + column - index - (caption.length - 1) / 2) <= 0.5,
        `${caption} is below its tick`,
      );
      assertAlmostEquals(column, place(said(caption), x) * (width - 1), 1, caption);
    }
    assertEquals(new Set(lines[ground].slice(left)), new Set("─┬"));
    const level = rows.findIndex((line) => line.includes("┈")),
      upright = rows[0].indexOf("┊") - left;
    if (y[0] < 0 && y[1] > 0) assertEquals(level, beside.find(({ label }) => label === "0")!.row);
    else assertEquals(level, -1);
    if (x[0] < 0 && x[1] > 0) {
      assertAlmostEquals(upright, place(0, x) * (width - 1), 1);
    } else assert(rows.every((line) => !line.includes("┊")));
    if (level >= 0) {
      assert(/[\u2801-\u28ff]/.test(rows[level]), "the curve is drawn over the axis");
      // The whole way, but for what is drawn there.
      assert([...rows[level].slice(left, left + width)].every((c) => /[┈┊\u2801-\u28ff]/.test(c)));
      assertEquals(rows.filter((line) => line.includes("┈")).length, 1);
    }
    if (upright >= 0) {
      assert(rows.some((line) => /[\u2801-\u28ff]/.test(line[left + upright])));
      assert(rows.every((line) => /[┈┊\u2801-\u28ff]/.test(line[left + upright])));
    }
    // The name is two columns behind the end of its line, at the same height.
    const named = rows.findIndex((line) => line.endsWith("line"));
    assertEquals(named, 0);
    assertEquals(rows[0].length, left + width - 1 + 2 + "line".length);
  }
});

Deno.test("with characters each name is at its own end, apart from the others, inside the frame's height", async () => {
  await drawings["five names at one end"]();
  const { rows, left, width } = readText();
  const at = [..."abcde"].map((n) => rows.findIndex((line) => line.includes(`curve ${n}`)));
  assertEquals(new Set(at).size, 5);
  assert(at.every((row) => row >= 0 && row <= 5) && at[0] === 0, `${at}`);
  for (const row of at) assertEquals(rows[row].indexOf("curve"), left + width - 1 + 2);
  assertEquals(Math.max(...rows.map((line) => line.length)), 72);
  // In the middle there is room on both sides, and none is moved further than it must be.
  await plot(Object.fromEntries([..."abcde"].map((n) => [`curve ${n}`, [[0, 4], [1, 4]]])), {
    y: [0, 8],
  });
  const around = readText().rows.flatMap((line, row) => line.includes("curve") ? [row] : []);
  assertEquals(around.length, 5);
  assert(around[4] - around[0] === 4 && around.includes(7) && around.includes(9), `${around}`);
  const heights = readPlot().names.map(({ y }) => y), sorted = heights.toSorted((a, b) => a - b);
  assertEquals(heights[0], sorted[2], "the first is at the end of its curve");
  sorted.slice(1).forEach((y, k) => assertAlmostEquals(y - sorted[k], 17, 0.02));
  // At an edge all but the first make way to the other side.
  for (const [edge, first] of [[0, 11], [8, 0]]) {
    await plot(
      Object.fromEntries([..."abcde"].map((n) => [`curve ${n}`, [[0, 4], [1, edge]]] as const)),
      { y: [0, 8] },
    );
    const seen = readText().rows.flatMap((line, row) => line.includes("curve") ? [row] : []);
    assertEquals(seen, [0, 1, 2, 3, 4].map((k) => first + k));
    const { names: [atEnd, ...others], top, bottom } = readPlot();
    assertAlmostEquals(atEnd.y, (edge === 0 ? bottom : top) + 5, 0.01);
    assert(others.every(({ y }) => edge === 0 ? y < atEnd.y : y > atEnd.y));
  }
  // Two curves that end at different heights keep them.
  await plot({ low: [[0, 0], [1, 0.1]], high: [[0, 1], [1, 0.9]], mid: [[0, 0.5], [0.4, 0.5]] }, {
    y: [0, 1],
  });
  const found = readText().rows;
  const [low, high, mid] = ["low", "high", "mid"].map((n) =>
    found.findIndex((line) => line.includes(n))
  );
  assertEquals([low, high, mid], [14, 1, 8]);
  assert(found[mid].indexOf("mid") < 40, "it is where its curve ends, in the middle");
});

Deno.test("names that have room beside each other keep their heights, others make way", async () => {
  const draw = async (first: number, name: string) => {
    await plot({ [name]: [[0, 5], [first, 5]], second: [[0, 5], [10, 5]] }, {
      x: [0, 10],
      y: [0, 10],
    });
    const { names } = readPlot(), { rows } = readText();
    const inText = [name, "second"].map((text) => rows.findIndex((line) => line.includes(text)));
    return [names[0].y === names[1].y, inText[0] === inText[1]];
  };
  assertEquals(await draw(2, "short"), [true, true]);
  assertEquals(await draw(9.5, "short"), [false, false]);
  assertEquals(await draw(2, "a name as long as it takes to reach over to the other"), [
    false,
    false,
  ]);
});

Deno.test("a name makes way where it would touch another, and nowhere else", async () => {
  for (let end = 4; end < 8; end += 0.025) {
    // The one that makes way is the second, at the right or at the left.
    const curves: [string, Pair[]][] = [["a long name", [[0, 5], [end, 5]]], ["other", [[0, 5], [
      8,
      5,
    ]]]];
    const isLeftFirst = Math.round(end / 0.025) % 2 === 0;
    await plot(Object.fromEntries(isLeftFirst ? curves : curves.toReversed()), {
      x: [0, 10],
      y: [0, 10],
    });
    const inPicture = readPlot().names.toSorted((a, b) => a.text.localeCompare(b.text));
    const { rows } = readText();
    const inText = inPicture.map(({ text }) => {
      const row = rows.findIndex((line) => line.includes(text));
      return { left: rows[row].indexOf(text), right: rows[row].indexOf(text) + text.length, row };
    });
    const gap = inText[1].left - inText[0].right;
    if (inText[0].row === inText[1].row) assert(gap >= 1, `${gap} columns between them at ${end}`);
    else assert(gap <= 2, `${gap} columns between them at ${end}`);
    const [one, other] = inPicture, distance = other.x - one.x - 8.4 * one.text.length;
    if (one.y === other.y) assert(distance > 8, `${distance} pixels between them at ${end}`);
    else assert(distance < 36, `${distance} pixels between them at ${end}`);
  }
});

Deno.test("names of curves that end near each other are a line apart", async () => {
  for (let second = 4; second < 6; second += 0.06) {
    await plot({ first: [[0, 5], [1, 5]], second: [[0, 5], [1, second]] }, { y: [0, 10] });
    const [one, other] = readPlot().names, { rows } = readText();
    assert(Math.abs(one.y - other.y) > 16, `${one.y} and ${other.y} at ${second}`);
    const lines = ["first", "second"].map((name) => rows.findIndex((line) => line.includes(name)));
    assert(lines[0] !== lines[1] && !lines.includes(-1), `${lines} at ${second}`);
  }
});

Deno.test("half of a plot is left for its curves, however long a name is and wherever it begins", async () => {
  for (let length = 30; length < 80; length++) {
    await plot({ ["n".repeat(length)]: { dots: [[0, 1]] } }, { x: [0, 1], y: [0, 2] });
    const { left, right, width: all } = readPlot(), { width } = readText();
    assert(right - left >= all * 0.4 && width >= 0.5 * (72 - 5), `${length}`);
  }
});

Deno.test("each of seven curves has a name, and its own look as far as there are colours", async () => {
  const curves = Object.fromEntries(
    [..."abcdefg"].map((name, k) => [name, [[0, k], [1, k]] as const]),
  );
  await plot(curves);
  const { elements, names } = readPlot();
  assertEquals(names.map(({ text }) => text), [..."abcdefg"]);
  const lines = elements.filter(({ attributes }) => attributes.get("stroke-width") === "2.5");
  const looks = lines.map(({ attributes }) =>
    `${attributes.get("stroke")} ${attributes.get("stroke-dasharray")}`
  );
  assertEquals(new Set(looks.slice(0, 5)).size, 5);
  assertEquals(looks.slice(5), looks.slice(0, 2));
});

Deno.test("the plane with characters has every point in its cell, and says what they mean", async () => {
  const points = moons.slice(0, 12), test = moons.slice(12, 20);
  setColorEnabled(true);
  for (const more of [[], test]) {
    await decisionBoundary(score, points, { x: [-2, 3], y: [-1.5, 2.5], test: more });
    const { lines, elements } = picture(), plain = lines.map(stripAnsiCode);
    const cell = ({ x, y }: { x: number; y: number }) => [
      Math.floor((2.5 - y) / 4 * 22),
      Math.floor((x + 2) / 5 * 66),
    ];
    const expected = new Map<string, string>();
    for (const point of points) expected.set(`${cell(point)}`, point.label > 0 ? "+" : "o");
    for (const point of more) expected.set(`${cell(point)}`, point.label > 0 ? "#" : "@");
    for (const [row, line] of plain.slice(0, 22).entries()) {
      assertEquals(line.length, 66);
      for (const [column, character] of [...line].entries()) {
        const value = score(-2 + 5 * (column + 0.5) / 66, 2.5 - 4 * (row + 0.5) / 22);
        const ground = value > 0 ? "·" : " ";
        assertEquals(character, expected.get(`${[row, column]}`) ?? ground, `${row} ${column}`);
      }
    }
    const also = more.length > 0 ? "   # and @ the same, as test points" : "";
    assertEquals(plain.slice(22), [
      `+ class +1   o class −1${also}`,
      "· score above 0   x₁ from −2 to 3, x₂ from −1.5 to 2.5",
      elements[2].text,
    ]);
    // In colour, the two sides differ in their ground.
    if (Deno.noColor) continue;
    const cells = [...lines[11].matchAll(/\p{Cc}\[(\d+)m\p{Cc}\[30m./gu)].map(([, ground]) =>
      ground
    );
    const signs = cells.map((_, column) =>
      score(-2 + 5 * (column + 0.5) / 66, 2.5 - 4 * 11.5 / 22) > 0
    );
    assertEquals(cells.length, 66);
    assertEquals(cells, signs.map((isPositive) => isPositive ? "43" : "44"));
    assertEquals(new Set(signs).size, 2);
  }
  setColorEnabled(false);
});

Deno.test("what is outside of the frame is not drawn, and takes no room", async () => {
  const square = { x: [-0.5, 1], y: [-0.5, 0.7] } as { x: Pair; y: Pair };
  await decisionBoundary(score, moons, square);
  const { elements: all, marks } = picture();
  const inside = moons.filter(({ x, y }) => x >= -0.5 && x <= 1 && y >= -0.5 && y <= 0.7);
  assert(inside.length > 5 && inside.length < moons.length - 5);
  const drawn = marks.slice(1).filter((mark) => mark.is !== "path" && overlap(mark, marks[0]));
  assertEquals(drawn.length, inside.length);
  // Each mark has its point in its middle.
  const plane = scales(all);
  for (const { left, right, top, bottom, is } of drawn) {
    const [size, height] = [right - left, bottom - top];
    assert(Math.abs(size - height) < 0.01 && size >= 6 && size <= 10);
    const [x, y] = [plane.x((left + right) / 2), plane.y((top + bottom) / 2)];
    const near = inside.filter((point) => Math.hypot(point.x - x, point.y - y) < 0.005);
    assertEquals(near.map(({ label }) => label), [is === "rect" ? 1 : -1]);
  }
  assertEquals(
    marks.length,
    1 + 2 + inside.length + 2,
    "a frame, two paths, and two marks explained",
  );
  // The points at the left and at the right are no reason to show large numbers.
  await plot({ line: [[-4, -80], [0, 0], [1, 1], [5, 100]] }, { x: [0, 1] });
  const { elements, top, bottom } = readPlot(), { y } = scales(elements);
  assertAlmostEquals(y(bottom), 0, 0.1);
  assertAlmostEquals(y(top), 1, 0.1);
});

Deno.test("lists of numbers are lines alone, a few points are marked, and dots have no line", async () => {
  const count = (name: string, key: string) => {
    const { elements } = picture();
    return elements.filter((element) => element.name === name && element.attributes.has(key))
      .length;
  };
  const lines = () => count("path", "stroke-width"), dots = () => count("circle", "r");
  await plot({ list: [3, 1, 2] }, { title: "A list" });
  assertEquals([lines(), dots(), picture().elements[1].text], [1, 0, "A list"]);
  await plot({ points: [[0, 3], [1, 1], [2, 2]] });
  assertEquals([lines(), dots(), picture().elements[1].text], [1, 3, "Plot of points"]);
  await plot({ one: [[2, 3]] });
  assertEquals([lines(), dots()], [0, 1], "one point is marked, too");
  await plot({ alone: { dots: [[0, 3], [1, 1], [2, 2]] }, more: [[0, 0], [2, 1]] });
  assertEquals([lines(), dots(), picture().elements[1].text], [1, 5, "Plot of alone, more"]);
  // The line goes on from point to point, as one.
  const path = picture().elements.find(({ attributes }) => attributes.has("stroke-width"))!;
  assertEquals(path.attributes.get("d")!.match(/M/g)!.length, 1);
  await plot({ fifty: Array.from({ length: 50 }, (_, k): Pair => [k, k % 7]) });
  assertEquals([lines(), dots()], [1, 50]);
  const many = Array.from({ length: 60 }, (_, k): Pair => [k, k % 7]);
  await plot({ many });
  assertEquals([lines(), dots()], [1, 0]);
  assertEquals(
    corners(picture().elements.find(({ attributes }) => attributes.has("stroke-width"))!).length,
    60,
  );
});

Deno.test("a function on a logarithmic axis is as finely drawn everywhere, from edge to edge", async () => {
  await plot({ power: Math.log10 }, { x: [0.01, 1e4], y: [-2, 4], log: "x" });
  const { elements, left, right } = readPlot(), { x, y } = scales(elements, "x");
  const path = elements.find(({ attributes }) => attributes.get("stroke-width") === "2.5")!;
  const points = corners(path);
  assert(points.length > 100);
  assertAlmostEquals(points[0][0], left, 0.05);
  assertAlmostEquals(points.at(-1)![0], right, 0.05);
  const step = (right - left) / (points.length - 1);
  points.slice(1).forEach(([across], k) => assertAlmostEquals(across - points[k][0], step, 0.02));
  for (const [across, down] of points) assertAlmostEquals(y(down), Math.log10(x(across)), 0.02);
});

Deno.test("a plot says in words from where to where each curve goes", async () => {
  await plot({
    nothing: [NaN],
    one: { dots: [[1, 2.345]] },
    fall: [[0, Infinity], [0.5, 12345.6], [2, -3], [3, NaN]],
  }, { x: [0, 4], y: [-5, 20000], labels: ["n", "g(n)"] });
  assertEquals(
    picture().elements[2].text,
    "n from 0 to 4. g(n) from −5 to 20000. nothing: nothing. one: 2.35 at 1. " +
      "fall: from 12300 at 0.5 to −3 at 2",
  );
});
