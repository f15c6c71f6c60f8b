import { drawnWidth, element, rounded, seriesColors, textAt } from "./svg.js";
import { roundRange, roundTicks, tickLabel } from "./ticks.js";

export interface Series {
  readonly name: string;
  /** One for each x; what is not finite leaves a gap. */
  readonly values: readonly number[];
}

export interface Curves {
  readonly x: {
    readonly label: string;
    readonly values: readonly number[];
    readonly format?: (value: number) => string;
  };
  readonly y?: {
    /** Stands above the axis. */
    readonly label?: string;
    readonly format?: (value: number) => string;
    /** The range to show at least. */
    readonly from?: number;
    readonly to?: number;
  };
  readonly series: readonly Series[];
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Axes, grid and curves in a box, each curve named in its own color: beside its end, or above it where there is little room. */
export function drawCurves(
  { x, y = {}, series }: Curves,
  box: Box,
  fontSize: number,
  names: "beside" | "above",
): string {
  const { label, format = tickLabel } = y;
  const all = series.flatMap(({ values }) => values).filter(Number.isFinite);
  const xs = x.values.filter(Number.isFinite);
  const low = Math.min(...all, y.from ?? Number.POSITIVE_INFINITY);
  const high = Math.max(...all, y.to ?? Number.NEGATIVE_INFINITY);
  if (all.length === 0 || xs.length === 0) return "";

  const rows = Math.max(2, Math.floor(box.height / (fontSize * 3.2)));
  const [bottomValue, topValue] = roundRange(low, high, rows);
  const ticks = roundTicks(bottomValue, topValue, rows);
  const left = box.left + Math.max(...ticks.map((tick) => drawnWidth(format(tick), fontSize))) + fontSize * 0.5;
  const longest = Math.max(...series.map(({ name }) => drawnWidth(name, fontSize)));
  const right = box.left + box.width - (names === "beside" ? longest + fontSize * 0.6 : fontSize * 0.6);
  const top = box.top + (label === undefined ? fontSize * 0.6 : fontSize * 1.9);
  const bottom = box.top + box.height - fontSize * 2.9;
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const toX = (value: number) =>
    last === first ? (left + right) / 2 : left + ((value - first) / (last - first)) * (right - left);
  const toY = (value: number) => bottom - ((value - bottomValue) / (topValue - bottomValue)) * (bottom - top);

  const middle = fontSize * 0.35;
  const horizontal = ticks.map(
    (tick) =>
      element("path", { class: "rg-grid", d: `M${rounded(left)} ${rounded(toY(tick))}H${rounded(right)}` }) +
      textAt(left - fontSize * 0.5, toY(tick) + middle, format(tick), { class: "rg-faint", "text-anchor": "end" }),
  );
  const columns = Math.max(2, Math.floor((right - left) / (fontSize * 3.2)));
  const vertical = xTicks(first, last, columns).map((tick) =>
    textAt(toX(tick), bottom + fontSize * 1.25, (x.format ?? tickLabel)(tick), {
      class: "rg-faint",
      "text-anchor": "middle",
    }),
  );
  const ends = series.map(({ values }) => toY(values.findLast(Number.isFinite) ?? low));
  const [shift, highest] = names === "beside" ? [fontSize * 0.35, top] : [-fontSize * 0.5, top - fontSize];
  const heights = apart(ends, fontSize * 1.2, highest, bottom);
  const place = names === "beside" ? { x: right + fontSize * 0.5 } : { x: right, "text-anchor": "end" };
  return [
    label === undefined ? "" : textAt(box.left, box.top + fontSize, label, { class: "rg-bold" }),
    ...horizontal,
    element("path", { class: "rg-axis", d: `M${rounded(left)} ${rounded(bottom)}H${rounded(right)}` }),
    ...vertical,
    textAt((left + right) / 2, bottom + fontSize * 2.5, x.label, { class: "rg-faint", "text-anchor": "middle" }),
    ...series.map(({ values }, i) =>
      element("path", { class: `rg-line rg-s${i % seriesColors}`, d: pathOf(x.values, values, toX, toY) }),
    ),
    ...series.map(({ name }, i) =>
      textAt(place.x, (heights[i] ?? 0) + shift, name, { class: `rg-s${i % seriesColors} rg-bold`, ...place }),
    ),
  ].join("");
}

/** Round numbers inside the range, and its first and last where they do not crowd the others. */
function xTicks(first: number, last: number, count: number): number[] {
  const inside = roundTicks(first, last, count);
  const step = (inside[1] ?? last) - (inside[0] ?? first);
  return [
    first,
    ...inside.filter((tick) => tick - first > step * 0.5 && last - tick > step * 0.5),
    ...(last > first ? [last] : []),
  ];
}

function pathOf(
  xs: readonly number[],
  values: readonly number[],
  toX: (value: number) => number,
  toY: (value: number) => number,
): string {
  let pen = "M";
  return values
    .map((value, i) => {
      const x = xs[i];
      if (x === undefined || !Number.isFinite(value)) {
        pen = "M";
        return "";
      }
      const point = `${pen}${rounded(toX(x))} ${rounded(toY(value))}`;
      pen = "L";
      return point;
    })
    .join("");
}

/** The wanted heights pushed apart until labels no longer cover each other, within the given bounds. */
export function apart(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let free = top;
  order.forEach((i, position) => {
    const latest = bottom - gap * (order.length - 1 - position);
    const at = Math.max(free, Math.min(wanted[i] ?? 0, latest));
    placed[i] = at;
    free = at + gap;
  });
  return placed;
}
