// Files and folders import each other in one direction only.
import { assertEquals, assertRejects } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { pathsOf } from "../../tools/files.ts";

const root = join(import.meta.dirname!, "..", "..");

/** What each file of the project imports of the project, statically or not. */
async function imports(): Promise<Map<string, string[]>> {
  const paths = (await pathsOf(root)).filter((path) => path.endsWith(".ts"));
  const graph = new Map<string, string[]>();
  for (const path of paths) {
    const text = await Deno.readTextFile(join(root, path)).catch(() => "");
    // At the beginning of a line: not in a text, nor in the code of an example.
    const code = text.replace(/^( *\*|\/\/).*$/gm, "").replace(/`(?:[^`\\]|\\.)*`/g, "``");
    const found = Array.from(
      code.matchAll(
        /^(?:import|export|\} from)\b[^;]*?"(\.[^"]+\.ts)"(?! with)|import\("(\.[^"]+\.ts)"\)/gm,
      ),
      ([, fixed, later]) => relative(root, join(root, dirname(path), fixed ?? later)),
    );
    graph.set(path, found.filter((file) => paths.includes(file)));
  }
  return graph;
}

/** A way from a node back to itself, or null. */
function cycleOf(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (node: string, way: string[]): string[] | null => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...way, node]);
      if (cycle !== null) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** The imports between folders: those of each file, with the first folders of every path alone. */
function folders(graph: ReadonlyMap<string, readonly string[]>, depth: number) {
  const folderOf = (path: string) => dirname(path).split("/").slice(0, depth).join("/");
  const result = new Map<string, string[]>();
  for (const [path, list] of graph) {
    const folder = folderOf(path), others = list.map(folderOf).filter((name) => name !== folder);
    result.set(folder, [...result.get(folder) ?? [], ...others]);
  }
  return result;
}

Deno.test("no file imports itself by way of others", async () => {
  const graph = await imports();
  assertEquals(graph.get("engine/value.ts")?.includes("engine/operations.ts"), true);
  assertEquals([...graph.values()].flat().length > 200, true);
  assertEquals(cycleOf(graph), null);
});

Deno.test("no folder imports itself by way of others, whether its own folders count as parts or apart", async () => {
  const graph = await imports();
  assertEquals(folders(graph, 1).get("tests")?.includes("tools"), true);
  assertEquals(folders(graph, 2).get("engine/nn")?.includes("engine"), true);
  for (const depth of [1, 2, 3]) assertEquals(cycleOf(folders(graph, depth)), null);
});

Deno.test("the engine imports nothing from outside it, and its core none of its folders", async () => {
  for (const [path, list] of await imports()) {
    if (!path.startsWith("engine/")) continue;
    assertEquals(list.filter((file) => !file.startsWith("engine/")), [], path);
    if (path.split("/").length > 2) continue;
    assertEquals(list.filter((file) => file.split("/").length > 2), [], path);
  }
});

Deno.test("folders() finds a cycle that no file is in", () => {
  const graph = new Map([["a/x.ts", ["b/c/y.ts"]], ["b/c/y.ts", []], ["b/z.ts", ["a/w.ts"]]]);
  assertEquals(cycleOf(graph), null);
  assertEquals(cycleOf(folders(graph, 1)), ["a", "b", "a"]);
  assertEquals(cycleOf(folders(graph, 2)), null);
});

Deno.test("cycleOf() finds a cycle", () => {
  const graph = new Map([["a", ["b"]], ["b", ["c", "d"]], ["c", []], ["d", ["b"]]]);
  assertEquals(cycleOf(graph), ["b", "d", "b"]);
  assertEquals(cycleOf(new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]])), null);
});

Deno.test("pathsOf() refuses a folder that is no repository, in which it would find nothing", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(() => pathsOf(folder), Error, "clone the repository");
  await Deno.remove(folder);
});
