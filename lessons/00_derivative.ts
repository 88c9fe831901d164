// Lesson 00. Run it with `deno run lessons/00_derivative.ts`.
import source from "./00_derivative.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 00 · The derivative
//
// A machine that learns has knobs: numbers that it may change. For each of them it has to know, over
// and over: *if I turn this knob a little, does the result go up or down, and how fast?* The answer is
// a number. It is called the **derivative**, and this lesson finds it in two ways:
//
// - by **nudging**: turn the knob a little and look;
// - by **calculus**: work out on paper what smaller and smaller nudges come close to.
//
// The two must agree. We repeat that check through the whole course.
//
// ## A function
//
// A function makes a number out of a number. Take $f(x) = 3x^2 - 4x + 5$. Nothing about it is special.
// (In the code, `x: number` says what `x` is. `plot`, `print` and `table` only show things, and `await`
// waits until they have.)

// %%
tell();
import { derivative } from "../mod.ts";
import { plot } from "../lessons/plot.ts";
import { agree, print, small, table } from "../lessons/show.ts";

const f = (x: number) => 3 * x ** 2 - 4 * x + 5;

const xs = [-2, -1, 0, 1, 2, 3, 4];
await table({ x: xs, "f(x)": xs.map(f) });

// %% [markdown]
// Drawn, it is a **parabola**: it goes down, then up.

// %%
tell();
await plot({ f }, { x: [-2, 4], labels: ["x", "f(x)"] });

// %% [markdown]
// ## The slope at 3, by nudging
//
// How steep is it at $x = 3$? For a straight line that is easy to say: go a distance to the right (the
// *run*), see by how much the line goes up (the *rise*), and divide. The result, rise over run, is the
// line's **slope**. A slope of 2 means: two up for each one to the right.
//
// The parabola is not straight. But a piece of it that is short enough nearly is. So stand at $x = 3$,
// move a little to the right, by $h = 0.001$. That is a **nudge**. Divide rise by run:
//
// $$\frac{f(x + h) - f(x)}{h}$$

// %%
tell();
const x = 3;
const h = 0.001;
const rise = f(x + h) - f(x);
const riseOverRun = rise / h;

print(`f(3) = ${f(x).toFixed(6)}, f(3.001) = ${f(x + h).toFixed(6)}`);
print(`rise = ${rise.toFixed(6)}, rise / h = ${riseOverRun.toFixed(6)}`);

// %% [markdown]
// Why such a small $h$? Look at larger nudges first. Each gives a straight line through two points of
// the parabola, a **secant**. As $h$ shrinks, the two points come together, and the secant turns into
// the line that only touches the parabola there: the **tangent**. Its slope is what we are after.

// %%
tell();
function secant(h: number) {
  const slope = (f(3 + h) - f(3)) / h;
  return { slope, line: (x: number) => f(3) + slope * (x - 3) };
}
const [far, near, nearest] = [2, 1, 0.001].map((h) => secant(h).line);
const lines = { f, "h = 2": far, "h = 1": near, "h = 0.001": nearest };
await plot(lines, { x: [1.5, 6], y: [0, 90] });

// %%
tell();
const secantSlopes = [2, 1, 0.1, 0.01, 0.001].map((h) => {
  return { h, "rise / h": secant(h).slope };
});
await table(secantSlopes, { digits: { "rise / h": 6 } });

// %% [markdown]
// ## The same slope, by calculus
//
// The slopes come closer and closer to 14. Why 14? Put $f$ into the fraction. All it takes is the square
// of a sum:
//
// $$(x + h)^2 = (x + h)(x + h) = x^2 + xh + hx + h^2 = x^2 + 2xh + h^2$$
//
// With that,
//
// $$
// \begin{aligned}
// \frac{f(x + h) - f(x)}{h}
//   &= \frac{3(x + h)^2 - 4(x + h) + 5 \;-\; (3x^2 - 4x + 5)}{h} \\
//   &= \frac{3x^2 + 6xh + 3h^2 - 4x - 4h + 5 - 3x^2 + 4x - 5}{h} \\
//   &= \frac{6xh + 3h^2 - 4h}{h} \\
//   &= 6x - 4 + 3h
// \end{aligned}
// $$
//
// Now let $h$ shrink towards 0. The fraction then comes as close as you like to one number. That number
// is its **limit**, and this limit is the derivative. It is written $f'(x)$:
//
// $$f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h} = 6x - 4$$
//
// At 3 that is 14. The nudge said 14.003, and the algebra even says why: the rest, $3h$, is 0.003.
// (`agree` gives ✓ if two numbers differ by no more than its third argument.)

// %%
tell();
const slope = (x: number) => 6 * x - 4;

const slopes = [-3, 0, 1, 3].map((x) => {
  const nudged = (f(x + h) - f(x)) / h;
  const found = { "by calculus": slope(x), "by nudging": nudged };
  const off = 3 * h + 1e-9; // 3h, and some rounding
  return { x, ...found, "agree to 3h": agree(nudged, slope(x), off) };
});
await table(slopes, { digits: 6 });

// %% [markdown]
// The sign says which way: at $-3$ the slope is $-22$, so a nudge to the right makes $f$ *smaller*. At
// $3$ it is $14$: a nudge to the right makes $f$ *larger*.
//
// ## Where the slope is zero
//
// $6x - 4 = 0$ at $x = 2/3$. To the left of it the slope is negative: $f$ still falls. To the right it is
// positive: $f$ rises. So at $2/3$ the parabola is at its lowest.

// %%
tell();
const bottom = 2 / 3;
const tiny = 1e-6;
const nudged = (x: number) => (f(x + tiny) - f(x)) / tiny;

const around = [bottom - 0.1, bottom, bottom + 0.1].map((x) => {
  const found = { "by calculus": slope(x), "by nudging": nudged(x) };
  return { x, "f(x)": f(x), ...found };
});
await table(around, { digits: 6 });
print(`At 2/3 exactly: ${nudged(bottom).toExponential()}.`);

// %% [markdown]
// (`e-6` is how JavaScript writes $\cdot\, 10^{-6}$: the number is 0.000002999…, which is nearly 0. The
// tables of this course write small numbers in the same way.)
//
// Why would anyone care where a slope is zero? Because on this parabola the slope alone leads there. Where
// it is negative, go right; where it is positive, go left; where it is zero, you are at the lowest point. A
// machine that learns has a number that says how wrong it is. It looks for a low point of *that*, in just
// this way, with one slope for each knob.
//
// ## How small should the nudge be?
//
// The smaller, the better, says the algebra: the error is $3h$. The computer disagrees. It keeps about 16
// digits of a number, and when $h$ is tiny, $f(x + h)$ and $f(x)$ share nearly all of them. Their
// difference is then mostly rounding, and dividing by $h$ makes that large.
//
// There is a better nudge, too, by $h$ to *each* side: the **central difference**
//
// $$\frac{f(x + h) - f(x - h)}{2h}$$
//
// The errors of the two sides cancel. For a parabola they cancel completely: what is left is only
// rounding. The first kind, to one side, is called the **forward difference**. Both are **finite
// differences**: their $h$ is not 0, while the derivative is what they come close to.

// %%
tell();
const off = (slope: number) => small(Math.abs(slope - 14));
const large = [1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8];

const study = [...large, 1e-10, 1e-12, 1e-14, 1e-15, 1e-16].map((h) => {
  const forward = (f(3 + h) - f(3)) / h;
  const central = (f(3 + h) - f(3 - h)) / (2 * h);
  const errors = [off(forward), off(central)];
  const forwards = { h: h.toExponential(), forward, "off by": errors[0] };
  return { ...forwards, central, "off by ": errors[1] };
});
await table(study, { digits: { forward: 8, central: 13 } });

// %% [markdown]
// At `1e-16` the slope comes out as 0: `3 + 1e-16` *is* `3` to the computer, so nothing moved.
//
// `derivative(f, x)` from `mod.ts`, the library of this course, is the central difference with an $h$
// that suits the size of $x$. It checks derivatives all through this course.

// %%
tell();
const checks = [3, 0, -3].map((x) => {
  const [found, exact] = [derivative(f, x), slope(x)];
  const mark = agree(found, exact, 1e-8);
  return { x, "derivative(f, x)": found, "6x − 4": exact, agree: mark };
});
await table(checks, { digits: { "derivative(f, x)": 9 } });

// %% [markdown]
// ## Your turn
//
// Predict first, then run it. Type in a new cell of the notebook, or at the end of
// `lessons/00_derivative.ts`.
//
// 1. What is the slope of $x^3$ at 2? Run it: `print(derivative((x) => x ** 3, 2))`. Do the errors of the
//    two sides still cancel completely when $h$ is 0.1? Run it with a third argument, `{ h: 0.1 }`.
// 2. At which `h` of the table is the forward difference best? The gap between 1 and the next number is
//    `Number.EPSILON`. Run it: `print(small(Math.sqrt(Number.EPSILON)))`. Why is that near the best `h`?
// 3. Write a `derivative` of your own: `exercises/00_derivative.ts`.
//
// Next: [01 · Value](01_value.ipynb), a number that remembers where it came from.
