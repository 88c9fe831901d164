/**
 * A graph as a picture: a tree for the terminal, DOT for Graphviz, SVG for a page.
 *
 * @module
 */
import { dotOf } from "./dot.ts";
import { textOf } from "./text.ts";
import { escapeXml, printedNumber } from "../format.ts";
import {
  keepName,
  requireAtMost,
  requireInstance,
  requireNumber,
  requireOptions,
} from "../arguments.ts";
import { setNotebookView, Value } from "../value.ts";

const display: unique symbol = Symbol.for("Jupyter.display");

/** Drawing takes about three kilobytes of memory per node. */
const mostNodes = 300_000;

/** What {@linkcode draw} shows of a graph. */
export interface DrawOptions {
  /** The maximum number of Values, those nearest to the output, and of operands of each; 200 by default. */
  maxNodes?: number;
  /** A Value of the graph to highlight. */
  mark?: Value;
}

/**
 * Draws the graph of a Value: everything it was made from, and how. The picture keeps the current
 * numbers when they change later. A Value at the end of a notebook cell draws itself.
 *
 * @param value the output: the root of the tree, the last box
 * @param options how much to show, and what to highlight
 * @returns the picture, as `text`, as `dot` and as `await svg()`
 * @throws {TypeError} when `value` or `mark` is not a Value, `maxNodes` is not a number, or an option is
 *   unknown
 * @throws {RangeError} when `maxNodes` is not a positive integer, `mark` is not in the graph, or more than
 *   300,000 nodes would be shown
 *
 * @example A Value used twice is one node
 * ```ts
 * import { draw, Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const a = new Value(3, { label: "a" });
 * const b = a.mul(a);
 * b.label = "b";
 * b.backward();
 * assertEquals(
 *   draw(b).text,
 *   `b = *    data 9   grad 1
 * ├── a    data 3   grad 6
 * └── a    the same node as above`,
 * );
 * ```
 */
export function draw(value: Value, options: DrawOptions = {}): Drawing {
  requireInstance({ value }, Value, "draw(L)");
  requireOptions({ options }, ["maxNodes", "mark"], "draw(L, { maxNodes: 50 })");
  const { maxNodes = 200, mark } = options;
  if (maxNodes !== Infinity) {
    requireNumber({ maxNodes }, "a positive integer", "draw(L, { maxNodes: 50 })");
  }
  if (mark !== undefined) requireInstance({ mark }, Value, "draw(L, { mark: a })");
  const order = value.topologicalOrder();
  if (mark !== undefined && !order.includes(mark)) {
    throw new RangeError(
      `write draw(L, { mark: a }): mark is ${mark}, not a node of the graph of L`,
    );
  }
  const near = nearest(value, maxNodes);
  requireAtMost(near.size, mostNodes, "draw(L, { maxNodes: 50 }) to show fewer nodes");
  const nodes = order.filter((node) => near.has(node)).map((node) =>
    [node, node.operands.filter((operand) => near.has(operand)).slice(0, maxNodes)] as const
  );
  let note = "";
  if (nodes.length < order.length) {
    note = `This is the part nearest to the output, ${nodes.length} of ${order.length} nodes: ` +
      `write { maxNodes: ${Math.min(2 * nodes.length, order.length)} } to see more.`;
    if (mark !== undefined && !near.has(mark)) note += " The marked node is not in this part.";
  } else if (nodes.some(([{ operands }, shown]) => shown.length < operands.length)) {
    note = `Of each node these are the first ${maxNodes} operands: ` +
      `write { maxNodes: ${2 * maxNodes} } to see more.`;
  }
  return new Drawing(new Map(nodes), { mark, note, description: descriptionOf(order) });
}

/** The Values nearest to the output, level by level: the loop also visits what it adds to the Set. */
function nearest(output: Value, maxNodes: number): ReadonlySet<Value> {
  const near = new Set([output]);
  for (const node of near) {
    for (const operand of node.operands) {
      if (near.size >= maxNodes) return near;
      near.add(operand);
    }
  }
  return near;
}

/** A description of the graph for screen readers. */
function descriptionOf(order: Value[]): string {
  const equation = ({ label, data }: Value) => `${label && `${label} = `}${printedNumber(data)}`;
  const leaves = order.filter((node) => node.op === "");
  const listed = leaves.slice(0, 20).map(equation);
  if (leaves.length > 20) listed.push(`and ${leaves.length - 20} more`);
  const output = order[order.length - 1];
  return `Values: ${order.length}. Operations: ${order.length - leaves.length}. ` +
    `Leaves: ${listed.join(", ")}. ` +
    `Output: ${equation(output)}, with gradient ${printedNumber(output.grad)}.`;
}

/** A picture of a graph, made by {@linkcode draw}. It shows itself in a notebook and when printed. */
export class Drawing {
  static {
    keepName(this, "Drawing");
  }

  /** A tree of lines, the output first: for the terminal. */
  readonly text: string;
  /**
   * The graph in Graphviz's language: from the leaves on the left to the output on the right, or, where
   * that would be too wide, from the top to the bottom.
   */
  readonly dot: string;

  #title: string;
  #description: string;

  /**
   * Used by {@linkcode draw}.
   *
   * @param nodes the Values to show, each after its operands, the output last; and which operands of
   * each
   * @param options the Value to highlight; a sentence on what is not shown; the graph in words
   */
  constructor(
    nodes: ReadonlyMap<Value, readonly Value[]>,
    { mark, note, description }: { mark?: Value; note: string; description: string },
  ) {
    const { label } = [...nodes.keys()].at(-1)!;
    this.text = textOf(nodes, mark) + (note && `\n\n${note}`);
    this.dot = dotOf(nodes, { mark, note });
    this.#title = "Computation graph" + (label && ` of ${label}`);
    this.#description = description + (note && ` ${note}`);
  }

  /**
   * The picture as SVG, laid out by Graphviz, which is loaded by the first call.
   *
   * @returns an `<svg>` element that stands alone: no fonts, styles or scripts from elsewhere
   * @throws {Error} when Graphviz, in the package `@viz-js/viz`, cannot be loaded, or the graph,
   * of many thousand nodes, is too large for it
   *
   * @example
   * ```ts
   * import { draw, Value } from "@micro-grad/micro-grad";
   * import { assert } from "@std/assert";
   *
   * const svg = await draw(new Value(2, { label: "a" })).svg();
   * assert(svg.startsWith("<svg"));
   * ```
   */
  async svg(): Promise<string> {
    const { instance } = await import("@viz-js/viz").catch((cause) => {
      throw new Error(
        "svg() needs Graphviz: write `npm install @viz-js/viz` (with Deno, " +
          "`deno add npm:@viz-js/viz`), or use .text or .dot, which do not need it",
        { cause },
      );
    });
    const graphviz = await instance();
    let svg: string;
    try {
      svg = graphviz.renderString(this.dot, { format: "svg" });
    } catch (cause) {
      throw new Error("the graph is too large for Graphviz: write a smaller maxNodes", { cause });
    }
    const title = escapeXml(this.#title);
    // The ids of Graphviz start from 1 in every picture, and the titles of its elements are meaningless
    // names: both are removed. A label cannot match, because < and " in it are escaped.
    return svg.slice(svg.indexOf("<svg"))
      .replace(/<!--.*?-->\n|<title>.*?<\/title>\n| id="[^"]*"/gs, "")
      .replaceAll("&#45;", "-")
      .replaceAll("&#160;", " ")
      .replace(/<svg[^>]*/, (tag) => `${tag} role="img" aria-label="${title}"`)
      .replace(
        ">",
        () => `>\n<title>${title}</title>\n<desc>${escapeXml(this.#description)}</desc>`,
      );
  }

  /**
   * The tree, in a string template.
   *
   * @returns the text
   */
  toString(): string {
    return this.text;
  }

  /** What `console.log` prints in Deno and Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.text;
  }

  /**
   * What a notebook shows. As HTML, the picture is part of the page: its text can be selected and
   * read aloud; if it is too wide it shrinks, but its letters stay at least 9 of their 16 pixels high.
   * The image is for viewers that do not show HTML from notebooks, such as code hosts.
   */
  async [display](): Promise<Record<string, string>> {
    const svg = await this.svg();
    const html = svg.replace(/<svg width="([\d.]+)pt"/, (tag, width) => {
      const narrowest = Math.ceil(9 / 16 * width);
      return `${tag} style="max-width: 100%; min-width: ${narrowest}pt; height: auto"`;
    });
    return { "text/html": html, "image/svg+xml": svg, "text/plain": this.text };
  }
}

setNotebookView((value) => draw(value)[display]());
