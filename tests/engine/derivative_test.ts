import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { derivative, gradCheck, Value, valueAndGrad } from "../../mod.ts";

/** The lecture's function; its slope is 6x − 4. */
const f = (x: number) => 3 * x ** 2 - 4 * x + 5;

const forward = (x: number, h: number) => derivative(f, x, { method: "forward", h });

Deno.test("derivative() by forward difference reproduces the lecture's numbers, including their rounding", () => {
  assertEquals(forward(3, 1e-3), 14.00300000000243);
  assertEquals(forward(2 / 3, 1e-6), 2.999378523327323e-06);
  const L = (a: number) => (a * -3 + 10) * -2;
  assertEquals(derivative(L, 2, { method: "forward", h: 1e-4 }), 6.000000000021544);
});

Deno.test("derivative() by forward difference gets more accurate, then less, as h shrinks", () => {
  const rounded = (h: number, digits: number) => Number(forward(3, h).toPrecision(digits));
  assertEquals(rounded(1e-3, 5), 14.003);
  assertEquals(rounded(1e-8, 10), 14.00000009);
  assertEquals(rounded(1e-15, 4), 10.66);
  assertEquals(forward(3, 1e-16), 0);
});

Deno.test("derivative() by central difference with the same h is far more accurate", () => {
  const central = derivative(f, 3, { method: "central", h: 1e-3 });
  assertEquals(Number(central.toPrecision(15)), 13.9999999999993);
  assertEquals(derivative(f, 3, { h: 1e-3 }), central, "central is the default");
});

Deno.test("derivative() of a cubic has the error h² by central and 3xh + h² by forward difference", () => {
  const cube = (x: number) => x ** 3, h = 0.5;
  assertAlmostEquals(derivative(cube, 2, { h }), 12 + h ** 2, 1e-12);
  assertAlmostEquals(derivative(cube, 2, { h, method: "forward" }), 12 + 6 * h + h ** 2, 1e-12);
});

Deno.test("derivative() finds known derivatives with its default nudge", () => {
  const known: [f: (x: number) => number, slope: (x: number) => number][] = [
    [f, (x) => 6 * x - 4],
    [Math.exp, Math.exp],
    [Math.sin, Math.cos],
    [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
    [(x) => x ** 3, (x) => 3 * x ** 2],
    [(x) => 1 / (1 + x * x), (x) => -2 * x / (1 + x * x) ** 2],
    [() => 7, () => 0],
  ];
  for (const [f, slope] of known) {
    for (const x of [-3, -0.7, 0, 0.01, 1, 2.5]) {
      const exact = slope(x), size = Math.max(1, Math.abs(exact));
      assertAlmostEquals(derivative(f, x), exact, 1e-9 * size, `central of ${f} at ${x}`);
      const byForward = derivative(f, x, { method: "forward" });
      assertAlmostEquals(byForward, exact, 1e-6 * size, `forward of ${f} at ${x}`);
    }
  }
});

Deno.test("derivative() scales its default nudge with x, so that it is not lost in rounding", () => {
  const x = 1e10;
  assertAlmostEquals(derivative((x) => x * x, x) / (2 * x), 1, 1e-9);
  assertAlmostEquals(derivative((x) => x * x, x, { method: "forward" }) / (2 * x), 1, 1e-7);
});

Deno.test("derivative() is NaN where there is no slope", () => {
  assertEquals(derivative(f, NaN), NaN);
  assertEquals(derivative((x) => x, Infinity), NaN);
  assertEquals(derivative(Math.log, -2), NaN);
});

Deno.test("derivative() throws and says what to write", () => {
  // deno-lint-ignore no-explicit-any
  const loose: any = derivative, a = new Value(3);
  const misuse: [wrong: () => unknown, kind: typeof TypeError | typeof RangeError, text: string][] =
    [
      [
        () => loose(),
        TypeError,
        "write derivative((x) => x * x, 3): f is undefined, not a function",
      ],
      [() => loose(14, 3), TypeError, "is 14, not a function"],
      [() => loose(a, 3), TypeError, "is a Value, not a function"],
      [() => loose(f), TypeError, "write derivative(f, 3): x is undefined, not a number"],
      [() => loose(f, "3"), TypeError, 'write derivative(f, 3): x is the string "3", not a number'],
      [() => loose(f, 3n), TypeError, "is the bigint 3n, not a number"],
      [() => loose(f, a), TypeError, "write derivative(f, 3): x is a Value, not a number"],
      [
        () => loose(f, 3, 0.001),
        TypeError,
        "write derivative(f, 3, { h: 0.001 }): options is 0.001,",
      ],
      [() => loose(f, 3, null), TypeError, "is null, not an object of options"],
      [
        () => loose(f, 3, { h: 0 }),
        RangeError,
        "write derivative(f, 3, { h: 0.001 }): h is 0, not a positive number",
      ],
      [() => loose(f, 3, { h: -1 }), RangeError, "is -1, not a positive number"],
      [() => loose(f, 3, { h: NaN }), RangeError, "is NaN, not a positive number"],
      [() => loose(f, 3, { h: Infinity }), RangeError, "is Infinity, not a positive number"],
      [
        () => loose(f, 3, { h: "0.001" }),
        TypeError,
        'is the string "0.001", not a positive number',
      ],
      [
        () => loose(f, 3, { method: "backward" }),
        RangeError,
        'is the string "backward", not one of "central", "forward"',
      ],
      [() => loose(() => a, 3), TypeError, "returned a Value (for Values write gradCheck(f, [x]))"],
      [() => loose(() => undefined, 3), TypeError, "returned undefined"],
      [() => loose(() => "9", 3), TypeError, 'returned the string "9"'],
    ];
  for (const [wrong, kind, text] of misuse) assertThrows<Error>(wrong, kind, text, `${wrong}`);
});

Deno.test("gradCheck() returns a row for each input if backpropagation and nudging agree", () => {
  const rows = gradCheck((a, b, c, f) => a.mul(b).add(c).mul(f), [2, -3, 10, -2]);
  assertEquals(rows.map(({ input }) => input), [2, -3, 10, -2]);
  assertEquals(rows.map(({ backward }) => backward), [6, -4, -2, 4]);
  for (const { backward, central, error } of rows) {
    assertAlmostEquals(central, backward, 1e-8);
    assertEquals(error, Math.abs(backward - central) / Math.max(Math.abs(backward), 1));
  }
  const [{ backward, central, error }] = gradCheck((x) => x.tanh(), [1]);
  assert(error > 0);
  assertEquals(error, Math.abs(backward - central), "the gradient is below 1");
  assertEquals(gradCheck((x) => x, [5]).length, 1, "a function may return its input");
  assertEquals(gradCheck(() => new Value(1), [5])[0].backward, 0);
  gradCheck((x, y) => x.tanh().exp().div(y.sin()).pow(x), [0.7, 1.9]);
});

/** The cells of the table in the error message of a failing gradCheck(). */
function tableOf(run: () => unknown): string[][] {
  const { message } = assertThrows(run, Error, "backpropagation and nudging disagree by more than");
  return message.split("\n").slice(1).map((line) => line.split(/ {2,}/));
}

Deno.test("gradCheck() throws for a wrong gradient, and marks the input in a table", () => {
  // b is used as a number: backpropagation does not see that the result depends on it.
  const wrongInSecond = (a: Value, b: Value) => a.mul(b.data);
  const [heading, first, second] = tableOf(() => gradCheck(wrongInSecond, [2, 3]));
  assertEquals(heading, ["input", "backward", "central", "error"]);
  assertEquals(first.slice(0, 2), ["2", "3"]);
  assertAlmostEquals(Number(first[2]), 3, 1e-8);
  assertMatch(first[3], /^\d\.\de-\d+$/);
  assertEquals(second.slice(0, 2), ["3", "0"]);
  assertAlmostEquals(Number(second[2]), 2, 1e-8);
  assertEquals(second[3], "1.0e+0 ✗");
});

Deno.test("gradCheck() uses the given tolerance and nudge", () => {
  const cube = (x: Value) => x.pow(3), h = 0.1; // the central difference is off by h² = 0.01
  const [{ central, error }] = gradCheck(cube, [2], { h, tolerance: 1e-3 });
  assertAlmostEquals(central, 12.01, 1e-12);
  assertAlmostEquals(error, 0.01 / 12.01, 1e-12);
  tableOf(() => gradCheck(cube, [2], { h }));
  tableOf(() => gradCheck(cube, [2], { tolerance: 0 }));
});

Deno.test("gradCheck() accepts what is exact with the tolerance 0, and separates the longest numbers", () => {
  const constant = () => new Value(1);
  assertEquals(gradCheck(constant, [5], { tolerance: 0 })[0].error, 0);
  const longest = -1.2345678901234567e-100;
  const [, first, second] = tableOf(() =>
    gradCheck((_, b) => new Value(2 * b.data), [longest, 3], { tolerance: 0 })
  );
  assertEquals(first, ["-1.2345678901234567e-100", "0", "0", "0.0e+0"]);
  assertEquals(second.slice(0, 2), ["3", "0"]);
});

Deno.test("gradCheck() does not accept NaN or Infinity", () => {
  tableOf(() => gradCheck((x) => x.relu(), [NaN]));
  tableOf(() => gradCheck((x) => x.log(), [-2]));
  tableOf(() => gradCheck((x) => x.sqrt(), [0]));
  tableOf(() => gradCheck((x) => x.mul(2), [Infinity]));
});

Deno.test("gradCheck() throws and says what to write", () => {
  // deno-lint-ignore no-explicit-any
  const loose: any = gradCheck, square = (x: Value) => x.mul(x);
  const misuse: [wrong: () => unknown, text: string][] = [
    [() => loose(), "write gradCheck((a, b) => a.mul(b), [2, -3]): f is undefined, not a function"],
    [() => loose(square), "[2, -3]): inputs is undefined, not an array"],
    [() => loose(square, 3), "[2, -3]): inputs is 3, not an array"],
    [() => loose(square, ["3"]), 'inputs[0] is the string "3", not a number'],
    [() => loose(square, [new Value(3)]), "is a Value, not a number"],
    [() => loose(() => 9, [3]), "f(…) is 9, not a Value"],
    [() => loose(() => {}, [3]), "f(…) is undefined, not a Value"],
    [
      () => loose(square, [3], 1e-6),
      "write gradCheck(f, [2, -3], { tolerance: 1e-6 }): options is 0.000001",
    ],
  ];
  for (const [wrong, text] of misuse) assertThrows(wrong, TypeError, text, `${wrong}`);
});

Deno.test("valueAndGrad() returns the value and the gradient, computed anew on each call", () => {
  const f = valueAndGrad((a, b, c, f) => a.mul(b).add(c).mul(f));
  for (let k = 0; k < 2; k++) assertEquals(f(2, -3, 10, -2), { value: -8, grad: [6, -4, -2, 4] });
  assertThrows(
    () => f("2" as unknown as number),
    TypeError,
    'inputs[0] is the string "2", not a number',
  );
  const none = valueAndGrad(() => 3 as unknown as Value);
  assertThrows(() => none(1), TypeError, "f(…) is 3, not a Value");
});
