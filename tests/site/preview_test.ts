import { assert, assertEquals, assertRejects } from "@std/assert";
import graph from "../../docs/graph.svg" with { type: "text" };
import { previewOf } from "../../tools/site/preview.ts";

/** What a PNG expects a byte to be, given those to the left, above, and above to the left. */
function predicted(filter: number, { a, b, c }: { a: number; b: number; c: number }): number {
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return (a + b) >> 1;
  if (filter === 0) return 0;
  const pa = Math.abs(b - c), pb = Math.abs(a - c), pc = Math.abs(a + b - 2 * c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** The pixels of a PNG of 8 bits for each of red, green, blue and alpha, which is how resvg writes it. */
async function pixelsOf(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < png.length; at += view.getUint32(at) + 12) {
    const type = new TextDecoder().decode(png.slice(at + 4, at + 8));
    if (type === "IHDR") {
      [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
      assertEquals([...png.slice(at + 16, at + 21)], [8, 6, 0, 0, 0]);
    }
    if (type === "IDAT") parts.push(png.slice(at + 8, at + 8 + view.getUint32(at)));
  }
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = await new Response(stream).bytes(), line = 4 * width;
  const pixels = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (line + 1)];
    for (let x = 0; x < line; x++) {
      const at = y * line + x;
      const a = x < 4 ? 0 : pixels[at - 4], b = y === 0 ? 0 : pixels[at - line];
      const c = x < 4 || y === 0 ? 0 : pixels[at - line - 4];
      pixels[at] = bytes[y * (line + 1) + 1 + x] + predicted(filter, { a, b, c });
    }
  }
  /** How many pixels of a part are dark. */
  const drawn = ({ top, bottom }: { top: number; bottom: number }) => {
    let count = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * line + 4 * x;
        if (pixels[at] + pixels[at + 1] + pixels[at + 2] < 3 * 150) count++;
      }
    }
    return count;
  };
  return { width, height, drawn };
}

Deno.test("previewOf() draws the name of the course and two lines above the graph, on white", async () => {
  const { width, height, drawn } = await pixelsOf(await previewOf(graph));
  assertEquals([width, height], [1200, 630]);
  const lines = [[80, 170], [190, 240], [240, 290], [320, 570]];
  for (const [top, bottom] of lines) assert(drawn({ top, bottom }) > 2000, `${top}`);
  assertEquals(drawn({ top: 0, bottom: 70 }) + drawn({ top: 580, bottom: 630 }), 0);
  // The numbers of the graph are there.
  const empty = await pixelsOf(await previewOf(graph.replace(/<text[^]*?<\/text>/g, "")));
  assert(drawn({ top: 320, bottom: 570 }) > empty.drawn({ top: 320, bottom: 570 }) + 2000);
  assertEquals(drawn({ top: 0, bottom: 320 }), empty.drawn({ top: 0, bottom: 320 }));
});

Deno.test("previewOf() refuses a picture that does not say what is in view", async () => {
  await assertRejects(
    () => previewOf('<svg width="9"></svg>'),
    Error,
    "the picture for the preview has no viewBox",
  );
});
