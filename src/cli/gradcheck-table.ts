import process from "node:process";
import { type GradientTarget, plot, type TargetCheck } from "../index.js";
import { counted, grouped } from "./format.js";
import { heading } from "./report.js";
import type { Terminal } from "./terminal.js";

/** One line a target, as it is proved. */
export class GradcheckTable {
  readonly #widths: readonly number[];
  #kind = "";

  constructor(
    readonly terminal: Terminal,
    readonly targets: readonly GradientTarget[],
  ) {
    this.#widths = plot.columnWidths([
      ["✓", "name", "100000", "worst error", ""],
      ...targets.map(({ name }) => ["", name]),
    ]);
  }

  /** Says what is being worked on, on a terminal, where nothing else would be seen for a while. */
  working({ name }: GradientTarget, done: number): void {
    if (this.terminal.hasLiveBar)
      process.stderr.write(`\r\x1b[K${this.terminal.err.dim(`${done + 1}/${this.targets.length} ${name} …`)}`);
  }

  add(result: TargetCheck): void {
    if (this.terminal.hasLiveBar) process.stderr.write("\r\x1b[K");
    if (this.terminal.quiet && result.failed === 0) return;
    const { out } = this.terminal;
    if (result.kind !== this.#kind) {
      const header = plot.textTable({
        rows: [["", "name", "cases", "worst error", ""]],
        right: [2, 3],
        widths: this.#widths,
      });
      this.terminal.report(
        ...(this.#kind === "" ? [] : [""]),
        heading(this.terminal, titles[result.kind]),
        out.dim(header[0] ?? ""),
      );
      this.#kind = result.kind;
    }
    const mark = result.skipped !== undefined ? "–" : result.failed === 0 ? "✓" : "✗";
    const row = [
      mark,
      result.name,
      grouped(result.cases),
      result.skipped === undefined ? errorOf(result.worst) : "–",
      remark(result),
    ];
    const color = { "✓": out.green, "✗": out.red, "–": out.dim }[mark];
    const paint = (cell: string, _: number, column: number) =>
      column === 0 || mark !== "✓" ? color(cell) : column === 4 ? out.dim(cell) : cell;
    this.terminal.report(
      ...plot.textTable({ rows: [row], right: [2, 3], widths: this.#widths, width: this.terminal.columns, paint }),
    );
  }
}

const titles: Readonly<Record<GradientTarget["kind"], string>> = {
  op: "Ops",
  layer: "Layers",
  loss: "Losses",
  optimizer: "Optimizers",
};

/** `1.3e-7`. */
export function errorOf(worst: number): string {
  return worst === 0 ? "0" : worst.toExponential(1);
}

function remark({ skipped, failed, where }: TargetCheck): string {
  if (skipped !== undefined) return skipped;
  const at = where === undefined ? "" : `at ${where}`;
  return failed === 0 ? at : `${counted(failed, "case")} wrong${at === "" ? "" : `, worst ${at}`}`;
}
