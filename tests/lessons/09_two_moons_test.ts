import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Random } from "../../mod.ts";
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
  assertStringIncludes(text, `slope ${slope.toFixed(6)}, two in a row ${(slope ** 2).toFixed(6)}`);
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
