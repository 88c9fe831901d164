/**
 * A graph in DOT, the language of Graphviz.
 *
 * @module
 */
import { columns, escapeXml, printedNumber } from "../format.ts";
import type { Value } from "../value.ts";

// Every box has a light fill and dark text, so that it is legible on a white and on a dark page; the grey
// of the edges contrasts with both. The borders are from Okabe and Ito's palette, whose colours are
// distinguishable with every kind of colour blindness.
const styles = {
  leaf: 'BORDER="1" COLOR="#0072b2" BGCOLOR="#e1f0fa"',
  result: 'BORDER="1" COLOR="#808080" BGCOLOR="#ffffff"',
  output: 'BORDER="2" COLOR="#d55e00" BGCOLOR="#fdebdc"',
  marked: 'BORDER="3" COLOR="#1a1a1a" BGCOLOR="#f0e442"',
  note: 'BORDER="0" COLOR="#808080" BGCOLOR="#ffffff"',
};

/**
 * The graph as in the micrograd lecture: a row of label, data and gradient for each Value, and
 * before each result its operation in a circle.
 *
 * @param nodes the Values to show, each after its operands, the output last; and which operands of each
 * @param options the Value to highlight; a sentence to put under the graph
 * @returns a `digraph`
 */
export function dotOf(
  nodes: ReadonlyMap<Value, readonly Value[]>,
  { mark, note }: { mark?: Value; note: string },
): string {
  const ids = new Map([...nodes.keys()].map((node, i) => [node, `n${i}`]));
  const output = [...nodes.keys()].at(-1);
  const downwards = goesDown(nodes);
  const lines = [
    // Graphviz would take minutes to find the best position for a Value that is used a hundred times:
    // nslimit ends that search early.
    `graph [nslimit=3, rankdir=${downwards ? "TB" : "LR"}, nodesep=0.2, ranksep=0.3, pad=0.1]`,
    'graph [bgcolor="transparent"]',
    // Graphviz has the font metrics of Helvetica, under exactly this name.
    'graph [fontname="Helvetica", fontsize=12, labelloc=t, labeljust=l]',
    'node [fontname="Helvetica", fontsize=12, fontcolor="#1a1a1a", shape=plain]',
    'edge [color="#808080", penwidth=1.2, arrowsize=0.7]',
  ];
  for (const [node, operands] of nodes) {
    const id = ids.get(node);
    const style = node === mark
      ? styles.marked
      : node === output
      ? styles.output
      : node.op === ""
      ? styles.leaf
      : styles.result;
    const label = node.label === "" ? [] : [labelCell(node.label)];
    lines.push(
      `${id} [label=${
        box(style, [
          ...label,
          `<TD>data ${printedNumber(node.data)}</TD>`,
          `<TD>grad ${printedNumber(node.grad)}</TD>`,
        ])
      }]`,
    );
    if (node.op === "") continue;

    const shape = node.op.length === 1
      ? "shape=circle, fixedsize=true, width=0.36, fontsize=18"
      : "shape=ellipse, height=0.36, margin=0.04";
    lines.push(
      `${id}op [label=<${escapeDot(node.op)}>, ${shape}, ` +
        'style=filled, color="#009e73", fillcolor="#ddf3ea"]',
      `${id}op -> ${id} [weight=10]`,
    );
    // If the order matters, the edge of the first operand arrives above the second, or left of it.
    const ports = /^[+*]$/.test(node.op) || operands.length !== 2
      ? ["", ""]
      : downwards
      ? [":nw", ":ne"]
      : [":nw", ":sw"];
    operands.forEach((operand, k) => {
      lines.push(`${ids.get(operand)} -> ${id}op${ports[k] ?? ""}`);
    });
    if (operands.length < node.operands.length) {
      lines.push(
        `${id}rest [label="…", fontcolor="#808080", fontsize=18]`,
        `${id}rest -> ${id}op`,
      );
    }
  }
  if (note !== "") lines.push(`label=${box(styles.note, [`<TD>${escapeDot(note)}</TD>`])}`);
  return `digraph {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/**
 * Whether the graph is laid out from top to bottom. Up to four boxes in a row go from left to right, as
 * in the lecture: more would shrink until they are illegible. A graph that is as broad as it is long
 * also goes from left to right, because from top to bottom it would be wider still.
 */
function goesDown(nodes: ReadonlyMap<Value, readonly Value[]>): boolean {
  const ranks = new Map([...nodes.keys()].map((node) => [node, 0]));
  for (const [node, operands] of [...nodes].reverse()) {
    for (const operand of operands) {
      ranks.set(operand, Math.max(ranks.get(operand)!, ranks.get(node)! + 1));
    }
  }
  const sizes: number[] = [];
  for (const rank of ranks.values()) sizes[rank] = (sizes[rank] ?? 0) + 1;
  const broadest = sizes.reduce((x, y) => Math.max(x, y));
  return sizes.length > 4 && broadest < sizes.length;
}

/** A rounded box with cells side by side, as an HTML-like label. */
function box(style: string, cells: string[]): string {
  return `<<TABLE STYLE="ROUNDED" CELLBORDER="0" CELLSPACING="0" CELLPADDING="6" ${style}>` +
    `<TR>${cells.join("<VR/>")}</TR></TABLE>>`;
}

/** The width of half a Chinese character in a label, with some room, and of the padding of a cell. */
const columnWidth = 9;
const padding = 12;

function labelCell(label: string): string {
  const lines = label.split("\n");
  // Graphviz has metrics for ASCII only: other characters get an explicit width.
  const width = /[^ -~\n]/.test(label)
    ? ` WIDTH="${columnWidth * Math.max(...lines.map(columns)) + padding}"`
    : "";
  const text = lines.map(escapeDot).join("<BR/>");
  return `<TD ALIGN="LEFT" BALIGN="LEFT"${width}><FONT POINT-SIZE="14">${text}</FONT></TD>`;
}

/** A text in an HTML-like label, in which Graphviz still interprets backslashes. */
function escapeDot(text: string): string {
  return escapeXml(text).replaceAll("\\", "\\\\");
}
