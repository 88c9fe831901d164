/**
 * Writes the site: `deno task site`.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type Notebook, parse } from "../nbformat.ts";
import { preview, type Site } from "./page.ts";
import { pages } from "./pages.ts";
import { previewOf } from "./preview.ts";
import { importedBy, smallEngine, smallScript, withNewFonts } from "./scripts.ts";

/**
 * Writes the site: the pages of `README.md`, `notebooks/` and `mod.ts`, and the styles, fonts,
 * pictures and scripts they need.
 *
 * @param root the folder that holds the course
 * @param folder the folder to write; what is in it is deleted
 * @param where the addresses of the repository and of the site, where they are known
 * @returns the names of the files that are pages
 * @throws {Error} when a notebook is damaged, and what {@linkcode pages} throws
 */
export async function site(root: string, folder: string, where: Site = {}): Promise<string[]> {
  const read = (path: string) => Deno.readTextFileSync(join(root, path));
  const notebooks = ["", "exercises/"].flatMap((kind) => notebooksIn(root, kind))
    .map((name): [string, Notebook] => {
      const path = `notebooks/${name}.ipynb`;
      try {
        return [name, parse(read(path))];
      } catch (error) {
        throw new Error(`${path} is not a notebook (${(error as Error).message})`);
      }
    });
  Deno.mkdirSync(folder, { recursive: true });
  for (const { name } of Deno.readDirSync(folder)) {
    Deno.removeSync(join(folder, name), { recursive: true });
  }
  const api = documentation(root, join(folder, "api"));
  const files = pages(new Map(notebooks), { readme: read("README.md"), read, api, ...where });
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
  await rewrite(join(folder, "live"), /\.js$/, smallScript);
  await engine(root, { notebooks: notebooks.map(([, notebook]) => notebook), folder });
  copyKatex(join(folder, "katex"));
  Deno.writeFileSync(join(folder, preview.file), await previewOf(read("docs/graph.svg")));
  return [...files.keys()];
}

/** The names of the notebooks in a folder of `notebooks/`, in order. */
function notebooksIn(root: string, kind: string): string[] {
  try {
    return [...Deno.readDirSync(join(root, "notebooks", kind))]
      .flatMap(({ name }) => /^(\d\d_\w+)\.ipynb$/.exec(name)?.[1] ?? []).sort()
      .map((name) => kind + name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** What `deno doc --html` writes about each name that `mod.ts` exports, by file name; leaves the folder empty. */
function documentation(root: string, folder: string): Map<string, string> {
  const config = join(root, "deno.json");
  deno(["doc", "--html", "--quiet", "--config", config, "--output", folder, join(root, "mod.ts")]);
  const names = [...Deno.readDirSync(join(folder, "~"))].map(({ name }) => name).sort();
  const files = names.map((name) =>
    [name, Deno.readTextFileSync(join(folder, "~", name))] as const
  );
  Deno.removeSync(folder, { recursive: true });
  Deno.mkdirSync(folder);
  return new Map(files);
}

/** The modules that the cells import, in `engine/`, where the worker looks for them. */
async function engine(
  root: string,
  { notebooks, folder }: { notebooks: Notebook[]; folder: string },
): Promise<void> {
  const code = notebooks.flatMap(({ cells }) => cells)
    .flatMap((cell) => cell.cell_type === "code" ? [cell.source.join("")] : []).join("\n");
  const { modules, texts, packages } = importedBy(code);
  bundle(modules.map((path) => join(root, path)), {
    config: join(root, "deno.json"),
    folder: join(folder, "engine"),
    minify: false,
  });
  await rewrite(join(folder, "engine"), /^chunk-.*\.js$/, smallEngine);
  const config = join(root, "deno.json");
  const { imports } = JSON.parse(Deno.readTextFileSync(config));
  for (const name of packages) {
    const output = join(folder, "engine", "packages", `${name}.js`);
    Deno.mkdirSync(dirname(output), { recursive: true });
    bundle([imports[name]], { config, output, minify: true });
  }
  for (const path of texts) {
    const text = Deno.readTextFileSync(join(root, path));
    const file = join(folder, "engine", `${path}.js`);
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeTextFileSync(file, `export default ${JSON.stringify(text)};\n`);
  }
}

/** Writes files of a folder again, with other texts. */
async function rewrite(
  folder: string,
  names: RegExp,
  change: (text: string) => Promise<string>,
): Promise<void> {
  for (const { name } of Deno.readDirSync(folder)) {
    if (!names.test(name)) continue;
    const path = join(folder, name);
    Deno.writeTextFileSync(path, await change(Deno.readTextFileSync(path)));
  }
}

function bundle(
  entries: readonly string[],
  { config, folder, output, minify }: {
    config: string;
    /** For several files, or else one file. */
    folder?: string;
    output?: string;
    minify: boolean;
  },
) {
  const args = ["bundle", "--quiet", "--frozen", "--config", config, "--platform", "browser"];
  args.push(...folder ? ["--code-splitting", "--outdir", folder] : ["--output", output!]);
  args.push(...minify ? ["--minify"] : [], ...entries);
  deno(args);
}

function deno(args: readonly string[]): void {
  const command = new Deno.Command(Deno.execPath(), { args: [...args], stdin: "null" });
  const { success, stderr } = command.outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** KaTeX's licence, its style sheet, and its fonts in the one format that every browser reads. */
function copyKatex(folder: string) {
  const source = new URL(import.meta.resolve("katex/dist/katex.min.css"));
  const { css, fonts } = withNewFonts(Deno.readTextFileSync(source));
  Deno.mkdirSync(join(folder, "fonts"), { recursive: true });
  Deno.copyFileSync(new URL("../LICENSE", source), join(folder, "LICENSE"));
  Deno.writeTextFileSync(join(folder, "katex.min.css"), css);
  for (const font of fonts) Deno.copyFileSync(new URL(font, source), join(folder, font));
}

/**
 * The addresses that the command line gives.
 *
 * @param args the arguments
 * @returns the addresses; that of the site ends in a slash
 * @throws {Error} when one is no address of the web, or there is one too many
 */
export function addresses(args: string[]): Site {
  const { values: { address }, positionals: [repository, ...others] } = parseArgs({
    args,
    options: { address: { type: "string" } },
    allowPositionals: true,
  });
  for (const [what, url] of [["repository", repository], ["site", address]]) {
    if (url !== undefined && !/^https?:\/\/[\w.-]+(:\d+)?(\/[\w./~-]*)?$/.test(url)) {
      throw new Error(`write the address of the ${what}, such as https://…, instead of ${url}`);
    }
  }
  if (others.length > 0) throw new Error(`write one address of a repository, without ${others[0]}`);
  return { repository, address: address?.replace(/\/?$/, "/") };
}

if (import.meta.main) {
  const root = join(import.meta.dirname!, "..", "..");
  try {
    const { length } = await site(root, join(root, "site"), addresses(Deno.args));
    console.log(`✓ ${length} pages in site: open site/index.html, or serve the folder`);
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
