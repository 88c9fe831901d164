// The lessons as a learner runs them: in a terminal, with no flag. None asks for a permission, not
// even where it would take no for an answer: Deno writes down whatever is asked.
// Needs permissions and Python, for a terminal: deno test -A tests/system/lessons.ts
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";

const root = join(import.meta.dirname!, "..", "..");

/** Python opens a terminal for the program, as for someone who sits there but types nothing. */
const terminal = `
import os, pty, sys
status = pty.spawn(sys.argv[1:], stdin_read=lambda fd: b"")
sys.exit(os.waitstatus_to_exitcode(status))
`;

/** Runs a program of Deno's in a terminal: its exit code, what it printed, what it asked for. */
async function run(program: string, ...flags: string[]) {
  const asked = await Deno.makeTempFile();
  try {
    const { NO_COLOR: _, CI: __, ...env } = Deno.env.toObject();
    const { code, stdout } = await new Deno.Command("python3", {
      args: ["-c", terminal, Deno.execPath(), "run", "--frozen", ...flags, program],
      cwd: root,
      clearEnv: true,
      env: { ...env, TERM: "xterm", DENO_AUDIT_PERMISSIONS: asked },
      stdin: "null",
      signal: AbortSignal.timeout(120_000),
    }).output();
    return {
      code,
      text: new TextDecoder().decode(stdout),
      asked: await Deno.readTextFile(asked),
    };
  } finally {
    await Deno.remove(asked);
  }
}

const lessons = [...Deno.readDirSync(join(root, "lessons"))]
  .map(({ name }) => name).filter((name) => /^\d\d_/.test(name)).sort();

for (const lesson of lessons) {
  Deno.test(`lessons/${lesson} runs in a terminal, in colour, and asks for nothing`, async () => {
    const { code, text, asked } = await run(`lessons/${lesson}`);
    assertEquals([code, asked], [0, ""], text);
    assertStringIncludes(text, "\x1b[1m");
    assertStringIncludes(text, "Your turn");
  });
}

Deno.test("a lesson that asks, and goes on when refused, is found out", async () => {
  assert(lessons.length >= 9);
  const program = await Deno.makeTempFile({ suffix: ".ts" });
  const code = 'try { Deno.readTextFileSync("/etc/hostname"); } catch { console.log("refused"); }';
  await Deno.writeTextFile(program, code);
  // With a prompt the terminal would wait for an answer.
  const { text, asked } = await run(program, "--no-prompt");
  await Deno.remove(program);
  assertStringIncludes(text, "refused");
  assertStringIncludes(asked, '"permission":"read"');
});
