import type { Equivalent } from "./type.ts";

export const compile: readonly Equivalent[] = [
  {
    why: "a byte is the same with 256 more",
    file: "engine/compile/simd.ts",
    within: "unsigned",
    before: "return n < 128 ? [n] : [n % 128 + 128, ...unsigned(Math.floor(n / 128))];",
    becomes: [
      "return n < 128 ? [n] : [n % 128 - 128, ...unsigned(Math.floor(n / 128))];",
    ],
  },
  {
    why: "more memory than is needed",
    file: "engine/compile/simd.ts",
    within: "translate.bytes.memory",
    before: "memory: at.p + 8 * parameters",
    becomes: [
      "memory: at.p + 9 * parameters",
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    file: "engine/compile/simd.ts",
    within: "runPairs",
    before: "for (let i = 0; i < one.length; i++)",
    becomes: [
      "for (let i = 0; i <= one.length; i++)",
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    file: "engine/compile/simd.ts",
    within: "runPairs",
    before: "for (let i = 0; i < g.length; i++)",
    becomes: [
      "for (let i = 0; i <= g.length; i++)",
    ],
  },
  {
    why: "another order of blocks that do not depend on each other",
    file: "engine/compile/loops.ts",
    within: "sortAlike.i",
    before: "let i = 0",
    becomes: [
      "let i = 1",
    ],
  },
  {
    why: "a name is as good in another order",
    file: "engine/compile/loops.ts",
    within: "caseOf",
    before: 'return [numberOf(entry), kind, moves ? 1 : 0, ...details, shared].join(" ");',
    becomes: [
      'return [kind, numberOf(entry), moves ? 1 : 0, ...details, shared].join(" ");',
    ],
  },
  {
    why: "names are defined in any order",
    file: "engine/compile/loops.ts",
    within: "write.slots",
    before:
      "const slots = [0, 1, 2].filter((i) => blocks.some((block) => block.slots[i] || i === 0));",
    becomes: [
      "const slots = [1, 0, 2].filter((i) => blocks.some((block) => block.slots[i] || i === 0));",
    ],
  },
  {
    why:
      "one of the two operands of a matrix has the row 0, the other has not: the two names change places",
    file: "engine/compile/loops.ts",
    within: "caseOf.shared",
    before: 'const shared = kind === "matrix" ? (slots[0]!.row === 0 ? "a" : "b") : "";',
    becomes: [
      'const shared = kind === "matrix" ? (slots[1]!.row === 0 ? "a" : "b") : "";',
    ],
  },
  {
    why: "a number in the text makes each kernel its own, whatever the first is",
    file: "engine/compile/compile.ts",
    within: "kernels",
    before: "let kernels = 0;",
    becomes: [
      "let kernels = 1;",
    ],
  },
  {
    why: "a function of one number takes no notice of a second one",
    file: "engine/compile/loops.ts",
    within: "forwardCode.value",
    before:
      "const value = (a: string, b: string) => toCode(functions.valueOf(termOf(block), slots[1] === null ? [a] : [a, b]));",
    becomes: [
      "const value = (a: string, b: string) => toCode(functions.valueOf(termOf(block), [a, b]));",
    ],
  },
];
