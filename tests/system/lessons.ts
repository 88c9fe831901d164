// The lessons as a learner runs them: in a terminal, with no flag. None asks for a permission, not
// even where it would take no for an answer: Deno writes down whatever is asked. And none downloads
// more than it uses: it finds the packages that it should need, and no registry.
// Needs permissions and Python, for a terminal: deno test -A tests/system/lessons.ts
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { exercises } from "../../exercises/checks/check.ts";

const root = join(import.meta.dirname!, "..", "..");

/** Python opens a terminal for the program, as for someone who sits there but types nothing. */
const terminal = `
import os, pty, sys
status = pty.spawn(sys.argv[1:], stdin_read=lambda fd: b"")
sys.exit(os.waitstatus_to_exitcode(status))
`;

/** A cache of Deno's that holds some npm packages and nothing else. */
async function cacheWith(packages: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache } = JSON.parse(new TextDecoder().decode(stdout));
  const [registry] = [...Deno.readDirSync(npmCache)].filter(({ isDirectory }) => isDirectory);
  const cache = await Deno.makeTempDir();
  for (const name of packages) {
    cpSync(join(npmCache, registry.name, name), join(cache, "npm", registry.name, name), {
      recursive: true,
    });
  }
  return cache;
}

/** Runs a program of Deno's in a terminal: its exit code, what it printed, what it asked for. */
async function run(program: string, { packages = [] as string[], flags = [] as string[] } = {}) {
  const asked = await Deno.makeTempFile();
  const cache = await cacheWith(["deno-std", ...packages]);
  try {
    const { NO_COLOR: _, CI: __, ...env } = Deno.env.toObject();
    const command = ["run", "--frozen", "--cached-only", ...flags, program];
    const { code, stdout } = await new Deno.Command("python3", {
      args: ["-c", terminal, Deno.execPath(), ...command],
      cwd: root,
      clearEnv: true,
      env: { ...env, TERM: "xterm", DENO_AUDIT_PERMISSIONS: asked, DENO_DIR: cache },
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
    await Deno.remove(cache, { recursive: true });
  }
}

/** The packages that a lesson names in its own text. */
function packagesOf(lesson: string): string[] {
  const text = Deno.readTextFileSync(join(root, "lessons", lesson));
  return [...text.matchAll(/\b(?:from |import ?\(?)"([^."][^"]*)"/g)].map(([, name]) => name);
}

const lessons = [...Deno.readDirSync(join(root, "lessons"))]
  .map(({ name }) => name).filter((name) => /^\d\d_/.test(name)).sort();

for (const lesson of lessons) {
  Deno.test(`lessons/${lesson} runs in a terminal, in colour, needs one package and those that it names, asks for nothing`, async () => {
    const packages = packagesOf(lesson);
    const { code, text, asked } = await run(`lessons/${lesson}`, { packages });
    assertEquals([code, asked], [0, ""], text);
    assertStringIncludes(text, "\x1b[1m");
    assertStringIncludes(text, "Your turn");
  });
}

Deno.test("lesson 12 says in a sentence that its package is missing, and where it comes from", async () => {
  const { code, text } = await run("lessons/12_tensors.ts");
  assert(code !== 0);
  assertStringIncludes(
    text,
    "this lesson needs the package @jax-js/jax, which is not on this machine",
  );
});

Deno.test("a lesson that uses another package is found out", async () => {
  const program = await Deno.makeTempFile({ dir: join(root, "lessons"), suffix: ".ts" });
  await Deno.writeTextFile(program, 'import "fast-check";');
  const { code, text } = await run(program);
  await Deno.remove(program);
  assert(code !== 0 && text.includes("fast-check"), text);
});

Deno.test("every file that a lesson, README.md or docs/ names is there", () => {
  const missing: string[] = [];
  const require = (from: string, path: string) => {
    try {
      Deno.statSync(join(root, path));
    } catch {
      missing.push(`${from} names ${path}`);
    }
  };
  for (const lesson of lessons) {
    const text = Deno.readTextFileSync(join(root, "lessons", lesson));
    for (const [, path] of text.matchAll(/`((?:lessons|exercises|engine|docs)\/[\w/]+\.\w+)`/g)) {
      require(lesson, path);
    }
    for (const [, path] of text.matchAll(/\]\((\w+\.ipynb)/g)) require(lesson, `notebooks/${path}`);
    const exercise = `exercises/${lesson}`;
    if (
      (exercises as readonly string[]).includes(lesson.slice(0, -3)) &&
      !text.includes(`\`${exercise}\``)
    ) missing.push(`${lesson} does not name ${exercise}`);
  }
  const docs = [...Deno.readDirSync(join(root, "docs"))]
    .flatMap(({ name }) => name.endsWith(".md") ? [`docs/${name}`] : []);
  for (const page of ["README.md", ...docs]) {
    const text = Deno.readTextFileSync(join(root, page));
    for (const [, path] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      require(page, join(page, "..", path));
    }
  }
  assertEquals(missing, []);
});

Deno.test("a lesson that asks, and goes on when refused, is found out", async () => {
  assert(lessons.length >= 9);
  const program = await Deno.makeTempFile({ suffix: ".ts" });
  const code = 'try { Deno.readTextFileSync("/etc/hostname"); } catch { console.log("refused"); }';
  await Deno.writeTextFile(program, code);
  // With a prompt the terminal would wait for an answer.
  const { text, asked } = await run(program, { flags: ["--no-prompt"] });
  await Deno.remove(program);
  assertStringIncludes(text, "refused");
  assertStringIncludes(asked, '"permission":"read"');
});

/** Other numbers of steps, as a learner may try them: text of a lesson, and its replacement. */
const otherSteps: Record<string, [from: string, to: string][]> = {
  "07_descent": [["steps = 100", "steps = 37"], ["k < 40", "k < 7"]],
  "08_network": [["steps: 200", "steps: 37"], ["steps: 100", "steps: 7"]],
  "09_two_moons": [
    ["k < 10;", "k < 3;"],
    ["train(3)", "train(1)"],
    ["train(7)", "train(2)"],
    ["train(20)", "train(1)"],
    ["k < 100", "k < 7"],
  ],
  "11_gpt": [["slice(0, 1000);", "slice(0, 237);"], ["slice(0, 100);", "slice(0, 15);"]],
  "12_tensors": [["length: 10 }", "length: 3 }"]],
};

for (const [name, edits] of Object.entries(otherSteps)) {
  Deno.test(`lessons/${name}.ts also trains for another number of steps`, async () => {
    const folder = await Deno.makeTempDir();
    for (const part of ["engine", "lessons", "tools/std"]) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    for (const file of ["deno.json", "deno.lock", "mod.ts"]) {
      await Deno.copyFile(join(root, file), join(folder, file));
    }
    const lesson = join(folder, "lessons", `${name}.ts`);
    let text = await Deno.readTextFile(lesson);
    for (const [from, to] of edits) {
      assertStringIncludes(text, from);
      text = text.replaceAll(from, to);
    }
    await Deno.writeTextFile(lesson, text);
    const runs = async (root: string) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--frozen", `lessons/${name}.ts`],
        cwd: root,
        env: { NO_COLOR: "1" },
        stdin: "null",
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout);
    };
    // No number is missing, and none has become NaN.
    const lost = (text: string) => text.match(/undefined|NaN|✗/g) ?? [];
    assertEquals(lost(await runs(folder)), lost(await runs(root)));
    await Deno.remove(folder, { recursive: true });
  });
}
