import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { meanSquaredError, MLP, Random, SGD, Value } from "../../mod.ts";
import golden from "../torch/lessons.json" with { type: "json" };
import { assertLines, output, row } from "./output.ts";

const text = await output(() => import("../../lessons/08_network.ts"));

Deno.test("lesson 08 prints the same, to the last digit, every time", async () => {
  assertMatch(text, /the last loss, the same every time: \d/);
  assertEquals(await output(() => import("../../lessons/08_network.ts?again")), text);
});

Deno.test("lesson 08 learns exclusive or, which no line can part", () => {
  const [, first, last] = /first loss (\S+)\n +last loss +(\S+)/.exec(text)!;
  assert(Number(first) > 1);
  assert(Number(last) < 1e-9);
});

Deno.test("lesson 08 finds its own network equal to mod.ts's, with 41 parameters", () => {
  const [, ours, theirs] = /our output: (-?\d\S*), mod\.ts: (\S+)/.exec(text)!;
  assertEquals(ours, theirs);
  assertLines(text, ["41 gradients, largest difference 0"]);
  for (const count of ["4 × (3 + 1)", "4 × (4 + 1)", "1 × (4 + 1)"]) {
    assertStringIncludes(text, count);
  }
  assertStringIncludes(text, "41 parameters: a weight for each line");
  assertEquals(4 * (3 + 1) + 4 * (4 + 1) + (4 + 1), 41);
});

Deno.test("lesson 08 learns the lecture's four examples", () => {
  const targets = { "2, 3, -1": 1, "3, -1, 0.5": -1, "0.5, 1, 1": -1, "1, 1, -1": 1 };
  for (const [input, target] of Object.entries(targets)) {
    assertEquals(Number(row(text, input, "Four examples")[1]), target);
    assertAlmostEquals(Number(row(text, input, "A hundred steps")[2]), target, 0.01);
  }
  const wrong = Object.entries(targets).filter(([input, target]) =>
    Number(row(text, input, "Four examples")[2]) * target < 0
  );
  assertEquals(wrong.length, 3, "three of the four have the wrong sign before training");
  const [, gradient, nudged] = /first weight: (\S+)\n +by nudging: (\S+) ✓/.exec(text)!;
  assertEquals(gradient, nudged);
});

Deno.test("lesson 08 trains as PyTorch does, from the same weights", () => {
  const { xor, bySeed } = golden["08"];
  assertLines(text, [
    `first loss ${xor.losses[0].toFixed(4)}`,
    `last loss  ${xor.losses.at(-1)!.toExponential(1)}`,
  ]);
  const [, first] = /^ +loss (\d\S*), a graph of/m.exec(text)!;
  assertAlmostEquals(Number(first), bySeed[1].losses[0], 1e-12);
  const [, last] = /the last loss, the same every time: (\d\S+)/.exec(text)!;
  assertAlmostEquals(Number(last), bySeed[1].losses.at(-1)!, 1e-15);
  for (const [seed, { losses, answers }] of Object.entries(bySeed)) {
    assertEquals(row(text, `${seed} `, "Memorising").slice(1), [
      losses.at(-1)!.toExponential(1),
      ...answers.map((answer) => answer.toFixed(2)),
    ]);
  }
});

Deno.test("lesson 08: five networks agree on the examples and not on other inputs", () => {
  const networks = [1, 2, 3, 4, 5].map((seed) => row(text, `${seed} `, "Memorising").map(Number));
  for (const [, loss, ...answers] of networks) {
    assert(loss < 1e-4);
    [1, -1, -1, 1].forEach((target, k) => assertAlmostEquals(answers[k], target, 0.011));
  }
  for (const question of [6, 7]) {
    assertEquals(new Set(networks.map((cells) => Math.sign(cells[question]))).size, 2);
  }
});

Deno.test("neurons that start equal stay equal, as lesson 08 says", () => {
  const network = new MLP(2, [4, 1], { activation: "tanh", random: new Random(1) });
  for (const weight of network.parameters()) weight.data = 0.5;
  const optimizer = new SGD(network.parameters(), { lr: 0.3 });
  const [inputs, targets] = [[[0, 0], [0, 1], [1, 0], [1, 1]], [-1, 1, 1, -1]];
  let loss = new Value(NaN);
  for (let step = 0; step < 50; step++) {
    loss = meanSquaredError(inputs.map((input) => network.forward(input)[0]), targets);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
  const [first, ...others] = network.layers[0].neurons.map((neuron) =>
    neuron.parameters().map(({ data }) => data)
  );
  for (const other of others) assertEquals(other, first);
  assert(first[0] !== 0.5);
  // All then depends on x1 + x2, rising or falling: −1, 1, 1, −1 cannot come nearer than 2/3.
  assert(loss.data >= 2 / 3);
});
