/**
 * The names of nodes, and of their derivatives, in formulas.
 *
 * @module
 */
import { printable } from "../format.ts";
import { readFormula, substitute } from "../expression.ts";
import { type Formula, type Name, simplify } from "./formula.ts";
import { isListOperation } from "../operations.ts";
import { operationOf, type Value } from "../value.ts";

/**
 * The names of the nodes of a graph, and the formulas of its operations in these names.
 *
 * The name of a node is its label, with a number if another node has the label already: `w`, `w_2`.
 * Without a label it is v1, v2, … in topological order; a leaf without one is a constant and is written
 * as its number.
 */
export class Names {
  readonly #names = new Map<Value, Formula>();
  readonly #counts = new Map<string, number>();
  readonly #taken = new Set<string>();

  /**
   * Names the nodes.
   *
   * @param order every node of the graph, in topological order
   * @param input a node that gets a name even if it is a constant or not in the graph; so does the output,
   *   the last in the order
   */
  constructor(order: readonly Value[], input: Value) {
    const output = order[order.length - 1];
    // The first node with a label gets it as its name; then the others get names that are still free.
    const labelled = [output, ...order, input].filter(({ label }) => label.trim() !== "");
    for (const node of labelled) if (!this.#counts.has(node.label.trim())) this.#claim(node);
    for (const node of labelled) if (!this.#names.has(node)) this.#claim(node);
    for (const node of order) {
      if (this.#names.has(node)) continue;
      if (node.op === "") this.#names.set(node, node.data);
      else this.#claim(node);
    }
    for (const node of [output, input]) {
      if (typeof this.#names.get(node) !== "object") this.#claim(node);
    }
  }

  #claim(node: Value): void {
    const label = node.label.trim();
    let n = this.#counts.get(label) ?? 0;
    let name: Name;
    do {
      n++;
      name = nameOf(label === "" ? `v${n}` : n === 1 ? label : `${label}_${n}`);
    } while (this.#taken.has(name.latex));
    this.#counts.set(label, n);
    this.#taken.add(name.latex);
    this.#names.set(node, name);
  }

  /** The name of a node that is not a constant. */
  of(node: Value): Name {
    return this.#names.get(node) as Name;
  }

  /** The symbol dy/dx of a derivative, or ∂y/∂x. */
  derivative(y: Value, x: Value, d: "d" | "∂" = "d"): Name {
    const [above, below] = [this.of(y), this.of(x)];
    const command = d === "d" ? "d" : "\\partial ";
    const typeset = ({ latex }: Name) => command + (latex.startsWith("\\") ? "\\," : "") + latex;
    return {
      text: `${d}${above.text}/${d}${below.text}`,
      latex: `\\frac{${typeset(above)}}{${typeset(below)}}`,
    };
  }

  /** The formula of a node in the names of its operands. */
  definition(node: Value): Formula {
    const { formula } = operationOf(node)!;
    const { operands } = node;
    const text = typeof formula === "string" ? formula : formula(operands.length);
    return this.#fill(node, operands, text);
  }

  /** The local derivatives of a node with respect to its operands at `places`. */
  localDerivatives(node: Value, places: readonly number[]): Formula[] {
    const operation = operationOf(node)!;
    const { operands } = node;
    return places.map((k) => {
      const formula = isListOperation(operation)
        ? operation.localFormula(k, operands.length)
        : operation.locals[k].formula;
      return simplify(this.#fill(node, operands, formula));
    });
  }

  /** Replaces y by a node, and a and b, or x1, x2, …, by its operands. */
  #fill(node: Value, operands: readonly Value[], formula: string): Formula {
    return substitute(readFormula(formula), (name) => {
      const k = name[0] === "x" ? Number(name.slice(1)) - 1 : "ab".indexOf(name);
      return this.#names.get(name === "y" ? node : operands[k])!;
    });
  }
}

/**
 * A label as a name in formulas. `x1` and `w_hidden` get subscripts; a label with anything but letters,
 * digits and underscores is put in parentheses. Nothing in a label is a LaTeX command.
 *
 * @param label any string but an empty one
 * @returns the name
 */
function nameOf(label: string): Name {
  const text = printable(label);
  const parts = /^(\p{L}+)(\d*)((?:_[\p{L}\d]+)*)$/u.exec(text);
  if (parts !== null) {
    const [, base, digits, rest] = parts;
    const subscripts = [digits, ...rest.split("_")].filter((part) => part !== "").map(typeset);
    return {
      text,
      latex: typeset(base) + (subscripts.length > 0 ? `_{${subscripts.join(",")}}` : ""),
    };
  }
  if (/^[\p{L}\d]+$/u.test(text)) return { text, latex: typeset(text) };
  return { text: `(${text})`, latex: `(${typeset(text)})` };
}

/** What LaTeX's text mode would read as a command, and mathematical symbols, which it lacks. */
const special = /([\\{}$%#&_^~<>⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉]|\p{Script=Greek}|(?![\0-\x7f])\p{Sm})/u;

const commands: Record<string, string> = {
  "\\": "\\backslash",
  "^": "\\wedge",
  "~": "\\sim",
  "<": "\\lt",
  ">": "\\gt",
};

function typeset(text: string): string {
  if (/^([A-Za-z]|\d+)$/.test(text)) return text;
  return text.replace(/[\u2400-\u2421]/g, " ").split(special).map((piece, k) => {
    if (k % 2 === 0) return piece === "" ? "" : `\\text{${piece}}`;
    if (/[⁰¹²³⁴-⁹]/.test(piece)) return `{}^{${piece.normalize("NFKC")}}`;
    if (/[₀-₉]/.test(piece)) return `{}_{${piece.normalize("NFKC")}}`;
    return `{${commands[piece] ?? (/[{}$%#&_]/.test(piece) ? `\\${piece}` : piece)}}`;
  }).join("");
}
