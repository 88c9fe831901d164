/**
 * Writes the site: `deno task site`.
 *
 * @module
 */
import { dirname, join } from "node:path";
import type { Notebook } from "../nbformat.ts";
import { pages } from "./pages.ts";

/**
 * Writes the site: the pages of `README.md` and `notebooks/`, and the styles and fonts they need.
 *
 * @param root the folder that holds both
 * @param folder the folder to write; what is in it is deleted
 * @returns the names of the files that are pages
 * @throws {Error} what {@linkcode pages} throws
 */
export function site(root: string, folder: string): string[] {
  const read = (path: string) => Deno.readTextFileSync(join(root, path));
  const notebooks = [...Deno.readDirSync(join(root, "notebooks"))]
    .flatMap(({ name }) => /^(\d\d_\w+)\.ipynb$/.exec(name)?.[1] ?? []).sort()
    .map((name): [string, Notebook] => [name, JSON.parse(read(`notebooks/${name}.ipynb`))]);
  const files = pages(new Map(notebooks), { readme: read("README.md"), read });

  Deno.mkdirSync(folder, { recursive: true });
  for (const { name } of Deno.readDirSync(folder)) {
    Deno.removeSync(join(folder, name), { recursive: true });
  }
  for (const [file, html] of files) Deno.writeTextFileSync(join(folder, file), html);
  for (const name of ["site.css", "live/start.js"]) {
    Deno.mkdirSync(join(folder, "live"), { recursive: true });
    Deno.copyFileSync(join(import.meta.dirname!, name), join(folder, name));
  }
  bundle(["page.ts", "worker.ts"].map((name) => join(import.meta.dirname!, "live", name)), {
    config: join(import.meta.dirname!, "deno.json"),
    folder: join(folder, "live"),
    minify: true,
  });
  engine(root, { notebooks: notebooks.map(([, notebook]) => notebook), folder });
  copyKatex(join(folder, "katex"));
  return [...files.keys()];
}

/** The modules that the cells import, in `engine/`, where the worker looks for them. */
function engine(root: string, { notebooks, folder }: { notebooks: Notebook[]; folder: string }) {
  const code = notebooks.flatMap(({ cells }) => cells)
    .flatMap((cell) => cell.cell_type === "code" ? [cell.source.join("")] : []).join("\n");
  const imported = new Set(
    [...code.matchAll(/^\s*(?:import|\} from)\b[^;"]*"\.\.\/([^"]+)"/gm)].map(([, path]) => path),
  );
  const modules = [...imported].filter((path) => path.endsWith(".ts"));
  // Not minified: compile() prints functions of the engine as they are written.
  bundle(modules.map((path) => join(root, path)), {
    config: join(root, "deno.json"),
    folder: join(folder, "engine"),
    minify: false,
  });
  for (const path of imported) {
    if (path.endsWith(".ts")) continue;
    const text = Deno.readTextFileSync(join(root, path));
    const file = join(folder, "engine", `${path}.js`);
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeTextFileSync(file, `export default ${JSON.stringify(text)};\n`);
  }
}

function bundle(
  entries: readonly string[],
  { config, folder, minify }: { config: string; folder: string; minify: boolean },
) {
  const args = ["bundle", "--quiet", "--frozen", "--config", config, "--platform", "browser"];
  args.push("--code-splitting", "--outdir", folder, ...minify ? ["--minify"] : [], ...entries);
  const { success, stderr } = new Deno.Command(Deno.execPath(), { args }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** KaTeX's licence, its style sheet, and its fonts in the one format that every browser reads. */
function copyKatex(folder: string) {
  const source = new URL(import.meta.resolve("katex/dist/katex.min.css"));
  const css = Deno.readTextFileSync(source)
    .replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]*"\)/g, "");
  Deno.mkdirSync(join(folder, "fonts"), { recursive: true });
  Deno.copyFileSync(new URL("../LICENSE", source), join(folder, "LICENSE"));
  Deno.writeTextFileSync(join(folder, "katex.min.css"), css);
  for (const [, font] of css.matchAll(/url\(([^)]*)\)/g)) {
    Deno.copyFileSync(new URL(font, source), join(folder, font));
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname!, "..", "..");
  try {
    const { length } = site(root, join(root, "site"));
    console.log(`✓ ${length} pages in site: open site/index.html, or serve the folder`);
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
