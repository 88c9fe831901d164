// The numbers behind the pictures of the lessons: read out of the pictures in the notebooks, and compared
// with formulas, with plain arithmetic and with PyTorch. That a notebook shows what its lesson draws,
// tests/notebooks/outputs_test.ts checks.
import { assert, assertEquals } from "@std/assert";
import names from "../../lessons/names.txt" with { type: "text" };
import { type Corner, curves, type Pair, plane } from "../pictures/read_plot.ts";
import { Random } from "../../mod.ts";
import type { Notebook } from "../../tools/nbformat.ts";
import { lessons } from "./all.ts";
import golden from "../torch/lessons.json" with { type: "json" };

/** What the notebook of a lesson shows, of one type. */
function shown(name: string, type: string): string[] {
  const [, , notebook] = lessons.find(([lesson]) => lesson === name)!;
  const { cells }: Notebook = JSON.parse(notebook);
  return cells.flatMap((cell) => cell.cell_type === "code" ? cell.outputs : []).flatMap(
    (output) => {
      const text = "data" in output ? output.data[type] : undefined;
      return text === undefined ? [] : [[text].flat().join("")];
    },
  );
}

/** The plots with a title in the notebook of a lesson, in order. */
function plots(lesson: string, title: string): string[] {
  const found = shown(lesson, "image/svg+xml")
    .filter((svg) => svg.includes(`<title>${title}</title>`));
  assert(found.length > 0, `notebook ${lesson} shows no "${title}"`);
  return found;
}

/** Asserts that a curve is that of a function. */
function assertIs(curve: readonly Corner[], f: (x: number) => number): void {
  assert(curve.length >= 2);
  for (const { x, y, within: [across, down] } of curve) {
    const most = down + Math.abs(f(x + across) - f(x - across));
    assert(Math.abs(y - f(x)) <= most, `at ${x} it is ${y}, not ${f(x)}`);
  }
}

/** Asserts that a curve has these corners. */
function assertJoins(curve: readonly Corner[], points: readonly Pair[]): void {
  assertEquals(curve.length, points.length);
  for (const [k, [x, y]] of points.entries()) {
    const { within, ...corner } = curve[k];
    const isThere = Math.abs(corner.x - x) <= within[0] && Math.abs(corner.y - y) <= within[1];
    assert(isThere, `corner ${k} is ${corner.x}, ${corner.y}, not ${x}, ${y}`);
  }
}

/** A list of numbers as points at 0, 1, 2, … */
function steps(numbers: readonly number[]): Pair[] {
  return numbers.map((number, k) => [k, number]);
}

const corners: readonly Pair[] = [[0, 0], [0, 1], [1, 0], [1, 1]];
const parabola = (x: number) => 3 * x * x - 4 * x + 5;

/** Descent on the parabola, whose slope is 6x − 4. */
function descent(rate: number, steps: number, kept = 0): number[] {
  const path = [3];
  let gradient = 0;
  for (let k = 0; k < steps; k++) {
    gradient = kept * gradient + 6 * path[k] - 4;
    path.push(path[k] - rate * gradient);
  }
  return path;
}

Deno.test("lesson 00 draws the parabola and its secants", () => {
  const [alone] = plots("00_derivative", "Plot of f");
  const { f } = curves(alone);
  assertIs(f, parabola);
  assertEquals([f[0].x, f.at(-1)!.x].map(Math.round), [-2, 4]);
  const [secants] = plots("00_derivative", "Plot of f, h = 2, h = 1, h = 0.001");
  const { f: again, ...lines } = curves(secants);
  assertIs(again, parabola);
  // (f(3 + h) − f(3)) / h is 14 + 3h.
  assertEquals(Object.keys(lines), ["h = 2", "h = 1", "h = 0.001"]);
  for (const [name, line] of Object.entries(lines)) {
    const h = Number(name.slice("h = ".length));
    assertIs(line, (x) => 20 + (14 + 3 * h) * (x - 3));
  }
});

Deno.test("lesson 06 draws activations and their slopes", () => {
  const [two] = plots("06_neuron", "Plot of without tanh, with tanh");
  const bent = (x: number) => 4 + 2 * (1 - 2 / (Math.exp(2 * (1 - 3 * x)) + 1));
  const drawn = curves(two);
  assertIs(drawn["without tanh"], (x) => 6 - 6 * x);
  assertIs(drawn["with tanh"], bent);
  const [results, slopes] = plots("06_neuron", "Plot of tanh, sigmoid, relu")
    .map((svg) => curves(svg));
  assertIs(results.tanh, (n) => 1 - 2 / (Math.exp(2 * n) + 1));
  assertIs(results.sigmoid, (n) => (1 + Math.tanh(n / 2)) / 2);
  assertIs(results.relu, (n) => (n + Math.abs(n)) / 2);
  assertIs(slopes.tanh, (n) => 1 / Math.cosh(n) ** 2);
  assertIs(slopes.sigmoid, (n) => 1 / (2 * Math.cosh(n / 2)) ** 2);
  assertIs(slopes.relu, (n) => (1 + Math.sign(n)) / 2);
});

Deno.test("lesson 07 draws each descent, and what a forgotten zero does", () => {
  for (
    const [name, rate] of [["0.1", 0.1], ["1/6", 1 / 6], ["1/3", 1 / 3], ["0.4", 0.4]] as const
  ) {
    const [svg] = plots("07_descent", `Plot of f, rate ${name}`);
    const { f, [`rate ${name}`]: path } = curves(svg);
    assertIs(f, parabola);
    assertJoins(path, descent(rate, 4).map((x) => [x, parabola(x)]));
  }
  const [svg] = plots(
    "07_descent",
    "x at each step, with the gradient set to 0 and without",
  );
  const { forgotten, "set to 0": zeroed } = curves(svg);
  assertJoins(forgotten, steps(descent(0.02, 40, 1)));
  assertJoins(zeroed, steps(descent(0.02, 40)));
});

/** A neuron of plain numbers that learns four answers, with the derivatives worked out on paper. */
function trained(targets: readonly number[]) {
  let [w1, w2, b] = [0.1, 0.2, 0];
  const losses = Array.from({ length: 100 }, () => {
    let loss = 0, d1 = 0, d2 = 0, db = 0;
    corners.forEach(([x1, x2], k) => {
      const o = Math.tanh(w1 * x1 + w2 * x2 + b), error = o - targets[k];
      const slope = 2 * error * (1 - o ** 2) / 4;
      loss += error ** 2 / 4;
      d1 += slope * x1;
      d2 += slope * x2;
      db += slope;
    });
    w1 -= 0.5 * d1;
    w2 -= 0.5 * d2;
    b -= 0.5 * db;
    return loss;
  });
  return { losses, score: (x: number, y: number) => w1 * x + w2 * y + b };
}

Deno.test("lesson 07 draws the losses of a neuron that learns “and”, and not “exclusive or”", () => {
  const [svg] = plots("07_descent", "The loss at each step of training");
  const drawn = curves(svg, "y");
  assertJoins(drawn.and, steps(trained([-1, -1, -1, 1]).losses));
  assertJoins(drawn["exclusive or"], steps(trained([-1, 1, 1, -1]).losses));
});

Deno.test("lessons 08 and 09 draw the losses that PyTorch finds", () => {
  const [eight] = plots("08_network", "The loss at each step of training");
  assertJoins(curves(eight, "y").loss, steps(golden["08"].bySeed[1].losses));
  const [nine] = plots("09_two_moons", "Plot of training, test");
  const { training, test } = curves(nine, "y"), { losses } = golden["09"];
  assertJoins(training.slice(1), steps([NaN, ...losses.training]).slice(1));
  assertJoins(test.slice(1), steps([NaN, ...losses.test]).slice(1));
});

Deno.test("lesson 11 draws the mean of the losses that PyTorch finds, and what counting reaches", () => {
  const [svg] = plots("11_gpt", "The loss while the network is trained");
  const drawn = curves(svg), losses = golden["11"];
  const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x) / list.length;
  const means = losses.map((_, k) => mean(losses.slice(Math.max(0, k - 99), k + 1)));
  assertJoins(drawn["mean of up to 100 names"], steps(means));
  const counts = new Map<string, number>();
  const pairs = names.trim().split("\n").map((name) =>
    [...name, "."].map((letter, k) => (name[k - 1] ?? ".") + letter)
  );
  for (const pair of pairs.flat()) {
    for (const key of [pair, pair[0]]) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lossOf = (pair: string) => -Math.log(counts.get(pair)! / counts.get(pair[0])!);
  const counting = mean(pairs.map((list) => mean(list.map(lossOf))));
  assertIs(drawn["counting pairs"], () => counting);
});

Deno.test("lesson 12 draws the times that stand in its table", () => {
  const [svg] = plots("12_tensors", "The time of one gradient by width");
  const drawn = curves(svg, "xy");
  const tables = shown("12_tensors", "text/html");
  const table = tables.find((html) => html.includes(">width</th>"))!.split("<tbody>")[1];
  const rows = table.match(/<tr>.*<\/tr>/g)!.map((row) => row.match(/(?<=>)[\d.]*(?=<\/td>)/g)!);
  for (
    const [name, column] of [["Values", 1], ["compiled", 2], ["float64", 4], [
      "float32",
      5,
    ]] as const
  ) {
    const times = rows.filter((cells) => cells[column] !== "").map((
      cells,
    ) => [Number(cells[0]), Number(cells[column])]);
    assertEquals(drawn[name].length, times.length);
    for (const [k, [width, time]] of times.entries()) {
      const { x, y, within } = drawn[name][k];
      assert(Math.abs(x - width) <= within[0], `${x} is not ${width}`);
      assert(Math.abs(y - time) <= within[1] + 0.005, `${y} is not ${time}`);
    }
  }
});

type Score = (x: number, y: number) => number;
/** The points of each class. */
type Sides = Record<"positive" | "negative", readonly Pair[]>;

/** The score of a network with one hidden layer or more, from its parameters in the order of the engine. */
function scoreOf(
  parameters: readonly number[],
  sizes: readonly number[],
  f: (n: number) => number,
): Score {
  return (...inputs) => {
    let at = 0, values: number[] = inputs;
    sizes.forEach((size, k) => {
      const sums = Array.from({ length: size }, () => {
        let sum = 0;
        for (const value of values) sum += parameters[at++] * value;
        return sum + parameters[at++];
      });
      values = k < sizes.length - 1 ? sums.map(f) : sums;
    });
    assertEquals(at, parameters.length);
    return values[0];
  };
}

/** Asserts that a picture has its boundary where a score changes its sign, and these points. */
function assertParts(
  svg: string,
  score: Score,
  { positive, negative }: Sides,
): void {
  const drawn = plane(svg), [across, down] = drawn.pixel;
  // The score is looked at once in a square of 7 pixels; between these places the boundary is straight.
  const near = [-7, 0, 7].flatMap((dx) => [-7, 0, 7].map((dy) => [dx * across, dy * down]));
  assert(drawn.boundary.length > 40);
  for (const [x, y] of drawn.boundary) {
    const signs = new Set(near.map(([dx, dy]) => Math.sign(score(x + dx, y + dy))));
    assert(signs.has(1) && signs.has(-1), `no boundary at ${x}, ${y}`);
  }
  const sorted = (points: readonly Pair[]) => points.toSorted(([a, b], [c, d]) => a - c || b - d);
  for (
    const [actual, expected] of [[drawn.positive, positive], [drawn.negative, negative]].map((
      pair,
    ) => pair.map(sorted))
  ) {
    assertEquals(actual.length, expected.length);
    actual.forEach(([x, y], k) => {
      assert(
        Math.abs(x - expected[k][0]) < 0.1 * across && Math.abs(y - expected[k][1]) < 0.1 * down,
        `a point is at ${x}, ${y}`,
      );
    });
  }
}

const boundaryTitle = "The plane in two colours, by the sign of the score, with the points";

Deno.test("lessons 06 and 07 draw the line of a neuron, and the points on both sides of it", () => {
  const [neuron] = plots("06_neuron", boundaryTitle);
  const sides: Sides = { positive: [[2, 0], [0, 2]], negative: [[4, 1], [3, -3]] };
  assertParts(neuron, (x, y) => y - 3 * x + 6.8813735870195432, sides);
  const [and] = plots("07_descent", boundaryTitle);
  const [positive, negative] = [corners.slice(3), corners.slice(0, 3)];
  assertParts(and, trained([-1, -1, -1, 1]).score, { positive, negative });
});

Deno.test("lessons 08 and 09 draw the boundaries of the networks that PyTorch trains", () => {
  const [xor] = plots("08_network", boundaryTitle);
  const score = scoreOf(golden["08"].xor.final, [4, 1], Math.tanh);
  const [positive, negative] = [corners.slice(1, 3), [corners[0], corners[3]]];
  assertParts(xor, score, { positive, negative });

  const { final, byStrength } = golden["09"];
  const moons = (count: number, noise: number, seed: number) => {
    const random = new Random(seed);
    const points = Array.from({ length: count }, (_, k): Pair => {
      const angle = random.uniform(0, Math.PI), sign = k % 2 === 0 ? 1 : -1;
      const [x, y] = [0.5 + sign * (Math.cos(angle) - 0.5), 0.25 + sign * (Math.sin(angle) - 0.25)];
      return [x + random.normal(0, noise), y + random.normal(0, noise)];
    });
    const half = (k: number) => points.filter((_, place) => place % 2 === k);
    return { positive: half(0), negative: half(1) };
  };
  const [training, test] = [moons(100, 0.1, 3), moons(100, 0.1, 4)], few = moons(20, 0.3, 2);
  const both = {
    positive: [...training.positive, ...test.positive],
    negative: [...training.negative, ...test.negative],
  };
  const scores = [final, byStrength["0"].final, byStrength["0.03"].final]
    .map((parameters) => scoreOf(parameters, [16, 16, 1], (n) => Math.max(0, n)));
  const shown = plots("09_two_moons", boundaryTitle).slice(-3);
  assertParts(shown[0], scores[0], both);
  assertParts(shown[1], scores[1], few);
  assertParts(shown[2], scores[2], few);
});
