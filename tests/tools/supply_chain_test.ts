// docs/supply_chain.md says what is downloaded, and why; here it is compared with the files that say
// what really is.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import peers from "../../bench/peers.ts" with { type: "text" };
import project from "../../deno.json" with { type: "json" };
import lock from "../../deno.lock" with { type: "text" };
import page from "../../docs/supply_chain.md" with { type: "text" };
import browser from "../browser/deno.json" with { type: "json" };
import browserLock from "../browser/deno.lock" with { type: "text" };
import lab from "../../tools/lab/deno.json" with { type: "json" };
import labLock from "../../tools/lab/deno.lock" with { type: "text" };
import mutate from "../../tools/mutate/deno.json" with { type: "json" };
import mutateLock from "../../tools/mutate/deno.lock" with { type: "text" };
import site from "../../tools/site/deno.json" with { type: "json" };
import siteLock from "../../tools/site/deno.lock" with { type: "text" };
import jupyter from "../../tools/jupyter.ts" with { type: "text" };
import requirements from "../../tools/requirements.txt" with { type: "text" };

interface Lock {
  npm: Record<string, { integrity: string; dependencies?: string[]; scripts?: true }>;
}

/** The packages of each lock, and what is imported of them by name. */
const locks = ([
  [project, lock],
  [browser, browserLock],
  [lab, labLock],
  [mutate, mutateLock],
  [site, siteLock],
] as const)
  .map(([{ imports }, text]) => ({ imports, npm: (JSON.parse(text) as Lock).npm }));
const imports: Record<string, string> = Object.assign({}, ...locks.map(({ imports }) => imports));

/** The rows of the tables on the page, by what stands first in code: the other cells. */
const rows = new Map([...page.matchAll(/^\| `([^|`]+)`[^|]*\| *(.*?) *\|$/gm)]
  .map(([, first, rest]) => [first, rest.split(/ *\| */)]));

/** A package of a lock file, and all that comes with it. */
function withAll(name: string, packages: Lock["npm"], all = new Set<string>()): Set<string> {
  const key = Object.keys(packages).find((key) =>
    key === name || /^[@_]/.test(key.slice(name.length)) && key.startsWith(name)
  );
  assert(key !== undefined, name);
  if (!all.has(key)) {
    all.add(key);
    for (const dependency of packages[key].dependencies ?? []) withAll(dependency, packages, all);
  }
  return all;
}

Deno.test("the page names every package that is imported, and how many come with it", () => {
  const python = /printf '(.*)'/.exec(requirements)![1].split("\\n").filter((line) => line !== "")
    .map((line) => line.split("==")[0]);
  const named = [...rows.keys()].filter((name) => !/[ /]/.test(name) || name.startsWith("@"));
  assertEquals(named.toSorted(), [...Object.keys(imports), ...python].toSorted());
  for (const name of Object.keys(imports).filter((name) => !name.startsWith("@std/"))) {
    const { npm } = locks.find(({ imports }) => name in imports)!;
    const all = withAll(imports[name].replace(/^npm:/, ""), npm);
    assertEquals(rows.get(name)![0], `${all.size}`, name);
  }
});

Deno.test("the page counts the packages of the lock files and of the requirements", () => {
  for (const { npm } of locks) {
    assertStringIncludes(page, `| ${Object.keys(npm).length} packages `);
  }
  const names = requirements.match(/^[\w-]+(?===)/gm)!;
  assertStringIncludes(page, `| ${new Set(names).size} packages: JupyterLab`);
});

Deno.test("every version is exact, and every npm package has its SHA-512", () => {
  for (const specifier of Object.values(imports)) {
    assertMatch(specifier, /^npm:(@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+$|^jsr:@std\/\w+@\^1\.0\.0$/);
  }
  for (const { integrity } of locks.flatMap(({ npm }) => Object.values(npm))) {
    assertMatch(integrity, /^sha512-/);
  }
  // pip refuses what has none of the hashes, and with hashes everything that is not named.
  const python = requirements.replace(/^#.*\n/gm, "").trim().split(/\n(?! )/);
  assert(python.length > 90);
  for (const requirement of python) {
    const [first, ...hashes] = requirement.split(/ \\\n +/);
    assertMatch(first, /^[\w-]+==\d[\w.]*( ; .*)?$/);
    assert(hashes.length > 0, first);
    for (const hash of hashes) assertMatch(hash, /^--hash=sha256:[\da-f]{64}$/);
  }
  assertMatch(jupyter, /"--require-hashes", "--only-binary", ":all:", "--requirement"/);
  for (const name of /const packages = \[(.*)\];/.exec(peers)![1].split(", ")) {
    assertMatch(name, /^"\w+==\d[\d.]*"$/);
  }
});

Deno.test("no task changes a lock file", () => {
  const others = [lab, mutate, site].flatMap(({ tasks }) => Object.entries(tasks))
    .map(([name, command]) => [name, { command }] as const);
  for (const [name, { command }] of [...Object.entries(project.tasks), ...others]) {
    for (const part of command.split("&&").map((part) => part.trim())) {
      if (/^deno (run|test|check|bundle|install)/.test(part)) {
        assertMatch(part, /--frozen/, `deno task ${name}: ${part}`);
      }
    }
  }
});

Deno.test("no package that Deno downloads has an install script", () => {
  for (const { npm } of locks) {
    for (const [name, { scripts }] of Object.entries(npm)) assertEquals(scripts, undefined, name);
  }
});

Deno.test("no package is downloaded before it is imported", () => {
  // tests/system/lessons.ts runs the lessons where there is nothing but what they import.
  assertEquals(project.unstable, ["lazy-dynamic-imports", "npm-lazy-caching"]);
});
