import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { MLP, Random } from "../../mod.ts";
import { assertLines, output, row } from "./output.ts";

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
    const [, byValues, compiled, mark] = row(text, `${name} `, "Three nodes");
    assertAlmostEquals(Number(byValues), truth, 1e-14);
    assertEquals([compiled, mark], [byValues, "✓"]);
  }
  for (
    const [name, heading] of [["compiled", "Two moons again"], ["two at a time", "Two at a time"]]
  ) {
    const [, sum, difference] = row(text, name, heading);
    assertEquals(sum, row(text, "Values", heading)[1]);
    assertAlmostEquals(Number(sum), lossByNumbers(), 1e-9);
    assert(Number(difference) < 1e-12);
  }
});

/** The sum of the losses of lesson 10's points, without a graph. */
function lossByNumbers(): number {
  const random = new Random(3);
  const points = Array.from({ length: 100 }, (_, k) => {
    const angle = random.uniform(0, Math.PI), label = k % 2 === 0 ? 1 : -1;
    const [x, y] = [0.5 + label * (Math.cos(angle) - 0.5), 0.25 + label * (Math.sin(angle) - 0.25)];
    return [x + random.normal(0, 0.1), y + random.normal(0, 0.1), label];
  });
  const network = new MLP(2, [16, 16, 1], { activation: "relu", random });
  let sum = 0;
  for (const [x, y, label] of points) {
    let outputs = [x, y];
    network.layers.forEach(({ neurons }, k) => {
      outputs = neurons.map(({ weights, bias }) => {
        const n = weights.reduce((n, w, i) => n + w.data * outputs[i], bias.data);
        return k < 2 ? Math.max(0, n) : n;
      });
    });
    sum += Math.max(0, 1 - label * outputs[0]);
  }
  return sum;
}
