/**
 * The site that `deno task site` makes, on a plain file server, in a browser that reaches nothing else.
 *
 * @module
 */
import { assert } from "@std/assert";
import { extname, join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

/** The folder of the project. */
export const root = join(import.meta.dirname!, "..", "..");

/** The folder of the site. */
export const folder = join(root, "site");

/** The notebooks that have a page, in order. */
export const notebooks = ["", "exercises"].flatMap((kind) => {
  try {
    return [...Deno.readDirSync(join(root, "notebooks", kind))]
      .flatMap(({ name }) => /^(.*)\.ipynb$/.exec(name)?.[1] ?? []).sort()
      .map((name) => join(kind, name));
  } catch {
    return [];
  }
});

/** The page of a notebook, without `.html`. */
export function pageOf(notebook: string): string {
  return notebook.replace("/", "_");
}

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".woff2": "font/woff2",
};

/** A window of the browser, in which whatever goes wrong is written down. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly wrong: string[];
}

/** The site, served and open in a browser. */
export interface MadeSite extends AsyncDisposable {
  /** The address of the folder, with a slash. */
  readonly address: string;
  /** Every path that was served, in order. */
  readonly served: string[];
  readonly browser: Browser;
  /** Opens a window. */
  readonly open: (options: BrowserContextOptions, address?: string) => Promise<Window>;
}

/**
 * Makes the site, serves it somewhere below the root of a server, and starts a browser.
 *
 * @returns the site; it is the caller's to dispose of
 */
export async function madeSite(): Promise<MadeSite> {
  const task = await new Deno.Command(Deno.execPath(), { args: ["task", "site"], cwd: root })
    .output();
  assert(task.success, new TextDecoder().decode(task.stderr));
  const served: string[] = [];
  const serve = (request: Request) => {
    const path = decodeURIComponent(new URL(request.url).pathname)
      .replace(/^\/some\/where\//, "").replace(/^$|\/$/, "$&index.html");
    served.push(path);
    try {
      return new Response(Deno.readFileSync(join(folder, path)), {
        headers: { "content-type": types[extname(path)] ?? "text/plain" },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, serve);
  const address = `http://127.0.0.1:${server.addr.port}/some/where/`;
  const browser = await launchChromium();
  return {
    address,
    served,
    browser,
    open: (options, allowed = address) => open(browser, allowed, options),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.shutdown();
    },
  };
}

async function open(
  browser: Browser,
  site: string,
  options: BrowserContextOptions,
): Promise<Window> {
  const wrong: string[] = [];
  const context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(20_000);
  await context.route((url) => !url.href.startsWith(site), (route) => {
    wrong.push(`asks for ${route.request().url()}`);
    return route.abort();
  });
  context.on("console", (message) => wrong.push(`says ${message.text()}`));
  context.on("weberror", (error) => wrong.push(`throws ${error.error()}`));
  context.on("requestfailed", (request) => {
    // A page that is left does not wait for its fonts.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      wrong.push(`does not get ${request.url()}`);
    }
  });
  context.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`gets ${response.status()} for ${response.url()}`);
  });
  return { context, page: await context.newPage(), wrong };
}
