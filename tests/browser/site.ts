// The site that `deno task site` makes, in a real browser that reaches nothing but the site.
import { assert, assertEquals } from "@std/assert";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Notebook } from "../../tools/nbformat.ts";
import { launchChromium } from "./chromium.ts";

const root = join(import.meta.dirname!, "..", "..");
const folder = join(root, "site");
const screenshots = join(root, "screenshots");
const lessons = [...Deno.readDirSync(join(root, "notebooks"))]
  .flatMap(({ name }) => /^(.*)\.ipynb$/.exec(name)?.[1] ?? []).sort();
const names = ["index", ...lessons];

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".woff2": "font/woff2",
};

/** A plain file server. */
function serve(request: Request): Response {
  const path = decodeURIComponent(new URL(request.url).pathname).replace(/\/$/, "/index.html");
  try {
    return new Response(Deno.readFileSync(join(folder, path)), {
      headers: { "content-type": types[extname(path)] ?? "text/plain" },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}

/** A browser window in which whatever goes wrong is written down. */
async function open(browser: Browser, site: string, options: BrowserContextOptions) {
  const wrong: string[] = [];
  const context = await browser.newContext({ locale: "en-GB", ...options });
  await context.route((url) => !url.href.startsWith(site), (route) => {
    wrong.push(`asks for ${route.request().url()}`);
    return route.abort();
  });
  context.on("console", (message) => wrong.push(`says ${message.text()}`));
  context.on("weberror", (error) => wrong.push(`throws ${error.error()}`));
  context.on("requestfailed", (request) => wrong.push(`does not get ${request.url()}`));
  context.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`gets ${response.status()} for ${response.url()}`);
  });
  return { context, page: await context.newPage(), wrong };
}

const text = (lines: unknown) => Array.isArray(lines) ? lines.join("") : String(lines);
const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

/** What a notebook holds, and so must its page. */
function contents(name: string) {
  const path = join(root, "notebooks", `${name}.ipynb`);
  const notebook: Notebook = JSON.parse(Deno.readTextFileSync(path));
  const outputs = notebook.cells.flatMap((cell) => cell.cell_type === "code" ? cell.outputs : []);
  const data = outputs.flatMap((output) => "data" in output ? [output.data] : []);
  const prose = [
    ...notebook.cells.flatMap((cell) => cell.cell_type === "markdown" ? [text(cell.source)] : []),
    ...data.flatMap((data) => "text/latex" in data ? [text(data["text/latex"])] : []),
  ].join("\n\n").replace(/```.*?```|`[^`]*`/gs, "");
  const displays = count(prose, /\$\$/g) / 2;
  return {
    code: notebook.cells.flatMap(({ cell_type, source }) =>
      cell_type === "code" ? [text(source).trim()] : []
    ),
    displays,
    formulas: displays + count(prose.replaceAll("$$", ""), /\$/g) / 2,
    pictures: data.filter((data) => "image/svg+xml" in data).length,
    tables: data.filter((data) => text(data["text/html"]).includes("<table")).length,
    printed: outputs.flatMap((output) => {
      if (output.output_type === "stream") return [text(output.text).trimEnd()];
      const plain = "data" in output && Object.keys(output.data).join() === "text/plain";
      return plain ? [text(output.data["text/plain"]).trimEnd()] : [];
    }),
  };
}

/** The same of a page: what of it can be seen. */
function seen(page: Page) {
  return page.locator("main").evaluate((main) => {
    const visible = (selector: string) =>
      [...main.querySelectorAll<HTMLElement | SVGElement>(selector)].filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 10 && height > 10;
      });
    const texts = (selector: string) =>
      [...main.querySelectorAll<HTMLElement>(selector)].map(({ innerText }) => innerText.trimEnd());
    return {
      code: texts("pre.code").map((code) => code.trim()),
      displays: main.querySelectorAll(".katex-display").length,
      formulas: main.querySelectorAll(".katex").length,
      pictures: visible(".output svg:not(.katex svg)").length,
      tables: visible(".output table").length,
      printed: texts(".output pre"),
    };
  });
}

/** Whether the fonts of mathematics are there, if the page has any. */
async function hasFonts(page: Page): Promise<boolean> {
  await page.waitForLoadState();
  return await page.evaluate(async () =>
    document.querySelector(".katex") === null ||
    [...await document.fonts.ready].some(({ family, status }) =>
      family.startsWith("KaTeX") && status === "loaded"
    )
  );
}

/** Texts that stand out too little from what is behind them (WCAG 2.2, 1.4.3). */
function faint(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const luminance = (color: number[]) => {
      const [r, g, b] = color.map((c) =>
        c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const numbers = (color: string) => color.match(/[\d.]+/g)!.map(Number);
    const background = (element: Element | null): number[] => {
      if (element === null) return [255, 255, 255];
      const [r, g, b, alpha = 1] = numbers(getComputedStyle(element).backgroundColor);
      return alpha === 1 ? [r, g, b] : background(element.parentElement);
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement!;
      const text = walker.currentNode.nodeValue!.trim();
      if (text === "" || element.closest("svg, .katex-mathml")) continue;
      const [light, dark] = [
        luminance(numbers(getComputedStyle(element).color).slice(0, 3)),
        luminance(background(element)),
      ].sort((x, y) => y - x);
      const ratio = (light + 0.05) / (dark + 0.05);
      if (ratio < 4.5) found.push(`${text}: ${ratio.toFixed(1)}`);
    }
    return found;
  });
}

Deno.test("deno task site makes a site that", async (t) => {
  const task = await new Deno.Command(Deno.execPath(), { args: ["task", "site"], cwd: root })
    .output();
  assert(task.success, new TextDecoder().decode(task.stderr));
  Deno.mkdirSync(screenshots, { recursive: true });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, serve);
  const site = `http://127.0.0.1:${server.addr.port}/`;
  const browser = await launchChromium();
  const { context, page, wrong } = await open(browser, site, {
    viewport: { width: 1280, height: 800 },
  });
  try {
    const targets = new Map<string, Set<string>>();
    const links = new Map<string, string[]>();
    for (const name of names) {
      await t.step(`shows ${name} whole`, async () => {
        await page.goto(`${site}${name}.html`);
        const { ids, hrefs, ...facts } = await page.evaluate(() => ({
          language: document.documentElement.lang,
          titles: document.querySelectorAll("h1").length,
          scripts: document.querySelectorAll("script, iframe, object, [onclick]").length,
          nameless: [...document.querySelectorAll("svg:not(.katex svg)")]
            .filter((svg) => !svg.getAttribute("aria-label")).length,
          silent: document.querySelectorAll(".katex:not(:has(math annotation))").length,
          ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
          hrefs: [...document.querySelectorAll<HTMLAnchorElement>("a")].map(({ href }) => href),
        }));
        assertEquals(facts, { language: "en", titles: 1, scripts: 0, nameless: 0, silent: 0 });
        assertEquals(ids.filter((id, k) => ids.indexOf(id) !== k), []);
        targets.set(`${site}${name}.html`, new Set(ids));
        links.set(name, hrefs);
        if (name !== "index") assertEquals(await seen(page), contents(name));
        assert(!/\$\$|\\\w{3}/.test(await page.locator("main").innerText()), "it shows raw LaTeX");
        assert(await hasFonts(page));
        assertEquals(wrong, []);
      });
    }

    await t.step("has what its links lead to", () => {
      for (const [name, hrefs] of links) {
        for (const href of hrefs.filter((href) => !href.startsWith("https:"))) {
          const [url, anchor = ""] = href.split("#");
          assert(targets.has(url), `${name} links to ${href}: there is no such page`);
          assert(
            anchor === "" || targets.get(url)!.has(decodeURIComponent(anchor)),
            `${name} links to ${href}: there is no such place`,
          );
        }
      }
      const reached = new Set([...links.values()].flat().map((href) => href.split("#")[0]));
      for (const url of targets.keys()) assert(reached.has(url), `no link leads to ${url}`);
    });

    await t.step("leads from lesson to lesson, there and back", async () => {
      const walk = async (rel: string) => {
        const visited = [];
        while (true) {
          assert(await hasFonts(page));
          visited.push(/(\w+)\.html$/.exec(page.url())![1]);
          const link = page.locator(`a[rel=${rel}]`);
          if (await link.count() === 0) return visited;
          await link.click();
        }
      };
      await page.goto(site);
      await page.locator("main a[href$='.html']").first().click();
      assertEquals(await walk("next"), lessons);
      assertEquals(await walk("prev"), lessons.toReversed());
      await page.getByRole("navigation", { name: "Lessons", exact: true }).getByRole("link").last()
        .click();
      assertEquals(await walk("next"), lessons.slice(-1));
    });

    await t.step("jumps to a heading", async () => {
      await page.goto(`${site}${lessons[0]}.html`);
      await page.locator("#lessons li li a").last().click();
      const { id, top } = await page.locator("h2").last().evaluate((heading) => ({
        id: heading.id,
        top: heading.getBoundingClientRect().top,
      }));
      assertEquals(decodeURIComponent(new URL(page.url()).hash.slice(1)), id);
      assert(top >= 0 && top < 800, `the heading is at ${top}`);
    });
    assertEquals(wrong, []);
    await context.close();

    for (const colorScheme of ["light", "dark"] as const) {
      for (const [device, width] of [["", 1280], ["-phone", 360]] as const) {
        await t.step(`can be read: ${colorScheme}${device}`, async () => {
          const { context, page } = await open(browser, site, {
            colorScheme,
            viewport: { width, height: 800 },
          });
          for (const name of names) {
            await page.goto(`${site}${name}.html`);
            await page.screenshot({
              path: join(screenshots, `site-${name}-${colorScheme}${device}.png`),
              fullPage: true,
            });
            assertEquals(await faint(page), [], name);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert(wide <= width, `${name} is ${wide} wide`);
          }
          await context.close();
        });
      }
    }

    await t.step("needs no server", async () => {
      const files = `${pathToFileURL(folder)}/`;
      const { context, page, wrong } = await open(browser, files, {});
      await page.goto(`${files}index.html`);
      for (const name of lessons) {
        await page.locator(`main a[href^='${name}']`).last().click();
        assertEquals(page.url(), `${files}${name}.html`);
        assert(await hasFonts(page));
      }
      assertEquals(wrong, []);
      await context.close();
    });
  } finally {
    await browser.close();
    await server.shutdown();
  }
});
