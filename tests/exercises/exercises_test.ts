// What `deno task exercises` shows of what exercises print. tests/system/exercises.ts runs it.
import "./in_terminal.ts";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { setColorEnabled, stripAnsiCode } from "@std/fmt/colors";
import { exercise, exercises, like, todo } from "../../exercises/checks/check.ts";
import { coloured, overview, read, type Standing, watch } from "../../tools/exercises.ts";

/** What is printed meanwhile. */
async function printed(run: () => unknown): Promise<string> {
  const lines: unknown[] = [], { log, clear } = console;
  console.log = (line = "") => lines.push(line);
  console.clear = () => lines.push("(clear)");
  try {
    await run();
  } finally {
    Object.assign(console, { log, clear });
  }
  return lines.join("\n");
}

/** An exercise of which so many holes are right. */
function standing(name: string, right: number, holes: number): Standing {
  const mark = right === holes ? "✓" : "✗";
  return {
    name,
    right,
    holes,
    text: `\nExercise ${name}\n\n  ${mark} twoMoons: well\n\n  ${right} of ${holes}\n`,
  };
}

Deno.test("read() finds how many holes are right, or the error without what concerns Deno alone", () => {
  const text = "\nExercise 03_chain_rule\n\n  ✓ a: 7 of 9\n\n  1 of 12 · Next: …\n";
  assertEquals(read("03_chain_rule", text, "Warning"), {
    name: "03_chain_rule",
    right: 1,
    holes: 12,
    text,
  });
  assertEquals(read("01_value", "before\n", "error: no\n\nStack backtrace:\n  0: <unknown>\n"), {
    name: "01_value",
    right: 0,
    holes: 0,
    text: "before\nerror: no\n",
  });
});

Deno.test("coloured() gives an exercise the colours that it has when it prints itself", async () => {
  setColorEnabled(true);
  try {
    const long = "Think again, and about each of these words, ".repeat(4).trim();
    const wrong = like((x: number) => x, { inputs: [[1]], mistakes: [], hint: long });
    const text = await printed(() => {
      const check = exercise("03_chain_rule", { a: wrong, b: wrong, c: wrong });
      check({ a: (x: number) => x, b: () => 3, c: todo });
      exercise("11_gpt", { a: wrong })({ a: (x: number) => x });
    });
    assert(stripAnsiCode(text) !== text);
    assertEquals(coloured(stripAnsiCode(text)), text.trimEnd());
    await new Promise((resolve) => setTimeout(resolve, 10)); // for the thread that watches to end
  } finally {
    setColorEnabled(false);
  }
});

Deno.test("overview() has a line for each exercise, and finds the first that is not done", async () => {
  const standings = exercises.map((name, k) => standing(name, Math.min(k, 4), 5));
  standings[0] = standing(exercises[0], 5, 5);
  standings[1] = { ...standings[1], right: 0, holes: 0 };
  const run = (name: string) => Promise.resolve(standings.find((one) => one.name === name)!);
  let current: Standing | undefined;
  const lines = (await printed(async () => current = await overview(run))).split("\n");
  assertEquals(current, standings[1]);
  assertEquals(lines.slice(0, 5), [
    "",
    "  ✓ 00 derivative        ●●●●●   5 of 5",
    "  ✗ 01 value             does not run",
    "  › 02 rate of change    ●●○○○   2 of 5",
    "  › 03 chain rule        ●●●○○   3 of 5",
  ]);
  assertEquals(lines.length, 1 + exercises.length);
  const none = standing(exercises[0], 0, 6);
  const first = await printed(() => overview((name) => Promise.resolve({ ...none, name })));
  assertEquals(first.split("\n")[1], "  · 00 derivative        ○○○○○○  0 of 6");
});

Deno.test("overview() ends with what one's own engine has learned, when all is done", async () => {
  let current: Standing | undefined;
  const text = await printed(async () =>
    current = await overview((name) => Promise.resolve(standing(name, 4, 4)))
  );
  assertEquals(current, undefined);
  assertMatch(
    text,
    /\n\n {2}All done\. You have made your own micrograd\. On the two moons,\n {4}well\.\n$/,
  );
});

Deno.test("watch() runs each exercise that was saved once, and shows the next when one is done", async () => {
  async function* changes() {
    for (
      const file of ["04_backpropagation.ts", "README.md", "04_backpropagation.ts", "12_no.ts"]
    ) {
      yield { paths: [`/a/exercises/${file}`] };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    yield { paths: ["/a/exercises/00_derivative.ts~", "/a/exercises/00_derivative.ts"] };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const ran: string[] = [];
  const run = (name: string) => {
    ran.push(name);
    return Promise.resolve(standing(name, name.startsWith("00") ? 3 : 1, 3));
  };
  const text = await printed(() => watch(changes(), run));
  assertEquals(ran, ["04_backpropagation", "00_derivative", ...exercises]);
  const said = (name: string, right: number) =>
    `(clear)\n${standing(name, right, 3).text.trimEnd()}\n\n`;
  assertEquals(
    text.slice(0, text.indexOf("  ✓ 00 derivative")),
    said("04_backpropagation", 1) + "  Edit exercises/04_backpropagation.ts and save it.\n\n" +
      said("00_derivative", 3),
  );
  assertMatch(
    text,
    /11 gpt .*\n\nExercise 01_value\n[^]*\n {2}Edit exercises\/01_value\.ts and save it\.\n$/,
  );
});

Deno.test("watch() has nothing more to show when all exercises are done", async () => {
  async function* changes() {
    yield { paths: ["11_gpt.ts"] };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const text = await printed(() =>
    watch(changes(), (name) => Promise.resolve(standing(name, 4, 4)))
  );
  assertMatch(text, /\n {2}All done\. .*\n {4}well\.\n$/);
});
