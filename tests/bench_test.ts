import { assert, assertEquals } from "@std/assert";
import { contenders as gptContenders, letterSoup } from "../bench/gpt.ts";
import { contenders, moons } from "../bench/yardstick.ts";
import page from "../docs/race.md" with { type: "text" };

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

Deno.test("docs/race.md: the steps of the first race, divided by those of the straight port, are the ratios", () => {
  const [, table] = /\| × straight port \|.*\n.*\n((?:\|.*\n)+)/.exec(page)!;
  const rows = table.trimEnd().split("\n").map((row) =>
    row.split("|").slice(2, 4).map((cell) => Number(cell.replaceAll(",", "")))
  );
  const [port] = rows.find(([, ratio]) => ratio === 1)!;
  assert(rows.length >= 10);
  // Both are rounded to two digits.
  for (const [steps, ratio] of rows) {
    assert(Math.abs(steps / port / ratio - 1) < 0.08, `${steps} is not ${ratio} × ${port}`);
  }
});
