import { cutText, padEnd, padStart, textWidth } from "./text.js";

/** A mark put on a text, such as a color; the text itself where there is none. */
export type Paint = (text: string) => string;

export interface TerminalChart {
  readonly series: readonly { readonly name: string; readonly values: readonly number[]; readonly paint?: Paint }[];
  /** What the horizontal axis counts, from 1. */
  readonly x: string;
  /** What stands at its two ends instead of 1 and the number of values. */
  readonly ends?: readonly [string, string];
  /** Cells of the terminal for the whole chart (60), and lines for the curves (8). */
  readonly width?: number;
  readonly height?: number;
  readonly format: (value: number) => string;
  /** Equal factors take equal heights; only for numbers above 0. */
  readonly logarithmic?: boolean;
}

/** Bits of a braille character, by column and then by row from above. */
const dots = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** Curves drawn in braille dots, two across and four down in each cell, with the last value written behind each curve. */
export function terminalChart(chart: TerminalChart): string[] {
  const { series, x, width = 60, height = 8, format, logarithmic = false } = chart;
  const scaled = (value: number) => (logarithmic ? Math.log10(value) : value);
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite));
  const length = Math.max(...series.map(({ values }) => values.length));
  if (finite.length === 0 || length < 2) return [];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const labels = [format(high), format(low)];
  const margin = Math.max(...labels.map(textWidth));
  const ends = series.map(({ name, values }) => ` ${name} ${format(values.at(-1) ?? Number.NaN)}`);
  const room = Math.max(8, width - margin - 2 - Math.max(...ends.map(textWidth)));
  const columns = Math.min(room, Math.max(24, length * 2));
  const [bottom, top] = [scaled(low), scaled(high)];
  const cells = series.map(({ values }) => drawn(values.map(scaled), length, bottom, top, columns, height));
  const endRows = spread(
    series.map(({ values }) => rowOf(scaled(values.at(-1) ?? low), bottom, top, height * 4) >> 2),
    height,
  );

  const lines = Array.from({ length: height }, (_, row) => {
    const label = row === 0 ? labels[0] : row === height - 1 ? labels[1] : "";
    const axis = `${padStart(label ?? "", margin)} ${label === "" ? "│" : "┤"}`;
    const curve = curveLine(cells, series, row * columns, columns);
    const behind = series.map(({ paint = plain }, i) => (endRows[i] === row ? paint(ends[i] ?? "") : "")).join("");
    return `${axis}${behind === "" ? curve.trimEnd() : curve}${behind}`;
  });
  const axis = `${" ".repeat(margin + 1)}└${"─".repeat(columns)}`;
  const [start, last] = chart.ends ?? ["1", String(length)];
  const caption = padEnd(cutText(`${start} ${x}`, columns - last.length - 1), columns - last.length);
  return [...lines, axis, `${" ".repeat(margin + 2)}${caption}${last}`];
}

/** One line of cells; neighbors of one curve are painted together. Where curves cross, the later one is in front. */
function curveLine(
  cells: readonly Uint8Array[],
  series: TerminalChart["series"],
  start: number,
  columns: number,
): string {
  let line = "";
  let [run, owner] = ["", -1];
  const flush = () => {
    line += owner < 0 ? run : (series[owner]?.paint ?? plain)(run);
    run = "";
  };
  for (let at = start; at < start + columns; at++) {
    const bits = cells.reduce((all, own) => all | (own[at] ?? 0), 0);
    const front = cells.findLastIndex((own) => (own[at] ?? 0) !== 0);
    if (front !== owner) flush();
    owner = front;
    run += bits === 0 ? " " : String.fromCodePoint(0x2800 + bits);
  }
  flush();
  return line;
}

/** One curve as braille bits, row after row; each column of dots is joined to the one before. */
function drawn(
  values: readonly number[],
  length: number,
  low: number,
  high: number,
  columns: number,
  height: number,
): Uint8Array {
  const bits = new Uint8Array(columns * height);
  let before: number | undefined;
  for (let column = 0; column < columns * 2; column++) {
    const value = values[Math.round((column / (columns * 2 - 1)) * (length - 1))];
    if (value === undefined || !Number.isFinite(value)) {
      before = undefined;
      continue;
    }
    const row = rowOf(value, low, high, height * 4);
    const [from, to] =
      before === undefined || before === row ? [row, row] : row > before ? [before + 1, row] : [row, before - 1];
    for (let dot = from; dot <= to; dot++) {
      const at = (dot >> 2) * columns + (column >> 1);
      bits[at] = (bits[at] ?? 0) | (dots[column % 2 === 0 ? 0 : 1][(dot % 4) as 0 | 1 | 2 | 3] ?? 0);
    }
    before = row;
  }
  return bits;
}

function rowOf(value: number, low: number, high: number, rows: number): number {
  return high === low ? rows - 1 : Math.round(((high - value) / (high - low)) * (rows - 1));
}

/** Rows as close to the wanted ones as they can be without two labels in one. */
function spread(wanted: readonly number[], height: number): number[] {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const rows = [...wanted];
  let free = 0;
  order.forEach((i, position) => {
    const latest = height - (order.length - position);
    const row = Math.max(free, Math.min(wanted[i] ?? 0, latest));
    rows[i] = row;
    free = row + 1;
  });
  return rows;
}

const plain: Paint = (text) => text;
