import type { Axis, NumberFormat } from "./panel.js";
import { roundRange, roundTicks, tickLabel } from "./ticks.js";

/** From numbers to places along an axis, with the places of its labels. */
export interface Scale {
  place(value: number): number;
  readonly ticks: readonly number[];
  label(value: number): string;
}

/**
 * @param values What must find room; what is not finite is left out.
 * @param start Where the axis begins, `end` where it ends (in pixels; end may be before start).
 * @param count About how many labels there is room for.
 * @param widen Whether the range is widened to round numbers.
 */
export function scaleOf(
  axis: Axis,
  values: readonly number[],
  start: number,
  end: number,
  count: number,
  widen: boolean,
): Scale {
  const logarithmic = axis.scale === "log";
  const usable = [...values, axis.from ?? Number.NaN, axis.to ?? Number.NaN].filter(
    (value) => Number.isFinite(value) && (!logarithmic || value > 0),
  );
  const amounts = usable.map((value) => (logarithmic ? Math.log10(value) : value));
  const [least, most] = amounts.length === 0 ? [0, 1] : [Math.min(...amounts), Math.max(...amounts)];
  const [low, high] = logarithmic
    ? widen || most === least
      ? [Math.floor(least + 1e-9), Math.max(Math.ceil(most - 1e-9), Math.floor(least + 1e-9) + 1)]
      : [least, most]
    : widen || most === least
      ? roundRange(least, most, count)
      : [least, most];
  const place = (value: number) =>
    start + (((logarithmic ? Math.log10(value) : value) - low) / (high - low)) * (end - start);
  return {
    place,
    ticks: logarithmic ? powers(low, high, count) : roundTicks(low, high, count),
    label: (value) => (logarithmic ? powerLabel(value) : formatNumber(value, axis.format)),
  };
}

/** Powers of ten (every second, third, … where there are many), or a few numbers between where there are none. */
function powers(low: number, high: number, count: number): number[] {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, count)));
  const found: number[] = [];
  for (let power = first; power <= last; power += step) found.push(10 ** power);
  if (high - low > 2.5 || (found.length >= 2 && count < 4)) return found;
  return [1, 2, 5, 10, 20, 50, 100, 200, 500]
    .map((factor) => factor * 10 ** Math.floor(low))
    .filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9);
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `0.01`, `1,000`, `10⁻⁷`. */
function powerLabel(value: number): string {
  const power = Math.round(Math.log10(value));
  if (Math.abs(power) < 4 || Math.abs(value / 10 ** power - 1) > 1e-9) return tickLabel(Number(value.toPrecision(6)));
  const digits = [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}

/** A number in few digits: `0.25`, `12%`, `3e-7`. */
export function formatNumber(value: number, format: NumberFormat = "plain"): string {
  if (!Number.isFinite(value)) return value === Number.POSITIVE_INFINITY ? "∞" : "–";
  if (format === "percent") {
    const share = 100 * value;
    return `${Number(share.toPrecision(share >= 99.95 || share < 9.5 ? 2 : 3)).toString()}%`;
  }
  return tickLabel(Number(value.toPrecision(3)));
}
