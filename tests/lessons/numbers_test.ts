// Tables, trees and lines of the lessons as a whole, their numbers from a formula, from plain arithmetic
// or from algebra.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { small } from "../../lessons/show.ts";
import { MLP, Random } from "../../mod.ts";
import { assertLines, output, tableUnder } from "./output.ts";

/** A slope by nudging, the plain way. */
function nudged(f: (x: number) => number, x: number, h = 1e-6): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}
const six = (x: number) => x.toFixed(6).replace(/^-(0\.0+)$/, "$1");
const sixDigits = (x: number) => `${Number(x.toPrecision(6))}`;

Deno.test("lesson 00: values, differences and their errors are those of plain arithmetic", async () => {
  const text = await output(() => import("../../lessons/00_derivative.ts"));
  const f = (x: number) => 3 * x * x - 4 * x + 5;
  assertEquals(
    tableUnder(text, "x f(x)"),
    [-2, -1, 0, 1, 2, 3, 4].map((x) => [`${x}`, `${f(x)}`]),
  );
  // Here rounding decides, so the formula is the lesson's, term for term.
  const g = (x: number) => 3 * x ** 2 - 4 * x + 5;
  const off = (slope: number) => small(Math.abs(slope - 14));
  const steps = [1, 2, 3, 4, 6, 8, 10, 12, 14, 15, 16].map((k) => `1e-${k}`);
  const study = steps.map((step) => {
    const h = Number(step);
    const forward = (g(3 + h) - g(3)) / h, central = (g(3 + h) - g(3 - h)) / (2 * h);
    return [step, forward.toFixed(8), off(forward), central.toFixed(13), off(central)];
  });
  assertEquals(tableUnder(text, "h forward off by central off by"), study);
  assertEquals(
    tableUnder(text, "x derivative(f, x) 6x - 4 agree"),
    [3, 0, -3].map((x) => [`${x}`, (6 * x - 4).toFixed(9), `${6 * x - 4}`, "✓"]),
  );
});

Deno.test("lessons 01 to 04: each tree shows the data and gradients that algebra gives", async () => {
  const value = await output(() => import("../../lessons/01_value.ts"));
  // a = 2, b = 6, c = a + b, d = a · b, e = c · d
  for (
    const line of ["c = +    data 8", "├── a    data 2", "└── b    data 6", "d = *    data 12"]
  ) {
    assertLines(value, [line]);
  }
  assertLines(value, ["├── a    data  2", "└── b    data  6", "├── c = +    data  8"]);
  assertLines(value, ["└── d = *    data 12"]);

  const [a, b, c, f] = [2, -3, 10, -2], e = a * b, d = e + c, L = d * f;
  const two = (x: number) => `${x}`.padStart(2);
  const data = [
    `L = *            data ${two(L)}`,
    `├── d = +        data ${two(d)}`,
    `│   ├── e = *    data ${two(e)}`,
    `│   │   ├── a    data ${two(a)}`,
    `│   │   └── b    data ${two(b)}`,
    `│   └── c        data ${two(c)}`,
    `└── f            data ${two(f)}`,
  ];
  const rates = await output(() => import("../../lessons/02_rate_of_change.ts"));
  assertTrees(rates, [data]);
  const rule = await output(() => import("../../lessons/03_chain_rule.ts"));
  const withGradients = (...gradients: number[]) =>
    data.map((line, k) => `${line}   grad ${two(gradients[k])}`);
  const grads = withGradients(1, f, f, f * b, f * a, f, d);
  assertTrees(rule, [data, grads]);
  const walk = await output(() => import("../../lessons/04_backpropagation.ts"));
  const steps = [[1, f, 0, 0, 0, 0, d], [1, f, f, 0, 0, f, d], [1, f, f, f * b, f * a, f, d]];
  // The arrow shows whose turn it is: L, then d, then e.
  assertTrees(
    walk,
    steps.map((step, k) =>
      withGradients(...step).map((line, row) => row === k ? `${line}   ◀` : line)
    ),
  );
});

/** Asserts that the trees of L in a lesson are these. */
function assertTrees(text: string, trees: string[][]) {
  const lines = text.split("\n").map((line) => line.trim());
  const found = lines.flatMap((line, k) =>
    line.startsWith("L = * ") ? [lines.slice(k, k + 7)] : []
  );
  assertEquals(found, trees);
}

Deno.test("lesson 02: each number is moved by h, and so are those that depend on it", async () => {
  const text = await output(() => import("../../lessons/02_rate_of_change.ts?again"));
  const inputs = { a: 2, b: -3, c: 10, f: -2 };
  const of = ({ a, b, c, f }: typeof inputs) => (a * b + c) * f;
  const h = 0.0001, rates = { a: 6, b: -4, c: -2, f: 4 };
  assertEquals(
    tableUnder(text, "input value L1 L2 (L2 - L1) / h when it grows, L"),
    (["a", "b", "c", "f"] as const).map((name) => [
      name,
      `${inputs[name]}`,
      six(of(inputs)),
      six(of({ ...inputs, [name]: inputs[name] + h })),
      six(rates[name]),
      rates[name] > 0 ? "rises" : "falls",
    ]),
  );
  const moved = { a: [2, 1], "e = a·b": [-6, -3], "d = e + c": [4, -3], "L = d·f": [-8, 6] };
  assertEquals(
    tableUnder(text, "before after change change / h"),
    Object.entries(moved).map(([name, [before, rate]]) => [
      name,
      before.toFixed(4),
      (before + rate * h).toFixed(4),
      (rate * h).toFixed(4),
      six(rate),
    ]),
  );
  assertLines(text, ["dL/da ≈ (L₂ - L₁)/h = 6"]);
});

Deno.test("lesson 03: the limits and products on paper are those of algebra", async () => {
  const text = await output(() => import("../../lessons/03_chain_rule.ts?again"));
  assertLines(text, [
    "dL/dL = lim h→0 ((L + h) - L)/h = lim h→0 h/h = 1",
    "dL/dd = lim h→0 ((d + h) · f - d · f)/h",
    "dL/dc = dd/dc · dL/dd = 1 · f = -2   dL/de = dd/de · dL/dd = 1 · f = -2",
    "dL/da = de/da · dL/de = b · f = (-3) · (-2) = 6",
    "dL/db = de/db · dL/de = a · f = 2 · (-2) = -4",
  ]);
});

Deno.test("lesson 04: the order matters, and += too, as calculus says", async () => {
  const text = await output(() => import("../../lessons/04_backpropagation.ts?again"));
  // c = a + b, d = a · b, y = (c + d) + (c · d), at a = 2, b = 3. The naive walk counts the way
  // through c and d again for each of the two uses of them: it adds 1 · 1 and 1 · c or 1 · d more.
  const a = 2, b = 3, c = a + b, d = a * b;
  const dc = 1 + d, dd = 1 + c;
  const table = tableUnder(text, "derivative obvious right order by calculus agree");
  assertEquals(
    table.map(([name, , right, calculus, mark]) => [name, right, calculus, mark]),
    [["dy/dc", dc], ["dy/dd", dd], ["dy/da", dc + dd * b], ["dy/db", dc + dd * a]]
      .map(([name, slope]) => [name, `${slope}`, `${slope}`, "✓"]),
  );
  // c passes its gradient on twice: first 1, then all of 1 + d; so does d: first 1, then 1 + c.
  assertEquals(table.map(([, obvious]) => Number(obvious)), [
    dc,
    dd,
    1 + dc + (1 + dd) * b,
    1 + dc + (1 + dd) * a,
  ]);
  assertLines(text, [
    `y = +            data ${c + d + c * d}   grad  1`,
    `├── +            data ${c + d}   grad  1`,
    `└── *            data ${c * d}   grad  1`,
    `dy/da = dc/da · dy/dc + dd/da · dy/dd = 1 · ${dc} + b · ${dd} = ${dc + b * dd}`,
    `dy/db = dc/db · dy/dc + dd/db · dy/dd = 1 · ${dc} + a · ${dd} = ${dc + a * dd}`,
  ]);
  const x = 3;
  assertEquals(
    tableUnder(text, "y, at x = 3 with = with += nudge"),
    ([["x · x", x, 2 * x], ["x + x", 1, 2], ["x - x", -1, 0], ["2 · x", 2, 2]] as const)
      .map(([name, last, sum]) => [name, `${last}`, `${sum}`, six(sum)]),
  );
  const rates = { L: 1, d: -2, f: 4, c: -2, e: -2, a: 6, b: -4 };
  assertEquals(
    tableUnder(text, "by hand backward() agree"),
    Object.entries(rates).map(([name, rate]) => [`dL/d${name}`, `${rate}`, `${rate}`, "✓"]),
  );
});

Deno.test("lesson 05: every slope by the engine is that of the function", async () => {
  const text = await output(() => import("../../lessons/05_engine.ts"));
  const slopes: Record<string, [f: (x: number) => number, ats: number[]]> = {
    "a - 2, for a": [(a) => a - 2, [3]],
    "3 - b, for b": [(b) => 3 - b, [2]],
    "a / 2, for a": [(a) => a / 2, [3]],
    "3 / b, for b": [(b) => 3 / b, [2]],
    exp: [Math.exp, [1.5]],
    log: [Math.log, [3]],
    "x to the 3": [(x) => x * x * x, [2]],
    "x to the 2": [(x) => x * x, [2]],
    "x to the 1": [(x) => x, [2]],
    "x to the 0.5": [Math.sqrt, [2]],
    "x to the -1": [(x) => 1 / x, [2]],
    "x to the -2": [(x) => 1 / x / x, [2]],
    "3 to the x": [(x) => Math.exp(x * Math.log(3)), [2]],
    "x to the -3": [(x) => 1 / (x * x * x), [-2]],
    tanh: [(x) => 1 - 2 / (Math.exp(2 * x) + 1), [0.5, -2]],
    relu: [(x) => x > 0 ? x : 0, [3, -3]],
  };
  const rows = Object.entries(slopes).flatMap(([name, [f, ats]]) =>
    ats.map((x) => [name, `${x}`, six(nudged(f, x)), six(nudged(f, x)), "✓"])
  );
  const heading = "slope of at by the engine by nudging agree";
  assertEquals([0, 1, 2, 3].flatMap((k) => tableUnder(text, heading, k)), rows);
  const bases = tableUnder(text, "base (baseʰ - 1) / h");
  assertEquals(bases.map(([base]) => base), [2, 2.5, Math.E, 3].map(six));
  // (bʰ − 1) / h is log b + h · (log b)² / 2 + …
  for (const [base, limit] of bases) assertAlmostEquals(+limit, Math.log(+base), 2e-6);
  assertLines(text, [
    "1/h · (1/(b + h) - 1/b) = (b - (b + h))/(h · (b + h) · b)",
    "dy/dn = 2u · 2/((u + 1)²) = 4u/((u + 1)²)",
  ]);
  assertEquals(tableUnder(text, "a a to the 2 a to the 2.001 gradient of a of the exponent"), [
    ["3", "9", six(9 * Math.exp(0.001 * Math.log(3))), "6", six(9 * Math.log(3))],
    ["-2", "4", "NaN", "-4", "NaN"],
  ]);
});

Deno.test("lesson 06: the neuron written out, its line and its saturation", async () => {
  const text = await output(() => import("../../lessons/06_neuron.ts"));
  // b was chosen so that o² is ½: o = 1/√2, and n = artanh o.
  const o = Math.SQRT1_2, n = Math.atanh(o), b = n + 6;
  assertLines(text, [
    `o = tanh              data  ${sixDigits(o)}   grad  1`,
    `└── n = +             data  ${sixDigits(n)}   grad  0.5`,
    `├── +             data -6          grad  0.5`,
    `└── b             data  ${sixDigits(b)}    grad  0.5`,
    `o = tanh(n) ≈ ${sixDigits(o)}`,
    `n = v3 + b ≈ ${six(n)}`,
    "v3 = v1 + v2 = -6",
    "v2 = x2 · w2 = 0",
    "v1 = x1 · w1 = -6",
    "do/dn = 1 - o² = 0.5",
    "do/dv3 = dn/dv3 · do/dn = 1 · (1 - o²) = 0.5",
    "do/dv1 = dv3/dv1 · do/dv3 = 1 · (1 - o²) = 0.5",
    `-3 x₁ + x₂ + ${b.toFixed(2)} = 0`,
    "2 · (-3x + 1) + 4 = -6x + 6",
    "4 of 4 points on the right side",
  ]);
  const slope = (b: number) => 1 / Math.cosh(b - 6) ** 2;
  assertEquals(
    tableUnder(text, "b o do/dw1 part of the last").slice(1).map((cells) => cells[3]),
    [8, 9, 10, 11, 12].map((b) => (slope(b) / slope(b - 1)).toFixed(4)),
  );
  const tanh = (n: number) => {
    const u = Math.exp(-2 * n), y = (1 - u) / (1 + u);
    return `${y.toFixed(6)}, slope ${(4 * u / (1 + u) ** 2).toFixed(6)}`;
  };
  assertEquals(
    tableUnder(text, "n tanh taken apart").slice(0, 2),
    [1, 20].map((n) => [`${n}`, tanh(n), tanh(n)]),
  );
});

Deno.test("lesson 07: two formulas as text, the points beside the line, and the columns of the rates", async () => {
  const text = await output(() => import("../../lessons/07_descent.ts"));
  assertLines(text, [
    "x ← x - 0.1 · 14 = 1.6",
    "d ← d - rate · 6d = (1 - 6 · rate) · d",
    "4 of 4 points on the right side",
  ]);
  assert(text.includes("rate   factor   x at first   after 1   after 2   after 3   after 4 "));
});

/** A network as rows of weights, each with its bias at the end: tanh, and linear in the last layer. */
class PlainNetwork {
  readonly layers: number[][][];

  constructor(inputs: number, sizes: number[], seed: number) {
    const { layers } = new MLP(inputs, sizes, { activation: "tanh", random: new Random(seed) });
    this.layers = layers.map(({ neurons }) =>
      neurons.map((neuron) => neuron.parameters().map(({ data }) => data))
    );
  }

  /** What each layer gives, the input first. */
  run(input: number[]): number[][] {
    return this.layers.reduce((all, neurons, k) => {
      const sums = neurons.map((weights) =>
        all.at(-1)!.reduce((sum, x, i) => sum + weights[i] * x, weights.at(-1)!)
      );
      return [...all, k === this.layers.length - 1 ? sums : sums.map(Math.tanh)];
    }, [input]);
  }

  output(input: number[]): number {
    return this.run(input).at(-1)![0];
  }

  loss(inputs: number[][], targets: number[]): number {
    return inputs.reduce((sum, x, k) => sum + (this.output(x) - targets[k]) ** 2, 0) /
      inputs.length;
  }

  /** One step down the mean squared error, with the derivatives worked out on paper. */
  step(inputs: number[][], targets: number[], lr: number): void {
    const gradients = this.layers.map((neurons) => neurons.map((weights) => weights.map(() => 0)));
    for (const [n, input] of inputs.entries()) {
      const all = this.run(input);
      let deltas = [2 * (all.at(-1)![0] - targets[n]) / inputs.length];
      for (let k = this.layers.length - 1; k >= 0; k--) {
        const below = [...all[k], 1];
        deltas.forEach((delta, i) => below.forEach((x, j) => gradients[k][i][j] += delta * x));
        deltas = all[k].map((y, j) =>
          (1 - y * y) * deltas.reduce((sum, delta, i) => sum + delta * this.layers[k][i][j], 0)
        );
      }
    }
    this.layers.forEach((neurons, k) =>
      neurons.forEach((weights, i) =>
        weights.forEach((_, j) => weights[j] -= lr * gradients[k][i][j])
      )
    );
  }
}

Deno.test("lesson 08: networks of plain numbers train alike, with derivatives worked out on paper", async () => {
  const text = await output(() => import("../../lessons/08_network.ts"));
  const number = (pattern: RegExp) => Number(pattern.exec(text)![1]);
  const inputs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]], targets = [1, -1, -1, 1];
  const network = new PlainNetwork(3, [4, 4, 1], 1);
  assertAlmostEquals(number(/our output: (-\d\S+),/), network.output(inputs[0]), 1e-14);
  assertAlmostEquals(number(/for 2, 3, -1 it gives (-1\S+)/), network.output(inputs[0]), 1e-14);
  assertAlmostEquals(number(/ loss (3\S+), a graph/), network.loss(inputs, targets), 1e-14);
  const predictions = () =>
    inputs.map((x, k) => [x.join(", "), `${targets[k]}`, network.output(x).toFixed(4)]);
  assertEquals(tableUnder(text, "input target prediction"), predictions());
  let last = NaN;
  for (let step = 0; step < 100; step++) {
    last = network.loss(inputs, targets);
    network.step(inputs, targets, 0.1);
  }
  assertEquals(tableUnder(text, "input target prediction", 1).slice(0, 4), predictions());
  assertAlmostEquals(number(/the same every time: (\d\S+)/), last, 1e-15);

  const questions = [...inputs, [0, 0, 0], [1, -1, -1]];
  const rows = [1, 2, 3, 4, 5].map((seed) => {
    const network = new PlainNetwork(3, [4, 4, 1], seed);
    for (let step = 0; step < 99; step++) network.step(inputs, targets, 0.1);
    const loss = network.loss(inputs, targets).toExponential(1);
    network.step(inputs, targets, 0.1);
    return [`${seed}`, loss, ...questions.map((x) => network.output(x).toFixed(2))];
  });
  const heading = `seed last loss ${questions.map((x) => x.join(" ")).join(" ")}`;
  assertEquals(tableUnder(text, heading), rows);

  const corners = [[0, 0], [0, 1], [1, 0], [1, 1]], signs = [-1, 1, 1, -1];
  const xor = new PlainNetwork(2, [4, 1], 1);
  const first = xor.loss(corners, signs).toFixed(4);
  for (let step = 0; step < 199; step++) xor.step(corners, signs, 0.3);
  assertLines(text, [`first loss ${first}`, "4 of 4 points on the right side"]);
  const [mantissa, exponent] = xor.loss(corners, signs).toExponential(0).split("e");
  assert(text.includes(`last loss  ${mantissa}`) && text.includes(`e${exponent}\n`));
});

Deno.test("lesson 10: the three nodes written out have the derivatives of tanh", async () => {
  const text = await output(() => import("../../lessons/10_compile.ts"));
  const y = Math.tanh(0.4), slope = 1 / Math.cosh(0.4) ** 2;
  assertLines(text, [
    `y = tanh(n) ≈ ${sixDigits(y)}`,
    "n = wx + b = 0.4",
    "wx = w · x = 1",
    `dy/dn = 1 - y² ≈ ${sixDigits(slope)}`,
    `dy/dwx = dn/dwx · dy/dn = 1 · (1 - y²) ≈ ${sixDigits(slope)}`,
    "= x · (1 - y²)",
    `≈ 2 · ${sixDigits(slope)}`,
    `≈ ${sixDigits(2 * slope)}`,
  ]);
});

Deno.test("lesson 11: softmax, its gradient, temperature and Adam by hand; how many parameters", async () => {
  const text = await output(() => import("../../lessons/11_gpt.ts"));
  const scores = [1, 0, 2];
  const softmax = (temperature: number) => {
    const powers = scores.map((score) => Math.exp(score / temperature));
    return powers.map((power) => power / (powers[0] + powers[1] + powers[2]));
  };
  const four = (...numbers: number[]) => numbers.map((x) => x.toFixed(4));
  assertEquals(
    tableUnder(text, "score e to its power softmax"),
    scores.map((score, k) => [`${score}`, ...four(Math.exp(score), softmax(1)[k])]),
  );
  assertEquals(
    tableUnder(text, "by backward() probability - (1 if actual) agree"),
    softmax(1).map((p, k) => {
      const slope = (p - (k === 2 ? 1 : 0)).toFixed(6);
      return [slope, slope, "✓"];
    }),
  );
  const shapes = { token: [16, 27], expand: [64, 16], contract: [16, 64], logits: [27, 16] };
  const square = { position: [16, 16], query: [16, 16], key: [16, 16] };
  const matrices = { ...square, value: [16, 16], output: [16, 16], ...shapes };
  const rows = tableUnder(text, "matrix rows columns parameters").slice(0, 9);
  assertEquals(
    rows.toSorted(),
    Object.entries(matrices)
      .map(([name, [rows, columns]]) => [name, `${rows}`, `${columns}`, `${rows * columns}`])
      .toSorted(),
  );
  assertEquals(rows.reduce((sum, cells) => sum + Number(cells[3]), 0), 4192);
  const letters = [..."emma"].map((letter) => letter.charCodeAt(0) - 97);
  const weights = `(${four(...softmax(1)).join(", ")})`;
  const rms = Math.sqrt((300 ** 2 + 400 ** 2) / 2 + 1e-5);
  assertLines(text, [
    `emma → 26 ${letters.join(" ")} 26`,
    `(1 2; 3 4) times (10, 100) is ${four(1 * 10 + 2 * 100, 3 * 10 + 4 * 100).join("  ")}`,
    `(300, 400) becomes ${four(300 / rms, 400 / rms).join("  ")}`,
    "scores = (2, 0, 4) / 2 = (1, 0, 2)",
    `weights = softmax(1, 0, 2) = ${weights}`,
    `0.1 · x:      ${(0.1 ** 10).toExponential(2)}`,
    `(1, 0, 2) at temperature 0.5: ${four(...softmax(0.5)).join("  ")}`,
    `at 1: ${four(...softmax(1)).join("  ")}`,
    `at 2: ${four(...softmax(2)).join("  ")}`,
  ]);
  const [itself, before] = ["itself:", "the one before:"].map((name) =>
    new RegExp(`${name} +(\\d.*)`).exec(text)![1].split(/ +/).map(Number)
  );
  assertEquals(
    itself.map((weight, head) => (weight + before[head]).toFixed(3)),
    Array(4).fill("1.000"),
  );

  const adam = (gradientAt: (step: number) => number) => {
    let mean = 0, square = 0;
    return [1, 2, 3, 4, 5, 6].map((step) => {
      const g = gradientAt(step);
      [mean, square] = [0.85 * mean + 0.15 * g, 0.99 * square + 0.01 * g * g];
      const [m, v] = [mean / (1 - 0.85 ** step), square / (1 - 0.99 ** step)];
      return (-0.01 * m / (Math.sqrt(v) + 1e-8)).toFixed(6);
    });
  };
  const ways = [
    () => 1,
    () => 0.001,
    (step: number) => step % 2 ? 1 : -1,
    (step: number) => step === 1 ? 1 : 0,
  ].map(adam);
  assertEquals(
    tableUnder(text, "step gradient 1 gradient 0.001 now 1, now -1 1, then none"),
    [0, 1, 2, 3, 4, 5].map((k) => [`${k + 1}`, ...ways.map((moves) => moves[k])]),
  );
});
