import type { Dataset } from "../../src/index.js";

/** A square region of the plane of two features. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A square around all points, with a margin; undefined unless there are two features and classes. */
export function squareAround({ inputs, features, target, count }: Dataset): Square | undefined {
  if (inputs !== 2 || target.kind !== "class") return undefined;
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < 2 * count; i++) {
    const axis = i % 2;
    low[axis] = Math.min(low[axis] as number, features[i] as number);
    high[axis] = Math.max(high[axis] as number, features[i] as number);
  }
  const [x, y, width, height] = [
    low[0] ?? 0,
    low[1] ?? 0,
    (high[0] ?? 1) - (low[0] ?? 0),
    (high[1] ?? 1) - (low[1] ?? 0),
  ];
  const size = 1.16 * Math.max(width, height, 1e-6);
  return { x: x + width / 2 - size / 2, y: y + height / 2 - size / 2, size };
}

/** The middles of the cells of a grid over the square, row by row from the top: (side² × 2). */
export function gridOver({ x, y, size }: Square, side: number): Float32Array {
  const points = new Float32Array(2 * side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) {
      const at = 2 * (row * side + col);
      points[at] = x + ((col + 0.5) / side) * size;
      points[at + 1] = y + ((side - row - 0.5) / side) * size;
    }
  }
  return points;
}
