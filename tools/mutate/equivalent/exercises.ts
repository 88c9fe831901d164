import type { Equivalent } from "./type.ts";

export const exercises: readonly Equivalent[] = [
  {
    why: "other random numbers are as good to try an answer with",
    file: "exercises/checks/check.ts",
    within: "random",
    before: "const random = new Random(14);",
    becomes: [
      "const random = new Random(0);",
      "const random = new Random(15);",
    ],
  },
  {
    why: "other random numbers are as good to try an answer with",
    file: "exercises/checks/check.ts",
    within: "numbers",
    before:
      "return Array.from({ length: count }, () => Math.round(random.uniform(-50, 50)) / 10 || 1) as T;",
    becomes: [
      "return Array.from({ length: count }, () => Math.floor(random.uniform(-50, 50)) / 10 || 1) as T;",
      "return Array.from({ length: count }, () => Math.round(random.uniform(50, -50)) / 10 || 1) as T;",
      "return Array.from({ length: count }, () => Math.round(random.uniform(-50, 50)) / 10 || 2) as T;",
    ],
  },
];
