// The play page, and the graphs of the lessons that can be played with, in a real browser.
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { madeSite } from "./made_site.ts";

Deno.test("the play page", async (t) => {
  await using made = await madeSite();
  const { context, page, wrong } = await made.open({ viewport: { width: 1280, height: 900 } });
  const svg = page.locator(".play svg");
  const expression = page.getByLabel("Expression");
  /** The texts of the boxes of the graph that have a label, such as `a data 2 grad 6`. */
  const boxes = () =>
    svg.locator("g.node").evaluateAll((nodes) =>
      nodes.map((node) =>
        [...node.querySelectorAll("text")].map((text) => text.textContent).join(" ")
      )
        .filter((text) => text.length > 1).sort()
    );
  /** Waits for a box; a picture follows what is moved. */
  const box = (text: string) => svg.locator("g.node", { hasText: text }).waitFor();
  const press = (name: string) => page.getByRole("button", { name }).click();
  const words = () => page.locator(".words").innerText();
  const graph = ["a data 2 grad 6", "b data −3 grad −4", "c data 10 grad −2", "f data −2 grad 4"];

  await t.step("shows the graph of an expression with every number and gradient", async () => {
    await page.goto(`${made.address}play.html`);
    await svg.waitFor();
    assertEquals((await boxes()).filter((text) => /^[abcf] /.test(text)), graph);
    assert((await boxes()).includes("L data −8 grad 1"));
    // With the keyboard, what can be scrolled is reached in the order of the page.
    assertEquals(await page.locator('[tabindex]:not([tabindex="0"])').count(), 0);
    assertEquals(await page.locator(".nudges td").allInnerTexts(), [
      ...["", ""],
      ...["dL/da", "6", "6.000000", "✓"],
      ...["dL/db", "−4", "−4.000000", "✓"],
      ...["dL/dc", "−2", "−2.000000", "✓"],
      ...["dL/df", "4", "4.000000", "✓"],
    ]);
  });

  await t.step("moves all of it with a slider, and the address with it", async () => {
    await page.getByLabel("Slider for a").fill("3.5");
    await box("data 3.5");
    assertEquals(await page.getByLabel("Number of a").inputValue(), "3.5");
    // L = (3.5 · −3 + 10) · −2 = 1, dL/df = −0.5
    assert((await boxes()).includes("L data 1 grad 1"));
    assert((await boxes()).includes("f data −2 grad −0.5"));
    await page.waitForURL(/#L=\(a\*b\+c\)\*f;a=3\.5;b=-3;c=10;f=-2$/);
    await page.getByLabel("Number of c").fill("-20.25");
    await box("data −20.25");
    await page.reload();
    await box("data −20.25");
    assertEquals(await page.getByLabel("Slider for a").inputValue(), "3.5");
  });

  await t.step("reads another expression, from the field and from the address", async () => {
    await expression.fill("y = tanh(w × x) + w^2; w = 0.5");
    await box("y");
    const numbers = await page.locator(".nudges td").allInnerTexts();
    const [w, x] = [numbers[3], numbers[7]].map((text) => Number(text.replace("−", "-")));
    // With w = 0.5 and x = 1: dy/dw = (1 − tanh²(0.5)) · x + 2w, dy/dx = (1 − tanh²(0.5)) · w.
    const slope = 1 - Math.tanh(0.5) ** 2;
    assertAlmostEquals(w, slope + 1, 1e-5);
    assertAlmostEquals(x, slope / 2, 1e-5);
    await page.goto(`${made.address}play.html#q%20=%20p%20*%20p;%20p=4`);
    await box("q");
    assertEquals(await boxes(), ["p data 4 grad 8", "q data 16 grad 1"]);
  });

  await t.step("shows where an expression is wrong, and keeps the picture", async () => {
    const failure = page.locator(".play .failure");
    for (
      const [text, message, mark] of [
        ["q = p *", "Something is missing here.\nq = p *", "       ▲"],
        ["q = 2 × alert(p)", "instead of alert(…).\nq = 2 × alert(p)", "        ▲"],
        ["<img src=x onerror=alert(1)>", "cannot go on with <img", "▲"],
        [
          `${"p + ".repeat(20)}) + p`,
          "with ) + p\n… + p + p + p + p + ) + p",
          `${" ".repeat(20)}▲`,
        ],
      ]
    ) {
      await expression.fill(text);
      const shown = await failure.innerText();
      assert(shown.includes(message), shown);
      assertEquals(shown.split("\n").at(-1), mark);
      assertEquals(await expression.getAttribute("aria-invalid"), "true");
      assert(!await page.getByText("Operators: + - * / **.").isVisible());
      assertEquals(await boxes(), ["p data 4 grad 8", "q data 16 grad 1"]);
    }
    await page.getByLabel("Slider for p").fill("5");
    await box("p data 5");
    assertEquals(await failure.innerText(), "");
    assert(await page.getByText("Operators: + - * / **.").isVisible());
    assertEquals(await expression.inputValue(), "q = p * p");
    await page.goto(`${made.address}index.html`);
    await page.goto(`${made.address}play.html#%E0%A4%A`);
    await box("L");
    await page.goto(`${made.address}index.html`);
    await page.goto(`${made.address}play.html#L=a*`);
    await box("L");
    assertMatch(await failure.innerText(), /Something is missing here\.\nL=a\*/);
  });

  await t.step("knows the engine's functions, of one operand and of several", async () => {
    await expression.fill("y = max(a, b) + clamp(b, 0, 1) * tanh(c); a = 2; b = -3; c = 0.5");
    await box("y data 2 grad 1");
    assertEquals(await page.locator(".nudges td").allInnerTexts(), [
      ...["", ""],
      ...["dy/da", "1", "1.000000", "✓"],
      ...["dy/db", "0", "0.000000", "✓"],
      ...["dy/dc", "0", "0.000000", "✓"],
    ]);
  });

  await t.step(
    "walks back one step at a time, forward and back, and says what goes where",
    async () => {
      await page.goto(`${made.address}index.html`);
      await page.goto(`${made.address}play.html#e=a*b;d=e+c;L=d*f;a=2;b=-3;c=10;f=-2`);
      await box("L");
      assertEquals(
        (await page.getByRole("group").getByRole("button").allInnerTexts()).map((text) =>
          text.replace(/[^a-z]/gi, "")
        ),
        ["First", "Back", "Forward", "Last"],
      );
      await press("First");
      await box("L data −8 grad 0");
      assertMatch(await words(), /^Before the first step, every gradient is 0\./);
      assert(await page.getByRole("button", { name: "Back" }).isDisabled());
      await press("Forward");
      await page.getByText("Step 1 of 3: L, the result of *. Its gradient is complete: 1.")
        .waitFor();
      assertMatch(
        await words(),
        /d: local derivative −2 × upstream gradient 1 = −2, added to 0: its gradient is −2\./,
      );
      assert((await boxes()).includes("d data 4 grad −2"));
      assert((await boxes()).includes("e data −6 grad 0"));
      await press("Forward");
      await page.getByText("Step 2 of 3: d, the result of +").waitFor();
      assert((await boxes()).includes("e data −6 grad −2"));
      await press("Back");
      await page.getByText("Step 1 of 3").waitFor();
      assert((await boxes()).includes("e data −6 grad 0"));
      await press("Last");
      await page.getByText("Step 3 of 3").waitFor();
      assertEquals((await boxes()).filter((text) => /^[abcf] /.test(text)), graph);
      assert(await page.getByRole("button", { name: "Forward" }).isDisabled());
    },
  );

  await t.step("says what is added where a name is used twice", async () => {
    await expression.fill("y = a * b + a; a = 3; b = 4");
    await page.getByText("Step 2 of 2").waitFor();
    assertMatch(
      await words(),
      /a: local derivative 4 × upstream gradient 1 = 4, added to 1: its gradient is 5\./,
    );
  });

  await t.step(
    "scrolls the graph to the node of a step, and leaves it there while numbers move",
    async () => {
      await page.setViewportSize({ width: 390, height: 900 });
      await expression.fill("e = a * b; d = e + c; L = d * f; a = 2; b = -3; c = 10; f = -2");
      await box("L data −8");
      const scroller = page.locator(".graph .scrolling");
      /** Whether a node is within the window that scrolls. */
      const inView = (name: string) =>
        scroller.evaluate((scroller, name) => {
          const node = [...scroller.querySelectorAll("g.node")]
            .find((node) => node.querySelector("text")!.textContent === name)!;
          const [inner, outer] = [node, scroller].map((element) => element.getBoundingClientRect());
          return inner.left >= outer.left && inner.right <= outer.right;
        }, name);
      assert(
        await scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 100),
      );
      await press("First");
      await page.getByText("Before the first step").waitFor();
      for (const [step, name] of [["Step 1", "L"], ["Step 2", "d"]]) {
        await press("Forward");
        await page.getByText(step).waitFor();
        assert(await inView(name), name);
      }
      await scroller.evaluate((scroller) => scroller.scrollLeft = 30);
      await page.getByLabel("Slider for a").fill("7");
      await box("a data 7");
      assertEquals(await scroller.evaluate((scroller) => scroller.scrollLeft), 30);
      await page.setViewportSize({ width: 1280, height: 900 });
    },
  );

  await t.step("explains the leaf that is clicked", async () => {
    await expression.fill("L = (a * b + c) * f; a = 2; b = -3; c = 10; f = -2");
    await page.getByText("How L changes with a").waitFor();
    await svg.locator("g.leaf", { hasText: "f" }).click();
    await page.getByText("How L changes with f").waitFor();
    const formula = page.locator(".explanation annotation");
    assertMatch(await formula.textContent() ?? "", /\\frac\{dL\}\{df\}/);
    // A node that is no leaf has nothing to be explained.
    await svg.locator("g.node:not(.leaf)", { hasText: "L" }).click();
    await page.getByTitle("Explain the derivative with respect to c").click();
    await page.getByText("How L changes with c").waitFor();
    assertEquals(await page.locator(".play .failure").innerText(), "");
  });

  await t.step(
    "stands in lessons 02 to 04, where nothing is loaded before it is wanted",
    async () => {
      for (
        const [lesson, name, first] of [
          ["02_rate_of_change", "Move the inputs", "L data −8 grad 1"],
          ["03_chain_rule", "Move the inputs", "L data −8 grad 1"],
          ["04_backpropagation", "Walk back through this graph", "L data −8 grad 0"],
        ]
      ) {
        made.served.length = 0;
        await page.goto(`${made.address}${lesson}.html`);
        const begin = page.getByRole("button", { name });
        await begin.waitFor();
        assert(!made.served.some((path) => /engine|play-|formula/.test(path)), made.served.join());
        await begin.click();
        await box(first);
        assertEquals(await page.getByRole("slider").count(), 4);
        await page.getByLabel("Slider for f").fill("1");
        await box("f data 1");
        assert(!page.url().includes("#"));
      }
    },
  );

  assertEquals(wrong, []);
  await context.close();
});
