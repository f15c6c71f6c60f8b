import type { Random } from "../random/index.js";
import { DataOptionError } from "./error.js";

/** How many batches an epoch has; the last one may be smaller and is kept. */
export function batchCount(count: number, batchSize: number): number {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new DataOptionError(`the batch size is ${String(batchSize)}; use a whole number from 1`);
  }
  return Math.ceil(count / batchSize);
}

/** How many examples batch `index` (from 0) has: `batchSize`, or what is left for the last one. It starts at `index × batchSize`. */
export function batchLength(count: number, batchSize: number, index: number): number {
  return Math.min(batchSize, count - index * batchSize);
}

/**
 * The order in which epoch `epoch` visits the examples: a permutation of 0 … `into.length` − 1 that depends on the
 * generator's origin and on `epoch` only, so that a run can go on in the middle.
 */
export function epochOrder(random: Random, epoch: number, into: Int32Array): Int32Array {
  for (let index = 0; index < into.length; index++) into[index] = index;
  return random.stream("epoch").stream(epoch).shuffle(into);
}

/**
 * Copies rows `order[start]` … `order[start + size − 1]` of a row-major table (`width` numbers a row) to the beginning
 * of `into`. Allocates at most a view of each row.
 */
export function gatherRows(
  source: Float32Array,
  width: number,
  order: Int32Array,
  start: number,
  size: number,
  into: Float32Array | Float64Array,
): void {
  checkRoom(order, start, size, size * width, into.length);
  for (let index = 0; index < size; index++) {
    const [from, to] = [(order[start + index] as number) * width, index * width];
    if (width >= worthCopyingWhole) into.set(source.subarray(from, from + width), to);
    else for (let column = 0; column < width; column++) into[to + column] = source[from + column] as number;
  }
}

/** Numbers in a row from where a block copy, three times as fast on 784 numbers, makes up for the view it needs. */
const worthCopyingWhole = 64;

/** Copies the labels of `order[start]` … `order[start + size − 1]` to the beginning of `into`. Allocates nothing. */
export function gatherLabels(
  labels: Int32Array,
  order: Int32Array,
  start: number,
  size: number,
  into: Int32Array | Float32Array | Float64Array,
): void {
  checkRoom(order, start, size, size, into.length);
  for (let index = 0; index < size; index++) into[index] = labels[order[start + index] ?? 0] ?? 0;
}

/** The labels as rows of `classes` numbers, 1 at the label and 0 elsewhere, at the beginning of `into`. Allocates nothing. */
export function gatherOneHot(
  labels: Int32Array,
  classes: number,
  order: Int32Array,
  start: number,
  size: number,
  into: Float32Array | Float64Array,
): void {
  checkRoom(order, start, size, size * classes, into.length);
  into.fill(0, 0, size * classes);
  for (let index = 0; index < size; index++) into[index * classes + (labels[order[start + index] ?? 0] ?? 0)] = 1;
}

function checkRoom(order: Int32Array, start: number, size: number, needed: number, room: number): void {
  if (start < 0 || size < 0 || start + size > order.length) {
    throw new RangeError(`examples ${start} to ${start + size - 1} are not among the ${order.length} of the order`);
  }
  if (needed > room) throw new RangeError(`the batch holds ${needed} numbers but there is room for ${room}`);
}
