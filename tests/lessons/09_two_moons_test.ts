import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertLines, output, row } from "./output.ts";

Deno.test("lesson 09 learns the two moons, to the same last digit every time", async () => {
  const text = await output(() => import("../../lessons/09_two_moons.ts"));
  assertStringIncludes(text, "the same every time: ");
  assertEquals(await output(() => import("../../lessons/09_two_moons.ts?again")), text);
  assertLines(text, ["337 parameters"]);
  const [step, loss, accuracy] = row(text, "99 ", "Training");
  assertEquals([step, accuracy], ["99", "100 %"]);
  assert(Number(loss) < 0.05);
});
