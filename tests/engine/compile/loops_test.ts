import { assert, assertEquals } from "@std/assert";
import { operations } from "../../../engine/operations.ts";
import {
  compile,
  defineOperation,
  type ListOperation,
  type Operation,
  Random,
  Value,
} from "../../../mod.ts";
import { squaresEntry } from "../own_operations.ts";

const random = new Random(11);
const numbers = (n: number) => Array.from({ length: n }, () => random.uniform(-2, 2));
const values = (n: number) => numbers(n).map((x) => new Value(x));

/** Compiles to loops, runs on other numbers, and compares with graphs built from these. */
function compare(
  build: (inputs: Value[], parameters: Value[]) => Value,
  { inputs, parameters }: { inputs: number; parameters: number },
): string {
  const leaves = [values(inputs), values(parameters)];
  const kernel = compile(build(leaves[0], leaves[1]), {
    inputs: leaves[0],
    parameters: leaves[1],
    form: "loop",
  });
  for (let run = 0; run < 3; run++) {
    const [x, p] = [numbers(inputs), numbers(parameters)];
    kernel.parameters.set(p);
    kernel.gradients.fill(0);
    const fresh = p.map((number) => new Value(number));
    const output = build(x.map((number) => new Value(number)), fresh);
    output.backward();
    assertEquals([kernel.forward(x), kernel.backward(x)], [output.data, output.data]);
    for (const [k, { grad }] of fresh.entries()) {
      const size = Math.max(1, Math.abs(grad));
      assert(
        Math.abs(kernel.gradients[k] - grad) <= 1e-12 * size,
        `${kernel.gradients[k]}: ${grad}`,
      );
    }
  }
  return kernel.source;
}

/** A list cut into pieces of the same length. */
function rowsOf(list: Value[], columns: number): Value[][] {
  return Array.from(
    { length: list.length / columns },
    (_, r) => list.slice(r * columns, (r + 1) * columns),
  );
}

/** A list as columns of the same length. */
function columnsOf(list: Value[], columns: number): Value[][] {
  return rowsOf(list, columns)[0].map((_, k) => rowsOf(list, columns).map((row) => row[k]));
}

const isMatrix = (source: string) => source.includes("a matrix times a vector");
const isTransposed = (source: string) => source.includes("a transposed matrix times a vector");

for (const rows of [1, 3, 4, 5, 6, 7, 8, 11]) {
  for (const direction of ["rows", "columns"]) {
    const name = `loops: ${rows} ${direction} times a vector`;
    Deno.test(`${name}, from either side, with a bias and without`, () => {
      const counts = { inputs: 3, parameters: 3 * rows + rows };
      for (const isFirst of [true, false]) {
        for (const hasBias of [true, false]) {
          const source = compare((x, p) => {
            // Two vectors, so that the rows of one have to be told from those of the other.
            const vectors = [x.map((value) => value.mul(p[0])), x.map((value) => value.add(p[1]))];
            const weights = p.slice(0, 3 * rows);
            const lists = direction === "rows" ? rowsOf(weights, 3) : columnsOf(weights, rows);
            const outputs = vectors.flatMap((inner) =>
              lists.map((list, r) => {
                const bias = hasBias ? p[3 * rows + r] : undefined;
                return isFirst ? Value.dot(list, inner, bias) : Value.dot(inner, list, bias);
              })
            );
            return Value.sum(outputs.map((output) => output.tanh().mul(0.7).add(0.3)));
          }, counts);
          assertEquals(isMatrix(source), direction === "rows" && rows >= 4);
          assertEquals(isTransposed(source), direction === "columns" && rows >= 4);
        }
      }
    });
  }
}

Deno.test("loops: inputs get no gradient; parameters may be on both sides", () => {
  compare((x, p) => Value.sum(rowsOf(p, 4).map((row) => Value.dot(row, x))), {
    inputs: 4,
    parameters: 24,
  });
  compare((x, p) => Value.sum(rowsOf(x, 4).map((row) => Value.dot(row, p))), {
    inputs: 24,
    parameters: 4,
  });
  for (const listsOf of [rowsOf, columnsOf]) {
    const weights = (p: Value[]) => listsOf(p.slice(4), listsOf === rowsOf ? 4 : 5);
    const isProduct = (source: string) => isMatrix(source) || isTransposed(source);
    const ofParameters = compare(
      (_, p) => Value.sum(weights(p).map((list) => Value.dot(list, p.slice(0, 4)).sin())),
      { inputs: 0, parameters: 24 },
    );
    assert(isProduct(ofParameters), ofParameters);
    const ofResults = compare((x, p) => {
      const made = p.map((value) => value.mul(x[0]));
      return Value.sum(weights(made).map((list) => Value.dot(made.slice(0, 4), list).sin()));
    }, { inputs: 1, parameters: 24 });
    assert(isProduct(ofResults), ofResults);
    const ofInputs = compare((x, p) => {
      const lists = listsOf(x, listsOf === rowsOf ? 4 : 5);
      return Value.sum(lists.map((list) => Value.dot(p, list).sin()));
    }, { inputs: 20, parameters: 4 });
    assert(isProduct(ofInputs), ofInputs);
    const biasOfNumbers = compare(
      (x, p) => Value.sum(weights(p).map((list, k) => Value.dot(list, x.slice(5), x[k]).sin())),
      { inputs: 9, parameters: 24 },
    );
    assert(isProduct(biasOfNumbers), biasOfNumbers);
  }
  compare((_, p) => Value.sum(rowsOf(p, 4).map((row) => Value.dot(row, p.slice(4, 8)))), {
    inputs: 0,
    parameters: 24,
  });
  compare((x, p) => {
    const made = p.map((value) => value.mul(x[0])), last = made.slice(0, 4);
    return Value.sum(rowsOf(made, 4).map((row) => Value.dot(row, last).sin()));
  }, { inputs: 1, parameters: 24 });
});

Deno.test("loops: a matrix of parameters and one of results are two cases, in one graph", () => {
  for (const listsOf of [rowsOf, columnsOf]) {
    const source = compare((x, p) => {
      const made = p.map((value) => value.mul(x[0])).slice(0, 24),
        count = listsOf === rowsOf ? 4 : 5;
      const products = [p.slice(0, 24), made].flatMap((values) =>
        listsOf(values.slice(4), count).map((list) => Value.dot(list, values.slice(0, 4)).sin())
      );
      return Value.sum(products);
    }, { inputs: 1, parameters: 25 });
    assert(source.includes("wasm.p") && source.includes("wasm.v"), source);
  }
});

Deno.test("loops: dot products of nothing are no matrix, with a bias and without", () => {
  const counts = { inputs: 0, parameters: 5 };
  compare((_, p) => Value.sum(p.map((b) => Value.dot([], [], b).tanh())), counts);
  compare((_, p) => Value.sum([...p, ...p.map(() => Value.dot([], []))]), counts);
});

Deno.test("loops: equal rows, and rows that overlap, times a vector", () => {
  const counts = { inputs: 4, parameters: 12 };
  for (const step of [0, 1, 2]) {
    const source = compare((x, p) => {
      const rows = [0, 1, 2, 3, 4].map((r) => p.slice(r * step, r * step + 4));
      return Value.sum(rows.map((row, r) => Value.dot(row, x).mul(p[r])));
    }, counts);
    assert(isMatrix(source), source);
  }
});

Deno.test("loops: rows and columns that overlap their vector, lie behind it, or run backwards", () => {
  const build = (first: number) => (x: Value[], p: Value[]) => {
    const made = p.map((value) => value.mul(x[0])), shared = made.slice(first, first + 4);
    return Value.sum(rowsOf(made.slice(0, 20), 4).map((row) => Value.dot(row, shared).sin()));
  };
  const counts = { inputs: 1, parameters: 24 };
  for (const first of [20, 17, 16, 10, 0]) assert(isMatrix(compare(build(first), counts)));
  const behind = (isFirst: boolean) => (x: Value[], p: Value[]) => {
    const [shared, ...rows] = rowsOf(p.map((value) => value.mul(x[0])), 4);
    return Value.sum(rows.map((row) => isFirst ? Value.dot(row, shared) : Value.dot(shared, row)));
  };
  for (const isFirst of [true, false]) assert(isMatrix(compare(behind(isFirst), counts)));
  const column = (x: Value[], p: Value[]) => Value.sum(p.map((w) => Value.dot([w], x).tanh()));
  assert(isMatrix(compare(column, counts)));
  for (const first of [0, 7, 20]) {
    const backwards = (_: Value[], p: Value[]) => {
      const lists = columnsOf(p, 6).map((list) => list.toReversed());
      return Value.sum(lists.map((list) => Value.dot(list, p.slice(first, first + 4)).sin()));
    };
    assert(isTransposed(compare(backwards, { inputs: 0, parameters: 24 })));
  }
});

Deno.test("loops: rows times rows, and every second number of a vector, are not a matrix", () => {
  const counts = { inputs: 6, parameters: 36 };
  const pairs = compare((x, p) => {
    const rows = rowsOf(p.map((value, k) => value.mul(x[k % 6])), 6), last = rowsOf(p, 6);
    return Value.sum(rows.map((row, r) => Value.dot(row, last[r]).tanh()));
  }, counts);
  assert(!isMatrix(pairs) && !pairs.includes("of a list"), pairs);
  const neighbours = compare(
    (x, p) => Value.sum(rowsOf(p, 3).map((row, r) => Value.dot(row, x.slice(3 * r, 3 * r + 3)))),
    { inputs: 15, parameters: 15 },
  );
  assert(!isMatrix(neighbours) && !neighbours.includes("of a list"), neighbours);
  const everySecondRow = compare(
    (x, p) =>
      Value.sum(columnsOf(p, 10).filter((_, k) => k % 2).map((list) => Value.dot(list, x).tanh()))
        .add(Value.sum(p)),
    { inputs: 6, parameters: 60 },
  );
  assert(!isTransposed(everySecondRow) && !everySecondRow.includes("of a list"), everySecondRow);
  for (const isFirst of [true, false]) {
    const everySecond = compare((x, p) => {
      const vector = x.filter((_, k) => k % 2 === 0);
      return Value.sum(
        rowsOf(p, 3).map((row) => isFirst ? Value.dot(row, vector) : Value.dot(vector, row)),
      ).add(Value.sum(x));
    }, counts);
    assert(!isMatrix(everySecond) && !everySecond.includes("of a list"), everySecond);
  }
});

Deno.test("loops: terms whose derivatives depend on the value of the term", () => {
  const operation = (symbol: string, terms: Operation, sign: string): ListOperation => ({
    symbol,
    formula: (n) => {
      const half = n >> 1, x = (k: number) => `x${k + 1}`;
      const list = terms.locals.length === 1
        ? Array.from({ length: n }, (_, k) => `exp(${x(k)})`)
        : [
          ...Array.from({ length: half }, (_, k) => `${x(k)} ${sign} ${x(k + half)}`),
          ...(n % 2 ? [x(n - 1)] : []),
        ];
      return list.join(" + ") || "0";
    },
    value: (x) => {
      const count = Math.floor(x.length / terms.locals.length);
      let sum = 0;
      for (let k = 0; k < count; k++) sum += terms.value(x[k], x[k + count]);
      return count * terms.locals.length < x.length ? sum + x[x.length - 1] : sum;
    },
    localFormula: (k, n) => {
      const half = n >> 1, x = (k: number) => `x${k + 1}`;
      if (terms.locals.length === 1) return `exp(${x(k)})`;
      if (k === 2 * half) return "1";
      return k < half ? `1 / ${x(k + half)}` : `-${x(k - half)} / ${x(k)}^2`;
    },
    locals: (x, into) => {
      const count = Math.floor(x.length / terms.locals.length);
      into.fill(1);
      for (let k = 0; k < count; k++) {
        const a = x[k], b = x[k + count], y = terms.value(a, b);
        terms.locals.forEach(({ value }, i) => into[k + i * count] = value(a, b, y));
      }
      return into;
    },
    terms,
  });
  const exps = defineOperation(operation("exps", operations.exp, ""));
  const quotients = defineOperation(operation("quotients", operations.div, "/"));
  compare((x, p) => Value.sum(rowsOf(p, 3).map((row) => exps(row).mul(x[0]))), {
    inputs: 1,
    parameters: 15,
  });
  for (const isFirst of [true, false]) {
    for (const rest of [0, 1]) {
      const source = compare((x, p) => {
        const inner = x.map((value) => value.mul(p[0]).add(3));
        return Value.sum(
          rowsOf(p, 3).map((row) => {
            const lists = isFirst ? [row, inner] : [inner, row];
            return quotients([...lists.flat(), ...p.slice(0, rest)]);
          }),
        );
      }, { inputs: 3, parameters: 15 });
      assert(!isMatrix(source) && !source.includes("of a list"), source);
    }
  }
});

Deno.test("loops: operands in any place and order: repeated, alternating, backwards", () => {
  const counts = { inputs: 3, parameters: 12 };
  const w = (p: Value[], places: number[]) => places.map((k) => p[k]);
  const builds: ((x: Value[], p: Value[]) => Value)[] = [
    (x, p) => Value.dot(w(p, [0, 3, 1]), x),
    (x, p) => Value.dot(w(p, [0, 0, 0]), x).mul(Value.dot([...p].reverse(), p)),
    (x, p) => Value.sum([x[0], p[0], x[1], p[0], x[2], p[5]]).exp(),
    (x, p) => Value.sum(p.map((value, k) => value.mul(x[k % 3])).reverse()),
    (x, p) => Value.sum(p.map((value, k) => value.mul(p[11 - k]).add(x[k >> 2]))),
    (x, p) => Value.dot(x, x).add(Value.dot(p, p)).add(Value.dot(p, p, p[3])),
    (x, p) =>
      Value.sum([0, 1, 2, 3, 4].map((k) => Value.sum(w(p, [k, k + 2, k + 4])).mul(x[k % 3]))),
    (x, p) => Value.sum([]).add(Value.dot([], [], p[0])).add(Value.sum(x)),
    (x, p) => Value.sum([0, 1, 2, 3, 4].map((k) => Value.sum(w(p, [7 - k, 6 - k])).mul(x[k % 3]))),
    (x, p) =>
      Value.sum([4, 3, 2, 1, 0].map((k) => Value.dot(p.slice(k, k + 4), p.slice(8)).mul(x[k % 3]))),
    // Rows that begin after their vector and end on it.
    (x, p) =>
      Value.sum([10, 8, 6, 4].map((k) => Value.dot(p.slice(k, k + 2), p.slice(4, 6)).mul(x[0]))),
    (x, p) =>
      Value.sum([10, 8, 6, 4].map((k) => Value.dot(p.slice(4, 6), p.slice(k, k + 2)).mul(x[0]))),
    // Rows that begin after their vector and end before it.
    (x, p) =>
      Value.sum([10, 8, 6, 4].map((k) => Value.dot(p.slice(k, k + 2), p.slice(6, 8)).mul(x[0]))),
    // A product that depends on parameters beside one that does not.
    (x, p) =>
      Value.sum([x[0].mul(x[1]), x[2].mul(p[0])].map((factor) => factor.mul(p[1].mul(p[2])))),
    // Lists of different lengths, one after the other.
    (x, p) => Value.sum([5, 4, 3].map((n) => Value.sum(p.slice(0, n)).mul(x[n % 3]))),
    // Lists that repeat one operand, and one that does not.
    (x, p) =>
      Value.sum([[0, 0, 0], [1, 1, 1], [2, 2, 5]].map((list) => Value.sum(w(p, list)).mul(x[0]))),
    // The last parameter, followed by the first input.
    (x, p) => Value.dot([p[11], x[0]], [x[1], p[2]]),
  ];
  for (const build of builds) {
    compare((x, p) => Value.sum([build(x, p), ...x, ...p]), counts);
  }
});

Deno.test("loops: no list and no block continues from the last parameter to the first result", () => {
  const counts = { inputs: 0, parameters: 12 };
  compare((_, p) => Value.sum([p[10], p[11], p[0].mul(p[1])]).exp(), counts);
  compare((_, p) => Value.sum([p[10], p[0].mul(p[1])]).exp(), counts);
  compare((_, p) => {
    const first = p[0].mul(p[1]);
    return Value.sum([p[10], p[11], first].map((a) => a.mul(first)));
  }, counts);
  const lists: ((p: Value[], first: Value) => Value[][])[] = [
    (p, first) => [[p[11], p[10]], [first, p[11]]],
    (p, first) => [[p[10], p[11]], [p[11], first]],
    (p, first) => [[p[8], p[10]], [p[9], p[11]], [p[10], first]],
  ];
  for (const rowsOf of lists) {
    compare((_, p) => {
      const first = p.slice(0, 2).map((a) => a.mul(p[5]));
      return Value.sum([...first, ...rowsOf(p, first[0]).map((row) => Value.dot(row, first))]);
    }, counts);
  }
});

Deno.test("loops: the code has each case once, on the way back only those that depend on parameters", () => {
  const counts = { inputs: 6, parameters: 15 };
  const casesOf = (source: string) =>
    source.split("backward(").map((code) =>
      [...code.matchAll(/case \d+: \{ \/\/ (.*)/g)].map(([, x]) => x)
    );
  const layer = compare((x, p) => {
    const vectors = rowsOf(x.map((value) => value.mul(p[0]).exp()), 3);
    const outputs = vectors.flatMap((vector) => rowsOf(p, 3).map((row) => Value.dot(row, vector)));
    return Value.sum(outputs.map((output) => output.tanh()));
  }, counts);
  const cases = ["*", "exp", "dot, a matrix times a vector", "tanh", "sum of each row"];
  assertEquals(casesOf(layer), [cases, cases]);
  const callsOf = (source: string) =>
    source.split("backward(").map((code) => [...code.matchAll(/wasm\.\w+\.\w+/g)].join());
  assertEquals(callsOf(layer), ["wasm.pvv.times", "wasm.pvv.addOuter,wasm.pvv.timesTransposed"]);
  const columns = compare((x, p) => {
    const made = x.map((value) => value.mul(p[0]));
    return Value.sum(columnsOf(made, 5).map((list) => Value.dot(list, p.slice(0, 2)).tanh()));
  }, { inputs: 10, parameters: 2 });
  assertEquals(callsOf(columns), [
    "wasm.vvp.timesTransposed",
    "wasm.vvp.addOuter,wasm.vvp.times",
  ]);
  const scaled = compare((x, p) => Value.dot(x.slice(0, 2).map((value) => value.exp()), p), {
    inputs: 2,
    parameters: 2,
  });
  assertEquals(casesOf(scaled), [["exp", "dot of each row"], ["dot of each row"]]);
  const uneven = compare((_, p) => Value.sum([p[0], p[1], p[3]]), { inputs: 0, parameters: 4 });
  assertEquals(casesOf(uneven), [["sum of a list"], ["sum of a list"]]);
  // What does not depend on a parameter gets no gradient.
  assert(scaled.includes("GB[j] +=") && !scaled.includes("GA[i] +="), scaled);
  const product = compare((x, p) => x[0].mul(p[0]), { inputs: 1, parameters: 1 });
  assert(product.includes("GB[j] +=") && !product.includes("GA[i] +="), product);
  const first = compare((x, p) => Value.sum(rowsOf(p, 3).map((row) => Value.dot(x, row))), {
    inputs: 3,
    parameters: 12,
  });
  assert(/addOuter\(b \+/.test(first) && !first.includes("timesTransposed"), first);
  const vector = compare((x, p) => Value.sum(rowsOf(x, 3).map((row) => Value.dot(row, p))), {
    inputs: 12,
    parameters: 3,
  });
  assert(vector.includes("timesTransposed") && !vector.includes("addOuter"), vector);
  // Two operands and nothing left over: no C.
  assert(layer.includes("B = code") && !layer.includes("C = code"), layer);
  const withBias = compare((_, p) => Value.dot(p.slice(0, 2), p.slice(2, 4), p[4]), {
    inputs: 0,
    parameters: 5,
  });
  assert(withBias.includes("C = code"), withBias);
  const ofOne = compare((_, p) => p[0].sin().cos(), { inputs: 0, parameters: 1 });
  assert(ofOne.includes("A = code") && !ofOne.includes("B = code"), ofOne);
});

Deno.test("loops: equal constants share a place, and −0 is not 0", () => {
  const w = new Value(1);
  const output = w.div(new Value(-0)).exp().add(w.div(new Value(0)).neg().exp());
  const kernel = compile(output, { inputs: [], parameters: [w], form: "loop" });
  assertEquals(kernel.forward([]), output.data);
  assertEquals(output.data, 0);
});

Deno.test("loops: an operation on lists that is not a sum of terms, also on no numbers", () => {
  const product = defineOperation({
    symbol: "product",
    formula: (n) => Array.from({ length: n }, (_, k) => `x${k + 1}`).join(" * ") || "1",
    value: (x) => Array.from(x).reduce((product, x) => product * x, 1),
    localFormula: (k, n) =>
      Array.from({ length: n }, (_, i) => `x${i + 1}`).toSpliced(k, 1).join(" * ") || "1",
    locals: (x, into) => {
      for (let k = 0; k < x.length; k++) {
        into[k] = Array.from(x).toSpliced(k, 1).reduce((product, x) => product * x, 1);
      }
      return into;
    },
  });
  compare((x, p) => {
    const lists = [[], [], p.slice(0, 2), p.slice(2), [...x, p[1]], [p[0], ...x]];
    return Value.sum(lists.map((list) => product(list).add(2))).mul(product(p));
  }, { inputs: 2, parameters: 5 });
});

Deno.test("loops: terms of an operation made with defineOperation()", () => {
  const squares = defineOperation(squaresEntry);
  const source = compare(
    (x, p) => Value.sum(rowsOf(p, 3).map((row) => squares(row).mul(x[0]))),
    { inputs: 1, parameters: 15 },
  );
  assert(
    source.includes("y += A[i] * A[i];") && source.includes("GA[i] += 2 * A[i] * dy;"),
    source,
  );
});

Deno.test("compile() with { share } uses the parameters and gradients of another kernel", () => {
  for (const forms of [["lines", "loop"], ["loop", "lines"], ["loop", "loop"]] as const) {
    const p = values(6), x = values(2);
    const first = compile(Value.dot(p.slice(0, 3), p.slice(3)), {
      inputs: [],
      parameters: p,
      form: forms[0],
    });
    const options = { inputs: x, parameters: p, form: forms[1], share: first };
    const second = compile(Value.dot(x, p.slice(0, 2)).exp(), options);
    assertEquals(second.parameters, first.parameters);
    first.parameters.set([1, 2, 3, 4, 5, 6]);
    assertEquals(first.backward([]), 4 + 10 + 18);
    assertEquals(second.backward([0, 0]), 1);
    assertEquals(second.backward([1, 0]), Math.E);
    second.parameters[5] = 0;
    assertEquals(first.forward([]), 14);
    assertEquals([...first.gradients], [4 + Math.E, 5, 6, 1, 2, 3]);
    assert(first.gradients === second.gradients && first.parameters === second.parameters);
    second.writeBack();
    assertEquals(p.map(({ data }) => data), [1, 2, 3, 4, 5, 0]);
  }
});
