/** What the functions of exercise 03 must do. */
import { Value } from "../../mod.ts";
import { exercise, like, numbers } from "./check.ts";
export { todo } from "./check.ts";

type Three = [x: number, y: number, upstream: number];
type Four = [a: number, b: number, c: number, f: number];
const three = [0, 1, 2, 3].map(() => numbers<Three>(3));
const four: Four[] = [[2, -3, 10, -2], ...three.map(() => numbers<Four>(4))];

/** Both derivatives of an operation by mod.ts, times upstream. */
const through =
  (operation: (a: Value, b: Value) => Value) => (x: number, y: number, upstream: number) => {
    const a = new Value(x), b = new Value(y);
    operation(a, b).backward();
    return [a.grad * upstream, b.grad * upstream];
  };

/** Who nudges by a small h is right, too. */
const nudged = 1e-7;

const product = {
  mistakes: [
    [
      "The local derivatives are right; times the upstream gradient is missing.",
      (x: number, y: number, _upstream: number) => [y, x],
    ],
    [
      "The derivative with respect to one factor is the other factor: swap the two.",
      (x: number, y: number, upstream: number) => [x * upstream, y * upstream],
    ],
    [
      "An operand's own number is not its local derivative: it is the other factor.",
      (x: number, y: number, _upstream: number) => [x, y],
    ],
    [
      "The local derivative is multiplied by the upstream gradient, not added to it.",
      (x: number, y: number, upstream: number) => [y + upstream, x + upstream],
    ],
    [
      "In a product, the local derivative is the other factor: it is 1 in a sum only.",
      (_x: number, _y: number, upstream: number) => [upstream, upstream],
    ],
  ] as const,
  tolerance: nudged,
};

/** All seven by mod.ts. */
function backward(...inputs: number[]): Record<string, number> {
  const [A, B, C, F] = inputs.map((x) => new Value(x));
  const D = A.add(B), E = C.mul(F), L = D.mul(E);
  L.backward();
  return { L: L.grad, d: D.grad, e: E.grad, a: A.grad, b: B.grad, c: C.grad, f: F.grad };
}

/** L after each input has moved, in a way that depends on its derivative. */
const moved = (move: (derivative: number, size: number) => number) => (...inputs: number[]) => {
  const [a, b, c, f, size] = inputs, gradient = backward(...inputs);
  const [da, db, dc, df] = ["a", "b", "c", "f"].map((name) => move(gradient[name], size));
  return (a + da + b + db) * ((c + dc) * (f + df));
};
/** L, and for each input its derivative times the step. */
function predicted(...inputs: number[]): number {
  const gradient = backward(...inputs), size = inputs[4];
  return ["a", "b", "c", "f"].reduce(
    (L, name) => L + gradient[name] * (size * gradient[name]),
    moved(() => 0)(...inputs),
  );
}

export const holes = {
  throughL: like(through((d, e) => d.mul(e)), {
    inputs: [[-1, -20, 1], ...three],
    hint: "Nudge d by h: ((d + h)·e − d·e) / h = e. Times the upstream gradient, that is dL/dd.",
    ...product,
  }),
  throughD: like(through((a, b) => a.add(b)), {
    inputs: [[2, -3, -20], ...three],
    mistakes: [
      [
        "The local derivatives are right; times the upstream gradient is missing.",
        () => [1, 1],
      ],
      [
        "That is the rule of a product. Nudge a in a sum: ((a + h) + b − (a + b)) / h = 1.",
        (a, b, upstream) => [b * upstream, a * upstream],
      ],
      [
        "The numbers a and b do not matter: the local derivatives of a sum are 1.",
        (a, b, upstream) => [a * upstream, b * upstream],
      ],
      [
        "Each operand gets all of the upstream gradient: a sum does not divide it.",
        (_a, _b, upstream) => [upstream / 2, upstream / 2],
      ],
    ],
    hint:
      "Nudge a by h: ((a + h) + b − (a + b)) / h = 1. Times the upstream gradient, it is dL/da.",
    tolerance: nudged,
  }),
  throughE: like(through((c, f) => c.mul(f)), {
    inputs: [[10, -2, -1], ...three],
    hint: "It is a product, as L = d · e is.",
    ...product,
  }),
  derivatives: like(backward, {
    inputs: four,
    mistakes: [
      [
        "The walk begins with dL/dL = 1: L moves exactly as fast as itself.",
        (...inputs) => scaled(backward(...inputs), moved(() => 0)(...inputs)),
      ],
      [
        "The walk begins with dL/dL = 1. With 0, nothing arrives anywhere.",
        (...inputs) => scaled(backward(...inputs), 0),
      ],
      [
        "a and b are the operands of d: what arrives there is dL/dd.",
        (...inputs) => {
          const right = backward(...inputs);
          return { ...right, a: right.e, b: right.e };
        },
      ],
      [
        "c and f are the operands of e: what arrives there is dL/de.",
        (...inputs) => {
          const right = backward(...inputs), [, , c, f] = inputs;
          return { ...right, c: f * right.d, f: c * right.d };
        },
      ],
      [
        "What arrives at d and e is dL/dd and dL/de, not 1.",
        (...inputs) => ({ ...backward(...inputs), a: 1, b: 1, c: inputs[3], f: inputs[2] }),
      ],
    ],
    hint:
      "dL/dL = 1. throughL finds those of d and e; with them, throughD and throughE the others.",
  }),
  stepped: like(moved((derivative, size) => size * derivative), {
    inputs: [
      [...four[0], 0.001],
      ...four.map((inputs) => [...inputs, numbers(1)[0] / 100]),
    ],
    mistakes: [
      ["That is L before the step.", moved(() => 0)],
      [
        "That goes against the gradient: add size times the derivative.",
        moved((derivative, size) => -size * derivative),
      ],
      ["Times `size` is missing.", moved((derivative) => derivative)],
      [
        "That is what the gradient predicts. Move all four, then work out L from them.",
        predicted,
      ],
      [
        "Each input moves by size times its own derivative, not by size.",
        moved((_derivative, size) => size),
      ],
    ],
    hint: "a becomes a + size · dL/da, and so on; then L = (a + b) · (c · f) of these four.",
  }),
};

export const check = exercise("03_chain_rule", holes);

function scaled(gradient: Record<string, number>, factor: number) {
  return Object.fromEntries(Object.entries(gradient).map(([name, x]) => [name, x * factor]));
}
