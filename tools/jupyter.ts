/**
 * Jupyter inside this repository: Python packages in `.venv`, a kernel that is this Deno and every
 * setting in `.jupyter`. Nothing is written elsewhere.
 *
 * @module
 */
import { dirname, join } from "node:path";
import type { Notebook } from "./nbformat.ts";

/** How to start Jupyter's programs: `python -m …` with these variables. */
export interface Jupyter {
  /** The path of the Python that has the packages. */
  readonly python: string;
  /** All environment variables, including the inherited ones. */
  readonly env: Record<string, string>;
}

const requirements = join(import.meta.dirname!, "requirements.txt");
const pythons = [
  "python3",
  "python",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "python3.10",
];

/**
 * Prepares Jupyter: creates `.venv` when it is missing or outdated, and reports progress. When several
 * processes start at once, one creates it and the others wait.
 *
 * @param root the folder that holds `.venv`
 * @param options `settings`: the folder for the kernel and all settings, `.jupyter` in `root` by default
 * @returns how to start it
 * @throws {Error} with what to install, when Python, its `venv` or the network is missing
 */
export async function jupyter(
  root: string,
  { settings = join(root, ".jupyter") }: { settings?: string } = {},
): Promise<Jupyter> {
  const venv = join(root, ".venv");
  const python = Deno.build.os === "windows"
    ? join(venv, "Scripts", "python.exe")
    : join(venv, "bin", "python");
  const wanted = await Deno.readTextFile(requirements);
  const stamp = join(venv, "requirements.txt");
  const isMade = async () =>
    await exists(python) &&
    versions(await textOf(stamp) ?? "").join() === versions(wanted).join();
  if (!await isMade()) {
    using _ = await lock(join(root, ".jupyter", "lock"));
    if (!await isMade()) {
      await makeVenv(venv, python, wanted);
      await cachePackages();
      await writeWhole(stamp, wanted);
    }
  }

  const kernel = {
    argv: [Deno.execPath(), "jupyter", "--quiet", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    // A message stops an endless loop and keeps all variables; a signal would end the kernel.
    interrupt_mode: "message",
    // After an `await`, the cell ends when V8 collects its promise: lessons/show.ts calls gc().
    env: { DENO_V8_FLAGS: "--expose-gc" },
    language: "typescript",
  };
  await writeWhole(join(settings, "kernels", "deno", "kernel.json"), JSON.stringify(kernel));
  const env = {
    ...Deno.env.toObject(),
    IPYTHONDIR: join(settings, "ipython"),
    JUPYTERLAB_SETTINGS_DIR: join(settings, "lab", "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(settings, "lab", "workspaces"),
    JUPYTER_CONFIG_DIR: join(settings, "config"),
    JUPYTER_DATA_DIR: join(settings, "data"),
    JUPYTER_PATH: settings,
    JUPYTER_RUNTIME_DIR: join(settings, "runtime"),
  };
  return { python, env };
}

/**
 * Writes a file atomically: the old content stays until all of the new one has been written, even when
 * the disk is full. Creates the folder if it is missing.
 *
 * @param path the file
 * @param text its new content
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${Deno.pid}.unfinished`;
  try {
    await Deno.writeTextFile(unfinished, text);
    await Deno.rename(unfinished, path);
  } catch (error) {
    await Deno.remove(unfinished).catch(() => {});
    throw error;
  }
}

/** After how many milliseconds it is said what is waited for. */
const patience = 500;

/** Waits until no other process holds this lock. It is released when disposed, and when its holder dies. */
async function lock(path: string): Promise<Deno.FsFile> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const file = await Deno.open(path, { create: true, write: true });
  const waits = setTimeout(
    () => console.log("Waiting for another process, which is making .venv."),
    patience,
  );
  await file.lock(true);
  clearTimeout(waits);
  return file;
}

/** The lines of requirements that name a package and its version, without their hashes. */
function versions(requirements: string): string[] {
  return requirements.match(/^\w\S*==.*?(?= *\\?$)/gm) ?? [];
}

async function makeVenv(venv: string, python: string, wanted: string): Promise<void> {
  console.log("Making .venv with Jupyter: once, and it takes a minute.");
  const made = await new Deno.Command(await findPython(), {
    args: ["-m", "venv", "--clear", venv],
    stdin: "null",
  }).spawn().status;
  if (!made.success) {
    throw new Error(
      "Python could not make .venv: on Debian or Ubuntu run `apt-get install python3-venv`",
    );
  }
  const pip = new Deno.Command(python, {
    args: [
      ...["-m", "pip", "install", "--no-cache-dir", "--no-input"],
      // Only files with one of the hashes, and no build scripts.
      ...["--require-hashes", "--only-binary", ":all:", "--requirement", requirements],
    ],
    env: { PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const seen = (text: string) => text.match(/^(Collecting |Ignoring )/gm)?.length ?? 0;
  const terminal = Deno.stdout.isTerminal();
  let done = 0;
  for await (const text of pip.stdout.pipeThrough(new TextDecoderStream())) {
    done += seen(text);
    const progress = `\r${done} of ${versions(wanted).length} packages`;
    if (terminal) Deno.stdout.writeSync(new TextEncoder().encode(progress));
  }
  if (terminal) console.log();
  if (!(await pip.status).success) {
    throw new Error(
      "pip could not install the packages of tools/requirements.txt (it says why above): is there " +
        "a network? Behind a proxy set HTTPS_PROXY, with a mirror PIP_INDEX_URL",
    );
  }
}

/** Downloads what the notebooks and tools/lab import, so that they need no network later. */
async function cachePackages(): Promise<void> {
  for (const folder of ["..", "lab"]) {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["install", "--frozen"],
      cwd: join(import.meta.dirname!, folder),
      stdin: "null",
    }).output();
    if (!success) {
      throw new Error(`Deno could not download the packages:\n${new TextDecoder().decode(stderr)}`);
    }
  }
}

async function findPython(): Promise<string> {
  const found: string[] = [];
  for (const python of pythons) {
    const version = await pythonVersion(python);
    if (version === undefined) continue;
    const [major, minor] = version.split(".").map(Number);
    if (major === 3 && minor >= 10) return python;
    found.push(`${python} is Python ${version}`);
  }
  throw new Error(
    "Jupyter needs Python 3.10 or newer: on Debian or Ubuntu run `apt-get install python3 " +
      "python3-venv`, elsewhere get it from https://www.python.org/downloads/ " +
      `(${found.join(", ") || "there is no python3 on the PATH"})`,
  );
}

async function pythonVersion(python: string): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(python, {
      args: ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch {
    return undefined; // It is not there, or cannot be run.
  }
}

/**
 * Executes a notebook from its first cell to its last in a fresh kernel.
 *
 * @param notebook the notebook
 * @param options `jupyter`: what {@linkcode jupyter} returned; `folder`: where the kernel runs, from
 * which the notebook's imports are resolved; `cellSeconds`: the time limit for each cell
 * @returns the notebook with its outputs
 * @throws {Error} naming the cell, with its text and what went wrong, when one fails
 */
export async function execute(
  notebook: Notebook,
  { jupyter, folder, cellSeconds }: { jupyter: Jupyter; folder: string; cellSeconds: number },
): Promise<Notebook> {
  const { FORCE_COLOR: _, ...env } = jupyter.env;
  const process = new Deno.Command(jupyter.python, {
    args: [join(import.meta.dirname!, "execute.py"), folder, `${cellSeconds}`],
    clearEnv: true,
    env: { ...env, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const sent = new Blob([JSON.stringify(notebook)]).stream().pipeTo(process.stdin);
  const [{ success, stdout, stderr }] = await Promise.all([process.output(), sent.catch(() => {})]);
  if (!success) {
    throw new Error(`Jupyter failed:\n${new TextDecoder().decode(stderr).trim()}`);
  }
  const answer: {
    notebook?: Notebook;
    failure?: { cell?: string; source: string; message: string };
  } = JSON.parse(new TextDecoder().decode(stdout));
  if (answer.notebook) return answer.notebook;
  const { cell, source, message } = answer.failure!;
  if (cell === undefined) throw new Error(message);
  const indented = (text: string) => text.trimEnd().replace(/^/gm, "    ");
  throw new Error(`cell ${cell} fails: ${message}\n${indented(source)}`);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).catch(unlessMissing) !== undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  return await Deno.readTextFile(path).catch(unlessMissing);
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
