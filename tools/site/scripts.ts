/**
 * The scripts of the site: what the cells of the notebooks import, and how it is made smaller.
 *
 * @module
 */
import { minify } from "terser";

/** What cells import, in the order of the first import. */
export interface Imported {
  /** The paths of modules in the repository, such as `lessons/show.ts`. */
  readonly modules: readonly string[];
  /** The paths of texts. */
  readonly texts: readonly string[];
  /** The names of packages that are loaded when they are needed. */
  readonly packages: readonly string[];
}

/** What the code of cells imports. */
export function importedBy(code: string): Imported {
  const found = (pattern: RegExp) => [
    ...new Set(Array.from(code.matchAll(pattern), ([, name]) => name)),
  ];
  const paths = found(/^\s*(?:import|\} from)\b[^;"]*"(?:\.\.\/)+([^"]+)"/gm);
  return {
    modules: paths.filter((path) => path.endsWith(".ts")),
    texts: paths.filter((path) => !path.endsWith(".ts")),
    packages: found(/\bimport\("([^".][^"]*)"\)/g),
  };
}

/** Makes a bundled script smaller than `deno bundle` does: what is never used is left out. */
export async function smallScript(text: string): Promise<string> {
  const { code } = await minify(text, { module: true });
  return `${code}\n`;
}

/**
 * Makes a bundle of the engine smaller: names of local variables, spaces, comments. The operations
 * stay as they are written: `compile()` prints their functions.
 */
export async function smallEngine(text: string): Promise<string> {
  // In a bundle, the path of each file comes before it.
  const files = text.split(/^(?=\/\/ \S+\.ts$)/m).map(async (text) => {
    if (text.startsWith("// engine/operations.ts")) return text;
    const { code } = await minify(text, {
      compress: false,
      mangle: { keep_classnames: true, keep_fnames: true },
    });
    return `${code}\n`;
  });
  return (await Promise.all(files)).join("");
}

/** A style sheet with its fonts in the one format that every browser reads, and their paths. */
export function withNewFonts(css: string): { css: string; fonts: string[] } {
  const newer = css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]*"\)/g, "");
  return { css: newer, fonts: Array.from(newer.matchAll(/url\(([^)]*)\)/g), ([, font]) => font) };
}
