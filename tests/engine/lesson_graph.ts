// The graph of lesson 03.
import { Value } from "../../mod.ts";

/** L = (a·b + c)·f, with e = a·b and d = e + c, before a backward pass. */
export function lessonGraph(): Record<"a" | "b" | "c" | "d" | "e" | "f" | "L", Value> {
  const a = new Value(2, { label: "a" }), b = new Value(-3, { label: "b" });
  const c = new Value(10, { label: "c" }), f = new Value(-2, { label: "f" });
  const e = a.mul(b), d = e.add(c), L = d.mul(f);
  e.label = "e";
  d.label = "d";
  L.label = "L";
  return { a, b, c, d, e, f, L };
}
