/** What the functions of exercise 00 must do. */
import { derivative } from "../../mod.ts";
import { exercise, like, numbers } from "./check.ts";
export { todo } from "./check.ts";

const parabola = (x: number) => 3 * x ** 2 - 4 * x + 5;
const cube = (x: number) => x ** 3;
const cubic = (x: number) => x ** 3 - 3 * x ** 2 + 2;

type Nudge = [f: (x: number) => number, x: number, h: number];
const nudges: Nudge[] = [
  [parabola, 3, 0.001],
  [cube, 2, 0.01],
  ...[parabola, cube, Math.sin].map((f): Nudge => [f, ...numbers<[number]>(1), 0.001]),
];
const anywhere = [[3], [-1], [1], ...numbers(3).map((x) => [x])] as [number][];

export const holes = {
  slope: like((...[f, x, h]: Nudge) => derivative(f, x, { h, method: "forward" }), {
    inputs: nudges,
    mistakes: [
      ["That is the rise. Divide it by the run, h.", (f, x, h) => f(x + h) - f(x)],
      [
        "The division comes before the minus: write (f(x + h) - f(x)) / h.",
        (f, x, h) => f(x + h) - f(x) / h,
      ],
      [
        "The sign is the wrong way round: the rise is where you get to, minus where you were.",
        (f, x, h) => (f(x) - f(x + h)) / h,
      ],
      ["The rise is a difference: subtract f(x) from f(x + h).", (f, x, h) => f(x + h) / h],
      [
        "That is the central difference, which comes next. Here, go from x to x + h.",
        (f, x, h) => (f(x + h) - f(x - h)) / (2 * h),
      ],
      ["That goes from x − h to x. Go from x to x + h.", (f, x, h) => (f(x) - f(x - h)) / h],
    ],
    hint: "Rise: f(x + h) − f(x). Run: h.",
    tolerance: 1e-8,
  }),
  central: like((...[f, x, h]: Nudge) => derivative(f, x, { h, method: "central" }), {
    inputs: nudges,
    mistakes: [
      [
        "From x − h to x + h the run is 2h, not h.",
        (f, x, h) => (f(x + h) - f(x - h)) / h,
      ],
      [
        "`/ 2 * h` divides by 2 and then multiplies by h: write / (2 * h).",
        (f, x, h) => (f(x + h) - f(x - h)) / 2 * h,
      ],
      [
        "The division comes before the minus: write (f(x + h) - f(x - h)) / (2 * h).",
        (f, x, h) => f(x + h) - f(x - h) / (2 * h),
      ],
      ["That is the nudge of 1. Step to both sides.", (f, x, h) => (f(x + h) - f(x)) / h],
      [
        "The rise is from f(x − h) to f(x + h): start at f(x − h).",
        (f, x, h) => (f(x + h) - f(x)) / (2 * h),
      ],
      [
        "The rise is a difference: f(x + h) − f(x − h).",
        (f, x, h) => (f(x + h) + f(x - h)) / (2 * h),
      ],
    ],
    hint: "Rise: f(x + h) − f(x − h). Run: 2h.",
    tolerance: 1e-8,
  }),
  slopeOfCubic: like((x: number) => derivative(cubic, x), {
    inputs: anywhere,
    mistakes: [
      ["You forgot the 3: the derivative of x³ is 3x².", (x) => x ** 2 - 6 * x],
      ["You forgot the 2: the derivative of 3x² is 3 · 2x.", (x) => 3 * x ** 2 - 3 * x],
      [
        "The 2 at the end does not move when x does: its derivative is 0.",
        (x) => 3 * x ** 2 - 6 * x + 2,
      ],
      ["The derivative of 3x² is 6x: one x stays.", (x) => 3 * x ** 2 - 6],
      ["The minus stays: −3x² has the derivative −6x.", (x) => 3 * x ** 2 + 6 * x],
      ["That is the function. Its derivative says how fast it rises.", cubic],
      ["The derivative of x³ is 3x²: the exponent goes down by one.", (x) => 3 * x ** 3 - 6 * x],
    ],
    hint: "(x + h)³ = x³ + 3x²h + 3xh² + h³, and (x + h)² = x² + 2xh + h².",
    tolerance: 1e-7,
  }),
  flat: like((a: number, b: number, _c: number) => -b / (2 * a), {
    inputs: [[3, -4, 5], [1, 2, 0], ...[1, 2, 3].map(() => numbers<[number, number, number]>(3))],
    mistakes: [
      ["The sign: from 2ax + b = 0 follows 2ax = −b.", (a, b) => b / (2 * a)],
      [
        "`/ 2 * a` divides by 2 and then multiplies by a: write / (2 * a).",
        (a, b) => -b / 2 * a,
      ],
      ["The derivative of a·x² is 2ax: a 2 is missing.", (a, b) => -b / a],
      [
        "That is how high the parabola lies there. Return the x.",
        (a, b, c) => c - b ** 2 / (4 * a),
      ],
      ["You forgot the b: the slope is 2ax + b.", () => 0],
      [
        "That is where the parabola itself is 0. Where is its slope 0?",
        (a, b, c) => (-b + Math.sqrt(b ** 2 - 4 * a * c)) / (2 * a),
      ],
    ],
    hint: "The slope is 2ax + b. For which x is that 0?",
  }),
};

export const check = exercise("00_derivative", holes);
