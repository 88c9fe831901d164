/**
 * Where numbers stand in a picture: scales, ticks, and what of a line is inside the frame.
 *
 * @module
 */

/** A point of the plane: x and y. */
export type Pair = readonly [x: number, y: number];

/** A straight line from one point to another. */
export type Line = readonly [from: Pair, to: Pair];

/** An axis: which numbers it shows, and where. Places run from 0 to 1. */
export interface Axis {
  readonly label: string;
  readonly range: Pair;
  /** Where a number is. */
  readonly place: (x: number) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/**
 * An axis from one number to another.
 *
 * @param range the numbers at its two ends
 * @param options its name; whether it is logarithmic, which its label then says
 */
export function axis(range: Pair, { label, log }: { label: string; log: boolean }): Axis {
  const [from, to] = log ? range.map(Math.log10) : range;
  const length = to - from;
  if (!(length > 0 && length < Infinity)) {
    throw new RangeError(
      `write the ends of the axis "${label}" as [from, to], the smaller number first` +
        `${log ? ", both above 0 as it is logarithmic" : ""}: they are [${range.join(", ")}]`,
    );
  }
  const place = (x: number) => ((log ? Math.log10(x) : x) - from) / length;
  const ticks = (log ? powersOfTen(range) : roundNumbers(range))
    .map((x) => ({ at: place(x), label: tickLabel(x) }));
  return { label: log ? `${label} (logarithmic)` : label, range, place, ticks };
}

/**
 * The smallest and the largest of some numbers, as far as an axis can show them, with a share of
 * their distance around them.
 */
export function extent(
  numbers: readonly number[],
  { pad = 0, log = false }: { pad?: number; log?: boolean } = {},
): Pair {
  const shown = numbers.filter((x) => Number.isFinite(x) && (!log || x > 0));
  if (shown.length === 0) return [1, 10];
  const low = shown.reduce((x, y) => Math.min(x, y));
  const high = shown.reduce((x, y) => Math.max(x, y));
  if (low === high) {
    const around = Math.abs(low) / 2 || 1;
    return log ? [low / 2, low * 2] : [low - around, low + around];
  }
  const margin = log ? 0 : pad * (high - low);
  return [low - margin, high + margin];
}

/** Multiples of 1, 2 or 5 times a power of ten, as few as cut the axis into at least four parts. */
function roundNumbers([from, to]: Pair): number[] {
  // A little more, as 0.011 − 0.007 is 0.0039999999999999994.
  const longest = (to - from) / 4 * (1 + 1e-9);
  const power = 10 ** Math.floor(Math.log10(longest));
  const step = power * [5, 2, 1].find((n) => n * power <= longest)!;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  // Dividing by a whole number rounds once: 3 × 0.1 would be 0.30000000000000004.
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** Powers of ten, at most seven; with fewer than two of them, round numbers between. */
function powersOfTen([from, to]: Pair): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9), last = Math.floor(Math.log10(to) + 1e-9);
  if (last - first < 1) return roundNumbers([from, to]);
  const every = Math.ceil((last - first) / 6);
  return Array.from(
    { length: Math.floor((last - first) / every) + 1 },
    (_, k) => Number(`1e${first + k * every}`),
  );
}

/** A number at an axis: written out while that is short. */
export function tickLabel(x: number): string {
  const size = Math.abs(x);
  const short = size === 0 || (size >= 0.001 && size < 1e5);
  return (short ? String(x) : x.toExponential()).replaceAll("-", "−").replace("e+", "e");
}

/** The number at a place of an axis that is not logarithmic. */
export function numberAt({ range: [from, to] }: Axis, place: number): number {
  return from + place * (to - from);
}

/** Whether a place is inside the frame. */
export function isInside([x, y]: Pair): boolean {
  return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

/**
 * The part of a straight line that is inside the frame, after Liang and Barsky: of t from 0 to 1
 * along the line, each edge leaves a part.
 */
export function clip([[x1, y1], [x2, y2]]: Line): Line | undefined {
  let [from, to] = [0, 1];
  const [dx, dy] = [x2 - x1, y2 - y1];
  for (const [outwards, room] of [[-dx, x1], [dx, 1 - x1], [-dy, y1], [dy, 1 - y1]]) {
    if (!Number.isFinite(outwards) || (outwards === 0 && room < 0)) return undefined;
    if (outwards < 0) from = Math.max(from, room / outwards);
    if (outwards > 0) to = Math.min(to, room / outwards);
  }
  if (from > to) return undefined;
  return [[x1 + from * dx, y1 + from * dy], [x1 + to * dx, y1 + to * dy]];
}
