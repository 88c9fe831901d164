// Graphs of ten million nodes, each in a process of its own with V8's default limits: right, or
// refused with a sentence; how long it took and how much memory is printed.
// Needs permissions: deno test -A tests/system/large_graphs.ts
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { backwardSteps, compile, draw, explain, Value } from "../../mod.ts";

const million = 1_000_000, n = 10 * million;

function assertRefused(call: () => unknown) {
  assertStringIncludes(assertThrows(call, RangeError, "write ").message, "are too many");
}

/** What each process does; it reports what it has done so far. */
const cases: Record<string, (report: (what: string) => void) => void> = {
  chain(report) {
    const x = new Value(1, { label: "x" });
    let y = x;
    for (let k = 0; k < n; k++) y = y.add(x);
    report("10,000,000 additions in a row");
    y.backward();
    assertEquals([y.data, x.grad, y.topologicalOrder().length], [n + 1, n + 1, n + 1]);
    y.zeroGrad();
    assertEquals(x.grad, 0);
    report("backward() and zeroGrad()");
    assertStringIncludes(draw(y).text, `200 of ${n + 1} nodes`);
    report("draw()");
    assertRefused(() => draw(y, { maxNodes: Infinity }));
    assertRefused(() => explain(y, x));
    assertRefused(() => compile(y, { inputs: [], parameters: [x] }));
    report("what is too large is refused");
  },
  sum(report) {
    const xs = Array.from({ length: n }, (_, k) => new Value(k % 2));
    const y = Value.sum(xs);
    report("a sum of 10,000,000 Values");
    y.backward();
    assertEquals([y.data, xs[0].grad, xs[n - 1].grad], [n / 2, 1, 1]);
    report("backward()");
    assertStringIncludes(draw(y).text, `200 of ${n + 1} nodes`);
    report("draw()");
    assertRefused(() => explain(y, xs[0]));
    assertRefused(() => compile(y, { inputs: [], parameters: [xs[0]] }));
    assertRefused(() => [...backwardSteps(y)]);
    report("what is too large is refused");
  },
  labelled(report) {
    const x = new Value(1, { label: "x" });
    let y = x;
    for (let k = 1; k <= million; k++) {
      y = y.add(x);
      y.label = `y_${k}`;
    }
    report("1,000,000 labelled additions");
    y.backward();
    assertEquals(x.grad, million + 1);
    report("backward()");
    assertStringIncludes(draw(y, { mark: y.operands[0] }).text, `y_${million - 1} = + `);
    report("draw()");
    const { value, text } = explain(y, x);
    assertEquals(value, million + 1);
    assertStringIncludes(text, `dy_${million}/dy_${million - 1} = 1`);
    report("explain()");
    const kernel = compile(y, { inputs: [], parameters: [x] });
    assertEquals([kernel.backward([]), kernel.gradients[0]], [million + 1, million + 1]);
    report("compile()");
  },
};

if (Deno.args[0] in cases) {
  let start = performance.now();
  cases[Deno.args[0]]((what) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const megabytes = Math.round(Deno.memoryUsage().rss / 2 ** 20);
    console.log(`${what}: ${seconds} s, the process holds ${megabytes} MB`);
    start = performance.now();
  });
} else {
  for (const name of Object.keys(cases)) {
    Deno.test(`graphs of millions of nodes: ${name}`, async () => {
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--frozen", "--no-check", import.meta.filename!, name],
        env: { NO_COLOR: "1" },
      }).output();
      const report = new TextDecoder().decode(stdout).trimEnd();
      console.log(report);
      assertEquals([success, new TextDecoder().decode(stderr)], [true, ""], report);
    });
  }
}
