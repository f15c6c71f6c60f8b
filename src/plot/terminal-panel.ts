import { barLengths } from "./bars-panel.js";
import { BrailleSheet } from "./braille.js";
import type { BarsPanel, HeatPanel, LinesPanel, Panel, PlanePanel } from "./panel.js";
import { formatNumber } from "./scale.js";
import { type Paint, terminalChart } from "./terminal-chart.js";
import { padStart, textWidth } from "./text.js";
import { textTable } from "./text-table.js";

export interface TerminalStyle {
  /** Cells a line may take. */
  readonly width: number;
  /** One for each color of a series. */
  readonly paints: readonly Paint[];
  readonly faint: Paint;
}

/** A panel of a figure for the terminal: the same content in braille dots, blocks and aligned numbers. */
export function terminalPanel(panel: Panel, style: TerminalStyle): string[] {
  switch (panel.kind) {
    case "lines":
      return linesPanel(panel, style);
    case "bars":
      return barsPanel(panel, style);
    case "heat":
      return heatPanel(panel, style);
    case "plane":
      return planePanel(panel, style);
  }
}

type Colored = { readonly quiet?: boolean; readonly color?: number };

function paintOf({ quiet, color }: Colored, position: number, { paints, faint }: TerminalStyle): Paint {
  return quiet ? faint : (paints[(color ?? position) % Math.max(1, paints.length)] ?? ((text) => text));
}

function linesPanel({ x, y, series }: LinesPanel, style: TerminalStyle): string[] {
  const xs = series[0]?.x ?? [];
  const logarithmic = y.scale === "log";
  const usable = (value: number) => (logarithmic && value <= 0 ? Number.NaN : value);
  const chart = terminalChart({
    series: series.map((one, i) => ({
      name: one.name,
      values: between(one.values.map(usable), logarithmic),
      paint: paintOf(one, i, style),
    })),
    x: x.label,
    ends: [formatNumber(xs[0] ?? 0, x.format), formatNumber(xs.at(-1) ?? 0, x.format)],
    width: style.width,
    height: Math.max(8, series.length),
    format: (value) => formatNumber(value, y.format),
    logarithmic,
  });
  return y.label === "" ? chart : [style.faint(y.label), ...chart];
}

/** Few points joined by straight lines, as they are on paper. */
function between(values: readonly number[], logarithmic: boolean): number[] {
  const points = 64;
  if (values.length < 2 || values.length >= points) return [...values];
  return Array.from({ length: points }, (_, i) => {
    const at = (i / (points - 1)) * (values.length - 1);
    const [before, after] = [values[Math.floor(at)] ?? Number.NaN, values[Math.ceil(at)] ?? Number.NaN];
    const share = at % 1;
    return logarithmic ? before ** (1 - share) * after ** share : before * (1 - share) + after * share;
  });
}

const eighths = " ▏▎▍▌▋▊▉";

function barsPanel({ bars, format, unit = "", scale = "linear" }: BarsPanel, style: TerminalStyle): string[] {
  const names = Math.max(...bars.map(({ name }) => textWidth(name)));
  const texts = bars.map(({ value, note = "" }) => `${formatNumber(value, format)}${unit} ${note}`.trimEnd());
  const room = Math.max(8, Math.min(40, style.width - names - Math.max(...texts.map(textWidth)) - 3));
  const length = barLengths(bars, scale);
  return bars.map((bar, i) => {
    const cells = length(bar.value) * room;
    const full = "█".repeat(Math.floor(cells)) + (eighths[Math.floor((cells % 1) * 8)] ?? "").trim();
    return `${padStart(bar.name, names)}  ${paintOf(bar, i, style)(full === "" ? "▏" : full)} ${texts[i]}`;
  });
}

function heatPanel({ rows, columns, values, texts, format }: HeatPanel, style: TerminalStyle): string[] {
  const width = columns.names.length;
  const cell = (at: number) => texts?.[at] ?? formatNumber(values[at] ?? Number.NaN, format);
  const table = textTable({
    rows: [
      [rows.label, ...columns.names],
      ...rows.names.map((name, row) => [name, ...columns.names.map((_, column) => cell(row * width + column))]),
    ],
    right: columns.names.map((_, i) => i + 1),
    paint: (text, row) => (row === 0 ? style.faint(text) : text),
  });
  return [style.faint(columns.label), ...table];
}

function planePanel({ x, y, paths, contours, goal }: PlanePanel, style: TerminalStyle): string[] {
  const sheet = new BrailleSheet(Math.min(64, style.width - 2), 14);
  const [left, right, low, high] = [x.from ?? 0, x.to ?? 1, y.from ?? 0, y.to ?? 1];
  const place = ([a, b]: readonly [number, number]) => [(a - left) / (right - left), (b - low) / (high - low)] as const;
  const draw = (points: readonly (readonly [number, number])[], owner: number) => {
    points.slice(1).forEach((point, i) => {
      sheet.line(place(points[i] as readonly [number, number]), place(point), owner);
    });
  };
  for (const contour of contours.slice(0, 2)) draw(contour, paths.length);
  paths.forEach((path, i) => {
    draw(path.points, i);
  });
  if (goal !== undefined) draw([goal, goal], paths.length);
  const names = paths.map((path, i) => paintOf(path, i, style)(path.name)).join("  ");
  const drawn = sheet.lines((text, owner) => {
    const path = paths[owner];
    return path === undefined ? style.faint(text) : paintOf(path, owner, style)(text);
  });
  return [names, ...drawn];
}
