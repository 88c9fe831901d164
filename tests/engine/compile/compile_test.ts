import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { compile, maxMargin, MLP, Random, Value } from "../../../mod.ts";
import { plans } from "../graphs.ts";
import { build } from "../plan.ts";
import { forward } from "../dual.ts";
import { assertGradients, assertSame, check } from "../properties.ts";

const forms = ["lines", "loop"] as const;

for (const form of forms) {
  Deno.test(`compile() as ${form}, on new numbers, gives what backward() gives`, () => {
    const name = `compile() as ${form}`;
    check({
      name,
      graphs: plans({ size: 20 }),
      compare(plan) {
        // The graph is traced on some numbers and run on others: the first leaf is a constant,
        // the second an input, and the rest are parameters.
        const leaves = plan.leaves.map((x, k) => new Value(k === 0 ? x : 1 - x));
        const [, input, ...parameters] = leaves;
        const traced = build(plan, leaves).at(-1)!;
        const isUsed = traced.topologicalOrder().includes(input), inputs = isUsed ? [input] : [];
        const kernel = compile(traced, { inputs, parameters, form });
        const [, x, ...numbers] = plan.leaves;
        kernel.parameters.set(numbers);

        const nodes = build(plan), output = nodes.at(-1)!;
        output.backward();
        const gradients = nodes.slice(2, leaves.length).map(({ grad }) => grad);
        const example = (x: number) => isUsed ? [x] : [];
        const outputs = [kernel.forward(example(x)), kernel.backward(example(x))];
        assertSame(name, outputs, [output.data, output.data]);
        const sizes = parameters.map((_, k) => forward(plan, k + 2).at(-1)!.size);
        assertGradients(form, [...kernel.gradients], { gradients, sizes });

        // All at once: the first two examples as a pair, to the last bit, then the third alone.
        const examples = [x, 0.5, -x].map(example);
        for (const count of [1, 2, 3]) {
          kernel.gradients.fill(0);
          let sum = 0;
          for (const example of examples.slice(0, count)) sum += kernel.backward(example);
          const alone = [sum, ...kernel.gradients];
          kernel.gradients.fill(0);
          const all = [kernel.backwardAll(examples.slice(0, count)), ...kernel.gradients];
          assertSame(`${name}, ${count} examples`, all, alone);
        }
        return gradients;
      },
    }, { seed: 1, runs: 1000 });
  });

  Deno.test(`compile() as ${form} adds to the gradients, and writes back to the Values`, () => {
    const x = new Value(1), w = new Value(3), b = new Value(1);
    const kernel = compile(w.mul(x).add(b), { inputs: [x], parameters: [w, b], form });
    kernel.backward([2]);
    kernel.backward([5]);
    assertEquals([...kernel.gradients], [7, 2]);
    kernel.parameters[0] = 10;
    assertEquals(kernel.forward([2]), 21);
    assertEquals([w.data, w.grad], [3, 0]);
    kernel.writeBack();
    assertEquals([w.data, w.grad, b.data, b.grad], [10, 7, 1, 2]);
  });

  Deno.test(`compile() as ${form} writes back on every call of writeBack()`, () => {
    const x = new Value(1), w = new Value(3);
    const kernel = compile(w.mul(x), { inputs: [x], parameters: [w], form });
    kernel.backward([2]);
    for (let time = 0; time < 2; time++) {
      kernel.writeBack();
      assertEquals([w.data, w.grad], [3, 2]);
    }
    kernel.backward([5]);
    kernel.parameters[0] = 4;
    for (let time = 0; time < 2; time++) {
      kernel.writeBack();
      assertEquals([w.data, w.grad, x.data, x.grad], [4, 7, 1, 0]);
    }
    // The kernel does not see what is assigned to the Value, and overwrites it next time.
    w.data = 100;
    w.grad = 100;
    assertEquals(kernel.forward([1]), 4);
    kernel.writeBack();
    assertEquals([w.data, w.grad], [4, 7]);
  });

  Deno.test(`compile() as ${form} of a node used up to 200 times`, () => {
    for (const uses of [1, 39, 40, 41, 42, 200]) {
      const x = new Value(1), w = new Value(1), node = w.mul(x);
      // Σ k·node² for k from 1: its derivative is 2 Σ k · w · x².
      const terms = Array.from({ length: uses }, (_, k) => node.mul(node).mul(k + 1));
      const total = uses * (uses + 1) / 2;
      for (const y of [Value.sum(terms), terms.reduce((sum, term) => sum.add(term))]) {
        const kernel = compile(y, { inputs: [x], parameters: [w], form });
        kernel.parameters[0] = 3;
        assertEquals(kernel.backward([2]), 36 * total);
        assertEquals(kernel.gradients[0], 24 * total);
        assertEquals(kernel.backwardAll([[2], [1], [0]]), (36 + 9) * total);
        assertEquals(kernel.gradients[0], (24 + 24 + 6) * total);
      }
    }
  });

  Deno.test(`compile() as ${form} takes an output that is an input, a parameter or a constant`, () => {
    const x = new Value(1), w = new Value(3);
    const kernels = [x, w, new Value(-0)].map((output) =>
      compile(output, { inputs: output === x ? [x] : [], parameters: [w], form })
    );
    assertEquals(kernels.map((kernel, k) => kernel.backward(k === 0 ? [7] : [])), [7, 3, -0]);
    assertEquals(kernels.map((kernel) => kernel.gradients[0]), [0, 1, 0]);
  });
}

Deno.test("compile() sums lists starting from 0, as Value.sum() and Value.dot() do: −0 + −0 is 0 there", () => {
  const zero = new Value(-0), one = new Value(1), lists = [[zero], [zero, zero]];
  for (
    const list of [
      ...lists.map((list) => Value.sum(list)),
      Value.dot([zero], [one]),
      Value.dot([], [], zero),
    ]
  ) {
    for (const form of forms) {
      const kernel = compile(one.div(list), { inputs: [], parameters: [zero], form });
      assertEquals([one.div(list).data, kernel.forward([])], [Infinity, Infinity], kernel.source);
    }
  }
});

Deno.test("compile() chooses lines for one example and a loop for a batch, with the same gradients", () => {
  const random = new Random(2);
  const mlp = new MLP(2, [16, 16, 1], { activation: "relu", random });
  const examples = Array.from({ length: 20 }, () => [random.uniform(-1, 1), random.uniform(-1, 1)]);
  const labels = examples.map(([x, y]) => x * y > 0 ? 1 : -1);
  const parameters = mlp.parameters();

  const loss = maxMargin(examples.map((example) => mlp.forward(example)[0]), labels);
  loss.backward();
  const batch = compile(loss, { inputs: [], parameters });
  assertEquals(batch.backward([]), loss.data);
  assertClose([...batch.gradients], parameters.map(({ grad }) => grad));
  assertStringIncludes(batch.source, "for (");

  const x = [new Value(0), new Value(0)], label = new Value(0);
  const one = compile(maxMarginOfOne(mlp, x, label), { inputs: [...x, label], parameters });
  assert(!one.source.includes("for ("));
  const sum = examples.reduce((sum, example, k) => sum + one.backward([...example, labels[k]]), 0);
  assertClose([sum / 20], [loss.data]);
  assertClose([...one.gradients].map((g) => g / 20), parameters.map(({ grad }) => grad));
});

function maxMarginOfOne(mlp: MLP, x: Value[], label: Value): Value {
  return Value.sub(1, mlp.forward(x)[0].mul(label)).relu();
}

function assertClose(actual: number[], expected: number[]) {
  actual.forEach((x, k) => assert(Math.abs(x - expected[k]) <= 1e-14, `${x} ≠ ${expected[k]}`));
}

Deno.test("compile() generates code from the table and from positions only", () => {
  const hostile = "`); throw 1; (`${x}\n//*/";
  const x = new Value(2, { label: hostile }), w = new Value(3, { label: hostile });
  const y = x.mul(w);
  y.label = hostile;
  for (const form of forms) {
    const { source } = compile(y, { inputs: [x], parameters: [w], form });
    assert(!source.includes("throw"), source);
  }
});

Deno.test("compile() writes code that reads like the derivation", () => {
  const x = new Value(0), w = new Value(3), b = new Value(1);
  const { source } = compile(w.mul(x).add(b).tanh(), { inputs: [x], parameters: [w, b] });
  assertEquals(
    source,
    `return {
  forward(x) {
    const v1 = p[0] * x[0];
    const v2 = v1 + p[1];
    const v3 = Math.tanh(v2);
    return v3;
  },
  backward(x) {
    const v1 = p[0] * x[0];
    const v2 = v1 + p[1];
    const v3 = Math.tanh(v2);
    const d3 = 1;
    const d2 = (1 - v3 * v3) * d3;
    g[1] += d2;
    g[0] += x[0] * d2;
    return v3;
  },
};
`,
  );
  const loop = compile(w.mul(x), { inputs: [x], parameters: [w], form: "loop" });
  assertStringIncludes(
    loop.source,
    `
        case 0: { // *
          for (let k = 0; k < rows; k++) v[out + k] = A[a + k * aRow] * B[b + k * bRow];
          break;
        }
`,
  );
  assertStringIncludes(
    loop.source,
    `
        case 0: { // *
          for (let k = rows - 1; k >= 0; k--) {
            const dy = d[out + k], i = a + k * aRow, j = b + k * bRow;
            GA[i] += B[j] * dy;
          }
          break;
        }
`,
  );
  // Lists are written out, term by term.
  const list = compile(Value.dot([w, b], [x, x], b), { inputs: [x], parameters: [w, b] });
  assertStringIncludes(list.source, "const v1 = 0 + p[0] * x[0] + p[1] * x[0] + p[1];\n");
  const difference = compile(b.sub(w), { inputs: [], parameters: [w] });
  assertStringIncludes(difference.source, "const d2 = 1;\n    g[0] += -d2;\n");
});

Deno.test("compile() and its kernels say what to write instead of a wrong call", () => {
  const x = new Value(1), w = new Value(2), y = x.mul(w), unused = new Value(7);
  const b = new Value(3), shared = compile(y, { inputs: [x], parameters: [w, b] });
  const wrong = (output: unknown, options: unknown) => () =>
    compile(output as Value, options as { inputs: Value[]; parameters: Value[] });
  const cases: [() => unknown, string][] = [
    [wrong(3, { inputs: [], parameters: [] }), "output is 3, not a Value"],
    [wrong(y, { inputs: x, parameters: [w] }), "inputs is a Value, not an array"],
    [wrong(y, { inputs: [1], parameters: [w] }), "inputs[0] is 1, not a Value"],
    [
      wrong(y, { inputs: [x], parameters: [x] }),
      "with leaves, each once: parameters[0], Value(data=1), is there twice",
    ],
    [
      wrong(y, { inputs: [x], parameters: [w, unused, unused] }),
      "with leaves, each once: parameters[2], Value(data=7), is there twice",
    ],
    [wrong(y, { inputs: [x, x], parameters: [w] }), "inputs[1], Value(data=1), is there twice"],
    [wrong(y, { inputs: [x], parameters: [w, b, b] }), "parameters[2], Value(data=3), is there"],
    [wrong(y, { inputs: [y], parameters: [w] }), "inputs[0], Value(data=2), is the result of *"],
    [wrong(y, { parameters: [w] }), "is undefined, not an array"],
    [
      wrong(y, { inputs: [unused], parameters: [w] }),
      "it was not made from inputs[0], Value(data=7)",
    ],
    [wrong(y, { inputs: [x], parameters: [w], share: {} }), "share: kernel }) with a kernel of"],
    [
      wrong(y, {
        inputs: [x],
        parameters: [w],
        share: compile(y, { inputs: [], parameters: [x] }),
      }),
      "with a kernel of the same parameters in the same order",
    ],
    // One of two parameters is another, or they are in another order.
    ...[[w, unused], [unused, b]].map((parameters): [() => unknown, string] => [
      wrong(y, { inputs: [x], parameters, share: shared }),
      "with a kernel of the same parameters in the same order",
    ]),
    [wrong(y, undefined), "options is undefined, not an object of options"],
  ];
  for (const [call, message] of cases) assertThrows(call, TypeError, message);
  const kernel = compile(y, { inputs: [x], parameters: [w] });
  for (const method of ["forward", "backward"] as const) {
    const usage = `write kernel.${method}(x) with a number for each input, 1 in all:`;
    for (const inputs of [[], [1, 2], undefined, 3]) {
      assertThrows(() => kernel[method](inputs as number[]), RangeError, `${usage} x is `);
    }
    // A string would be concatenated with the next number.
    for (const input of ["3", undefined, 3n, x]) {
      assertThrows(
        () => kernel[method]([input as unknown as number]),
        TypeError,
        `${usage} x[0] is `,
      );
    }
    kernel[method](Float64Array.of(1));
  }
  const form = wrong(y, { inputs: [x], parameters: [w], form: "loops" });
  assertThrows(form, RangeError, 'is the string "loops", not one of "lines", "loop"');
  const typo = wrong(y, { inputs: [x], parameters: [w], from: "loop" });
  assertThrows(
    typo,
    TypeError,
    'the string "from" is not an option, the options are inputs, parameters,',
  );
});

Deno.test("compile() names the setting of a page that forbids generated code", () => {
  const w = new Value(2), { Function } = globalThis;
  globalThis.Function = function () {
    throw new EvalError("blocked by CSP");
  } as unknown as typeof Function;
  try {
    for (const form of forms) {
      assertThrows(
        () => compile(w.sigmoid().sin().abs(), { inputs: [], parameters: [w], form }),
        Error,
        "which this page forbids: allow 'unsafe-eval' in its Content-Security-Policy",
      );
    }
  } finally {
    globalThis.Function = Function;
  }
});

Deno.test("compile() keeps its own list of parameters", () => {
  const x = new Value(1), w = new Value(2), other = new Value(5), parameters = [w];
  const kernel = compile(x.mul(w), { inputs: [x], parameters });
  parameters.push(other);
  kernel.writeBack();
  assertEquals(other.data, 5);
});

Deno.test("compile() as lines takes 50,000 operands and no more", () => {
  const w = new Value(2);
  const ofList = (n: number) =>
    compile(Value.sum(Array(n).fill(w)), { inputs: [], parameters: [w], form: "lines" });
  const kernel = ofList(50_000);
  assertEquals([kernel.backward([]), kernel.gradients[0]], [100_000, 50_000]);
  assertThrows(
    () => ofList(50_001),
    RangeError,
    'form: "loop" }): 50001 operands are too many for lines of code',
  );
});
