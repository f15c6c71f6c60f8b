import type { Box } from "./curves.js";
import type { HeatPanel } from "./panel.js";
import { formatNumber } from "./scale.js";
import { drawnWidth, element, textAt } from "./svg.js";

/** Height of a row of cells, and what stands above them, in font sizes. */
export const [heatRow, heatHead] = [1.85, 2.7];

export function drawHeat(panel: HeatPanel, box: Box, fontSize: number): string {
  const { rows, columns, values, texts, format } = panel;
  const share = shadeOf(panel);
  const names = Math.max(...rows.names.map((name) => drawnWidth(name, fontSize)), drawnWidth(rows.label, fontSize));
  const left = box.left + names + fontSize * 0.6;
  const top = box.top + fontSize * heatHead;
  const width = (box.left + box.width - left) / columns.names.length;
  const height = fontSize * heatRow;
  const head = columns.names.map((name, column) =>
    textAt(left + (column + 0.5) * width, top - fontSize * 0.45, name, { class: "rg-faint", "text-anchor": "middle" }),
  );
  const cells = values.map((value, at) => {
    const [row, column] = [Math.floor(at / columns.names.length), at % columns.names.length];
    const [x, y] = [left + column * width, top + row * height];
    return (
      element("rect", {
        class: "rg-fill rg-f1",
        x: x + 1,
        y: y + 1,
        width: width - 2,
        height: height - 2,
        rx: 3,
        "fill-opacity": 0.06 + 0.74 * share(value),
      }) +
      textAt(x + width / 2, y + height / 2 + fontSize * 0.35, texts?.[at] ?? formatNumber(value, format), {
        "text-anchor": "middle",
        "font-size": fontSize * 0.92,
      })
    );
  });
  return [
    textAt(box.left, top - fontSize * 0.45, rows.label, { class: "rg-faint" }),
    textAt(left + (width * columns.names.length) / 2, box.top + fontSize * 0.9, columns.label, {
      class: "rg-faint",
      "text-anchor": "middle",
    }),
    ...head,
    ...rows.names.map((name, row) =>
      textAt(left - fontSize * 0.6, top + (row + 0.5) * height + fontSize * 0.35, name, { "text-anchor": "end" }),
    ),
    ...cells,
  ].join("");
}

/** From a value to its shade, 0 to 1. */
export function shadeOf({ values, from, to }: HeatPanel): (value: number) => number {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite, from ?? Number.POSITIVE_INFINITY);
  const high = Math.max(...finite, to ?? Number.NEGATIVE_INFINITY);
  return (value) => (Number.isFinite(value) && high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0);
}
