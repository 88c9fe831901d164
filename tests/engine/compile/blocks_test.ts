// How few loops compile() makes of a graph, whatever order the graph was built in.
import { assertEquals } from "@std/assert";
import { compile, Value } from "../../../mod.ts";

/** How many numbers describe the blocks of a graph: its loops are given them as `code`. */
function numbersOf(output: Value, options: { inputs: Value[]; parameters: Value[] }): number {
  const { Function } = globalThis;
  globalThis.Function = function (...text: string[]) {
    const make = Function(...text);
    return (...names: unknown[]) => {
      const loops = make(...names);
      return {
        ...loops,
        forward(code: Int32Array, ...memory: unknown[]) {
          numbers = code.length;
          loops.forward(code, ...memory);
        },
      };
    };
  } as unknown as typeof Function;
  try {
    compile(output, { ...options, form: "loop" }).forward(options.inputs.map(() => 0.5));
  } finally {
    globalThis.Function = Function;
  }
  return numbers;
}
let numbers = 0;

const values = (n: number) => Array.from({ length: n }, () => new Value(0.5));

/** How many blocks a graph of some inputs and parameters becomes. */
function blocksOf(
  build: (x: Value[], p: Value[]) => Value,
  { inputs, parameters }: { inputs: number; parameters: number },
): number {
  const x = values(inputs), p = values(parameters);
  const output = build(x, p), used = new Set(output.topologicalOrder());
  const numbers = numbersOf(output, {
    inputs: x.filter((value) => used.has(value)),
    parameters: p,
  });
  return numbers / numbersOf(p[0].neg(), { inputs: [], parameters: p });
}

const dot = (isFirst: boolean, row: Value[], x: Value[], bias?: Value) =>
  isFirst ? Value.dot(row, x, bias) : Value.dot(x, row, bias);

Deno.test("loops: a layer is one block for each vector, in whatever order its sums are made", () => {
  const rows = 5, columns = 4, vectors = 3, counts = { inputs: 25, parameters: 25 };
  const pairs = Array.from({ length: rows * vectors }, (_, k) => [k % rows, Math.floor(k / rows)]);
  const orders = [
    pairs,
    pairs.toReversed(),
    pairs.toSorted((a, b) => a[0] - b[0]),
    pairs.toSorted((a, b) => (7 * a[0] + a[1]) % 3 - (7 * b[0] + b[1]) % 3),
  ];
  for (const order of orders) {
    for (const isFirst of [true, false]) {
      for (const hasBias of [true, false]) {
        for (const inP of [true, false]) {
          const blocks = blocksOf((x, p) => {
            const [weights, inner] = inP ? [p, x] : [x, p];
            const outputs = order.map(([r, n]) =>
              dot(
                isFirst,
                weights.slice(r * columns, (r + 1) * columns),
                inner.slice(n * columns, (n + 1) * columns),
                hasBias ? weights[rows * columns + r] : undefined,
              )
            );
            return Value.sum(outputs.map((output) => output.tanh()));
          }, counts);
          // Of parameters and other numbers, the others are the vectors.
          assertEquals(
            blocks,
            (inP ? vectors : rows) + 2,
            JSON.stringify({ order, isFirst, hasBias, inP }),
          );
        }
      }
    }
  }
});

Deno.test("loops: other nodes between the rows of a matrix are blocks of their own", () => {
  const others: [string, (x: Value[], p: Value[], r: number) => Value][] = [
    ["another operation", (x, p, r) => x[r].mul(p[20 + r])],
    ["another operation on lists", (_, p, r) => Value.sum(p.slice(4 * r, 4 * r + 4))],
    ["shorter rows", (x, p, r) => Value.dot(p.slice(20 + r, 22 + r), x.slice(0, 2))],
    ["longer rows", (x, p, r) => Value.dot(p.slice(r, 5 + r), x.slice(0, 5))],
    ["rows of inputs", (x, _, r) => Value.dot(x.slice(r, 4 + r), x.slice(5, 9))],
    ["another vector", (x, p, r) => Value.dot(p.slice(4 * r, 4 * r + 4), x.slice(5, 9))],
  ];
  for (const [name, other] of others) {
    for (const isFirst of [true, false]) {
      for (const isReversed of [true, false]) {
        const blocks = blocksOf((x, p) => {
          const pairs = Array.from({ length: 5 }, (_, r) => {
            const row = dot(isFirst, p.slice(4 * r, 4 * r + 4), x.slice(0, 4));
            return [row, other(x, p, r)];
          });
          return Value.sum((isReversed ? pairs.reverse() : pairs).flat());
        }, { inputs: 10, parameters: 26 });
        assertEquals(blocks, 3, `${name}, ${JSON.stringify({ isFirst, isReversed })}`);
      }
    }
  }
});

Deno.test("loops: numbers that are computed alike are one block, in whatever order they are made", () => {
  for (const isReversed of [true, false]) {
    for (const isFirst of [true, false]) {
      const blocks = blocksOf((x, p) => {
        const nodes = x.map((_, k) => {
          const [a, b] = isFirst ? [x[k], p[2 * k]] : [p[2 * k], x[k]];
          return [a.mul(b), a.sub(b), b.exp()].map((node) => node.tanh());
        });
        return Value.sum((isReversed ? nodes.reverse() : nodes).flat());
      }, { inputs: 8, parameters: 16 });
      // Products, differences and powers; tanh of those that depend on a parameter and of the others; a sum.
      assertEquals(blocks, isFirst ? 5 : 6, JSON.stringify({ isReversed, isFirst }));
    }
  }
});

Deno.test("loops: products with a parameter and products without one are two blocks", () => {
  const blocks = blocksOf(
    (x, p) => Value.sum(x.flatMap((value, k) => [value.mul(p[k]), value.mul(value)])),
    { inputs: 8, parameters: 8 },
  );
  assertEquals(blocks, 3);
});

Deno.test("loops: rows of operands at the same distance are one block, whatever the distance", () => {
  for (const columns of [2, 3]) {
    for (const distance of [0, 1, 2, 5]) {
      const row = (list: Value[], k: number) =>
        Array.from({ length: columns }, (_, i) => list[k + i * distance]);
      const blocks = blocksOf((x, p) => {
        const rows = [0, 1, 2, 3, 4, 5].map((k) => Value.dot(row(p, k), row(x, 0)));
        return Value.sum(rows);
      }, { inputs: 16, parameters: 16 });
      assertEquals(blocks, 2, JSON.stringify({ columns, distance }));
    }
  }
});

Deno.test("loops: sums of nothing are one block", () => {
  const blocks = blocksOf(
    (_, p) => Value.sum([...p.map(() => Value.sum([])), p[0]]),
    { inputs: 0, parameters: 4 },
  );
  assertEquals(blocks, 2);
});

Deno.test("loops: equal constants are one number, wherever they are in the graph", () => {
  const blocks = blocksOf((x, p) => {
    const nodes = x.map((value, k) => {
      const double = value.mul(2);
      return k % 3 === 0 ? double.add(3) : double;
    });
    return Value.sum([...nodes, p[0]]);
  }, { inputs: 8, parameters: 1 });
  // The products, those with 3 added, and their sum.
  assertEquals(blocks, 3);
});
