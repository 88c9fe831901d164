// .ci/run, which decides whether a change is good, with a Deno that only says what it is told to.
// Needs permissions and bash: deno test -A tests/system/ci.ts
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import project from "../../deno.json" with { type: "json" };

const root = join(import.meta.dirname!, "..", "..");

/** What that Deno prints and does, by the first word or two of its arguments. */
type Script = Record<"test" | "task ok" | "task mutate", string>;

const good: Script = {
  test: 'echo "ok | 3 passed (2 steps) | 0 failed (4ms)"',
  "task ok": 'echo "ok | 3 passed | 0 failed (4ms)"; echo "ok | 40 passed | 0 failed | 2 ignored"',
  "task mutate": 'echo "7 noticed"',
};

/** Runs `.ci/run` in a copy: its exit code, all that it prints, and how Deno was called. */
function run(script: Partial<Script>, install = "exit 0") {
  const folder = Deno.makeTempDirSync();
  try {
    for (const name of [".ci", "bin"]) Deno.mkdirSync(join(folder, name));
    Deno.copyFileSync(join(root, ".ci/run"), join(folder, ".ci/run"));
    for (const name of ["README.md", "deno.lock"]) {
      Deno.copyFileSync(join(root, name), join(folder, name));
    }
    Deno.writeTextFileSync(join(folder, ".ci/install"), `#!/bin/sh\n${install}\n`, { mode: 0o755 });
    const cases = Object.entries({ ...good, ...script })
      .map(([words, does]) => `"${words} "*) ${does} ;;`).join("\n");
    Deno.writeTextFileSync(
      join(folder, "bin", "deno"),
      `#!/bin/bash\necho "deno $*" >>calls\ncase "$* " in\n${cases}\nesac\n`,
      { mode: 0o755 },
    );
    const npx = '#!/bin/bash\nshift 2\nexec deno "$@"\n'; // npx --yes deno …
    Deno.writeTextFileSync(join(folder, "bin", "npx"), npx, { mode: 0o755 });
    const { code, stdout } = new Deno.Command(join(folder, ".ci/run"), {
      cwd: folder,
      env: { PATH: `${join(folder, "bin")}:${Deno.env.get("PATH")}` },
    }).outputSync();
    const text = new TextDecoder().decode(stdout);
    let calls = "";
    try {
      calls = Deno.readTextFileSync(join(folder, "calls"));
    } catch { /* It was not called. */ }
    return { code, last: text.trimEnd().split("\n").at(-1), text, calls: calls.split("\n") };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test(".ci/run runs the README's tests, the gate and the mutants, and counts the gate's tests", () => {
  const { code, last, calls } = run({});
  assertEquals([code, last], [0, "43 passed, 0 failed"]);
  assertEquals(calls.length, 4);
  assertEquals(calls[1], "deno task ok");
  assert(calls[0].startsWith("deno test"));
  assert(calls[2].startsWith("deno task mutate --sample "));
});

Deno.test(".ci/run fails where one of its commands does, and still runs the others", () => {
  for (const command of Object.keys(good) as (keyof Script)[]) {
    const { code, last, text, calls } = run({ [command]: `${good[command]}; exit 1` });
    assertEquals([code, last], [1, "43 passed, 1 failed"], command);
    assertStringIncludes(text, "failed: ");
    assertEquals(calls.length, 4, command);
  }
  const failing = run({ "task ok": 'echo "FAILED | 40 passed | 2 failed (4ms)"; exit 1' });
  assertEquals([failing.code, failing.last], [1, "40 passed, 2 failed"]);
});

Deno.test(".ci/run fails where a lock file changes, nothing can be installed or no test has run", () => {
  const { code, text } = run({ "task ok": `${good["task ok"]}; echo >>deno.lock` });
  assertEquals(code, 1);
  assertStringIncludes(text, "deno.lock had to be changed");
  const none = run({}, "exit 1");
  assertEquals([none.code, none.calls], [1, [""]]);
});

Deno.test("the gate runs every test there is", () => {
  const { ok, browser } = Object.fromEntries(
    Object.entries(project.tasks).map(([name, { command }]) => [name, command.split(" && ")]),
  );
  for (const command of ["deno fmt --check", "deno lint", "deno check --frozen"]) {
    assert(ok.includes(command), command);
  }
  const has = (command: RegExp) => ok.some((part) => command.test(part));
  assert(has(/^deno test --frozen --doc --clean --coverage=\.coverage/));
  assert(has(/^deno test --frozen -A tests\/system\/\*\.ts$/));
  assert(has(/^deno task notebooks --check$/) && has(/^deno task browser$/));
  assert(has(/^deno doc --lint mod\.ts$/) && has(/^deno publish --dry-run/));
  assert(browser.includes("deno test --frozen -A *.ts"));
  // Each tool with a configuration of its own has a task `ok`, with the tests that only it can run.
  const tools = [...Deno.readDirSync(join(root, "tools"))]
    .flatMap(({ name, isDirectory }) => isDirectory && name !== "std" ? [name] : []);
  assert(tools.length >= 3);
  for (const tool of tools) {
    assert(ok.includes(`deno task --cwd tools/${tool} ok`), tool);
    const { tasks } = JSON.parse(Deno.readTextFileSync(join(root, "tools", tool, "deno.json")));
    for (const command of ["fmt --check", "lint", "check --frozen", "test --frozen"]) {
      assertStringIncludes(tasks.ok, `deno ${command}`);
    }
    const excluded = project.exclude.filter((path) => path.endsWith(`/${tool}/`));
    for (const path of excluded.filter((path) => path.startsWith("tests/"))) {
      assertStringIncludes(tasks.ok, `../../${path.slice(0, -1)}`);
    }
  }
});
