// deno-lint-ignore-file no-unused-vars

export function slope(f: (x: number) => number, x: number, h: number): number {
  return (f(x + h) - f(x)) / h;
}

export function central(f: (x: number) => number, x: number, h: number): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}

export function slopeOfCubic(x: number): number {
  // ((x + h)³ − x³) / h = 3x² + 3xh + h², and −3 · ((x + h)² − x²) / h = −6x − 3h.
  return 3 * x ** 2 - 6 * x;
}

export function flat(a: number, b: number, c: number): number {
  // The slope is 2ax + b: 0 where 2ax = −b. How high the parabola lies, c, does not matter.
  return -b / (2 * a);
}
