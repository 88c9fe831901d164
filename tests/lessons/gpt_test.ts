// What PyTorch does not say about the network of lesson 11: tests/torch/gpt_test.ts has its numbers.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { newWeights, type Past, predict } from "../../lessons/gpt.ts";
import { Random, Value } from "../../mod.ts";

Deno.test("newWeights() draws from a normal distribution around 0 with deviation 0.08", () => {
  const weights = Object.values(newWeights(new Random(11))).flat(2).map(({ data }) => data);
  const share = (within: number) =>
    weights.filter((weight) => Math.abs(weight) < within).length / weights.length;
  // Of a normal distribution 68.27 % are within one deviation, 95.45 % within two.
  assertAlmostEquals(share(0.08), 0.6827, 0.03);
  assertAlmostEquals(share(0.16), 0.9545, 0.015);
  assertAlmostEquals(weights.filter((weight) => weight > 0).length / weights.length, 0.5, 0.03);
});

Deno.test("predict() notes how much each of four heads attends to each position so far", () => {
  const random = new Random(2), weights = newWeights(random);
  const past: Past = { keys: [], values: [], attention: [] };
  for (let position = 0; position < 3; position++) {
    predict(weights, Array.from({ length: 16 }, () => new Value(random.normal())), past);
    const heads = past.attention[position];
    assertEquals(heads.map((head) => head.length), Array(4).fill(position + 1));
    for (const head of heads) {
      assert(head.every(({ data }) => data > 0));
      assertAlmostEquals(head.reduce((sum, { data }) => sum + data, 0), 1, 1e-12);
    }
  }
  assertEquals(past.attention.length, 3);
});
