import { barRow, drawBars } from "./bars-panel.js";
import type { Box } from "./curves.js";
import { drawHeat, heatHead, heatRow } from "./heat-panel.js";
import { drawLines } from "./lines-panel.js";
import type { Figure, Panel } from "./panel.js";
import { drawPlane } from "./plane-panel.js";
import { svgDocument, textAt } from "./svg.js";
import { wrapText } from "./text.js";

const [width, margin, fontSize, titleSize] = [540, 20, 16, 20];

/** A figure as an SVG document: light and dark by the reader's preference, readable down to a width of 360 pixels. */
export function figure({ title, subtitle = "", note = "", panels, columns = 1 }: Figure): string {
  const body: string[] = [];
  let y = margin;
  const paragraph = (text: string, size: number, style: string) => {
    if (text === "") return;
    for (const line of wrapText(text, Math.floor((width - 2 * margin) / (0.57 * size)))) {
      y += size * 1.3;
      body.push(textAt(margin, y - size * 0.3, line, { class: style, "font-size": size }));
    }
  };
  paragraph(title, titleSize, "rg-bold");
  y += 4;
  paragraph(subtitle, fontSize, "rg-faint");
  const gap = margin * 1.2;
  const each = (width - 2 * margin - gap * (columns - 1)) / columns;
  for (let first = 0; first < panels.length; first += columns) {
    const row = panels.slice(first, first + columns);
    y += fontSize * 0.9;
    const titles = row.map((panel) =>
      panel.title === undefined ? [] : wrapText(panel.title, Math.floor(each / (0.6 * fontSize))),
    );
    const titleLines = Math.max(...titles.map((lines) => lines.length));
    const tallest = Math.max(...row.map(heightOf));
    row.forEach((panel, i) => {
      const left = margin + i * (each + gap);
      titles[i]?.forEach((line, at) => {
        body.push(textAt(left, y + fontSize * (1 + 1.25 * at), line, { class: "rg-bold" }));
      });
      const top = y + titleLines * fontSize * 1.25 + (titleLines > 0 ? fontSize * 0.5 : 0);
      body.push(drawPanel(panel, { left, top, width: each, height: heightOf(panel) }));
    });
    y += tallest + titleLines * fontSize * 1.25 + (titleLines > 0 ? fontSize * 0.5 : 0);
  }
  y += note === "" ? 0 : fontSize * 0.7;
  paragraph(note, fontSize * 0.85, "rg-faint");
  return svgDocument({
    width,
    height: y + margin * 0.8,
    fontSize,
    title,
    ...(subtitle !== "" && { description: subtitle }),
    body,
  });
}

function heightOf(panel: Panel): number {
  switch (panel.kind) {
    case "lines":
      return panel.height ?? 250;
    case "bars":
      return panel.bars.length * fontSize * barRow;
    case "heat":
      return (panel.rows.names.length * heatRow + heatHead) * fontSize;
    case "plane":
      return panel.height ?? 260;
  }
}

function drawPanel(panel: Panel, box: Box): string {
  switch (panel.kind) {
    case "lines":
      return drawLines(panel, box, fontSize);
    case "bars":
      return drawBars(panel, box, fontSize);
    case "heat":
      return drawHeat(panel, box, fontSize);
    case "plane":
      return drawPlane(panel, box, fontSize);
  }
}
