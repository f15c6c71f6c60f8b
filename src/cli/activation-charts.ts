import { type ActivationDrawing, plot } from "../index.js";
import { plain } from "./format.js";
import type { Terminal } from "./terminal.js";

/** Cells of one small chart, with the room behind it. */
const [chartWidth, gap, mostBeside] = [36, 2, 3];

/** Function and derivative of each activation in braille dots, as many beside each other as the terminal has room for. */
export function activationCharts(terminal: Terminal, drawings: readonly ActivationDrawing[]): string[] {
  const columns = Math.min(terminal.columns, 100);
  const beside = Math.max(1, Math.min(mostBeside, Math.floor((columns + gap) / (chartWidth + gap))));
  const lines: string[] = [];
  for (let first = 0; first < drawings.length; first += beside) {
    const blocks = drawings.slice(first, first + beside).map((drawing) => chartOf(terminal, drawing));
    lines.push("", ...plot.sideBySide(blocks, " ".repeat(gap)).map((line) => line.trimEnd()));
  }
  return lines;
}

function chartOf({ out }: Terminal, drawing: ActivationDrawing): string[] {
  const within = drawing.x.flatMap((x, i) => (Math.abs(x) <= 4 ? [i] : []));
  const pick = (values: readonly number[]) => within.map((i) => values[i] ?? Number.NaN);
  const chart = plot.terminalChart({
    series: [
      { name: "f", values: pick(drawing.value), paint: out.cyan },
      { name: "f′", values: pick(drawing.slope), paint: out.yellow },
    ],
    x: "",
    ends: ["-4", "4"],
    width: chartWidth,
    height: 7,
    format: plain,
  });
  const kinks = drawing.kinks.map(({ text }) => text).slice(0, 1);
  const heads = [`${drawing.title}  ${drawing.formula}`, [`f′ ${drawing.peak.text}`, ...kinks].join(" · ")].map(
    (head) => plot.cutText(head, chartWidth),
  );
  return [
    out.bold(padded(heads[0] ?? "")),
    out.dim(padded(heads[1] ?? "")),
    ...chart.map((line) => line + " ".repeat(Math.max(0, chartWidth - visible(line)))),
  ];
}

function padded(text: string): string {
  return text + " ".repeat(Math.max(0, chartWidth - plot.textWidth(text)));
}

/** Cells a painted line takes. */
function visible(line: string): number {
  return plot.textWidth(line.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), ""));
}
