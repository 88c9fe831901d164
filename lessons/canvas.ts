/**
 * A picture made of characters. Each character holds eight dots of Braille, two across and four
 * up, so that a curve looks like a curve.
 *
 * @module
 */
import { isInside, type Pair } from "./axes.ts";

type Paint = (text: string) => string;

/** The bit of each dot of a Braille character, by row and column. */
const bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/** Characters to draw on. Places run from 0 to 1, from the left and from the bottom. */
export class Canvas {
  #cells: { dots: number; mark: string; paint: Paint }[][];

  constructor(readonly columns: number, readonly rows: number) {
    this.#cells = Array.from(
      { length: rows },
      () => Array.from({ length: columns }, () => ({ dots: 0, mark: "", paint: (text) => text })),
    );
  }

  /** The column and the row of a place, row 0 at the top. */
  cell([x, y]: Pair): [column: number, row: number] {
    return [
      Math.min(this.columns - 1, Math.floor(x * this.columns)),
      Math.min(this.rows - 1, Math.floor((1 - y) * this.rows)),
    ];
  }

  /** A straight line, as dots. */
  line(from: Pair, to: Pair, paint: Paint): void {
    const [width, height] = [2 * this.columns - 1, 4 * this.rows - 1];
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const steps = Math.ceil(Math.max(Math.abs(dx) * width, Math.abs(dy) * height, 1));
    for (let k = 0; k <= steps; k++) {
      const across = Math.round((from[0] + dx * k / steps) * width);
      const down = Math.round((1 - from[1] - dy * k / steps) * height);
      const cell = this.#cells[down >> 2][across >> 1];
      cell.dots |= bits[down & 3][across & 1];
      cell.paint = paint;
    }
  }

  /** One character at a place. */
  mark(place: Pair, character: string, paint: Paint): void {
    if (!isInside(place)) return;
    const [column, row] = this.cell(place);
    Object.assign(this.#cells[row][column], { mark: character, paint });
  }

  /** A text that begins at a column, as much of it as there is room for. */
  write(column: number, row: number, text: string, paint: Paint): void {
    [...text].slice(0, this.columns - column).forEach((character, k) => {
      Object.assign(this.#cells[row][column + k], { mark: character, paint });
    });
  }

  /** The character at a cell, if one was written there. */
  markAt(column: number, row: number): string {
    return this.#cells[row][column].mark;
  }

  /** Whether nothing stands in a cell. */
  isEmpty(column: number, row: number): boolean {
    const { dots, mark } = this.#cells[row][column];
    return dots === 0 && mark === "";
  }

  /** The picture, line by line. */
  lines(): string[] {
    return this.#cells.map((row) => {
      const end = row.findLastIndex(({ dots, mark }) => dots > 0 || mark !== "");
      return row.slice(0, end + 1).map(({ dots, mark, paint }) =>
        mark !== "" ? paint(mark) : dots === 0 ? " " : paint(String.fromCharCode(0x2800 + dots))
      ).join("");
    });
  }
}
