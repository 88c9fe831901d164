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
  {
    why: "from 10 to 11 both write two digits",
    file: "lessons/plot.ts",
    within: "speedChart.digits",
    before: "const digits = (x: number) => x < 10 ? x.toPrecision(2) : x.toFixed(0);",
    becomes: [
      "const digits = (x: number) => x <= 10 ? x.toPrecision(2) : x.toFixed(0);",
      "const digits = (x: number) => x < 11 ? x.toPrecision(2) : x.toFixed(0);",
    ],
  },
  {
    why: "how short the shortest bar is, is free to choose",
    file: "lessons/plot.ts",
    within: "speedChart.lines.blocks",
    before: 'const blocks = "█".repeat(Math.max(1, Math.round(look.bars.characters * length)));',
    becomes: [
      'const blocks = "█".repeat(Math.max(2, Math.round(look.bars.characters * length)));',
    ],
  },
  {
    why: "a margin of a few pixels is by eye",
    file: "lessons/plot.ts",
    within: "speedChart.left",
    before: "const left = edge + textWidth(widest) + space;",
    becomes: [
      "const left = textWidth(widest) + space;",
    ],
  },
  {
    why: "a margin of a few pixels is by eye",
    file: "lessons/plot.ts",
    within: "heatMap.left",
    before: "const left = edge + textWidth(widest) + space;",
    becomes: [
      "const left = textWidth(widest) + space;",
    ],
  },
  {
    why: "which colour the bars have is free to choose",
    file: "lessons/plot.ts",
    within: "speedChart.drawn",
    before:
      'const drawn = bars.flatMap(({ name, length, label }, k) => [ text([left - space, k * row + foot], name, { anchor: "end" }), `<rect x="${px(left)}" y="${k * row + inset}" width="${px(room * length)}" ` + `height="${row - 2 * inset}" fill="${colours[0].svg}"/>`, text([left + room * length + gap, k * row + foot], label, { weight: "bold" }), ]);',
    becomes: [
      'const drawn = bars.flatMap(({ name, length, label }, k) => [ text([left - space, k * row + foot], name, { anchor: "end" }), `<rect x="${px(left)}" y="${k * row + inset}" width="${px(room * length)}" ` + `height="${row - 2 * inset}" fill="${colours[1].svg}"/>`, text([left + room * length + gap, k * row + foot], label, { weight: "bold" }), ]);',
    ],
  },
  {
    why: "which colour the neurons have is free to choose",
    file: "lessons/plot.ts",
    within: "networkLayers.drawn.fill",
    before: "fill: colours[0].svg",
    becomes: [
      "fill: colours[1].svg",
    ],
  },
  {
    why: "a function and an object have nothing at 0",
    file: "lessons/plot.ts",
    within: "layOut.curves.few",
    before: 'const alone = "dots" in curve, few = Array.isArray(curve) && Array.isArray(curve[0]);',
    becomes: [
      'const alone = "dots" in curve, few = Array.isArray(curve[0]);',
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "networkLayers",
    before: "canvas.line(from, to, dim);",
    becomes: [
      "canvas.line(to, from, dim);",
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "networkLayers.lines",
    before: 'const lines = weights.map(([from, to]) => pathOf([[at(from), at(to)]])).join("");',
    becomes: [
      'const lines = weights.map(([from, to]) => pathOf([[at(to), at(from)]])).join("");',
    ],
  },
  {
    why: "each layer stands symmetrically around the middle",
    file: "lessons/plot.ts",
    within: "networkLayers.at",
    before: "const at = ([x, y]: Pair): Pair => [x * width, (1 - y) * below];",
    becomes: [
      "const at = ([x, y]: Pair): Pair => [x * width, (y) * below];",
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "plotText",
    before: "canvas.line(inside(from), inside(to), paint);",
    becomes: [
      "canvas.line(inside(to), inside(from), paint);",
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "plotSvg.rule",
    before:
      'const rule = (from: Pair, to: Pair, opacity: number) => `<path d="${pathOf([[at(from), at(to)]])}" stroke="currentColor" stroke-opacity="${opacity}"/>`;',
    becomes: [
      'const rule = (from: Pair, to: Pair, opacity: number) => `<path d="${pathOf([[at(to), at(from)]])}" stroke="currentColor" stroke-opacity="${opacity}"/>`;',
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "plotSvg",
    before:
      'drawn.push( rule([0, place], [1, place], grid), text([left - space, line + look.foot], label, { anchor: "end" }), );',
    becomes: [
      'drawn.push( rule([1, place], [0, place], grid), text([left - space, line + look.foot], label, { anchor: "end" }), );',
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "plotSvg",
    before:
      'drawn.push( rule([place, 0], [place, 1], grid), text([column, bottom + look.line], label, { anchor: "middle" }), );',
    becomes: [
      'drawn.push( rule([place, 1], [place, 0], grid), text([column, bottom + look.line], label, { anchor: "middle" }), );',
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "plotSvg",
    before: "drawn.push(rule([0, axisX], [1, axisX], axes), rule([axisY, 0], [axisY, 1], axes));",
    becomes: [
      "drawn.push(rule([1, axisX], [0, axisX], axes), rule([axisY, 0], [axisY, 1], axes));",
      "drawn.push(rule([0, axisX], [1, axisX], axes), rule([axisY, 1], [axisY, 0], axes));",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "plotText.…",
    before: "const [column] = canvas.cell(inside([axisY, 0]));",
    becomes: [
      "const [column] = canvas.cell(inside([axisY, 1]));",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "plotText.…",
    before: "const [, row] = canvas.cell([0, axisX]);",
    becomes: [
      "const [, row] = canvas.cell([1, axisX]);",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "plotText.labels",
    before:
      "const labels = new Map(y.ticks.map(({ at, label }) => [canvas.cell([0, at])[1], label]));",
    becomes: [
      "const labels = new Map(y.ticks.map(({ at, label }) => [canvas.cell([1, at])[1], label]));",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "plotText.…",
    before: "const [column] = canvas.cell(inside([at, 0]));",
    becomes: [
      "const [column] = canvas.cell(inside([at, 1]));",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "plotSvg.…",
    before: "const [, line] = at([0, place]);",
    becomes: [
      "const [, line] = at([1, place]);",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "plotSvg.…",
    before: "const [column] = at([place, 0]);",
    becomes: [
      "const [column] = at([place, 1]);",
    ],
  },
  {
    why: "at that share black and white are both readable",
    file: "lessons/plot.ts",
    within: "heatMap.fill",
    before: 'fill: share > look.map.dark ? "#ffffff" : "#000000"',
    becomes: [
      'fill: share >= look.map.dark ? "#ffffff" : "#000000"',
    ],
  },
  {
    why: "a row and a column more are not looked at",
    file: "lessons/plot.ts",
    within: "contour.grid.length",
    before: "length: rows + 1",
    becomes: [
      "length: rows + 2",
    ],
  },
  {
    why: "a row and a column more are not looked at",
    file: "lessons/plot.ts",
    within: "contour.grid.length",
    before: "length: columns + 1",
    becomes: [
      "length: columns + 2",
    ],
  },
  {
    why: "an area without width is not to be seen",
    file: "lessons/plot.ts",
    within: "contour.closeRun",
    before: "if (start < end)",
    becomes: [
      "if (true)",
      "if (start <= end)",
    ],
  },
  {
    why: "it is read after the first picture alone, which says how many lines it has",
    file: "lessons/show.ts",
    within: "lastPicture.lines",
    before: "lines: 0",
    becomes: [
      "lines: 1",
    ],
  },
  {
    why: "texts that do not overlap may be drawn in any order",
    file: "lessons/plot.ts",
    within: "plotSvg",
    before:
      'drawn.push( text(look.plot.up, `↑ ${y.label}`), text([left + across, height - look.end], `${x.label} →`, { anchor: "end" }), );',
    becomes: [
      'drawn.push( text([left + across, height - look.end], `${x.label} →`, { anchor: "end" }), text(look.plot.up, `↑ ${y.label}`), );',
    ],
  },
  {
    why: "a frame of part of a column may have it or not: a plot has 72, a terminal 80",
    file: "lessons/plot.ts",
    within: "plotText.across",
    before: "const across = Math.floor(frameWidth(curves, room, (name) => name.length + space));",
    becomes: ["const across = Math.ceil(frameWidth(curves, room, (name) => name.length + space));"],
  },
  {
    why: "a block of code ends as it begins",
    file: "lessons/prose.ts",
    within: "block",
    before: 'if (text.startsWith("```"))',
    becomes: ['if (text.endsWith("```"))'],
  },
  {
    why: "what does not overlap may be drawn in any order",
    file: "lessons/plot.ts",
    within: "speedChart.drawn",
    before:
      'const drawn = bars.flatMap(({ name, length, label }, k) => [ text([left - space, k * row + foot], name, { anchor: "end" }), `<rect x="${px(left)}" y="${k * row + inset}" width="${px(room * length)}" ` + `height="${row - 2 * inset}" fill="${colours[0].svg}"/>`, text([left + room * length + gap, k * row + foot], label, { weight: "bold" }), ]);',
    becomes: [
      'const drawn = bars.flatMap(({ name, length, label }, k) => [ `<rect x="${px(left)}" y="${k * row + inset}" width="${px(room * length)}" ` + `height="${row - 2 * inset}" fill="${colours[0].svg}"/>`, text([left - space, k * row + foot], name, { anchor: "end" }), text([left + room * length + gap, k * row + foot], label, { weight: "bold" }), ]);',
      'const drawn = bars.flatMap(({ name, length, label }, k) => [ text([left - space, k * row + foot], name, { anchor: "end" }), text([left + room * length + gap, k * row + foot], label, { weight: "bold" }), `<rect x="${px(left)}" y="${k * row + inset}" width="${px(room * length)}" ` + `height="${row - 2 * inset}" fill="${colours[0].svg}"/>`, ]);',
    ],
  },
  {
    why: "empty lines are left out",
    file: "lessons/plot.ts",
    within: "networkLayers.below",
    before: "const below = new Canvas(terminalColumns, 3);",
    becomes: [
      "const below = new Canvas(terminalColumns, 4);",
    ],
  },
  {
    why: "each layer stands symmetrically around the middle",
    file: "lessons/plot.ts",
    within: "layersOf.layers.nodes",
    before:
      "nodes: Array.from({ length: shown }, (_, i): Pair => [ (k + 0.5) / sizes.length, 0.5 + ((shown - 1) / 2 - i) / rows, ])",
    becomes: [
      "nodes: Array.from({ length: shown }, (_, i): Pair => [ (k + 0.5) / sizes.length, 0.5 - ((shown - 1) / 2 - i) / rows, ])",
      "nodes: Array.from({ length: shown }, (_, i): Pair => [ (k + 0.5) / sizes.length, 0.5 + (i - (shown - 1) / 2) / rows, ])",
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "layersOf.weights",
    before:
      "const weights = layers.slice(1).flatMap(({ nodes }, k) => nodes.flatMap((to) => layers[k].nodes.map((from): Line => [from, to])) );",
    becomes: [
      "const weights = layers.slice(1).flatMap(({ nodes }, k) => nodes.flatMap((to) => layers[k].nodes.map((from): Line => [to, from])) );",
    ],
  },
  {
    why: "a curve of which nothing is inside has no end: its name may stand anywhere",
    file: "lessons/plot.ts",
    within: "layOut.curves.end",
    before:
      "const end = [...lines.flat(), ...dots].reduce<Pair>( (end, place) => place[0] >= end[0] ? place : end, [0, 1], );",
    becomes: [
      "const end = [...lines.flat(), ...dots].reduce<Pair>( (end, place) => place[0] >= end[0] ? place : end, [0, 0], );",
    ],
  },
  {
    why: "a label of even length may be half a column to the left or to the right of its tick",
    file: "lessons/plot.ts",
    within: "plotText.start",
    before: "const start = margin + column - Math.floor((label.length - 1) / 2);",
    becomes: [
      "const start = margin + column - Math.ceil((label.length - 1) / 2);",
      "const start = margin + column - Math.floor((label.length) / 2);",
      "const start = margin + column - Math.floor((label.length - 0) / 2);",
    ],
  },
  {
    why: "a margin of a few pixels is by eye",
    file: "lessons/plot.ts",
    within: "plotSvg.across",
    before:
      "const across = Math.min( frameWidth(curves, width - left - look.plot.right, widthOf), width - left - half, );",
    becomes: [
      "const across = Math.min( frameWidth(curves, width - left, widthOf), width - left - half, );",
    ],
  },
  {
    why: "what does not overlap may be drawn in any order",
    file: "lessons/plot.ts",
    within: "plotSvg",
    before:
      'drawn.push( rule([0, place], [1, place], grid), text([left - space, line + look.foot], label, { anchor: "end" }), );',
    becomes: [
      'drawn.push( text([left - space, line + look.foot], label, { anchor: "end" }), rule([0, place], [1, place], grid), );',
    ],
  },
  {
    why: "what does not overlap may be drawn in any order",
    file: "lessons/plot.ts",
    within: "plotSvg",
    before:
      'drawn.push( rule([place, 0], [place, 1], grid), text([column, bottom + look.line], label, { anchor: "middle" }), );',
    becomes: [
      'drawn.push( text([column, bottom + look.line], label, { anchor: "middle" }), rule([place, 0], [place, 1], grid), );',
    ],
  },
  {
    why: "a class is −1 or +1",
    file: "lessons/plot.ts",
    within: "planeText",
    before: "canvas.mark(place, label > 0 ? high : low, bold);",
    becomes: [
      "canvas.mark(place, label >= 0 ? high : low, bold);",
    ],
  },
  {
    why: "the two are equal there",
    file: "lessons/plot.ts",
    within: "describe",
    before: "return `${name}: ${first === last ? first : `from ${first} to ${last}`}`;",
    becomes: [
      "return `${name}: ${first === last ? last : `from ${first} to ${last}`}`;",
    ],
  },
  {
    why: "no distance is just that",
    file: "lessons/plot.ts",
    within: "namePlaces.free",
    before:
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right < left ) );",
    becomes: [
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) >= 0.99 * row || other.left > right || other.right < left ) );",
    ],
  },
  {
    why: "whether names touch that just have room may be chosen",
    file: "lessons/plot.ts",
    within: "namePlaces.free",
    before:
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right < left ) );",
    becomes: [
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left >= right || other.right < left ) );",
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right <= left ) );",
    ],
  },
  {
    why: "a corner where the score is 0 may belong to either side",
    file: "lessons/plot.ts",
    within: "contour",
    before: "if (corner.score > 0)",
    becomes: [
      "if (corner.score >= 0)",
    ],
  },
  {
    why: "an area has three corners at least",
    file: "lessons/plot.ts",
    within: "contour",
    before: "if (area.length > 0)",
    becomes: [
      "if (area.length > 1)",
    ],
  },
  {
    why: "more places than the other names can take are not looked at",
    file: "lessons/plot.ts",
    within: "namePlaces.free.length",
    before: "length: 4 * curves.length",
    becomes: [
      "length: 5 * curves.length",
    ],
  },
  {
    why: "which side is tried first may be chosen",
    file: "lessons/plot.ts",
    within: "namePlaces.free",
    before:
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right < left ) );",
    becomes: [
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y - row * (k % 2 === 0 ? k / 2 : -(k + 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right < left ) );",
      "const free = Array.from( { length: 4 * curves.length }, (_, k) => y + row * (k % 2 === 0 ? k / 2 : -(k - 1) / 2), ).filter((y) => y >= 0 && y <= 1) .find((y) => placed.every((other) => Math.abs(other.y - y) > 0.99 * row || other.left > right || other.right < left ) );",
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "planeSvg.below",
    before:
      'const below = x.ticks.map(({ at: place, label }) => text([at([place, 0])[0], bottom + look.line], label, { anchor: "middle" }) );',
    becomes: [
      'const below = x.ticks.map(({ at: place, label }) => text([at([place, 1])[0], bottom + look.line], label, { anchor: "middle" }) );',
    ],
  },
  {
    why: "only the other of the two coordinates is used",
    file: "lessons/plot.ts",
    within: "planeSvg.beside",
    before:
      'const beside = y.ticks.map(({ at: place, label }) => text([left - space, at([0, place])[1] + look.foot], label, { anchor: "end" }) );',
    becomes: [
      'const beside = y.ticks.map(({ at: place, label }) => text([left - space, at([1, place])[1] + look.foot], label, { anchor: "end" }) );',
    ],
  },
  {
    why: "only the sign of a class counts",
    file: "lessons/plot.ts",
    within: "planeSvg.classes",
    before:
      'const classes = [1, -1].flatMap((label, k) => { const [x, y] = [key.classes[k], key.line - look.foot]; return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), ]; });',
    becomes: [
      'const classes = [2, -1].flatMap((label, k) => { const [x, y] = [key.classes[k], key.line - look.foot]; return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), ]; });',
      'const classes = [1, -0].flatMap((label, k) => { const [x, y] = [key.classes[k], key.line - look.foot]; return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), ]; });',
      'const classes = [1, -2].flatMap((label, k) => { const [x, y] = [key.classes[k], key.line - look.foot]; return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), ]; });',
    ],
  },
  {
    why: "what does not overlap may be drawn in any order",
    file: "lessons/plot.ts",
    within: "planeSvg.classes",
    before:
      'return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), ];',
    becomes: [
      'return [ text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), pointMark([x, y], { label, isTest: false }), ];',
    ],
  },
  {
    why: "a class is −1 or +1",
    file: "lessons/plot.ts",
    within: "planeSvg.classes",
    before:
      'return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label > 0 ? "+" : "−"}1`), ];',
    becomes: [
      'return [ pointMark([x, y], { label, isTest: false }), text([x + key.space, key.line], `class ${label >= 0 ? "+" : "−"}1`), ];',
    ],
  },
  {
    why: "a class is −1 or +1",
    file: "lessons/plot.ts",
    within: "pointMark.colour",
    before: 'const colour = label > 0 ? "#D55E00" : "#0072B2";',
    becomes: [
      'const colour = label >= 0 ? "#D55E00" : "#0072B2";',
    ],
  },
  {
    why: "a class is −1 or +1",
    file: "lessons/plot.ts",
    within: "pointMark",
    before: "if (label <= 0)",
    becomes: [
      "if (label < 0)",
    ],
  },
  {
    why: "a line is the same from either end",
    file: "lessons/plot.ts",
    within: "planeSvg.line",
    before: "const line = pathOf(boundary.map(([from, to]) => [at(from), at(to)]));",
    becomes: [
      "const line = pathOf(boundary.map(([from, to]) => [at(to), at(from)]));",
    ],
  },
  {
    why: "what does not overlap may be drawn in any order",
    file: "lessons/plot.ts",
    within: "planeSvg.names",
    before:
      'const names = [ text(up, "↑ x₂"), text([right, height - look.end], "x₁ →", { anchor: "end" }), ];',
    becomes: [
      'const names = [ text([right, height - look.end], "x₁ →", { anchor: "end" }), text(up, "↑ x₂"), ];',
    ],
  },
];
