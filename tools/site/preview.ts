/**
 * The picture that a link to the site is shown with, as PNG: few that show previews take SVG.
 *
 * @module
 */
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { preview } from "./page.ts";

/**
 * Draws the preview picture: the name of the course above a graph.
 *
 * @param graph the graph as SVG, with a `viewBox`
 * @returns a PNG
 * @throws {Error} when the SVG has no `viewBox`
 */
export async function previewOf(graph: string): Promise<Uint8Array> {
  const svg = /<svg\b[^>]*\bviewBox="([^"]*)"[^>]*>(.*)<\/svg>/s.exec(graph);
  if (!svg) throw new Error("the picture for the preview has no viewBox");
  const [, viewBox, content] = svg;
  const { width, height } = preview;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="#ffffff"/>
<g font-family="sans-serif" font-size="38" fill="#5a6572">
<text x="60" y="150" font-size="84" font-weight="bold" fill="#1c2127">Micro Grad</text>
<text x="60" y="225">How a neural network learns: derivatives, the chain rule,</text>
<text x="60" y="275">backpropagation. A course in TypeScript that runs.</text>
</g>
<svg x="60" y="320" width="1080" height="250" viewBox="${viewBox}">${content}</svg></svg>`;
  await (initialised ??= initWasm(read("@resvg/resvg-wasm/index_bg.wasm")));
  const fontBuffers = ["SansSerif-Regular", "SansSerif-Bold", "Main-Regular"]
    .map((name) => read(`katex/dist/fonts/KaTeX_${name}.ttf`));
  const families = {
    defaultFontFamily: "KaTeX_SansSerif",
    sansSerifFamily: "KaTeX_SansSerif",
  };
  return new Resvg(picture, { font: { fontBuffers, ...families } }).render().asPng();
}

/** WebAssembly is initialised once. */
let initialised: Promise<void> | undefined;

function read(specifier: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(import.meta.resolve(specifier)));
}
