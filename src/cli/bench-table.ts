import process from "node:process";
import { type bench, plot } from "../index.js";
import { bytes, grouped } from "./format.js";
import { heading } from "./report.js";
import type { Terminal } from "./terminal.js";

type StepTime = Awaited<ReturnType<typeof bench.timeSteps>>;
type KernelTime = Awaited<ReturnType<typeof bench.timeKernel>>;

/** Columns of the two tables: each with its title and, for a row, its cell. */
const stepColumns: readonly (readonly [title: string, cell: (row: StepTime) => string])[] = [
  ["case", (row) => row.case],
  ["engine", (row) => `${row.engine}${row.fastMath ? ", fast math" : ""}`],
  ["threads", (row) => (row.threadsUsed < row.threads ? `${row.threads} (${row.threadsUsed})` : String(row.threads))],
  ["a step", (row) => time(row.microseconds)],
  ["GFLOP/s", (row) => row.gigaflops.toFixed(1)],
  ["a multiply-add", (row) => `${row.perMultiplyAdd.toPrecision(3)} ps`],
  ["parameters", (row) => grouped(row.parameters)],
  ["arena", (row) => bytes(row.arenaBytes)],
];

const kernelColumns: readonly (readonly [title: string, cell: (row: KernelTime) => string])[] = [
  ["kernel", (row) => row.kernel],
  ["engine", (row) => `wasm${row.fastMath ? ", fast math" : ""}`],
  ["threads", (row) => String(row.threads)],
  ["a call", (row) => time(row.microseconds)],
  ["share", (row) => `${(100 * row.share).toFixed(0)} %`],
  ["reached", (row) => row.reached.toFixed(1)],
  ["roof", (row) => `${row.roof.toFixed(1)} ${row.unit}`],
];

/** `12.3 µs`, `1.23 ms`: three digits. */
export function time(microseconds: number): string {
  const [size, unit] = microseconds < 1000 ? [1, "µs"] : microseconds < 1e6 ? [1000, "ms"] : [1e6, "s"];
  const value = microseconds / size;
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}

/** Rows as they are measured, one table after the other; at the end all of it as Markdown. */
export class BenchTable {
  readonly steps: StepTime[] = [];
  readonly kernels: KernelTime[] = [];

  constructor(readonly terminal: Terminal) {}

  /** Says what is being timed, on a terminal, where nothing else would be seen for a while. */
  working(what: string, done: number, all: number): void {
    if (this.terminal.hasLiveBar)
      process.stderr.write(`\r\x1b[K${this.terminal.err.dim(`${done + 1}/${all} ${what} …`)}`);
  }

  addStep(row: StepTime): void {
    this.terminal.event("step", row);
    this.#print(this.steps.length === 0 ? "Training steps" : undefined, stepColumns, row);
    this.steps.push(row);
  }

  addKernel(row: KernelTime): void {
    this.terminal.event("kernel", row);
    this.#print(this.kernels.length === 0 ? "Kernels under their roof" : undefined, kernelColumns, row);
    this.kernels.push(row);
  }

  /** A row that could not be measured, with the reason. */
  failed(what: string, reason: string): void {
    this.clear();
    this.terminal.event("failed", { what, reason });
    this.terminal.report(this.terminal.out.red(`${what}: ${reason}`));
  }

  clear(): void {
    if (this.terminal.hasLiveBar) process.stderr.write("\r\x1b[K");
  }

  #print<Row>(title: string | undefined, all: readonly (readonly [string, (row: Row) => string])[], row: Row): void {
    this.clear();
    const { out } = this.terminal;
    const columns = fitting(all, this.terminal.columns);
    const titles = columns.map(([name]) => name);
    const table = { right: columns.map((_, i) => i).slice(2), widths: titles.map(widthOf) };
    if (title !== undefined) {
      const first = this.steps.length + this.kernels.length === 0 ? [] : [""];
      this.terminal.report(...first, heading(this.terminal, title, this.terminal.columns < 80 ? "" : remarks[title]));
      this.terminal.report(out.dim(plot.textTable({ ...table, rows: [titles] })[0] ?? ""));
    }
    this.terminal.report(...plot.textTable({ ...table, rows: [columns.map(([, cell]) => cell(row))] }));
  }

  markdown(machine: string): string {
    const parts = [
      "# retrograd bench",
      machine,
      ...(this.steps.length > 0 ? ["## Training steps", markdownTable(stepColumns, this.steps)] : []),
      ...(this.kernels.length > 0 ? ["## Kernels under their roof", markdownTable(kernelColumns, this.kernels)] : []),
    ];
    return `${parts.join("\n\n")}\n`;
  }
}

const remarks: Readonly<Record<string, string>> = {
  "Training steps": "medians; in brackets the threads that computed",
  "Kernels under their roof": "products: multiply-adds on registers; others: a copy",
};

/** The widest a cell of a column gets. */
const room: Readonly<Record<string, number>> = {
  kernel: 13,
  engine: 15,
  "a step": 8,
  "a call": 8,
  parameters: 10,
  arena: 9,
  roof: 13,
};

const widthOf = (title: string): number => Math.max(title.length, room[title] ?? 0);

/** The first columns, as many as a line has room for. */
function fitting<Column extends readonly [title: string, ...rest: unknown[]]>(
  columns: readonly Column[],
  width: number,
): readonly Column[] {
  let used = -2;
  return columns.filter(([title]) => {
    used += widthOf(title) + 2;
    return used <= width;
  });
}

function markdownTable<Row>(
  columns: readonly (readonly [string, (row: Row) => string])[],
  rows: readonly Row[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(([name]) => name)),
    line(columns.map((_, i) => (i < 2 ? "---" : "--:"))),
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
  ].join("\n");
}
