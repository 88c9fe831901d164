// Pictures made of characters: the dots are read back by the numbers that Unicode gives them.
import { assert, assertEquals } from "@std/assert";
import { Canvas } from "../../lessons/canvas.ts";
import { Random } from "../../mod.ts";

const plain = (text: string) => text;

/** The dots of some lines of Braille: two across and four down in each character. */
function dotsOf(lines: readonly string[]): [across: number, down: number][] {
  return lines.flatMap((line, row) =>
    [...line].flatMap((character, column) => {
      const bits = character.charCodeAt(0) - 0x2800;
      return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => bits > 0 && bits >> bit & 1)
        .map((bit): [number, number] => [
          2 * column + ([3, 4, 5, 7].includes(bit) ? 1 : 0),
          4 * row + (bit < 6 ? bit % 3 : 3),
        ]);
    })
  );
}

Deno.test("Canvas has each of the eight dots of a character where Braille has it", () => {
  const seen = [0, 1].flatMap((x) =>
    [3, 2, 1, 0].map((down) => {
      const canvas = new Canvas(1, 1);
      canvas.line([x, down / 3], [x, down / 3], (text) => text);
      return canvas.lines()[0];
    })
  );
  // Dots 1, 2, 3 and 7 from the top at the left; 4, 5, 6 and 8 at the right.
  assertEquals(seen.join(""), "⠁⠂⠄⡀⠈⠐⠠⢀");
});

Deno.test("Canvas draws a line through all dots that are nearest to it, and no other", () => {
  const canvases: [columns: number, rows: number][] = [[10, 5], [3, 12], [1, 1]];
  const random = new Random(3);
  for (let k = 0; k < 600; k++) {
    const [columns, rows] = canvases[k % 3];
    const size = [2 * columns - 1, 4 * rows - 1];
    const canvas = new Canvas(columns, rows);
    // Also level and upright lines, and lines from edge to edge.
    const place = () => random.integer(4) === 0 ? random.integer(3) / 2 : random.uniform();
    const ends = [[place(), place()], [place(), place()]] as [[number, number], [number, number]];
    canvas.line(...ends, plain);
    const dots = dotsOf(canvas.lines());
    const [from, to] = ends.map(([x, y]) => [x * size[0], (1 - y) * size[1]]);
    const [across, down] = [to[0] - from[0], to[1] - from[1]];
    const along = Math.abs(across) >= Math.abs(down) ? 0 : 1;
    const length = Math.abs([across, down][along]);
    // A dot at each end, one at each step along the line, and hardly more.
    for (const end of [from, to]) {
      assert(dots.some((dot) => dot.every((at, k) => Math.abs(at - end[k]) <= 0.5 + 1e-9)));
    }
    const steps = new Set(dots.map((dot) => dot[along]));
    assertEquals(steps.size, Math.max(...steps) - Math.min(...steps) + 1, "there is no gap");
    assert(dots.length <= Math.ceil(length) + 1 || length < 1, `${dots.length} for ${length}`);
    for (const dot of dots) {
      const t = length === 0 ? 0 : (dot[along] - from[along]) / [across, down][along];
      const beside = Math.abs(dot[1 - along] - (from[1 - along] + t * [across, down][1 - along]));
      assert(beside <= 1 + 1e-9, `${dot} is off ${from} to ${to}`);
      assert(Math.abs(dot[along] - from[along]) <= length + 1);
    }
  }
});

Deno.test("Canvas has places from the lower left to the upper right", () => {
  const canvas = new Canvas(4, 3);
  const cells = ([[0, 1], [0.3, 0.6], [0.99, 0.01], [1, 0]] as const).map(canvas.cell, canvas);
  assertEquals(cells, [[0, 0], [1, 1], [3, 2], [3, 2]]);
  canvas.mark([0, 0], "a", plain);
  canvas.mark([1, 1], "b", plain);
  for (const outside of [[-0.1, 0], [0, 1.1], [NaN, 0]] as const) canvas.mark(outside, "c", plain);
  assertEquals(canvas.lines(), ["   b", "", "a"]);
  assertEquals([canvas.markAt(0, 2), canvas.markAt(1, 2)], ["a", ""]);
});

Deno.test("Canvas writes as much of a text as there is room for, in its colour", () => {
  const canvas = new Canvas(4, 2);
  canvas.write(1, 1, "𝑥yzu", (text) => `<${text}>`);
  assertEquals(canvas.lines(), ["", " <𝑥><y><z>"]);
  canvas.line([0, 1], [0, 1], (text) => `(${text})`);
  assertEquals(canvas.lines(), ["(⠁)", " <𝑥><y><z>"]);
  const empty = [0, 1, 2, 3].map((column) => [0, 1].map((row) => canvas.isEmpty(column, row)));
  assertEquals(empty, [[false, true], [true, false], [true, false], [true, false]]);
});
