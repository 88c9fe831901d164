import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { meanSquaredError, Random, Value } from "../../mod.ts";
import { output, row, tableUnder } from "./output.ts";

const text = await output(() => import("../../lessons/07_descent.ts"));

/** The number that stands after `name` on a line of its own. */
function after(name: string): number {
  return Number(text.split("\n").find((line) => line.startsWith(`  ${name}`))?.split(/: +/)[1]);
}

Deno.test("lesson 07 goes down the parabola as algebra says, at four rates", () => {
  // A step multiplies the distance from 2/3, which is 7/3 at first, by 1 − 6 · rate.
  const at = (rate: number, step: number) => 2 / 3 + (1 - 6 * rate) ** step * 7 / 3;
  for (let step = 0; step <= 8; step++) {
    const x = at(0.1, step);
    assertEquals(row(text, `${step} `, "One step"), [
      `${step}`,
      x.toFixed(6),
      (3 * (x - 2 / 3) ** 2 + 11 / 3).toFixed(6),
      (6 * (x - 2 / 3)).toFixed(6),
    ]);
  }
  for (
    const [name, rate] of Object.entries({ "0.1": 0.1, "1/6": 1 / 6, "1/3": 1 / 3, "0.4": 0.4 })
  ) {
    const [, factor, ...path] = row(text, `${name} `, "Four learning rates");
    assertEquals(factor, (1 - 6 * rate).toFixed(1));
    assertEquals(path, [0, 1, 2, 3, 4, 5].map((step) => at(rate, step).toFixed(4)));
  }
  // f at 9.63, after four steps at the rate 0.4, is 244.7: the picture goes on to 250.
  assert(/^ +250 ┤/m.test(text));
  const pictures = text.slice(
    text.indexOf("Here are all four"),
    text.indexOf("What should get smaller"),
  );
  for (const name of ["0.1", "1/6", "1/3", "0.4"]) {
    assert(new RegExp(`^[^│]*[┤│].*rate ${name}`, "m").test(pictures), name);
  }
});

Deno.test("lesson 07 moves the parameters of a neuron as the chain rule by hand does", () => {
  let w1 = -3, b = 6.8813735870195432;
  for (let step = 0; step <= 8; step++) {
    const o = Math.tanh(2 * w1 + b), loss = (o + 0.5) ** 2;
    const [shownO, shownLoss, ...shown] = [o, loss, w1, b].map((number) => number.toFixed(6));
    const cells = row(text, `${step} `, "The same step, for a neuron");
    assertEquals(cells, [`${step}`, shownO, shownLoss, shown[0], "1", shown[1]]);
    const slope = 2 * (o + 0.5) * (1 - o ** 2);
    w1 -= 0.1 * slope * 2;
    b -= 0.1 * slope;
  }
});

Deno.test("lesson 07: a neuron learns 'and', and says 0 to all of 'exclusive or'", () => {
  for (const [inputs, target] of [["0, 0", -1], ["0, 1", -1], ["1, 0", -1], ["1, 1", 1]] as const) {
    const [, shown, answer] = row(text, inputs, "Several examples");
    assertEquals(Number(shown), target);
    assertEquals(Math.sign(Number(answer)), target);
    assertEquals(row(text, inputs, "What one neuron cannot")[2], "0");
  }
});

/** The inputs and the target of "exclusive or", four times. */
const corners = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]];

Deno.test("lesson 07: where a neuron says 0 to all of 'exclusive or', its gradients are 0", () => {
  const shown = tableUnder(text, "inputs target output", 1);
  assertEquals(shown, corners.map(([x, y, target]) => [`${x}, ${y}`, `${target}`, "0"]));
  assert(/^ +1 ┤.* exclusive or$/m.test(text), "the picture ends at a loss of 1");
  const neuron = [0, 0, 0].map((data) => new Value(data)), [w1, w2, b] = neuron;
  const loss = meanSquaredError(
    corners.map(([x, y]) => w1.mul(x).add(w2.mul(y)).add(b).tanh()),
    shown.map(([, target]) => Number(target)),
  );
  assertEquals(loss.data, 1);
  loss.backward();
  for (const { grad } of neuron) assertAlmostEquals(grad, 0, 1e-15);
});

Deno.test("lesson 07: from no start does a neuron get below a loss of 1 on 'exclusive or'", () => {
  // This checks the lesson's sentence "no other start gets all four right" by mathematics alone.
  const random = new Random(2);
  for (let start = 0; start < 20; start++) {
    let [w1, w2, b] = [1, 2, 3].map(() => random.uniform(-3, 3));
    let loss = NaN;
    for (let step = 0; step < 300; step++) {
      loss = 0;
      const slopes = corners.map(([x, y, t]) => {
        const o = Math.tanh(w1 * x + w2 * y + b);
        loss += (o - t) ** 2 / 4;
        return (o - t) / 2 * (1 - o * o);
      });
      w1 -= 0.5 * (slopes[2] + slopes[3]);
      w2 -= 0.5 * (slopes[1] + slopes[3]);
      b -= 0.5 * (slopes[0] + slopes[1] + slopes[2] + slopes[3]);
    }
    assert(loss > 1 - 1e-9 && loss < 1.5, `${loss}`);
  }
});

Deno.test("lesson 07: without zeroing, x swings as far at the end as at first", () => {
  // All slopes so far: the distance d obeys d(k+1) − 2 d(k) + d(k−1) = −0.12 d(k).
  let last = 7 / 3, d = last - 0.12 * last;
  const path = [last, d];
  for (let step = 2; step <= 40; step++) {
    [last, d] = [d, 2 * d - last - 0.12 * d];
    path.push(d);
  }
  const range = (path: number[]) =>
    `${(Math.min(...path) + 2 / 3).toFixed(2)} to ${(Math.max(...path) + 2 / 3).toFixed(2)}`;
  assert(text.includes(`x in the first 20 steps: ${range(path.slice(0, 20))}`));
  assert(text.includes(`x in the last 20 steps:  ${range(path.slice(-20))}`));
});

Deno.test("lesson 07: its two lines, its class and SGD train alike, as plain numbers do", () => {
  const examples = [[0, 0, -1], [0, 1, -1], [1, 0, -1], [1, 1, 1]];
  let [w1, w2, b] = [0.1, 0.2, 0];
  let loss = NaN;
  for (let step = 0; step < 100; step++) {
    let slopes = [0, 0, 0];
    loss = 0;
    for (const [x1, x2, target] of examples) {
      const o = Math.tanh(w1 * x1 + w2 * x2 + b);
      loss += (o - target) ** 2 / 4;
      const slope = 2 * (o - target) / 4 * (1 - o ** 2);
      slopes = [slopes[0] + slope * x1, slopes[1] + slope * x2, slopes[2] + slope];
    }
    [w1, w2, b] = [w1 - 0.5 * slopes[0], w2 - 0.5 * slopes[1], b - 0.5 * slopes[2]];
  }
  assertEquals(
    tableUnder(text, "inputs target output"),
    examples.map(([x1, x2, target]) => [
      `${x1}, ${x2}`,
      `${target}`,
      Math.tanh(w1 * x1 + w2 * x2 + b).toFixed(4),
    ]),
  );
  assertAlmostEquals(after("two lines:"), loss, 1e-12);
  assertEquals(after("our class:"), after("two lines:"));
  assertEquals(after("SGD of mod.ts:"), after("two lines:"));
});
