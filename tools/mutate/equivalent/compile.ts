import type { Equivalent } from "./type.ts";

export const compile: readonly Equivalent[] = [
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
    why: "names are defined in any order",
    file: "engine/compile/loops.ts",
    within: "write.slots",
    before:
      "const slots = [0, 1, 2].filter((i) => blocks.some((block) => block.slots[i] || i === 0));",
    becomes: [
      "const slots = [1, 0, 2].filter((i) => blocks.some((block) => block.slots[i] || i === 0));",
      "const slots = [0, 2, 1].filter((i) => blocks.some((block) => block.slots[i] || i === 0));",
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
    why: "a block may have a number that nothing reads",
    file: "engine/compile/loops.ts",
    within: "width",
    before: "const width = 16;",
    becomes: [
      "const width = 17;",
    ],
  },
  {
    why: "the same code is generated again: slower",
    file: "engine/compile/loops.ts",
    within: "loopsOf",
    before: "if (!made.has(key))",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "room for lists that nothing reads",
    file: "engine/compile/loops.ts",
    within: "loopsOf.lengths",
    before:
      'const lengths = new Set(blocks.flatMap(({ kind, count }) => kind === "called" ? [count] : []));',
    becomes: [
      "const lengths = new Set(blocks.flatMap(({ kind, count }) => [count]));",
    ],
  },
  {
    why: '0 and −0 have two names either way: a Map takes them for one key, "-0" for another',
    file: "engine/compile/loops.ts",
    within: "schedule.key",
    before: 'const key = Object.is(data[k], -0) ? "-0" : data[k];',
    becomes: [
      'const key = Object.is(data[k], 0) ? "-0" : data[k];',
    ],
  },
  {
    why:
      "levels are in the same order from whichever number they are counted, and however far apart they are",
    file: "engine/compile/loops.ts",
    within: "schedule.below",
    before: "let below = 0;",
    becomes: [
      "let below = 1;",
    ],
  },
  {
    why:
      "levels are in the same order from whichever number they are counted, and however far apart they are",
    file: "engine/compile/loops.ts",
    within: "schedule",
    before: "level[k] = below + 1;",
    becomes: [
      "level[k] = below + 2;",
    ],
  },
  {
    why: "more memory than is needed",
    file: "engine/compile/loops.ts",
    within: "sortAlike.keys",
    before: "const keys = new Int32Array(6 * nodes.length);",
    becomes: [
      "const keys = new Int32Array(7 * nodes.length);",
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    file: "engine/compile/loops.ts",
    within: "sortAlike",
    before: "for (let i = 0; i < nodes.length; i++)",
    becomes: [
      "for (let i = 0; i <= nodes.length; i++)",
    ],
  },
  {
    why: "indexOf finds the first of equal ones",
    file: "engine/compile/loops.ts",
    within: "sortAlike",
    before: "if (!kinds.includes(entries[k]))",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "indexOf finds the first of equal ones",
    file: "engine/compile/program.ts",
    within: "Functions.nameOf",
    before: "if (!this.list.includes(f))",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "shorter lists may come before longer ones or behind them",
    file: "engine/compile/loops.ts",
    within: "sortAlike",
    before: "keys[6 * i + 1] = end - start;",
    becomes: [
      "keys[6 * i + 1] = start - end;",
    ],
  },
  {
    why: "nodes whose keys are all equal may come in any order",
    file: "engine/compile/loops.ts",
    within: "sortAlike.order",
    before: "while (at < 5 && keys[6 * i + at] === keys[6 * j + at])",
    becomes: [
      "while (keys[6 * i + at] === keys[6 * j + at])",
      "while (at <= 5 && keys[6 * i + at] === keys[6 * j + at])",
      "while (at < 6 && keys[6 * i + at] === keys[6 * j + at])",
    ],
  },
  {
    why: "the count of a function without terms is not used",
    file: "engine/compile/loops.ts",
    within: "blockOf.lists",
    before: "const lists = term?.locals.length ?? 1, count = Math.floor(operands / lists);",
    becomes: [
      "const lists = term?.locals.length ?? 0, count = Math.floor(operands / lists);",
      "const lists = term?.locals.length ?? 2, count = Math.floor(operands / lists);",
    ],
  },
  {
    why: "a list of places that nothing reads",
    file: "engine/compile/loops.ts",
    within: "blockOf.places",
    before: "const places = isCalled ? Array.from(program.operands.subarray(start, end)) : [];",
    becomes: [
      "const places = Array.from(program.operands.subarray(start, end));",
    ],
  },
  {
    why: "a single row has no distance to the next",
    file: "engine/compile/loops.ts",
    within: "slotOf.row",
    before: "row: 0",
    becomes: [
      "row: 1",
    ],
  },
  {
    why: "any numbers that differ",
    file: "engine/compile/loops.ts",
    within: "count",
    before: "let count = 0;",
    becomes: [
      "let count = 1;",
    ],
  },
  {
    why: "any numbers that differ",
    file: "engine/compile/loops.ts",
    within: "numberOf",
    before: "numbers.set(entry, count++);",
    becomes: [
      "numbers.set(entry, count--);",
    ],
  },
  {
    why: "from which size on loops are faster is a measurement: both forms are right",
    file: "engine/compile/compile.ts",
    within: "longest",
  },
  {
    why: "both forms are right for a graph of just this size",
    file: "engine/compile/compile.ts",
    within: "compile.….form",
    before: 'form = size <= longest ? "lines" : "loop"',
    becomes: [
      'form = size < longest ? "lines" : "loop"',
    ],
  },
  {
    why: "how large a graph may be is free to be chosen",
    file: "engine/compile/compile.ts",
    within: "mostNodes",
  },
  {
    why: "a number in the text makes each kernel its own, whatever the next is",
    file: "engine/compile/compile.ts",
    within: "compile",
    before: "run = runCode(`${source}// ${++kernels}\\n`, { p, g, f: functions.list });",
    becomes: [
      "run = runCode(`${source}// ${--kernels}\\n`, { p, g, f: functions.list });",
    ],
  },
  {
    why: "requireNumber() makes the same test: slower",
    file: "engine/compile/compile.ts",
    within: "compile.checked",
    before: 'if (typeof x[k] !== "number")',
    becomes: [
      "if (true)",
    ],
  },
  {
    why:
      "a name without a local has no number: that throws, too, and what throws has no translation",
    file: "engine/compile/simd.ts",
    within: "translate.read",
    before: "if (locals.has(name))",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "a key is as good in another order",
    file: "engine/compile/simd.ts",
    within: "translate.call.key",
    before: "const key = `${name}/${operands.length}`;",
    becomes: [
      "const key = `${operands.length}/${name}`;",
    ],
  },
  {
    why:
      "a module that calls what is no function, or with more operands than any type has, cannot be made: that throws, too",
    file: "engine/compile/simd.ts",
    within: "translate.call",
    before: 'if (typeof f !== "function" || operands.length > 3)',
    becomes: [
      "if (false)",
      'if (typeof f !== "function")',
      "if (operands.length > 3)",
      'if (typeof f !== "function" && operands.length > 3)',
      'if (typeof f !== "function" || operands.length > 4)',
    ],
  },
  {
    why: "more memory than is needed",
    file: "engine/compile/compile.ts",
    within: "toProgram.starts",
    before:
      "const data = new Float64Array(nodes.length), starts = new Int32Array(nodes.length + 1);",
    becomes: [
      "const data = new Float64Array(nodes.length), starts = new Int32Array(nodes.length + 2);",
    ],
  },
  {
    why: "requireInstance() makes the same test: slower",
    file: "engine/compile/compile.ts",
    within: "linesOfLeaves",
    before: "if (!(leaf instanceof Value))",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "only the first operands of each list are read, as many as there are terms",
    file: "engine/compile/compile.ts",
    within: "termsOf.lists",
    before: "const lists = locals.map((_, i) => operands.slice(i * count, (i + 1) * count));",
    becomes: [
      "const lists = locals.map((_, i) => operands.slice(i * count, (i + 2) * count));",
    ],
  },
  {
    why: "behind the last line there is none that depends on a parameter",
    file: "engine/compile/compile.ts",
    within: "straightLine.k",
    before: "let k = entries.length - 1",
    becomes: [
      "let k = entries.length",
      "let k = entries.length + 1",
      "let k = entries.length - 0",
    ],
  },
  {
    why: "how memory is aligned is a hint",
    file: "engine/compile/wasm.ts",
    within: "at.align",
    before: "const align = 3;",
    becomes: [
      "const align = 0;",
    ],
  },
  {
    why: "how memory is aligned is a hint",
    file: "engine/compile/wasm.ts",
    within: "at",
    before:
      "return memory === 0 ? [align, unsigned(offset)] : [align + 64, memory, unsigned(offset)];",
    becomes: [
      "return memory === 0 ? [align, unsigned(offset)] : [64, memory, unsigned(offset)];",
    ],
  },
  {
    why: "the longer form names memory 0, too: right where the engine has several memories",
    file: "engine/compile/wasm.ts",
    within: "at",
    before:
      "return memory === 0 ? [align, unsigned(offset)] : [align + 64, memory, unsigned(offset)];",
    becomes: [
      "return [align + 64, memory, unsigned(offset)];",
    ],
  },
];
