/**
 * The baseline: a Value as one writes it after the lecture, with a closure and a Set on every node and
 * recursion for the order. It is here to be measured against, not to be used.
 *
 * @module
 */

/** A number that remembers its operands, and a closure that passes its gradient on to them. */
export class Value {
  data: number;
  grad = 0;
  backwardStep: () => void = () => {};
  prev: Set<Value>;

  constructor(data: number, operands: Value[] = []) {
    this.data = data;
    this.prev = new Set(operands);
  }

  add(operand: Value | number): Value {
    const other = operand instanceof Value ? operand : new Value(operand);
    const out = new Value(this.data + other.data, [this, other]);
    out.backwardStep = () => {
      this.grad += out.grad;
      other.grad += out.grad;
    };
    return out;
  }

  mul(operand: Value | number): Value {
    const other = operand instanceof Value ? operand : new Value(operand);
    const out = new Value(this.data * other.data, [this, other]);
    out.backwardStep = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
  }

  relu(): Value {
    const out = new Value(this.data < 0 ? 0 : this.data, [this]);
    out.backwardStep = () => {
      this.grad += (out.data > 0 ? 1 : 0) * out.grad;
    };
    return out;
  }

  pow(exponent: number): Value {
    const out = new Value(this.data ** exponent, [this]);
    out.backwardStep = () => {
      this.grad += exponent * this.data ** (exponent - 1) * out.grad;
    };
    return out;
  }

  exp(): Value {
    const out = new Value(Math.exp(this.data), [this]);
    out.backwardStep = () => {
      this.grad += out.data * out.grad;
    };
    return out;
  }

  log(): Value {
    const out = new Value(Math.log(this.data), [this]);
    out.backwardStep = () => {
      this.grad += out.grad / this.data;
    };
    return out;
  }

  backward(): void {
    const order: Value[] = [];
    const visited = new Set<Value>();
    const build = (node: Value) => {
      if (visited.has(node)) return;
      visited.add(node);
      for (const operand of node.prev) build(operand);
      order.push(node);
    };
    build(this);
    this.grad = 1;
    for (const node of order.reverse()) node.backwardStep();
  }
}
