/**
 * JupyterLab in a browser: `deno task lab` in a copy of the repository, started in a terminal as a
 * teacher starts it, and what a class does with a notebook.
 *
 * @module
 */
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { jupyter } from "../../tools/jupyter.ts";
import { stringify, toNotebook } from "../../tools/nbformat.ts";
import { copyTo, started } from "../system/processes.ts";

/** As much of JupyterLab's application object as the tests use. */
declare global {
  var jupyterapp: {
    readonly restored: Promise<void>;
    readonly commands: { execute(id: string, args: Record<string, string>): Promise<unknown> };
    readonly shell: {
      readonly currentWidget: {
        readonly context: { readonly path: string; readonly ready: Promise<void> };
        readonly sessionContext: {
          readonly ready: Promise<void>;
          readonly session: { readonly kernel: { readonly status: string } };
        };
        readonly content: {
          readonly node: HTMLElement;
          readonly widgets: Iterable<{
            readonly model: { readonly type: string; readonly trusted: boolean };
            isPlaceholder(): boolean;
          }>;
        };
      };
    };
  };
}

/** A terminal: what it gets is typed. When nobody can type any more, it types Ctrl-C, once. */
const terminal = `
import os, pty, sys

left = [b"\\x03", b""]
sys.exit(os.waitstatus_to_exitcode(
    pty.spawn(sys.argv[1:], stdin_read=lambda stdin: os.read(stdin, 1024) or left.pop(0))
))
`;

/** A running `deno task lab`. */
export interface Lab {
  /** The copy of the repository. */
  readonly root: string;
  /** The home folder of the one who started it: empty. */
  readonly home: string;
  /** What to open in the browser, token included. */
  readonly url: URL;
  /** Types Ctrl-C, and waits for the exit code. */
  stop(): Promise<number>;
}

/** Starts JupyterLab with a home folder and settings that are empty. */
export async function startLab(): Promise<Lab> {
  const repository = join(import.meta.dirname!, "..", "..");
  const { python } = await jupyter(repository);
  const root = Deno.makeTempDirSync({ prefix: "lab_" });
  const home = Deno.makeTempDirSync({ prefix: "home_" });
  copyTo(root);

  const args = ["--no-browser", "--port", "0", "--expose-app-in-browser"];
  const { HOME = "", DENO_DIR = join(HOME, ".cache", "deno") } = Deno.env.toObject();
  const process = new Deno.Command(python, {
    args: ["-c", terminal, Deno.execPath(), "task", "lab", ...args],
    cwd: root,
    env: { DENO_DIR, HOME: home },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const stop = async () => {
    if (!process.stdin.locked) await process.stdin.getWriter().close();
    const { code } = await process.status;
    return code;
  };
  const url = await started(process.stdout);
  return { root, home, url, stop };
}

/** JupyterLab as one person sees it. */
export class LabPage {
  /** The page in the browser. */
  readonly page: Page;
  readonly #lab: Lab;

  constructor(page: Page, lab: Lab) {
    this.page = page;
    this.#lab = lab;
  }

  /** The notebook in front. */
  get notebook(): Locator {
    return this.page.locator(".jp-NotebookPanel:visible");
  }

  /** Loads JupyterLab and waits until it can be used. */
  async load(): Promise<void> {
    await this.page.goto(this.#lab.url.href);
    await this.page.waitForFunction(() => globalThis.jupyterapp !== undefined);
    await this.page.evaluate(() => jupyterapp.restored);
    await this.page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  }

  /** The path of the notebook in front, once there is one. */
  async path(): Promise<string> {
    await this.notebook.first().waitFor();
    return await this.page.evaluate(() => jupyterapp.shell.currentWidget.context.path);
  }

  /** Writes a notebook with these cells of code. */
  write(name: string, cells: string[]): void {
    const notebook = toNotebook(cells.map((cell) => `// %%\n${cell}\n`).join("\n"), name);
    const path = join(this.#lab.root, "notebooks", `${name}.ipynb`);
    Deno.writeTextFileSync(path, stringify(notebook));
  }

  /** Opens a notebook, with a kernel of its own, and looks through it: cells not near are not drawn. */
  async open(name: string): Promise<void> {
    await this.page.evaluate(async (path) => {
      await jupyterapp.commands.execute("docmanager:open", { path });
      const { context, sessionContext } = jupyterapp.shell.currentWidget;
      await Promise.all([context.ready, sessionContext.ready]);
    }, `notebooks/${name}.ipynb`);
    await this.status("idle");
    await this.page.waitForFunction(() => {
      const { node, widgets } = jupyterapp.shell.currentWidget.content;
      const outer = node.querySelector(".jp-WindowedPanel-outer")!;
      for (const place of [outer.scrollHeight, 0]) outer.scrollTop = place;
      return [...widgets].every((cell) => !cell.isPlaceholder());
    });
  }

  /** Saves the notebook, closes it and stops its kernel. */
  async close(): Promise<void> {
    await this.command("docmanager:save");
    await this.command("notebook:shutdown-kernel");
    await this.command("application:close");
  }

  /** Runs a command of JupyterLab to its end. */
  async command(id: string, args: Record<string, string> = {}): Promise<void> {
    await this.page.evaluate(
      async ({ id, args }) => void await jupyterapp.commands.execute(id, args),
      { id, args },
    );
  }

  /** Runs all cells, by the menu, and returns how many seconds it took. */
  async runAll(): Promise<number> {
    await this.page.getByRole("menuitem", { name: "Run", exact: true }).click();
    const start = performance.now();
    await this.page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    await this.finish();
    return (performance.now() - start) / 1000;
  }

  /** Restarts the kernel and runs all cells, by the button. */
  async restartAndRunAll(): Promise<void> {
    await this.notebook.getByRole("button", { name: /^Restart the kernel and run all/ }).click();
    await this.page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
    await this.page.locator(".jp-Dialog").waitFor({ state: "detached" });
    await this.finish();
  }

  /** Selects a cell of code, the first being 0, and runs it, without waiting for its end. */
  async run(cell: number): Promise<void> {
    await this.notebook.locator(".jp-CodeCell").nth(cell).locator(".cm-content").click();
    await this.page.keyboard.press("Control+Enter");
  }

  /** Waits until no cell runs or is still to run. */
  async finish(): Promise<void> {
    await this.notebook.getByText("[*]:").first().waitFor({ state: "detached" });
  }

  /** Waits until the kernel is in this state. */
  async status(status: "busy" | "idle"): Promise<void> {
    await this.page.waitForFunction(
      (status) => jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === status,
      status,
    );
  }

  /** Whether JupyterLab shows all outputs of the notebook, or only the harmless. */
  async trusted(): Promise<boolean> {
    return await this.page.evaluate(() =>
      [...jupyterapp.shell.currentWidget.content.widgets]
        .every(({ model }) => model.type !== "code" || model.trusted)
    );
  }

  /** Saves a picture of the whole notebook. */
  async photograph(path: string): Promise<void> {
    const before = this.page.viewportSize()!;
    const toolbar = 120;
    for (let height = 0;;) {
      // Cells that have not been seen yet may turn out higher than JupyterLab thought.
      const seen = await this.notebook.locator(".jp-WindowedPanel-outer").evaluate((outer) => {
        outer.scrollTop = 0;
        return outer.querySelector(".jp-WindowedPanel-inner")!.scrollHeight;
      });
      if (seen === height) break;
      height = seen;
      await this.page.setViewportSize({ width: before.width, height: height + toolbar });
      await this.page.waitForTimeout(100);
    }
    await this.notebook.screenshot({ path });
    await this.page.setViewportSize(before);
  }
}
