import type { Box } from "./curves.js";
import { boldWidth, colorOf, fillOf } from "./lines-panel.js";
import type { PlanePanel } from "./panel.js";
import { scaleOf } from "./scale.js";
import { element, rounded, textAt } from "./svg.js";

type Point = readonly [number, number];

/** Paths over contours; their names stand in a row above, each in its color. */
export function drawPlane({ x, y, contours, paths, goal }: PlanePanel, box: Box, fontSize: number): string {
  const top = box.top + fontSize * 1.7;
  const bottom = box.top + box.height - fontSize * 1.4;
  const left = box.left + fontSize * 2.2;
  const right = box.left + box.width;
  const toX = scaleOf(x, [], left, right, 6, false);
  const toY = scaleOf(y, [], bottom, top, 4, false);
  const inside = ([a, b]: Point) =>
    `${rounded(clamp(toX.place(a), left, right))} ${rounded(clamp(toY.place(b), top, bottom))}`;
  let start = box.left;
  const names = paths.map((path, i) => {
    const at = start;
    start += boldWidth(path.name, fontSize) + fontSize * 1.4;
    return textAt(at, box.top + fontSize, path.name, { class: `${colorOf(path, i)} rg-bold` });
  });
  return [
    ...names,
    element("rect", { class: "rg-shade", x: left, y: top, width: right - left, height: bottom - top }),
    ...contours.map((line) =>
      element("path", { class: "rg-grid", fill: "none", d: `M${line.map(inside).join("L")}Z` }),
    ),
    ...toX.ticks.map((tick) =>
      textAt(toX.place(tick), bottom + fontSize * 1.2, toX.label(tick), { class: "rg-faint", "text-anchor": "middle" }),
    ),
    ...toY.ticks.map((tick) =>
      textAt(left - fontSize * 0.4, toY.place(tick) + fontSize * 0.35, toY.label(tick), {
        class: "rg-faint",
        "text-anchor": "end",
      }),
    ),
    ...paths.map((path, i) =>
      element("path", {
        class: `rg-line ${colorOf(path, i)}`,
        "stroke-width": 1.8,
        d: `M${path.points.map(inside).join("L")}`,
      }),
    ),
    ...paths.flatMap((path, i) =>
      path.points.slice(0, 40).map((point) => {
        const [cx, cy] = inside(point).split(" ").map(Number) as [number, number];
        return element("circle", { class: `rg-fill ${fillOf(path, i)}`, cx, cy, r: 2.4 });
      }),
    ),
    goal === undefined
      ? ""
      : textAt(toX.place(goal[0]), toY.place(goal[1]) + fontSize * 0.35, "✕", {
          class: "rg-bold",
          "text-anchor": "middle",
        }),
  ].join("");
}

function clamp(value: number, a: number, b: number): number {
  return Math.min(Math.max(value, Math.min(a, b)), Math.max(a, b));
}
