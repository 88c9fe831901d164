// Lesson 00. Run it with `deno run lessons/00_derivative.ts`.
import source from "./00_derivative.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 00 · The derivative
//
// Training a neural network comes down to one question, asked over and over: *if I turn this knob a
// little, does the result go up or down, and how fast?* The answer is a number. It is called the
// **derivative**, and this lesson finds it in two ways:
//
// - by **nudging**: turn the knob a little and look;
// - by **calculus**: work out on paper what every nudge would show.
//
// The two must agree. That check goes with us through the whole course.

// %%
tell();
import { derivative } from "../mod.ts";
import { table } from "../lessons/old_table.ts";
import { agree, print } from "../lessons/show.ts";

// %% [markdown]
// ## A function
//
// Take $f(x) = 3x^2 - 4x + 5$, a parabola. Nothing about it is special; it goes down, then up.

// %%
tell();
const f = (x: number) => 3 * x ** 2 - 4 * x + 5;

await table(
  [{ heading: "x", format: "%d" }, { heading: "f(x)", format: "%d" }],
  [-2, -1, 0, 1, 2, 3, 4].map((x) => [x, f(x)]),
);

// %% [markdown]
// ## The slope at 3, by nudging
//
// Stand at $x = 3$, where $f(3) = 20$. Take a small step $h = 0.001$ to the right. How much did $f$
// rise, for each unit of step?
//
// $$\frac{f(x + h) - f(x)}{h} \qquad \text{(rise over run)}$$

// %%
tell();
const x = 3;
const h = 0.001;
const rise = f(x + h) - f(x);

await table(
  [
    { heading: "f(3)", format: "%.6f" },
    { heading: "f(3.001)", format: "%.6f" },
    { heading: "rise", format: "%.6f" },
    { heading: "rise / h", format: "%.6f" },
  ],
  [[f(x), f(x + h), rise, rise / h]],
);

// %% [markdown]
// ## The same slope, by calculus
//
// Put $f$ into that fraction and simplify:
//
// $$
// \begin{aligned}
// \frac{f(x+h) - f(x)}{h}
//   &= \frac{3(x+h)^2 - 4(x+h) + 5 \;-\; (3x^2 - 4x + 5)}{h} \\
//   &= \frac{6xh + 3h^2 - 4h}{h} \\
//   &= 6x - 4 + 3h
// \end{aligned}
// $$
//
// Now let $h$ shrink to nothing. What remains is the derivative:
//
// $$f'(x) = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h} = 6x - 4$$
//
// At 3 that is 14. The nudge said 14.003, and the algebra even says why: the rest, $3h$, is 0.003.

// %%
tell();
const slope = (x: number) => 6 * x - 4;

await table(
  [
    { heading: "x", format: "%d" },
    { heading: "by calculus", format: "%d" },
    { heading: "by nudging", format: "%.6f" },
    { heading: "agree to 3h", format: "%s" },
  ],
  [-3, 0, 1, 3].map((x) => {
    const nudged = (f(x + h) - f(x)) / h;
    return [x, slope(x), nudged, agree(slope(x), nudged, 3 * h + 1e-9)];
  }),
);

// %% [markdown]
// The sign says which way: at $-3$ the slope is $-22$, so a step to the right makes $f$ *smaller*. At
// $3$ it is $14$: a step to the right makes $f$ *larger*.
//
// ## Where the slope is zero
//
// $6x - 4 = 0$ at $x = 2/3$. There the parabola is at its lowest: for a moment it goes neither up nor
// down. A place where the slope is zero is what training looks for.

// %%
tell();
const bottom = 2 / 3;
const tiny = 1e-6;

await table(
  [
    { heading: "x", format: "%.6f" },
    { heading: "f(x)", format: "%.6f" },
    { heading: "by calculus", format: "%.6f" },
    { heading: "by nudging", format: "%.6f" },
  ],
  [bottom - 0.1, bottom, bottom + 0.1].map((x) => [
    x,
    f(x),
    slope(x),
    (f(x + tiny) - f(x)) / tiny,
  ]),
);
print(`At 2/3 exactly, the nudge gives ${(f(bottom + tiny) - f(bottom)) / tiny}.`);

// %% [markdown]
// ## How small should the nudge be?
//
// Smaller is better, says the algebra: the error is $3h$. The computer disagrees. It keeps about 16
// digits, and when $h$ is tiny, $f(x+h)$ and $f(x)$ share nearly all of them: their difference is
// mostly rounding, and dividing by $h$ blows it up.
//
// There is a better nudge, too: one step to *each* side, the **central difference**
//
// $$\frac{f(x + h) - f(x - h)}{2h}$$
//
// The errors of the two sides cancel. For a parabola they cancel completely: what is left is only
// rounding.

// %%
tell();
const nudges = [1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-14, 1e-15, 1e-16];

await table(
  [
    { heading: "h" },
    { heading: "forward", format: "%.8f" },
    { heading: "its error", format: "%.1e" },
    { heading: "central", format: "%.13f" },
    { heading: "its error", format: "%.1e" },
  ],
  nudges.map((h) => {
    const forward = derivative(f, 3, { h, method: "forward" });
    const central = derivative(f, 3, { h, method: "central" });
    return [h, forward, Math.abs(forward - 14), central, Math.abs(central - 14)];
  }),
);

// %% [markdown]
// At $h = 10^{-16}$ the slope comes out as 0: `3 + 1e-16` *is* `3` to the computer, so nothing moved.
//
// `derivative(f, x)` from `mod.ts` picks a good nudge by itself. It will check every gradient in this
// course.

// %%
tell();
await table(
  [
    { heading: "x", format: "%.4f" },
    { heading: "derivative(f, x)", format: "%.9f" },
    { heading: "6x − 4", format: "%.9f" },
    { heading: "agree", format: "%s" },
  ],
  [3, bottom, -3].map((
    x,
  ) => [x, derivative(f, x), slope(x), agree(derivative(f, x), slope(x), 1e-8)]),
);

// %% [markdown]
// ## Your turn
//
// 1. Predict the slope of $x^3$ at 2, then print `derivative((x) => x ** 3, 2)`. With `{ h: 0.1 }`, do
//    the errors of the two sides still cancel completely?
// 2. Find the `h` at which the forward difference is best. Why is it near the square root of the gap
//    between 1 and the next number, $\sqrt{2.2 \cdot 10^{-16}} \approx 1.5 \cdot 10^{-8}$?
//
// Next: [01 · Value](01_value.ipynb), a number that remembers where it came from.
