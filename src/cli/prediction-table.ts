import { type Model, type Prediction, plot } from "../index.js";
import { grouped, percent, significant } from "./format.js";
import type { Row } from "./rows.js";
import type { Terminal } from "./terminal.js";

/** Predictions as they come, in columns wide enough for what can come. */
export class PredictionTable {
  count = 0;
  #right = 0;
  #judged = 0;
  readonly #widths: readonly number[];

  constructor(
    readonly terminal: Terminal,
    readonly model: Model,
    readonly engine: string,
  ) {
    const { classes, targetNames = [] } = model;
    const names = classes ?? targetNames.map((name) => name.padStart(12));
    const widest = Math.max("predicted".length, ...names.map(({ length }) => length));
    this.#widths = classes === undefined ? [6, widest, widest] : [6, widest, "probability".length, widest];
  }

  write(rows: readonly Row[], predictions: readonly Prediction[]): void {
    const cells = rows.map((row, i) => this.#cells(row, predictions[i] ?? {}));
    const { out } = this.terminal;
    const body = plot.textTable({
      rows: cells,
      right: this.#numeric,
      widths: this.#widths,
      paint: (cell) => (cell.includes("✗") ? out.red(cell) : cell),
    });
    if (this.count === rows.length && !this.terminal.quiet) {
      const known = rows[0]?.truth === undefined ? [] : ["truth"];
      const header =
        this.model.classes === undefined
          ? ["row", "predicted", ...known]
          : ["row", "predicted", "probability", ...known];
      this.terminal.report(
        out.dim(plot.textTable({ rows: [header], right: this.#numeric, widths: this.#widths })[0] ?? ""),
      );
    }
    this.terminal.report(...body);
  }

  finish(): void {
    const { terminal, count } = this;
    const judged = this.#judged > 0 ? { right: this.#right } : {};
    terminal.event("done", { rows: count, ...judged, engine: this.engine });
    if (this.#judged > 0 && !terminal.quiet) {
      terminal.report(
        "",
        `${grouped(this.#right)} of ${grouped(this.#judged)} right (${percent(this.#right / this.#judged)})`,
      );
    }
  }

  get #numeric(): readonly number[] {
    return this.model.classes === undefined ? [0, 1, 2] : [0, 2];
  }

  #cells({ truth }: Row, prediction: Prediction): string[] {
    this.count++;
    const known = truth !== undefined;
    this.terminal.event("prediction", { row: this.count, ...prediction, ...(known && { truth }) });
    const { class: named, probability = 0, values = [] } = prediction;
    if (named === undefined) {
      const numbers = (list: readonly number[]) => list.map((value) => significant(value)).join(" ");
      return [String(this.count), numbers(values), ...(typeof truth === "object" ? [numbers(truth)] : [])];
    }
    if (known) this.#judged++;
    if (truth === named) this.#right++;
    return [
      String(this.count),
      named,
      percent(probability),
      ...(typeof truth === "string" ? [truth === named ? truth : `${truth} ✗`] : []),
    ];
  }
}
