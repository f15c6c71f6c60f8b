import { type Curves, drawCurves } from "./curves.js";
import { svgDocument, textAt } from "./svg.js";

export interface LineChart extends Curves {
  readonly title: string;
  readonly subtitle?: string;
  /** Size in pixels (560 × 340). */
  readonly width?: number;
  readonly height?: number;
}

const fontSize = 16;

/** Curves as an SVG document: light and dark by the reader's preference, readable down to a width of 360 pixels. */
export function lineChart({ title, subtitle, width = 560, height = 340, ...curves }: LineChart): string {
  const margin = 20;
  const top = margin + fontSize * (subtitle === undefined ? 1.8 : 3.1);
  const box = { left: margin, top, width: width - 2 * margin, height: height - top - margin * 0.6 };
  return svgDocument({
    width,
    height,
    fontSize,
    title,
    ...(subtitle !== undefined && { description: subtitle }),
    body: [
      textAt(margin, margin + fontSize * 0.9, title, { class: "rg-bold", "font-size": fontSize * 1.15 }),
      ...(subtitle === undefined ? [] : [textAt(margin, margin + fontSize * 2.3, subtitle, { class: "rg-faint" })]),
      drawCurves(curves, box, fontSize, "beside"),
    ],
  });
}
