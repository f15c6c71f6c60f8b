import { type Attributes, normalizeAxis, type Shape, stridesOf, type Value } from "../tensor/index.js";

/** Which axes a reduction folds; all of them unless told otherwise. `keepDims` leaves them in place with size 1. */
export interface ReductionOptions {
  axis?: number | readonly number[];
  keepDims?: boolean;
}

export function reductionAttributes(shape: Shape, options: ReductionOptions, what: string): Attributes {
  const { axis = shape.map((_, i) => i), keepDims = false } = options;
  const axes = [axis].flat().map((one) => normalizeAxis(one, shape.length, what));
  return { axes: [...new Set(axes)].sort((a, b) => a - b), keepDims };
}

export function reducedShape(shape: Shape, { axes, keepDims }: Attributes): Shape {
  const folded = axes as readonly number[];
  return keepDims
    ? shape.map((size, axis) => (folded.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !folded.includes(axis));
}

/** For each number of the input, in order, the index of the output number it is folded into. */
export function reductionIndices(shape: Shape, attributes: Attributes): Int32Array {
  const kept = reducedShape(shape, { axes: attributes.axes as readonly number[], keepDims: true });
  const strides = stridesOf(kept);
  const indices = new Int32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < indices.length; i++) {
    let rest = i;
    let index = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] as number;
      if (kept[axis] !== 1) index += (rest % size) * (strides[axis] as number);
      rest = Math.floor(rest / size);
    }
    indices[i] = index;
  }
  return indices;
}

/** Folds every number of `x` into its place of the output, in order, starting from `start`. */
export function fold(
  x: Value,
  attributes: Attributes,
  length: number,
  start: number,
  combine: (a: number, b: number) => number,
): Float64Array {
  const result = new Float64Array(length).fill(start);
  const indices = reductionIndices(x.shape, attributes);
  for (let i = 0; i < indices.length; i++) {
    const at = indices[i] as number;
    result[at] = combine(result[at] as number, x.data[i] as number);
  }
  return result;
}
