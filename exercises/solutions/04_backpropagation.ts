import type { Node } from "../checks/04_backpropagation.ts";

export function passOn(node: Node): void {
  node.operands.forEach((operand, k) => {
    operand.grad += node.localDerivatives[k] * node.grad;
  });
}

export function calls(node: Node): number {
  return node.operands.reduce((sum, operand) => sum + calls(operand), 1);
}

export function order(output: Node): Node[] {
  const nodes: Node[] = [];
  const met = new Set<Node>();
  const visit = (node: Node) => {
    if (met.has(node)) return;
    met.add(node);
    node.operands.forEach(visit);
    nodes.push(node);
  };
  visit(output);
  return nodes;
}

export function backward(output: Node): void {
  output.grad = 1;
  for (const node of order(output).reverse()) passOn(node);
}

export function longOrder(output: Node): Node[] {
  const nodes: Node[] = [];
  const met = new Set<Node>(), done = new Set<Node>();
  const stack = [output];
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    if (!met.has(node)) {
      // Met for the first time: its operands go first.
      met.add(node);
      stack.push(...node.operands.filter((operand) => !met.has(operand)));
    } else {
      stack.pop();
      if (!done.has(node)) nodes.push(node);
      done.add(node);
    }
  }
  return nodes;
}
