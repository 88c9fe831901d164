export class Value {
  constructor(
    readonly data: number,
    readonly operands: readonly Value[] = [],
    readonly op = "",
  ) {}

  /** this + other: a new Value that knows its operands, in order, and "+". */
  add(other: Value): Value {
    return new Value(this.data + other.data, [this, other], "+");
  }

  /** this · other, with "*". */
  mul(other: Value): Value {
    return new Value(this.data * other.data, [this, other], "*");
  }

  /** this − other, made of add and mul: there is no operation for it. */
  sub(other: Value): Value {
    return this.add(other.mul(new Value(-1)));
  }
}

export function written(value: Value): string {
  if (value.op === "") return String(value.data);
  const [a, b] = value.operands.map(written);
  return `(${a} ${value.op} ${b})`;
}

export function countNodes(value: Value): number {
  // A set holds each thing once; a set that grows while we go through it shows us the new things, too.
  const met = new Set([value]);
  for (const { operands } of met) {
    for (const operand of operands) met.add(operand);
  }
  return met.size;
}
