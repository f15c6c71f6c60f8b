import type { Text } from "../language/index.js";

/** A number with its spread over seeds. */
export interface Measured {
  readonly label: Text;
  /** `mean`: low and high are one standard deviation away. `median`: they are the least and the most. */
  readonly kind: "mean" | "median";
  /** Infinite (null in JSON) when what was counted was not reached. */
  readonly center: number;
  readonly low: number;
  readonly high: number;
  /** One for each seed (or each repetition, for a timing). What could not be reached is null. */
  readonly values: readonly (number | null)[];
  readonly format?: "plain" | "percent";
  readonly unit?: string;
  /** Measured by the clock: not the same in the next run. */
  readonly timing?: true;
}

type Remarks = Pick<Measured, "format" | "unit" | "timing">;

/** Mean and standard deviation (n - 1); a share stays between 0 and 1. */
export function meanOf(label: Text, values: readonly number[], remarks: Remarks = {}): Measured {
  const center = mean(values);
  const spread = deviation(values);
  const [least, most] = remarks.format === "percent" ? [0, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const [low, high] = [Math.max(least, center - spread), Math.min(most, center + spread)];
  return { label, kind: "mean", center, low, high, values: [...values], ...remarks };
}

/** Median with the least and the most; for skewed numbers, and for those that may be infinite ("not reached"). */
export function medianOf(label: Text, values: readonly number[], remarks: Remarks = {}): Measured {
  const kept = values.map((value) => (Number.isFinite(value) ? value : null));
  return {
    label,
    kind: "median",
    center: median(values),
    low: Math.min(...values),
    high: Math.max(...values),
    values: kept,
    ...remarks,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

/** √(Σ x²). */
export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum);
}

/** Mean and variance of many numbers. */
export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const center = sum / values.length;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - center) ** 2;
  return { mean: center, variance: squares / values.length };
}

/** A number in a sentence: three digits, powers of ten where they are needed. */
export function said(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const [factor = "", power = ""] = value.toExponential(digits - 1).split("e");
    const raised = [...power.replace("+", "")].map((one) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(one)]).join("");
    return Number(factor) === 1 ? `10${raised}` : `${factor}·10${raised}`;
  }
  return Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(size + 1e-300)) || 1))).toString();
}

export function percent(share: number): string {
  const value = 100 * share;
  return `${value > 0 && value < 10 ? Number(value.toPrecision(2)) : Math.round(value)}%`;
}
