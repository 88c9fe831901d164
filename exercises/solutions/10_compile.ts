import type { Value } from "../../mod.ts";

export function operationCode(op: string, a: string, b: string): string {
  return op === "tanh" ? `Math.tanh(${a})` : `${a} ${op} ${b}`;
}

export function localCode(op: string, k: number, a: string, b: string, y: string): string {
  if (op === "+") return "1";
  if (op === "*") return k === 0 ? b : a;
  return `(1 - ${y} * ${y})`;
}

export function forward(order: Value[], inputs: Value[]): string[] {
  return order.map((node, i) => {
    const [a, b] = node.operands.map((operand) => `v${order.indexOf(operand)}`);
    const input = inputs.indexOf(node);
    const code = node.op !== ""
      ? operationCode(node.op, a, b ?? "")
      : input !== -1
      ? `x[${input}]`
      : node.data;
    return `const v${i} = ${code};`;
  });
}

export function backward(order: Value[]): string[] {
  const lines = order.map((_, i) => `let d${i} = ${i === order.length - 1 ? 1 : 0};`);
  for (let i = order.length - 1; i >= 0; i--) {
    const places = order[i].operands.map((operand) => order.indexOf(operand));
    const [a, b] = places.map((place) => `v${place}`);
    places.forEach((place, k) => {
      lines.push(`d${place} += ${localCode(order[i].op, k, a, b ?? "", `v${i}`)} * d${i};`);
    });
  }
  return lines;
}

export function compile(output: Value, inputs: Value[]): (x: number[]) => number[] {
  const order = output.topologicalOrder();
  const gradients = inputs.map((input) => `d${order.indexOf(input)}`);
  const results = [`v${order.length - 1}`, ...gradients];
  const code = [...forward(order, inputs), ...backward(order), `return [${results.join(", ")}];`];
  return new Function("x", code.join("\n")) as (x: number[]) => number[];
}
