export interface Summary {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Numbers in four numbers, for people to look at. */
export function summarize(values: ArrayLike<number>): Summary {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
  return {
    least: list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    most: list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    mean,
    deviation: Math.sqrt(variance),
  };
}
