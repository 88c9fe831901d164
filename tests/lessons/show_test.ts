// What lessons show in a notebook: a page's HTML and SVG, in which nothing that a learner names or
// computes may become markup. `Deno.jupyter` stands in for the kernel.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { hostileLabels as labels, parseXml } from "../pictures/strict_xml.ts";

type Bundle = Record<string, string>;

const shown: Bundle[] = [];
/** What went to the kernel: messages, texts, and the waits in which it sends these. */
const events: string[] = [];
const jupyter = {
  // As the kernel does: what knows how to show itself is asked to; anything else is a bundle, if that is
  // said, and an object like others otherwise.
  async display(
    thing: Bundle & { [mime: symbol]: () => Promise<Bundle> },
    { raw = false }: { raw?: boolean } = {},
  ) {
    const own = await thing[Symbol.for("Jupyter.display")]?.();
    shown.push(own ?? (raw ? thing : { "text/plain": Deno.inspect(thing) }));
    events.push("display");
  },
  broadcast(
    type: string,
    { data, metadata, transient }: { data: Bundle; metadata: object; transient: object },
  ) {
    assertEquals([metadata, Object.keys(transient)], [{}, ["display_id"]]);
    shown.push(data);
    events.push(`${type} ${Object.values(transient)}`);
  },
};
const { wait } = Atomics;
Object.assign(Atomics, {
  wait(...args: Parameters<typeof wait>) {
    events.push("wait");
    return wait(...args);
  },
});
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { jupyter: { value: jupyter } }),
});
const { agree, graph, picture, print, progress, show, small, table, waitForKernel } = await import(
  "../../lessons/show.ts?notebook"
);
const plot = await import("../../lessons/plot.ts?notebook");
const { explain, Value } = await import("../../mod.ts");

/** The last thing shown, in its rich form. */
function html(): string {
  return shown.at(-1)!["text/html"];
}

Deno.test("table() shows hostile headings and cells as the text they are", async () => {
  for (const label of labels) {
    await table({ [label]: [label], n: [1] });
    const elements = parseXml(html());
    const names = "table thead tr th th tbody tr td td".split(" ");
    assertEquals(elements.map(({ name }) => name), names, label);
    assertEquals([elements[3].text, elements[7].text], [label, label]);
    for (const { attributes } of elements) {
      assert([...attributes].every(([name]) => name === "style"));
    }
  }
});

Deno.test("table() refuses columns of different lengths", async () => {
  const message = 'write as many items under "b" as under "a": there are 1 and 2';
  await assertRejects(() => table({ a: [1, 2], b: [1] }), TypeError, message);
});

Deno.test("table() puts numbers to the right, however they are written, and words to the left", async () => {
  const columns = {
    x: [-1, 10],
    fixed: ["-0.50", ""],
    exponent: ["1e-8", "2.5e+3"],
    share: ["9 %", "100 %"],
    limit: [NaN, -Infinity],
    word: ["a", "1 b"],
    range: ["1-2", "3"],
  };
  await table(columns);
  const cells = parseXml(html()).filter(({ name }) => name === "td");
  const row = cells.slice(0, 7).map(({ text }) => text);
  assertEquals(row, ["−1", "−0.50", "1e−8", "9 %", "NaN", "a", "1-2"]);
  const sides = cells.slice(7).map(({ attributes }) => attributes.get("style"));
  const [right, left] = ["text-align:right", "text-align:left"];
  assertEquals(sides, [right, right, right, right, right, left, left]);
  assertEquals(
    shown.at(-1)!["text/plain"].split("\n")[2],
    "  −1   −0.50       1e−8     9 %         NaN   a      1-2",
  );
});

Deno.test("table() takes rows as well as columns, and rounds as it is told", async () => {
  const text = () => shown.at(-1)!["text/plain"].split("\n").slice(2).map((line) => line.trim());
  await table([{ n: 1, x: 0.5, word: "0.5" }, { n: 20, x: -1, word: "b" }], { digits: 2 });
  assertEquals(text(), ["1    0.50   0.5", "20   −1.00   b"]);
  await table({ x: [1, 2], y: [0.1234, 3] }, { digits: { y: 3 } });
  assertEquals(text(), ["1   0.123", "2   3.000"]);
  await table({ x: [1, 2], y: [0.1234, 3] });
  assertEquals(text(), ["1   0.1234", "2        3"]);
});

Deno.test("table() writes numbers that are whole as they are, and words as they are", async () => {
  const text = () => shown.at(-1)!["text/plain"].split("\n").slice(2).map((line) => line.trim());
  await table([{ n: 1.5 }], { digits: 2 });
  assertEquals(text(), ["1.50"]);
  await table({ n: ["", 3], x: ["-", 0.5] }, { digits: 2 });
  assertEquals(text(), ["-", "3   0.50"]);
  // A list from which everything was filtered is a table, too.
  await table([]);
  assertEquals([text(), parseXml(html()).filter(({ name }) => name === "td")], [[], []]);
});

Deno.test("agree() says by how much two numbers differ", () => {
  assertEquals(agree(1, 1.0009, 0.001), "✓");
  assertEquals(agree(1, 1.5, 0.5), "✓");
  assertEquals(agree(1, -0.25, 1), "✗ off by 1.3");
  assertEquals(agree(1, 1.0011, 0.001), "✗ off by 1.1e−3");
  assertEquals(agree(NaN, NaN, 1), "✗ off by NaN");
});

Deno.test("small() writes two digits, and an exponent only where there would be many zeros", () => {
  const sizes = [0, 0.3, 0.1, 0.0999, -14.4, 999, 1000, 2.13e-14, Infinity, NaN];
  const texts = ["0", "0.3", "0.1", "1.0e-1", "-14", "1000", "1.0e3", "2.1e-14", "Infinity", "NaN"];
  assertEquals(sizes.map(small), texts);
});

Deno.test("print() writes the minus sign in text, and leaves a Value as it prints itself", () => {
  const lines: unknown[] = [];
  const log = console.log;
  console.log = (line) => lines.push(line);
  print("-1 - -2 = 1, x-1, 1e-3, a-b", new Value(-3));
  console.log = log;
  assertEquals(lines, ["−1 - −2 = 1, x-1, 1e−3, a-b\nValue(data=-3)"]);
});

Deno.test("graph() and show() make no markup of a label", async () => {
  for (const label of labels) {
    const x = new Value(1, { label }), y = x.exp();
    await graph(y);
    const elements = parseXml(html()).map(({ name }) => name);
    const harmless = "desc ellipse g path polygon svg text title".split(" ");
    assertEquals([...new Set(elements)].toSorted(), harmless);
    await show(explain(y, x));
    assert(!shown.at(-1)!["text/latex"].includes("<"));
  }
});

Deno.test("plots make no markup of the names of curves", async () => {
  const harmless = ["svg", "title", "desc", "path", "rect", "circle", "text"];
  const assertHarmless = () => {
    for (const { name, attributes } of parseXml(html())) {
      assert(harmless.includes(name), name);
      assert([...attributes.keys()].every((key) => !/^on|href/.test(key)));
    }
  };
  for (const name of labels) {
    await plot.lossCurves({ [name]: [3, 2, 1], b: [2, 2, 2] });
    assertHarmless();
    await plot.speedChart({ a: 10, [name]: 100 });
    assertHarmless();
  }
});

Deno.test("picture() and progress() show a text as text", async () => {
  await picture("<b>", () => Promise.resolve("<svg/>"));
  assertEquals(shown.at(-1)!["text/plain"], "<b>");
  await progress(1, 1, "<b>");
  assertEquals(Object.keys(shown.at(-1)!), ["text/plain"]);
});

/** What goes to the kernel while `run` runs. */
async function eventsOf(run: () => unknown): Promise<string[]> {
  events.length = 0;
  const { log } = console;
  console.log = () => events.push("log");
  try {
    await run();
  } finally {
    console.log = log;
  }
  return [...events];
}

Deno.test("the kernel has time to send what a cell shows before the next cell runs", async () => {
  const x = new Value(1);
  const ways: (() => unknown)[] = [
    () => table({ x: [1] }),
    () => picture("", () => Promise.resolve("<svg/>")),
    () => show(x),
    () => graph(x),
  ];
  for (const way of ways) assertEquals(await eventsOf(way), ["display", "wait"]);
  assertEquals(await eventsOf(() => print("text")), ["log", "wait"]);
  const start = performance.now();
  waitForKernel();
  assert(performance.now() - start > 5);
});

Deno.test("progress() rewrites its own first output, and waits at both ends", async () => {
  const run = () =>
    eventsOf(async () => {
      for (let k = 1; k <= 3; k++) await progress(k, 3, `${k}`);
    });
  const [one, two] = [await run(), await run()];
  const ids = [one, two].map(([first]) => first.replace("display_data ", ""));
  assert(ids[0] !== ids[1] && ids[0].length > 8);
  for (const [k, id] of ids.entries()) {
    const update = `update_display_data ${id}`;
    assertEquals([one, two][k], [`display_data ${id}`, "wait", update, update, "wait"]);
  }
  assertEquals(shown.slice(-3).map((data) => data["text/plain"].at(-1)), ["1", "2", "3"]);
});

Deno.test("pictures of something that goes on are one output, as SVG only in the end", async () => {
  const run = () =>
    eventsOf(async () => {
      for (let k = 1; k <= 3; k++) {
        await picture(`text ${k}`, () => Promise.resolve(`<svg ${k}/>`), { during: [k, 3] });
      }
    });
  const [one, two] = [await run(), await run()];
  const ids = [one, two].map(([first]) => first.replace("display_data ", ""));
  assert(ids[0] !== ids[1] && ids[0].length > 8);
  for (const [k, id] of ids.entries()) {
    const update = `update_display_data ${id}`;
    assertEquals([one, two][k], [`display_data ${id}`, "wait", update, "wait", update, "wait"]);
  }
  assertEquals(shown.slice(-3), [
    { "text/html": "<svg 1/>", "text/plain": "text 1" },
    { "text/html": "<svg 2/>", "text/plain": "text 2" },
    { "text/html": "<svg 3/>", "image/svg+xml": "<svg 3/>", "text/plain": "text 3" },
  ]);
});
