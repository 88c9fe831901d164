/**
 * A graph as a tree of lines for the terminal.
 *
 * @module
 */
import { columns, printable, printedNumber } from "../format.ts";
import type { Value } from "../value.ts";

/** A deeper branch is continued below, at the margin, so that lines fit a terminal. */
const maxDepth = 10;

/** Replaces operands that are not shown. */
const ellipsis = "…";

/**
 * The tree of a graph. Each Value is shown in full once, and as a reference wherever it occurs again.
 *
 * @param shown the Values to show, each after its operands, the output last; and which operands of each
 * @param mark the Value to highlight
 * @returns the lines, joined
 */
export function textOf(shown: ReadonlyMap<Value, readonly Value[]>, mark?: Value): string {
  const nodes = [...shown.keys()];
  const output = nodes[nodes.length - 1];
  const uses = count([...shown.values()].flat());
  const labels = count(nodes.map((node) => node.label));
  const data = aligned(nodes.map((node) => printedNumber(node.data)));
  // Gradients are shown after a backward pass only; then one that is 0 is shown too.
  const known = nodes.some((node) => node.grad !== 0);
  const grad = aligned(nodes.map((node) => printedNumber(node.grad)));
  const numbers = new Map(nodes.map((node, i) => {
    const gradient = known ? `   grad ${grad[i]}` : "";
    return [node, `data ${data[i]}${gradient}${node === mark ? "   ◀" : ""}`];
  }));

  // The output, then the Values at which a branch became too deep.
  const roots = new Set([output]);
  const inFull = new Set<Value>();
  const ids = new Map<Value, string>();
  const rows: [tree: string, text: string][] = [];

  /** The label, with a number if the node occurs again and its label is not unique. */
  function nameOf(node: Value): string {
    const label = printable(node.label);
    const metAgain = uses.get(node)! > 1 || (roots.has(node) && node !== output);
    if (!metAgain || (label !== "" && labels.get(node.label) === 1)) return label;
    if (!ids.has(node)) ids.set(node, `#${ids.size + 1}`);
    return `${label} ${ids.get(node)}`.trimStart();
  }

  // Depth first, with an explicit stack: no graph is too deep.
  for (const root of roots) {
    if (inFull.has(root)) continue;
    if (root !== output) rows.push(["", ""]);
    const stack = [{ node: root as Value | typeof ellipsis, branch: "", below: "", depth: 0 }];
    while (stack.length > 0) {
      const { node, branch, below, depth } = stack.pop()!;
      if (node === ellipsis) {
        rows.push([branch + ellipsis, ""]);
      } else if (inFull.has(node)) {
        rows.push([branch + nameOf(node), "the same node as above"]);
      } else if (depth === maxDepth && node.op !== "") {
        roots.add(node);
        rows.push([branch + nameOf(node), "shown below"]);
      } else {
        inFull.add(node);
        const name = [nameOf(node), node.op].filter((part) => part !== "").join(" = ");
        rows.push([branch + (name || "·"), numbers.get(node)!]);
        const operands = shown.get(node)!;
        const children = operands.length < node.operands.length
          ? [...operands, ellipsis] as const
          : operands;
        for (let i = children.length - 1; i >= 0; i--) {
          const isLast = i === children.length - 1;
          stack.push({
            node: children[i],
            branch: below + (isLast ? "└── " : "├── "),
            below: below + (isLast ? "    " : "│   "),
            depth: depth + 1,
          });
        }
      }
    }
  }

  const width = largest(rows.map(([tree]) => columns(tree))) + 4;
  return rows
    .map(([tree, text]) => (tree + " ".repeat(width - columns(tree)) + text).trimEnd())
    .join("\n");
}

/** The number of times that each item occurs. */
function count<T>(items: T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Numbers for a column: aligned at the decimal point, all of one width. */
function aligned(numbers: string[]): string[] {
  const wholes = numbers.map((number) => number.match(/^[^.e]*/)![0].length);
  const whole = largest(wholes);
  const padded = numbers.map((number, i) => " ".repeat(whole - wholes[i]) + number);
  const width = largest(padded.map((number) => number.length));
  return padded.map((number) => number.padEnd(width));
}

/** Math.max() of a list of any length: the number of arguments of a call is limited. */
function largest(numbers: number[]): number {
  return numbers.reduce((largest, number) => Math.max(largest, number));
}
