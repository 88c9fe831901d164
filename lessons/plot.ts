/**
 * The pictures of the lessons: characters in a terminal, SVG in a notebook or on a page. They need
 * no package and no document, so they work in a worker, too.
 *
 * Text and axes take the colour of the text around them, so they are readable on a light and on a
 * dark page; curves have colours that stand out from both.
 *
 * @module
 */
import { bgBlue, bgYellow, black, bold, cyan, dim, green, magenta, yellow } from "@std/fmt/colors";
import {
  type Axis,
  axis,
  clip,
  extent,
  isInside,
  type Line,
  numberAt,
  type Pair,
  tickLabel,
} from "./axes.ts";
import { Canvas } from "./canvas.ts";
import { picture } from "./show.ts";
import { areaOf, circle, pathOf, printable, px, svg, text, textWidth, width } from "./svg.ts";

/**
 * What {@linkcode plot} draws: a function, over the whole width; a list of numbers, at 0, 1, 2, …;
 * points joined by straight lines; or points alone.
 */
export type Curve =
  | ((x: number) => number)
  | readonly number[]
  | readonly Pair[]
  | { readonly dots: readonly Pair[] };

/** How {@linkcode plot} draws its axes. */
export interface PlotOptions {
  /** What the picture shows, for those who cannot see it; the names of the curves by default. */
  readonly title?: string;
  /** The numbers at the left and right edge; what the points take by default. */
  readonly x?: Pair;
  /** The numbers at the bottom and top edge; what the curves take by default. */
  readonly y?: Pair;
  /** The names of the axes, `["x", "y"]` by default. */
  readonly labels?: readonly [x: string, y: string];
  /** Which axes are logarithmic; none by default. Their labels say so. */
  readonly log?: "x" | "y" | "xy";
}

/** A point of the plane with its class. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** −1 or +1. */
  readonly label: number;
}

/**
 * Curves in one picture, each with its name at its end.
 *
 * @param curves what to draw, by name
 * @param options the axes
 *
 * @example
 * ```ts ignore
 * const f = (x: number) => 3 * x ** 2 - 4 * x + 5;
 * await plot({
 *   f,
 *   secant: [[3, f(3)], [4, f(4)]],
 *   tangent: (x) => f(3) + 14 * (x - 3),
 *   "x = 3": { dots: [[3, f(3)]] },
 * }, { x: [-2, 5] });
 * ```
 */
export async function plot(
  curves: Readonly<Record<string, Curve>>,
  options: PlotOptions = {},
): Promise<void> {
  const chart = layOut(curves, options);
  await picture(plotText(chart), () => Promise.resolve(plotSvg(chart)));
}

/**
 * The loss at each step of one or more trainings, on a logarithmic scale.
 *
 * @param losses the losses of each training, by name
 */
export async function lossCurves(
  losses: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  const title = "The loss at each step of training";
  await plot(losses, { title, labels: ["step", "loss"], log: "y" });
}

/**
 * How fast each of several ways is: bars on a logarithmic scale, each with how many times as fast
 * as the first it is.
 *
 * @param speeds how many times a second, by name
 */
export async function speedChart(speeds: Readonly<Record<string, number>>): Promise<void> {
  const all = Object.values(speeds), fastest = Math.max(...all);
  const low = 10 ** Math.floor(Math.log10(Math.min(...all)) - look.bars.least);
  const { place } = axis([low, fastest], { label: "", log: true });
  const digits = (x: number) => x < 10 ? x.toPrecision(2) : x.toFixed(0);
  const bars = Object.entries(speeds).map(([key, speed], k) => {
    const times = k === 0 ? "" : ` (${digits(speed / all[0])}×)`;
    return { name: printable(key), length: place(speed), label: `${digits(speed)}/s${times}` };
  });
  const widest = Math.max(...bars.map(({ name }) => name.length));
  const note = `times a second, on a logarithmic scale that begins at ${tickLabel(low)}`;
  const lines = bars.map(({ name, length, label }) => {
    const blocks = "█".repeat(Math.max(1, Math.round(look.bars.characters * length)));
    return `${name.padEnd(widest)}  ${cyan(blocks)} ${label}`;
  });
  await picture([...lines, dim(note)].join("\n"), () => {
    const { row, edge, space, gap, letters, inset } = look.bars;
    const left = edge + textWidth(widest) + space;
    const longest = Math.max(...bars.map(({ label }) => label.length));
    const room = width - left - textWidth(longest + letters), foot = row / 2 + look.foot;
    const drawn = bars.flatMap(({ name, length, label }, k) => [
      text([left - space, k * row + foot], name, { anchor: "end" }),
      `<rect x="${px(left)}" y="${k * row + inset}" width="${px(room * length)}" ` +
      `height="${row - 2 * inset}" fill="${colours[0].svg}"/>`,
      text([left + room * length + gap, k * row + foot], label, { weight: "bold" }),
    ]);
    const below = bars.length * row;
    drawn.push(text([0, below + look.line], note));
    const description = bars.map(({ name, label }) => `${name}: ${label}`).join("; ");
    return Promise.resolve(
      svg(drawn, { title: `How fast: ${note}`, description, height: below + look.last }),
    );
  });
}

/**
 * The plane as a classifier sees it: where its score is positive, where negative, the boundary
 * between them, and the points. With the weighted sum of one neuron, the boundary is its line.
 *
 * @param score the classifier's score at x₁, x₂
 * @param points the points it learns from, with their classes
 * @param options points that it does not learn from, drawn hollow; the part of the plane that is
 * shown; and, while it learns, of how many pictures this is which: each takes the place of the one before
 */
export async function decisionBoundary(
  score: (x: number, y: number) => number,
  points: readonly Point[],
  { test = [], x, y, during }: {
    readonly test?: readonly Point[];
    readonly x?: Pair;
    readonly y?: Pair;
    readonly during?: readonly [done: number, total: number];
  } = {},
): Promise<void> {
  const all = [...points, ...test];
  const across = axis(x ?? extent(all.map(({ x }) => x), { pad: look.plane.pad }), {
    label: "x₁",
    log: false,
  });
  const up = axis(y ?? extent(all.map(({ y }) => y), { pad: look.plane.pad }), {
    label: "x₂",
    log: false,
  });
  const placed = [{ list: points, isTest: false }, { list: test, isTest: true }]
    .flatMap(({ list, isTest }) =>
      list.map(({ x, y, label }) => ({
        place: [across.place(x), up.place(y)] as const,
        label,
        isTest,
        isRight: label * score(x, y) > 0,
      }))
    );
  const plane: Plane = {
    score: (x, y) => score(numberAt(across, x), numberAt(up, y)),
    points: placed,
    x: across,
    y: up,
  };
  await picture(planeText(plane), () => Promise.resolve(planeSvg(plane)), { during });
}

/**
 * The layers of a network: a dot for each neuron, a line for each weight, and below each layer how
 * many parameters it has.
 *
 * @param sizes how many inputs, then how many neurons in each layer
 */
export async function networkLayers(sizes: readonly number[]): Promise<void> {
  const few = layersOf(sizes, look.network.few), many = layersOf(sizes, look.network.many);
  const parameters = sizes.slice(1).reduce((sum, size, k) => sum + size * (sizes[k] + 1), 0);
  const note = `${parameters} parameters: a weight for each line, a bias for each neuron`;

  const canvas = new Canvas(terminalColumns, look.network.lines * few.rows);
  const below = new Canvas(terminalColumns, 3);
  for (const [from, to] of few.weights) canvas.line(from, to, dim);
  for (const { nodes, captions } of few.layers) {
    for (const node of nodes) canvas.mark(node, "●", cyan);
    const [column] = canvas.cell(nodes[0]);
    captions.forEach((caption, row) =>
      below.write(column - Math.floor(caption.length / 2), row, caption, (text) => text)
    );
  }
  const drawing = [...canvas.lines(), ...below.lines()].filter((line) => line !== "");
  await picture([...drawing, dim(note)].join("\n"), () => {
    const { layers, weights, rows } = many, { row, radius } = look.network, below = rows * row;
    const at = ([x, y]: Pair): Pair => [x * width, (1 - y) * below];
    const lines = weights.map(([from, to]) => pathOf([[at(from), at(to)]])).join("");
    const drawn = [
      `<path d="${lines}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>`,
      ...layers.flatMap(({ nodes, captions }) => [
        ...nodes.map((node) => circle(at(node), radius, { fill: colours[0].svg })),
        ...captions.map((caption, line) =>
          text([at(nodes[0])[0], below + look.apart * (line + 1)], caption, { anchor: "middle" })
        ),
      ]),
      text([width / 2, below + look.network.note], note, { anchor: "middle" }),
    ];
    const description = `${
      layers.map(({ captions }) => captions.slice(1).join(": ")).join("; ")
    }. `;
    return Promise.resolve(
      svg(drawn, {
        title: `A network of ${note}`,
        description,
        height: below + look.network.below,
      }),
    );
  });
}

/** Where the neurons of a network are drawn, of each layer at most so many, and what stands below. */
function layersOf(sizes: readonly number[], most: number) {
  const rows = Math.min(most, Math.max(...sizes));
  const layers = sizes.map((size, k) => {
    const shown = Math.min(size, most);
    return {
      nodes: Array.from({ length: shown }, (_, i): Pair => [
        (k + 0.5) / sizes.length,
        0.5 + ((shown - 1) / 2 - i) / rows,
      ]),
      captions: [
        size > shown ? `… ${size}` : "",
        k === 0 ? "inputs" : k === sizes.length - 1 ? "output" : `layer ${k}`,
        k === 0 ? `${size}` : `${size} × (${sizes[k - 1]} + 1)`,
      ],
    };
  });
  const weights = layers.slice(1).flatMap(({ nodes }, k) =>
    nodes.flatMap((to) => layers[k].nodes.map((from): Line => [from, to]))
  );
  return { layers, weights, rows };
}

/**
 * A table of shares as a heat map: the larger, the darker. What is NaN, or not there, stays empty.
 *
 * @param shares one row for each label of `rows`: numbers from 0 to 1
 * @param options the labels at the left and at the top, and what the picture shows
 */
export async function heatMap(
  shares: readonly (readonly number[])[],
  { title = "Heat map", ...labels }: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly title?: string;
  },
): Promise<void> {
  const rows = labels.rows.map(printable), columns = labels.columns.map(printable);
  const widest = Math.max(...rows.map((label) => label.length));
  const percent = (share: number) => Number.isNaN(share) ? "" : (100 * share).toFixed(0);
  const shade = (share: number) => " ░▒▓█"[Math.min(4, Math.floor(5 * share))] ?? " ";
  const lines = rows.map((label, row) =>
    `${label.padStart(widest)} ` +
    shares[row].map((share) => cyan(shade(share)) + percent(share).padStart(3)).join("").trimEnd()
  );
  const heading = " ".repeat(widest + 1) + columns.map((label) => label.padStart(4)).join("");
  await picture([bold(heading), ...lines, dim("in per cent")].join("\n"), () => {
    const { edge, space, top, above, largest, gap } = look.map;
    const left = edge + textWidth(widest) + space;
    const side = Math.min(largest, (width - left) / columns.length);
    const drawn = columns.map((label, k) =>
      text([left + (k + 0.5) * side, top - above], label, { anchor: "middle", weight: "bold" })
    );
    rows.forEach((label, row) => {
      const y = top + row * side, line = y + side / 2 + look.foot;
      drawn.push(text([left - space, line], label, { anchor: "end", weight: "bold" }));
      shares[row].forEach((share, k) => {
        if (Number.isNaN(share)) return;
        const x = left + k * side;
        drawn.push(
          `<rect x="${px(x)}" y="${px(y)}" width="${px(side - gap)}" height="${px(side - gap)}" ` +
            `fill="${shadeOfBlue(share)}"/>`,
          text([x + side / 2, line], percent(share), {
            anchor: "middle",
            fill: share > look.map.dark ? "#ffffff" : "#000000",
          }),
        );
      });
    });
    const below = top + rows.length * side;
    drawn.push(text([left, below + look.line], "in per cent"));
    const description = rows.map((label, row) => `${label}: ${shares[row].map(percent).join(" ")}`);
    return Promise.resolve(
      svg(drawn, { title, description: description.join("; "), height: below + look.last }),
    );
  });
}

/** A plot, worked out. Places in it run from 0 to 1, within the frame. */
interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly {
    readonly name: string;
    /** What is inside the frame. */
    readonly lines: readonly Line[];
    readonly dots: readonly Pair[];
    /** The place furthest to the right, where the name stands: nothing of the curve is beside it. */
    readonly end: Pair;
    readonly description: string;
  }[];
}

function layOut(
  curves: Readonly<Record<string, Curve>>,
  { title, x, y, labels = ["x", "y"], log = "" as "x" }: PlotOptions,
): Chart {
  const entries = Object.entries(curves).map(([name, curve]) => [printable(name), curve] as const);
  const names = entries.map(([name]) => name);
  const [logX, logY] = [log.includes("x"), log.includes("y")];
  const given = entries.flatMap(([, curve]) => typeof curve === "function" ? [] : pairsOf(curve));
  const xRange = x ?? extent(given.map(([x]) => x), { log: logX });
  const pairs = entries.map(([, curve]) =>
    typeof curve === "function"
      ? steps(xRange, logX).map((x): Pair => [x, curve(x)])
      : pairsOf(curve)
  );
  const visible = pairs.flat().filter(([x]) => x >= xRange[0] && x <= xRange[1]);
  const yRange = y ?? extent(visible.map(([, y]) => y), { log: logY, pad: look.plot.pad });
  const across = axis(xRange, { label: printable(labels[0]), log: logX });
  const up = axis(yRange, { label: printable(labels[1]), log: logY });
  return {
    title: title ?? `Plot of ${names.join(", ")}`,
    x: across,
    y: up,
    curves: entries.map(([name, curve], k) => {
      const places = pairs[k].map(([x, y]): Pair => [across.place(x), up.place(y)]);
      const alone = "dots" in curve, few = Array.isArray(curve) && Array.isArray(curve[0]);
      const lines = alone ? [] : places.slice(1).map((place, i) => clip([places[i], place]))
        .filter((line) => line !== undefined);
      const dots = alone || (few && places.length <= look.plot.marked)
        ? places.filter(isInside)
        : [];
      const end = [...lines.flat(), ...dots].reduce<Pair>(
        (end, place) => place[0] >= end[0] ? place : end,
        [0, 1],
      );
      return { name, lines, dots, end, description: describe(name, pairs[k]) };
    }),
  };
}

function pairsOf(curve: Exclude<Curve, (x: number) => number>): readonly Pair[] {
  if ("dots" in curve) return curve.dots;
  return curve.map((item, x): Pair => typeof item === "number" ? [x, item] : item);
}

/** Numbers from one end of an axis to the other. */
function steps([from, to]: Pair, log: boolean): number[] {
  const count = look.plot.steps;
  return Array.from(
    { length: count + 1 },
    (_, k) => log ? from * (to / from) ** (k / count) : from + (to - from) * (k / count),
  );
}

/** Where a curve begins and ends, in words. */
function describe(name: string, pairs: readonly Pair[]): string {
  const finite = pairs.filter(([, y]) => Number.isFinite(y));
  if (finite.length === 0) return `${name}: nothing`;
  const [first, last] = [finite[0], finite[finite.length - 1]]
    .map(([x, y]) => `${rounded(y)} at ${rounded(x)}`);
  return `${name}: ${first === last ? first : `from ${first} to ${last}`}`;
}

function rounded(x: number): string {
  return tickLabel(Number(x.toPrecision(3)));
}

/**
 * The heights at which names stand: beside the ends of their curves, moved up or down by as many
 * rows as it takes to be apart.
 */
function namePlaces(
  curves: readonly { readonly name: string; readonly end: Pair }[],
  { row, widthOf }: { row: number; widthOf: (name: string) => number },
): number[] {
  const placed: { left: number; right: number; y: number }[] = [];
  for (const { name, end: [left, y] } of curves) {
    const right = left + widthOf(name);
    // Each other name is in the way of two places at most, and half of them may be outside.
    const free = Array.from(
      { length: 4 * curves.length },
      (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2),
    ).filter((y) => y >= 0 && y <= 1)
      .find((y) =>
        placed.every((other) =>
          Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right < left
        )
      );
    placed.push({ left, right, y: free ?? y });
  }
  return placed.map(({ y }) => y);
}

/** How wide the frame may be so that the names to the right of it have room, too. */
function frameWidth(curves: Chart["curves"], room: number, widthOf: (name: string) => number) {
  const widths = curves.map(({ name, end: [x] }) => (room - widthOf(name)) / Math.max(x, 0.01));
  return Math.max(room / 2, Math.min(room, ...widths));
}

function plotText({ x, y, curves }: Chart): string {
  const { rows } = look.plot, space = 2;
  const margin = Math.max(...y.ticks.map(({ label }) => label.length)) + 2,
    room = terminalColumns - margin;
  const across = Math.floor(frameWidth(curves, room, (name) => name.length + space));
  const canvas = new Canvas(room, rows);
  const inside = ([x, y]: Pair): Pair => [x * across / room, y];
  const [axisX, axisY] = [zeroOf(y), zeroOf(x)];
  curves.forEach(({ lines, dots }, k) => {
    const { paint } = colours[k % colours.length];
    for (const [from, to] of lines) canvas.line(inside(from), inside(to), paint);
    for (const dot of dots) canvas.mark(inside(dot), "●", paint);
  });
  // A name stands in one line of characters: its height is the middle of that.
  const ends = curves.map(({ name, end }) => ({
    name,
    end: [end[0], 1 - (canvas.cell(end)[1] + 0.5) / rows] as const,
  }));
  const heights = namePlaces(ends, {
    row: 1 / rows,
    widthOf: (name) => (name.length + space) / across,
  });
  curves.forEach(({ name, end }, k) => {
    const [column, row] = canvas.cell(inside([end[0], heights[k]]));
    canvas.write(column + space, row, name, colours[k % colours.length].paint);
  });
  for (let row = 0; axisY !== undefined && row < rows; row++) {
    const [column] = canvas.cell(inside([axisY, 0]));
    if (canvas.isEmpty(column, row)) canvas.write(column, row, "┊", dim);
  }
  for (let column = 0; axisX !== undefined && column < across; column++) {
    const [, row] = canvas.cell([0, axisX]);
    if (canvas.isEmpty(column, row)) canvas.write(column, row, "┈", dim);
  }
  const labels = new Map(y.ticks.map(({ at, label }) => [canvas.cell([0, at])[1], label]));
  const ground = Array(across).fill("─");
  let captions = "";
  for (const { at, label } of x.ticks) {
    const [column] = canvas.cell(inside([at, 0]));
    ground[column] = "┬";
    const start = margin + column - Math.floor((label.length - 1) / 2);
    if (start > captions.length || captions === "") captions = captions.padEnd(start) + label;
  }
  return [
    " ".repeat(margin - 1) + dim(`↑ ${y.label}`),
    ...canvas.lines().map((line, row) =>
      (labels.get(row) ?? "").padStart(margin - 2) + ` ${labels.has(row) ? "┤" : "│"}${line}`
    ),
    `${" ".repeat(margin - 1)}└${ground.join("")}`,
    captions,
    dim(`${x.label} →`.padStart(margin + across)),
  ].join("\n");
}

function plotSvg({ title, x, y, curves }: Chart): string {
  const { height, top, space, name: spaceOfName, edge, grid, axes, moved } = look.plot;
  const bottom = height - look.below;
  const letters = Math.max(...y.ticks.map(({ label }) => label.length));
  const left = edge + textWidth(letters) + space;
  const widthOf = (name: string) => textWidth(name.length) + spaceOfName;
  // The last number below is half outside of the frame.
  const half = textWidth(1 + Math.max(...x.ticks.map(({ label }) => label.length))) / 2;
  const across = Math.min(
    frameWidth(curves, width - left - look.plot.right, widthOf),
    width - left - half,
  );
  const at = ([x, y]: Pair): Pair => [left + x * across, bottom - y * (bottom - top)];
  const drawn: string[] = [];
  const rule = (from: Pair, to: Pair, opacity: number) =>
    `<path d="${pathOf([[at(from), at(to)]])}" stroke="currentColor" stroke-opacity="${opacity}"/>`;
  for (const { at: place, label } of y.ticks) {
    const [, line] = at([0, place]);
    drawn.push(
      rule([0, place], [1, place], grid),
      text([left - space, line + look.foot], label, { anchor: "end" }),
    );
  }
  for (const { at: place, label } of x.ticks) {
    const [column] = at([place, 0]);
    drawn.push(
      rule([place, 0], [place, 1], grid),
      text([column, bottom + look.line], label, { anchor: "middle" }),
    );
  }
  const [axisX, axisY] = [zeroOf(y) ?? 0, zeroOf(x) ?? 0];
  drawn.push(rule([0, axisX], [1, axisX], axes), rule([axisY, 0], [axisY, 1], axes));
  const heights = namePlaces(curves, {
    row: look.apart / (bottom - top),
    widthOf: (name) => widthOf(name) / across,
  });
  curves.forEach(({ name, lines, dots, end }, k) => {
    const { svg, dashes } = colours[k % colours.length];
    if (lines.length > 0) {
      drawn.push(
        `<path d="${pathOf(lines.map(([from, to]) => [at(from), at(to)]))}" fill="none" ` +
          `stroke="${svg}" stroke-width="2.5" stroke-linejoin="round"${dashes}/>`,
      );
    }
    for (const dot of dots) drawn.push(circle(at(dot), look.radius, { fill: svg }));
    const [column, line] = at([end[0], heights[k]]);
    // Where the name had to move away from its curve, a dot in the colour of the curve leads it.
    const isMoved = heights[k] !== end[1];
    if (isMoved) drawn.push(circle([column + moved.dot, line], moved.radius, { fill: svg }));
    drawn.push(
      text([column + (isMoved ? moved.name : look.plot.gap), line + look.foot], name, {
        weight: "bold",
      }),
    );
  });
  drawn.push(
    text(look.plot.up, `↑ ${y.label}`),
    text([left + across, height - look.end], `${x.label} →`, { anchor: "end" }),
  );
  const description = [
    `${x.label} from ${rounded(x.range[0])} to ${rounded(x.range[1])}`,
    `${y.label} from ${rounded(y.range[0])} to ${rounded(y.range[1])}`,
    ...curves.map(({ description }) => description),
  ].join(". ");
  return svg(drawn, { title, description, height });
}

/** Where the number 0 is on an axis, when it is inside the frame. */
function zeroOf({ range: [from, to], place }: Axis): number | undefined {
  return from < 0 && to > 0 ? place(0) : undefined;
}

/** What {@linkcode decisionBoundary} draws. Places run from 0 to 1, within the frame. */
interface Plane {
  readonly score: (x: number, y: number) => number;
  readonly points: readonly {
    readonly place: Pair;
    readonly label: number;
    readonly isTest: boolean;
    readonly isRight: boolean;
  }[];
  readonly x: Axis;
  readonly y: Axis;
}

/** How many of the points are on the right side of the boundary, in words. */
function rightOf({ points }: Plane): string {
  const count = (isTest: boolean) => {
    const list = points.filter((point) => point.isTest === isTest);
    return `${list.filter(({ isRight }) => isRight).length} of ${list.length}`;
  };
  const test = points.some(({ isTest }) => isTest) ? `, ${count(true)} test points` : "";
  return `${count(false)} points${test} on the right side`;
}

function planeText(plane: Plane): string {
  const canvas = new Canvas(look.plane.columns, look.plane.rows);
  const ground = canvas.lines().map((_, row) =>
    Array.from(
      { length: canvas.columns },
      (_, column) =>
        plane.score((column + 0.5) / canvas.columns, 1 - (row + 0.5) / canvas.rows) > 0,
    )
  );
  for (const { place, label, isTest } of plane.points) {
    const [high, low] = isTest ? ["#", "@"] : ["+", "o"];
    canvas.mark(place, label > 0 ? high : low, bold);
  }
  const [left, right, low, high] = [...plane.x.range, ...plane.y.range].map(rounded);
  const hasTest = plane.points.some(({ isTest }) => isTest);
  return [
    ...ground.map((row, k) =>
      row.map((isPositive, column) => {
        const mark = canvas.markAt(column, k) || (isPositive ? "·" : " ");
        return (isPositive ? bgYellow : bgBlue)(black(mark));
      }).join("")
    ),
    `+ class +1   o class −1${hasTest ? "   # and @ the same, as test points" : ""}`,
    dim(`· score above 0   x₁ from ${left} to ${right}, x₂ from ${low} to ${high}`),
    dim(rightOf(plane)),
  ].join("\n");
}

function planeSvg(plane: Plane): string {
  const { score, points, x, y } = plane;
  const { height, top, edge, space, key, up } = look.plane, bottom = height - look.below;
  const letters = Math.max(...y.ticks.map(({ label }) => label.length));
  const left = edge + textWidth(letters) + space, right = width - look.plane.right;
  const at = ([x, y]: Pair): Pair => [left + x * (right - left), bottom - y * (bottom - top)];
  const { positive, boundary } = contour(score, look.plane.grid);
  const line = pathOf(boundary.map(([from, to]) => [at(from), at(to)]));
  const names = [
    text(up, "↑ x₂"),
    text([right, height - look.end], "x₁ →", { anchor: "end" }),
  ];
  const below = x.ticks.map(({ at: place, label }) =>
    text([at([place, 0])[0], bottom + look.line], label, { anchor: "middle" })
  );
  const beside = y.ticks.map(({ at: place, label }) =>
    text([left - space, at([0, place])[1] + look.foot], label, { anchor: "end" })
  );
  const classes = [1, -1].flatMap((label, k) => {
    const [x, y] = [key.classes[k], key.line - look.foot];
    return [
      pointMark([x, y], { label, isTest: false }),
      text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`),
    ];
  });
  const drawn = [
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ` +
    'fill="#b3d5ea"/>',
    `<path d="${positive.map((area) => areaOf(area.map(at))).join("")}" fill="#f6dda6"/>`,
    `<path d="${line}" fill="none" ` +
    'stroke="#222222" stroke-width="2" stroke-linecap="round"/>',
    ...points.filter(({ place }) => isInside(place)).map((point) =>
      pointMark(at(point.place), point)
    ),
    ...below,
    ...beside,
    ...names,
    ...classes,
    text([left, height - look.end], rightOf(plane)),
  ];
  if (points.some(({ isTest }) => isTest)) {
    drawn.push(text([key.hollow, key.line], "hollow: test points"));
  }
  const title = "The plane in two colours, by the sign of the score, with the points";
  return svg(drawn, { title, description: rightOf(plane), height });
}

/** A square for class +1, a circle for class −1; hollow for a test point. */
function pointMark(
  [x, y]: Pair,
  { label, isTest }: { readonly label: number; readonly isTest: boolean },
): string {
  const colour = label > 0 ? "#D55E00" : "#0072B2";
  const paint = isTest
    ? { fill: "#ffffff", more: ` stroke="${colour}" stroke-width="2.5"` }
    : { fill: colour, more: ' stroke="#222222"' };
  if (label <= 0) return circle([x, y], look.radius, paint);
  const { half } = look.plane;
  return `<rect x="${px(x - half)}" y="${px(y - half)}" width="${2 * half}" height="${2 * half}" ` +
    `fill="${paint.fill}"${paint.more}/>`;
}

/**
 * Where a function is positive, on a grid over the unit square, and where it is 0. In each cell of
 * the grid the area goes around the corners; where two corners have different signs, the boundary
 * crosses their edge, and a straight line between the two numbers says where.
 */
function contour(
  f: (x: number, y: number) => number,
  [columns, rows]: Pair,
): { positive: Pair[][]; boundary: Line[] } {
  const grid = Array.from(
    { length: rows + 1 },
    (_, row) => Array.from({ length: columns + 1 }, (_, column) => f(column / columns, row / rows)),
  );
  const positive: Pair[][] = [], boundary: Line[] = [];
  const place = (column: number, row: number): Pair => [column / columns, row / rows];
  for (let row = 0; row < rows; row++) {
    let start = 0; // of the cells before this one that are positive as a whole
    const closeRun = (end: number) => {
      if (start < end) {
        positive.push([[start, row], [end, row], [end, row + 1], [start, row + 1]]
          .map(([x, y]) => place(x, y)));
      }
      start = end + 1;
    };
    for (let column = 0; column < columns; column++) {
      const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([right, up]) => ({
        x: column + right,
        y: row + up,
        score: grid[row + up][column + right],
      }));
      if (corners.every(({ score }) => score > 0)) continue;
      closeRun(column);
      const area: Pair[] = [], crossings: Pair[] = [];
      corners.forEach((corner, k) => {
        const next = corners[(k + 1) % 4];
        if (corner.score > 0) area.push(place(corner.x, corner.y));
        if ((corner.score > 0) !== (next.score > 0)) {
          const part = corner.score / (corner.score - next.score);
          const crossing = place(
            corner.x + part * (next.x - corner.x),
            corner.y + part * (next.y - corner.y),
          );
          crossings.push(crossing);
          area.push(crossing);
        }
      });
      if (area.length > 0) positive.push(area);
      for (let k = 0; k < crossings.length; k += 2) boundary.push([crossings[k], crossings[k + 1]]);
    }
    closeRun(columns);
  }
  return { positive, boundary };
}

/** How wide a picture in a terminal is. */
const terminalColumns = 72;

/**
 * Sizes by eye, in pixels but where they say something else. Other sizes would do, too, as long as
 * nothing is then over anything else.
 */
const look = {
  /** From the middle of letters down to the line they stand on. */
  foot: 5,
  /** From one line of letters to the next. */
  apart: 17,
  /** From something down to the line below it, and to the end of the picture where that is the last. */
  line: 18,
  last: 28,
  /** From the frame to the lower edge, and from the last line to it. */
  below: 46,
  end: 8,
  /** Of a point. */
  radius: 4.5,
  bars: {
    /** By which part of a power of ten the shortest bar is longer than nothing, at least. */
    least: 0.1,
    /** The longest bar in a terminal. */
    characters: 36,
    /** For how many more letters than there are is room at the right: these are bold. */
    letters: 3,
    row: 40,
    inset: 6,
    edge: 2,
    space: 8,
    gap: 7,
  },
  plot: {
    /** The share of the axis above and below the curves. */
    pad: 0.04,
    /** The most points that are marked on a line, and the parts of a function that are straight. */
    marked: 50,
    steps: 240,
    /** In a terminal. */
    rows: 16,
    height: 320,
    top: 28,
    edge: 6,
    space: 6,
    right: 8,
    /** Beside a name, and for the dot that leads to one that is moved. */
    name: 22,
    gap: 8,
    moved: { dot: 12, radius: 4, name: 20 },
    up: [4, 16] as const,
    /** How opaque the lines are. */
    grid: 0.15,
    axes: 0.7,
  },
  plane: {
    /** The share of the plane around the points. */
    pad: 0.15,
    /** In a terminal. */
    columns: 66,
    rows: 22,
    /** The cells in which the boundary is straight. */
    grid: [64, 48] as const,
    height: 400,
    top: 30,
    right: 6,
    edge: 3,
    space: 5,
    up: [0, 18] as const,
    /** Half the side of a square. */
    half: 4,
    /** What the marks mean: where these are, and what is beside them. */
    key: { line: 18, classes: [92, 184], space: 10, hollow: 276 },
  },
  network: {
    /** The most neurons of a layer that are drawn, in a terminal and otherwise. */
    few: 4,
    many: 8,
    /** For each row of neurons, in a terminal. */
    lines: 3,
    row: 36,
    radius: 10,
    note: 80,
    below: 92,
  },
  map: {
    /** From which share on the number in a cell is white. */
    dark: 0.78,
    largest: 44,
    gap: 1,
    edge: 6,
    space: 8,
    top: 26,
    above: 8,
  },
};

/** Colours of Okabe and Ito (2008), told apart with any kind of colour blindness, and by dashes. */
const colours = [
  { svg: "#0072B2", paint: cyan, dashes: "" },
  { svg: "#D55E00", paint: yellow, dashes: ' stroke-dasharray="9 4"' },
  { svg: "#009E73", paint: green, dashes: ' stroke-dasharray="3 4"' },
  { svg: "#CC79A7", paint: magenta, dashes: ' stroke-dasharray="12 4 3 4"' },
  { svg: "currentColor", paint: bold, dashes: ' stroke-dasharray="6 3"' },
];

/** A share from 0 to 1 as a blue from pale to dark. */
function shadeOfBlue(share: number): string {
  const [pale, dark] = [[0xee, 0xf5, 0xfa], [0x00, 0x5a, 0x8f]];
  return `#${
    pale.map((from, k) => Math.round(from + share * (dark[k] - from)).toString(16).padStart(2, "0"))
      .join("")
  }`;
}
