// softmaxCrossEntropy, -Σ t·ln softmax(z) of each row, and softmaxMinusTarget, softmax(z)·Σt - t, or both in one pass over
// z and t: they share e^(z - largest) and its sum.
//
// Method: as in softmax.ts. With d = largest - z the loss is Σ t·d + ln(Σ e^-d)·Σ t, two sums that do not cancel; the
// difference is (e·Σt - t·Σe) / Σe in float64, where the largest e is exactly 1, so that it keeps its digits even when
// softmax and target are almost equal.
import { highDouble, log2, logOne, lowDouble, single4 } from "./double";
import { maskBelow, store4 } from "./lanes";
import { packRows4 } from "./matmul-pack";
import { maxRow } from "./reduce";
import { expGroup, expRow, GROUP, largestOfGroup, NARROW, storeGroup } from "./softmax";

/** t·(largest - x), nothing where t is 0 even if x is infinite. */
// @ts-ignore: decorator
@inline
function weighted(t: v128, x: v128, largest: v128): v128 {
  return v128.andnot(f32x4.mul(t, f32x4.sub(largest, x)), f32x4.eq(t, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function minusTarget(e: v128, t: v128, targets: v128, sum: v128, inverse: v128): v128 {
  return f64x2.mul(f64x2.sub(f64x2.mul(e, targets), f64x2.mul(t, sum)), inverse);
}

// @ts-ignore: decorator
@inline
function acrossLanes(low: v128, high: v128): f64 {
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Four rows, or the `rows` that are left of them; `losses` and `y` are 0 where not wanted. */
function fourRows(
  z: usize, t: usize, rows: i32, columns: i32, losses: usize, y: usize, scratch: usize,
): void {
  const rowBytes = (<usize>columns) << 2;
  const group = scratch + 32;
  const targetGroup = group + GROUP;
  packRows4(group, 16, z, rowBytes, rows, columns);
  packRows4(targetGroup, 16, t, rowBytes, rows, columns);
  const largest = largestOfGroup(group, columns);
  let targetsLow = f64x2.splat(0);
  let targetsHigh = f64x2.splat(0);
  let weightedLow = f64x2.splat(0);
  let weightedHigh = f64x2.splat(0);
  const end = group + ((<usize>columns) << 4);
  for (let at = group; at < end; at += 16) {
    const target = v128.load(at, GROUP);
    targetsLow = f64x2.add(targetsLow, lowDouble(target));
    targetsHigh = f64x2.add(targetsHigh, highDouble(target));
    const term = weighted(target, v128.load(at), largest);
    weightedLow = f64x2.add(weightedLow, lowDouble(term));
    weightedHigh = f64x2.add(weightedHigh, highDouble(term));
  }
  expGroup(group, columns, largest, scratch);
  const sumLow = v128.load(scratch);
  const sumHigh = v128.load(scratch, 16);
  if (losses) {
    const low = f64x2.add(weightedLow, f64x2.mul(log2(sumLow), targetsLow));
    const high = f64x2.add(weightedHigh, f64x2.mul(log2(sumHigh), targetsHigh));
    store4(losses, single4(low, high), rows);
  }
  if (y) {
    const inverseLow = f64x2.div(f64x2.splat(1), sumLow);
    const inverseHigh = f64x2.div(f64x2.splat(1), sumHigh);
    for (let at = group; at < end; at += 16) {
      const e = v128.load(at);
      const target = v128.load(at, GROUP);
      const low = minusTarget(lowDouble(e), lowDouble(target), targetsLow, sumLow, inverseLow);
      const high = minusTarget(highDouble(e), highDouble(target), targetsHigh, sumHigh, inverseHigh);
      v128.store(at, single4(low, high));
    }
    storeGroup(y, rowBytes, group, rows, columns, targetGroup);
  }
}

/** One long row. */
function row(z: usize, t: usize, columns: i32, loss: usize, y: usize, scratch: usize): void {
  const top = maxRow(z, columns);
  const largest = f32x4.splat(top);
  let targetsLow = f64x2.splat(0);
  let targetsHigh = f64x2.splat(0);
  let weightedLow = f64x2.splat(0);
  let weightedHigh = f64x2.splat(0);
  for (let left = columns; left > 0; left -= 4) {
    const at = (<usize>(columns - left)) << 2;
    const target = v128.and(v128.load(t + at), maskBelow(left));
    targetsLow = f64x2.add(targetsLow, lowDouble(target));
    targetsHigh = f64x2.add(targetsHigh, highDouble(target));
    const term = weighted(target, v128.load(z + at), largest);
    weightedLow = f64x2.add(weightedLow, lowDouble(term));
    weightedHigh = f64x2.add(weightedHigh, highDouble(term));
  }
  const total = y ? expRow(y, 16, z, columns, top, scratch) : expRow(scratch + 32, 0, z, columns, top, scratch);
  const allTargets = acrossLanes(targetsLow, targetsHigh);
  if (loss) store<f32>(loss, <f32>(acrossLanes(weightedLow, weightedHigh) + logOne(total) * allTargets));
  if (y) {
    const sum = f64x2.splat(total);
    const inverse = f64x2.splat(1 / total);
    const targets = f64x2.splat(allTargets);
    for (let left = columns; left > 0; left -= 4) {
      const at = (<usize>(columns - left)) << 2;
      const e = v128.load(y + at);
      const target = v128.load(t + at);
      const low = minusTarget(lowDouble(e), lowDouble(target), targets, sum, inverse);
      const high = minusTarget(highDouble(e), highDouble(target), targets, sum, inverse);
      store4(y + at, single4(low, high), left);
    }
  }
}

/** Words: opcode, words, z, t, rows, columns, losses (0: not wanted), differences (0: not wanted), scratch. */
export function softmaxLossStep(program: usize): void {
  let z = <usize>load<u32>(program, 8);
  let t = <usize>load<u32>(program, 12);
  let rows = load<i32>(program, 16);
  const columns = load<i32>(program, 20);
  let losses = <usize>load<u32>(program, 24);
  let y = <usize>load<u32>(program, 28);
  const scratch = <usize>load<u32>(program, 32);
  const together = columns <= NARROW ? 4 : 1;
  const bytes = (<usize>(columns * together)) << 2;
  for (; rows > 0; rows -= together) {
    if (together == 4) fourRows(z, t, rows, columns, losses, y, scratch);
    else row(z, t, columns, losses, y, scratch);
    z += bytes;
    t += bytes;
    if (losses) losses += (<usize>together) << 2;
    if (y) y += bytes;
  }
}
