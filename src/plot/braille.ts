/** Bits of a braille character, by column and then by row from above. */
const dots = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** A sheet of braille dots, two across and four down in each cell, on which lines are drawn; each cell knows who drew last. */
export class BrailleSheet {
  readonly #bits: Uint8Array;
  readonly #owners: Int16Array;

  constructor(
    readonly columns: number,
    readonly rows: number,
  ) {
    this.#bits = new Uint8Array(columns * rows);
    this.#owners = new Int16Array(columns * rows).fill(-1);
  }

  /** A straight line between two points given as shares of width and height (0, 0 is the lower left corner). */
  line([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], owner: number): void {
    const [width, height] = [this.columns * 2 - 1, this.rows * 4 - 1];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0) * width, Math.abs(y1 - y0) * height)));
    for (let i = 0; i <= steps; i++) {
      const [x, y] = [x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps];
      if (x >= 0 && x <= 1 && y >= 0 && y <= 1) this.#dot(Math.round(x * width), Math.round((1 - y) * height), owner);
    }
  }

  /** The rows of the sheet, neighbors of one owner painted together. */
  lines(paint: (text: string, owner: number) => string): string[] {
    return Array.from({ length: this.rows }, (_, row) => {
      let line = "";
      for (let start = 0; start < this.columns; ) {
        const owner = this.#owners[row * this.columns + start] as number;
        let end = start;
        let run = "";
        while (end < this.columns && this.#owners[row * this.columns + end] === owner) {
          const bits = this.#bits[row * this.columns + end++] as number;
          run += bits === 0 ? " " : String.fromCodePoint(0x2800 + bits);
        }
        line += owner < 0 ? run : paint(run, owner);
        start = end;
      }
      return line;
    });
  }

  #dot(x: number, y: number, owner: number): void {
    const at = (y >> 2) * this.columns + (x >> 1);
    this.#bits[at] = (this.#bits[at] as number) | (dots[x % 2 === 0 ? 0 : 1][(y % 4) as 0 | 1 | 2 | 3] as number);
    this.#owners[at] = owner;
  }
}
