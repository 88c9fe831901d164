// Each lesson runs here as a learner runs it, with no permission, and must print the numbers that
// its source, the lecture or plain algebra gives.
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";

/** What a lesson prints in a terminal, without colours. */
async function output(lesson: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...things) => lines.push(things.map(String).join(" "));
  try {
    await lesson();
  } finally {
    console.log = log;
  }
  return stripAnsiCode(lines.join("\n")).replaceAll("−", "-");
}

/** The cells of the first row that begins with `first`, after the heading `under`. */
function row(text: string, first: string, under = ""): string[] {
  const lines = text.slice(text.indexOf(under)).split("\n");
  const line = lines.find((line) => line.trimStart().startsWith(first));
  assert(line !== undefined, `no row "${first}" under "${under}" in\n${text}`);
  return line.trim().split(/ {2,}/);
}

/** Asserts that text has every line, however it is indented. */
function assertLines(text: string, lines: string[]) {
  const printed = new Set(text.split("\n").map((line) => line.trim()));
  for (const line of lines) assert(printed.has(line), `the line "${line}" is missing in\n${text}`);
}

Deno.test("lesson 00 prints the slopes by nudging and by calculus, and what h does", async () => {
  const text = await output(() => import("../../lessons/00_derivative.ts"));
  assertEquals(row(text, "20.000000"), ["20.000000", "20.014003", "0.014003", "14.003000"]);
  assertEquals(row(text, "3", "by calculus: f′"), ["3", "14", "14.003000", "✓"]);
  assertStringIncludes(text, "At 2/3 exactly, the nudge gives 0.000002999378523327323.");
  const study = "How small should the nudge be?";
  assertEquals(row(text, "0.001", study).slice(1, 2), ["14.00300000"]);
  assertEquals(row(text, "0.001", study).slice(3, 4), ["13.9999999999993"]);
  assertEquals(row(text, "1e-8", study)[1], "14.00000009");
  assertEquals(row(text, "1e-15", study)[1].slice(0, 5), "10.65");
  assertEquals(Number(row(text, "1e-16", study)[1]), 0);
});

Deno.test("lesson 01 prints Values, their operations and operands, and refuses a * b", async () => {
  const text = await output(() => import("../../lessons/01_value.ts"));
  assertLines(text, [
    'Value(data=2, label="a")',
    'Value(data=6, label="b")',
    'Value(data=8, label="c")',
    'Value(data=12, label="d")',
  ]);
  assertEquals(row(text, "c ", "What a result remembers"), ["c", "8", "+", "a, b"]);
  assertEquals(row(text, "d ", "What a result remembers"), ["d", "12", "*", "a, b"]);
  assertStringIncludes(text, "write a.mul(b): JavaScript cannot overload *");
});

Deno.test("lesson 02 prints the four rates of change by nudging", async () => {
  const text = await output(() => import("../../lessons/02_rate_of_change.ts"));
  const under = "Nudge each input in turn";
  for (const [name, rate] of [["a", 6], ["b", -4], ["c", -2], ["f", 4]] as const) {
    const cells = row(text, `${name} `, under);
    assertEquals(cells[2], "-8.000000");
    assertAlmostEquals(Number(cells[3]), -8 + rate * 1e-4, 1e-6);
    assertEquals(cells[4], rate.toFixed(6));
  }
});

Deno.test("lesson 03 prints seven derivatives, each beside its nudge, then backward()", async () => {
  const text = await output(() => import("../../lessons/03_chain_rule.ts"));
  const truth = { L: 1, d: -2, f: 4, c: -2, e: -2, a: 6, b: -4 };
  for (const [name, derivative] of Object.entries(truth)) {
    const byHand = row(text, `dL/d${name}`, "All seven");
    const [local, upstream, product, nudge, mark] = byHand.slice(2);
    assertEquals(Number(local) * Number(upstream), derivative);
    assertEquals([product, nudge, mark], [`${derivative}`, derivative.toFixed(6), "✓"]);
    const found = row(text, `dL/d${name}`, "The promise of the next lesson");
    assertEquals(found.slice(1), [`${derivative}`, `${derivative}`, "✓"]);
  }
  assertEquals(row(text, "before").at(-1), "-8.000000");
  assertEquals(row(text, "after a step along the gradient").at(-1), "-7.286496");
});

Deno.test("lesson 04 prints where the obvious program goes wrong, and the right gradients", async () => {
  const text = await output(() => import("../../lessons/04_backpropagation.ts"));
  assertEquals(row(text, "dc/da", "Where it goes wrong").slice(1, 3), ["6", "4"]);
  assertEquals(row(text, "dc/da", "The right order").slice(1), ["4", "4", "✓"]);
  const knot = "A knot";
  assertStringIncludes(text, "y = 41");
  assertEquals(row(text, "dy/da", knot).slice(2), ["25", "25", "✓"]);
  assertEquals(row(text, "dy/db", knot).slice(2), ["19", "19", "✓"]);
  assert(row(text, "dy/da", knot)[1] !== "25", "the obvious program must be wrong here");
  assertLines(text, [
    "d.grad = 0 + (-2 × 1) = -2",
    "f.grad = 0 + (4 × 1) = 4",
    "e.grad = 0 + (1 × -2) = -2",
    "c.grad = 0 + (1 × -2) = -2",
    "a.grad = 0 + (-3 × -2) = 6",
    "b.grad = 0 + (2 × -2) = -4",
  ]);
  assertEquals(row(text, "y.backward() again").at(-1), "48");
  assertEquals(row(text, "y.zeroGrad(), then y.backward()").at(-1), "24");
});

Deno.test("lesson 06 prints the lecture's neuron, the same taken apart, and a saturated one", async () => {
  const text = await output(() => import("../../lessons/06_neuron.ts"));
  assertEquals(row(text, "o = tanh(n)").at(-1), "0.7071067812");
  const truth = { x1: -1.5, x2: 0.5, w1: 1, w2: 0, b: 0.5 };
  for (const [name, gradient] of Object.entries(truth)) {
    const cells = row(text, `${name} `, "Backward: o.backward()");
    assertEquals(cells.slice(2), [gradient.toFixed(6), gradient.toFixed(6), "✓"]);
    const apart = row(text, `do/d${name}`, "tanh, taken apart");
    assertEquals(apart.slice(1), [gradient.toFixed(12), gradient.toFixed(12), "✓"]);
  }
  const saturated = row(text, "20.00", "A neuron that cannot learn");
  assert(Math.abs(Number(saturated[3])) < 1e-10);
});

Deno.test("lesson 08 trains 41 parameters, to the same last digit every time", async () => {
  const text = await output(() => import("../../lessons/08_network.ts"));
  assertStringIncludes(text, "the same every time: ");
  assertEquals(await output(() => import("../../lessons/08_network.ts?again")), text);
  assertLines(text, ["41 parameters"]);
  const under = "The network after training";
  const predictions = text.slice(text.indexOf(under)).split("\n").slice(3, 7)
    .map((line) => line.trim().split(/ +/).map(Number));
  assertEquals(predictions.map(([target]) => target), [1, -1, -1, 1]);
  for (const [target, prediction] of predictions) assertAlmostEquals(prediction, target, 0.01);
  const last = (name: string) => Number(row(text, name, "first loss").at(-1));
  assert(last("as above") < 1e-6);
  assert(last("zeroGrad forgotten") > 0.1);
  assert(last("learning rate 0.5") > 1000);
});

Deno.test("lesson 09 learns the two moons, to the same last digit every time", async () => {
  const text = await output(() => import("../../lessons/09_two_moons.ts"));
  assertStringIncludes(text, "the same every time: ");
  assertEquals(await output(() => import("../../lessons/09_two_moons.ts?again")), text);
  assertLines(text, ["337 parameters"]);
  const [step, loss, accuracy] = row(text, "99 ", "step");
  assertEquals([step, accuracy], ["99", "100 %"]);
  assert(Number(loss) < 0.05);
});

Deno.test("lesson 10 prints the code of three nodes, and all ways find the same gradients", async () => {
  const text = await output(() => import("../../lessons/10_compile.ts"));
  assertLines(text, [
    "const v1 = p[0] * x[0];",
    "const v2 = v1 + p[1];",
    "const v3 = Math.tanh(v2);",
    "const d2 = (1 - v3 * v3) * d3;",
    "g[0] += x[0] * d2;",
  ]);
  const y = Math.tanh(0.4);
  for (const [name, truth] of Object.entries({ y, "dy/dw": 2 * (1 - y * y), "dy/db": 1 - y * y })) {
    const [, byValues, compiled, mark] = row(text, `${name} `, "The same numbers");
    assertAlmostEquals(Number(byValues), truth, 1e-14);
    assertEquals([compiled, mark], [byValues, "✓"]);
  }
  for (const [name, heading] of [["compiled", "Two moons again"], ["two at a time", "Two at a"]]) {
    const [, sum, difference] = row(text, name, heading);
    assertEquals(sum, row(text, "Values", heading)[1]);
    assert(Number(difference) < 1e-12);
  }
});
