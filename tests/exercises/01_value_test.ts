import text from "../../exercises/01_value.ts" with { type: "text" };
import { holes } from "../../exercises/checks/01_value.ts";
import checks from "../../exercises/checks/01_value.ts" with { type: "text" };
import { Value as Class } from "../../exercises/solutions/01_value.ts";
import solutions from "../../exercises/solutions/01_value.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("01_value", { text, solutions, checks, holes, Class }, {
  add: [
    ['return new Value(this.data + other.data, [], "+");', "does not know its operands"],
    ['return new Value(this.data + other.data, [this, other], "*");', "third argument"],
    ["return this.data + other.data;", "a plain number, which remembers nothing"],
    ["this.data += other.data; return this;", "return a new Value"],
    [
      `this.data += other.data; return new Value(this.data, [this, other], "+");`,
      "It changes an operand",
    ],
    [`return new Value(this.data * other.data, [this, other], "+");`, "That is the product."],
  ],
  mul: [
    ['return new Value(this.data + other.data, [this, other], "*");', "That is the sum"],
    ['return new Value(this.data * other.data, [other, this], "*");', "in the wrong order"],
    ['return new Value(this.data * other.data, [new Value(this.data), other], "*");', "no copies"],
  ],
  sub: [
    ["return new Value(this.data - other.data);", "does not know what it was made of"],
    ['return new Value(this.data - other.data, [this, other], "-");', "add and mul alone"],
    ["return other.add(this.mul(new Value(-1)));", "other − this"],
    ["return this.add(other.mul(-1));", "NaN"],
    ["return this.add(other).mul(new Value(-1));", "That is another number."],
  ],
  written: [
    ["return String(value.data);", "Write how it was made"],
    [
      "return value.op ? value.operands.map(written).join(` ${value.op} `) : String(value.data);",
      "brackets are missing",
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
  ],
});
