/**
 * What tests of other processes share: a copy of the repository, Deno and JupyterLab in processes of
 * their own, and waiting for these.
 *
 * @module
 */
import { cpSync } from "node:fs";
import { join } from "node:path";

const repository = join(import.meta.dirname!, "..", "..");

const copied = [
  "deno.json",
  "deno.lock",
  "engine",
  "exercises",
  "lessons",
  "mod.ts",
  "notebooks",
  "tools",
];

/**
 * Copies what notebooks and JupyterLab need to a folder, and links to Jupyter's packages.
 *
 * @param root the folder
 */
export function copyTo(root: string): void {
  for (const name of copied) cpSync(join(repository, name), join(root, name), { recursive: true });
  Deno.symlinkSync(join(repository, ".venv"), join(root, ".venv"));
}

/**
 * Runs Deno to its end.
 *
 * @param args its arguments
 * @param env additional environment variables
 * @returns the exit code, and all that it printed
 */
export async function deno(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/**
 * Waits until `deno task lab` has started, and goes on reading what it prints.
 *
 * @param output what it prints
 * @returns the address of JupyterLab, with its token
 * @throws {Error} when it ends before
 */
export async function started(output: ReadableStream<BufferSource>): Promise<URL> {
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  let printed = "";
  const read = async () => {
    for await (const text of output.pipeThrough(new TextDecoderStream())) {
      printed += text;
      const [url] = /http:\/\/127\.0\.0\.1:\S+token=\w+(?=\s)/.exec(printed) ?? [];
      if (url !== undefined) resolve(new URL(url));
    }
    reject(new Error(`deno task lab ended:\n${printed}`));
  };
  read();
  return await promise;
}

/** Waits so many seconds. */
export function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}
