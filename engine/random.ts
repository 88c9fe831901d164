/**
 * Random numbers, the same in every run.
 *
 * @module
 */
import { keepName, refusal, requireArray, requireNumber } from "./arguments.ts";

/** The number of generators made without a seed; each gets a seed of its own. */
let unseeded = 0;

/**
 * A seeded random generator: the same seed gives the same numbers, on any machine.
 *
 * The algorithm is xoshiro128** 1.1 (Blackman and Vigna, 2018), its state filled from the seed in
 * the way of SplitMix (Steele, Lea and Flood, 2014). It is for experiments, not for secrets.
 *
 * @example
 * ```ts
 * import { Random } from "@micro-grad/micro-grad";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const random = new Random(42);
 * const x = random.uniform(-1, 1);
 * assert(-1 <= x && x < 1);
 * assertEquals(new Random(42).uniform(-1, 1), x);
 * ```
 */
export class Random {
  static {
    keepName(this, "Random");
  }

  #state: Uint32Array;

  /**
   * Makes a generator.
   *
   * @param seed an integer, of which the low 32 bits are used, or the four words of the state itself;
   *   without one, the generators of a program have the seeds −1, −2, −3, …, the same in every run
   * @throws {TypeError} when the seed is neither, or all four words are 0: xoshiro would return 0 for ever
   */
  constructor(seed: number | readonly [number, number, number, number] = -(++unseeded)) {
    if (Number.isInteger(seed)) {
      let z = (seed as number) >>> 0;
      this.#state = Uint32Array.from({ length: 4 }, () => splitMix32(z += 0x9e3779b9));
    } else if (isState(seed)) {
      this.#state = Uint32Array.from(seed);
    } else {
      const wanted = "an integer or an array of four integers that are not all 0";
      throw new TypeError(refusal({ seed }, wanted, "new Random(42)"));
    }
  }

  /**
   * The next 32 bits.
   *
   * @returns an integer from 0 to 2³² − 1
   */
  bits(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /**
   * A number from a uniform distribution, with all 53 bits of precision.
   *
   * @param low the lower bound, 0 by default
   * @param high the upper bound, 1 by default; the number is below it, or rounds to it where floating
   *   point is too coarse
   * @returns the number
   * @throws {TypeError} when a bound is not a number
   * @throws {RangeError} when a bound, or the distance between them, is not finite
   */
  uniform(low = 0, high = 1): number {
    const usage = "random.uniform(-1, 1)";
    requireNumber({ low, high }, "a finite number", usage);
    requireNumber({ "high - low": high - low }, "a finite number", usage);
    const unit = ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
    return low + (high - low) * unit;
  }

  /**
   * A random integer, uniform up to the 53 bits of a number.
   *
   * @param count how many integers there are to choose from
   * @returns an integer from 0 to `count` − 1
   * @throws {TypeError} when `count` is not a number
   * @throws {RangeError} when it is not a positive integer
   */
  integer(count: number): number {
    requireNumber({ count }, "a positive integer", "random.integer(6)");
    return Math.floor(this.uniform() * count);
  }

  /**
   * The elements of an array in random order (Fisher and Yates, 1938). The array itself is not changed.
   *
   * @param items the elements
   * @returns a new array
   * @throws {TypeError} when `items` is not an array
   *
   * @example
   * ```ts
   * import { Random } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const shuffled = new Random(1).shuffle(["a", "b", "c"]);
   * assertEquals(shuffled.toSorted(), ["a", "b", "c"]);
   * ```
   */
  shuffle<T>(items: readonly T[]): T[] {
    requireArray({ items }, 'random.shuffle(["a", "b"])');
    const shuffled = [...items];
    for (let k = shuffled.length - 1; k > 0; k--) {
      const other = this.integer(k + 1);
      [shuffled[k], shuffled[other]] = [shuffled[other], shuffled[k]];
    }
    return shuffled;
  }

  /**
   * A number from a normal distribution, by the transform of Box and Muller (1958).
   *
   * @param mean the mean, 0 by default
   * @param deviation the standard deviation, 1 by default
   * @returns the number
   * @throws {TypeError} when one of them is not a number
   * @throws {RangeError} when the mean is not finite, or the deviation is negative
   */
  normal(mean = 0, deviation = 1): number {
    requireNumber({ mean }, "a finite number", "random.normal(0, 1)");
    requireNumber({ deviation }, "a non-negative number", "random.normal(0, 1)");
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }
}

function isState(seed: unknown): seed is number[] {
  return Array.isArray(seed) && seed.length === 4 && seed.every(Number.isInteger) &&
    seed.some((word) => word >>> 0 !== 0);
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** Mixes the bits of a counter as SplitMix does, with the finaliser of MurmurHash3 (Appleby). */
function splitMix32(z: number): number {
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}
