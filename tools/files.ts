/**
 * The files of the repository.
 *
 * @module
 */
import { dirname, join } from "node:path";

/**
 * The files of the repository that Git does not ignore.
 *
 * @param root the folder of the repository
 * @returns their paths in it
 * @throws {Error} when the folder is no Git repository
 */
export async function pathsOf(root: string): Promise<string[]> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: root,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`clone the repository: Git says ${text(stderr).trim()}`);
  return text(stdout).split("\0").filter((path) => path !== "");
}

/**
 * Copies files to another folder.
 *
 * @param paths their paths in both folders
 * @param folders `from` and `to`
 */
export async function copyFiles(
  paths: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  for (const path of paths) {
    await Deno.mkdir(dirname(join(to, path)), { recursive: true });
    await Deno.copyFile(join(from, path), join(to, path));
  }
}
