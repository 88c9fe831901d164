import { assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import text from "../../exercises/09_two_moons.ts" with { type: "text" };
import { holes, learnsTwoMoons, type Mine, ours } from "../../exercises/checks/09_two_moons.ts";
import * as engine from "../../exercises/solutions/05_engine.ts";
import * as network from "../../exercises/solutions/08_network.ts";
import { Random } from "../../mod.ts";
import { judge } from "../../exercises/checks/check.ts";
import { twoMoons } from "../../exercises/solutions/09_two_moons.ts";
import checks from "../../exercises/checks/09_two_moons.ts" with { type: "text" };
import solutions from "../../exercises/solutions/09_two_moons.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

/** As it is when the exercises 05 and 08 are done. */
const mine = { ...engine, ...network } as unknown as Mine;
const done = { ...holes, twoMoons: learnsTwoMoons(mine) };

Deno.test("exercise 09 compares what one's own engine has learned with mod.ts", () => {
  const { mark, lines } = judge("twoMoons", twoMoons, done.twoMoons);
  assertEquals(mark, "✓");
  assertMatch(
    lines[0],
    /^your own engine puts (\d+ %) of the points on the right side, mod.ts \1; of 200 new ones (\d\d) %, mod.ts \2 %$/,
  );
});

Deno.test("exercise 09 trains mod.ts as the solution trains one's own engine", () => {
  const points = Array.from({ length: 6 }, (_, k) => [k / 3 - 1, (k * k) % 5 - 2]);
  const labels = [1, -1, 1, 1, -1, -1];
  const start = () => {
    const random = new Random(1);
    return () => random.uniform(-1, 1);
  };
  const score = ours(points, labels, start()), own = twoMoons(mine, points, labels, start());
  for (const point of [...points, [0.3, 0.7]]) assertAlmostEquals(own(point), score(point), 1e-9);
});

testExercise("09_two_moons", { text, solutions, checks, holes: done }, {
  loss: [
    [
      "return scores.map((s, k) => s.mul(-labels[k]).add(1).relu()).reduce((a, b) => a.add(b));",
      "That is the sum",
    ],
    [
      "return scores.map((s, k) => s.mul(-labels[k]).add(1)).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "relu is missing",
    ],
    [
      "return scores.map((s, k) => s.mul(labels[k]).add(1).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "The sign: 1 − label",
    ],
    [
      "return scores.reduce((sum, s, k) => sum + Math.max(0, 1 - labels[k] * s.data), 0);",
      "calculate with methods",
    ],
    [
      "scores.map((s, k) => s.mul(-labels[k]).add(1).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "is `return` missing?",
    ],
    [
      "return scores.map((s) => s.mul(-1).add(1).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "The label is missing",
    ],
    [
      "return scores.map((s, k) => s.mul(-labels[k]).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "The margin is missing",
      `[loss, gradients of the scores] of loss([3, 0.5], [1, −1])
  expected [0.75, 0, 0.5]
  got      [0.25, 0, 0.5]`,
    ],
    [
      "return scores.map((s, k) => s.mul(labels[k]).sub(1).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "not the other way round",
    ],
    [
      "return scores.map((s, k) => s.sub(labels[k]).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
      "score.mul(-label).add(1).relu()",
    ],
    [
      "return scores[0].mul(0).add(scores.reduce((sum, s, k) => sum + Math.max(0, 1 - labels[k] * s.data), 0) / scores.length);",
      "The loss has forgotten the scores",
    ],
    [
      "return scores.map((s, k) => s.mul(-labels[k]).add(1).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length).add(1);",
      "score.mul(-label).add(1).relu()",
    ],
  ],
  accuracy: [
    ["return scores.filter((s, k) => s * labels[k] > 0).length;", "Divide by the number of scores"],
    [
      "return scores.filter((s, k) => s === labels[k]).length / scores.length;",
      "only its sign counts",
    ],
    ["return scores.filter((s, k) => s * labels[k] >= 0).length / scores.length;", "on no side"],
    [
      "return scores.filter((s, k) => s * labels[k] < 0).length / scores.length;",
      "on the wrong side",
    ],
    ["return scores.filter((s) => s > 0).length / scores.length;", "where the label is −1"],
    [
      "return scores.filter((s, k) => s * labels[k] >= 1).length / scores.length;",
      "need not be 1 or more",
    ],
    [
      "return scores.filter((s, k) => s > labels[k]).length / scores.length;",
      "Count these, divide by all",
    ],
  ],
  rateAt: [
    ["return 1 - step / steps;", "not to 0"],
    ["return 1 - 0.9 * step;", "not at each"],
    ["return 0.9 * step / steps;", "start there"],
    ["return 1 - 0.9 * step / 100;", "always 100 steps"],
    ["return 0.1 + 0.9 * step / steps;", "That one rises"],
    ["return 1 - 0.1 * step / steps;", "1, minus 0.9 times"],
  ],
  train: [
    [
      "for (let k = 0; k < steps; k++) { forward().backward(); parameters.forEach((p) => p.data -= rateAt(k, steps) * p.grad); }",
      "are not set to 0",
    ],
    [
      "for (let k = 0; k < steps; k++) { parameters.forEach((p) => p.grad = 0); forward().backward(); parameters.forEach((p) => p.data -= p.grad); }",
      "The rate does not fall",
    ],
    ["for (;;) forward();", "It does not end"],
    [
      "for (let k = 0; k < steps; k++) { parameters.forEach((p) => p.grad = 0); forward().backward(); parameters.forEach((p) => p.data += rateAt(k, steps) * p.grad); }",
      "The loss rises",
      `two parameters from [0, 0], on their way to [3, −1], with steps = 1
  expected [1.2, −0.4]
  got      [−1.2, 0.4]`,
    ],
    [
      "for (let k = 0; k < steps; k++) { parameters.forEach((p) => p.grad = 0); forward().backward(); parameters.forEach((p) => p.data -= rateAt(k + 1, steps) * p.grad); }",
      "Steps are counted from 0",
    ],
    [
      "for (let k = 0; k < steps; k++) { parameters.forEach((p) => p.grad = 0); forward().backward();  }",
      "Nothing moves",
    ],
    [
      "for (let k = 0; k < steps - 1; k++) { parameters.forEach((p) => p.grad = 0); forward().backward(); parameters.forEach((p) => p.data -= rateAt(k, steps) * p.grad); }",
      "forward, zero, backward, update",
    ],
  ],
  twoMoons: [
    [
      `const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
     return (point) => network(layers, point)[0].data;`,
      "Is it trained",
      /^points of the training on the right side\n {2}expected "100 %"\n {2}got {6}"\d\d %"$/,
    ],
    [
      `const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
     return (point) => network(layers, point)[0];`,
      "the data of the score",
    ],
    ["makeNetwork(2, [16, 16, 1], () => new Value(random()));", "is `return` missing?"],
    [
      "return network(makeNetwork(2, [16, 16, 1], () => new Value(random())), points[0])[0];",
      "Return a function",
    ],
    [
      `const layers = makeNetwork(2, [16, 16, 1], () => new Value());
     return (point) => network(layers, point)[0].data;`,
      "The scores are NaN",
    ],
    [
      `const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
     return (point) => Math.sqrt(network(layers, point)[0].data);`,
      "The scores are NaN",
    ],
    [
      `const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
     return (point) => { const score = network(layers, point)[0]; return score.data > 0 ? score : score.data; };`,
      "the data of the score",
    ],
  ],
});
