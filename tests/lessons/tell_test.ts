// What a lesson tells in a terminal, from the text that its notebook is made of.
import { assertEquals, assertThrows } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { picture, progress } from "../../lessons/show.ts";
import { teller } from "../../lessons/tell.ts";

/** What is printed while `run` runs. */
function printed(run: () => void): string {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...things) => lines.push(things.join(" "));
  try {
    run();
  } finally {
    console.log = log;
  }
  return stripAnsiCode(lines.join("\n"));
}

/** The lines that `run` prints where the output is no terminal. */
async function inPipe(run: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const { log } = console, { isTerminal } = Deno.stdout;
  console.log = (line) => lines.push(line);
  Deno.stdout.isTerminal = () => false;
  try {
    await run();
  } finally {
    console.log = log;
    Deno.stdout.isTerminal = isTerminal;
  }
  return lines;
}

const lesson = `// Lesson 00
// %% [markdown]
// # A title
//
// Some *prose*.

// %%
tell();
const x = 1;

x;

// %% [markdown]
// More.
// %% [markdown]
// And more.
// %% [measured]
tell();
x;
// %% [markdown]
// The end.
`;

Deno.test("tell() prints the prose since the last code, then the code", () => {
  const tell = teller(lesson);
  assertEquals(printed(tell), "\nA title\n━━━━━━━\n\nSome prose.\n\n│ const x = 1;\n│\n│ x;");
  assertEquals(printed(tell), "\nMore.\n\nAnd more.\n\n│ x;");
  const end = () => void dispatchEvent(new Event("unload"));
  assertEquals(printed(end), "\nThe end.\n");
  assertEquals(printed(() => (end(), console.log("nothing more"))), "nothing more");
  assertThrows(tell, Error, "more often than there are cells of code");
});

Deno.test("in a pipe, the last picture of something that goes on stands below its last line", async () => {
  const draw = (k: number) =>
    picture(`picture ${k}`, () => Promise.resolve(""), { during: [k, 2] });
  const lines = await inPipe(async () => {
    for (const k of [1, 2]) {
      await draw(k);
      await progress(k, 2, "");
    }
    for (const k of [1, 2]) await draw(k);
    await progress(2, 2, "again");
  });
  const ends = lines.map((line) => line.trim().slice(-9).trim());
  assertEquals(ends, ["░░░░░ 1/2", "█████ 2/2", "picture 2", "picture 2", "/2  again"]);
});

Deno.test("in a pipe progress() prints at most ten lines, and always the last", async () => {
  const lines = await inPipe(async () => {
    for (let k = 1; k <= 25; k++) await progress(k, 25, "");
  });
  const counts = lines.map((line) => line.trim().split(" ").at(-1));
  assertEquals(counts, ["3", "6", "9", "12", "15", "18", "21", "24", "25"].map((k) => `${k}/25`));
});

Deno.test("in a terminal progress() rewrites one line, and ends it", async () => {
  const written: string[] = [];
  const { isTerminal, writeSync } = Deno.stdout;
  Deno.stdout.isTerminal = () => true;
  Deno.stdout.writeSync = (bytes) => written.push(new TextDecoder().decode(bytes));
  try {
    for (const k of [1, 2]) await progress(k, 2, "text");
  } finally {
    Object.assign(Deno.stdout, { isTerminal, writeSync });
  }
  assertEquals(written, [
    "\r\x1b[K  ██████████░░░░░░░░░░ 1/2  text",
    "\r\x1b[K  ████████████████████ 2/2  text\n",
  ]);
});

Deno.test("tell() reads Windows line ends", () => {
  assertEquals(printed(teller("// %%\r\ntell();\r\nx;\r\ny;\r\n")), "\n│ x;\n│ y;");
});
