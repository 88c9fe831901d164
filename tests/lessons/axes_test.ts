// Scales and ticks by what they promise, for many ranges; what is inside the frame, by samples.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  axis,
  clip,
  extent,
  isInside,
  numberAt,
  type Pair,
  tickLabel,
} from "../../lessons/axes.ts";
import { Random } from "../../mod.ts";

const random = new Random(7);

/** A label at an axis, as the number it says. */
function said(label: string): number {
  return Number(label.replaceAll("−", "-"));
}

/** The numbers at the ticks of an axis; each tick is in its place, within the frame. */
function ticksOf(range: Pair, log = false): number[] {
  const { ticks, place } = axis(range, { label: "x", log });
  return ticks.map(({ at, label }) => {
    const number = said(label);
    assertAlmostEquals(at, place(number), 1e-9);
    assert(at > -1e-9 && at < 1 + 1e-9, `${label} in ${range}`);
    return number;
  });
}

Deno.test("axis() has its ends at 0 and 1, and the mean between them in the middle", () => {
  const plain = axis([-2, 6], { label: "x", log: false });
  assertEquals([-2, 2, 6].map(plain.place), [0, 0.5, 1]);
  assertEquals([0, 0.25, 1].map((place) => numberAt(plain, place)), [-2, 0, 6]);
  assertEquals(plain.label, "x");
  const log = axis([0.1, 1000], { label: "x", log: true });
  [0.1, 1, 10, 100, 1000].forEach((x, k) => assertAlmostEquals(log.place(x), k / 4, 1e-12));
  assertEquals(log.label, "x (logarithmic)");
});

Deno.test("axis() refuses ends between which there is no finite distance", () => {
  for (const range of [[3, 3], [4, 3], [0, Infinity], [-Infinity, 0], [-1e308, 1e308], [NaN, 1]]) {
    assertThrows(() => axis(range as unknown as Pair, { label: "x", log: false }), RangeError);
  }
});

Deno.test("ticks are the fewest round numbers that cut an axis into at least four parts", () => {
  const steps = Array.from({ length: 25 }, (_, k) => 10 ** (k - 12))
    .flatMap((power) => [1, 2, 5].map((n) => n * power));
  for (let k = 0; k < 1000; k++) {
    const length = 10 ** random.uniform(-6, 6), from = random.uniform(-3, 3) * length;
    const step = steps.findLast((step) => 4 * step <= length)!;
    const ticks = ticksOf([from, from + length]);
    ticks.forEach((tick) => assertAlmostEquals(tick / step, Math.round(tick / step), 1e-6));
    ticks.slice(1).forEach((tick, k) => assertAlmostEquals((tick - ticks[k]) / step, 1, 1e-6));
    // None is missing at an end.
    assert(ticks[0] - from < step * (1 + 1e-6));
    assert(from + length - ticks.at(-1)! < step * (1 + 1e-6));
  }
});

Deno.test("ticks stand at both ends of an axis that begins and ends with round numbers", () => {
  for (const unit of [0.001, 0.1, 1, 1e4]) {
    for (let from = -9; from < 9; from++) {
      for (const count of [4, 5, 6, 7]) {
        // 3 * 0.1 is a little too large, 0.7 / 0.1 and 0.011 - 0.007 are a little too small.
        const ticks = ticksOf([from * unit, (from + count) * unit]);
        assertEquals(ticks.length, count + 1);
        ticks.forEach((tick, k) => assertAlmostEquals(tick / unit, from + k, 1e-9));
      }
    }
  }
  assertEquals(ticksOf([0.1, 0.7]), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
});

Deno.test("a logarithmic axis has every power of ten within it, up to seven, evenly spaced", () => {
  for (let from = -8; from <= 8; from++) {
    for (let count = 2; count <= 16; count++) {
      for (const around of [1, 1.5, 9.5]) {
        const range: Pair = [
          Number(`1e${from}`) / around,
          Number(`1e${from + count - 1}`) * around,
        ];
        const powers = ticksOf(range, true).map(Math.log10);
        assert(powers.every(Number.isInteger));
        assertEquals(powers[0], from);
        const every = Math.ceil(powers[1] - powers[0]);
        powers.slice(1).forEach((power, k) => assertEquals(power - powers[k], every));
        assert(powers.length <= 7 && powers.at(-1)! + every > from + count - 1, `${range}`);
        if (count <= 7) assertEquals(powers.length, count);
        else assert((count - 1) / (every - 1) > 6, "fewer are left out than could be");
      }
    }
  }
});

Deno.test("a logarithmic axis has the power of ten that its end is but for rounding", () => {
  assertEquals(ticksOf([1 + Number.EPSILON, 100], true), [1, 10, 100]);
  assertEquals(ticksOf([0.01, 1 - Number.EPSILON / 2], true), [0.01, 0.1, 1]);
});

Deno.test("a logarithmic axis with less than two powers of ten has round numbers", () => {
  for (const range of [[2, 9], [0.4, 1.6], [1.5, 90], [11, 99]] as Pair[]) {
    const ticks = ticksOf(range, true);
    assert(ticks.length >= 4);
    assertEquals(ticks, ticksOf(range));
  }
});

Deno.test("extent() goes from the smallest to the largest number that an axis can show", () => {
  const numbers = [3, NaN, -1, Infinity, 7, -Infinity, 0];
  assertEquals(extent(numbers), [-1, 7]);
  assertEquals(extent(numbers, { pad: 0.25 }), [-3, 9]);
  assertEquals(extent(numbers, { log: true }), [3, 7]);
  assertEquals(extent(numbers, { log: true, pad: 0.25 }), [3, 7]);
  const [low, high] = extent([NaN, -1], { log: true });
  assert(0 < low && low < high, "there is an axis where there is nothing to show");
});

Deno.test("extent() has a number that is alone in the middle", () => {
  for (const x of [-1e20, -3, -0.001, 0, 5e-7, 8, 1e20]) {
    const { place } = axis(extent([x, x]), { label: "x", log: false });
    assertAlmostEquals(place(x), 0.5, 1e-12);
    if (x <= 0) continue;
    const log = axis(extent([x, x], { log: true }), { label: "x", log: true });
    assertAlmostEquals(log.place(x), 0.5, 1e-12);
  }
});

Deno.test("tickLabel() writes out what is short", () => {
  const numbers = [0, 0.001, -0.5, 12, 99999, 1e5, -2e6, 0.0009, -1.5e-7];
  const labels = ["0", "0.001", "−0.5", "12", "99999", "1e5", "−2e6", "9e−4", "−1.5e−7"];
  assertEquals(numbers.map(tickLabel), labels);
});

Deno.test("isInside() has the edges of the frame inside", () => {
  for (const x of [-0.01, 0, 0.5, 1, 1.01]) {
    for (const y of [-0.01, 0, 0.5, 1, 1.01]) {
      assertEquals(isInside([x, y]), [x, y].every((at) => [0, 0.5, 1].includes(at)));
    }
  }
});

Deno.test("clip() leaves exactly the part of a line that is inside", () => {
  // Multiples of 1/4 cross each other's lines exactly, and run along the edges.
  const number = () => Math.round(random.uniform(-8, 12)) / 4;
  for (let k = 0; k < 1000; k++) {
    const [x1, y1, x2, y2] = [number(), number(), number(), number()];
    const at = (t: number): Pair => [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
    const samples = Array.from({ length: 401 }, (_, k) => k / 400).filter((t) => isInside(at(t)));
    const part = clip([[x1, y1], [x2, y2]]);
    if (part === undefined) assert(samples.length <= 1, `${[x1, y1, x2, y2]}`);
    else {
      const ends = samples.length === 0 ? part : [at(samples[0]), at(samples.at(-1)!)];
      part.flat().forEach((place, k) => assertAlmostEquals(place, ends.flat()[k], 0.02));
      assert(part.flat().every((place) => place > -1e-9 && place < 1 + 1e-9));
    }
  }
  for (const hole of [NaN, Infinity, -Infinity]) {
    assertEquals(clip([[0.1, 0.1], [0.2, hole]]), undefined);
    assertEquals(clip([[hole, 0.1], [0.2, 0.2]]), undefined);
  }
});
