import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import {
  exercise,
  exercises,
  expect,
  judge,
  like,
  limited,
  Mistake,
  NotYet,
  numbers,
  requireFinished,
  show,
  silently,
  todo,
} from "../../exercises/checks/check.ts";

/** What an answer gets that should do the same as `right`. */
function hint(
  right: (...args: never[]) => unknown,
  answer: unknown,
  inputs: unknown[][] = [[1], [2], [-3]],
): string {
  const test = like(right as (...args: unknown[]) => unknown, {
    inputs,
    mistakes: [["That is ten times x.", (x) => 10 * (x as number)]],
    hint: "Think again.",
  });
  const { mark, lines } = judge("f", answer, test);
  return lines.at(-1) ?? mark;
}
const twice = (x: number) => 2 * x;
const both = (x: number) => [x, 2 * x];

Deno.test("like() takes an answer that returns the same for every input", () => {
  assertEquals(hint(twice, (x: number) => x + x), "✓");
  assertEquals(hint(both, (x: number) => [x, x + x + 1e-12]), "✓");
  assertEquals(hint((x: number) => ({ x }), (x: number) => ({ x })), "✓");
  assertEquals(hint((x: number) => 1e12 * x, (x: number) => 1e12 * x + 1), "✓");
});

Deno.test("like() takes what is equal: to the ninth digit, item by item, NaN and Infinity as they are", () => {
  const of = (right: unknown, answer: unknown) => hint(() => right, () => answer, [[1]]) === "✓";
  for (
    const [right, answer] of [
      [NaN, NaN],
      [Infinity, Infinity],
      [0, -0],
      [0, 9e-10],
      [1, 1 + 9e-10],
      [-1e6, -1e6 - 9e-4],
      [[1, [2, "a"]], [1, [2, "a"]]],
      [{ a: 1, b: [2] }, { b: [2], a: 1 }],
      [null, null],
    ]
  ) assert(of(right, answer), `${show(right)} is ${show(answer)}`);
  for (
    const [right, answer] of [
      [NaN, 0],
      [0, NaN],
      [Infinity, -Infinity],
      [Infinity, 1e308],
      [1e308, Infinity],
      [1, 1 + 1.1e-9],
      [1e6, 1e6 + 1.1e-3],
      [0, 1.1e-9],
      [[1, 2], [1, 3]],
      [[1], [1, 2]],
      [[1, 2], [1]],
      [{ a: 1 }, { a: 2 }],
      [{ a: 1 }, { a: 1, b: 2 }],
      [{ a: 1, b: 2 }, { a: 1 }],
      [{ a: 1 }, { b: 1 }],
      ["a", "b"],
      [[1], { 0: 1 }],
      [1, "1"],
      [null, 0],
    ]
  ) assert(!of(right, answer), `${show(right)} is not ${show(answer)}`);
});

Deno.test("like() compares all inputs, also those at which the answer is 0, before it guesses", () => {
  const of = (right: (x: number) => number, answer: (x: number) => number, inputs: number[]) =>
    hint(right, answer, inputs.map((x) => [x]));
  assertEquals(
    of(twice, (x) => 6 * x, [0, 1, 2]),
    "It is 3 times what it should be, at every input.",
  );
  assertEquals(of(twice, (x) => 6 * x, [1]), "Think again.");
  assertMatch(of(twice, () => 7, [1, 2]), /the same for every input/);
  assertEquals(of(twice, (x) => x === 2 ? 5 : 6 * x, [1, 2]), "Think again.");
  assertEquals(
    of(twice, (x) => x === 2 ? -4 : 2 * x, [1, 2]),
    "Right before, but not here. Think again.",
  );
  assertEquals(of(twice, (x) => -2 * x + 1e-6, [1, 2, 3]), "Think again.");
  assertEquals(of(() => 4, () => 5, [1, 2]), "It is 1.25 times what it should be, at every input.");
  assertEquals(of(() => 0, () => 5, [1, 2]), "It is off by 5 at every input.");
  assertEquals(
    of((x) => 0.1 * x, (x) => 0.1 * x + 0.3, [1, 2, 7]),
    "It is off by 0.3 at every input.",
  );
  // By one part in a hundred, or by 0.01 where the number is below 1.
  const close = "Close, but not exact: is something approximated?";
  const off = (size: number, by: number) => of((x) => size * x, (x) => size * x + by / x, [1, 2]);
  assertEquals([off(100, 0.9), off(100, 1.005)], [close, "Think again."]);
  assertEquals([off(0.1, 0.009), off(0.1, 0.011)], [close, "Think again."]);
});

Deno.test("like() knows the mistakes that it was told, in all inputs", () => {
  assertEquals(hint(twice, (x: number) => 10 * x), "That is ten times x.");
  assertEquals(hint(twice, (x: number) => x > 1 ? 10 * x : x * x), "Think again.");
});

Deno.test("like() finds what the numbers say about a mistake that it was not told", () => {
  assertEquals(hint(twice, (x: number) => -2 * x), "The sign is the wrong way round.");
  assertEquals(hint(twice, (x: number) => -2 * x + 1e-12), "The sign is the wrong way round.");
  assertEquals(
    hint((x: number) => ({ x }), (x: number) => ({ x: -x })),
    "The sign is the wrong way round.",
  );
  assertEquals(
    hint(twice, (x: number) => 6 * x),
    "It is 3 times what it should be, at every input.",
  );
  assertEquals(hint(twice, (x: number) => 2 * x + 5), "It is off by 5 at every input.");
  assertEquals(
    hint(twice, (x: number) => 2.001 * x),
    "It is 1.0005 times what it should be, at every input.",
  );
  assertEquals(
    hint(Math.sin, (x: number) => Math.sin(x + 1e-4)),
    "Close, but not exact: is something approximated?",
  );
  assertMatch(hint(twice, () => 2), /the same for every input/);
  for (const off of [0, 1e-12]) {
    assertEquals(
      hint(both, (x: number) => [2 * x + off, x]),
      "The numbers are right, their order is not.",
    );
    assertEquals(
      hint((x: number) => 0.1 * x, (x: number) => 0.3 * x + off),
      "It is 3 times what it should be, at every input.",
    );
  }
  assertEquals(
    hint((x: number) => ({ a: x, b: 2 * x }), (x: number) => ({ a: 2 * x, b: x })),
    "Think again.",
  );
  const list = (length: number, x: number) => Array(length).fill(x);
  assertEquals(
    hint((x: number) => list(x, x), (x: number) => list(x, -x).concat(list(x - 1, 5)), [[1], [2]]),
    "Think again.",
  );
  assertEquals(
    hint(twice, (x: number) => Math.abs(2 * x)),
    "Right before, but not here. Think again.",
  );
  assertEquals(hint(twice, (x: number) => x ** 4 + 7), "Think again.");
});

Deno.test("like() has a sentence for a result of the wrong kind", () => {
  assertEquals(hint(twice, () => {}), "It returns nothing: is `return` missing?");
  assertEquals(
    hint(twice, () => Promise.resolve(1)),
    "It returns a Promise: write it without `async`.",
  );
  assertEquals(hint(twice, () => twice), "It returns a function: call it, with ().");
  assertEquals(hint(twice, String), "It returns a string, and should return a number.");
  assertEquals(hint(twice, () => null), "It returns null, and should return a number.");
  assertEquals(hint(twice, (x: number) => [x]), "It returns a list, and should return a number.");
  assertEquals(
    hint(twice, (x: number) => x > 0),
    "It returns a boolean, and should return a number.",
  );
  assertMatch(hint(twice, () => 0 / 0), /^NaN comes from/);
  assertMatch(hint(twice, () => -1 / 0), /^Infinity comes from/);
  assertEquals(hint(both, twice), "It returns a number, and should return a list.");
  assertEquals(
    hint(both, (x: number) => [x]),
    "It returns a list of 1, and should return one of 2.",
  );
  assertEquals(
    hint(both, (x: number) => [x, undefined]),
    "Item 1 of the list, counted from 0, is undefined.",
  );
  assertMatch(hint(both, (x: number) => [x, NaN]), /^NaN comes from/);
  assertEquals(hint((x: number) => ({ x }), () => ({})), "x is missing in the object.");
  assertEquals(
    hint((x: number) => ({ a: 1, x }), () => ({ a: 1, x: "b" })),
    "x: It returns a string, and should return a number.",
  );
  assertEquals(
    hint((x: number) => [x, Infinity], (x: number) => [3 * x * x, Infinity]),
    "Think again.",
  );
  assertMatch(hint((x: number) => [x, Infinity], (x: number) => [x, -Infinity]), /^Infinity comes/);
  for (
    const [right, answer, kinds] of [
      ["a", ["a"], "a list, and should return a string"],
      [["a"], "a", "a string, and should return a list"],
      [{}, 3, "a number, and should return an object"],
      [3, {}, "an object, and should return a number"],
      [{ a: 1 }, ["a"], "a list, and should return an object"],
    ]
  ) assertEquals(hint(() => right, () => answer), `It returns ${kinds}.`);
  for (const item of [null, NaN, "a"]) {
    assertEquals(hint((x: number) => [item, x], (x: number) => [item, x * x + 7]), "Think again.");
  }
});

Deno.test("like() says what was wrong before an error, but not before a Mistake or an empty hole", () => {
  const then = (fail: () => never) => (x: number) => x === 1 ? 3 : fail();
  const failing = (error: Error) => () => {
    throw error;
  };
  assertEquals(hint(twice, then(failing(new TypeError("no")))), "Think again.");
  assertEquals(hint(twice, then(failing(new Mistake("No.")))), "No.");
  assertMatch(hint(twice, then(todo)), /^not yet/);
  const negative = (x: number) => x < 3 ? -2 * x : failing(new TypeError("no"))();
  assertEquals(hint(twice, negative, [[1], [2], [3]]), "The sign is the wrong way round.");
});

Deno.test("like() takes no mistake that cannot be made with an input for one that was made", () => {
  const test = like(twice, {
    inputs: [[1], [2]],
    mistakes: [["You called nothing.", (x) => (undefined as unknown as typeof twice)(x)]],
    hint: "Think again.",
  });
  assertEquals(judge("f", (x: number) => x * x + 7, test).lines.at(-1), "Think again.");
});

Deno.test("like() sees that the arguments stay as they are, and gives each call its own", () => {
  const last = (list: number[]) => list.at(-1);
  assertEquals(
    hint(last, (list: number[]) => list.pop(), [[[1, 2]], [[3]]]),
    "f() changes the list that it gets: work on a copy, [...list].",
  );
  assertEquals(hint(last, (list: number[]) => list[list.length - 1], [[[1, 2]], [[3]]]), "✓");
  assertMatch(
    hint(last, (list: number[]) => (list[0] += 1e-9, list.at(-1)), [[[1, 2]]]),
    /changes the list/,
  );
});

Deno.test("judge() says what was tried, what was expected and what came", () => {
  const test = like((x: number, _list: number[]) => 2 * x, {
    inputs: [[0.5, [1, -2]]],
    mistakes: [],
    hint: "Think again.",
  });
  assertEquals(judge("f", () => -3, test), {
    mark: "✗",
    lines: ["f(0.5, [1, −2])", "  expected 1", "  got      −3", "Think again."],
  });
});

Deno.test("judge() lets nothing out that the learner's code throws", () => {
  const of = (answer: () => unknown) => judge("f", answer, (f: () => unknown) => void f());
  assertEquals(of(() => 3), { mark: "✓", lines: [] });
  assertEquals(of(todo), { mark: "·", lines: ["not yet"] });
  assertEquals(of(() => (undefined as unknown as number[])[0]).mark, "✗");
  assertMatch(of(() => (undefined as unknown as number[])[0]).lines[0], /^It throws TypeError: /);
  assertEquals(
    of(() => {
      throw "a text";
    }),
    { mark: "✗", lines: ['It throws "a text"'] },
  );
  const endless = (): number => 1 + endless();
  assertEquals(of(endless).lines, ["It calls itself until the stack is full: when does it stop?"]);
  assertEquals(
    judge("f", undefined, like(twice, { inputs: [[1]], mistakes: [], hint: "" })).mark,
    "✗",
  );
});

Deno.test("judge() names the line of the learner's file, and tells endless recursion from other errors", () => {
  const lines = (error: unknown) => {
    const answer = () => {
      throw error;
    };
    return judge("f", answer, (f: () => unknown) => void f()).lines;
  };
  const at = (error: Error) => {
    error.stack = `${error}\n    at g (file:///a/lessons/show.ts:3:4)\n` +
      "    at f (file:///a/exercises/03_chain_rule.ts:12:7)\n    at file:///a/exercises/check.ts:1:1";
    return lines(error);
  };
  const place = "(exercises/03_chain_rule.ts:12)";
  assertEquals(at(new TypeError("no")), [`It throws TypeError: no ${place}`]);
  assertEquals(at(new RangeError("Invalid array length")), [
    `It throws RangeError: Invalid array length ${place}`,
  ]);
  assertEquals(at(new RangeError("Maximum call stack size exceeded")), [
    `It calls itself until the stack is full: when does it stop? ${place}`,
  ]);
  assertEquals(at(new Error("call stack")), [`It throws Error: call stack ${place}`]);
  const bare = new Error("no");
  bare.stack = undefined;
  assertEquals(lines(bare), ["It throws Error: no"]);
  assertEquals(lines(3), ["It throws 3"]);
  assertEquals(lines({ stack: "/exercises/03_chain_rule.ts:12" }), [
    'It throws { stack: "/exercises/03_chain_rule.ts:12" }',
  ]);
});

Deno.test("judge() says which hole to fill first", () => {
  const first = () => todo();
  class Own {
    mul = () => todo();
    sub() {
      return this.mul();
    }
  }
  const of = (name: string, answer: () => unknown) =>
    judge(name, answer, (f: () => unknown) => void f()).lines[0];
  assertEquals(of("first", first), "not yet");
  assertEquals(of("second", () => 1 + first()), "not yet: first fill first");
  assertEquals(of("sub", () => new Own().sub()), "not yet: first fill mul");
  assertEquals(of("second", () => [1].map(todo)), "not yet");
});

Deno.test("expect() throws a Mistake with its hint, unless two things are equal", () => {
  expect([1, { a: 2 }], [1, { a: 2 }], { at: "", hint: "" });
  const error = assertThrows(() => expect(3, 4, { at: "f(1)", hint: "One more." }), Mistake);
  assertEquals([error.hint, error.found], ["One more.", ["f(1)", 4, 3]]);
  assertThrows(() => expect(1, 1.001, { at: "", hint: "", tolerance: 1e-4 }), Mistake);
  expect(1, 1 + 9e-10, { at: "", hint: "" });
  assertThrows(() => expect(1, 1 + 1.1e-9, { at: "", hint: "" }), Mistake);
  expect(1, 1.001, { at: "", hint: "", tolerance: 1e-2 });
  expect(0, -0, { at: "", hint: "", tolerance: 0 });
});

Deno.test("limited() calls a function with its arguments, but not for ever", () => {
  const sum = limited((x: number, y: number) => x + 2 * y);
  for (let k = 0; k < 5000; k++) assertEquals(sum(k, 1), k + 2);
  assertThrows(
    () => {
      while (true) sum(1, 1);
    },
    Mistake,
    "It does not end",
  );
});

Deno.test("show() writes a thing as a learner would", () => {
  assertEquals(
    [-1.5, -1e-14, 1 / 3, "a", [1, [-2]], { a: -1 }, Math.sin, (x: number) => x + 1, undefined].map(
      show,
    ),
    [
      "−1.5",
      "−1e−14",
      "0.3333333",
      '"a"',
      "[1, [−2]]",
      "{ a: −1 }",
      "sin",
      "(x) => x + 1",
      "undefined",
    ],
  );
});

Deno.test("numbers() are random, with one decimal place, none of them 0", () => {
  const many = numbers(1000);
  assert(new Set(many).size > 80);
  for (const x of many) assert(x !== 0 && Math.abs(x) <= 5 && Number(x.toFixed(1)) === x, `${x}`);
});

/** What is printed meanwhile, without colours. */
async function printed(run: () => void | Promise<void>): Promise<string> {
  const lines: unknown[] = [], log = console.log;
  console.log = (line) => lines.push(line);
  try {
    await run();
  } finally {
    console.log = log;
  }
  // The thread that watches for endless loops ends with the code that runs now.
  await new Promise((resolve) => setTimeout(resolve, 10));
  return stripAnsiCode(lines.join("\n"));
}
const positive = (x: number) => {
  if (x <= 0) throw new Mistake("Too small.");
  return "well done";
};
const [empty] = [() => todo()];

Deno.test("exercise() reports each hole, counts, and names the next exercise when all are done", async () => {
  const check = exercise("03_chain_rule", { a: positive, b: positive, c: empty });
  assertEquals(
    await printed(() => {
      check({ a: 1 });
      check({ b: -1 });
      check({ c: 1 });
    }),
    "\nExercise 03_chain_rule\n\n  ✓ a: well done\n  ✗ b\n    → Too small.\n  · c: not yet\n\n  1 of 3\n",
  );
  const all = exercise("03_chain_rule", { a: positive, b: positive });
  assertStringIncludes(
    await printed(() => all({ a: 1, b: 2 })),
    "  2 of 2 · Next: deno run exercises/04_backpropagation.ts\n",
  );
  const last = exercise("11_gpt", { a: positive });
  assertStringIncludes(
    await printed(() => last({ a: 1 })),
    "1 of 1 · That was the last one. deno task exercises",
  );
});

Deno.test("exercise() shows what was tried, what was expected and what came, above the hint", async () => {
  const test = like(twice, { inputs: [[1]], mistakes: [], hint: "Think again." });
  const check = exercise("03_chain_rule", { a: test, b: test });
  assertStringIncludes(
    await printed(() => check({ a: () => 3 })),
    "\n  ✗ a\n    a(1)\n      expected 2\n      got      3\n    → Think again.",
  );
});

Deno.test("exercise() times the holes alone, not what runs after them", async () => {
  const check = exercise("03_chain_rule", { a: positive, b: positive }, { seconds: 0.5 });
  await printed(() => {
    check({ a: 1 });
    const end = performance.now() + 1000;
    while (performance.now() < end);
  });
});

Deno.test("exercise() breaks a long hint, so that it can be read in a narrow terminal", async () => {
  const long = () => {
    throw new Mistake("A sentence that goes on and on, ".repeat(8).trim());
  };
  const lines = (await printed(() => exercise("00_derivative", { a: long })({ a: 1 }))).split("\n");
  const hint = lines.slice(4, -3);
  assert(hint.length > 3 && hint.every((line) => line.length <= 80), lines.join("\n"));
  assertEquals(
    hint.map((line) => line.trim()).join(" "),
    `→ ${"A sentence that goes on and on, ".repeat(8).trim()}`,
  );
});

Deno.test("exercise() counts a hole again when it is checked again, as in a notebook", async () => {
  const check = exercise("01_value", { a: positive, b: positive });
  await printed(() => check({ a: -1, b: 1 }));
  assertEquals(
    await printed(() => check({ a: 1 })),
    "\nExercise 01_value\n\n  ✓ a: well done\n\n  2 of 2 · Next: deno run exercises/02_rate_of_change.ts\n",
  );
  assertEquals((await printed(() => check({ a: -1, b: 1 }))).split("\n").at(-2), "  1 of 2");
});

Deno.test("silently() loads without a line, and requireFinished() knows what is done", async () => {
  const check = exercise("02_rate_of_change", { a: positive });
  assertThrows(
    () => requireFinished("02_rate_of_change", "07_descent"),
    NotYet,
    "02_rate_of_change and 07_descent",
  );
  assertEquals(
    await printed(() => silently(() => Promise.resolve(check({ a: 1 })))),
    "",
  );
  requireFinished("02_rate_of_change");
  const half = exercise("07_descent", { a: positive, b: positive });
  await printed(() => half({ a: 1, b: -1 }));
  assertThrows(() => requireFinished("07_descent"), NotYet, "not yet: first finish 07_descent");
  assertMatch(await printed(() => check({ a: 1 })), /1 of 1/);
});

Deno.test("the exercises are in order, one for each lesson from 00 to 11", () => {
  assertEquals(exercises.map((name) => Number(name.slice(0, 2))), [...exercises.keys()]);
  assertEquals(exercises.length, 12);
});
