import { apart, type Box } from "./curves.js";
import type { LineSeries, LinesPanel } from "./panel.js";
import { type Scale, scaleOf } from "./scale.js";
import { drawnWidth, element, rounded, seriesColors, textAt } from "./svg.js";

export function drawLines({ x, y, series, marks = [] }: LinesPanel, box: Box, fontSize: number): string {
  const heights = series.flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high]);
  const top = box.top + fontSize * (y.label === "" ? 0.7 : 1.9);
  const bottom = box.top + box.height - fontSize * 2.7;
  const rows = Math.max(2, Math.floor((bottom - top) / (fontSize * 2.4)));
  const toY = scaleOf(y, [...heights, ...marks.map(({ at }) => at)], bottom, top, rows, true);
  const left = box.left + Math.max(...toY.ticks.map((tick) => drawnWidth(toY.label(tick), fontSize))) + fontSize * 0.5;
  const longest = Math.max(...series.map(({ name }) => boldWidth(name, fontSize)));
  const right = box.left + box.width - longest - fontSize * 0.6;
  const columns = Math.max(2, Math.floor((right - left) / (fontSize * 3.4)));
  const toX = scaleOf(
    x,
    series.flatMap((one) => one.x),
    left,
    right,
    columns,
    false,
  );
  const ends = series.map(({ values }) => {
    const last = values.findLast((value) => canPlace(value, y.scale));
    return last === undefined ? bottom : toY.place(last);
  });
  const places = apart(ends, fontSize * 1.15, top, bottom);
  return [
    y.label === "" ? "" : textAt(box.left, box.top + fontSize, y.label, { class: "rg-faint" }),
    ...toY.ticks.map(
      (tick) =>
        element("path", { class: "rg-grid", d: `M${rounded(left)} ${rounded(toY.place(tick))}H${rounded(right)}` }) +
        textAt(left - fontSize * 0.5, toY.place(tick) + fontSize * 0.35, toY.label(tick), {
          class: "rg-faint",
          "text-anchor": "end",
        }),
    ),
    element("path", { class: "rg-axis", d: `M${rounded(left)} ${rounded(bottom)}H${rounded(right)}` }),
    ...toX.ticks.map((tick) =>
      textAt(toX.place(tick), bottom + fontSize * 1.2, toX.label(tick), { class: "rg-faint", "text-anchor": "middle" }),
    ),
    textAt((left + right) / 2, bottom + fontSize * 2.4, x.label, { class: "rg-faint", "text-anchor": "middle" }),
    ...marks.map(({ at }) =>
      element("path", {
        class: "rg-axis rg-dashed",
        d: `M${rounded(left)} ${rounded(toY.place(at))}H${rounded(right)}`,
      }),
    ),
    ...series.map((one, i) => band(one, i, toX, toY, y.scale)),
    ...series.map((one, i) =>
      element("path", {
        class: `rg-line ${colorOf(one, i)}${one.dashed ? " rg-dashed" : ""}`,
        d: pathOf(one.x, one.values, toX, toY, y.scale),
      }),
    ),
    ...series.map((one, i) =>
      textAt(right + fontSize * 0.5, (places[i] ?? 0) + fontSize * 0.35, one.name, {
        class: `${colorOf(one, i)} rg-bold`,
      }),
    ),
    ...marks.map(({ at, name }) =>
      textAt(left + fontSize * 0.3, toY.place(at) - fontSize * 0.35, name, {
        class: "rg-faint rg-halo",
        "font-size": fontSize * 0.9,
      }),
    ),
  ].join("");
}

/** Bold letters are wider, most of all in fonts without a bold of their own. */
export function boldWidth(text: string, fontSize: number): number {
  const widest = text.match(/[mwMW%]/g)?.length ?? 0;
  return 1.16 * drawnWidth(text, fontSize) + 0.28 * fontSize * widest;
}

/** The class that colors lines and texts of a series. */
export function colorOf({ quiet, color }: { quiet?: boolean; color?: number }, position: number): string {
  return quiet ? "rg-quiet" : `rg-s${(color ?? position) % seriesColors}`;
}

/** The class that fills with the color of a series. */
export function fillOf({ quiet, color }: { quiet?: boolean; color?: number }, position: number): string {
  return quiet ? "rg-gray" : `rg-f${(color ?? position) % seriesColors}`;
}

function canPlace(value: number | undefined, scale: "linear" | "log" = "linear"): value is number {
  return value !== undefined && Number.isFinite(value) && (scale === "linear" || value > 0);
}

function pathOf(
  xs: readonly number[],
  values: readonly number[],
  toX: Scale,
  toY: Scale,
  scale: "linear" | "log" | undefined,
): string {
  let pen = "M";
  return values
    .map((value, i) => {
      const x = xs[i];
      if (x === undefined || !canPlace(value, scale)) {
        pen = "M";
        return "";
      }
      const point = `${pen}${rounded(toX.place(x))} ${rounded(toY.place(value))}`;
      pen = "L";
      return point;
    })
    .join("");
}

function band(one: LineSeries, position: number, toX: Scale, toY: Scale, scale: "linear" | "log" | undefined): string {
  const { x, low, high } = one;
  if (low === undefined || high === undefined) return "";
  const inside = x.map((_, i) => i).filter((i) => canPlace(low[i], scale) && canPlace(high[i], scale));
  if (inside.length < 2) return "";
  const point = (i: number, heights: readonly number[]) =>
    `${rounded(toX.place(x[i] as number))} ${rounded(toY.place(heights[i] as number))}`;
  const d = `M${inside.map((i) => point(i, high)).join("L")}L${inside
    .toReversed()
    .map((i) => point(i, low))
    .join("L")}Z`;
  return element("path", { class: `rg-band ${fillOf(one, position)}`, d });
}
