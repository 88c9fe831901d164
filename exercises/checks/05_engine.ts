/** What the class of exercise 05 must do. */
import { Value } from "../../mod.ts";
import { exercise, like, Mistake, numbers, show } from "./check.ts";
import { allThenEach, obvious, passOn, visits, type Walked } from "./walks.ts";
export { todo } from "./check.ts";

/** A learner's Value. */
interface Node {
  data: number;
  grad: number;
  readonly operands: readonly Node[];
  readonly localDerivatives: readonly number[];
  mul(other: Node | number): Node;
  pow(n: number): Node;
  sin(): Node;
  tanh(): Node;
  div(other: Node | number): Node;
  backward(): void;
}
type Class = new (
  data: number,
  operands?: readonly Node[],
  localDerivatives?: readonly number[],
) => Node;

/** What an operation makes, from one or two operands; a number in place of the second comes last. */
type Operation = (a: Node, b: Node) => Node;

/** The result, then the derivatives with respect to the operands, by the learner's class. */
function found(Class: Class, operation: Operation, inputs: number[]): number[] {
  const operands = inputs.map((x) => new Class(x));
  const result: unknown = operation(operands[0], operands[1]);
  if (result === undefined) throw new Mistake("It returns nothing: is `return` missing?");
  if (!(result instanceof Class)) {
    throw new Mistake("Return a new Value(result, [operands], [local derivatives]).");
  }
  if (operands.some(({ data }, k) => data !== inputs[k])) {
    throw new Mistake("It changes an operand: leave its data as it is.");
  }
  const order = topologicalOrder(result as Node);
  for (const { operands, localDerivatives } of order) {
    if (operands.length !== localDerivatives.length) {
      throw new Mistake(
        `A Value has ${counted(operands, "operand")} and ${
          counted(localDerivatives, "local derivative")
        }: write one for each.`,
      );
    }
  }
  if (!operands.some((operand) => order.includes(operand))) {
    throw new Mistake(
      "The result does not know its operands: give them to new Value(), in a list.",
    );
  }
  const grads = new Map<Node, number>([[result as Node, 1]]);
  for (const node of order.reverse()) {
    node.operands.forEach((operand, k) => {
      const passed = node.localDerivatives[k] * grads.get(node)!;
      grads.set(operand, (grads.get(operand) ?? 0) + passed);
    });
  }
  return [(result as Node).data, ...operands.map((operand) => grads.get(operand) ?? 0)];
}

function counted({ length }: readonly unknown[], thing: string): string {
  return `${length} ${thing}${length === 1 ? "" : "s"}`;
}

function topologicalOrder(output: Node): Node[] {
  const order: Node[] = [], met = new Set<Node>();
  const visit = (node: Node) => {
    if (met.has(node)) return;
    met.add(node);
    node.operands.forEach(visit);
    order.push(node);
  };
  visit(output);
  return order;
}

/** The same by mod.ts. */
function right(operation: (a: Value, b: Value) => Value, inputs: number[]): number[] {
  const operands = inputs.map((x) => new Value(x));
  const result = operation(operands[0], operands[1]);
  result.backward();
  return [result.data, ...operands.map(({ grad }) => grad)];
}

/** A hole of one operation. Mistakes are wrong results, or wrong derivatives of the right result. */
function operates(
  operation: Operation & ((a: Value, b: Value) => Value),
  { inputs, text, hint, mistakes }: {
    inputs: number[][];
    text: (...inputs: string[]) => string;
    hint: string;
    mistakes: readonly (readonly [hint: string, (...inputs: number[]) => number[]])[];
  },
) {
  return (Class: Class, name: string) =>
    like((...inputs: number[]) => right(operation, inputs), {
      inputs,
      mistakes: mistakes.map(([hint, wrong]) => [hint, (...inputs: number[]) => {
        const numbers = wrong(...inputs);
        const isComplete = numbers.length > inputs.length;
        return isComplete ? numbers : [right(operation, inputs)[0], ...numbers];
      }]),
      hint,
      at: (...inputs) => `[result, derivatives] of ${text(...inputs.map(show))}`,
    })(((...inputs: number[]) => found(Class, operation, inputs)) as never, name);
}

const pairs = [[2, -3], [4, 0.5], ...[1, 2, 3].map(() => numbers(2))];
const singles = [[2], [0.5], [-1], ...numbers(2).map((x) => [x])];
const exponents = [3, 2, -1, 5];
const powers = exponents.map((n) => {
  const test = operates((a) => a.pow(n) as Node & Value, {
    inputs: singles,
    text: (a) => `(${a}).pow(${n})`,
    hint: "The derivative of xⁿ is n · xⁿ⁻¹.",
    mistakes: [
      ["You forgot the n in front: n · xⁿ⁻¹.", (x) => [x ** (n - 1)]],
      ["The exponent goes down by one: n · xⁿ⁻¹.", (x) => [n * x ** n]],
      ["That is the derivative of the power 2: n is any number.", (x) => [2 * x]],
      ["That is x · n. A power is written **.", (x) => [x * n, n]],
      ["`^` compares bits. A power is written **.", (x) => [x ^ n, (n * x) ^ (n - 1)]],
    ],
  });
  return test;
});

/** The graph of a Value of mod.ts as the learner's Values. */
function rebuilt(Class: Class, output: Value): Node[] {
  const made = new Map<Value, Node>();
  for (const value of output.topologicalOrder()) {
    const operands = value.operands.map((operand) => made.get(operand)!);
    made.set(value, new Class(value.data, operands, value.localDerivatives));
  }
  return [...made.values()];
}

/** The example of micrograd's README: g is 24.7041, its gradients 138.8338 and 645.5773. */
function readme([x, y]: number[]): Value {
  const a = new Value(x, { label: "a" }), b = new Value(y, { label: "b" });
  let c = a.add(b), d = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(Value.add(1, c).sub(a));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(d.mul(3).add(b.sub(a).relu()));
  const f = c.sub(d).pow(2);
  return f.div(2).add(Value.div(10, f));
}
function knot([x, y]: number[]): Value {
  const a = new Value(x, { label: "a" }), b = new Value(y, { label: "b" });
  const c = a.add(b), d = a.mul(b);
  return c.add(d).add(c.mul(d));
}
const others = numbers(2);
const graphs: Record<string, () => Value> = {
  "a · b at a = 2, b = −3": () => new Value(2, { label: "a" }).mul(new Value(-3, { label: "b" })),
  "b + b, b = a + a": () => {
    const a = new Value(1, { label: "a" }), b = a.add(a);
    b.label = "b";
    return b.add(b);
  },
  "(c + d) + c · d, c = a + b, d = a · b": () => knot([2, 3]),
  "micrograd's README": () => readme([-4, 2]),
  "the same with other numbers": () => readme(others),
};
/** Where b is a result: after a second backward() its gradient is the same, that of a is twice as large. */
const again = "c = b · b, b = 2a at a = 3";
graphs[again] = () => {
  const a = new Value(3, { label: "a" }), b = a.mul(2);
  b.label = "b";
  return b.mul(b);
};
/** The gradients of a, then b. */
function inputs(text: string, all: readonly { grad: number }[]): number[] {
  const order = graphs[text]().topologicalOrder();
  return ["a", "b"].map((name) => all[order.findIndex(({ label }) => label === name)].grad);
}

/** The gradients after a walk with something wrong in it: its order, its start, or how it passes on. */
const walk = (order: (output: Value) => readonly Walked[], { start = 1, add = true } = {}) =>
(
  text: string,
) => {
  const all = graphs[text]().topologicalOrder();
  all.at(-1)!.grad = start;
  passOn(order(all.at(-1)!), { add });
  return inputs(text, all);
};
/** Two walks, with some gradients set to 0 before each. */
function twice(text: string, reset: (value: Value) => boolean): number[] {
  const all = graphs[text]().topologicalOrder();
  for (let call = 1; call <= 2; call++) {
    for (const value of all) if (reset(value)) value.grad = 0;
    all.at(-1)!.grad = 1;
    passOn(all.toReversed());
  }
  return inputs(text, all);
}
const ordered = (output: Value) => output.topologicalOrder();
const unordered = (visit: (output: Value) => void) => (text: string) => {
  const all = graphs[text]().topologicalOrder();
  all.at(-1)!.grad = 1;
  visit(all.at(-1)!);
  return inputs(text, all);
};
export const holes = {
  mul: (Class: Class, name: string) => {
    operates((a, b) => a.mul(b as Node & Value) as Node & Value, {
      inputs: pairs,
      text: (a, b) => `(${a}).mul(${b})`,
      hint: "The local derivatives of a product are the other factors.",
      mistakes: [
        ["The local derivative is the other factor: swap the two.", (a, b) => [a, b]],
        ["Those are the local derivatives of a sum.", () => [1, 1]],
        ["The result is a product.", (a, b) => [a + b, b, a]],
        ["The first operand is this.", (a, b) => [a * b, 0, a]],
      ],
    })(Class, name);
    if (new Class(3).mul(2).data !== 6) {
      throw new Mistake(
        "new Value(3).mul(2) must work, too: make a Value of it with Value.of(other).",
      );
    }
  },
  pow: (Class: Class, name: string) => powers.forEach((test) => test(Class, name)),
  sin: operates((a) => a.sin() as Node & Value, {
    inputs: singles,
    text: (a) => `(${a}).sin()`,
    hint: "The result is Math.sin(x), its local derivative Math.cos(x).",
    mistakes: [
      ["The sine is not its own derivative: that is the cosine.", (x) => [Math.sin(x)]],
      ["The sign: only the cosine has a derivative with a minus, −sin.", (x) => [-Math.cos(x)]],
      ["The cosine is taken of x, not of the result.", (x) => [Math.cos(Math.sin(x))]],
      ["The local derivative depends on x: it is the cosine.", () => [1]],
      ["That is the cosine, with the derivative of the sine.", (x) => [Math.cos(x), Math.cos(x)]],
      [
        "Math.sin takes an angle in radians: no conversion is needed.",
        (x) => [Math.sin(x * Math.PI / 180), Math.cos(x * Math.PI / 180)],
      ],
    ],
  }),
  tanh: operates((a) => a.tanh() as Node & Value, {
    inputs: singles,
    text: (a) => `(${a}).tanh()`,
    hint: "With y = tanh(x), the local derivative is 1 − y².",
    mistakes: [
      ["1 − y² is made of the result y, not of x.", (x) => [1 - x * x]],
      ["The square is missing: 1 − y².", (x) => [1 - Math.tanh(x)]],
      ["The 1 − is missing: 1 − y².", (x) => [Math.tanh(x) ** 2]],
      ["That is the result. The local derivative is 1 − y².", (x) => [Math.tanh(x)]],
    ],
  }),
  div: (Class: Class, name: string) => {
    operates((a, b) => a.div(b as Node & Value) as Node & Value, {
      inputs: pairs,
      text: (a, b) => `(${a}).div(${b})`,
      hint: "a / b is a · b⁻¹.",
      mistakes: [
        ["The result does not know other: use mul and pow, not numbers.", (_a, b) => [1 / b, 0]],
        ["That is b / a.", (a, b) => [b / a, -b / a ** 2, 1 / a]],
        ["That is the product: the exponent is −1.", (a, b) => [a * b, b, a]],
        [
          "With respect to b, the sign is minus: b⁻¹ has the derivative −b⁻².",
          (a, b) => [1 / b, a / b ** 2],
        ],
      ],
    })(Class, name);
    if (new Class(6).div(2).data !== 3) {
      throw new Mistake(
        "new Value(6).div(2) must work, too: make a Value of it with Value.of(other).",
      );
    }
  },
  backward: (Class: Class, name: string) => {
    like((text: string) => {
      const output = graphs[text]();
      output.backward();
      return inputs(text, output.topologicalOrder());
    }, {
      inputs: Object.keys(graphs).map((text): [string] => [text]),
      mistakes: [
        ["Nothing arrives: begin with this.grad = 1.", walk(ordered, { start: 0 })],
        [
          "One that is used twice is in the order twice: skip those that you have met.",
          walk((output) => visits(output).reverse()),
        ],
        [
          "The gradients get no further than to the operands of this: pass on from each Value, from the end of the order to its beginning.",
          walk(ordered),
        ],
        [
          "A Value used twice gets a contribution from each use: +=, not =.",
          walk((output) => ordered(output).reverse(), { add: false }),
        ],
        [
          "A Value passes on before its own gradient is complete: find the order first (exercise 04).",
          unordered(obvious),
        ],
        [
          "A Value passes on before its own gradient is complete: find the order first (exercise 04).",
          unordered(allThenEach),
        ],
      ],
      hint: "The order (each after its operands), this.grad = 1, then backwards: local × upstream.",
      at: (text) => `[a.grad, b.grad] of ${text}`,
    })(
      ((text: string) => {
        const all = rebuilt(Class, graphs[text]());
        all.at(-1)!.backward();
        return inputs(text, all);
      }) as never,
      name,
    );
    like((text: string) => {
      const output = graphs[text]();
      output.backward();
      output.backward();
      return inputs(text, output.topologicalOrder());
    }, {
      inputs: [[again], ["micrograd's README"]],
      mistakes: [
        [
          "Results still have their grad of the first call, and pass it on again: set the grad of each Value with operands to 0 first.",
          (text) => twice(text, () => false),
        ],
        [
          "The grads of leaves, which have no operands, add up over calls: set only those of results to 0.",
          (text) => twice(text, () => true),
        ],
        [
          "It is the other way round: set the grads of results to 0, and let those of leaves add up.",
          (text) => twice(text, ({ operands }) => operands.length === 0),
        ],
      ],
      hint: "First set the grad of each Value with operands to 0, then this.grad = 1.",
      at: (text) => `[a.grad, b.grad] of ${text}, after a second backward()`,
    })(
      ((text: string) => {
        const all = rebuilt(Class, graphs[text]());
        all.at(-1)!.backward();
        all.at(-1)!.backward();
        return inputs(text, all);
      }) as never,
      name,
    );
  },
};

export const check = exercise("05_engine", holes);
