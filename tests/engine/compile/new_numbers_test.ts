// What compile() promises: traced on some numbers and run on others, the code gives what a graph built
// from those gives. For every operation, activation, loss and network, in every form of code.
import { assert, assertEquals } from "@std/assert";
import { listOperations, operations } from "../../../engine/operations.ts";
import {
  type Activation,
  compile,
  crossEntropy,
  l2,
  maxMargin,
  meanSquaredError,
  MLP,
  Random,
  Value,
} from "../../../mod.ts";
import { build as buildPlan, type Name } from "../plan.ts";

/** A result, and how many leaves it is made from. */
interface Case {
  readonly leaves: number;
  readonly build: (leaves: Value[]) => Value;
}

const random = new Random(4);

/** Numbers to run on: ordinary ones, equal ones, and ones at which functions overflow. */
function pointsOf(count: number): number[][] {
  const fill = (choose: (k: number) => number) =>
    Array.from({ length: count }, (_, k) => choose(k));
  return [
    fill(() => random.uniform(-2, 2)),
    fill(() => random.uniform(-2, 2)),
    fill(() => 0),
    fill((k) => k % 2 === 0 ? 1000 : -1000),
    fill((k) => 1000 + k),
    fill((k) => -1000 - k),
    fill((k) => k === 0 ? 1000 : 0.5),
    fill((k) => k === 0 ? NaN : k),
    fill((k) => k === 1 ? -Infinity : k + 1),
  ];
}

/** The output and the gradients of the leaves, from a graph built for these numbers. */
function anew({ build }: Case, numbers: readonly number[]): number[] {
  const leaves = numbers.map((number) => new Value(number)), output = build(leaves);
  output.backward();
  return [output.data, ...leaves.map(({ grad }) => grad)];
}

function assertClose(where: string, actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((x, k) => {
    const isSame = actual[k] === x || Number.isNaN(actual[k]) && Number.isNaN(x);
    const isClose = Math.abs(actual[k] - x) <= 1e-12 * Math.max(1, Math.abs(x));
    assert(isSame || isClose, `${where}: number ${k} is ${actual[k]}, not ${x}`);
  });
}

/** Traces at one point and runs at all others: with parameters only, and with inputs but for one. */
function check(name: string, one: Case): void {
  const points = pointsOf(one.leaves);
  for (const traced of points.slice(1, 6)) {
    for (const form of ["lines", "loop"] as const) {
      const leaves = traced.map((number) => new Value(number)), output = one.build(leaves);
      const order = new Set(output.topologicalOrder());
      const [parameter, ...rest] = leaves, inputs = rest.filter((leaf) => order.has(leaf));
      const all = compile(output, { inputs: [], parameters: leaves, form });
      const open = compile(output, { inputs, parameters: [parameter], form });
      const example = (numbers: readonly number[]) =>
        inputs.map((input) => numbers[leaves.indexOf(input)]);
      for (const numbers of points) {
        const where = `${name} as ${form}, traced at ${traced}, run at ${numbers}`;
        const expected = anew(one, numbers);
        all.parameters.set(numbers);
        all.gradients.fill(0);
        assertClose(where, [all.forward([]), ...all.gradients], [
          expected[0],
          ...leaves.map(() => 0),
        ]);
        assertClose(where, [all.backward([]), ...all.gradients], expected);

        open.parameters[0] = numbers[0];
        open.gradients.fill(0);
        const y = open.backward(example(numbers));
        assertClose(`${where}, as inputs`, [y, ...open.gradients], expected.slice(0, 2));
        open.gradients.fill(0);
        const other = points[0].with(0, numbers[0]), second = anew(one, other);
        const sum = open.backwardAll([numbers, other].map(example));
        assertClose(`${where}, two at a time`, [sum, ...open.gradients], [
          expected[0] + second[0],
          expected[1] + second[1],
        ]);
      }
    }
  }
}

Deno.test("compile(): every operation on one or two numbers, run on other numbers", () => {
  for (const [name, { locals }] of Object.entries(operations)) {
    const places = locals.map((_, k) => k);
    check(name, {
      leaves: places.length,
      build: (leaves) => {
        const steps = [{ name: name as Name, operands: places }];
        return buildPlan({ leaves: leaves.map(({ data }) => data), steps }, leaves).at(-1)!;
      },
    });
  }
});

Deno.test("compile(): every operation on a list, run on other numbers", () => {
  for (const name of Object.keys(listOperations)) {
    for (const count of [1, 2, 3, 5]) {
      const operands = Array.from({ length: count }, (_, k) => k);
      check(`${name} of ${count}`, {
        leaves: count,
        build: (leaves) => {
          const steps = [{ name: name as Name, operands }];
          return buildPlan({ leaves: leaves.map(({ data }) => data), steps }, leaves).at(-1)!;
        },
      });
    }
  }
});

Deno.test("compile(): every method and static method of Value, run on other numbers", () => {
  const notArithmetic = ["constructor", "topologicalOrder", "backward", "zeroGrad", "toString"];
  const met: string[] = [];
  const scalar = (name: string, build: (leaves: Value[]) => unknown) => {
    const toValue = (leaves: Value[]) => {
      const made = build(leaves);
      // Several results are added up; all but the first count twice.
      return Array.isArray(made)
        ? Value.sum(made.map((value, k) => k === 0 ? value : value.mul(2)))
        : made as Value;
    };
    const leaves = [new Value(0.5), new Value(0.25)];
    let result: unknown;
    try {
      result = toValue(leaves);
    } catch {
      return; // it takes something else
    }
    if (!(result instanceof Value) || result.op === "") return;
    met.push(name);
    check(name, { leaves: 2, build: toValue });
  };
  type Methods = Record<string, (...operands: unknown[]) => unknown>;
  for (const name of Object.getOwnPropertyNames(Value.prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(Value.prototype, name)!;
    if (typeof value !== "function" || notArithmetic.includes(name)) continue;
    scalar(`a.${name}()`, ([a]) => (a as unknown as Methods)[name]());
    scalar(`a.${name}(b)`, ([a, b]) => (a as unknown as Methods)[name](b));
  }
  for (const name of Object.getOwnPropertyNames(Value)) {
    if (typeof Value[name as "sum"] !== "function") continue;
    scalar(`Value.${name}([a, b])`, (leaves) => (Value as unknown as Methods)[name](leaves));
    scalar(`Value.${name}(a, b)`, ([a, b]) => (Value as unknown as Methods)[name](a, b));
  }
  check("a.clamp(b, c)", { leaves: 3, build: ([a, b, c]) => a.clamp(b, c) });
  check("a.clamp(-1, 0.5)", { leaves: 1, build: ([a]) => a.clamp(-1, 0.5) });
  for (const name of ["a.tanh()", "a.pow(b)", "Value.sub(a, b)", "Value.logSumExp([a, b])"]) {
    assert(met.includes(name), `${name} is not among ${met}`);
  }
});

Deno.test("compile(): every loss, run on other logits, scores and targets", () => {
  const losses: Record<string, Case> = {
    "crossEntropy of classes": {
      leaves: 6,
      build: (x) => crossEntropy([x.slice(0, 3), x.slice(3)], [2, 0]),
    },
    "crossEntropy of two": { leaves: 2, build: (x) => crossEntropy([x], [0]) },
    "crossEntropy of probabilities": {
      leaves: 6,
      build: (x) => crossEntropy([x.slice(0, 3)], [x.slice(3)]),
    },
    "maxMargin": { leaves: 3, build: (x) => maxMargin(x, [1, -1, 1]) },
    "maxMargin of labels": { leaves: 4, build: (x) => maxMargin(x.slice(0, 2), x.slice(2)) },
    "meanSquaredError": { leaves: 3, build: (x) => meanSquaredError(x, [1, 2, 3]) },
    "meanSquaredError of targets": {
      leaves: 4,
      build: (x) => meanSquaredError(x.slice(0, 2), x.slice(2)),
    },
    "l2": { leaves: 3, build: (x) => l2(x, 0.1) },
  };
  for (const [name, one] of Object.entries(losses)) check(name, one);
});

Deno.test("compile() of crossEntropy traced at [0, 0] and run at [1000, 1001]", () => {
  const logits = [new Value(0), new Value(0)];
  for (const form of ["lines", "loop"] as const) {
    const kernel = compile(crossEntropy([logits], [0]), { inputs: [], parameters: logits, form });
    kernel.parameters.set([1000, 1001]);
    // log(e¹⁰⁰⁰ + e¹⁰⁰¹) − 1000 = log(1 + e)
    assertEquals(kernel.backward([]), 1.3132616875182228);
    const probability = Math.E / (1 + Math.E);
    assertClose(form, [...kernel.gradients], [-probability, probability]);
  }
});

for (const activation of ["tanh", "relu", "sigmoid", "linear"] as Activation[]) {
  Deno.test(`compile(): a network with ${activation}, run on other weights and inputs`, () => {
    const network = new MLP(2, [5, 3, 2], { activation, random: new Random(7) });
    const parameters = network.parameters();
    check(activation, {
      leaves: 2 + parameters.length,
      build(leaves) {
        // The same network on other leaves: layers of dot products, as in network.ts.
        let at = 2;
        const layer = (x: Value[], count: number) =>
          Array.from({ length: count }, () => {
            const weights = leaves.slice(at, at + x.length), bias = leaves[at + x.length];
            at += x.length + 1;
            const sum = Value.dot(weights, x, bias);
            return activation === "linear" ? sum : sum[activation]();
          });
        const scores = layer(layer(layer(leaves.slice(0, 2), 5), 3), 2);
        return crossEntropy([scores], [1]);
      },
    });

    const x = [new Value(0), new Value(0)];
    const loss = () => crossEntropy([network.forward(x)], [1]).add(l2(parameters, 0.01));
    for (const form of ["lines", "loop"] as const) {
      const kernel = compile(loss(), { inputs: x, parameters, form });
      for (const numbers of pointsOf(2)) {
        const weights = parameters.map(() => random.uniform(-2, 2));
        const before = parameters.map(({ data }) => data);
        parameters.forEach((parameter, k) => {
          parameter.data = weights[k];
          parameter.grad = 0;
        });
        x.forEach((input, k) => input.data = numbers[k]);
        const output = loss();
        output.backward();
        kernel.parameters.set(weights);
        kernel.gradients.fill(0);
        assertClose(`${activation} as ${form} at ${numbers}`, [
          kernel.backward(numbers),
          ...kernel.gradients,
        ], [output.data, ...parameters.map(({ grad }) => grad)]);
        parameters.forEach((parameter, k) => parameter.data = before[k]);
      }
    }
  });
}
