import text from "../../exercises/05_engine.ts" with { type: "text" };
import { holes } from "../../exercises/checks/05_engine.ts";
import checks from "../../exercises/checks/05_engine.ts" with { type: "text" };
import { Value as Class } from "../../exercises/solutions/05_engine.ts";
import solutions from "../../exercises/solutions/05_engine.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("05_engine", { text, solutions, checks, holes, Class }, {
  mul: [
    [
      "const b = Value.of(other); return new Value(this.data * b.data, [this, b], [this.data, b.data]);",
      "swap the two",
    ],
    [
      "const b = Value.of(other); return new Value(this.data * b.data, [this, b], [1, 1]);",
      "local derivatives of a sum",
      `[result, derivatives] of (2).mul(−3)
  expected [−6, −3, 2]
  got      [−6, 1, 1]`,
    ],
    [
      "return new Value(this.data * other.data, [this, other], [other.data, this.data]);",
      "Value.of(other)",
    ],
    [
      "const b = Value.of(other); return new Value(this.data * b.data);",
      "does not know its operands",
    ],
    [
      "const b = Value.of(other); return new Value(this.data * b.data, [this, b], [b.data]);",
      "write one for each",
    ],
    [
      "const b = Value.of(other); new Value(this.data * b.data, [this, b], [b.data, this.data]);",
      "is `return` missing?",
    ],
    ["return this.data * Value.of(other).data;", "Return a new Value(result"],
    [
      "const a = this.data, b = Value.of(other); this.data *= b.data; return new Value(this.data, [this, b], [b.data, a]);",
      "It changes an operand",
    ],
    [
      "const b = Value.of(other); return new Value(this.data + b.data, [this, b], [b.data, this.data]);",
      "The result is a product",
    ],
    [
      "const b = Value.of(other); return new Value(this.data * b.data, [b], [this.data]);",
      "The first operand is this",
    ],
    [
      "const b = Value.of(other), y = this.data * b.data; return new Value(y, [this, b], [y, y]);",
      "are the other factors",
    ],
  ],
  pow: [
    [
      "return new Value(this.data ** n, [this], [this.data ** (n - 1)]);",
      "forgot the n in front",
      `[result, derivatives] of (2).pow(3)
  expected [8, 12]
  got      [8, 4]`,
    ],
    ["return new Value(this.data ** n, [this], [n * this.data ** n]);", "goes down by one"],
    ["return new Value(this.data ** n, [this], [2 * this.data]);", "n is any number"],
    ["return new Value(this.data * n, [this], [n]);", "That is x · n"],
    ["return new Value(this.data ^ n, [this], [n * this.data ^ (n - 1)]);", "compares bits"],
    [
      "return new Value(this.data ** n, [this], [(n - 1) * this.data ** n]);",
      "The derivative of xⁿ is n · xⁿ⁻¹",
    ],
  ],
  sin: [
    [
      "return new Value(Math.sin(this.data), [this], [-Math.cos(this.data)]);",
      "only the cosine has",
    ],
    ["const y = Math.sin(this.data); return new Value(y, [this], [y]);", "not its own derivative"],
    [
      "const y = Math.sin(this.data); return new Value(y, [this], [Math.cos(y)]);",
      "not of the result",
    ],
    ["return new Value(Math.sin(this.data), [this]);", "1 operand and 0 local derivatives"],
    [
      "return new Value(Math.sin(this.data), [this], [1]);",
      "depends on x",
      `[result, derivatives] of (2).sin()
  expected [0.9092974, −0.4161468]
  got      [0.9092974, 1]`,
    ],
    ["const y = Math.cos(this.data); return new Value(y, [this], [y]);", "That is the cosine"],
    [
      "const x = this.data * Math.PI / 180; return new Value(Math.sin(x), [this], [Math.cos(x)]);",
      "no conversion is needed",
    ],
    [
      "return new Value(Math.cos(this.data), [this], [-Math.sin(this.data)]);",
      "The result is Math.sin(x)",
    ],
  ],
  tanh: [
    ["return new Value(Math.tanh(this.data), [this], [1 - this.data ** 2]);", "not of x"],
    [
      "const y = Math.tanh(this.data); return new Value(y, [this], [1 - y]);",
      "The square is missing",
    ],
    [
      "const y = Math.tanh(this.data); return new Value(y, [this], [y * y]);",
      "The 1 − is missing",
      `[result, derivatives] of (2).tanh()
  expected [0.9640276, 0.07065082]
  got      [0.9640276, 0.9293492]`,
    ],
    ["const y = Math.tanh(this.data); return new Value(y, [this], [y]);", "That is the result"],
    [
      "const y = Math.tanh(this.data); return new Value(y, [this], [1 - y ^ 2]);",
      "With y = tanh(x)",
    ],
  ],
  div: [
    ["return this.mul(1 / Value.of(other).data);", "does not know other"],
    ["return Value.of(other).mul(this.pow(-1));", "That is b / a"],
    [
      "const b = Value.of(other); return new Value(this.data / b.data, [this, b], [1 / b.data, this.data / b.data ** 2]);",
      "the sign is minus",
    ],
    [
      "return new Value(this.data / other.data, [this, other], [1 / other.data, -this.data / other.data ** 2]);",
      "Value.of(other)",
    ],
    [
      "return this.mul(other);",
      "That is the product",
      `[result, derivatives] of (2).div(−3)
  expected [−0.6666667, −0.3333333, −0.2222222]
  got      [−6, −3, 2]`,
    ],
    ["return this.mul(other).pow(-1);", "a / b is a · b⁻¹"],
  ],
  backward: [
    [
      `const visit = (value) => value.operands.forEach((operand, k) => {
       operand.grad += value.localDerivatives[k] * value.grad;
       visit(operand);
     });
     this.grad = 1;
     visit(this);`,
      "before its own gradient is complete",
    ],
    [
      "this.grad = 1; this.operands.forEach((operand, k) => operand.grad += this.localDerivatives[k]);",
      "from the end of the order",
      `[a.grad, b.grad] of b + b, b = a + a
  expected [4, 2]
  got      [0, 2]`,
    ],
    ["this.operands.forEach((operand) => operand.backward());", "begin with this.grad = 1"],
    [
      `const order = [];
     const visit = (v) => { v.operands.forEach(visit); order.push(v); };
     visit(this);
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
      "is in the order twice",
    ],
    [
      `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
      "pass it on again",
    ],
    [
      `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     for (const v of order) v.grad = 0;
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
      "The grads of leaves",
      `[a.grad, b.grad] of c = b · b, b = 2a at a = 3, after a second backward()
  expected [48, 12]
  got      [24, 12]`,
    ],
    [
      `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     for (const v of order) if (v.operands.length === 0) v.grad = 0;
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
      "the other way round",
    ],
    [
      `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     const inner = order.filter((v) => v.operands.length === 2); inner.forEach((v) => v.grad = 0);
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
      "First set the grad",
    ],
    [
      `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad = v.localDerivatives[k] * v.grad);`,
      "+=, not =",
    ],
    [
      `const pass = (v) => v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);
     const visit = (v) => { pass(v); v.operands.forEach(visit); };
     this.grad = 1;
     visit(this);`,
      "before its own gradient is complete",
    ],
    [
      `const order = [this];
     for (const v of order) for (const o of v.operands) if (!order.includes(o)) order.push(o);
     this.grad = 1;
     for (const v of order) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
      "The order (each after its operands)",
    ],
  ],
}, {
  tanh: ["const e = this.mul(2).exp(); return e.sub(1).div(e.add(1));"],
  div: [
    "const b = Value.of(other); return new Value(this.data / b.data, [this, b], [1 / b.data, -this.data / b.data ** 2]);",
  ],
});
