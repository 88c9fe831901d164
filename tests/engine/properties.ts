// Laws that must hold for every graph, checked on random ones.
import fc from "fast-check";
import { backwardSteps, compile, explain } from "../../mod.ts";
import { forward } from "./dual.ts";
import { plans } from "./graphs.ts";
import { build, leafName, type Name, type Plan, type Step, toCode } from "./plan.ts";

/** A law that must hold for every graph. */
export interface Law {
  readonly name: string;
  readonly graphs: fc.Arbitrary<Plan>;
  /** Throws if the law does not hold; returns the derivatives that it compared. */
  readonly compare: (plan: Plan) => readonly number[];
}

/**
 * Checks a law on random graphs. Only graphs with a derivative that is neither 0 nor NaN nor ±Infinity
 * count.
 *
 * @throws {Error} when the law does not hold, with the smallest such graph as code
 */
export function check(law: Law, { seed, runs }: { seed: number; runs: number }): void {
  const property = fc.property(law.graphs, (plan) => {
    fc.pre(law.compare(plan).some((x) => x !== 0 && Number.isFinite(x)));
  });
  const { failed, ...details } = fc.check(property, { seed, numRuns: runs, maxSkipsPerRun: 9 });
  if (!failed) return;
  const { counterexample, errorInstance } = details;
  const example = counterexample === null
    ? "most derivatives are 0, NaN or ±Infinity"
    : `${(errorInstance as Error).message}\n\n${toCode(counterexample[0])}`;
  throw new Error(`${law.name}: not with seed ${seed}\n${example}`);
}

// ---- Derivatives of a plan

/** A node, its derivatives with respect to the leaves, and their sizes without cancellation. */
interface Derivatives {
  readonly y: number;
  readonly dy: readonly number[];
  readonly sizes: readonly number[];
}

/** The derivatives of a node of a plan, by default the last, by `backward()`. */
function derivatives(plan: Plan, place = plan.leaves.length + plan.steps.length - 1): Derivatives {
  const nodes = build(plan);
  nodes[place].backward();
  return {
    y: nodes[place].data,
    dy: nodes.slice(0, plan.leaves.length).map(({ grad }) => grad),
    sizes: plan.leaves.map((_, k) => forward(plan, k)[place].size),
  };
}

// ---- Comparing

/** Asserts that numbers are the same to the last bit, NaN and ±Infinity too; 0 and −0 are one. */
export function assertSame(
  what: string,
  actual: readonly number[],
  expected: readonly number[],
): void {
  for (const [k, x] of expected.entries()) {
    if (actual[k] === x || (Number.isNaN(actual[k]) && Number.isNaN(x))) continue;
    throw new Error(`${what}: ${actual[k]}, not ${x} (number ${k} of ${expected.join(", ")})`);
  }
}

/** Asserts that a number is within an error; below 1e-300 there are no digits to compare. */
function assertNear(what: string, actual: number, expected: { x: number; error: number }): void {
  if (Math.abs(actual - expected.x) <= expected.error + 1e-300) return;
  throw new Error(`${what}: ${actual}, not ${expected.x} ± ${expected.error}`);
}

/** The allowed error, relative to the size of a derivative. */
const digits = 1e-12;

/**
 * Asserts that compiled code has the gradients of `backward()`: lines to the last bit; loops, which add up
 * in another order, to twelve digits of the size that the gradients have without cancellation.
 */
export function assertGradients(
  form: "lines" | "loop",
  actual: readonly number[],
  { gradients, sizes }: { gradients: readonly number[]; sizes: readonly number[] },
): void {
  if (form === "lines") return assertSame("compile() as lines", actual, gradients);
  gradients.forEach((x, k) => {
    if (Number.isFinite(x) && Number.isFinite(sizes[k])) {
      assertNear(`compile() as loop, number ${k}`, actual[k], { x, error: digits * sizes[k] });
    } else if (Number.isNaN(x)) assertSame("compile() as loop", [actual[k]], [x]);
  });
}

function assertDerivatives(actual: readonly number[], { dy, sizes }: Omit<Derivatives, "y">): void {
  for (const [k, x] of dy.entries()) {
    assertNear(`derivative in ${leafName(k)}`, actual[k], { x, error: digits * sizes[k] });
  }
}

// ---- Every way to compute a derivative

function compareWays(plan: Plan): readonly number[] {
  const nodes = build(plan), output = nodes[nodes.length - 1];
  const leaves = nodes.slice(0, plan.leaves.length);
  output.backward();
  const grads = nodes.map(({ grad }) => grad), dy = grads.slice(0, leaves.length);

  for (const leaf of leaves) leaf.grad = 0;
  for (const _ of backwardSteps(output));
  assertSame("backwardSteps()", nodes.map(({ grad }) => grad), grads);

  // explain() takes long: one derivative of each graph.
  const k = plan.steps.length % leaves.length;
  assertSame("explain()", [explain(output, leaves[k]).value], [dy[k]]);

  const sizes = leaves.map((_, k) => forward(plan, k).at(-1)!.size);
  for (const form of ["lines", "loop"] as const) {
    const kernel = compile(output, { inputs: [], parameters: leaves, form });
    const y = [kernel.forward([]), kernel.backward([])];
    assertSame(`compile() as ${form}`, y, [output.data, output.data]);
    assertGradients(form, [...kernel.gradients], { gradients: dy, sizes });
    kernel.gradients.fill(0);
    const sum = kernel.backwardAll([[], []]);
    assertSame(`compile() as ${form}, two at a time`, [sum], [output.data + output.data]);
    assertGradients(form, [...kernel.gradients], {
      gradients: dy.map((derivative) => derivative + derivative),
      sizes: sizes.map((size) => size + size),
    });
  }
  return dy;
}

function compareForward(plan: Plan): readonly number[] {
  const { y, dy } = derivatives(plan);
  const tangents = plan.leaves.map((_, k) => forward(plan, k).at(-1)!);
  assertNear("output", y, tangents[0]);
  assertDerivatives(dy, {
    dy: tangents.map(({ dx }) => dx),
    sizes: tangents.map(({ size }) => size),
  });
  return dy;
}

/** The operand of an operation that has a pole, an edge or a kink where it is 0. */
const singular: Partial<Record<Name, number>> = {
  div: 1,
  pow: 0,
  log: 0,
  relu: 0,
  sqrt: 0,
  abs: 0,
};

/**
 * The derivative with respect to a leaf by nudging it, and its error: that of the difference quotient,
 * bounded by the difference between two nudges, and rounding, which a small nudge makes large. It is null
 * if a kink, a pole or an edge may be within reach of the nudge.
 */
function central(plan: Plan, leaf: number): { x: number; error: number } | null {
  const nudged = (h: number) => {
    const leaves = plan.leaves.with(leaf, plan.leaves[leaf] + h);
    const numbers = build({ ...plan, leaves }).map(({ data }) => data);
    const { error, size } = forward({ ...plan, leaves }, leaf).at(-1)!;
    return { x: leaves[leaf], numbers, error, size };
  };
  const h = 2 ** -17;
  const [below, nearBelow, here, nearAbove, above] = [-h, -h / 2, 0, h / 2, h].map(nudged);

  const moves = here.numbers.map((x, k) =>
    Math.max(Math.abs(below.numbers[k] - x), Math.abs(above.numbers[k] - x))
  );
  const isSmooth = ({ name, operands }: Step) => {
    const place = singular[name] === undefined ? undefined : operands[singular[name]];
    return typeof place !== "number" || moves[place] <= Math.abs(here.numbers[place]) / 100;
  };
  if (!moves.every((distance) => distance <= 0.01) || !plan.steps.every(isSmooth)) return null;

  // At a kink, the difference of the slopes on both sides does not depend on the nudge. Two kinks may
  // cancel out, as in min(0, x) + max(0, x) = x; but at 0, the rules for kinks need not yield its slope.
  const last = here.numbers.length - 1;
  const slope = (from: typeof here, to: typeof here, k = last) =>
    (to.numbers[k] - from.numbers[k]) / (to.x - from.x);
  const bend = (from: typeof here, to: typeof here, k: number) =>
    slope(here, to, k) - slope(from, here, k);
  const kinks = here.numbers.map((_, k) =>
    Math.abs(2 * bend(nearBelow, nearAbove, k) - bend(below, above, k)) /
    Math.max(1, Math.abs(slope(nearBelow, nearAbove, k)))
  );
  if (!kinks.every((kink) => kink < 1e-5)) return null;

  const fine = slope(nearBelow, nearAbove), coarse = slope(below, above);
  const rounding = (nearAbove.error + nearBelow.error) / h + digits * here.size;
  const error = Math.abs(coarse - fine) + kinks[last] * Math.max(1, Math.abs(fine)) + rounding;
  return Number.isFinite(error) ? { x: fine, error } : null;
}

function compareCentral(plan: Plan): readonly number[] {
  const { dy } = derivatives(plan);
  return dy.filter((x, k) => {
    const nudged = central(plan, k);
    if (nudged === null) return false;
    assertNear(`derivative in ${leafName(k)}`, x, nudged);
    return nudged.error < Math.abs(x) / 100; // a larger error would make the test weak
  });
}

// ---- The rules of calculus

/** Plans with one more step, whose operands are the two nodes before it. */
function ending(step: (f: number, g: number) => Step): fc.Arbitrary<Plan> {
  return plans({ ordinary: true }).map((plan) => {
    const end = plan.leaves.length + plan.steps.length;
    return { ...plan, steps: [...plan.steps, step(end - 1, end - 2)] };
  });
}

/** Checks the derivatives of a last step on f and g against a rule: terms linear in df or dg. */
function rule(
  terms: (f: Derivatives, g: Derivatives) => (df: number, dg: number) => number[],
): (plan: Plan) => readonly number[] {
  return (plan) => {
    const { dy } = derivatives(plan);
    const [f, g] = plan.steps.at(-1)!.operands.map((place) =>
      typeof place === "number"
        ? derivatives(plan, place)
        : { y: place.constant, dy: dy.map(() => 0), sizes: dy.map(() => 0) }
    );
    const of = terms(f, g);
    const expected = {
      dy: dy.map((_, k) => sum(of(f.dy[k], g.dy[k]))),
      sizes: dy.map((_, k) => sum(of(f.sizes[k], g.sizes[k]).map(Math.abs))),
    };
    if (!expected.sizes.every(Number.isFinite)) return [];
    assertDerivatives(dy, expected);
    return dy;
  };
}

function sum(terms: readonly number[]): number {
  return terms.reduce((sum, term) => sum + term, 0);
}

/** The chain rule for a graph cut in two: the lower nodes become the leaves of the upper part. */
function compareChain(plan: Plan): readonly number[] {
  const count = plan.leaves.length + (plan.steps.length >> 1);
  const numbers = build(plan).map(({ data }) => data).slice(0, count);
  const outer = derivatives({
    leaves: numbers,
    steps: plan.steps.slice(count - plan.leaves.length),
  });
  const inner = numbers.map((_, place) => derivatives(plan, place));
  const { dy } = derivatives(plan);
  assertDerivatives(dy, {
    dy: dy.map((_, k) => sum(inner.map((u, place) => outer.dy[place] * u.dy[k]))),
    sizes: dy.map((_, k) => sum(inner.map((u, place) => outer.sizes[place] * u.sizes[k]))),
  });
  return dy;
}

/**
 * Reverses the operands of sums and products. A list is reversed only in the last step, where different
 * rounding has no effect on any derivative.
 */
function compareOrder(plan: Plan): readonly number[] {
  const last = plan.steps.length - 1;
  const steps = plan.steps.map(({ name, operands }, k): Step => {
    if (name === "add" || name === "mul") return { name, operands: operands.toReversed() };
    if (name === "sum" && k === last) return { name, operands: operands.toReversed() };
    if (name !== "dot") return { name, operands };
    const half = operands.length >> 1;
    const [ws, xs] = [operands.slice(0, half), operands.slice(half, 2 * half)];
    const bias = operands.slice(2 * half);
    return {
      name,
      operands: k === last
        ? [...ws.toReversed(), ...xs.toReversed(), ...bias]
        : [...xs, ...ws, ...bias],
    };
  });
  if (toCode({ ...plan, steps }) === toCode(plan)) return [];
  const { y, ...expected } = derivatives(plan), turned = derivatives({ ...plan, steps });
  assertNear("output", turned.y, { x: y, error: 2 * forward(plan, 0).at(-1)!.error });
  assertDerivatives(turned.dy, expected);
  return turned.dy;
}

const ordinary = plans({ ordinary: true });

/** Each law with the number of graphs on which `deno test` checks it. */
export const laws: readonly (Law & { readonly runs: number })[] = [
  {
    name: "backward(), backwardSteps(), explain() and compile() as lines agree to the last bit",
    graphs: plans(),
    compare: compareWays,
    runs: 1000,
  },
  {
    name: "all of them agree with forward mode to twelve digits",
    graphs: ordinary,
    compare: (plan) => (compareWays(plan), compareForward(plan)),
    runs: 5700,
  },
  {
    name: "all of them agree with forward mode in graphs that are 60 operations deep",
    graphs: plans({ ordinary: true, deep: true, minSize: 60, size: 60 }),
    compare: (plan) => (compareWays(plan), compareForward(plan)),
    runs: 200,
  },
  {
    name: "backward() agrees with nudging, within the error of nudging",
    graphs: ordinary,
    compare: compareCentral,
    runs: 1000,
  },
  {
    name: "the derivative of f + g is df + dg",
    graphs: ending((f, g) => ({ name: "add", operands: [f, g] })),
    compare: rule(() => (df, dg) => [df, dg]),
    runs: 300,
  },
  {
    name: "the derivative of f · g is df · g + f · dg",
    graphs: ending((f, g) => ({ name: "mul", operands: [f, g] })),
    compare: rule((f, g) => (df, dg) => [df * g.y, f.y * dg]),
    runs: 300,
  },
  {
    name: "the derivative of f / g is (df · g − f · dg) / g²",
    graphs: ending((f, g) => ({ name: "div", operands: [f, g] })),
    compare: rule((f, g) => (df, dg) => [df * g.y / g.y ** 2, -f.y * dg / g.y ** 2]),
    runs: 300,
  },
  {
    name: "the derivative of −2.5 · f is −2.5 · df",
    graphs: ending((f) => ({ name: "mul", operands: [{ constant: -2.5 }, f] })),
    compare: rule(() => (_, df) => [-2.5 * df]),
    runs: 300,
  },
  {
    name: "the derivative of f(u, v, …) is ∂f/∂u · du + ∂f/∂v · dv + …",
    graphs: ordinary,
    compare: compareChain,
    runs: 300,
  },
  {
    name: "the order of the operands of a sum or a product does not matter",
    graphs: ordinary,
    compare: compareOrder,
    runs: 800,
  },
];
