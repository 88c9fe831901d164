import type { Equivalent } from "./type.ts";

export const engine: readonly Equivalent[] = [
  {
    why: "0 was asked for before",
    file: "engine/operations.ts",
    within: "operations.relu.locals.value",
    before: "value: (a) => a <= 0 ? 0 : a > 0 ? 1 : NaN",
    becomes: [
      "value: (a) => a <= 0 ? 0 : a >= 0 ? 1 : NaN",
    ],
  },
  {
    why: "equal operands were asked for before",
    file: "engine/operations.ts",
    within: "operations.clampMin.locals.value",
    before: "value: (a, b) => a >= b ? 1 : a < b ? 0 : NaN",
    becomes: [
      "value: (a, b) => a >= b ? 1 : a <= b ? 0 : NaN",
    ],
  },
  {
    why: "equal operands were asked for before",
    file: "engine/operations.ts",
    within: "operations.clampMax.locals.value",
    before: "value: (a, b) => a <= b ? 1 : a > b ? 0 : NaN",
    becomes: [
      "value: (a, b) => a <= b ? 1 : a >= b ? 0 : NaN",
    ],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    file: "engine/operations.ts",
    within: "listOperations.dot.locals",
    before: "if (x.length % 2)",
    becomes: [
      "if (true)",
      "if (2)",
      "if (x.length)",
      "if (x.length * 2)",
    ],
  },
  {
    why: "a clock shows different times wherever it begins",
    file: "engine/value.ts",
    within: "clock",
    before: "let clock = 0;",
    becomes: [
      "let clock = 1;",
    ],
  },
  {
    why: "nodes that are current are computed again to know: that is slower",
    file: "engine/value.ts",
    within: "staleBefore",
    before: "let staleBefore = 0;",
    becomes: [
      "let staleBefore = 1;",
    ],
  },
  {
    why: "nodes that are current are computed again to know: that is slower",
    file: "engine/value.ts",
    within: "Value",
    before: "if (staleBefore < clock)",
    becomes: [
      "if (false)",
      "if (staleBefore > clock)",
    ],
  },
  {
    why: "nodes that are current are computed again to know: that is slower",
    file: "engine/value.ts",
    within: "Value",
    before: "return;",
    becomes: [
      ";",
    ],
  },
  {
    why: "nodes that are current are computed again to know: that is slower",
    file: "engine/value.ts",
    within: "Value.topologicalOrder.old",
    before: "let old = false;",
    becomes: [
      "let old = true;",
    ],
  },
  {
    why: "nodes that are current are computed again to know: that is slower",
    file: "engine/value.ts",
    within: "Value.topologicalOrder",
    before: "if (node.#walk < staleBefore && node.#operation !== null)",
    becomes: [
      "if (true)",
      "if (node.#walk < staleBefore)",
      "if (node.#operation !== null)",
      "if (node.#walk <= staleBefore && node.#operation !== null)",
      "if (node.#walk < staleBefore || node.#operation !== null)",
      // The leaves of an old result are as old, or were met in a walk that then counted as old itself.
      "if (node.#walk < staleBefore && node.#operation === null)",
    ],
  },
  {
    why: "nodes that are current are computed again to know: that is slower",
    file: "engine/value.ts",
    within: "Value.topologicalOrder",
    before: "if (old)",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "every walk sets the position before it asks for it",
    file: "engine/value.ts",
    within: "Value.#position",
    before: "#position = 0;",
    becomes: [
      "#position = 1;",
    ],
  },
  {
    why: "an operation of one number does not look at a second one",
    file: "engine/value.ts",
    within: "Value.#result.result",
    before: "const result = new Value(operation.value(a.data, b === null ? NaN : b.data));",
    becomes: [
      "const result = new Value(operation.value(a.data, b === null ? 0 : b.data));",
    ],
  },
  {
    why: "the general case, two lines below, finds the same, but slower",
    file: "engine/value.ts",
    within: "Value.#local",
    before: "if (operation === add)",
    becomes: [
      "if (false)",
    ],
  },
  {
    why: "the general case, two lines below, finds the same, but slower",
    file: "engine/value.ts",
    within: "Value.#local",
    before: "return add.locals[k].value();",
    becomes: [
      ";",
    ],
  },
  {
    why: "an operation of one number does not look at a second one",
    file: "engine/value.ts",
    within: "Value.#local.b",
    before: "const a = this.#a!.data, b = this.#b === null ? NaN : this.#b.data;",
    becomes: [
      "const a = this.#a!.data, b = this.#b === null ? 0 : this.#b.data;",
    ],
  },
  {
    why: "the general case, on the line below, finds the same, but slower",
    file: "engine/value.ts",
    within: "Value.#local",
    before: "if (operation === mul)",
    becomes: [
      "if (false)",
    ],
  },
  {
    why: "the general case, on the line below, finds the same, but slower",
    file: "engine/value.ts",
    within: "Value.#local",
    before: "return k === 0 ? mulA.value(a, b) : mulB.value(a, b);",
    becomes: [
      ";",
    ],
  },
  {
    why: "the one derivative looks at b alone, the other one at a",
    file: "engine/value.ts",
    within: "Value.#local",
    before: "return k === 0 ? mulA.value(a, b) : mulB.value(a, b);",
    becomes: [
      "return k === 0 ? mulA.value(b, b) : mulB.value(a, b);",
      "return k === 0 ? mulA.value(a, b) : mulB.value(a, a);",
    ],
  },
  {
    why: "a node that is on the stack twice is placed once",
    file: "engine/value.ts",
    within: "Value.topologicalOrder",
    before: "if (list[k].#walk !== walk)",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "an array grows; room from the beginning is a matter of speed",
    file: "engine/value.ts",
    within: "Value.dot.list",
    before: "const list = listOf(bias === undefined ? 2 * n : 2 * n + 1);",
    becomes: [
      "const list = listOf(bias === undefined ? 0 * n : 2 * n + 1);",
      "const list = listOf(bias === undefined ? n : 2 * n + 1);",
      "const list = listOf(bias === undefined ? 2 * n : 0 * n + 1);",
      "const list = listOf(bias === undefined ? 2 * n : n + 1);",
      "const list = listOf(bias === undefined ? 2 * n : 2 * n);",
      "const list = listOf(bias === undefined ? 2 * n : 2 * n + 0);",
      "const list = listOf(2 * n);",
      "const list = listOf(bias === undefined ? 2 * n : 1);",
    ],
  },
  {
    why: "which arrays are kept for the next time is a matter of speed",
    file: "engine/value.ts",
    within: "scratch",
    before:
      "return length > 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
    becomes: [
      "return length >= 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length < 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length > 0 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length > 1001 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);",
      "return length > 1000 ? new Float64Array(length) : arrays[length] = new Float64Array(length);",
      "return new Float64Array(length);",
      "return arrays[length] ??= new Float64Array(length);",
    ],
  },
  {
    why: "of the 729 triples of samples, others find the same differences",
    file: "engine/expression.ts",
    within: "samples",
  },
  {
    why: "of the 729 triples of samples, others find the same differences",
    file: "engine/expression.ts",
    within: "readSource.isSame.y",
  },
  {
    why: "read again whenever it is asked for: the same, but slower",
    file: "engine/expression.ts",
    within: "readFormula",
    before: "if (expression === undefined)",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "read again whenever it is asked for: the same, but slower",
    file: "engine/expression.ts",
    within: "readFunction",
    before: "if (expression === undefined)",
    becomes: [
      "if (true)",
    ],
  },
  {
    why: "what is no application has no `op`: the first question is for the type checker",
    file: "engine/expression.ts",
    within: "read.require.isCondition",
    before: "const isCondition = isApplication(expression) && conditions.has(expression.op);",
    becomes: [
      "const isCondition = conditions.has(expression.op);",
    ],
  },
  {
    why: "no operator between two operands has a level between * (5) and ** (7)",
    file: "engine/expression.ts",
    within: "read.binary.right",
    before: 'const right = binary(op === "**" ? level - 1 : level);',
    becomes: [
      'const right = binary(op === "**" ? level - 2 : level);',
    ],
  },
  {
    why:
      "of the many points of each size, others find the same mistakes; a test asks for all sizes",
    file: "engine/define_operation.ts",
    within: "points.size",
  },
  {
    why:
      "of the many points of each size, others find the same mistakes; a test asks for all sizes",
    file: "engine/define_operation.ts",
    within: "points.length",
  },
  {
    why: "only a condition needs the level 1, and a choice is none",
    file: "engine/expression.ts",
    within: "codeOf",
    before: "return [0, `${condition} ? ${yes} : ${no}`];",
    becomes: ["return [1, `${condition} ? ${yes} : ${no}`];"],
  },
  {
    why: "0x20 is a space, and no control character",
    file: "engine/format.ts",
    within: "printable",
    before:
      'return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "\\ufffd";',
    becomes: [
      'return code <= 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "\\ufffd";',
      'return code < 33 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "\\ufffd";',
    ],
  },
  {
    why: "splitMix32() looks at the low 32 bits of its argument alone",
    file: "engine/random.ts",
    within: "Random.constructor.z",
    before: "let z = (seed as number) >>> 0;",
    becomes: [
      "let z = (seed as number) << 0;",
    ],
  },
  {
    why: "of the words of the state, the first four are looked at",
    file: "engine/random.ts",
    within: "Random.constructor.length",
    before: "length: 4",
    becomes: [
      "length: 5",
    ],
  },
  {
    why: "the same 32 bits, of which one is set or none",
    file: "engine/random.ts",
    within: "isState",
    before: "return Array.isArray(seed) && seed.length === 4 && seed.every(Number.isInteger) && " +
      "seed.some((word) => word >>> 0 !== 0);",
    becomes: [
      "return Array.isArray(seed) && seed.length === 4 && seed.every(Number.isInteger) && " +
      "seed.some((word) => word << 0 !== 0);",
    ],
  },
  {
    why: "requireOneOf(), on the line below, finds the same, but slower",
    file: "engine/nn/losses.ts",
    within: "maxMargin",
    before: "if (label === 1 || label === -1 || label instanceof Value)",
    becomes: [
      "if (label === 1 || label instanceof Value)",
      "if (label === -1 || label instanceof Value)",
      "if (label instanceof Value)",
      "if (label === 1 && label === -1 || label instanceof Value)",
      "if (label === 1 || label === 1 || label instanceof Value)",
    ],
  },
  {
    why: "the check, one line below, accepts a Value, too, but is slower",
    file: "engine/nn/losses.ts",
    within: "requireValues",
    before: "continue;",
    becomes: [";"],
  },
  {
    why: "the check, one line below, accepts a Value, too, but is slower",
    file: "engine/nn/losses.ts",
    within: "requireValues",
    before: "if (list[k] instanceof Value)",
    becomes: ["if (false)"],
  },
  {
    why: "up to which length a formula is written again may be chosen",
    file: "engine/explain/explain.ts",
    within: "maxFactors",
  },
  {
    why: "the only node that uses another one reaches it in no other way: that is slower",
    file: "engine/explain/explain.ts",
    within: "derive.dependent",
    before: "const dependent = consumers.length > 1 ? dependents(graph, node) : new Set<Value>();",
    becomes: [
      "const dependent = dependents(graph, node);",
      "const dependent = consumers.length >= 1 ? dependents(graph, node) : new Set<Value>();",
      "const dependent = consumers.length > 0 ? dependents(graph, node) : new Set<Value>();",
    ],
  },
  {
    why: "Graphviz draws a node that an edge names before its own line",
    file: "engine/draw/dot.ts",
    within: "dotOf",
    before: "lines.push( `${id}op [label=<${escapeDot(node.op)}>, ${shape}, ` + " +
      '\'style=filled, color="#009e73", fillcolor="#ddf3ea"]\', `${id}op -> ${id} [weight=10]`, );',
    becomes: [
      "lines.push( `${id}op -> ${id} [weight=10]`, `${id}op [label=<${escapeDot(node.op)}>, ${shape}, ` + " +
      '\'style=filled, color="#009e73", fillcolor="#ddf3ea"]\', );',
    ],
  },
  {
    why: "Graphviz draws a node that an edge names before its own line",
    file: "engine/draw/dot.ts",
    within: "dotOf",
    before:
      'lines.push( `${id}rest [label="…", fontcolor="#808080", fontsize=18]`, `${id}rest -> ${id}op`, );',
    becomes: [
      'lines.push( `${id}rest -> ${id}op`, `${id}rest [label="…", fontcolor="#808080", fontsize=18]`, );',
    ],
  },
  {
    why: "how much room letters get may be chosen, as long as it is enough",
    file: "engine/draw/dot.ts",
    within: "columnWidth",
  },
  {
    why: "how much room letters get may be chosen, as long as it is enough",
    file: "engine/draw/dot.ts",
    within: "padding",
  },
  {
    why: "in LaTeX no operand needs the level 1",
    file: "engine/explain/formula.ts",
    within: "operators.?.latex",
    before:
      "latex: [ 0, [0], (condition, yes, no) => `\\\\begin{cases} ${yes} & ${condition} \\\\\\\\ ${no} & \\\\text{otherwise} \\\\end{cases}`, ]",
    becomes: [
      "latex: [ 1, [0], (condition, yes, no) => `\\\\begin{cases} ${yes} & ${condition} \\\\\\\\ ${no} & \\\\text{otherwise} \\\\end{cases}`, ]",
    ],
  },
  {
    why:
      "no operand needs the level 3: a condition is part of another one, or the condition of a choice",
    file: "engine/explain/formula.ts",
    within: "operators.&&",
    before: '"&&": infix(2, [2], "and", "\\\\land")',
    becomes: ['"&&": infix(3, [2], "and", "\\\\land")'],
  },
  {
    why:
      "in LaTeX only a sign has the level 5, and a sign behind another one gets parentheses anyhow",
    file: "engine/explain/formula.ts",
    within: "operators.negative.latex",
    before: "latex: [5, [5], (a) => `-${a}`]",
    becomes: ["latex: [5, [6], (a) => `-${a}`]"],
  },
  {
    why: "no operand needs more than the level 8",
    file: "engine/explain/formula.ts",
    within: "operators.sqrt.latex",
    before: "latex: [8, [0], (a) => `\\\\sqrt{${a}}`]",
    becomes: ["latex: [9, [0], (a) => `\\\\sqrt{${a}}`]"],
  },
  {
    why: "no operand needs more than the level 8",
    file: "engine/explain/formula.ts",
    within: "operators.abs.latex",
    before: "latex: [8, [0], (a) => `\\\\left|${a}\\\\right|`]",
    becomes: ["latex: [9, [0], (a) => `\\\\left|${a}\\\\right|`]"],
  },
  {
    why: "a comparison is no operand of what computes, which alone needs the level 4",
    file: "engine/explain/formula.ts",
    within: "comparison",
    before: "return infix(3, [4], sign, latexSign);",
    becomes: ["return infix(4, [4], sign, latexSign);"],
  },
  {
    why: "no operand needs more than the level 8",
    file: "engine/explain/formula.ts",
    within: "call.text",
    before: 'text: [8, [0], (...parts) => `${name}(${parts.join(", ")})`]',
    becomes: ['text: [9, [0], (...parts) => `${name}(${parts.join(", ")})`]'],
  },
  {
    why: "no operand needs more than the level 8",
    file: "engine/explain/formula.ts",
    within: "call.latex",
    before: 'latex: [8, [0], (...parts) => command + enclose(parts.join(", "), "latex")]',
    becomes: ['latex: [9, [0], (...parts) => command + enclose(parts.join(", "), "latex")]'],
  },
  {
    why: "the nudge with the smallest error is known to no factor of 2",
    file: "engine/derivative.ts",
    within: "nudgeFor.size",
    before: "const size = Number.isFinite(x) ? Math.max(1, Math.abs(x)) : 1;",
    becomes: ["const size = Number.isFinite(x) ? Math.max(2, Math.abs(x)) : 1;"],
  },
  {
    why: "at NaN and ±Infinity the result is NaN with any nudge",
    file: "engine/derivative.ts",
    within: "nudgeFor.size",
    before: "const size = Number.isFinite(x) ? Math.max(1, Math.abs(x)) : 1;",
    becomes: ["const size = Number.isFinite(x) ? Math.max(1, Math.abs(x)) : 2;"],
  },
  {
    why: "requireArray(), behind it, finds the same, but slower",
    file: "engine/nn/network.ts",
    within: "requireInputs",
    before: "if (!Array.isArray(xs))",
    becomes: ["if (true)"],
  },
  {
    why: "the cells may be wider, as long as there is a space behind the longest number",
    file: "engine/derivative.ts",
    within: "cellWidth",
  },
  {
    why: "no operand needs more than the level 8",
    file: "engine/explain/formula.ts",
    within: "writePart.level",
    before:
      'const level = written.includes(" ") ? 6 : formula < 0 || written.includes("e") ? 7 : 8;',
    becomes: [
      'const level = written.includes(" ") ? 6 : formula < 0 || written.includes("e") ? 7 : 9;',
    ],
  },
  {
    why: "only the order of the levels counts",
    file: "engine/expression.ts",
    within: "precedence",
    before:
      'const precedence: ReadonlyMap<string, number> = new Map([ ["||", 1], ["&&", 2], ...comparisons.map((op) => [op, 3] as const), ["+", 4], ["-", 4], ["*", 5], ["/", 5], ["**", 7], ]);',
    becomes: [
      'const precedence: ReadonlyMap<string, number> = new Map([ ["||", 1], ["&&", 2], ...comparisons.map((op) => [op, 3] as const), ["+", 4], ["-", 4], ["*", 5], ["/", 5], ["**", 8], ]);',
    ],
  },
  {
    why:
      "only the order of the levels counts, and nothing needs more than a sign has and less than a power",
    file: "engine/expression.ts",
    within: "unary",
    before: "const unary = 6, power = 7, operand = 8;",
    becomes: ["const unary = 7, power = 7, operand = 8;"],
  },
  {
    why: "only the order of the levels counts",
    file: "engine/expression.ts",
    within: "operand",
    before: "const unary = 6, power = 7, operand = 8;",
    becomes: ["const unary = 6, power = 7, operand = 9;"],
  },
  {
    why: "any other point may be the second operand",
    file: "engine/define_operation.ts",
    within: "secondOperands",
  },
  {
    why:
      "of the many points of each size, others find the same mistakes; a test asks for both signs",
    file: "engine/define_operation.ts",
    within: "points",
    before: "return k % 2 === 0 ? size : -size;",
    becomes: ["return k % 3 === 0 ? size : -size;"],
  },
  {
    why: "a list more, or a longer one, finds the same mistakes",
    file: "engine/define_operation.ts",
    within: "longest",
  },
  {
    why: "a list more, or a longer one, finds the same mistakes",
    file: "engine/define_operation.ts",
    within: "tries",
  },
  {
    why: "of the lists of each length, others find the same mistakes; a test asks for all sizes",
    file: "engine/define_operation.ts",
    within: "checkList.list",
  },
  {
    why: "a list more or less finds the same mistakes",
    file: "engine/define_operation.ts",
    within: "checkList.first",
    before: "let first = 0",
    becomes: ["let first = 1"],
  },
  {
    why: "a list more or less finds the same mistakes",
    file: "engine/define_operation.ts",
    within: "checkList",
    before: "for (let first = 0; first < tries; first++)",
    becomes: ["for (let first = 0; first <= tries; first++)"],
  },
  {
    why: "any place that is not negative is one",
    file: "engine/expression.ts",
    within: "read.single.place",
    before: "const place = parameters === undefined ? 0 : parameters.indexOf(token);",
    becomes: ["const place = parameters === undefined ? 1 : parameters.indexOf(token);"],
  },
  {
    why: "read again whenever it is asked for: the same, but slower",
    file: "engine/expression.ts",
    within: "readFormula",
    before: "formulas.set(formula, expression = read(code, { source: formula }));",
    becomes: ["formulas.set(expression = read(code, { source: formula }), formula);"],
  },
  {
    why: "up to which size results are compared may be chosen",
    file: "engine/define_operation.ts",
    within: "limit",
  },
  {
    why:
      "how far to nudge may be chosen, as long as mistakes are found and correct derivatives accepted",
    file: "engine/define_operation.ts",
    within: "slope.h",
  },
  {
    why: "two numbers that are near each other are exchangeable",
    file: "engine/define_operation.ts",
    within: "compareTerms",
    before: "if (!isNear(sum, y, 1e-9))",
    becomes: ["if (!isNear(y, sum, 1e-9))"],
  },
  {
    why: "no result is just as large",
    file: "engine/define_operation.ts",
    within: "isOrdinary",
    before: "return Math.abs(x) < limit;",
    becomes: ["return Math.abs(x) <= limit;"],
  },
  {
    why: "no difference is just as large as the tolerance",
    file: "engine/define_operation.ts",
    within: "isNear",
    before: "return Math.abs(x - expected) <= tolerance * Math.max(1, Math.abs(expected));",
    becomes: ["return Math.abs(x - expected) < tolerance * Math.max(1, Math.abs(expected));"],
  },
  {
    why: "near 0 the tolerance may be twice as large",
    file: "engine/define_operation.ts",
    within: "isNear",
    before: "return Math.abs(x - expected) <= tolerance * Math.max(1, Math.abs(expected));",
    becomes: ["return Math.abs(x - expected) <= tolerance * Math.max(2, Math.abs(expected));"],
  },
  {
    why: "the coarse and the fine slope agree where they are used",
    file: "engine/define_operation.ts",
    within: "slope.…",
    before: "const [coarse, fine] = [h, h / 2].map((h) => derivative(f, x, { h }));",
    becomes: ["const [coarse, fine] = [h / 2, h].map((h) => derivative(f, x, { h }));"],
  },
  {
    why: "the second nudge may be any smaller one",
    file: "engine/define_operation.ts",
    within: "slope.…",
    before: "const [coarse, fine] = [h, h / 2].map((h) => derivative(f, x, { h }));",
    becomes: ["const [coarse, fine] = [h, h / 3].map((h) => derivative(f, x, { h }));"],
  },
  {
    why: "of the two slopes only the distance counts",
    file: "engine/define_operation.ts",
    within: "slope.…",
    before: "const [left, right] = [-h, h].map((h) => (f(x + h) - f(x)) / h);",
    becomes: [
      "const [left, right] = [h, -h].map((h) => (f(x + h) - f(x)) / h);",
      "const [left, right] = [-h, h].map((h) => (f(x) - f(x + h)) / h);",
      "const [left, right] = [-h, h].map((h) => (f(x - h) - f(x)) / h);",
    ],
  },
  {
    why: "near 0 the tolerance may be twice as large",
    file: "engine/define_operation.ts",
    within: "slope.size",
    before: "const size = Math.max(1, Math.abs(fine));",
    becomes: ["const size = Math.max(2, Math.abs(fine));"],
  },
  {
    why: "no difference is just as large as the tolerance",
    file: "engine/define_operation.ts",
    within: "slope.isClear",
    before:
      "const isClear = Math.abs(coarse - fine) < 1e-7 * size && Math.abs(left - right) < 1e-2 * size;",
    becomes: [
      "const isClear = Math.abs(coarse - fine) <= 1e-7 * size && Math.abs(left - right) < 1e-2 * size;",
      "const isClear = Math.abs(coarse - fine) < 1e-7 * size && Math.abs(left - right) <= 1e-2 * size;",
    ],
  },
  {
    why: "two numbers that are near each other are exchangeable",
    file: "engine/define_operation.ts",
    within: "compareSlope",
    before: "if (isNear(number, nudged, 1e-5))",
    becomes: ["if (isNear(nudged, number, 1e-5))"],
  },
  {
    why: "two numbers that are near each other are exchangeable",
    file: "engine/define_operation.ts",
    within: "compare",
    before: "if (!Number.isFinite(computed) || isNear(computed, value, 1e-6))",
    becomes: ["if (!Number.isFinite(computed) || isNear(value, computed, 1e-6))"],
  },
  {
    why: "an operation that is clear at one point is clear at many",
    file: "engine/define_operation.ts",
    within: "requireSome",
    before: "if (count > 0)",
    becomes: ["if (count > 1)"],
  },
  {
    why: "what is written behind the end of a typed array is gone",
    file: "engine/operations.ts",
    within: "listOperations.logSumExp.locals",
    before: "for (let k = 0; k < x.length; k++)",
    becomes: ["for (let k = 0; k <= x.length; k++)"],
  },
  {
    why: "requireArray(), behind it, finds the same, but slower",
    file: "engine/value.ts",
    within: "Value.dot",
    before: "if (!Array.isArray(ws) || !Array.isArray(xs))",
    becomes: ["if (true)"],
  },
  {
    why: "an operation of one number does not look at a second one",
    file: "engine/value.ts",
    within: "Value.#following",
    before:
      "return (operation as Operation).value(this.#a!.data, this.#b === null ? NaN : this.#b.data);",
    becomes: [
      "return (operation as Operation).value(this.#a!.data, this.#b === null ? 0 : this.#b.data);",
    ],
  },
  {
    why: "requireArray(), behind it, finds the same, but slower",
    file: "engine/value.ts",
    within: "Value.#operands",
    before: "if (!Array.isArray(values))",
    becomes: ["if (true)"],
  },
  {
    why: "neither 0 nor 1 is more than 1",
    file: "engine/value.ts",
    within: "Value",
    before:
      "listResultOf = (operation, list) => Value.#listResult(operation, Value.#operands(list, `${operation.symbol}([a, b, 3])`, 1));",
    becomes: [
      "listResultOf = (operation, list) => Value.#listResult(operation, Value.#operands(list, `${operation.symbol}([a, b, 3])`, 0));",
    ],
  },
  {
    why: "a node that is on the stack twice is placed once",
    file: "engine/value.ts",
    within: "Value.topologicalOrder",
    before: "if (node.#b !== null && node.#b.#walk !== walk)",
    becomes: ["if (node.#b !== null)"],
  },
  {
    why: "a node that is on the stack twice is placed once",
    file: "engine/value.ts",
    within: "Value.topologicalOrder",
    before: "if (node.#a !== null && node.#a.#walk !== walk)",
    becomes: ["if (node.#a !== null)"],
  },
  {
    why: "what has the private fields has the prototype, too: the first question is quicker",
    file: "engine/value.ts",
    within: "Value.[…]",
    before:
      'return typeof thing === "object" && thing !== null && #walk in thing && (this === Value || Function.prototype[Symbol.hasInstance].call(this, thing));',
    becomes: [
      'return typeof thing === "object" && thing !== null && #walk in thing && (Function.prototype[Symbol.hasInstance].call(this, thing));',
    ],
  },
  {
    why: "of the 729 triples of samples, others find the same differences",
    file: "engine/expression.ts",
    within: "readSource.isSame.y",
    before: "const y = samples[(i + 2 * k) % samples.length];",
    becomes: [
      "const y = samples[i + 2 * k];",
      "const y = samples[(i) % samples.length];",
      "const y = samples[(2 * k) % samples.length];",
      "const y = samples[(i - 2 * k) % samples.length];",
      "const y = samples[(i + 2) % samples.length];",
      "const y = samples[(i + k) % samples.length];",
      "const y = samples[(i + 2 / k) % samples.length];",
    ],
  },
  {
    why:
      "of the many points of each size, others find the same mistakes; a test asks for all sizes",
    file: "engine/define_operation.ts",
    within: "points.size",
    before: "const size = 10 ** (k % 5 - 2) * (1 + (k * 0.618) % 1);",
    becomes: [
      "const size = 10 ** (k % 5 - 2);",
      "const size = 10 ** (k % 5 - 2) / (1 + (k * 0.618) % 1);",
      "const size = 10 ** (k % 5 - 2) * (1);",
      "const size = 10 ** (k % 5 - 2) * (1 - (k * 0.618) % 1);",
      "const size = 10 ** (k % 5 - 2) * (1 + (k) % 1);",
      "const size = 10 ** (k % 5 - 2) * (1 + (k / 0.618) % 1);",
    ],
  },
  {
    why: "any other point may be the second operand",
    file: "engine/define_operation.ts",
    within: "secondOperands",
    before: "const secondOperands = points.map((_, i) => points[(7 * i + 3) % points.length]);",
    becomes: [
      "const secondOperands = points.map((_, i) => points[7 * i + 3]);",
      "const secondOperands = points.map((_, i) => points[(i + 3) % points.length]);",
    ],
  },
  {
    why: "of the lists of each length, others find the same mistakes; a test asks for all sizes",
    file: "engine/define_operation.ts",
    within: "checkList.list",
    before: "const list = names.map((_, k) => points[(11 * first + 7 * k) % points.length]);",
    becomes: [
      "const list = names.map((_, k) => points[11 * first + 7 * k]);",
      "const list = names.map((_, k) => points[(first + 7 * k) % points.length]);",
      "const list = names.map((_, k) => points[(11 * first + k) % points.length]);",
    ],
  },
  {
    why:
      "how far to nudge may be chosen, as long as mistakes are found and correct derivatives accepted",
    file: "engine/define_operation.ts",
    within: "slope.h",
    before: "const h = 1e-5 * Math.max(1, Math.abs(x));",
    becomes: [
      "const h = 1e-5;",
      "const h = 1e-5 * Math.max(1, Math.sign(x));",
    ],
  },
];
