/**
 * Opens the notebooks in JupyterLab. `deno task lab --help` says how to call it.
 *
 * @module
 */
import { join } from "node:path";
import { jupyter, writeWhole } from "./jupyter.ts";

const help = `Opens the notebooks in JupyterLab, with this Deno as their kernel.

  deno task lab                            in the browser
  deno task lab --no-browser --port 8890   whatever stands here goes to JupyterLab

It needs Python 3.10 or newer. The first start makes .venv with JupyterLab in it. Ctrl-C stops
JupyterLab and every kernel. Other people's machines cannot reach it. Other users of this machine
cannot open it without its token, nor run anything; but they can listen at the ports of its kernels,
and so read your cells and what they show. All that JupyterLab can be told:

  .venv/bin/jupyter lab --help-all`;

/** After how many milliseconds it looks again whether its parent is still there. */
const interval = 500;

if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
  console.log(help);
  Deno.exit();
}
try {
  Deno.exit(await lab(join(import.meta.dirname!, ".."), Deno.args.filter((arg) => arg !== "--")));
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(1);
}

/** Runs JupyterLab until someone stops it, and returns its exit code. */
async function lab(root: string, args: string[]): Promise<number> {
  const { python, env: { FORCE_COLOR: _, ...env } } = await jupyter(root);
  // Nobody in a class should be asked whether to fetch news.
  const settings = { "@jupyterlab/apputils-extension:notification": { fetchNews: "false" } };
  await writeWhole(
    join(env.JUPYTER_CONFIG_DIR, "labconfig", "default_setting_overrides.json"),
    JSON.stringify(settings),
  );
  console.log("Starting JupyterLab. Ctrl-C stops it and every kernel.");
  return await stoppable(
    new Deno.Command(python, {
      args: [
        join(import.meta.dirname!, "lab", "lab.py"),
        // The folder above the notebooks, so that the engine can be read and edited, too.
        `--ServerApp.root_dir=${root}`,
        "--LabApp.default_url=/lab/tree/notebooks/00_derivative.ipynb",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.allow_root=True",
        // No other kernel can run these notebooks, and a Deno kernel installed elsewhere may be another
        // version, or end when it is interrupted.
        "--KernelSpecManager.allowed_kernelspecs=deno",
        "--KernelSpecManager.ensure_native_kernel=False",
        "--MultiKernelManager.default_kernel_name=deno",
        // Otherwise it would look for extensions on PyPI.
        "--LabApp.extension_manager=readonly",
        "--LanguageServerManager.autodetect=False",
        "--Application.log_level=ERROR",
        ...args,
      ],
      clearEnv: true,
      // The colours of a terminal are hard to read on a white page.
      env: { ...env, NO_COLOR: "1" },
      stdin: "null",
      // Ctrl-C and closing the window signal every process of a terminal. JupyterLab should get one
      // signal, from here: it then stops its kernels and itself.
      detached: Deno.build.os !== "windows",
    }),
  );
}

/** Runs a program until it ends or someone stops it, and returns its exit code. */
async function stoppable(command: Deno.Command): Promise<number> {
  const process = command.spawn();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const stop = () => process.kill("SIGTERM");
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  // When `deno task`, the parent, is killed, no signal arrives here.
  const parent = Deno.ppid;
  const watch = setInterval(() => {
    if (Deno.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, interval);
  return (await process.status).code;
}
