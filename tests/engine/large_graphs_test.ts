// Very large graphs, and graphs with an astronomical number of paths: everything returns the right result
// or throws a clear error. Returning at all is part of the test: an algorithm that is exponential or
// quadratic in these sizes would not finish. Ten million nodes are in tests/system/large_graphs.ts.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { backwardSteps, compile, draw, explain, Value } from "../../mod.ts";

/** Asserts that everything that walks a graph finds the gradient of its input and that drawing works. */
async function assertWalks(
  output: Value,
  input: Value,
  { nodes, gradient, edges = gradient }: { nodes: number; gradient: number; edges?: number },
): Promise<{ text: string; explained: string }> {
  assertEquals(output.topologicalOrder().length, nodes);
  output.zeroGrad();
  output.backward();
  assertEquals(input.grad, gradient);
  output.zeroGrad();
  assertEquals(input.grad, 0);

  let handed = 0;
  for (const { contributions } of backwardSteps(output)) {
    handed += contributions.filter(({ operand }) => operand === input).length;
  }
  assertEquals([input.grad, handed], [gradient, edges]);
  assert(`${output}`.length < 100 && JSON.stringify(output).length < 100);

  const kernel = compile(output, { inputs: [], parameters: [input] });
  assertEquals(kernel.backward([]), output.data);
  assertEquals(kernel.gradients[0], gradient);

  const explanation = explain(output, input);
  assertEquals(explanation.value, gradient);
  assertEquals(explanation.steps.filter(({ to }) => to === input.label).length, edges);
  assert(explanation.text.length + explanation.latex.length < 20_000);

  const drawing = draw(output);
  assert(drawing.text.length < 100_000 && drawing.dot.length < 200_000);
  assertStringIncludes(await drawing.svg(), "</svg>");
  return { text: drawing.text, explained: explanation.text };
}

Deno.test("x.add(x) 200 times in a row has 2²⁰⁰ paths, and is walked like any other graph", async () => {
  const x = new Value(1, { label: "x" });
  let y = x;
  for (let i = 0; i < 200; i++) y = y.add(y);
  const { explained } = await assertWalks(y, x, { nodes: 201, gradient: 2 ** 200, edges: 2 });
  assertStringIncludes(explained, "(1 path over 201 nodes)");
  const form = compile(y, { inputs: [], parameters: [x], form: "loop" });
  assertEquals([form.backward([]), form.gradients[0]], [2 ** 200, 2 ** 200]);
});

Deno.test("fifty thousand labelled nodes, all of them made from one", async () => {
  const n = 50_000, x = new Value(1, { label: "x" });
  let y = x;
  for (let k = 1; k <= n; k++) {
    y = y.add(x);
    y.label = `y_${k}`;
  }
  const { text, explained } = await assertWalks(y, x, { nodes: n + 1, gradient: n + 1 });
  assertStringIncludes(
    text,
    `nearest to the output, 200 of ${n + 1} nodes: write { maxNodes: 400 }`,
  );
  assertStringIncludes(explained, `From y_${n} to x (${n} paths over ${n + 1} nodes)`);
  assertStringIncludes(explained, `⋮ ${n - 24} more`);
  assertEquals(draw(y, { maxNodes: Infinity }).text.split(" data ").length, n + 2);
  assertThrows(
    () => compile(y, { inputs: [], parameters: [x], form: "lines" }),
    RangeError,
    'write compile(loss, { inputs, parameters, form: "loop" }): 100000 operands are too many',
  );
});

Deno.test("fifty thousand nodes with one label", async () => {
  const n = 50_000, h = new Value(1, { label: "x" });
  let y = h;
  for (let k = 0; k < n; k++) {
    y = y.neg();
    y.label = "h";
  }
  const { explained } = await assertWalks(y, h, { nodes: n + 1, gradient: 1 });
  assertStringIncludes(explained, `dh/dh_${n}`);
});

Deno.test("a node with a thousand operands", async () => {
  const xs = Array.from({ length: 1000 }, (_, k) => new Value(k, { label: `x${k}` }));
  const sum = await assertWalks(Value.sum(xs), xs[7], { nodes: 1001, gradient: 1 });
  assertStringIncludes(sum.text, "200 of 1001 nodes");
  assertStringIncludes(sum.explained, "v1 = x0 + x1 + x2 + x3 + … + x999 = 499500");

  const ws = xs.map((_, k) => new Value(2 * k, { label: `w${k}` }));
  const expected = { nodes: 2002, gradient: 16, edges: 1 };
  const dot = await assertWalks(Value.dot(ws, xs, 3), xs[8], expected);
  assertStringIncludes(dot.explained, "w0 · x0 + w1 · x1 + w2 · x2 + w3 · x3 + … + 3");
});

Deno.test("a node with one operand, two hundred thousand times", async () => {
  const n = 200_000, x = new Value(1, { label: "x" });
  const { text } = await assertWalks(Value.sum(Array(n).fill(x)), x, { nodes: 2, gradient: n });
  assertStringIncludes(text, "these are the first 200 operands: write { maxNodes: 400 } to see");
});

Deno.test("five hundred nodes, each the sum of those before it", async () => {
  const x = new Value(1, { label: "x" }), nodes = [x];
  while (nodes.length <= 500) nodes.push(Value.sum(nodes.slice(-250)));
  const y = nodes[500];
  // Each node doubles the one before, while the sum still reaches back to x.
  const count = nodes.reduce((sum, node) => sum + node.operands.length, 0);
  assertEquals(count, 250 * 249 / 2 + 251 * 250);
  assertEquals(nodes[250].data, 2 ** 249);
  assertEquals(y.topologicalOrder().length, 501);
  y.backward();
  const kernel = compile(y, { inputs: [], parameters: [x] });
  assertEquals([kernel.backward([]), kernel.gradients[0]], [y.data, x.grad]);
  const explanation = explain(y, x);
  assertEquals(explanation.value, x.grad);
  assert(explanation.text.length < 20_000);
  assert(draw(y).text.length < 5_000_000);
  await draw(y, { maxNodes: 30 }).svg();
});

Deno.test("a graph that would not fit into memory throws an error with the maximum size", () => {
  const x = new Value(1);
  let y = x;
  for (let k = 0; k < 1_500_000; k++) y = y.neg();
  const refusals: [call: () => unknown, message: string][] = [
    [
      () => explain(y, x),
      "write explain(L, a) with an L made from fewer nodes: 1500001 are too many, the maximum is 1500000",
    ],
    [
      () => draw(y, { maxNodes: Infinity }),
      "write draw(L, { maxNodes: 50 }) to show fewer nodes: 1500001 are too many, the maximum is 300000",
    ],
    [
      () => draw(y, { maxNodes: 300_001 }),
      "write draw(L, { maxNodes: 50 }) to show fewer nodes: 300001 are too many, the maximum is 300000",
    ],
    [
      () => backwardSteps(Value.sum(Array(1_000_001).fill(x))).next(),
      "write backwardSteps(L) with fewer operands of one node: 1000001 are too many, the maximum is 1000000",
    ],
  ];
  for (const [call, message] of refusals) assertThrows(call, RangeError, message);
  assertEquals([x.grad, y.grad], [0, 0]);
});
