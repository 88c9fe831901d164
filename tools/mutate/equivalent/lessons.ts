import type { Equivalent } from "./type.ts";

export const lessons: readonly Equivalent[] = [
  {
    why: "where there is nothing to show, any numbers will do",
    file: "lessons/axes.ts",
    within: "extent",
    before: "return [1, 10];",
    becomes: [
      "return [2, 10];",
      "return [1, 11];",
    ],
  },
  {
    why: "how much is shown around a number that is alone is free to choose",
    file: "lessons/axes.ts",
    within: "extent.around",
    before: "const around = Math.abs(low) / 2 || 1;",
    becomes: [
      "const around = Math.abs(low) || 1;",
      "const around = Math.abs(low) * 2 || 1;",
      "const around = Math.abs(low) / 3 || 1;",
      "const around = Math.abs(low) / 2 || 2;",
    ],
  },
  {
    why: "longest is 1e-9 too large on purpose: no round number is equal to it",
    file: "lessons/axes.ts",
    within: "roundNumbers.step",
    before: "const step = power * [5, 2, 1].find((n) => n * power <= longest)!;",
    becomes: [
      "const step = power * [5, 2, 1].find((n) => n * power < longest)!;",
    ],
  },
  {
    why: "rounding errors begin at the 16th digit",
    file: "lessons/axes.ts",
    within: "roundNumbers",
    before:
      "return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)));",
    becomes: [
      "return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(13)));",
    ],
  },
  {
    why: "what all four edges leave does not depend on their order",
    file: "lessons/axes.ts",
    within: "clip",
    before: "for (const [outwards, room] of [[-dx, x1], [dx, 1 - x1], [-dy, y1], [dy, 1 - y1]])",
    becomes: [
      "for (const [outwards, room] of [[dx, 1 - x1], [-dx, x1], [-dy, y1], [dy, 1 - y1]])",
      "for (const [outwards, room] of [[-dx, x1], [-dy, y1], [dx, 1 - x1], [dy, 1 - y1]])",
      "for (const [outwards, room] of [[-dx, x1], [dx, 1 - x1], [dy, 1 - y1], [-dy, y1]])",
    ],
  },
  {
    why: "of a line that touches the frame in one point, the point or nothing is left",
    file: "lessons/axes.ts",
    within: "clip",
    before: "if (from > to)",
    becomes: [
      "if (from >= to)",
    ],
  },
  {
    why: "what stands before the first block is not looked at",
    file: "lessons/prose.ts",
    within: "prose.end",
    before: 'let text = "", end = 0;',
    becomes: [
      'let text = "", end = 1;',
    ],
  },
  {
    why: "how long a code may be that stays on one line is free to choose",
    file: "lessons/prose.ts",
    within: "unbroken",
    before: 'return text.length > unbreakable ? text : text.replaceAll(" ", "\\u00a0");',
    becomes: [
      'return text.length >= unbreakable ? text : text.replaceAll(" ", "\\u00a0");',
    ],
  },
  {
    why: "how long a code may be that stays on one line is free to choose",
    file: "lessons/prose.ts",
    within: "unbreakable",
  },
  {
    why: "sizes by eye: tests/lessons/layout_test.ts says within which limits",
    file: "lessons/plot.ts",
    within: "look",
  },
  {
    why: "a line with more steps than it has dots is drawn with the same dots",
    file: "lessons/canvas.ts",
    within: "Canvas.line.steps",
    before: "const steps = Math.ceil(Math.max(Math.abs(dx) * width, Math.abs(dy) * height, 1));",
    becomes: [
      "const steps = Math.ceil(Math.max(Math.abs(dx) * width, Math.abs(dy) * height, 2));",
    ],
  },
  {
    why: "a product or a sum of two numbers does not depend on their order",
    file: "lessons/gpt.ts",
    within: "predict",
    before: "x = add(x, lookBack(weights, rmsNorm(x), past));",
    becomes: [
      "x = add(lookBack(weights, rmsNorm(x), past), x);",
    ],
  },
  {
    why: "a product or a sum of two numbers does not depend on their order",
    file: "lessons/gpt.ts",
    within: "predict",
    before: "x = add(x, linear(weights.contract, hidden));",
    becomes: [
      "x = add(linear(weights.contract, hidden), x);",
    ],
  },
  {
    why: "a product or a sum of two numbers does not depend on their order",
    file: "lessons/gpt.ts",
    within: "meanLoss.losses.x",
    before: "const x = add(embedding, weights.position[position]);",
    becomes: [
      "const x = add(weights.position[position], embedding);",
    ],
  },
  {
    why: "how often what waits in vain is collected is free to choose",
    file: "lessons/show.ts",
    within: "",
    before: "setInterval(gc, 1000);",
    becomes: [
      "setInterval(gc, 1001);",
    ],
  },
  {
    why: "how long it takes to be sent is measured: a millisecond more does no harm",
    file: "lessons/show.ts",
    within: "waitForKernel",
    before: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);",
    becomes: [
      "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 11);",
    ],
  },
  {
    why: "no progress has a total of 0 steps",
    file: "lessons/show.ts",
    within: "way.done",
    before: "done: 0",
    becomes: [
      "done: 1",
    ],
  },
  {
    why: "a text begins at its place where SVG is told nothing else",
    file: "lessons/svg.ts",
    within: "text.more",
    before:
      'const more = (anchor === "start" ? "" : ` text-anchor="${anchor}"`) + (weight && ` font-weight="${weight}"`) + (fill && ` fill="${fill}"`);',
    becomes: [
      'const more = (` text-anchor="${anchor}"`) + (weight && ` font-weight="${weight}"`) + (fill && ` fill="${fill}"`);',
    ],
  },
  {
    why: "a hundredth of a pixel is not to be seen",
    file: "lessons/svg.ts",
    within: "px",
    before: "return String(Math.round(100 * x) / 100);",
    becomes: [
      "return String(Math.floor(100 * x) / 100);",
    ],
  },
  {
    why:
      "how wide a picture is, is free to choose: tests/lessons/plot_test.ts says how large its letters are",
    file: "lessons/svg.ts",
    within: "width",
  },
];
