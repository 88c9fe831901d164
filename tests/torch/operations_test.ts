// Every operation and whole graphs, checked against the numbers of tests/torch/operations.py. Where the
// two differ on purpose stands in docs/pytorch.md, whose tables are read here.
import { assert, assertEquals } from "@std/assert";
import { listOperations, operations } from "../../engine/operations.ts";
import { Value } from "../../mod.ts";
import page from "../../docs/pytorch.md" with { type: "text" };
import golden from "./operations.json" with { type: "json" };
import { forward } from "../engine/dual.ts";
import { build, type Name, type Plan } from "../engine/plan.ts";

/** A number of the data: NaN, the infinities and −0 are strings. */
type Encoded = number | string;

/** The rows of the table under a heading, each a list of cells without the marks of code. */
function table(heading: string): string[][] {
  const rows = page.split(`\n## ${heading}\n`)[1].split("\n## ")[0].split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim().replace(/^`|`$/g, "")));
  return rows.slice(2);
}

/** What an expression says, in the numbers it names. */
function evaluate(code: string, numbers: Record<string, unknown>): unknown {
  return new Function(...Object.keys(numbers), `return ${code}`)(...Object.values(numbers));
}

/** The result of an operation, then its derivative in each operand, by `backward()`. */
function results(y: Value, operands: readonly Value[]): number[] {
  y.backward();
  return [y.data, ...operands.map(({ grad }) => grad)];
}

/** Asserts that a number is the other but for the last digits: NaN, ±Infinity and −0 are exact. */
function assertClose(actual: number, expected: number, where: string): void {
  const error = Math.abs(actual - expected), size = Math.abs(expected);
  const isClose = size > 0 && size < Infinity && error <= 1e-14 * size;
  assert(Object.is(actual, expected) || isClose, `${where}: ${actual}, not ${expected}`);
}

/** Lists the operations of a table that PyTorch has not computed yet as ignored tests. */
function expectAll(data: object, table: object): void {
  for (const name of Object.keys(table)) {
    if (Object.hasOwn(data, name)) continue;
    Deno.test.ignore(`${name}() agrees with PyTorch (run tests/torch/operations.py)`, () => {});
  }
  Deno.test(`PyTorch's data has no other operations than ${Object.keys(table)}`, () => {
    for (const name of Object.keys(data)) assert(Object.hasOwn(table, name), name);
  });
}

expectAll({ ...golden.unary, ...golden.binary }, operations);
expectAll(golden.lists, listOperations);

const parts = ["y", "∂y/∂a", "∂y/∂b", "∂y/∂c"];
const differences = table("Operations");
const met = new Set<string[]>();

/** The result, k = 0, as it is; a derivative as what adds up from 0: for us it is never −0. */
function part(k: number, x: number): number {
  return k === 0 ? x : x + 0;
}

function decode(results: readonly Encoded[]): number[] {
  return results.map((x, k) => part(k, Number(x)));
}

/** Checks an operation against PyTorch's numbers, or against what the page says of both. */
function compare(code: string, x: readonly number[], torch: readonly number[]): void {
  const operands = x.map((number) => new Value(number));
  const named = <T>([a, b, c]: readonly T[]) => ({ a, b, c });
  const actual = results(evaluate(code, named(operands)) as Value, operands);
  const numbers = named(x);
  for (const [k, name] of parts.slice(0, actual.length).entries()) {
    const where = `${name} of ${code} at ${x}`;
    const difference = differences.find(([operation, what, condition]) =>
      operation === code && what === name && evaluate(condition, numbers)
    );
    if (difference === undefined) {
      assertClose(actual[k], torch[k], where);
    } else {
      const [torchSays, weSay] = difference.slice(3, 5)
        .map((code) => part(k, evaluate(code, numbers) as number));
      assertClose(torch[k], torchSays, `PyTorch's ${where}`);
      assertClose(actual[k], weSay, where);
      assert(!Object.is(torch[k], actual[k]), `${where} differs`);
      met.add(difference);
    }
  }
}

Deno.test("operations on numbers agree with PyTorch, or differ as docs/pytorch.md says", () => {
  const { unary, binary } = golden;
  const numbers = golden.numbers.map(Number);
  for (const [name, rows] of Object.entries(unary)) {
    numbers.forEach((a, k) => compare(`a.${name}()`, [a], decode(rows[k])));
  }
  for (const [name, rows] of Object.entries(binary)) {
    numbers.forEach((a, i) => {
      numbers.forEach((b, k) =>
        compare(`a.${name}(b)`, [a, b], decode(rows[i * numbers.length + k]))
      );
    });
  }
  for (const { x, y } of golden.clamp) compare("a.clamp(b, c)", x.map(Number), decode(y));
  assertEquals(differences.filter((difference) => !met.has(difference)), []);
});

Deno.test("tanh and sigmoid agree with PyTorch where they are nearly level, as docs/pytorch.md measures", () => {
  const shown = (x: number) => x.toExponential(1);
  const measured = golden.saturated.tanh.flatMap(({ x: [a], y: [torchY, torchSlope] }) => {
    const x = new Value(a), [y, slope] = results(x.tanh(), [x]);
    assertClose(y, torchY, `tanh(${a})`);
    assert(Math.abs(slope - torchSlope) <= 6e-17, `the slope of tanh at ${a}: ${slope}`);
    const exact = 1 / Math.cosh(a) ** 2;
    const parts = [slope - exact, torchSlope - exact, slope - torchSlope]
      .map((difference) => shown(Math.abs(difference) / exact));
    return a > 0 ? [[`${a}`, shown(exact), ...parts]] : [];
  });
  assertEquals(table("Slopes where tanh is nearly level"), measured);
  for (const { x, y } of golden.saturated.sigmoid) compare("a.sigmoid()", x, y);
});

Deno.test("operations on lists agree with PyTorch", () => {
  for (const [name, rows] of Object.entries(golden.lists)) {
    for (const { x, y } of rows) {
      const places = x.map((_, k) => k);
      const nodes = build({
        leaves: x.map(Number),
        steps: [{ name: name as Name, operands: places }],
      });
      const actual = results(nodes[x.length], nodes.slice(0, x.length));
      decode(y).forEach((expected, k) => assertClose(actual[k], expected, `${name}(${x})`));
    }
  }
});

Deno.test("gradients differ from PyTorch's where docs/pytorch.md says that 0 meets Infinity", () => {
  const rows = table("Graphs");
  assertEquals(
    rows.map(([code, a]) => [code, Number(a)]),
    golden.chains.map(({ code, a }) => [code, a]),
  );
  for (const [k, [code, , torch, ours]] of rows.entries()) {
    const a = new Value(golden.chains[k].a);
    const [y, gradient] = results(evaluate(code, { a }) as Value, [a]);
    assertEquals([y, gradient], [Number(golden.chains[k].y[0]), Number(ours)], code);
    assertEquals(golden.chains[k].y[1], Number(torch), code);
  }
});

/** A plan of the data, where an operand that is a string is a constant. */
function toPlan({ leaves, steps }: { leaves: number[]; steps: (string | number)[][] }): Plan {
  return {
    leaves,
    steps: steps.map(([name, ...operands]) => ({
      name: name as Name,
      operands: operands.map((place) =>
        typeof place === "string" ? { constant: Number(place) } : place
      ),
    })),
  };
}

Deno.test("200 random graphs have the outputs and the gradients that they have in PyTorch", () => {
  assertEquals(golden.graphs.length, 200);
  for (const [k, graph] of golden.graphs.entries()) {
    const plan = toPlan(graph), nodes = build(plan);
    const actual = results(nodes.at(-1)!, nodes.slice(0, plan.leaves.length));
    const tangents = plan.leaves.map((_, leaf) => forward(plan, leaf).at(-1)!);
    assert(tangents.some(({ dx }) => dx !== 0));
    // The last digit of a tanh may differ: what cancels out or grows later on shows it.
    const sizes = [Math.abs(actual[0]), ...tangents.map(({ size }) => size)];
    for (const [i, expected] of graph.y.entries()) {
      const message = `number ${i} of graph ${k}: ${actual[i]}, not ${expected}`;
      assert(Math.abs(actual[i] - Number(expected)) <= 1e-9 * sizes[i], message);
    }
  }
});
