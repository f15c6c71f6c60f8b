/** How often values fall into equally wide bins from `low` to `high`. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: Int32Array;
  /** The root of the mean square of all values. */
  readonly rms: number;
}

const bins = 24;

/** Bins over the range of the values themselves; values that are not finite are left out. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  let [low, high, squares, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    squares += value * value;
    count++;
  }
  const counts = new Int32Array(bins);
  if (count === 0) return { low: 0, high: 0, counts, rms: Number.NaN };
  const width = (high - low) / bins || 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { low, high, counts, rms: Math.sqrt(squares / count) };
}
