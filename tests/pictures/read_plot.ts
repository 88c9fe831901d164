/**
 * Reads a plot of the lessons back: the numbers behind its curves, by way of the numbers at its axes.
 *
 * @module
 */
import { assert, assertAlmostEquals } from "@std/assert";
import { type Element, parseXml } from "./strict_xml.ts";

/** A point. */
export type Pair = [x: number, y: number];

/** The texts of an SVG, and where they are. */
export function textsOf(elements: readonly Element[]) {
  return elements.filter(({ name }) => name === "text").map((element) => ({
    ...element,
    x: number(element, "x"),
    y: number(element, "y"),
    anchor: element.attributes.get("text-anchor") ?? "start",
  }));
}

/** An attribute that is a number. */
export function number({ attributes }: Element, name: string): number {
  return Number(attributes.get(name));
}

/** A label at an axis, as the number it says. */
export function said(label: string): number {
  return Number(label.replaceAll("−", "-"));
}

/** The straight line through the first and the last of some points. */
export function through(points: readonly Pair[]): (x: number) => number {
  const [[x1, y1], [x2, y2]] = [points[0], points[points.length - 1]];
  return (x) => y1 + (x - x1) / (x2 - x1) * (y2 - y1);
}

/** What a place in the SVG means, by the numbers at its axes; `log` names the logarithmic ones. */
export function scales(elements: readonly Element[], log = "") {
  const texts = textsOf(elements);
  const isTick = ({ text }: { text: string }) => /^−?[\d.]+(e−?\d+)?$/.test(text);
  const below = texts.filter((text) => isTick(text) && text.anchor === "middle");
  const beside = texts.filter((text) => isTick(text) && text.anchor === "end");
  assert(below.length >= 2 && beside.length >= 2, "at least two ticks at each axis");
  const scale = (ticks: Pair[], isLog: boolean) => {
    const line = through(ticks.map(([place, n]) => [place, isLog ? Math.log10(n) : n]));
    // Every tick is where its number says, not the two outermost alone.
    for (const [place, n] of ticks) {
      const there = isLog ? 10 ** line(place) : line(place);
      assertAlmostEquals(there, n, 1e-3 * Math.max(Math.abs(n), Math.abs(ticks[0][1])));
    }
    return isLog ? (place: number) => 10 ** line(place) : line;
  };
  return {
    x: scale(below.map(({ x, text }) => [x, said(text)]), log.includes("x")),
    // The foot of a number is 5 below the middle of the letters.
    y: scale(beside.map(({ y, text }) => [y - 5, said(text)]), log.includes("y")),
  };
}

/** The corners of a path, in the units of the SVG. */
export function corners({ attributes }: Element): Pair[] {
  return [...attributes.get("d")!.matchAll(/[ML](\S+) ([^MLZ]+)/g)]
    .map(([, x, y]) => [Number(x), Number(y)]);
}

/** A corner of a curve, and how far off it may be: what a tenth of a pixel means there. */
export interface Corner {
  readonly x: number;
  readonly y: number;
  readonly within: Pair;
}

/**
 * The curves of a plot.
 *
 * @param svg the plot
 * @param log which axes are logarithmic, `"x"`, `"y"` or `"xy"`
 * @returns the corners of each as numbers, by the name that is written beside it
 */
export function curves(svg: string, log = ""): Record<string, Corner[]> {
  const elements = parseXml(svg), { x, y } = scales(elements, log);
  const found: Record<string, Corner[]> = {};
  let corner: Corner[] = [];
  for (const element of elements) {
    const { name, attributes, text } = element;
    if (name === "path" && attributes.get("stroke-width") === "2.5") {
      corner = corners(element).map(([across, down]) => ({
        x: x(across),
        y: y(down),
        within: [Math.abs(x(across + 0.1) - x(across)), Math.abs(y(down + 0.1) - y(down))],
      }));
    }
    if (name === "text" && attributes.get("font-weight") === "bold") found[text] = corner;
  }
  return found;
}

/** The plane as a classifier sees it, read back. */
export interface Plane {
  /** The corners of the boundary; the width and height of a pixel. */
  readonly boundary: readonly Pair[];
  readonly pixel: Pair;
  /** The points of a class. */
  readonly positive: readonly Pair[];
  readonly negative: readonly Pair[];
}

/**
 * The boundary and the points in a picture of a classifier.
 *
 * @param svg the picture
 * @returns them, as numbers
 */
export function plane(svg: string): Plane {
  const elements = parseXml(svg), { x, y } = scales(elements);
  const at = ([across, down]: Pair): Pair => [x(across), y(down)];
  const boundary = elements.filter(({ name, attributes }) =>
    name === "path" && attributes.get("stroke-width") === "2"
  ).flatMap(corners).map(at);
  // The frame comes first; below and beside it are the names of the classes, with the same marks.
  const [frame] = elements.filter(({ name }) => name === "rect");
  const [left, top] = [number(frame, "x"), number(frame, "y")];
  const isInside = ([across, down]: Pair) =>
    across >= left && across <= left + number(frame, "width") &&
    down >= top && down <= top + number(frame, "height");
  const squares = elements.filter((element) => element.name === "rect" && element !== frame)
    .map((mark): Pair => [
      number(mark, "x") + number(mark, "width") / 2,
      number(mark, "y") + number(mark, "height") / 2,
    ]);
  const circles = elements.filter(({ name }) => name === "circle")
    .map((mark): Pair => [number(mark, "cx"), number(mark, "cy")]);
  return {
    boundary,
    pixel: [Math.abs(x(1) - x(0)), Math.abs(y(1) - y(0))],
    positive: squares.filter(isInside).map(at),
    negative: circles.filter(isInside).map(at),
  };
}
