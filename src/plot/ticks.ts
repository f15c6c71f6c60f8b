/** About `count` round numbers from `low` to `high`: steps of 1, 2 or 5 times a power of ten. */
export function roundTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / Math.max(1, count));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => cleaned((first + i) * step));
}

/** The next round step from `rough` upwards. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((one) => one * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** The same range widened to round numbers. */
export function roundRange(low: number, high: number, count: number): [number, number] {
  if (!(high > low)) return [low - 0.5, high + 0.5];
  const step = roundStep((high - low) / Math.max(1, count));
  return [cleaned(Math.floor(low / step + 1e-9) * step), cleaned(Math.ceil(high / step - 1e-9) * step)];
}

/** A short label: `0.05`, `1,000`, `2e-7`. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential().replace("e+", "e");
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

/** Takes away what a product such as 3 × 0.1 leaves in the last digits. */
function cleaned(value: number): number {
  return Number(value.toPrecision(12));
}
