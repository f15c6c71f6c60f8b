import { ShapeError } from "./errors.js";

/** Sizes of the axes, outermost first: `[32, 10]` is 32 rows of 10. `[]` is a single number. */
export type Shape = readonly number[];

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `[32, 10]`, as error messages and tables print it. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Every size a non-negative integer, and the whole small enough to be indexed exactly. */
export function checkShape(shape: Shape, what: string): void {
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new ShapeError(
        `${what}: the shape ${formatShape(shape)} has the size ${size}; sizes are whole numbers from 0`,
      );
    }
  }
  if (!Number.isSafeInteger(sizeOf(shape))) {
    throw new ShapeError(`${what}: the shape ${formatShape(shape)} holds more numbers than can be counted exactly`);
  }
}

/**
 * The shape two shapes broadcast to: aligned at their last axis, sizes must be equal or one of them 1 (NumPy's rule).
 * @throws ShapeError when an axis fits neither way.
 */
export function broadcastShapes(a: Shape, b: Shape, what: string): Shape {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const sizeA = a[a.length - rank + axis] ?? 1;
    const sizeB = b[b.length - rank + axis] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new ShapeError(
        `${what}: ${formatShape(a)} and ${formatShape(b)} do not broadcast: sizes ${sizeA} and ${sizeB} differ and neither is 1`,
      );
    }
    shape.push(sizeA === 1 ? sizeB : sizeA);
  }
  return shape;
}

/** Turns `-1` into the last axis and refuses an axis that is not there. */
export function normalizeAxis(axis: number, rank: number, what: string): number {
  const normalized = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normalized < 0 || normalized >= rank) {
    throw new ShapeError(`${what}: there is no axis ${axis} in a tensor of ${rank} ${rank === 1 ? "axis" : "axes"}`);
  }
  return normalized;
}

/** Distances between neighbours along each axis of a row-major array; 0 along axes of size 1 when `broadcast`. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** For each number of `to`, in order, the index of the number of `from` that broadcasting puts there. */
export function broadcastIndices(from: Shape, to: Shape): Int32Array {
  const strides = stridesOf(from);
  const offset = to.length - from.length;
  const indices = new Int32Array(sizeOf(to));
  for (let i = 0; i < indices.length; i++) {
    let rest = i;
    let index = 0;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const size = to[axis] as number;
      const position = rest % size;
      rest = (rest - position) / size;
      if (axis >= offset && from[axis - offset] !== 1) index += position * (strides[axis - offset] as number);
    }
    indices[i] = index;
  }
  return indices;
}
