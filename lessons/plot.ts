/**
 * The plots of the lessons: drawn by Observable Plot in a notebook, with characters in a terminal.
 *
 * @module
 */
import { bgBlue, bgYellow, black, bold } from "@std/fmt/colors";
import { picture } from "./show.ts";

/** Colours of Okabe and Ito (2008), told apart with any kind of colour blindness. */
const blue = "#0072B2";
const orange = "#E69F00";
const vermillion = "#D55E00";
const [paleBlue, paleOrange] = ["#b3d5ea", "#f6dda6"];
const colours = [blue, vermillion, "#009E73", "#CC79A7"];

/** Draws with Plot on a page that exists only in memory, and returns the SVG. */
async function svg(
  describe: string,
  // deno-lint-ignore no-explicit-any -- Plot's own types need the DOM, which Deno does not have.
  options: (Plot: any) => Record<string, unknown>,
): Promise<string> {
  const Plot = await import("@observablehq/plot");
  const { DOMParser } = await import("linkedom");
  const document = new DOMParser().parseFromString("<html></html>", "text/html");
  const element = Plot.plot({
    document,
    width: 640,
    height: 360,
    marginLeft: 56,
    marginRight: 32,
    marginBottom: 44,
    marginTop: 28,
    // A page of its own, so that the picture is readable on a dark theme too.
    style: { background: "#ffffff", color: "#222222", fontSize: "13px" },
    // linkedom writes attributes as HTML takes them; an SVG is XML, which takes less.
    ariaLabel: describe.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
    ...options(Plot),
  });
  return String(element.outerHTML).replace(
    "<svg ",
    '<svg role="img" xmlns="http://www.w3.org/2000/svg" ',
  );
}

const blocks = "▁▂▃▄▅▆▇█";

/** A curve as one line of characters, 40 at most, on a scale from `low` ▁ to `high` █. */
function sparkline(numbers: readonly number[], low: number, high: number): string {
  const length = Math.min(40, numbers.length);
  return Array.from({ length }, (_, k) => {
    const y = numbers[Math.round(k * (numbers.length - 1) / Math.max(1, length - 1))];
    const height = (y - low) / (high - low || 1);
    return Number.isFinite(y) ? blocks[Math.round(height * (blocks.length - 1))] : "?";
  }).join("");
}

/** A number at an axis: written out while that is short. */
function shortTick(y: number): string {
  return y >= 0.001 && y <= 1000 ? String(y) : y.toExponential(0);
}

/** One curve of {@linkcode lossCurves}. */
export interface Curve {
  readonly name: string;
  /** The loss at each step. */
  readonly losses: readonly number[];
}

/** The loss at each step of one or more trainings: curves on a logarithmic scale, or sparklines. */
export async function lossCurves(...curves: Curve[]): Promise<void> {
  const widest = Math.max(...curves.map(({ name }) => name.length));
  const logs = curves.flatMap(({ losses }) => losses.map(Math.log10)).filter(Number.isFinite);
  const text = curves.map(({ name, losses }) => {
    const [first, last] = [losses[0], losses.at(-1)!].map((loss) => Number(loss.toPrecision(3)));
    const spark = sparkline(losses.map(Math.log10), Math.min(...logs), Math.max(...logs));
    return `${name.padEnd(widest)}  ${
      spark.padEnd(curves.length > 1 ? 40 : 0)
    }  ${first} → ${last}`;
  }).join("\n");
  const points = curves.flatMap(({ name, losses }) =>
    losses.map((loss, step) => ({ name, step, loss })).filter(({ loss }) => Number.isFinite(loss))
  );
  await picture(
    text,
    () =>
      svg(`Loss at each step of training, on a logarithmic scale.\n${text}`, (Plot) => ({
        marginRight: 20 + 8 * widest,
        x: { label: "step →", grid: false, labelAnchor: "right" },
        y: { label: "↑ loss", type: "log", grid: true, ticks: 5, tickFormat: shortTick },
        color: { domain: curves.map(({ name }) => name), range: colours },
        marks: [
          Plot.line(points, { x: "step", y: "loss", stroke: "name", strokeWidth: 2.5 }),
          Plot.text(
            points,
            Plot.selectLast({
              x: "step",
              y: "loss",
              z: "name",
              text: "name",
              fill: "name",
              fontWeight: "bold",
              textAnchor: "start",
              dx: 6,
            }),
          ),
        ],
      })),
  );
}

/** How fast each of several ways is, on a logarithmic scale that begins at 1 a second. */
export async function speedChart(
  speeds: readonly { name: string; speed: number }[],
): Promise<void> {
  const shown = speeds.map(({ name, speed }) => {
    const times = speed / speeds[0].speed;
    return {
      name,
      speed,
      label: `${Math.round(speed)}/s${times === 1 ? "" : ` (${times.toFixed(0)}×)`}`,
    };
  });
  const widest = Math.max(...shown.map(({ name }) => name.length));
  const fastest = Math.max(...shown.map(({ speed }) => speed));
  const text = shown.map(({ name, speed, label }) => {
    const length = Math.max(1, Math.round(40 * Math.log10(speed) / Math.log10(fastest)));
    return `${name.padEnd(widest)}  ${"█".repeat(length)} ${label}`;
  }).join("\n");
  await picture(
    `${text}\n(the scale is logarithmic)`,
    () =>
      svg(`Times a second, on a logarithmic scale.\n${text}`, (Plot) => ({
        height: 60 + 60 * shown.length,
        marginLeft: 96,
        marginRight: 128,
        x: { label: "times a second →", type: "log", domain: [1, fastest], grid: true, ticks: 5 },
        y: { label: null, domain: shown.map(({ name }) => name) },
        marks: [
          Plot.barX(shown, {
            x1: 1,
            x2: "speed",
            y: "name",
            fill: blue,
            insetTop: 6,
            insetBottom: 6,
          }),
          Plot.text(shown, { x: "speed", y: "name", text: "label", dx: 6, textAnchor: "start" }),
        ],
      })),
  );
}

/** A point of the plane with its class. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** −1 or +1. */
  readonly label: number;
}

/** The plane as a classifier sees it: where its score is positive, where negative, and the points. */
export async function decisionBoundary(
  score: (x: number, y: number) => number,
  points: readonly Point[],
): Promise<void> {
  const pad = 0.4;
  const [x1, x2] = range(points.map(({ x }) => x), pad);
  const [y1, y2] = range(points.map(({ y }) => y), pad);
  await picture(
    characterMap(score, points, { x1, x2, y1, y2 }),
    () =>
      svg("The plane coloured by the sign of the network's score, with the points.", (Plot) => ({
        height: 420,
        x: { label: "x₁ →", domain: [x1, x2], labelAnchor: "right" },
        y: { label: "↑ x₂", domain: [y1, y2] },
        marks: [
          Plot.frame({ fill: paleBlue, stroke: "none" }),
          Plot.contour({
            x1,
            x2,
            y1,
            y2,
            value: score,
            thresholds: [0],
            fill: paleOrange,
            stroke: "#222222",
            strokeWidth: 2,
            pixelSize: 4,
          }),
          // The contour goes along the edge of the plane, too, where the score is not 0.
          Plot.frame({ stroke: "#ffffff", strokeWidth: 4 }),
          ...[-1, 1].map((label) =>
            Plot.dot(points.filter((point) => point.label === label), {
              x: "x",
              y: "y",
              r: 4.5,
              fill: label > 0 ? orange : blue,
              stroke: "#222222",
              symbol: label > 0 ? "square" : "circle",
            })
          ),
          Plot.text(["■ class +1   ● class −1   — where the score is 0"], {
            frameAnchor: "top-right",
            dy: -18,
          }),
        ],
      })),
  );
}

function characterMap(
  score: (x: number, y: number) => number,
  points: readonly Point[],
  { x1, x2, y1, y2 }: { x1: number; x2: number; y1: number; y2: number },
): string {
  const [columns, rows] = [64, 22];
  const cells = Array.from(
    { length: rows },
    (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const x = x1 + (column + 0.5) / columns * (x2 - x1);
        const y = y2 - (row + 0.5) / rows * (y2 - y1);
        return score(x, y) > 0 ? { paint: bgYellow, mark: "·" } : { paint: bgBlue, mark: " " };
      }),
  );
  for (const { x, y, label } of points) {
    const column = Math.floor((x - x1) / (x2 - x1) * columns);
    const row = Math.floor((y2 - y) / (y2 - y1) * rows);
    cells[row][column].mark = label > 0 ? "+" : "o";
  }
  const [left, right, low, high] = [x1, x2, y1, y2].map((edge) => edge.toFixed(1));
  return [
    ...cells.map((row) => row.map(({ paint, mark }) => paint(black(bold(mark)))).join("")),
    `x₁ from ${left} to ${right}, x₂ from ${low} to ${high}   + class +1   o class −1`,
    "· where the score is positive",
  ].join("\n").replaceAll(" -", " −");
}

function range(numbers: readonly number[], pad: number): [number, number] {
  return [Math.min(...numbers) - pad, Math.max(...numbers) + pad];
}
