// What lessons show in a terminal and in a pipe, and how they know where they are.
import { assert, assertEquals } from "@std/assert";
import { bold, dim, green, red, setColorEnabled } from "@std/fmt/colors";
import { graph, picture, print, progress, show, table } from "../../lessons/show.ts";
import { draw, explain, Value } from "../../mod.ts";

/** What `run` writes to the standard output, where that is a terminal or a pipe. */
async function written(run: () => unknown, { isTerminal = true } = {}): Promise<string> {
  let text = "";
  const { log } = console;
  console.log = (line = "") => void (text += `${line}\n`);
  Object.assign(Deno.stdout, {
    isTerminal: () => isTerminal,
    writeSync: (bytes: Uint8Array) => text += new TextDecoder().decode(bytes),
  });
  try {
    await run();
  } finally {
    console.log = log;
    // What is below these is the standard output's own.
    for (const name of ["isTerminal", "writeSync"]) Reflect.deleteProperty(Deno.stdout, name);
  }
  return text;
}

/** The lines that a terminal shows after what was written to it. */
function screen(text: string): string[] {
  const lines = [""];
  let row = 0, column = 0;
  for (const [part] of text.matchAll(/\p{Cc}\[\d*[AJK]|[^]/gu)) {
    const [, count, command] = /^\p{Cc}\[(\d*)([AJK])$/u.exec(part) ?? [];
    if (command === "A") row -= Math.max(1, Number(count));
    else if (command === "J") lines.splice(row, Infinity, lines[row].slice(0, column));
    else if (command === "K") lines[row] = lines[row].slice(0, column);
    else if (part === "\r") column = 0;
    else if (part === "\n") [row, column] = [row + 1, 0];
    else {
      lines[row] = lines[row].padEnd(column).slice(0, column) + part + lines[row].slice(column + 1);
      column++;
    }
    assert(row >= 0, "above the first line");
    lines[row] ??= "";
  }
  return lines;
}

/** The lines that `run` prints in a pipe, without those that are empty. */
async function inPipe(run: () => unknown): Promise<string[]> {
  return (await written(run, { isTerminal: false })).split("\n").filter((line) => line !== "");
}

/** Shows a picture, or one of some that go on. */
function drawPicture(text: string, during?: readonly [done: number, total: number]): Promise<void> {
  return picture(text, () => Promise.reject(new Error("made in a notebook alone")), { during });
}

const { gc } = globalThis as { gc?: () => void };

/** Where a lesson may run, and what its helpers are there. */
const places = [
  {
    place: "a terminal",
    load: () => import("../../lessons/show.ts?terminal"),
    terminal: true,
    coloured: true,
  },
  { place: "a pipe", load: () => import("../../lessons/show.ts?pipe") },
  {
    place: "a notebook, its kernel started in a terminal",
    load: () => import("../../lessons/show.ts?notebook"),
    terminal: true,
    jupyter: {},
  },
];

// With NO_COLOR, @std/fmt switches no colours on.
Deno.test("colours are on in a terminal, and there alone", async () => {
  const real = Deno;
  for (const { place, load, jupyter, terminal = false, coloured = false } of places) {
    const stand: PropertyDescriptorMap = {
      stdout: { value: { isTerminal: () => terminal } },
    };
    if (jupyter) stand.jupyter = { value: jupyter };
    const collected: [run: () => void, milliseconds: number][] = [];
    const { setInterval } = globalThis;
    Object.defineProperty(globalThis, "Deno", { value: Object.create(real, stand) });
    Object.assign(globalThis, {
      gc: () => {},
      setInterval: (...args: [() => void, number]) => collected.push(args),
    });
    try {
      setColorEnabled(!coloured);
      const { notebook } = await load();
      assertEquals(
        [notebook, bold("x") !== "x"],
        [jupyter !== undefined, coloured && !Deno.noColor],
        place,
      );
      // In a notebook what waits in vain is collected, again and again.
      assertEquals(collected.length, jupyter ? 1 : 0);
      for (const [run, milliseconds] of collected) {
        assertEquals(run, (globalThis as { gc?: () => void }).gc);
        assert(milliseconds >= 100 && milliseconds <= 10_000);
      }
    } finally {
      Object.assign(globalThis, { gc, setInterval });
      Object.defineProperty(globalThis, "Deno", { value: real });
    }
  }
  setColorEnabled(false);
});

Deno.test("a kernel without gc() is left as it is", async () => {
  const real = Deno, { setInterval } = globalThis;
  const stand = Object.create(real, { jupyter: { value: {} } });
  Object.defineProperty(globalThis, "Deno", { value: stand });
  Object.assign(globalThis, { gc: undefined, setInterval: () => assert(false) });
  try {
    assertEquals((await import("../../lessons/show.ts?without")).notebook, true);
  } finally {
    Object.assign(globalThis, { gc, setInterval });
    Object.defineProperty(globalThis, "Deno", { value: real });
  }
});

Deno.test("in a terminal table() is text, its heading and its marks in colour", async () => {
  const data = { x: [-1, 20], word: ["✓ yes", "✗ no: 1"] };
  const plain = ["", "   x   word", "  ──   ───────", "  −1   ✓ yes", "  20   ✗ no: 1", ""];
  assertEquals(await written(() => table(data)), plain.join("\n"));
  setColorEnabled(true);
  const coloured = await written(() => table(data));
  const expected = [
    "",
    `  ${bold(" x   word")}`,
    `  ${dim("──   ───────")}`,
    `  −1   ${green("✓")} yes`,
    `  20   ${red("✗ no: 1")}`,
    "",
  ];
  setColorEnabled(false);
  assertEquals(coloured, expected.join("\n"));
});

Deno.test("in a terminal show() and graph() print the text of a thing", async () => {
  const x = new Value(2, { label: "x" }), y = x.exp();
  const told = await written(() => show(explain(y, x)));
  assertEquals(told.replace(/^ {2}/gm, ""), `\n${explain(y, x)}\n`);
  const drawn = await written(() => graph(y, { mark: x }));
  assertEquals(drawn.replace(/^ {2}/gm, ""), `\n${draw(y, { mark: x }).text}\n`);
});

Deno.test("print() breaks lines at 76 columns, and colours marks", async () => {
  const words = Array.from({ length: 60 }, (_, k) => "x".repeat(1 + k * k % 11));
  const lines = (await written(() => print(words.join(" "), "✓"))).trimEnd().split("\n");
  assertEquals(lines.pop(), "  ✓");
  assertEquals(lines.map((line) => line.slice(2).split(" ")).flat(), words);
  let next = 0;
  for (const [k, line] of lines.entries()) {
    assert(line.startsWith("  ") && line.length <= 2 + 76);
    next += line.trim().split(" ").length;
    if (k < lines.length - 1) assert(line.length + 1 + words[next].length > 2 + 76);
  }
  setColorEnabled(true);
  const marks = await written(() => print("✓ ✗ off"));
  assertEquals(marks, `  ${green("✓")} ${red("✗ off")}\n`);
  setColorEnabled(false);
});

Deno.test("in a terminal each picture takes the place of the one before, also of a larger one", async () => {
  const pictures = ["a\nb\nc", "d", "e\nf"];
  const text = await written(async () => {
    print("before");
    for (const [k, text] of pictures.entries()) await drawPicture(text, [k + 1, 3]);
    print("between");
    for (const [k, text] of pictures.entries()) await drawPicture(text, [k + 1, 4]);
    await drawPicture("alone");
    await drawPicture("next");
  });
  const shown = ["  before", "", "  e", "  f", "  between", "", "  e", "  f"];
  assertEquals(screen(text), [...shown, "", "  alone", "", "  next", ""]);
  // As many as there are to see at any time.
  const half = await written(async () => {
    for (const k of [0, 1]) await drawPicture(pictures[k], [k + 1, 3]);
  });
  assertEquals(screen(half), ["", "  d", ""]);
});

Deno.test("in a terminal progress() rewrites one line, and ends it", async () => {
  for (const total of [1, 2, 7, 60]) {
    let all = "";
    for (let k = 1; k <= total; k++) {
      const text = await written(() => progress(k, total, `loss ${"x".repeat(total - k)}`));
      const [line, ...more] = screen(all += text);
      const [, full, empty, done] = /^ {2}(█*)(░*) (\d+)\/\d+ {2}loss x*$/.exec(line)!;
      assertEquals([full.length + empty.length, Number(done)], [20, k]);
      assert(Math.abs(full.length / 20 - k / total) <= 0.5 / 20);
      assertEquals(more, k === total ? [""] : []);
    }
  }
});

Deno.test("in a pipe a picture alone is printed, of some that go on only the last", async () => {
  const { picture } = await import("../../lessons/show.ts?fresh");
  const draw = (text: string, during?: readonly [number, number]) =>
    written(() => picture(text, () => Promise.reject(), { during }), { isTerminal: false });
  assertEquals(await draw("one", [1, 1]), "\n  one\n");
  assertEquals(await draw("alone"), "\n  alone\n");
  assertEquals([await draw("a", [1, 3]), await draw("b", [2, 3])], ["", ""]);
  assertEquals(await draw("c\nd", [3, 3]), "\n  c\n  d\n");
});

Deno.test("in a pipe, the last picture of something that goes on stands below its last line", async () => {
  const draw = (k: number) =>
    picture(`picture ${k}`, () => Promise.resolve(""), { during: [k, 3] });
  const lines = await inPipe(async () => {
    for (const k of [1, 2, 3]) {
      await draw(k);
      await progress(k, 3, "");
    }
    for (const k of [1, 2, 3]) await draw(k);
    await progress(3, 3, "again");
  });
  const ends = lines.map((line) => line.trim().slice(-9).trim());
  const lasts = ["░░░░░ 1/3", "░░░░░ 2/3", "█████ 3/3", "picture 3", "picture 3", "/3  again"];
  assertEquals(ends, lasts);
});

Deno.test("in a pipe progress() prints at most ten lines, and always the last", async () => {
  for (const [total, step] of [[25, 3], [110, 11], [7, 1]]) {
    const lines = await inPipe(async () => {
      for (let k = 1; k <= total; k++) await progress(k, total, "");
    });
    const counts = lines.map((line) => line.trim().split(" ").at(-1));
    const tenths = Array.from({ length: Math.floor(total / step) }, (_, k) => (k + 1) * step);
    assertEquals(counts, [...new Set([...tenths, total])].map((k) => `${k}/${total}`));
  }
  const alone = await written(() => progress(1, 1, "done"), { isTerminal: false });
  assertEquals(alone, `  ${"█".repeat(20)} 1/1  done\n`, "one line, and none below it");
});

Deno.test("outside a notebook print() does not wait", async () => {
  const { wait } = Atomics;
  let waits = 0;
  Atomics.wait = () => {
    waits++;
    return "timed-out";
  };
  try {
    assertEquals(await written(() => print("text")), "  text\n");
  } finally {
    Atomics.wait = wait;
  }
  assertEquals(waits, 0);
});
