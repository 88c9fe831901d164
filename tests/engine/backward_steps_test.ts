import { assert, assertEquals } from "@std/assert";
import { backwardSteps, Value } from "../../mod.ts";

Deno.test("backwardSteps() yields one step for each operation, starting at the output", () => {
  const a = new Value(2, { label: "a" }), b = new Value(-3);
  const e = a.mul(b), y = Value.sum([e, a, e]);
  const steps = [...backwardSteps(y)];
  assertEquals(steps.map(({ node }) => node.op), ["sum", "*"]);
  assert(steps[0].node === y && steps[1].node === e);
  assertEquals(
    steps.flatMap(({ contributions }) => contributions).map(({ sentence: _, operand, ...rest }) => {
      assert([a, b, e].includes(operand));
      return rest;
    }),
    [
      { local: 1, upstream: 1, before: 0, after: 1 },
      { local: 1, upstream: 1, before: 0, after: 1 },
      { local: 1, upstream: 1, before: 1, after: 2 },
      { local: -3, upstream: 2, before: 1, after: -5 },
      { local: 2, upstream: 2, before: 0, after: 4 },
    ],
  );
});

Deno.test("backwardSteps() describes each step in a sentence, with ? for a node without a label", () => {
  const a = new Value(2, { label: "a" }), b = new Value(-3);
  const [{ contributions }] = backwardSteps(a.mul(b));
  assertEquals(contributions.map(({ sentence }) => sentence), [
    "a.grad = 0 + (−3 × 1) = −3",
    "?.grad = 0 + (2 × 1) = 2",
  ]);
  const x = new Value(-1e-9, { label: "x" });
  x.grad = -5;
  const [step] = backwardSteps(x.mul(x));
  assertEquals(step.contributions[0].sentence, "x.grad = −5 + (−1e−9 × 1) = −5");
  const [, last] = backwardSteps(a.mul(-2).mul(-3));
  assertEquals(last.contributions[0].sentence, "a.grad = −3 + (−2 × −3) = 3");
});

Deno.test("backwardSteps() fills in gradients as far as it is consumed", () => {
  const a = new Value(3), b = a.mul(2), c = b.mul(b);
  const steps = backwardSteps(c);
  assertEquals([a.grad, b.grad, c.grad], [0, 0, 0]);
  steps.next();
  assertEquals([a.grad, b.grad, c.grad], [0, 12, 1]);
  steps.next();
  assertEquals([a.grad, b.grad, c.grad], [24, 12, 1]);
  assert(steps.next().done);
});

Deno.test("backwardSteps() accumulates the gradients of leaves over calls, as backward() does", () => {
  const a = new Value(3), b = a.mul(2), c = b.mul(b);
  for (const _ of backwardSteps(c));
  for (const _ of backwardSteps(c));
  assertEquals([a.grad, b.grad, c.grad], [48, 12, 1]);
  const x = new Value(1);
  for (const grad of [1, 2]) {
    assertEquals([...backwardSteps(x)], []);
    assertEquals(x.grad, grad);
  }
});

Deno.test("backwardSteps() yields steps that keep their numbers after the walk", () => {
  const a = new Value(3, { label: "a" }), b = a.mul(a);
  b.label = "b";
  const L = b.add(a), steps = [...backwardSteps(L)];
  assertEquals(steps.map(({ contributions }) => contributions.map(({ sentence }) => sentence)), [
    ["b.grad = 0 + (1 × 1) = 1", "a.grad = 0 + (1 × 1) = 1"],
    ["a.grad = 1 + (3 × 1) = 4", "a.grad = 4 + (3 × 1) = 7"],
  ]);
});
