export interface GrayPicture {
  /** Row-major, 0 for paper to `most` for ink. */
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly most: number;
  /** Shades of gray by escape codes; without them a pixel is ink or not. */
  readonly shades: boolean;
}

/** A picture in half blocks: two pixels in each cell of the terminal, one above the other. */
export function grayPicture({ pixels, width, most, shades }: GrayPicture): string[] {
  const height = Math.ceil(pixels.length / width);
  const ink = (row: number, column: number) => (row < height ? (pixels[row * width + column] ?? 0) : 0) / most;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) => {
    const cells = Array.from({ length: width }, (_, column) => {
      const [upper, lower] = [ink(2 * line, column), ink(2 * line + 1, column)];
      return shades
        ? `\x1b[38;5;${gray(upper)};48;5;${gray(lower)}m▀`
        : (blocks[Number(upper > 0.4) + 2 * Number(lower > 0.4)] ?? " ");
    });
    return cells.join("") + (shades ? "\x1b[0m" : "");
  });
}

const blocks = [" ", "▀", "▄", "█"];

/** One of the 24 grays of the 256 terminal colors, white on black. */
function gray(ink: number): number {
  return 232 + Math.round(Math.min(1, Math.max(0, ink)) * 23);
}

/** Blocks of lines next to each other. Lines of one block must be equally wide. */
export function sideBySide(blocks: readonly (readonly string[])[], gap = "  "): string[] {
  const height = Math.max(0, ...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, row) => blocks.map((block) => block[row] ?? "").join(gap));
}
