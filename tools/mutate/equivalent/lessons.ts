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
];
