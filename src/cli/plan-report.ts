import { type PrintablePlan, plot } from "../index.js";
import { wrapped } from "./format.js";
import { heading } from "./report.js";
import type { Terminal } from "./terminal.js";

const wide = "how";
const narrowest = 14;

/** A printed plan fitted to the terminal: its widest column gives way, the lines below the table are wrapped. */
export function reportPlan(terminal: Terminal, plan: PrintablePlan, title: string, remark: string): void {
  const [table = "", summary = ""] = String(plan).trimEnd().split("\n\n");
  const [header = "", ...lines] = table.split("\n");
  const starts = [...header.matchAll(/\S+/g)].map(({ index }) => index);
  const cells = [header, ...lines].map((line) => {
    const characters = [...line];
    return starts.map((start, i) =>
      characters
        .slice(start, starts[i + 1])
        .join("")
        .trimEnd(),
    );
  });
  const column = header.split(/\s+/).indexOf(wide);
  const longest = Math.max(...[header, ...lines].map((line) => [...line].length));
  const own = (starts[column + 1] ?? longest) - (starts[column] ?? 0) - 2;
  const room = own - Math.max(0, longest - terminal.columns);
  const fitted = cells.map((row) =>
    row.map((cell, i) => (i === column ? plot.cutText(cell, Math.max(narrowest, room)) : cell)),
  );
  const { out } = terminal;
  terminal.report("", heading(terminal, title, remark));
  terminal.report(
    ...plot.textTable({
      rows: fitted,
      width: terminal.columns,
      paint: (cell, row) => (row === 0 ? out.dim(cell) : cell),
    }),
    "",
  );
  terminal.report(...summary.split("\n").flatMap((line) => wrapped(line, terminal.columns, summaryIndent)));
}

/** Where the summary's second column stands. */
const summaryIndent = 16;
