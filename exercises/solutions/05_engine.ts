export class Value {
  grad = 0;
  constructor(
    public data: number,
    readonly operands: readonly Value[] = [],
    readonly localDerivatives: readonly number[] = [],
  ) {}

  static of(x: Value | number): Value {
    return x instanceof Value ? x : new Value(x);
  }

  add(other: Value | number): Value {
    const b = Value.of(other);
    return new Value(this.data + b.data, [this, b], [1, 1]);
  }

  sub(other: Value | number): Value {
    return this.add(Value.of(other).mul(-1));
  }

  relu(): Value {
    return new Value(Math.max(0, this.data), [this], [this.data > 0 ? 1 : 0]);
  }

  exp(): Value {
    const y = Math.exp(this.data);
    return new Value(y, [this], [y]);
  }

  mul(other: Value | number): Value {
    const b = Value.of(other);
    return new Value(this.data * b.data, [this, b], [b.data, this.data]);
  }

  pow(n: number): Value {
    return new Value(this.data ** n, [this], [n * this.data ** (n - 1)]);
  }

  sin(): Value {
    return new Value(Math.sin(this.data), [this], [Math.cos(this.data)]);
  }

  tanh(): Value {
    const y = Math.tanh(this.data);
    return new Value(y, [this], [1 - y * y]);
  }

  div(other: Value | number): Value {
    return this.mul(Value.of(other).pow(-1));
  }

  backward(): void {
    const order: Value[] = [];
    const met = new Set<Value>();
    const visit = (value: Value) => {
      if (met.has(value)) return;
      met.add(value);
      value.operands.forEach(visit);
      order.push(value);
    };
    visit(this);
    for (const value of order) if (value.operands.length > 0) value.grad = 0;
    this.grad = 1;
    for (const value of order.reverse()) {
      value.operands.forEach((operand, k) => {
        operand.grad += value.localDerivatives[k] * value.grad;
      });
    }
  }
}
