/**
 * A graph as a list of numbered lines, and the operations of the table as expressions.
 *
 * @module
 */
import { type Expression, type NumberFunction, readFunction, substitute } from "../expression.ts";
import { isListOperation, type ListOperation, type Operation } from "../operations.ts";

/**
 * The graph as numbered lines, each node after its operands: inputs first, then parameters, then the
 * rest. A column for each property, not an object for each line: graphs have millions.
 */
export interface Program {
  readonly inputs: number;
  readonly parameters: number;
  /** The operation of each line, null for a leaf. */
  readonly entries: readonly (Operation | ListOperation | null)[];
  /** The lines of all operands, those of line `k` from `starts[k]` up to `starts[k + 1]`. */
  readonly operands: Int32Array;
  readonly starts: Int32Array;
  /** The number of each leaf. */
  readonly data: Float64Array;
  /** 1 where a line depends on a parameter, else 0: only then is its gradient needed. */
  readonly moves: Uint8Array;
  readonly output: number;
}

/** Code that computes the output for new inputs; `backward` also adds to the gradients. */
export interface Run {
  forward(inputs: ArrayLike<number>): number;
  backward(inputs: ArrayLike<number>): number;
}

/** A function of the table of operations: of numbers, or of a list. */
export type TableFunction = NumberFunction | ListOperation["value"] | ListOperation["locals"];

/** The functions that the code calls as `f[0]`, `f[1]`, …: those that are not a single expression. */
export class Functions {
  readonly list: TableFunction[] = [];

  /** What the code calls a function. */
  nameOf(f: TableFunction): string {
    if (!this.list.includes(f)) this.list.push(f);
    return `f[${this.list.indexOf(f)}]`;
  }

  /** A call of one of the table's functions, written out as an expression where that is possible. */
  inline(f: NumberFunction, args: readonly Expression[]): Expression {
    const expression = readFunction(f);
    return expression === null
      ? { op: this.nameOf(f), args }
      : substitute(expression, (name) => args["aby".indexOf(name)] ?? NaN);
  }

  /** The number of a node as an expression in its operands. */
  valueOf({ value }: Operation, operands: readonly Expression[]): Expression {
    return this.inline(value, operands);
  }

  /** The local derivatives of a node as expressions in its operands and its number y. */
  localsOf(
    { locals }: Operation,
    [a, b = NaN]: readonly Expression[],
    y: Expression,
  ): Expression[] {
    return locals.map(({ value }) => this.inline(value, [a, b, y]));
  }
}

/** Whether an operation takes a list and is not declared as a sum of terms. */
export function isOpaque(entry: Operation | ListOperation): entry is ListOperation {
  return isListOperation(entry) && entry.terms === undefined;
}

/** Runs code in which the given names are defined, and returns what it returns. */
export function runCode<Result>(code: string, names: Record<string, unknown>): Result {
  let make;
  try {
    make = new Function(...Object.keys(names), code);
  } catch (cause) {
    throw new Error(
      "compile() runs the code that it writes with new Function, which this page forbids: allow " +
        "'unsafe-eval' in its Content-Security-Policy, or use the Values themselves",
      { cause },
    );
  }
  return make(...Object.values(names));
}
