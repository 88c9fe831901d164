import text from "../../exercises/01_value.ts" with { type: "text" };
import { holes } from "../../exercises/checks/01_value.ts";
import checks from "../../exercises/checks/01_value.ts" with { type: "text" };
import { Value as Class } from "../../exercises/solutions/01_value.ts";
import solutions from "../../exercises/solutions/01_value.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("01_value", { text, solutions, checks, holes, Class }, {
  add: [
    ['return new Value(this.data + other.data, [], "+");', "does not know its operands"],
    [
      'return new Value(this.data + other.data, [this, other], "*");',
      "third argument",
      `new Value(2).add(new Value(6)).op
  expected "+"
  got      "*"`,
    ],
    ["return this.data + other.data;", "a plain number, which remembers nothing"],
    ["this.data += other.data; return this;", "return a new Value"],
    [
      `this.data += other.data; return new Value(this.data, [this, other], "+");`,
      "It changes an operand",
    ],
    [
      `return new Value(this.data * other.data, [this, other], "+");`,
      "That is the product.",
      `new Value(2).add(new Value(6)).data
  expected 8
  got      12`,
    ],
    ["other.data += this.data; return other;", "It returns one of its operands"],
    [
      `other.data += this.data; return new Value(other.data, [this, other], "+");`,
      "It changes an operand",
    ],
    [`return new Value(this.data + other.data, this, "+");`, "does not know its operands"],
    [`return new Value(this.data + other.data, [other, other], "+");`, "this and other themselves"],
    [`return new Value(this.data + other.data, [this, this], "+");`, "this and other themselves"],
    [
      `return new Value(this.data + other.data, [this, other, this], "+");`,
      "this and other themselves",
    ],
  ],
  mul: [
    [
      'return new Value(this.data + other.data, [this, other], "*");',
      "That is the sum",
      `new Value(2).mul(new Value(6)).data
  expected 12
  got      8`,
    ],
    ['return new Value(this.data * other.data, [other, this], "*");', "in the wrong order"],
    ['return new Value(this.data * other.data, [new Value(this.data), other], "*");', "no copies"],
  ],
  sub: [
    ["return new Value(this.data - other.data);", "does not know what it was made of"],
    ['return new Value(this.data - other.data, [this, other], "-");', "add and mul alone"],
    [
      "return other.add(this.mul(new Value(-1)));",
      "other − this",
      `new Value(2).sub(new Value(6)).data
  expected −4
  got      4`,
    ],
    ["return this.add(other.mul(-1));", "NaN"],
    ["return this.add(other).mul(new Value(-1));", "That is another number."],
    ["return this.add(new Value(-other.data));", "does not know what it was made of"],
    [
      "return new Value(this.data).add(other.mul(new Value(-1)));",
      "does not know what it was made of",
    ],
  ],
  written: [
    ["return String(value.data);", "Write how it was made"],
    [
      "return value.op ? value.operands.map(written).join(` ${value.op} `) : String(value.data);",
      "brackets are missing",
      `written(a + b)
  expected "(2 + 6)"
  got      "2 + 6"`,
    ],
    ["return value.data;", "returns a number, and should return a string"],
    [
      "return value.op === '' ? `${value.data}` : `(${value.operands.map(({ data }) => data).join(` ${value.op} `)})`;",
      "write each with written()",
    ],
    [
      "return `(${value.op === '' ? value.data : value.operands.map(written).join(` ${value.op} `)})`;",
      "is written without brackets",
    ],
    [
      "return value.op === '' ? `${value.data}` : `(${value.operands.map(written).join(value.op)})`;",
      "A space stands on each side",
    ],
    [
      "return value.op === '' ? `${value.data}` : `${value.op}(${value.operands.map(written).join(', ')})`;",
      "a result is (first op second)",
    ],
  ],
  countNodes: [
    [
      "return value.operands.reduce((sum, operand) => sum + countNodes(operand), 1);",
      "counted twice",
      `countNodes((a + b) · a)
  expected 4
  got      5`,
    ],
    ["return 1 + value.operands.length;", "Right before, but not here."],
    ["return 1 + new Set(value.operands).size;", "Operands have operands"],
    [
      `const met = new Set([value]);
     for (const { operands } of met) operands.forEach((operand) => met.add(operand));
     return [...met].filter(({ op }) => op === "").length;`,
      "Those are the leaves",
    ],
    [
      `const met = new Set(value.operands);
     for (const { operands } of met) operands.forEach((operand) => met.add(operand));
     return met.size;`,
      "The value itself counts",
    ],
    [
      "return new Set([value, ...value.operands, ...value.operands.flatMap((o) => [...o.operands])]).size;",
      "Right before, but not here.",
      `countNodes(20 doublings of a)
  expected 21
  got      3`,
    ],
  ],
});
