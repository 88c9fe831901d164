import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../../mod.ts";
import { Random as Fresh } from "../../engine/random.ts?fresh";

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Asserts that the mean of many draws is within four standard errors of its expected value. */
function assertMean(xs: readonly number[], expected: number, variance: number, what: string): void {
  const errors = Math.abs(mean(xs) - expected) / Math.sqrt(variance / xs.length);
  assert(errors < 4, `${what}: ${mean(xs)}, ${errors} standard errors from ${expected}`);
}

Deno.test("bits() returns the numbers published with xoshiro128**", () => {
  const random = new Random([1, 2, 3, 4]);
  const published = [11520, 0, 5927040, 70819200, 2031721883];
  published.push(1637235492, 1287239034, 3734860849, 3729100597, 4258142804);
  assertEquals(draw(10, () => random.bits()), published);
});

Deno.test("bits() returns the same numbers for a seed in every version", () => {
  const expected = [
    [0, 3809008728, 1133695204, 53579671],
    [42, 2837322924, 544945897, 479756282],
    [-1, 835879718, 1921286648, 2356205009],
  ];
  for (const [seed, ...numbers] of expected) {
    const random = new Random(seed);
    assertEquals(draw(3, () => random.bits()), numbers, `seed ${seed}`);
  }
});

Deno.test("uniform() and normal() return the same numbers for a seed in every version", () => {
  assertEquals(new Random(42).uniform(), 0.6606157208001621);
  assertAlmostEquals(new Random(42).normal(), 1.1226591822802088, 1e-15);
});

Deno.test("bits() has each of its 32 bits set half the time", () => {
  const random = new Random(1), numbers = draw(20_000, () => random.bits());
  assert(numbers.every((x) => Number.isInteger(x) && 0 <= x && x < 2 ** 32));
  for (let bit = 0; bit < 32; bit++) {
    assertMean(numbers.map((x) => x >>> bit & 1), 1 / 2, 1 / 4, `bit ${bit}`);
  }
});

Deno.test("new Random() generates the same numbers for the same seed, other numbers for another", () => {
  const sequence = (seed: number) => {
    const random = new Random(seed);
    return [random.bits(), random.uniform(), random.uniform(-5, 5), random.normal()].join();
  };
  const seeds = [0, 1, 2, -1, 42, 2 ** 31, 2 ** 32 - 2, 123456789012, 1e15 + 1];
  for (const seed of seeds) assertEquals(sequence(seed), sequence(seed));
  assertEquals(new Set(seeds.map(sequence)).size, seeds.length);
  // Only the low 32 bits are used, also of a huge seed.
  for (const [seed, low] of [[2 ** 32 + 5, 5], [-1, 2 ** 32 - 1], [2 ** 80, 0], [-0, 0]]) {
    assertEquals(sequence(seed), sequence(low), `seed ${seed}`);
  }
});

Deno.test("new Random() with consecutive seeds generates uncorrelated first numbers", () => {
  const firsts = draw(10_000, ((seed) => () => new Random(seed++).uniform())(0));
  assertMean(firsts, 1 / 2, 1 / 12, "mean");
  const products = firsts.slice(1).map((x, k) => (x - 1 / 2) * (firsts[k] - 1 / 2));
  assertMean(products, 0, 1 / 144, "covariance of neighbours");
});

Deno.test("uniform() stays in its range and fills it evenly", () => {
  const random = new Random(2), xs = draw(100_000, () => random.uniform());
  assert(xs.every((x) => 0 <= x && x < 1));
  assertMean(xs, 1 / 2, 1 / 12, "mean");
  assertMean(xs.map((x) => (x - 1 / 2) ** 2), 1 / 12, 1 / 80 - 1 / 144, "variance");
  for (let bin = 0; bin < 10; bin++) {
    const within = xs.map((x) => Math.floor(10 * x) === bin ? 1 : 0);
    assertMean(within, 0.1, 0.1 * 0.9, `tenth ${bin}`);
  }
  const products = xs.slice(1).map((x, k) => (x - 1 / 2) * (xs[k] - 1 / 2));
  assertMean(products, 0, 1 / 144, "covariance of neighbours");
});

Deno.test("uniform() has 53 random bits", () => {
  const random = new Random(3), xs = draw(20_000, () => random.uniform() * 2 ** 53);
  assert(xs.every(Number.isInteger));
  for (let bit = 0; bit < 53; bit++) {
    assertMean(xs.map((x) => Math.floor(x / 2 ** bit) % 2), 1 / 2, 1 / 4, `bit ${bit}`);
  }
});

Deno.test("uniform() throws for a range that is too wide for a number", () => {
  const random = new Random(4);
  for (const [low, high] of [[-1e308, 1.7e308], [1e308, -1.7e308]]) {
    const message = `high - low is ${high - low}, not a finite number`;
    assertThrows(() => random.uniform(low, high), RangeError, message);
  }
  for (const [low, high] of [[-1e307, 1.6e308], [1.7e308, 1.6e308]]) {
    const x = random.uniform(low, high);
    assert(Math.min(low, high) <= x && x <= Math.max(low, high));
  }
});

Deno.test("uniform() accepts another range", () => {
  const random = new Random(4), xs = draw(20_000, () => random.uniform(-3, 5));
  assert(xs.every((x) => -3 <= x && x < 5));
  assertMean(xs, 1, 64 / 12, "mean");
  assert(Math.min(...xs) < -2.99 && Math.max(...xs) > 4.99);
});

Deno.test("normal() has the moments and the tails of the normal distribution", () => {
  const random = new Random(5), xs = draw(100_000, () => random.normal());
  const moments = [1, 0, 1, 0, 3, 0, 15, 0, 105]; // the mean of x^k for k = 0, 1, 2, …
  for (let k = 1; k <= 4; k++) {
    assertMean(xs.map((x) => x ** k), moments[k], moments[2 * k] - moments[k] ** 2, `moment ${k}`);
  }
  for (const [size, beyond] of [[1, 0.31731], [2, 0.0455], [3, 0.0027], [4, 0.0000633]]) {
    const outside = xs.map((x) => Math.abs(x) > size ? 1 : 0);
    assertMean(outside, beyond, beyond * (1 - beyond), `beyond ${size} deviations`);
  }
  const products = xs.slice(1).map((x, k) => x * xs[k]);
  assertMean(products, 0, 1, "covariance of neighbours");
});

Deno.test("normal() accepts another mean and deviation", () => {
  const random = new Random(6), xs = draw(20_000, () => random.normal(-10, 0.5));
  assertMean(xs, -10, 0.25, "mean");
  assertMean(xs.map((x) => (x + 10) ** 2), 0.25, 2 * 0.25 ** 2, "variance");
});

Deno.test("normal() is finite where the uniform number beneath it is 0", () => {
  assertEquals(new Random([1, 0, 1, 0]).uniform(), 0);
  assert(Number.isFinite(new Random([1, 0, 1, 0]).normal()));
});

Deno.test("new Random() without a seed differs each time, but not from run to run", () => {
  const first = [new Fresh(), new Fresh(), new Fresh()].map((random) => random.bits());
  assertEquals(first, [-1, -2, -3].map((seed) => new Random(seed).bits()));
  assertEquals(new Set(first).size, 3);
});

Deno.test("new Random() throws and says what to write when the seed is not an integer", () => {
  // deno-lint-ignore no-explicit-any
  const Any: any = Random;
  const wrong: [seed: unknown, got: string][] = [
    [null, "write new Random(42): seed is null, not an integer or an array of four integers"],
    ["42", 'seed is the string "42"'],
    [1.5, "seed is 1.5"],
    [NaN, "seed is NaN"],
    [Infinity, "seed is Infinity"],
    [{ seed: 1 }, "seed is an object"],
    [[1, 2, 3], "seed is an array of length 3"],
    [[1, 2, 3, "4"], "seed is an array of length 4"],
    [[1, 2, 3, 0.5], "seed is an array of length 4"],
    [
      [0, 0, 0, 0],
      "seed is an array of length 4, not an integer or an array of four integers that are not all 0",
    ],
    [
      [0, 2 ** 32, 0, 0],
      "seed is an array of length 4, not an integer or an array of four integers that are not all 0",
    ],
  ];
  for (const [seed, got] of wrong) assertThrows(() => new Any(seed), TypeError, got);
});

Deno.test("new Random() copies the state it is given", () => {
  const state: [number, number, number, number] = [1, 2, 3, 4], random = new Random(state);
  state.fill(7);
  assertEquals(random.bits(), 11520);
  assertEquals(state, [7, 7, 7, 7]);
});

Deno.test("integer() returns each integer below the count equally often", () => {
  const random = new Random(7), counts = new Array(6).fill(0);
  for (let k = 0; k < 60_000; k++) counts[random.integer(6)]++;
  // Chi-squared with 5 degrees of freedom exceeds 20.5 once in a thousand times.
  const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert(chiSquared < 20.5, `${counts}`);
  assertEquals(random.integer(1), 0);
});

Deno.test("shuffle() returns each order equally often, and does not change the array", () => {
  const random = new Random(8), items = ["a", "b", "c"], counts = new Map<string, number>();
  for (let k = 0; k < 60_000; k++) {
    const order = random.shuffle(items).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(items, ["a", "b", "c"]);
  assertEquals([...counts.keys()].toSorted(), [
    ...["a,b,c", "a,c,b", "b,a,c"],
    ...["b,c,a", "c,a,b", "c,b,a"],
  ]);
  const chiSquared = [...counts.values()]
    .reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert(chiSquared < 20.5, `${[...counts]}`);
});

Deno.test("shuffle() takes one number for each element but the last one", () => {
  const random = new Random(9), other = new Random(9);
  random.shuffle(["a", "b", "c"]);
  draw(2, () => other.uniform());
  assertEquals(random.bits(), other.bits());
});
