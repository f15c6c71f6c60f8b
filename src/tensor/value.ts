import { ShapeError } from "./errors.js";
import type { Value } from "./op.js";
import { formatShape, type Shape, sizeOf } from "./shape.js";
import type { Nested } from "./shape-types.js";

/** Computed numbers with their shape. */
export class TensorValue<S extends Shape = Shape> implements Value {
  constructor(
    readonly shape: S,
    readonly data: Float64Array,
  ) {}

  /** The single number of a tensor that holds one. */
  item(): number {
    if (this.data.length !== 1) {
      throw new ShapeError(
        `item() reads a single number, but this value has shape ${formatShape(this.shape)}; use toArray()`,
      );
    }
    return this.data[0] as number;
  }

  /** Nested rows: `[[1, 2], [3, 4]]`. */
  toArray(): Nested {
    const build = (axis: number, start: number, length: number): Nested => {
      if (axis === this.shape.length) return this.data[start] as number;
      const size = this.shape[axis] as number;
      const part = length / size;
      return Array.from({ length: size }, (_, i) => build(axis + 1, start + i * part, part));
    };
    return build(0, 0, this.data.length);
  }
}

/** Nested rows to flat numbers and a shape. Throws ShapeError when a row is shorter or longer than its neighbours. */
export function flatten(nested: Nested, what: string): Value {
  const shape: number[] = [];
  for (let level: Nested = nested; typeof level !== "number"; level = level[0] as Nested) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const data = new Float64Array(sizeOf(shape));
  let count = 0;
  const visit = (part: Nested, axis: number, path: string): void => {
    if (axis === shape.length) {
      if (typeof part !== "number") throw ragged(path, "a list where a number should be");
      data[count++] = part;
      return;
    }
    if (typeof part === "number") throw ragged(path, "a number where a list should be");
    if (part.length !== shape[axis]) throw ragged(path, `${part.length} items where ${shape[axis]} should be`);
    for (const [i, item] of part.entries()) visit(item, axis + 1, `${path}[${i}]`);
  };
  const ragged = (path: string, found: string) =>
    new ShapeError(`${what}: ${path || "the value"} has ${found}; all rows must have the same length`);
  visit(nested, 0, "");
  return { shape, data };
}
