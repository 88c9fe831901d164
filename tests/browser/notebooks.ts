// Every notebook in a real JupyterLab, in a real browser, with the real kernel, and what happens to
// a kernel in a class. Needs permissions, Python and Chromium: deno task browser
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { type Cell, type Notebook, type Output, stringify } from "../../tools/nbformat.ts";
import { launchChromium } from "./chromium.ts";
import { type Lab, LabPage, startLab } from "./jupyterlab.ts";

/** What each lesson is about, in numbers. */
const numbers: Record<string, string[]> = {
  "00_derivative": ["14.003000", "13.9999999999993", "2.999378523327323e−6", "10.65814104"],
  "01_value": ["8 = 2 + 6", 'Value(data=12, label="d")', "data 96", "write a.mul(b)"],
  "02_rate_of_change": ["6.000000", "−4.000000", "−2.000000", "4.000000", "−7.6190"],
  "03_chain_rule": ["dL/df = d = 4", "de/da · dL/de", "−7.286496", "−8.726304", "grad 6"],
  "04_backpropagation": ["✗ off by", "order:     a → b → c", "data 41", "grad 25", "grad 19"],
  "05_engine": ["138.83381924198252", "RangeError", "200001 nodes"],
  "06_neuron": ["0.7071067812", "−1.500000", "grad 0.5", "NaN, slope NaN"],
  "07_descent": ["−11.8826", "0.029111037135805165"],
  "08_network": ["41 parameters", "3.015241", "0.9997"],
  "09_two_moons": ["337 parameters", "20/20", "99 % right"],
  "10_compile": ["1.711277572162355", "0.855638786081178"],
  "11_gpt": ["4192", "9.0997", "2.3179", "3.338954068979"],
  "12_tensors": ["3.305813196594", "0.774212416871", "337 gradients"],
};

const folder = join(import.meta.dirname!, "..", "..", "notebooks");
const names = [...Deno.readDirSync(folder)]
  .flatMap(({ name }) => /^(\d\d_\w+)\.ipynb$/.exec(name)?.[1] ?? []).sort();
const screenshots = join(folder, "..", "screenshots");

type CodeCell = Extract<Cell, { cell_type: "code" }>;

declare global {
  /** The lines of progress that were to be seen, one after the other. */
  var lines: string[];
}

let lab: Lab;
let browser: Browser;
let page: LabPage;
/** The file that JupyterLab showed first. */
let opened: string;
const asked = new Set<string>();

Deno.test.beforeAll(async () => {
  Deno.mkdirSync(screenshots, { recursive: true });
  browser = await launchChromium();
  lab = await startLab();
  page = new LabPage(await browser.newPage({ viewport: { width: 1280, height: 900 } }), lab);
  page.page.on("request", (request) => asked.add(new URL(request.url()).host));
  await page.load();
  opened = await page.path();
});

Deno.test.afterAll(async () => {
  await browser?.close();
  await lab?.stop();
  for (const folder of lab ? [lab.home, lab.root] : []) {
    Deno.removeSync(folder, { recursive: true });
  }
});

/** A test in a browser and processes that other tests go on using. */
function test(name: string, run: (t: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name, fn: run, sanitizeOps: false, sanitizeResources: false });
}

/** A test of a notebook with these cells of code. */
function testCells(title: string, cells: string[], run: () => Promise<void>): void {
  const name = `${70 + tests++}_test`;
  test(title, async () => {
    page.write(name, cells);
    await page.open(name);
    try {
      await run();
    } finally {
      await page.close();
    }
  });
}
let tests = 0;

/** Tries until it succeeds: JupyterLab shows some things a moment later. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (const start = performance.now();;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() - start > 5_000) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What one output shows: of a table its cells, of a picture its texts and how many nodes it has. */
type Seen = string;

/** Checks that below each cell of code stands what the notebook's file holds for it. */
async function assertOutputs(cells: CodeCell[], { trusted }: { trusted: boolean }): Promise<void> {
  const outputs = cells.map((cell) => cell.outputs);
  const { actual, expected } = await page.notebook.evaluate((notebook, { outputs, trusted }) => {
    const see = (element: Element): Seen => {
      if (element.querySelector("mjx-merror")) return "a fault in mathematics";
      if (element.querySelector("mjx-container")) return "mathematics";
      const parts = [...element.querySelectorAll("svg text, th, td")];
      const texts = (parts.length > 0 ? parts : [element]).map(({ textContent }) => textContent);
      return `${element.querySelectorAll("g.node").length} nodes: ${texts.join(" | ").trim()}`;
    };
    const foresee = (output: Output): Seen => {
      const data = "data" in output ? output.data : {};
      if ("text/latex" in data) return "mathematics";
      // What is not trusted is shown by what can do no harm.
      const html = (trusted ? data["image/svg+xml"] : undefined) ?? data["text/html"];
      const text = html ?? data["text/plain"] ?? ("text" in output ? output.text : []);
      const element = document.createElement("div");
      element[html === undefined ? "textContent" : "innerHTML"] = (text as string[]).join("");
      return see(element);
    };
    return {
      actual: [...notebook.querySelectorAll(".jp-CodeCell")].map((cell) =>
        [...cell.querySelectorAll(".jp-OutputArea-output")].map(see)
      ),
      expected: outputs.map((cell) => cell.map(foresee)),
    };
  }, { outputs, trusted });
  const comparable = (seen: Seen[][]) =>
    seen.map((outputs, k) => trusted && cells[k].metadata.tags ? outputs.length : outputs);
  assertEquals(comparable(actual), comparable(expected));
}

/** The cells of a notebook, without what is measured. */
function comparable({ cells }: Pick<Notebook, "cells">): Cell[] {
  return cells.map((cell) =>
    cell.cell_type === "code" && cell.metadata.tags ? { ...cell, outputs: [] } : cell
  );
}

/** Saves the notebook and reads it, as far as it should be the same as before. */
async function saved(name: string): Promise<Cell[]> {
  await page.command("docmanager:save");
  const file = Deno.readTextFileSync(join(lab.root, "notebooks", `${name}.ipynb`));
  const notebook: Notebook = JSON.parse(file);
  const { metadata }: Notebook = JSON.parse(Deno.readTextFileSync(join(folder, `${name}.ipynb`)));
  assertEquals(notebook.metadata, metadata);
  assertEquals(file, stringify(notebook), "written in the same form");
  return comparable(notebook);
}

for (const name of names) {
  const { cells }: Notebook = JSON.parse(Deno.readTextFileSync(join(folder, `${name}.ipynb`)));
  const code = cells.filter((cell) => cell.cell_type === "code");

  test(`notebooks/${name}.ipynb, in JupyterLab`, async (t) => {
    await page.open(name);

    await t.step("shows its outputs before anything runs, untrusted", async () => {
      assertEquals(await page.trusted(), false);
      await eventually(() => assertOutputs(code, { trusted: false }));
    });

    await t.step("typesets its mathematics", async () => {
      const prose = cells.filter((cell) => cell.cell_type === "markdown")
        .map(({ source }) => source.join("")).join("\n");
      const formulas = prose.match(/\$\$[^$]+\$\$|\$[^$]+\$/g)?.length;
      await eventually(async () => {
        const typeset = page.notebook.locator(".jp-MarkdownOutput mjx-container");
        assertEquals(await typeset.count(), formulas);
      });
      assertEquals(await page.notebook.locator("mjx-merror").count(), 0);
    });

    for (const [k, state] of ["a fresh kernel", "a kernel that has run them"].entries()) {
      await t.step(`runs all cells in ${state}, and shows the same`, async () => {
        console.log(`${name}: Run All in ${(await page.runAll()).toFixed(1)} s`);
        const counts = await page.notebook.locator(".jp-CodeCell .jp-InputPrompt")
          .allTextContents();
        assertEquals(counts, code.map((_, i) => `[${k * code.length + i + 1}]:`));
        await eventually(() => assertOutputs(code, { trusted: true }));
        const text = await page.notebook.textContent();
        if (k === 0) assertEquals(await saved(name), comparable({ cells }));
        for (const number of numbers[name] ?? [`the numbers of ${name}, written into this test`]) {
          assertStringIncludes(text!, number);
        }
      });
    }

    for (const theme of ["Light", "Dark"]) {
      await t.step(`is photographed, ${theme.toLowerCase()}`, async () => {
        await page.command("apputils:change-theme", { theme: `JupyterLab ${theme}` });
        await page.photograph(join(screenshots, `${name}-${theme.toLowerCase()}.png`));
      });
    }
    await page.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await page.close();
  });
}

test("an exercise says what is wrong with an answer, and when it is right", async () => {
  const name = "exercises/03_chain_rule";
  const { cells }: Notebook = JSON.parse(Deno.readTextFileSync(join(folder, `${name}.ipynb`)));
  await page.open(name);
  await page.runAll();
  const code = cells.filter((cell) => cell.cell_type === "code");
  await eventually(() => assertOutputs(code, { trusted: true }));

  const answer = async (text: string) => {
    const line = page.notebook.locator(".jp-CodeCell").nth(1).locator(".cm-line", {
      hasText: "return ",
    });
    await line.click();
    await page.page.keyboard.press("Home");
    await page.page.keyboard.press("Shift+End");
    await page.page.keyboard.type(text);
    await page.page.keyboard.press("Control+Enter");
    await page.finish();
  };
  await answer("return [e, d];");
  await assertShows(
    1,
    /✗ throughL\n.*throughL\(.*→ .* times the upstream gradient is\s+missing\./s,
  );
  await page.photograph(join(screenshots, "exercise.png"));
  await answer("return [e * dL_dL, d * dL_dL];");
  await assertShows(1, /^ {2}✓ throughL\n$/);
  await page.close();
});

/** What stands below a cell of code, the first being 0. */
function output(cell: number): Locator {
  return page.notebook.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output");
}

/** Waits until a cell shows this. */
async function assertShows(cell: number, text: RegExp): Promise<void> {
  await eventually(async () => assertMatch((await output(cell).allTextContents()).join(""), text));
}

testCells(
  "an endless loop stops when it is interrupted, and the variables stay",
  ["const before = 42;", "while (true);", "console.log(before + 1);"],
  async () => {
    await page.run(0);
    await page.finish();
    await page.run(1);
    await page.status("busy");
    await page.notebook.getByRole("button", { name: "Interrupt the kernel" }).click();
    await assertShows(1, /^The cell was interrupted.\n$/);
    await page.run(2);
    await assertShows(2, /^43\n$/);
  },
);

testCells(
  "a training stops when it is interrupted, though it awaits its progress, and the variables stay",
  [
    'import { progress } from "../lessons/show.ts";\nlet steps = 0;',
    `for (let k = 1; k <= 100_000; k++) {
      for (const start = performance.now(); performance.now() - start < 5;);
      steps++;
      await progress(k, 100_000, "of a training that nobody waits for");
    }`,
    "const then = steps;\nconst later = setTimeout(() => console.log(then > 10, steps - then), 500);",
  ],
  async () => {
    await page.run(0);
    await page.finish();
    for (let time = 0; time < 2; time++) {
      await page.run(1);
      await page.status("busy");
      await assertShows(1, /training/);
      await page.notebook.getByRole("button", { name: "Interrupt the kernel" }).click();
      await page.status("idle");
      await page.run(2);
      await assertShows(2, /^true 0\n$/);
    }
  },
);

testCells(
  "a cell that waits for a timer stops when it is interrupted, and the variables stay",
  [
    "let waits = 0;",
    "while (true) {\n  await new Promise((resolve) => setTimeout(resolve, 20));\n  waits++;\n}",
    "await new Promise((resolve) => setTimeout(resolve, 1e9));",
    "const then = waits;\nconst later = setTimeout(() => console.log(then > 10, waits - then), 500);",
  ],
  async () => {
    await page.run(0);
    await page.finish();
    for (const cell of [1, 2, 1]) {
      await page.run(cell);
      await page.status("busy");
      await page.page.waitForTimeout(500);
      await page.notebook.getByRole("button", { name: "Interrupt the kernel" }).click();
      await assertShows(cell, /^The cell was interrupted.\n$/);
      await page.run(3);
      await assertShows(3, /^true 0\n$/);
    }
  },
);

testCells(
  "a result that JSON cannot represent is shown, and undefined is not",
  [
    "const zero: number = 0;\nzero / zero",
    "[1, -1].map((x) => x / zero)[1]; // diverged",
    "-zero",
    "2n ** 64n",
    "await Promise.resolve(null)",
    "undefined",
    "let loss: number;\nloss = NaN",
    "const last = NaN;",
    "({ loss })",
    '"text"',
  ],
  async () => {
    const expected = [
      "NaN",
      "-Infinity",
      "-0",
      "18446744073709551616n",
      "null",
      "",
      "NaN",
      "",
      "{ loss: NaN }",
      '"text"',
    ];
    for (const [cell, text] of expected.entries()) {
      await page.run(cell);
      await page.finish();
      await eventually(async () =>
        assertEquals((await output(cell).allTextContents()).join("").trim(), text)
      );
    }
    const counts = await page.notebook.locator(".jp-CodeCell .jp-InputPrompt").allTextContents();
    assertEquals(counts, expected.map((_, k) => `[${k + 1}]:`));
  },
);

testCells(
  "Shift-Tab shows what the documentation says, and completion what an object has",
  [
    'import { Value } from "../mod.ts";\nconst a = new Value(2), b = new Value(3);',
    "a.mul(b)",
    "a.",
  ],
  async () => {
    await page.runAll();
    const editor = (cell: number) =>
      page.notebook.locator(".jp-CodeCell").nth(cell).locator(".cm-content");
    const tooltip = page.page.locator(".jp-Tooltip");
    const documented = async (cell: number, text: string, expected: RegExp) => {
      await editor(cell).getByText(text, { exact: true }).first().click();
      await page.page.keyboard.press("Shift+Tab");
      await eventually(async () => assertMatch(await tooltip.innerText(), expected));
      await page.page.screenshot({ path: join(screenshots, "documentation.png") });
      await page.page.keyboard.press("Escape");
      await tooltip.waitFor({ state: "detached" });
    };
    await documented(
      1,
      "mul",
      /^Value\.mul\(other: Value \| number\): Value\n\nThe product: this · other\.$/,
    );
    await documented(0, "Value", /^class Value\n\nA number that remembers how it was made/);

    await editor(2).click();
    await page.page.keyboard.press("End");
    await page.page.keyboard.press("Tab");
    const items = page.page.locator(".jp-Completer-item");
    await items.first().waitFor();
    const names = (await items.allInnerTexts()).map((text) => text.trim().split(/\s/)[0]);
    for (const name of ["data", "grad", "mul", "backward", "toString"]) {
      assert(names.includes(name), `${name} in ${names}`);
    }
    for (const name of ["__defineGetter__", "__proto__", "constructor", "hasOwnProperty"]) {
      assert(!names.includes(name), `${name} in ${names}`);
    }
    await page.photograph(join(screenshots, "completion.png"));
    await page.page.keyboard.press("Escape");
  },
);

testCells(
  "an error shows its message and its line, and the next cell runs",
  ['const two = 2;\nthrow new Error("no luck");', "console.log(two + 1);"],
  async () => {
    await page.run(0);
    await assertShows(0, /Error: no luck\n.*:2:7/s);
    await page.run(1);
    await assertShows(1, /^3\n$/);
  },
);

testCells(
  "a cell that cannot be parsed says what is wrong and where, and the next cell runs",
  ["const x = 1;\n\nconst y = ;", "console.log(3);"],
  async () => {
    await page.run(0);
    await assertShows(0, /^SyntaxError: Expression expected\n.*3 \| const y = ;\n.* ~\n$/s);
    await page.run(1);
    await assertShows(1, /^3\n$/);
  },
);

const values = `import { explain, Value } from "../mod.ts";
const a = new Value(2, { label: "a" });
const b = new Value(-3, { label: "b" });
const L = a.mul(b);
L.label = "L";
L.backward();`;

testCells(
  "a * b on Values says what to write instead, and that works",
  [values, "a * b", "a.mul(b).data"],
  async () => {
    await page.run(0);
    await page.run(1);
    await assertShows(1, /TypeError: write a\.mul\(b\)/);
    await page.run(2);
    await assertShows(2, /^-6$/);
  },
);

testCells(
  "a Value shows its graph, with text that can be selected and read aloud",
  [values, "L"],
  async () => {
    await page.runAll();
    const picture = output(1).getByRole("img", { name: "Computation graph of L", exact: true });
    await picture.waitFor();
    assertEquals(await picture.locator("g.node").count(), 4);
    assertEquals((await picture.locator("text").allTextContents()).sort(), [
      "*",
      "L",
      "a",
      "b",
      "data 2",
      "data −3",
      "data −6",
      "grad 1",
      "grad 2",
      "grad −3",
    ]);
    assertEquals(
      await picture.locator("desc").textContent(),
      "Values: 3. Operations: 1. Leaves: a = 2, b = −3. Output: L = −6, with gradient 1.",
    );
    await picture.getByText("data −6").click({ clickCount: 3 });
    assertMatch(await page.page.evaluate(() => `${getSelection()}`), /data −6/);
  },
);

testCells(
  "explain() shows typeset mathematics",
  [values, "explain(L, a)"],
  async () => {
    await page.runAll();
    await output(1).locator("mjx-container[display=true] mjx-mtable").waitFor();
    assertEquals(await output(1).locator("mjx-merror").count(), 0);
  },
);

testCells(
  "progress rewrites its line, and no other cell's",
  ["one", "two"].map((name, k) => `
    ${k === 0 ? 'import { progress } from "../lessons/show.ts";' : ""}
    for (let step = 1; step <= 50; step++) {
      await progress(step, 50, "${name}");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }`),
  async () => {
    await page.notebook.evaluate((notebook) => {
      globalThis.lines = [];
      new MutationObserver(() => {
        const texts = [...notebook.querySelectorAll(".jp-OutputArea-output")]
          .map(({ textContent }) => textContent!.trim()).join("\n");
        if (texts !== globalThis.lines.at(-1)) globalThis.lines.push(texts);
      }).observe(notebook, { characterData: true, childList: true, subtree: true });
    });
    await page.runAll();
    await assertShows(0, /^█{20} 50\/50 +one\s*$/);
    await assertShows(1, /^█{20} 50\/50 +two\s*$/);
    const lines = await page.page.evaluate(() => globalThis.lines);
    const first = lines.filter((line) => /^[█░]+ \d+\/50 +one$/.test(line));
    const second = lines.filter((line) => /^█+ 50\/50 +one\n[█░]+ \d+\/50 +two$/.test(line));
    assert(first.length > 10 && second.length > 10, lines.join("\n"));
    assertEquals(lines.filter((line) => line.split("\n").length > 2), []);
  },
);

testCells(
  "a change in the engine is there after a restart",
  ['import * as engine from "../mod.ts";\nconsole.log("change" in engine);'],
  async () => {
    await page.runAll();
    await assertShows(0, /^false\n$/);
    Deno.writeTextFileSync(join(lab.root, "mod.ts"), "export const change = 1;\n", {
      append: true,
    });
    await page.restartAndRunAll();
    await assertShows(0, /^true\n$/);
  },
);

test("JupyterLab opens at lesson 00", () => {
  assertEquals(opened, "notebooks/00_derivative.ipynb");
  return Promise.resolve();
});

test("nobody else can reach JupyterLab, and it asks nobody", async () => {
  const { host, port } = lab.url;
  assertEquals([...asked], [host]);
  const response = await fetch(new URL("/api/contents", lab.url.origin));
  assertEquals(response.status, 403);
  await response.body?.cancel();
  // Another address of this machine, as any that others would use.
  const reached = await Deno.connect({ hostname: "127.0.0.2", port: Number(port) })
    .then((connection) => (connection.close(), true), () => false);
  assertEquals(reached, false);
});

test("Ctrl-C stops JupyterLab and every kernel, and nothing was written elsewhere", async () => {
  page.write("99_test", ["while (true);"]);
  await page.open("99_test");
  await page.run(0);
  await page.status("busy");
  await page.open(names[0]);
  assertEquals(processes().length, 4, "JupyterLab, cells.ts and two kernels");
  assertEquals(await lab.stop(), 0);
  assertEquals(processes(), []);
  assertEquals([...Deno.readDirSync(lab.home)], []);
});

/** The processes that run in the copy of the repository. */
function processes(): string[] {
  const { stdout } = new Deno.Command("ps", { args: ["-eo", "pid,args"] }).outputSync();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(lab.root));
}
