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
    before: "run = runCode(`${source}// ${++kernels}\\n`, names);",
    becomes: [
      "run = runCode(`${source}// ${--kernels}\\n`, names);",
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
  {
    why: "the register of the fourth row, which nothing else of `times` uses",
    file: "engine/compile/matrix.ts",
    within: "xRegister",
    before: "const xRegister = (half: number) => 16 + half;",
    becomes: [
      "const xRegister = (half: number) => 16 - half;",
    ],
  },
  {
    why: "another register",
    file: "engine/compile/matrix.ts",
    within: "lower",
    before: "const upper = 18, lower = 19;",
    becomes: [
      "const upper = 18, lower = 20;",
    ],
  },
  {
    why: "fewer columns or rows are done together: slower",
    file: "engine/compile/matrix.ts",
    within: "and",
    before: "const and = 0x71;",
    becomes: [
      "const and = 114;",
    ],
  },
  {
    why: "fewer columns or rows are done together: slower",
    file: "engine/compile/matrix.ts",
    within: "codeOf.down",
    before:
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    becomes: [
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(one, count, columns), across(two, count, paired)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    ],
  },
  {
    why: "fewer columns or rows are done together: slower",
    file: "engine/compile/matrix.ts",
    within: "codeOf",
    before:
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    becomes: [
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [get(columns), int(-16), and, set(paired)], [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-0), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(1), down(rowsAtOnce), end], ];",
    ],
  },
  {
    why: "a count is never negative: signed or not",
    file: "engine/compile/matrix.ts",
    within: "isLess",
    before: "const isLess = 0x48;",
    becomes: [
      "const isLess = 73;",
    ],
  },
  {
    why: "a count is never negative: signed or not",
    file: "engine/compile/matrix.ts",
    within: "isAtLeast",
    before: "const isAtLeast = 0x4e;",
    becomes: [
      "const isAtLeast = 79;",
    ],
  },
  {
    why: "a sum, a product and `and` are the same with their operands exchanged",
    file: "engine/compile/matrix.ts",
    within: "there",
    before: "const there = (base: number): Code => [get(base), get(column), addInt];",
    becomes: [
      "const there = (base: number): Code => [get(column), get(base), addInt];",
    ],
  },
  {
    why: "a sum, a product and `and` are the same with their operands exchanged",
    file: "engine/compile/matrix.ts",
    within: "steps.timesTransposed.columns",
    before:
      "columns: (lanes, rows) => [ [there(x), readX(lanes)], range(rows).map((r) => [readRow(r, lanes), get(yRegister(r)), mul, add]), lanes.write(at(0, memoryX)), ]",
    becomes: [
      "columns: (lanes, rows) => [ [there(x), readX(lanes)], range(rows).map((r) => [get(yRegister(r)), readRow(r, lanes), mul, add]), lanes.write(at(0, memoryX)), ]",
    ],
  },
  {
    why: "a sum, a product and `and` are the same with their operands exchanged",
    file: "engine/compile/matrix.ts",
    within: "steps.addOuter.columns",
    before:
      "columns: (lanes, rows) => [ [readX(lanes), set(xRegister(0))], range(rows).map((r) => [ [there(start(r)), readRow(r, lanes), get(yRegister(r)), get(xRegister(0)), mul, add], lanes.write(at(0, memoryM)), ]), ]",
    becomes: [
      "columns: (lanes, rows) => [ [readX(lanes), set(xRegister(0))], range(rows).map((r) => [ [there(start(r)), readRow(r, lanes), get(xRegister(0)), get(yRegister(r)), mul, add], lanes.write(at(0, memoryM)), ]), ]",
    ],
  },
  {
    why: "a sum, a product and `and` are the same with their operands exchanged",
    file: "engine/compile/matrix.ts",
    within: "codeOf.across",
    before:
      "const across = (lanes: Lanes, count: number, limit: number) => loop([get(column), get(limit), isLess], [ body(lanes, count), [get(column), int(8 * lanes.count), addInt, set(column)], ]);",
    becomes: [
      "const across = (lanes: Lanes, count: number, limit: number) => loop([get(column), get(limit), isLess], [ body(lanes, count), [int(8 * lanes.count), get(column), addInt, set(column)], ]);",
    ],
  },
  {
    why: "a sum, a product and `and` are the same with their operands exchanged",
    file: "engine/compile/matrix.ts",
    within: "codeOf.down",
    before:
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    becomes: [
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(row), get(start(r)), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(row), get(start(count - 1)), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [int(8 * count), get(y), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    ],
  },
  {
    why: "a sum, a product and `and` are the same with their operands exchanged",
    file: "engine/compile/matrix.ts",
    within: "codeOf",
    before:
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    becomes: [
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [int(-16), get(columns), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    ],
  },
  {
    why: "M is in memory 0: two names for one number",
    file: "engine/compile/matrix.ts",
    within: "readRow",
    before:
      "const readRow = (r: number, { read }: Lanes): Code => [there(start(r)), read, at(0, memoryM)];",
    becomes: [
      "const readRow = (r: number, { read }: Lanes): Code => [there(start(r)), read, at(memoryM, 0)];",
    ],
  },
  {
    why: "M is in memory 0: two names for one number",
    file: "engine/compile/matrix.ts",
    within: "steps.addOuter.columns",
    before:
      "columns: (lanes, rows) => [ [readX(lanes), set(xRegister(0))], range(rows).map((r) => [ [there(start(r)), readRow(r, lanes), get(yRegister(r)), get(xRegister(0)), mul, add], lanes.write(at(0, memoryM)), ]), ]",
    becomes: [
      "columns: (lanes, rows) => [ [readX(lanes), set(xRegister(0))], range(rows).map((r) => [ [there(start(r)), readRow(r, lanes), get(yRegister(r)), get(xRegister(0)), mul, add], lanes.write(at(memoryM, 0)), ]), ]",
    ],
  },
  {
    why: "`before` does not use where the rows begin",
    file: "engine/compile/matrix.ts",
    within: "codeOf.down",
    before:
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    becomes: [
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], before(count), range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    ],
  },
  {
    why: "variables that do not depend on each other",
    file: "engine/compile/matrix.ts",
    within: "codeOf.down",
    before:
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
    becomes: [
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], [get(start(count - 1)), get(row), addInt, set(m)], after(count), [get(y), int(8 * count), addInt, set(y)], [get(rows), int(count), subtractInt, set(rows)], ]);",
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(y), int(8 * count), addInt, set(y)], [get(start(count - 1)), get(row), addInt, set(m)], [get(rows), int(count), subtractInt, set(rows)], ]);",
      "const down = (count: number) => loop([get(rows), int(count), isAtLeast], [ [get(m), set(start(0))], range(count - 1).map((r) => [get(start(r)), get(row), addInt, set(start(r + 1))]), before(count), [int(0), set(column), across(two, count, paired), across(one, count, columns)], after(count), [get(start(count - 1)), get(row), addInt, set(m)], [get(rows), int(count), subtractInt, set(rows)], [get(y), int(8 * count), addInt, set(y)], ]);",
    ],
  },
  {
    why: "more local variables than are used",
    file: "engine/compile/matrix.ts",
    within: "codeOf",
    before:
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    becomes: [
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1, v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 2 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 + yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    ],
  },
  {
    why: "variables that do not depend on each other",
    file: "engine/compile/matrix.ts",
    within: "codeOf",
    before:
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    becomes: [
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [row, m, x, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, x, row, y, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, y, x, columns].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
      "return [ // Two runs of local variables behind the operands: how many, and of which type. [2, start(rowsAtOnce) - column, i32, lower + 1 - yRegister(0), v128], // From numbers to bytes: × 8. A pair of columns has 16. [m, row, x, columns, y].map((local) => [get(local), int(3), shiftLeft, set(local)]), [get(columns), int(-16), and, set(paired)], [down(rowsAtOnce), down(1), end], ];",
    ],
  },
  {
    why: "a memory with a matrix in it has a page",
    file: "engine/compile/matrix.ts",
    within: "moduleOfRoutines.memory",
    before: "const memory = [2, 0, 0];",
    becomes: [
      "const memory = [2, 0, 1];",
    ],
  },
  {
    why: "more memory than is needed",
    file: "engine/compile/memory.ts",
    within: "allocate.buffer",
    before:
      "const buffer = (inWasm ? wasmBuffer(16 * length) : null) ?? new ArrayBuffer(16 * length);",
    becomes: [
      "const buffer = (inWasm ? wasmBuffer(17 * length) : null) ?? new ArrayBuffer(16 * length);",
    ],
  },
  {
    why: "the same module is compiled again: slower",
    file: "engine/compile/memory.ts",
    within: "wasmBuffer",
    before: "routines ??= new WebAssembly.Module(moduleOfRoutines());",
    becomes: [
      "routines = new WebAssembly.Module(moduleOfRoutines());",
    ],
  },
  {
    why: "more memory than is needed",
    file: "engine/compile/simd.ts",
    within: "translate.start.p",
    before: "p: 16 + 16 * (inputs + parameters)",
    becomes: [
      "p: 16 + 16 * (inputs + inputs)",
    ],
  },
  {
    why: "more memory than is needed",
    file: "engine/compile/simd.ts",
    within: "translate.bytes.memory",
    before: "memory: start.p + 8 * parameters",
    becomes: [
      "memory: start.p + 9 * parameters",
    ],
  },
  {
    why: "exports have names, and any order",
    file: "engine/compile/simd.ts",
    within: "moduleFor.exports",
    before: 'exports: [[text("memory"), 2, 0], [text("run"), 0, unsigned(imports.length)]]',
    becomes: [
      'exports: [[text("run"), 0, unsigned(imports.length)], [text("memory"), 2, 0]]',
    ],
  },
  {
    why: "it is filled for nothing: slower",
    file: "engine/compile/loops.ts",
    within: "loopsOf.forward",
    before: "if (routines.length > 0)",
    becomes: [
      "if (true)",
      "if (routines.length >= 0)",
    ],
  },
  {
    why: "a name is as good in another order, or with another number",
    file: "engine/compile/loops.ts",
    within: "caseOf.routine",
    before:
      'const routine = isProduct(block) ? `${productOf(block).names} ${memoriesOf(block)}` : "";',
    becomes: [
      'const routine = isProduct(block) ? `${memoriesOf(block)} ${productOf(block).names}` : "";',
    ],
  },
  {
    why: "a name is as good in another order, or with another number",
    file: "engine/compile/loops.ts",
    within: "caseOf",
    before: 'return [numberOf(entry), kind, moves ? 1 : 0, ...details, routine].join(" ");',
    becomes: [
      'return [kind, numberOf(entry), moves ? 1 : 0, ...details, routine].join(" ");',
      'return [numberOf(entry), moves ? 1 : 0, kind, ...details, routine].join(" ");',
      'return [numberOf(entry), kind, moves ? 2 : 0, ...details, routine].join(" ");',
    ],
  },
];
