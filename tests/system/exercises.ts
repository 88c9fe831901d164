// Exercises as learners run them, in a copy of the repository: endless loops, one's own engine, and
// `deno task exercises`. Needs permissions: deno test -A tests/system/exercises.ts
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { join } from "node:path";
import { exercises } from "../../exercises/checks/check.ts";
import { exercises as all } from "../exercises/all.ts";
import { filled, solved } from "../exercises/fill.ts";

const repository = join(import.meta.dirname!, "..", "..");

/** A copy of what exercises need, for as long as the test runs. */
async function withCopy(test: (root: string) => Promise<void>): Promise<void> {
  const root = Deno.makeTempDirSync();
  try {
    for (
      const name of ["deno.json", "deno.lock", "mod.ts", "engine", "exercises", "lessons", "tools"]
    ) {
      copy(join(repository, name), join(root, name));
    }
    await test(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}
function copy(from: string, to: string): void {
  if (Deno.statSync(from).isFile) return Deno.copyFileSync(from, to);
  Deno.mkdirSync(to);
  for (const { name } of Deno.readDirSync(from)) copy(join(from, name), join(to, name));
}

function read(root: string, name: string): string {
  return Deno.readTextFileSync(join(root, "exercises", `${name}.ts`));
}
function write(root: string, name: string, text: string): void {
  Deno.writeTextFileSync(join(root, "exercises", `${name}.ts`), text);
}
/** Writes the solutions into an exercise. */
function solve(root: string, name: string): void {
  write(root, name, solved(read(root, name), read(root, `solutions/${name}`)));
}

/** Runs a program of Deno's in a folder, into a pipe, which wants no colours. */
async function deno(root: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "" },
    stdin: "null",
    // An endless loop that nothing stops should not go on for ever.
    signal: AbortSignal.timeout(300_000),
  }).output();
  const [text, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, text, errors };
}
const run = (root: string, name: string) =>
  deno(root, "run", "--quiet", "--no-prompt", `exercises/${name}.ts`);

Deno.test("tests/exercises/all.ts holds every exercise", () => {
  const files = [...Deno.readDirSync(join(repository, "exercises"))]
    .flatMap(({ name }) => /^(\d\d_\w+)\.ts$/.exec(name)?.[1] ?? []);
  assertEquals(files.sort(), [...exercises]);
  assertEquals(all.map(([name]) => name), [...exercises]);
});

Deno.test("an exercise runs without a permission, and says where its holes are", async () => {
  for (const name of exercises) {
    const { code, text, errors } = await run(repository, name);
    assertEquals([code, errors], [0, ""]);
    assertStringIncludes(text, `\nExercise ${name}\n\n  · `);
    const lines = [...text.matchAll(/not yet \(exercises\/(\w+)\.ts:(\d+)\)/g)];
    assert(lines.length >= 3);
    for (const [, file, line] of lines) {
      assertEquals(file, name);
      assertStringIncludes(read(repository, name).split("\n")[Number(line) - 1], "return todo();");
    }
    assertMatch(text, /\n {2}0 of \d\n/);
  }
});

Deno.test("an endless loop that looks at nothing is stopped, and what was right before it stays", async () => {
  await withCopy(async (root) => {
    const name = "03_chain_rule";
    solve(root, name);
    const endless = read(root, name).replace("const [dL_dd, dL_de] = ", "while (true);\n  $&")
      // By then the thread that watched the answers before has ended.
      .replace(
        "check({ derivatives",
        "await new Promise((resolve) => setTimeout(resolve, 10));\n$&",
      );
    assert(endless.includes("while (true)") && endless.includes("await new Promise"));
    write(root, name, endless);
    const start = performance.now();
    const { code, text, errors } = await run(root, name);
    assert(performance.now() - start > 4000);
    assertEquals([code, errors], [130, ""]);
    assertStringIncludes(
      text,
      "  ✓ throughE\n  ✗ derivatives\n    → It does not end: stopped after 5 s.\n  · stepped: not tried\n\n  3 of 5\n",
    );
  });
});

Deno.test("an endless loop in an exercise that another one imports is stopped, too", async () => {
  await withCopy(async (root) => {
    write(root, "05_engine", filled(read(root, "05_engine"), "sin", "while (true);"));
    const { code, text } = await run(root, "09_two_moons");
    assertEquals(code, 130);
    assertMatch(
      text,
      /^\nExercise 05_engine\n\n {2}✗ sin\n {4}→ It does not end: .*\n(?: {2}· \w+: not tried\n){3}\n {2}0 of 6\n/,
    );
  });
});

Deno.test("the error of a learner's code names its line", async () => {
  await withCopy(async (root) => {
    const name = "00_derivative";
    write(root, name, filled(read(root, name), "slope", "return (f(x + h) - f(x)) / H;"));
    const { text } = await run(root, name);
    assertStringIncludes(
      text,
      "→ It throws ReferenceError: H is not defined\n      (exercises/00_derivative.ts:19)\n",
    );
  });
});

Deno.test("one's own engine and network learn two moons as well as mod.ts", async () => {
  await withCopy(async (root) => {
    solve(root, "09_two_moons");
    const before = await run(root, "09_two_moons");
    assertStringIncludes(
      before.text,
      "  · twoMoons: not yet: first finish 05_engine and 08_network\n",
    );
    assertMatch(before.text, /\n {2}4 of 5\n/);

    solve(root, "05_engine");
    write(root, "08_network", `${read(root, "08_network")}\n(`);
    assertStringIncludes(
      (await run(root, "09_two_moons")).text,
      "first finish 08_network\n",
    );

    write(root, "08_network", read(root, "08_network").slice(0, -2));
    assertStringIncludes(
      (await run(root, "09_two_moons")).text,
      "not yet: first finish 08_network\n",
    );

    solve(root, "08_network");
    const { code, text, errors } = await run(root, "09_two_moons");
    assertEquals([code, errors], [0, ""]);
    assertMatch(
      text,
      /✓ twoMoons: your own engine puts 100 % of the points on the right side,\s+mod\.ts 100 %;/,
    );
    assertStringIncludes(text, "  5 of 5 · Next: deno run exercises/10_compile.ts\n");
    assert(!text.includes("Exercise 05"), "an imported exercise prints");
  });
});

Deno.test("deno task exercises shows how far each is done, and what the first unfinished one says", async () => {
  await withCopy(async (root) => {
    solve(root, "00_derivative");
    write(root, "01_value", filled(read(root, "01_value"), "countNodes", "return 1;"));
    write(root, "02_rate_of_change", filled(read(root, "02_rate_of_change"), "rate", "return (;"));
    const { code, text } = await deno(root, "run", "-A", "tools/exercises.ts");
    assertEquals(code, 0);
    assertMatch(text, /✓ 00 derivative +●●●● +4 of 4\n/);
    assertMatch(text, /· 01 value +○○○○○ +0 of 5\n/);
    assertMatch(text, /✗ 02 rate of change +does not run\n/);
    assertMatch(text, /\nExercise 01_value\n\n {2}· add: not yet/);
    assertStringIncludes(text, "  ✗ countNodes\n");
    assertStringIncludes(text, "Edit exercises/01_value.ts and save it.");
  });
  await withCopy(async (root) => {
    write(root, "00_derivative", "const a = (;");
    // On a terminal, which wants colours.
    const { stdout } = await new Deno.Command("script", {
      args: ["--quiet", "--command", `${Deno.execPath()} run -A tools/exercises.ts`, "/dev/null"],
      cwd: root,
      env: { NO_COLOR: "" },
      stdin: "null",
    }).output();
    const printed = new TextDecoder().decode(stdout);
    assertStringIncludes(printed, `\x1b[31m✗\x1b[39m 00 derivative`);
    const text = stripAnsiCode(printed).replaceAll("\r\n", "\n");
    assertStringIncludes(text, "SyntaxError: Expression expected");
    assert(!text.includes("backtrace"), "it shows what concerns Deno alone");
    assertMatch(text, /✗ 00 derivative +does not run\n/);
  });
});

Deno.test("deno task exercises says how to call it", async () => {
  const call = (...args: string[]) => deno(repository, "run", "-A", "tools/exercises.ts", ...args);
  const asked = await call("--", "--help");
  assertEquals([asked.code, asked.errors], [0, ""]);
  assertMatch(
    asked.text,
    /^Shows where you stand [^]* run an exercise again each time you save it\n$/,
  );
  for (const args of [["--wacth"], ["--wacth", "-x"], ["03_chain_rule"]]) {
    const { code, text, errors } = await call("--watch", ...args);
    assertEquals([code, text], [2, ""]);
    assert(
      errors.startsWith(`deno task exercises does not know ${args.join(" ")}\n\nShows where`),
      errors,
    );
  }
});

Deno.test("deno task exercises ends with what one's own engine has learned", async () => {
  await withCopy(async (root) => {
    for (const name of exercises) solve(root, name);
    const { code, text } = await deno(root, "run", "-A", "tools/exercises.ts");
    assertEquals(code, 0);
    assertMatch(
      text,
      /\n {2}All done\. .*\n {4}your own engine puts 100 % of the points on the right side,\s+mod\.ts 100 %;[^]*%\.\n\n$/,
    );
  });
});

Deno.test("deno task exercises --watch runs an exercise at each save", async () => {
  await withCopy(async (root) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "tools/exercises.ts", "--watch"],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (end: string) => {
      while (!text.includes(end)) {
        const { value, done } = await reader.read();
        assert(!done, `it ended before "${end}" in\n${text}`);
        text += value;
      }
      const before = text.slice(0, text.indexOf(end));
      text = text.slice(before.length + end.length);
      return before;
    };
    await until("Edit exercises/00_derivative.ts and save it.");
    // It watches when it has shown this, or soon after.
    await new Promise((resolve) => setTimeout(resolve, 500));
    // A solution is no exercise.
    write(root, "solutions/01_value", read(root, "solutions/01_value"));
    await new Promise((resolve) => setTimeout(resolve, 500));
    write(root, "00_derivative", filled(read(root, "00_derivative"), "slope", "return 7;"));
    assert(!(await until("✗ slope")).includes("01_value"));
    await until("0 of 4");
    write(
      root,
      "00_derivative",
      Deno.readTextFileSync(join(repository, "exercises", "00_derivative.ts")),
    );
    solve(root, "00_derivative");
    await until("✓ 00 derivative");
    await until("Edit exercises/01_value.ts and save it.");
    child.kill();
    await child.status;
    await reader.cancel();
  });
});
