/** Walks back through a graph that are wrong, as learners write them. */

/** What a walk needs of a node. */
export interface Walked {
  grad: number;
  readonly operands: readonly Walked[];
  readonly localDerivatives: readonly number[];
}

/** An order that holds a node as often as there are ways to it. */
export function visits(node: Walked): Walked[] {
  return [...node.operands.flatMap(visits), node];
}

/** Passes on from each node of an order; with `add: false`, what others passed on before is lost. */
export function passOn(order: readonly Walked[], { add = true } = {}): void {
  for (const { operands, localDerivatives, grad } of order) {
    operands.forEach((operand, k) => {
      operand.grad = (add ? operand.grad : 0) + localDerivatives[k] * grad;
    });
  }
}

/** Passes on to one operand, and goes there at once. */
export function obvious(node: Walked): void {
  node.operands.forEach((operand, k) => {
    operand.grad += node.localDerivatives[k] * node.grad;
    obvious(operand);
  });
}

/** Passes on to each operand, then goes to each. */
export function allThenEach(node: Walked): void {
  passOn([node]);
  node.operands.forEach(allThenEach);
}
