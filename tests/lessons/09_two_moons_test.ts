import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { MLP, Random } from "../../mod.ts";
import lesson from "../../lessons/09_two_moons.ts" with { type: "text" };
import golden from "../torch/lessons.json" with { type: "json" };
import { output, row } from "./output.ts";

const text = await output(() => import("../../lessons/09_two_moons.ts"));

Deno.test("lesson 09 prints the same, to the last digit, every time", async () => {
  assertEquals(await output(() => import("../../lessons/09_two_moons.ts?again")), text);
});

Deno.test("no straight line parts the training set of lesson 09", () => {
  const random = new Random(3);
  const [upper, lower]: [x: number, y: number][][] = [[], []];
  for (let k = 0; k < 100; k++) {
    const angle = random.uniform(0, Math.PI), sign = k % 2 === 0 ? 1 : -1;
    const [x, y] = [0.5 + sign * (Math.cos(angle) - 0.5), 0.25 + sign * (Math.sin(angle) - 0.25)];
    (sign > 0 ? upper : lower).push([x + random.normal(0, 0.1), y + random.normal(0, 0.1)]);
  }
  // A half plane that holds three points holds their triangle, and here a point of the others, too.
  const side = ([ax, ay]: number[], [bx, by]: number[], [x, y]: number[]) =>
    Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  const inside = (p: number[], [a, b, c]: number[][]) =>
    Math.abs(side(a, b, p) + side(b, c, p) + side(c, a, p)) === 3;
  const triangle = [
    lower.reduce((p, q) => p[0] < q[0] ? p : q),
    lower.reduce((p, q) => p[0] > q[0] ? p : q),
    lower.reduce((p, q) => p[1] < q[1] ? p : q),
  ];
  assert(upper.some((p) => inside(p, triangle)));
});

Deno.test("lesson 09 says why relu, why this loss, and how many parameters", () => {
  const slope = 1 / Math.cosh(3) ** 2;
  assertEquals(row(text, "tanh", "slope at 3   ").slice(1), [
    slope.toFixed(6),
    (slope ** 2).toFixed(6),
  ]);
  assertEquals(row(text, "relu", "slope at 3   ").slice(1), ["1.000000", "1.000000"]);
  for (const [score, squared, margin] of [[-1, 4, 2], [0, 1, 1], [0.5, 0.25, 0.5], [3, 4, 0]]) {
    assertEquals(row(text, `${score} `, "The loss").map(Number), [score, squared, margin]);
  }
  assertEquals(16 * (2 + 1) + 16 * (16 + 1) + (16 + 1), 337);
  assertStringIncludes(text, "337 parameters");
});

Deno.test("lesson 09: smaller batches, more steps, a lower loss", () => {
  const rows = ["100 ", "20 ", "5 "].map((size) => row(text, size, "Batches").map(Number));
  assertEquals(rows.map(([, steps]) => steps), [10, 50, 200]);
  const [all, some, few] = rows.map(([, , loss]) => loss);
  assert(few < some && some < all);
});

Deno.test("lesson 09 learns the moons: the test set, too", () => {
  const found = ["training", "test"].map((set) =>
    new RegExp(`^ +${set} set: +loss (\\S+), (\\d+) % right$`, "m").exec(text)!.slice(1).map(Number)
  );
  for (const [loss, right] of found) {
    assert(loss < 0.03);
    assert(right >= 98);
  }
  assertAlmostEquals(found[0][0], found[1][0], 0.01);
  assert(found[0][0] !== found[1][0]);
});

Deno.test("lesson 09 trains as PyTorch does, on the same points, from the same weights", () => {
  const { byBatchSize, losses, byStrength } = golden["09"];
  for (const [size, loss] of Object.entries(byBatchSize)) {
    assertEquals(row(text, `${size} `, "Batches")[2], loss.toFixed(4));
  }
  const shown = [...text.matchAll(/ (\d+)\/(3|7|20) {2}training loss (\S+)$/gm)];
  const before = { 3: 0, 7: 3, 20: 10 };
  for (const [, k, epochs, loss] of shown) {
    const epoch = before[Number(epochs) as keyof typeof before] + Number(k);
    assertEquals(loss, losses.training[epoch - 1].toFixed(4), `epoch ${epoch}`);
  }
  assertEquals(shown.length, 3 + 7 + 10);
  for (const set of ["training", "test"] as const) {
    const [, loss] = new RegExp(`^ +${set} set: +loss (\\S+),`, "m").exec(text)!;
    assertAlmostEquals(Number(loss), losses[set].at(-1)!, 1e-9);
  }
  for (const [strength, { sumOfSquares, losses }] of Object.entries(byStrength)) {
    assertEquals(row(text, `${strength} `, "When there is too little").slice(1), [
      sumOfSquares.toFixed(1),
      ...losses.map((loss) => loss.toFixed(4)),
    ]);
  }
});

/** How many points are on the right side before the training, and after 3, 10 and 30 epochs. */
function right(text: string): number[][] {
  return [...text.matchAll(/^ +(\d+) of 100 points, (\d+) of 100 test points on the right side$/gm)]
    .map(([, ...counts]) => counts.map(Number));
}

Deno.test("lesson 09 shows the boundary as it bends, from everything on one side", () => {
  const counts = right(text), pictures = text.split(/^│ await train\(.*$/m);
  assertEquals([counts.length, pictures.length], [4, 4]);
  assertEquals(counts[0], [50, 50]);
  for (const k of [1, 2, 3]) {
    assert(counts[k][0] > counts[k - 1][0] && counts[k][1] > counts[k - 1][1]);
  }
  const ground = pictures[0].split("\n").filter((line) => /^ {2}[·+o#@]{66}$/.test(line));
  assertEquals(ground.length, 22, "before the training, the score is positive everywhere");
});

Deno.test("with tanh, lesson 09 ends where it says: 99 training points and 97 test points", async () => {
  const folder = new URL("../../lessons/", import.meta.url);
  const module = lesson.slice(lesson.indexOf("// %%")).replaceAll(
    'activation: "relu"',
    'activation: "tanh"',
  )
    .replace(/(?<=from )"(\.[^"]*)"/g, (_, path) => JSON.stringify(new URL(path, folder)));
  assert(module.includes('activation: "tanh"'));
  const script = `const tell = () => {};\n${module}`;
  const text = await output(() =>
    import(`data:application/typescript,${encodeURIComponent(script)}`)
  );
  assertEquals(right(text).at(-1), [99, 97]);
  assertStringIncludes(
    lesson.replaceAll("\n// ", " "),
    "99 of 100 training points and 97 of 100 test points",
  );
});

Deno.test("relu neurons bend the score as lesson 09 says: the first layer straight, the second bent", () => {
  const random = new Random(1), network = new MLP(2, [16, 16, 1], { activation: "relu", random });
  for (const parameter of network.parameters()) parameter.data = random.uniform(-1, 1);
  const [first, second] = network.layers.map(({ neurons }) =>
    neurons.map(({ weights, bias }) => (inputs: number[]) =>
      weights.reduce((sum, { data }, k) => sum + data * inputs[k], bias.data)
    )
  );
  const hidden = (point: number[]) => first.map((neuron) => Math.max(0, neuron(point)));
  const score = (point: number[]) => network.forward(point)[0].data;
  type Plane = (point: number[]) => number;
  const slopes = (f: Plane, [x, y]: number[], h = 1e-7) => [
    (f([x + h, y]) - f([x - h, y])) / (2 * h),
    (f([x, y + h]) - f([x, y - h])) / (2 * h),
  ];
  /** Where a function is 0 between x = −2 and 2, at several heights. */
  const zeros = (f: Plane) =>
    Array.from({ length: 21 }, (_, k) => (k - 10) / 5).flatMap((y) => {
      let [low, high] = [-2, 2];
      if (f([low, y]) * f([high, y]) > 0) return [];
      for (let k = 0; k < 50; k++) {
        const middle = (low + high) / 2;
        if (f([low, y]) * f([middle, y]) <= 0) high = middle;
        else low = middle;
      }
      return [[low, y]];
    });
  /** How far apart the directions are in which a function rises, along the line on which it is 0. */
  const turns = (f: Plane) => {
    const angles = zeros(f).map((point) => slopes(f, point)).map(([x, y]) => Math.atan2(y, x));
    return Math.max(...angles) - Math.min(...angles);
  };
  const isBentAt = ([x, y]: number[], d = 1e-4) => {
    const [left, right] = [-d, d].map((d) => slopes(score, [x + d, y]));
    return Math.hypot(left[0] - right[0], left[1] - right[1]) > 1e-3;
  };
  const layer1 = first.filter((f) => zeros(f).length > 5);
  const layer2 = second.map((neuron): Plane => (point) => neuron(hidden(point)))
    .filter((f) => zeros(f).length > 5);
  assert(layer1.length > 5 && layer2.length > 2);
  for (const f of layer1) assert(turns(f) < 1e-6);
  assert(layer2.filter((f) => turns(f) > 0.1).length > layer2.length / 2);
  for (const layer of [layer1, layer2]) {
    for (const f of layer) assert(zeros(f).some((point) => isBentAt(point)));
  }
});

Deno.test("lesson 09: L2 shrinks the parameters, costs training loss, and gains on the test set", () => {
  const rows = ["0 ", "0.01 ", "0.03 ", "0.3 "].map((strength) =>
    row(text, strength, "When there is too little").map(Number)
  );
  for (let k = 1; k < rows.length; k++) {
    assert(rows[k][1] < rows[k - 1][1], "the sum of squares falls");
    assert(rows[k][2] > rows[k - 1][2], "the training loss rises");
  }
  const test = rows.map((cells) => cells[3]);
  assert(test[1] < 0.9 * test[0] && test[2] < 0.9 * test[0]);
  assertEquals(rows[0][2], 0);
  assertEquals(rows[3].slice(1), [0, 1, 1]);
  const last = text.slice(text.lastIndexOf("│ await boundary(2);"));
  assertEquals(last.match(/·o·/g)?.length, 1, "one point is on the wrong side");
});
