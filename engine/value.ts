/**
 * A number that remembers how it was made, and the backward pass.
 *
 * @module
 */
import {
  keepName,
  nonValueInWords,
  refusal,
  requireArray,
  requireFilledArray,
  requireOptions,
  requireWritable,
} from "./arguments.ts";
import { formatNumber, printable } from "./format.ts";
import { type ListOperation, listOperations, type Operation, operations } from "./operations.ts";

const { add, mul } = operations;
const [mulA, mulB] = mul.locals;

/** A logical clock: it ticks at each walk over a graph and at each assignment to a `data`. */
let clock = 0;

/**
 * The time of the last assignment to a `data`, or of a walk that met a result older than that. Results
 * made since are current: they follow from their operands. Older ones have to be recomputed to check.
 */
let staleBefore = 0;

// The fields of a Value that are assigned to. They are symbols and not private, so that
// `Object.freeze()` and deep comparison see them.
const dataKey = Symbol("data"), gradKey = Symbol("grad"), labelKey = Symbol("label");

/** The operation that made a node, null for a leaf. Not for users: `Value.op` is its symbol. */
export let operationOf: (node: Value) => Operation | ListOperation | null;

/** The position of a node in the latest `topologicalOrder()` that contained it. Not for users. */
export let positionOf: (node: Value) => number;

/** The operands of a node. Not for users: `Value.operands` is a copy that cannot change the graph. */
export let operandsOf: (node: Value) => readonly Value[];

/** The result of an operation on one or two operands. Not for users: they have the methods. */
export let resultOf: (operation: Operation, operands: readonly (Value | number)[]) => Value;

/**
 * Throws unless the number of every node follows from those of its operands. Not for users. Code that
 * uses local derivatives calls it right after `topologicalOrder()`: in a graph whose numbers were changed
 * they are not the derivatives of anything.
 */
export let requireCurrent: (order: readonly Value[], usage: string) => void;

let notebookView = (value: Value): unknown => ({ "text/plain": `${value}` });

/** Sets what a Value at the end of a notebook cell shows; `draw/draw.ts` sets it to the graph. */
export function setNotebookView(view: (value: Value) => unknown): void {
  notebookView = view;
}

/** The result of an operation on a list. Not for users: they have the static methods. */
export let listResultOf: (operation: ListOperation, list: readonly (Value | number)[]) => Value;

/**
 * A number that remembers how it was made: from which operands, by which operation.
 *
 * Arithmetic on Values builds a graph. {@linkcode Value.backward} then fills in, for every node of
 * the graph, the derivative of the last result with respect to that node.
 *
 * The idea is reverse-mode automatic differentiation (Linnainmaa, 1970); the class follows the
 * `Value` of Andrej Karpathy's micrograd.
 *
 * @example Every gradient of a small expression
 * ```ts
 * import { Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const a = new Value(2, { label: "a" });
 * const b = new Value(-3, { label: "b" });
 * const c = new Value(10, { label: "c" });
 * const f = new Value(-2, { label: "f" });
 * const L = a.mul(b).add(c).mul(f);
 * L.backward();
 *
 * assertEquals(L.data, -8);
 * assertEquals([a.grad, b.grad, c.grad, f.grad], [6, -4, -2, 4]);
 * ```
 *
 * @example Arithmetic takes Values and numbers, and throws a TypeError for anything else
 * ```ts
 * import { Value } from "@micro-grad/micro-grad";
 * import { assertEquals } from "@std/assert";
 *
 * const x = new Value(4);
 * assertEquals(x.add(2).data, 6);
 * assertEquals(x.div(x).data, 1);
 * assertEquals(x.pow(0.5).data, 2);
 * assertEquals(x.sqrt().data, 2);
 * assertEquals(Value.div(1, x).data, 0.25);
 * ```
 */
export class Value {
  private [dataKey]: number;
  private [gradKey]: number;
  private [labelKey]: string;

  // Every node has the same shape, which is what makes the engine fast. A leaf has no operation.
  #operation: Operation | ListOperation | null = null;
  #a: Value | null = null;
  #b: Value | null = null;
  #list: readonly Value[] | null = null;
  // The time of the last walk that met the node, at first the time it was made; and its position in the
  // order of that walk.
  #walk = clock;
  #position = 0;

  /**
   * Makes a leaf: a number that is not the result of an operation.
   *
   * @param data the number
   * @param options `label`: a name, for printing and drawing
   * @throws {TypeError} when `data` is not a number or `label` is not a string
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * assertEquals(`${new Value(2)}`, "Value(data=2)");
   * assertEquals(`${new Value(2, { label: "a" })}`, 'Value(data=2, label="a")');
   * ```
   */
  constructor(data: number, options?: { label?: string }) {
    if (typeof data !== "number") {
      throw new TypeError(refusal({ data }, "a number", "new Value(3)"));
    }
    this[dataKey] = data;
    this[gradKey] = 0;
    this[labelKey] = options === undefined ? "" : labelOf(options);
  }

  /** The number. Any number: NaN and ±Infinity too. */
  get data(): number {
    return this[dataKey];
  }
  set data(data: number) {
    if (typeof data !== "number") throw new TypeError(refusal({ data }, "a number", "a.data = 3"));
    this[dataKey] = data;
    staleBefore = ++clock;
  }

  /**
   * The derivative of the result of the last backward pass with respect to this; of a leaf, the sum over
   * all passes since {@linkcode Value.zeroGrad}. 0 before one.
   */
  get grad(): number {
    return this[gradKey];
  }
  set grad(grad: number) {
    if (typeof grad !== "number") throw new TypeError(refusal({ grad }, "a number", "a.grad = 0"));
    this[gradKey] = grad;
  }

  /** A name, for printing and drawing; "" when it has none. */
  get label(): string {
    return this[labelKey];
  }
  set label(label: string) {
    if (typeof label !== "string") {
      throw new TypeError(refusal({ label }, "a string", 'a.label = "a"'));
    }
    this[labelKey] = label;
  }

  /** Makes the result of an operation: a number with its operation and its operands. */
  static #result(operation: Operation, a: Value, b: Value | null): Value {
    const result = new Value(operation.value(a.data, b === null ? NaN : b.data));
    result.#operation = operation;
    result.#a = a;
    result.#b = b;
    return result;
  }

  /** Makes the result of an operation on a list. */
  static #listResult(operation: ListOperation, list: readonly Value[]): Value {
    const result = new Value(operation.value(numbersOf(list)));
    result.#operation = operation;
    result.#list = list;
    return result;
  }

  /** A method without arguments; `given` is how many it was called with. */
  static #unary(operation: Operation, a: Value, given: number): Value {
    if (given > 0 || a === undefined) refuseCall(usageOf(operation), a, given);
    return Value.#result(operation, a, null);
  }

  /** A method with one argument; `given` is how many it was called with. */
  static #binary(operation: Operation, a: Value, b: Value | number, given: number): Value {
    if (given > 1 || a === undefined) refuseCall(usageOf(operation), a, given);
    return Value.#result(
      operation,
      a,
      Value.#operand(b) ?? refuseOperand(usageOf(operation), "b", b),
    );
  }

  /** A static method with two arguments; `given` is how many it was called with. */
  static #static(
    operation: Operation,
    first: Value | number,
    second: Value | number,
    given: number,
  ): Value {
    if (given > 2) refuseCall(usageOf(operation, "Value"), null, given);
    return Value.#result(
      operation,
      Value.#operand(first) ?? refuseOperand(usageOf(operation, "Value"), "a", first),
      Value.#operand(second) ?? refuseOperand(usageOf(operation, "Value"), "b", second),
    );
  }

  static {
    keepName(this, "Value");
    operationOf = (node) => node.#operation;
    positionOf = (node) => node.#position;
    operandsOf = (node) => {
      if (node.#list !== null) return node.#list;
      if (node.#a === null) return [];
      return node.#b === null ? [node.#a] : [node.#a, node.#b];
    };
    resultOf = (operation, operands) => {
      const usage = `${operation.symbol}(${operation.locals.length === 1 ? "a" : "a, b"})`;
      const [a, b = null] = operands.map((operand, k) =>
        Value.#operand(operand) ?? refuseOperand(usage, "ab"[k], operand)
      );
      return Value.#result(operation, a, b);
    };
    listResultOf = (operation, list) =>
      Value.#listResult(operation, Value.#operands(list, `${operation.symbol}([a, b, 3])`, 1));
    requireCurrent = (order, usage) => {
      if (staleBefore < clock) return; // the walk met no old result
      for (const node of order) {
        const follows = node.#following();
        if (follows === node.data || (Number.isNaN(follows) && Number.isNaN(node.data))) continue;
        throw new Error(
          `build the graph again, then write ${usage}: a number was assigned since, and ${node} ` +
            `is no longer the ${node.op} of its operands, which is ${formatNumber(follows)}`,
        );
      }
    };
  }

  /** The number recomputed from the operands; for a leaf its own. */
  #following(): number {
    const operation = this.#operation;
    if (operation === null) return this.data;
    if (this.#list !== null) return (operation as ListOperation).value(numbersOf(this.#list));
    return (operation as Operation).value(this.#a!.data, this.#b === null ? NaN : this.#b.data);
  }

  /** An operand as a Value: a number becomes a new leaf; null when it is neither. */
  static #operand(operand: Value | number): Value | null {
    if (typeof operand === "number") return new Value(operand);
    return typeof operand === "object" && operand !== null && #walk in operand ? operand : null;
  }

  /** The operands of a list operation; `given` is how many arguments its method was called with. */
  static #operands(
    values: readonly (Value | number)[],
    usage: string,
    given: number,
  ): Value[] {
    if (given > 1) refuseCall(usage, null, given);
    if (!Array.isArray(values)) requireArray({ values }, usage);
    const operands = listOf(values.length);
    for (let k = 0; k < values.length; k++) {
      operands[k] = Value.#operand(values[k]) ?? refuseElement(usage, "values", k, values);
    }
    return operands;
  }

  /** The symbol of the operation that made this: `"+"`, `"*"`, `"tanh"`, …; `""` for a leaf. */
  get op(): string {
    return this.#operation === null ? "" : this.#operation.symbol;
  }

  /** The operands of that operation, in order; one that is used twice is listed twice. */
  get operands(): readonly Value[] {
    // A copy, and frozen, so that assigning to an element cannot change the graph.
    return Object.freeze([...operandsOf(this)]);
  }

  /** The operands, each once. */
  get prev(): ReadonlySet<Value> {
    return new Set(this.operands);
  }

  /**
   * The local derivatives: for each of {@linkcode Value.operands}, the partial derivative of this with
   * respect to that operand.
   *
   * @example The local derivatives of a product are the other factors
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const d = new Value(4), f = new Value(-2);
   * assertEquals(d.mul(f).localDerivatives, [-2, 4]);
   * ```
   */
  get localDerivatives(): readonly number[] {
    return this.#list === null
      ? this.operands.map((_, k) => this.#local(k))
      : [...this.#locals(this.#list)];
  }

  /** Operand k's local derivative, of an operation on one or two numbers. */
  #local(k: number): number {
    const operation = this.#operation as Operation;
    // Most nodes are sums and products. V8 inlines their derivatives when they are called by name, which
    // makes the whole backward pass a third faster. Those of a sum do not depend on any number.
    if (operation === add) return add.locals[k].value();
    const a = this.#a!.data, b = this.#b === null ? NaN : this.#b.data;
    if (operation === mul) return k === 0 ? mulA.value(a, b) : mulB.value(a, b);
    return operation.locals[k].value(a, b, this.data);
  }

  /** The local derivatives of a list operation; valid until the next call, the buffer is reused. */
  #locals(list: readonly Value[]): Float64Array {
    const into = scratch(localsOfLength, list.length);
    return (this.#operation as ListOperation).locals(numbersOf(list), into);
  }

  /**
   * All nodes of the graph that ends in this, each after its operands. It is a depth-first walk with
   * an explicit stack: recursion would overflow on a long chain.
   *
   * @returns the nodes, each once, this one last
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const a = new Value(1), b = a.add(a), c = b.add(a);
   * assertEquals(c.topologicalOrder(), [a, b, c]);
   * ```
   */
  topologicalOrder(): Value[] {
    if (arguments.length > 0 || this === undefined) {
      refuseCall("L.topologicalOrder()", this, arguments.length);
    }
    const walk = ++clock;
    let old = false;
    const order: Value[] = [];
    const stack: Value[] = [this];
    while (stack.length > 0) {
      const node = stack[stack.length - 1];
      if (node.#walk !== walk) {
        // The first visit: its operands come before it. The first operand ends up on top.
        if (node.#walk < staleBefore && node.#operation !== null) old = true;
        node.#walk = walk;
        node.#position = -1;
        const list = node.#list;
        if (list !== null) {
          for (let k = list.length - 1; k >= 0; k--) {
            if (list[k].#walk !== walk) stack.push(list[k]);
          }
        }
        if (node.#b !== null && node.#b.#walk !== walk) stack.push(node.#b);
        if (node.#a !== null && node.#a.#walk !== walk) stack.push(node.#a);
      } else {
        stack.pop();
        if (node.#position === -1) {
          node.#position = order.length;
          order.push(node);
        }
      }
    }
    if (old) staleBefore = ++clock; // or else the walk would make the old result look current
    return order;
  }

  /**
   * Backpropagation: fills in the `grad` of every node of the graph, the derivative of this with
   * respect to that node.
   *
   * Gradients of leaves accumulate over calls, as in PyTorch, until {@linkcode Value.zeroGrad}; those
   * of inner nodes are replaced by each call.
   *
   * There are no second derivatives: a gradient is a number, not a Value with a graph of its own.
   *
   * @throws {TypeError} when a node is frozen; then no gradient is changed
   * @throws {Error} when a number was assigned to a `data` and a node is no longer the result of its
   *   operands; then no gradient is changed
   *
   * @example A node used twice gets a contribution from each use
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const a = new Value(3), b = a.mul(2), c = b.mul(b);
   * c.backward();
   * assertEquals(a.grad, 24);
   * c.backward();
   * assertEquals(a.grad, 48);
   * ```
   */
  backward(): void {
    const usage = "L.backward()";
    if (arguments.length > 0 || this === undefined) refuseCall(usage, this, arguments.length);
    const order = this.topologicalOrder();
    requireCurrent(order, usage);
    const gradients = new Float64Array(order.length); // each node's, at its position
    gradients[order.length - 1] = 1;
    let i = order.length - 1;
    try {
      // In reverse, a node comes after every node that uses it, so its own gradient is complete.
      for (; i >= 0; i--) {
        const node = order[i];
        const upstream = gradients[i];
        // The chain rule: each operand receives its local derivative × the upstream gradient.
        if (node.#a !== null) gradients[node.#a.#position] += node.#local(0) * upstream;
        if (node.#b !== null) gradients[node.#b.#position] += node.#local(1) * upstream;
        if (node.#list !== null) {
          const list = node.#list, locals = node.#locals(list);
          for (let k = 0; k < list.length; k++) {
            gradients[list[k].#position] += locals[k] * upstream;
          }
        }
        gradients[i] = node.grad;
        node.grad = node.#operation === null ? gradients[i] + upstream : upstream;
      }
    } catch (error) {
      // A node is frozen, or an operation threw: restore the gradients.
      while (++i < order.length) order[i].grad = gradients[i];
      requireWritable(order, usage);
      throw error;
    }
  }

  /**
   * Sets the `grad` of every node of the graph to 0. The graph of a parameter is the parameter alone.
   *
   * @throws {TypeError} when a node is frozen; then no gradient is changed
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const x = new Value(3), y = x.mul(x);
   * y.backward();
   * y.zeroGrad();
   * assertEquals(x.grad, 0);
   * ```
   */
  zeroGrad(): void {
    const usage = "L.zeroGrad()";
    if (arguments.length > 0 || this === undefined) refuseCall(usage, this, arguments.length);
    const order = this.topologicalOrder();
    requireWritable(order, usage);
    for (const node of order) node.grad = 0;
  }

  /**
   * A new leaf with the same number and label. No gradient flows back through it, as in PyTorch.
   *
   * @returns the leaf
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const x = new Value(3);
   * x.mul(x.detach()).backward();
   * assertEquals(x.grad, 3);
   * ```
   */
  detach(): Value {
    if (arguments.length > 0 || this === undefined) {
      refuseCall("a.detach()", this, arguments.length);
    }
    return new Value(this.data, { label: this.label });
  }

  /** The sum: this + other. */
  add(other: Value | number): Value {
    return Value.#binary(operations.add, this, other, arguments.length);
  }

  /** The difference: this − other. */
  sub(other: Value | number): Value {
    return Value.#binary(operations.sub, this, other, arguments.length);
  }

  /** The product: this · other. */
  mul(other: Value | number): Value {
    return Value.#binary(operations.mul, this, other, arguments.length);
  }

  /** The quotient: this / other. */
  div(other: Value | number): Value {
    return Value.#binary(operations.div, this, other, arguments.length);
  }

  /** The power: this to the `exponent`, whose gradient is NaN for a negative base, as in PyTorch. */
  pow(exponent: Value | number): Value {
    return Value.#binary(operations.pow, this, exponent, arguments.length);
  }

  /** The negative: −this. */
  neg(): Value {
    return Value.#unary(operations.neg, this, arguments.length);
  }

  /** e to the power of this. */
  exp(): Value {
    return Value.#unary(operations.exp, this, arguments.length);
  }

  /** The natural logarithm. */
  log(): Value {
    return Value.#unary(operations.log, this, arguments.length);
  }

  /** The hyperbolic tangent: squashes any number into (−1, 1). */
  tanh(): Value {
    return Value.#unary(operations.tanh, this, arguments.length);
  }

  /** The logistic function 1 / (1 + e⁻ˣ): squashes any number into (0, 1). */
  sigmoid(): Value {
    return Value.#unary(operations.sigmoid, this, arguments.length);
  }

  /** The rectified linear unit: this where positive, else 0. Its derivative at 0 is 0. */
  relu(): Value {
    return Value.#unary(operations.relu, this, arguments.length);
  }

  /** The square root. */
  sqrt(): Value {
    return Value.#unary(operations.sqrt, this, arguments.length);
  }

  /** The sine, of an angle in radians. */
  sin(): Value {
    return Value.#unary(operations.sin, this, arguments.length);
  }

  /** The cosine, of an angle in radians. */
  cos(): Value {
    return Value.#unary(operations.cos, this, arguments.length);
  }

  /** The absolute value. Its derivative at 0 is 0. */
  abs(): Value {
    return Value.#unary(operations.abs, this, arguments.length);
  }

  /** The larger of this and other. Where they are equal, each has the derivative ½, as in PyTorch. */
  max(other: Value | number): Value {
    return Value.#binary(operations.max, this, other, arguments.length);
  }

  /** The smaller of this and other. Where they are equal, each has the derivative ½, as in PyTorch. */
  min(other: Value | number): Value {
    return Value.#binary(operations.min, this, other, arguments.length);
  }

  /**
   * This, but never below `min`. At the bound its derivative is 1, unlike that of
   * {@linkcode Value.max}.
   */
  clampMin(min: Value | number): Value {
    return Value.#binary(operations.clampMin, this, min, arguments.length);
  }

  /**
   * This, but never above `max`. At the bound its derivative is 1, unlike that of
   * {@linkcode Value.min}.
   */
  clampMax(max: Value | number): Value {
    return Value.#binary(operations.clampMax, this, max, arguments.length);
  }

  /**
   * This, limited to the range from `min` to `max`: {@linkcode Value.clampMin}, then
   * {@linkcode Value.clampMax}. As in PyTorch, the derivative is 1 inside the range and at its bounds
   * and 0 outside, and where a bound is a Value that is above the other, the result is `max`.
   *
   * @param min the lower bound
   * @param max the upper bound
   * @returns the limited number
   * @throws {TypeError} when a bound is neither a Value nor a number
   * @throws {RangeError} when both bounds are numbers and `min` is above `max`
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const xs = [-1, 0, 0.5, 2].map((x) => new Value(x));
   * const ys = xs.map((x) => x.clamp(0, 1));
   * assertEquals(ys.map(({ data }) => data), [0, 0, 0.5, 1]);
   *
   * Value.sum(ys).backward();
   * assertEquals(xs.map(({ grad }) => grad), [0, 1, 1, 0]);
   * ```
   */
  clamp(min: Value | number, max: Value | number): Value {
    const usage = "a.clamp(min, max)";
    if (arguments.length > 2 || this === undefined) refuseCall(usage, this, arguments.length);
    const low = Value.#operand(min) ?? refuseOperand(usage, "min", min);
    const high = Value.#operand(max) ?? refuseOperand(usage, "max", max);
    if (typeof min === "number" && typeof max === "number" && min > max) {
      throw new RangeError(
        `write ${usage} with the smaller bound first: min ${min} is above max ${max}`,
      );
    }
    return this.clampMin(low).clampMax(high);
  }

  /** `a.add(b)` where the number may come first: `Value.add(2, b)`. */
  static add(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.add, a, b, arguments.length);
  }

  /** `a.sub(b)` where the number may come first: `Value.sub(2, b)`. */
  static sub(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.sub, a, b, arguments.length);
  }

  /** `a.mul(b)` where the number may come first: `Value.mul(2, b)`. */
  static mul(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.mul, a, b, arguments.length);
  }

  /** `a.div(b)` where the number may come first: `Value.div(2, b)`. */
  static div(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.div, a, b, arguments.length);
  }

  /** `a.pow(b)` where the number may come first: `Value.pow(2, b)`. */
  static pow(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.pow, a, b, arguments.length);
  }

  /** `a.max(b)` where the number may come first: `Value.max(2, b)`. */
  static max(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.max, a, b, arguments.length);
  }

  /** `a.min(b)` where the number may come first: `Value.min(2, b)`. */
  static min(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.min, a, b, arguments.length);
  }

  /** `a.clampMin(b)` where the number may come first: `Value.clampMin(2, b)`. */
  static clampMin(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.clampMin, a, b, arguments.length);
  }

  /** `a.clampMax(b)` where the number may come first: `Value.clampMax(2, b)`. */
  static clampMax(a: Value | number, b: Value | number): Value {
    return Value.#static(operations.clampMax, a, b, arguments.length);
  }

  /**
   * The sum of a list, as one operation: `Value.sum(losses)`. An empty list sums to 0.
   *
   * @param values Values or numbers, any number of them
   * @returns the sum, one node however long the list
   * @throws {TypeError} when `values` is not an array of Values and numbers
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * assertEquals(Value.sum([new Value(1), 2, 3]).data, 6);
   * ```
   */
  static sum(values: readonly (Value | number)[]): Value {
    return Value.#listResult(
      listOperations.sum,
      Value.#operands(values, "Value.sum([a, b, 3])", arguments.length),
    );
  }

  /**
   * The mean of a list: its sum divided by its length.
   *
   * @param values Values or numbers, at least one
   * @returns the mean
   * @throws {TypeError} when `values` is not an array of Values and numbers
   * @throws {RangeError} when `values` is empty
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * assertEquals(Value.mean([new Value(1), 2, 6]).data, 3);
   * ```
   */
  static mean(values: readonly (Value | number)[]): Value {
    const usage = "Value.mean([a, b, 3])";
    requireFilledArray({ values }, usage);
    const list = Value.#operands(values, usage, arguments.length);
    return Value.#listResult(listOperations.sum, list).div(list.length);
  }

  /**
   * The softmax of a list: eˣ of each number, divided by the sum of them all. The results are between
   * 0 and 1 and sum to 1. Large numbers do not overflow.
   *
   * @param values Values or numbers, any number of them
   * @returns one Value per element, in order
   * @throws {TypeError} when `values` is not an array of Values and numbers
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * assertEquals(Value.softmax([new Value(7), 7]).map(({ data }) => data.toFixed(6)), [
   *   "0.500000",
   *   "0.500000",
   * ]);
   * ```
   */
  static softmax(values: readonly (Value | number)[]): Value[] {
    const list = Value.#operands(values, "Value.softmax([a, b, 3])", arguments.length);
    const logTotal = Value.#listResult(listOperations.logSumExp, list);
    return list.map((value) => value.sub(logTotal).exp());
  }

  /**
   * The dot product of two lists, w₁x₁ + w₂x₂ + … + bias, as one operation: a neuron before its
   * activation.
   *
   * @param ws weights
   * @param xs inputs, as many as weights
   * @param bias is added to the products; none by default
   * @returns the result, one node whose operands are `ws`, then `xs`, then `bias`
   * @throws {TypeError} when `ws` or `xs` is not an array of Values and numbers, or `bias` is neither
   * @throws {RangeError} when `ws` and `xs` differ in length
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const w = [new Value(-3), new Value(1)];
   * const neuron = Value.dot(w, [2, 0], 6.5);
   * assertEquals(neuron.data, 0.5);
   * neuron.backward();
   * assertEquals(w.map(({ grad }) => grad), [2, 0]);
   * ```
   */
  static dot(
    ws: readonly (Value | number)[],
    xs: readonly (Value | number)[],
    bias?: Value | number,
  ): Value {
    const usage = "Value.dot([w1, w2], [x1, x2], b)";
    if (arguments.length > 3) refuseCall(usage, null, arguments.length);
    if (!Array.isArray(ws) || !Array.isArray(xs)) requireArray({ ws, xs }, usage);
    const n = ws.length;
    if (n !== xs.length) {
      throw new RangeError(
        `write ${usage} with as many weights as inputs: ws has ${n}, xs has ${xs.length}`,
      );
    }
    const list = listOf(bias === undefined ? 2 * n : 2 * n + 1);
    for (let k = 0; k < n; k++) {
      list[k] = Value.#operand(ws[k]) ?? refuseElement(usage, "ws", k, ws);
      list[n + k] = Value.#operand(xs[k]) ?? refuseElement(usage, "xs", k, xs);
    }
    if (bias !== undefined) {
      list[2 * n] = Value.#operand(bias) ?? refuseOperand(usage, "bias", bias);
    }
    return Value.#listResult(listOperations.dot, list);
  }

  /**
   * log Σ exp(x) of a list, as one operation: a smooth maximum, whose local derivatives are the
   * softmax. Large numbers do not overflow. For an empty list it is −Infinity.
   *
   * @param values Values or numbers, any number of them
   * @returns the result, one node however long the list
   * @throws {TypeError} when `values` is not an array of Values and numbers
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const scores = [new Value(1000), new Value(1000)];
   * const y = Value.logSumExp(scores);
   * assertEquals(y.data, 1000 + Math.log(2));
   * assertEquals(y.localDerivatives.map((x) => x.toFixed(6)), ["0.500000", "0.500000"]);
   * ```
   */
  static logSumExp(values: readonly (Value | number)[]): Value {
    const list = Value.#operands(values, "Value.logSumExp([a, b, 3])", arguments.length);
    return Value.#listResult(listOperations.logSumExp, list);
  }

  /**
   * Defines `thing instanceof Value`. An object that only looks like a Value, such as a Proxy of one,
   * lacks its private fields and cannot be part of a graph.
   *
   * @param thing anything
   * @returns whether it can be part of a graph and, for a subclass, is an instance of the subclass
   */
  static [Symbol.hasInstance](thing: unknown): boolean {
    return typeof thing === "object" && thing !== null && #walk in thing &&
      (this === Value || Function.prototype[Symbol.hasInstance].call(this, thing));
  }

  /**
   * `Value(data=2)`, with the gradient if it is not 0 and the label if there is one. `console.log`
   * and string templates show it.
   *
   * @returns one line of text
   *
   * @example
   * ```ts
   * import { Value } from "@micro-grad/micro-grad";
   * import { assertEquals } from "@std/assert";
   *
   * const x = new Value(3, { label: "x" });
   * x.mul(x).backward();
   * assertEquals(x.toString(), 'Value(data=3, grad=6, label="x")');
   * ```
   */
  toString(): string {
    const grad = this.grad === 0 ? "" : `, grad=${this.grad}`;
    const label = this.label === "" ? "" : `, label=${printable(JSON.stringify(this.label))}`;
    return `Value(data=${Object.is(this.data, -0) ? "-0" : this.data}${grad}${label})`;
  }

  /** What `JSON.stringify()` writes: an object of `data`, `grad` and `label`. */
  toJSON(): { data: number; grad: number; label: string } {
    return { data: this.data, grad: this.grad, label: this.label };
  }

  /** What a notebook shows when a Value ends a cell: its graph; see {@linkcode setNotebookView}. */
  [Symbol.for("Jupyter.display")](): unknown {
    return notebookView(this);
  }

  /** What `console.log` prints in Deno and Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * JavaScript converts the operands of `*`, `+` or `<` to primitives. For a Value that throws, with what
   * to write instead, because a NaN or a concatenated string would go unnoticed.
   *
   * @param hint `"string"` in a string template, which is allowed
   * @returns the printed form
   * @throws {TypeError} for any other hint
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(
      hint === "default"
        ? "write a.add(b) for a + b, and a.data == 2 for a == 2: JavaScript cannot overload operators"
        : "write a.mul(b) for a * b (a.sub(b), a.div(b), a.pow(b) for - / **), a.max(b) for " +
          "Math.max(a, b), and a.data < b.data for a < b: JavaScript cannot overload operators",
    );
  }
}

/** A call of an operation, as a method of a Value or as a static method, for a message. */
function usageOf(operation: Operation, owner = "a"): string {
  const [name] = Object.entries(operations).find(([, entry]) => entry === operation)!;
  const operands = operation.locals.length === 1 ? [] : ["b"];
  return `${owner}.${name}(${[...owner === "a" ? [] : ["a"], ...operands].join(", ")})`;
}

/** Throws for an operand that is neither a Value nor a number. */
function refuseOperand(usage: string, name: string, thing: unknown): never {
  throw new TypeError(
    `write ${usage}: ${name} is ${nonValueInWords(thing)}, not a Value or a number`,
  );
}

/** The same for an element of an array. */
function refuseElement(usage: string, name: string, k: number, list: readonly unknown[]): never {
  refuseOperand(usage, `${name}[${k}]`, list[k]);
}

/** Throws for a call with too many arguments, or of a method without its Value. */
function refuseCall(usage: string, receiver: unknown, given: number): never {
  if (receiver === undefined) {
    throw new TypeError(`write ${usage}: it was called without the Value`);
  }
  const what = given === 1 ? "an argument" : `${given} arguments`;
  throw new TypeError(`write ${usage}: it was given ${what}`);
}

function labelOf(options: { label?: string }): string {
  requireOptions({ options }, ["label"], 'new Value(3, { label: "a" })');
  const label = options.label ?? "";
  if (typeof label !== "string") {
    throw new TypeError(refusal({ label }, "a string", 'new Value(3, { label: "a" })'));
  }
  return label;
}

/**
 * An array for the operands of a list operation. They are all made here: arrays made by `new Array(n)`
 * and by `map` have different element kinds in V8, and if one field holds both kinds, V8 deoptimises the
 * backward pass again and again.
 */
function listOf(length: number): Value[] {
  return new Array(length);
}

// Buffers for list operations, one for each length up to 1000.
const numbersOfLength: Float64Array[] = [];
const localsOfLength: Float64Array[] = [];

function scratch(arrays: Float64Array[], length: number): Float64Array {
  return length > 1000 ? new Float64Array(length) : arrays[length] ??= new Float64Array(length);
}

/** The numbers of a list of operands; valid until the next call, the buffer is reused. */
function numbersOf(list: readonly Value[]): Float64Array {
  const numbers = scratch(numbersOfLength, list.length);
  for (let k = 0; k < list.length; k++) numbers[k] = list[k].data;
  return numbers;
}
