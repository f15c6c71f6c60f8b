/** A line drawn without lifting the pen: x and y in turn, in any unit. */
export type Stroke = readonly number[];

/** Dots along a side of the bitmap, and of a block of it that becomes one pixel. */
const [dots, block] = [32, 4];
/** How thick the pen is, in dots: about that of the digits' writers. */
const pen = 4;

/**
 * Strokes as the digits' makers would have them (Alpaydin & Kaynak 1998): fitted into a bitmap of 32 × 32 dots, centered, and
 * counted in blocks of 4 × 4: 64 numbers from 0 to 16. No strokes, no ink.
 */
export function rasterize(strokes: readonly Stroke[]): number[] {
  const pixels = new Array<number>(64).fill(0);
  const points = strokes.flatMap((stroke) => pairs(stroke));
  if (points.length === 0) return pixels;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (dots - pen) / Math.max(right - left, bottom - top, 1e-6);
  const place = ([x, y]: readonly [number, number]) =>
    [dots / 2 + (x - (left + right) / 2) * scale, dots / 2 + (y - (top + bottom) / 2) * scale] as const;
  const lines = strokes.map((stroke) => pairs(stroke).map(place));
  for (let y = 0; y < dots; y++) {
    for (let x = 0; x < dots; x++) {
      if (!lines.some((line) => isInked(line, x + 0.5, y + 0.5))) continue;
      const at = Math.floor(y / block) * (dots / block) + Math.floor(x / block);
      pixels[at] = (pixels[at] as number) + 1;
    }
  }
  return pixels;
}

function pairs(stroke: Stroke): (readonly [number, number])[] {
  return Array.from({ length: stroke.length >> 1 }, (_, i) => [stroke[2 * i] as number, stroke[2 * i + 1] as number]);
}

/** Whether the pen covered a point on its way along the line. */
function isInked(line: readonly (readonly [number, number])[], x: number, y: number): boolean {
  return line.some(([ax, ay], i) => {
    const [bx, by] = line[i + 1] ?? [ax, ay];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    return (ax + t * (bx - ax) - x) ** 2 + (ay + t * (by - ay) - y) ** 2 <= (pen / 2) ** 2;
  });
}
