import { assert, assertEquals } from "@std/assert";
import { contenders as gptContenders, letterSoup } from "../bench/gpt.ts";
import { contenders, moons } from "../bench/yardstick.ts";

Deno.test("every contender of the yardstick finds the same losses, to 1e-12", () => {
  const problem = moons();
  const [first, ...others] = Object.entries(contenders)
    .map(([name, contender]) => ({ name, losses: Array.from({ length: 5 }, contender(problem)) }));
  assert(first.losses[4] < first.losses[0], "it learns");
  assertEquals(others.length, 8);
  for (const { name, losses } of others) {
    losses.forEach((loss, k) => {
      assert(Math.abs(loss - first.losses[k]) <= 1e-12, `${name}: ${loss} at step ${k}`);
    });
  }
});

Deno.test("every contender of the GPT race finds the same losses, to 1e-12", () => {
  const problem = letterSoup();
  const [first, ...others] = Object.entries(gptContenders)
    .map(([name, contender]) => ({ name, losses: Array.from({ length: 4 }, contender(problem)) }));
  assert(Math.abs(first.losses[0] - Math.log(27)) < 0.3, "it begins by guessing");
  assertEquals(others.length, 3);
  for (const { name, losses } of others) {
    losses.forEach((loss, k) => {
      assert(Math.abs(loss - first.losses[k]) <= 1e-12, `${name}: ${loss} at step ${k}`);
    });
  }
});
