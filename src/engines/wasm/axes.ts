import type { Shape } from "../../plan/index.js";

/** An array seen as outer × reduced × inner: the middle is folded. */
export interface Fold {
  readonly outer: number;
  readonly reduced: number;
  readonly inner: number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/**
 * A reduction over any axes as folds one after another, the last axes first: neighbouring axes are folded together, and
 * axes of size 1 do not count.
 */
export function foldsOf(shape: Shape, axes: readonly number[]): Fold[] {
  const folds: Fold[] = [];
  let sizes = shape.map((size, axis) => ({ size, folded: axes.includes(axis) })).filter(({ size }) => size !== 1);
  for (;;) {
    const last = sizes.findLastIndex(({ folded }) => folded);
    if (last < 0) return folds;
    let first = last;
    while (first > 0 && sizes[first - 1]?.folded) first--;
    const of = (from: number, to: number) => product(sizes.slice(from, to).map(({ size }) => size));
    folds.push({ outer: of(0, first), reduced: of(first, last + 1), inner: of(last + 1, sizes.length) });
    sizes = [...sizes.slice(0, first), ...sizes.slice(last + 1)];
  }
}

/** One axis of a walk over an array: its size, and how far apart (in numbers) the neighbours are that it visits. */
export interface WalkAxis {
  readonly size: number;
  readonly stride: number;
}

/** The same walk with as few axes as can be: sizes of 1 left out, axes that continue each other joined. */
export function joinAxes(axes: readonly WalkAxis[]): WalkAxis[] {
  const joined: WalkAxis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const before = joined.at(-1);
    if (before !== undefined && before.stride === axis.size * axis.stride) {
      joined[joined.length - 1] = { size: before.size * axis.size, stride: axis.stride };
    } else joined.push(axis);
  }
  return joined.length > 0 ? joined : [{ size: 1, stride: 1 }];
}
