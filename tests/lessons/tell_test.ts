// What a lesson tells in a terminal, from the text that its notebook is made of.
import { assertEquals, assertThrows } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
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

Deno.test("tell() reads Windows line ends", () => {
  assertEquals(printed(teller("// %%\r\ntell();\r\nx;\r\ny;\r\n")), "\n│ x;\n│ y;");
});
