/**
 * Names every line, branch and function of the engine that no test runs, and fails if there is one.
 *
 *   deno test --doc --clean --coverage=.coverage --coverage-raw-data-only
 *   deno test -A tests/system/draw.ts
 *   deno run -A tools/coverage.ts .coverage
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * What a report in lcov's format says was never run.
 *
 * @param report the report
 * @returns one line for each place, such as `engine/value.ts:12: the line is never run`
 */
export function uncovered(report: string): string[] {
  const found: string[] = [];
  for (const record of report.split("end_of_record\n").slice(0, -1)) {
    const file = /^SF:(.*)$/m.exec(record)![1];
    const all = (pattern: RegExp) => [...record.matchAll(pattern)].map(([, ...fields]) => fields);
    const functions = all(/^FN:(\d+),/gm);
    const places = [
      ...all(/^DA:(\d+),0$/gm).map(([line]) => [line, "the line is never run"]),
      ...all(/^BRDA:(\d+),\d+,\d+,(?:0|-)$/gm).map(([line]) => [line, "a branch is never taken"]),
      // Names repeat: the counts stand in the order of the functions.
      ...all(/^FNDA:(\d+),(.*)$/gm).flatMap(([count, name], k) =>
        count === "0" ? [[functions[k][0], `${name}() is never called`]] : []
      ),
    ];
    places.sort(([a], [b]) => Number(a) - Number(b));
    found.push(...places.map(([line, what]) => `${file}:${line}: ${what}`));
  }
  return found;
}

/** Checks the coverage data in a folder, and returns what is wrong. */
async function check(folder: string): Promise<string[]> {
  const root = join(import.meta.dirname!, ".."), engine = join(root, "engine");
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["coverage", "--lcov", `--include=^${escape(pathToFileURL(engine).href)}/`, folder],
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) return [new TextDecoder().decode(stderr)];
  const report = new TextDecoder().decode(stdout);
  const missing = filesIn(engine).filter((file) => !report.includes(`SF:${file}\n`))
    .map((file) => `${file}:1: no test imports it`);
  return [...missing, ...uncovered(report)].map((line) => line.replace(`${root}/`, ""));
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? filesIn(path) : [path];
  });
}

/** A text as a regular expression that matches it. */
function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}

if (import.meta.main) {
  const wrong = await check(Deno.args[0] ?? ".coverage");
  for (const line of wrong.slice(0, 40)) console.error(line);
  if (wrong.length > 40) console.error(`and ${wrong.length - 40} more`);
  if (wrong.length > 0) Deno.exit(1);
  console.log("Every line, branch and function of engine/ is run by a test.");
}
