// The cells of the pages, run in a real browser: what they show is what their notebooks show.
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { Notebook } from "../../tools/nbformat.ts";
import { folder, madeSite, notebooks, pageOf, root } from "./made_site.ts";

/** The cells of a page. */
const cells = (page: Page) => page.locator(".cell");
/** Waits until a cell, and all that run before it, have ended. */
const ended = (cell: Locator) =>
  cell.and(cell.page().locator("[aria-busy=false]")).waitFor({ timeout: 60_000 });
const code = (cell: Locator) => cell.getByRole("textbox");
const press = (cell: Locator, name: string) =>
  cell.getByRole("button", { name, exact: true }).click();

/** Replaces the code of a cell, and runs it. */
async function run(cell: Locator, source: string): Promise<string> {
  await code(cell).fill(source);
  await code(cell).press("Shift+Enter");
  await ended(cell);
  return await shown(cell);
}

/** The text of what a cell shows. */
const shown = async (cell: Locator) =>
  (await cell.locator(".output").allInnerTexts()).join("").trim();

/** What each cell shows, as HTML. */
const outputs = (page: Page) =>
  cells(page).evaluateAll((cells) =>
    cells.map((cell) => [cell.id, cell.querySelector(".output")?.innerHTML])
  );

/** What {@linkcode watchPictures} leaves in the page. */
interface Watching {
  /** How many different pictures each cell has shown, not dimmed. */
  counts(): number[];
}

/** Watches the cells from now on. */
async function watchPictures(page: Page): Promise<void> {
  await cells(page).evaluateAll((cells) => {
    const seen = cells.map((cell) => {
      const pictures = new Set<string>();
      new MutationObserver(() => {
        const svg = cell.querySelector(".output:not(.stale) svg");
        if (svg) pictures.add(svg.outerHTML);
      }).observe(cell, { childList: true, subtree: true });
      return pictures;
    });
    const watching: Watching = { counts: () => seen.map(({ size }) => size) };
    Object.assign(globalThis, watching);
  });
}

function measuredCells(notebook: string): string[] {
  const path = join(root, "notebooks", `${notebook}.ipynb`);
  const { cells }: Notebook = JSON.parse(Deno.readTextFileSync(path));
  return cells.flatMap((cell) =>
    cell.cell_type === "code" && cell.metadata.tags?.includes("measured") ? [cell.id] : []
  );
}

/** How many bytes a file of the site has when a server compresses it. */
async function compressed(path: string): Promise<number> {
  const stream = (await Deno.open(join(folder, path))).readable
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).bytes()).length;
}

Deno.test("the cells of the pages", async (t) => {
  await using made = await madeSite();
  const { context, page, wrong } = await made.open({ viewport: { width: 1280, height: 800 } });
  const go = async (name: string) => {
    await page.goto(`${made.address}${name}.html`);
    await page.getByRole("button", { name: "Run all" }).waitFor();
  };

  for (const notebook of notebooks) {
    await t.step(`show live what the notebook shows: ${notebook}`, async () => {
      await go(pageOf(notebook));
      const before = await outputs(page);
      if (notebook === "09_two_moons") await watchPictures(page);
      await page.getByRole("button", { name: "Run all" }).click();
      await ended(cells(page).last());
      const measured = measuredCells(notebook);
      if (notebook === "09_two_moons") {
        // The cells that train for 3, 7 and 20 epochs: the boundary moves before one's eyes.
        const counts = await page.evaluate(() => (globalThis as unknown as Watching).counts());
        assertEquals(counts.filter((count) => count > 1), [3, 7, 20]);
      }
      const after = await outputs(page);
      assertEquals(await page.locator(".failure").allInnerTexts(), []);
      for (const [k, [id, html]] of before.entries()) {
        if (measured.includes(id!)) {
          // Another measurement: the same kinds of things.
          const kinds = (html = "") =>
            html.replace(/<p class="note">.*/, "").match(/<(div|pre|svg|table)\b/g);
          assertEquals(kinds(after[k][1]), kinds(html), id);
        } else {
          assertEquals(after[k][1], html, id);
        }
      }
    });
  }

  const [first, second] = [cells(page).nth(0), cells(page).nth(1)];
  await t.step(
    "load little before the first run, and Graphviz only when a graph is drawn",
    async () => {
      const imports =
        'import { Value } from "../mod.ts"; import { plot } from "../lessons/plot.ts";' +
        'import { table } from "../lessons/show.ts";\n';
      made.served.length = 0;
      await go("00_derivative");
      await run(first, `${imports}await table({ x: [1, 2] });`);
      // The colours of what is typed are loaded for an edit, not for a run.
      const scripts = () =>
        [...new Set(made.served)].filter((path) => /\.js$/.test(path) && !/colours/.test(path));
      assert(!scripts().some((path) => /viz|formula|inspect|plot/.test(path)), scripts().join());
      const sizes = await Promise.all(scripts().map(compressed));
      const total = sizes.reduce((a, b) => a + b, 0);
      assert(
        total <= 120_000,
        `${total} bytes: ${scripts().map((path, k) => `${path} ${sizes[k]}`)}`,
      );
      await run(first, `${imports}await plot({ sine: { f: Math.sin, from: 0, to: 1 } });`);
      assert(scripts().some((path) => path.includes("plot")));
      await press(first, "Discard the edit");
      await go("02_rate_of_change");
      await press(second, "Run");
      await ended(second);
      assert(scripts().some((path) => path.includes("viz")));
    },
  );

  await t.step("run what stands before them first, and carry variables over", async () => {
    await go("00_derivative");
    assertEquals(await run(second, "const x: number = 20;\nx + 1"), "21");
    assertEquals(await run(cells(page).nth(2), "[x * 2]"), "[ 40 ]");
    for (const name of ["log", "info", "debug", "warn", "error"]) {
      await run(second, `console.${name}(1);`);
      const output = second.locator(`.output .${/warn|error/.test(name) ? "stderr" : "stdout"}`);
      assertEquals(await output.innerText(), "1\n");
    }
    assertEquals(await run(second, 'const x = "again";\nx'), '"again"');
    assertEquals(
      await run(cells(page).nth(2), 'console.log(x, [-0], "b"); await 1; NaN'),
      "again [ -0 ] b\n\nNaN",
    );
  });

  await t.step("keep an edit over a reload, until it is discarded", async () => {
    const original = second.getByRole("button", { name: "Discard the edit" });
    await go("00_derivative");
    assertEquals(await code(second).inputValue(), 'const x = "again";\nx');
    await original.click();
    assert(!await original.isVisible());
    const source = await code(second).inputValue();
    // The text that is coloured is that which is edited.
    assertEquals(await second.locator("pre code").first().textContent(), source);
    assertMatch(await page.locator(".bar.page").innerText(), /^The code on this page runs in your/);
    await go("00_derivative");
    assertEquals(await code(second).inputValue(), source);
  });

  await t.step("are followed by an empty one, which keeps what is typed, too", async () => {
    await go("02_rate_of_change");
    assertEquals(await page.locator("p:text('A new cell') + .cell").count(), 1);
    assertEquals(await run(cells(page).last(), "print(run({ ...inputs, a: 2.5 }).L);"), "-5");
    await go("02_rate_of_change");
    assertEquals(
      await code(cells(page).last()).inputValue(),
      "print(run({ ...inputs, a: 2.5 }).L);",
    );
    await press(cells(page).last(), "Discard the edit");
    assertEquals(await code(cells(page).last()).inputValue(), "");
  });

  await t.step("stop an endless loop, show nothing stale, and go on", async () => {
    await go("00_derivative");
    await run(first, "const before = 1; let runs = 0;");
    await code(second).fill("console.log(before);\nwhile (true);");
    await press(second, "Run");
    await second.getByText("1", { exact: true }).waitFor();
    const start = performance.now();
    await press(second, "Stop");
    await ended(second);
    assertMatch(await shown(second), /^Stopped\./);
    assert(performance.now() - start < 2000);
    assertEquals(await run(second, "before + 1"), "2");
    await code(second).fill("for (;;) await null;");
    await press(second, "Run");
    await press(second, "Stop");
    assertMatch(await shown(second), /^Stopped\./);
    assertEquals(await run(second, "before + 2"), "3");
  });

  await t.step("run from the top with nothing left over, and are reset", async () => {
    await go("00_derivative");
    const before = await outputs(page);
    await run(first, "globalThis.count = (globalThis.count ?? 0) + 1;");
    assertEquals(await run(second, "count"), "1");
    await run(first, "globalThis.count = (globalThis.count ?? 0) + 1;");
    assertEquals(await run(second, "count"), "2");
    await press(second, "Run from the top");
    await ended(second);
    await second.getByText("1", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Reset" }).click();
    assertEquals(await outputs(page), before);
    assertEquals(await page.locator(".stale").count(), 0);
    for (const cell of [first, second]) await press(cell, "Discard the edit");
  });

  await t.step("say where a mistake is", async () => {
    await go("00_derivative");
    const fails = async (source: string, start: string, cell = second) => {
      const text = await run(cell, source);
      assert(text.startsWith(start), text);
    };
    await fails(
      "const x = 1;\nconst y: number = x + nobody;",
      "ReferenceError: nobody is not defined (line 2, column 23)\n",
    );
    await fails("let a = 1;\nlet b = ;", "SyntaxError: Unexpected token (line 2, column 9)\n");
    await fails("const c = 1;\n  c = 2;", "TypeError: c is a constant (line 2, column 5)\n");
    await fails(
      'import { nothing } from "../mod.ts";',
      'SyntaxError: "../mod.ts" has no export named nothing',
    );
    await fails('import x from "npm:x";', 'Error: a page cannot import "npm:x"');
    await fails('import { Value } from "../mod.ts";\n\nnew Value(1).add("2");', "TypeError: ");
    assertMatch(await shown(second), /\(line 3, column 14\)/);
    await fails("const d = 1;\nd();", "TypeError: d is not a function (line 2, column 1)");
    assertEquals(
      await run(second, "function fail(): never {\n  throw new Error('no');\n}\n1"),
      "1",
    );
    await fails("fail()", "Error: no (line 2, column 9 of cell 2)", cells(page).nth(2));
    await fails("throw 3", "Uncaught 3");
    const wait = "await new Promise((resolve) => setTimeout(resolve, 3000));";
    await fails(
      `setTimeout(() => {\n  throw new Error("late");\n});\n${wait}`,
      "Error: late (line 2, column 9)\n",
    );
    // By then the page would have learned of it in another way, too.
    assertEquals(await run(first, "1"), "1");
    assertMatch(await shown(second), /▲$/);
    await fails(`Promise.reject(new Error("late"));\n${wait}`, "Error: late (line 1, column 16)\n");
    await fails(
      'await Deno.jupyter.display({ "text/foo": "x" }, { raw: true }); 1',
      "an output cannot be shown: ",
    );
    // Between the cell and what throws are a dozen functions of the library.
    await go("12_tensors");
    await fails(
      'const { defaultDevice, grad, init, jit, numpy: np } = await import("@jax-js/jax");\n' +
        'await init("cpu"); defaultDevice("cpu");\n' +
        "jit(grad((x) => np.add(x, np.array([1, 2, 3])).sum()))(np.array([1, 2]));",
      "TypeError: Incompatible array broadcast shapes: 2 vs 3 (line 3, column ",
      first,
    );
    await press(first, "Discard the edit");
  });

  await t.step("show nothing that runs, loads or covers anything", async () => {
    await go("00_derivative");
    const html =
      `<img src="x" onerror="document.title = 'attacked'" onload="x"><script>x</script>` +
      `<iframe src="javascript:x"></iframe><a href="javascript:x">a</a><b onclick="x">b</b>` +
      `<b data-x="x" aria-live="assertive">e</b>` +
      `<p style="position: fixed">c</p><svg onload="x"><use href="#x"/><text>d</text></svg>`;
    for (const mime of ["text/html", "text/markdown"]) {
      await run(
        second,
        `await Deno.jupyter.display({ "${mime}": ${JSON.stringify(html)} }, { raw: true })`,
      );
      const left = await second.locator(".output").evaluate((output) => output.innerHTML);
      assert(!/<(img|script|iframe|use)|\son\w+=|javascript:|position/.test(left), left);
      assert(left.includes("<a>a</a><b>b</b><b>e</b>"), left);
    }
    await run(
      second,
      `await Deno.jupyter.display({ "image/svg+xml": '<svg width="9" onload="x"><text x="1">d</text></svg>' }, { raw: true })`,
    );
    assertEquals(
      await second.locator(".output svg").evaluate((svg) => svg.outerHTML),
      '<svg width="9"><text x="1">d</text></svg>',
    );
    assertMatch(await page.title(), /^00/);
    // Had the list let a handler through, the page's policy would have stopped it: it says so when
    // the text is read.
    const stopped = wrong.filter((what) =>
      /^says Executing inline event handler violates/.test(what)
    );
    for (const what of stopped) wrong.splice(wrong.indexOf(what), 1);
    await press(second, "Discard the edit");
  });

  await t.step("can be written in with the keyboard", async () => {
    await go("00_derivative");
    await code(second).fill("");
    await code(second).pressSequentially("function f() {\nreturn 1;");
    assertEquals(await code(second).inputValue(), "function f() {\n  return 1;");
    const colours = second.locator(".sh__token--keyword");
    await colours.first().waitFor();
    assertEquals(await colours.allInnerTexts(), ["function", "return"]);
    // The text that is typed and the text that is coloured lie on each other.
    const boxes = await second.locator(".editor > *").evaluateAll((elements) =>
      elements.map((element) => {
        const { x, y, width } = element.getBoundingClientRect();
        const { font, lineHeight, whiteSpace } = getComputedStyle(element);
        return { x, y, width, font, lineHeight, whiteSpace };
      })
    );
    assertEquals(boxes[0], boxes[1]);
    await press(second, "Discard the edit");
  });

  assertEquals(wrong, []);
  await context.close();
});
