// Replace each todo(), save, and run: deno run exercises/05_engine.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 05 · The engine
//
// Your micrograd. In the lesson, operations are functions, `add(a, b)`. Here they are methods,
// `a.add(b)`, as in `mod.ts`: so the network of exercise 08 can run on your engine, too. Each makes a
// Value from the result, the operands, and one local derivative for each operand. `add`, `sub`, `relu`
// and `exp` show how.

// %%
import { check, todo } from "../exercises/checks/05_engine.ts";

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
    const b = Value.of(other);
    return new Value(this.data - b.data, [this, b], [1, -1]);
  }

  relu(): Value {
    return new Value(Math.max(0, this.data), [this], [this.data > 0 ? 1 : 0]);
  }

  exp(): Value {
    const y = Math.exp(this.data);
    return new Value(y, [this], [y]);
  }

  // 1 · this · other
  mul(other: Value | number): Value {
    return todo();
  }

  // 2 · this to the power of n, a plain number
  pow(n: number): Value {
    return todo();
  }

  // 3 · Math.sin of this. The derivative of the sine is the cosine.
  sin(): Value {
    return todo();
  }

  // 4 · Math.tanh of this. With y for the result, the local derivative is 1 − y².
  tanh(): Value {
    return todo();
  }

  // 5 · this / other, made of mul and pow
  div(other: Value | number): Value {
    return todo();
  }

  // 6 · Finds the order, then the grad of every Value that this was made from. A second call starts anew for
  // results, which have operands; the grads of leaves add up, until they are set to 0.
  backward(): void {
    return todo();
  }
}
check({ mul: Value, pow: Value, sin: Value, tanh: Value, div: Value, backward: Value });
