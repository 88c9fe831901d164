// The whole site, made into a folder of its own: what its pages say of each other, and what they load.
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { join } from "node:path";
import * as engine from "../../mod.ts";
import { site } from "../../tools/site/site.ts";

const root = join(import.meta.dirname!, "..", "..");
const repository = "https://example.org/me/course";
const address = "https://example.org/some/where/";

function elements(node: Nodes): Element[] {
  const inner = "children" in node ? node.children.flatMap(elements) : [];
  return node.type === "element" ? [node, ...inner] : inner;
}

Deno.test("site() names a damaged notebook, and writes nothing", async () => {
  const root = Deno.makeTempDirSync();
  Deno.mkdirSync(join(root, "notebooks"));
  for (const text of ["{", "null", '{"metadata": {}, "cells": [{}]}']) {
    Deno.writeTextFileSync(join(root, "notebooks", "00_damaged.ipynb"), text);
    await assertRejects(
      () => site(root, join(root, "site")),
      Error,
      "notebooks/00_damaged.ipynb is not a notebook (",
    );
  }
  assertEquals([...Deno.readDirSync(root)].map(({ name }) => name), ["notebooks"]);
  Deno.removeSync(root, { recursive: true });
});

Deno.test("site() writes pages that", async (t) => {
  const folder = Deno.makeTempDirSync();
  try {
    const files = await site(root, folder, { repository, address });
    const read = (file: string) => Deno.readTextFileSync(join(folder, file));
    const pages = new Map(files.map((file) => [file, elements(fromHtml(read(file)))]));
    const attribute = (file: string, name: string) =>
      pages.get(file)!.flatMap(({ properties }) =>
        name in properties ? [String(properties[name])] : []
      );
    const meta = (file: string) =>
      new Map(
        pages.get(file)!.filter(({ tagName }) => tagName === "meta")
          .map((
            { properties: { name, property, content } },
          ) => [name ?? property, String(content)]),
      );

    await t.step("have what their links lead to, and are each led to", () => {
      const base = "https://site.example/", reached = new Set<string>();
      const ids = new Map(files.map((file) => [base + file, new Set(attribute(file, "id"))]));
      for (const file of files) {
        for (const href of attribute(file, "href").filter((href) => !/^(https|data):/.test(href))) {
          const url = new URL(href, base + file);
          const anchor = decodeURIComponent(url.hash.slice(1));
          url.hash = "";
          const path = decodeURIComponent(url.href.slice(base.length));
          if (path !== file) reached.add(path);
          const there = Deno.statSync(join(folder, path)).isFile;
          assert(there, `${file} links to ${href}`);
          assert(anchor === "" || ids.get(url.href)?.has(anchor), `${file} links to ${href}`);
        }
        const all = attribute(file, "id");
        assertEquals(all.filter((id, k) => all.indexOf(id) !== k), [], file);
      }
      assertEquals(files.filter((file) => !reached.has(file)), []);
    });

    await t.step("lead from lesson to lesson, there and back", () => {
      const beside = (file: string, rel: string) =>
        pages.get(file)!.find(({ properties }) => String(properties.rel) === rel)?.properties.href;
      for (const kind of [/^\d/, /^exercises_/]) {
        const chain = files.filter((file) => kind.test(file)).sort();
        assert(chain.length >= 12);
        for (const [k, file] of chain.entries()) {
          assertEquals(beside(file, "next"), chain[k + 1]);
          assertEquals(beside(file, "prev"), chain[k - 1]);
        }
      }
    });

    await t.step("run no script but their own, and name no folder of this machine", () => {
      for (const file of files) {
        const sources = attribute(file, "src");
        const live = /^(play|(exercises_)?\d\d_\w+)\.html$/.test(file);
        assertEquals(sources, live ? ["live/start.js"] : [], file);
        const html = read(file);
        assert(!html.includes(root) && !html.includes("file:"), file);
        assertEquals(html.includes("script-src"), live, file);
        assertMatch(html, /Content-Security-Policy" content="default-src 'none'; /);
      }
    });

    await t.step("describe every name that mod.ts exports", () => {
      for (const name of Object.keys(engine)) {
        assertMatch(read(`api/${name}.html`), new RegExp(`<h1>${name}</h1>`));
        assert(attribute("api/index.html", "href").includes(`${name}.html`), name);
      }
    });

    await t.step("say what they are about, with a picture, where a link to them is shown", () => {
      const descriptions = new Set<string>();
      for (const file of files) {
        const about = meta(file);
        assertEquals(about.get("og:image"), `${address}preview.png`);
        assertEquals(about.get("og:url"), address + file);
        assertEquals(about.get("description"), about.get("og:description"));
        assert(about.get("description")!.length >= 10, file);
        if (!file.includes("/")) descriptions.add(about.get("description")!);
      }
      assertEquals(descriptions.size, files.filter((file) => !file.includes("/")).length);
      const png = Deno.readFileSync(join(folder, "preview.png"));
      assertEquals(new TextDecoder("latin1").decode(png.slice(1, 4)), "PNG");
      const view = new DataView(png.buffer);
      assertEquals([view.getUint32(16), view.getUint32(20)], [1200, 630]);
      assert(png.length < 300_000, `${png.length} bytes`);
    });

    await t.step("say where the repository is, and how to get and run the course", () => {
      for (const file of files) {
        const html = read(file);
        assert(attribute(file, "href").includes(repository), file);
        if (!/^(index|\d|exercises)/.test(file)) continue;
        assertMatch(html, /git clone https:\/\/example\.org\/me\/course\ncd course</, file);
        const script = file.replace("exercises_", "exercises/").replace(/^\d/, "lessons/$&")
          .replace("index", "lessons/00_derivative").replace(".html", ".ts");
        assert(html.includes(`npx --yes deno run ${script}`), file);
        assert(Deno.statSync(join(root, script)).isFile);
      }
    });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

/** What `deno task site` says when it is called like this. */
function refusal(...args: string[]): string {
  const config = join(root, "tools/site/deno.json");
  const { code, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", config, join(root, "tools/site/site.ts"), ...args],
    env: { NO_COLOR: "1" },
  }).outputSync();
  assertEquals(code, 1);
  return new TextDecoder().decode(stderr).trim();
}

Deno.test("deno task site takes addresses of the web, and nothing else", () => {
  assertEquals(
    refusal("javascript:f()"),
    "write the address of the repository, such as https://…, instead of javascript:f()",
  );
  assertEquals(
    refusal("--address", 'https://example.org/"onload="f()'),
    'write the address of the site, such as https://…, instead of https://example.org/"onload="f()',
  );
  assertEquals(
    refusal("https://example.org/a", "https://example.org/b"),
    "write one address of a repository, without https://example.org/b",
  );
  assertMatch(refusal("--adress", "https://example.org/"), /--adress/);
});
