import { assertEquals } from "@std/assert";
import picture from "../docs/graph.svg" with { type: "text" };
import { draw, Value } from "../mod.ts";

Deno.test("docs/graph.svg is what draw() draws of lesson 03", async () => {
  const a = new Value(2, { label: "a" });
  const b = new Value(-3, { label: "b" });
  const c = new Value(10, { label: "c" });
  const f = new Value(-2, { label: "f" });
  const e = a.mul(b);
  e.label = "e";
  const d = e.add(c);
  d.label = "d";
  const L = d.mul(f);
  L.label = "L";
  L.backward();
  assertEquals(picture, await draw(L).svg());
});
