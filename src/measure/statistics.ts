export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/**
 * Milliseconds a call of each kind takes. The kinds take turns, in slices of about a millisecond where a call is that short, so
 * that whatever else the machine does meets all alike: read their ratios.
 */
export async function timeInTurns(
  calls: readonly (() => void | Promise<void>)[],
  milliseconds: number,
): Promise<number[]> {
  const repeats: number[] = [];
  for (const call of calls) {
    const begun = performance.now();
    let count = 0;
    for (; performance.now() - begun < 30 || count < 2; count++) await call();
    repeats.push(Math.max(1, Math.round(count / Math.max(1, performance.now() - begun))));
  }
  const times = calls.map((): number[] => []);
  const until = performance.now() + milliseconds;
  for (let round = 0; round < 5 || performance.now() < until; round++) {
    for (const [i, call] of calls.entries()) {
      const count = repeats[i] as number;
      const begun = performance.now();
      for (let turn = 0; turn < count; turn++) {
        const running = call();
        if (running !== undefined) await running;
      }
      times[i]?.push((performance.now() - begun) / count);
    }
  }
  return times.map(median);
}
