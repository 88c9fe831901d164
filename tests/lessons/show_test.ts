// What lessons show in a notebook: a page's HTML and SVG, in which nothing that a learner names or
// computes may become markup. `Deno.jupyter` stands in for the kernel.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { hostileLabels as labels, parseXml } from "../strict_xml.ts";

type Bundle = Record<string, string>;

const shown: Bundle[] = [];
const jupyter = {
  // As the kernel does: what knows how to show itself is asked to, anything else is a bundle.
  async display(thing: Bundle & { [mime: symbol]: () => Promise<Bundle> }) {
    shown.push(await thing[Symbol.for("Jupyter.display")]?.() ?? thing);
  },
  broadcast: (_type: string, { data }: { data: Bundle }) => void shown.push(data),
};
Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { jupyter: { value: jupyter } }),
});
const { graph, picture, progress, show, table } = await import("../../lessons/show.ts?notebook");
const plot = await import("../../lessons/plot.ts?notebook");
const { explain, Value } = await import("../../mod.ts");

/** The last thing shown, in its rich form. */
function html(): string {
  return shown.at(-1)!["text/html"];
}

Deno.test("table() shows hostile headings and cells as the text they are", async () => {
  for (const label of labels) {
    await table([{ heading: label }, { heading: "n" }], [[label, 1]]);
    const elements = parseXml(html());
    const names = "table thead tr th th tbody tr td td".split(" ");
    assertEquals(elements.map(({ name }) => name), names, label);
    assertEquals([elements[3].text, elements[7].text], [label, label]);
    for (const { attributes } of elements) {
      assert([...attributes].every(([name]) => name === "style"));
    }
  }
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

Deno.test("graph() and show() refuse what is no number where a number belongs", async () => {
  const exponent = { toPrecision: () => "1e<script>" };
  for (const data of ["<script>", exponent, { text: "<b>", latex: "\\href{x}{y}" }, "3", null]) {
    const x = new Value(2), factor = new Value(1), y = x.mul(factor);
    factor.data = data as unknown as number;
    const message = "write a.data = 3: ";
    await assertRejects(() => graph(y), TypeError, message);
    await assertRejects(async () => await show(explain(y, x)), TypeError, message);
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
