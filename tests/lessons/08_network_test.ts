import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 08 trains 41 parameters, to the same last digit every time", async () => {
  const text = await output(() => import("../../lessons/08_network.ts"));
  assertStringIncludes(text, "the same every time: ");
  assertEquals(await output(() => import("../../lessons/08_network.ts?again")), text);
  assertLines(text, ["41 parameters"]);
  const after = text.slice(text.lastIndexOf("the same every time: "));
  const predictions = [...after.matchAll(/^ +(-?1) {3,}(-?\d\.\d+)$/gm)].map((cells) =>
    cells.slice(1).map(Number)
  );
  assertEquals(predictions.map(([target]) => target), [1, -1, -1, 1]);
  for (const [target, prediction] of predictions) assertAlmostEquals(prediction, target, 0.01);
  const last = (name: string) => Number(row(text, name, "first loss").at(-1));
  assert(last("as above") < 1e-6);
  assert(last("zeroGrad forgotten") > 0.1);
  assert(last("learning rate 0.5") > 1000);
});
