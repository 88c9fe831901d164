// The site that `deno task site` makes, in a real browser that reaches nothing but the site.
import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import type { Notebook } from "../../tools/nbformat.ts";
import { folder, madeSite, notebooks, pageOf, root } from "./made_site.ts";

const screenshots = join(root, "screenshots");
const lessons = notebooks.filter((name) => !name.includes("/"));
const reference = ["index", "Value", "Value.prototype.backward", "compile", "CompileOptions"]
  .map((name) => `api/${name}`);
const names = ["index", "play", ...notebooks.map(pageOf), ...reference];

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

/** Waits for the fonts of mathematics, if the page has any; also where it may run no script. */
async function fonts(page: Page): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const loaded = await page.evaluate(() =>
      document.querySelector(".katex") === null ||
      [...document.fonts].some(({ family, status }) =>
        family.startsWith("KaTeX") && status === "loaded"
      )
    );
    if (loaded) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`${page.url()} has no fonts of mathematics`);
}

/**
 * What axe finds: names, roles, contrast, what only a mouse reaches, … Formulas and code are left out:
 * they are thousands of nodes, which the page then lacks.
 */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    for (const element of document.querySelectorAll(".katex, pre")) {
      element.replaceChildren(element.matches("pre") ? element.textContent! : "");
    }
    // deno-lint-ignore no-explicit-any -- axe stands in the page.
    const { violations } = await (globalThis as any).axe.run(
      { exclude: [[".katex"], ["pre"]] },
      { resultTypes: ["violations"] },
    );
    // deno-lint-ignore no-explicit-any -- as above.
    return violations.flatMap(({ id, nodes }: any) => nodes.map((n: any) => `${id}: ${n.html}`));
  });
}

/** What no scrolling brings into view, and text of pictures below 9 pixels. */
function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const wide = document.documentElement.scrollWidth;
    if (wide > innerWidth) found.push(`the page is ${wide} wide`);
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (element.closest(".katex-mathml, .katex-html, svg *, .editor")) continue;
      const { overflowX, overflowY, display } = getComputedStyle(element);
      if (display === "inline") continue;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const name = element.outerHTML.slice(0, 80);
      if (overflowX === "hidden" && scrollWidth > clientWidth + 1) {
        found.push(`cut at the right: ${name}`);
      }
      if (overflowY === "hidden" && scrollHeight > clientHeight + 1) {
        found.push(`cut below: ${name}`);
      }
      if (overflowX === "visible" && overflowY === "visible") continue;
      // No scrolling leads to the left of where it begins, or above.
      const { left, top } = element.getBoundingClientRect();
      for (const inner of element.querySelectorAll(":scope *:not(.katex-mathml *, svg *)")) {
        const box = inner.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        if (box.left + element.scrollLeft < left - 1) found.push(`cut at the left: ${name}`);
        if (box.top + element.scrollTop < top - 1) found.push(`cut above: ${name}`);
      }
    }
    for (const text of document.querySelectorAll<SVGTextElement>("main svg text")) {
      const scale = text.getScreenCTM()!.a;
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < 8.99) found.push(`${size.toFixed(1)} pixels: ${text.textContent}`);
    }
    return [...new Set(found)];
  });
}

Deno.test("deno task site makes a site that", async (t) => {
  await using made = await madeSite();
  const { address: site } = made;
  Deno.mkdirSync(screenshots, { recursive: true });
  // What the site is without script: all of it.
  const { context, page, wrong } = await made.open({
    viewport: { width: 1280, height: 800 },
    javaScriptEnabled: false,
  });
  for (const name of names) {
    await t.step(`shows ${name} whole`, async () => {
      await page.goto(`${site}${name}.html`);
      const facts = await page.evaluate(() => ({
        language: document.documentElement.lang,
        titles: document.querySelectorAll("h1").length,
        scripts: document.querySelectorAll(
          "script:not([src='live/start.js']), iframe, object, [onclick]",
        ).length,
        nameless: [...document.querySelectorAll("svg:not(.katex svg)")]
          .filter((svg) => !svg.getAttribute("aria-label")).length,
        silent: document.querySelectorAll(".katex:not(:has(math annotation))").length,
      }));
      assertEquals(facts, { language: "en", titles: 1, scripts: 0, nameless: 0, silent: 0 });
      if (/^\d/.test(name)) assertEquals(await seen(page), contents(name));
      assert(!/\$\$|\\\w{3}/.test(await page.locator("main").innerText()), "it shows raw LaTeX");
      await fonts(page);
      assertEquals(wrong, []);
    });
  }

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

  await t.step("can be read and used, light and dark, on a screen and on a phone", async (t) => {
    const { context, page, wrong } = await made.open({});
    for (const name of names) {
      await t.step(name, async () => {
        await page.goto(`${site}${name}.html`);
        if (name === "play") await page.waitForSelector(".play svg");
        else if (/\d/.test(name)) await page.waitForSelector(".bar.page");
        const found: string[] = [];
        const inEach = async (look: (how: string) => Promise<string[]>) => {
          for (const width of [1280, 390]) {
            await page.setViewportSize({ width, height: 800 });
            for (const colorScheme of ["light", "dark"] as const) {
              await page.emulateMedia({ colorScheme });
              const how = `${width}-${colorScheme}`;
              found.push(...(await look(how)).map((what) => `${how}: ${what}`));
            }
          }
        };
        await inEach(async (how) => {
          const path = join(screenshots, `site-${name.replace("/", "-")}-${how}.png`);
          await page.screenshot({ path });
          return await lost(page);
        });
        await inEach(() => barriers(page));
        assertEquals(found, []);
      });
    }
    assertEquals(wrong, []);
    await context.close();
  });

  await t.step("needs no server", async () => {
    const files = `${pathToFileURL(folder)}/`;
    const { context, page, wrong } = await made.open({}, files);
    await page.goto(`${files}index.html`);
    for (const name of lessons) {
      await page.locator(`main a[href^='${name}']`).last().click();
      assertEquals(page.url(), `${files}${name}.html`);
      await fonts(page);
      // There is nothing to press that would do nothing.
      assertEquals(await page.getByRole("button").count(), 0);
    }
    await page.getByRole("link", { name: "API" }).click();
    await page.getByRole("link", { name: "gradCheck", exact: true }).first().click();
    await page.getByRole("link", { name: "GradCheckRow" }).first().click();
    assertEquals(page.url(), `${files}api/GradCheckRow.html`);
    assertEquals(wrong, []);
    await context.close();
  });
});
