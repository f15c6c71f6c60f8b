import process from "node:process";
import type { WriteStream } from "node:tty";
import picocolors from "picocolors";
import { wrapped } from "./format.js";

export type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * Where things go: the report to stdout, for people or (`--json`) one object a line; messages to stderr.
 * Colors and widths are those of each stream, so that what is piped has neither.
 */
export class Terminal {
  readonly out: Colors;
  readonly err: Colors;

  constructor(
    readonly json: boolean,
    readonly quiet: boolean,
  ) {
    this.out = picocolors.createColors(hasColors(process.stdout));
    this.err = picocolors.createColors(hasColors(process.stderr));
  }

  /** Cells a line of the report may take: what is piped is never cut. */
  get columns(): number {
    return process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
  }

  get hasLiveBar(): boolean {
    return process.stderr.isTTY && !this.quiet && process.env["TERM"] !== "dumb";
  }

  /** Lines of the report for people. */
  report(...lines: readonly string[]): void {
    if (!this.json) process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  }

  /** A line of the report for programs. */
  event(event: string, fields: object): void {
    if (this.json) process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
  }

  /** Says what is going on, unless `--quiet`. */
  message(line: string): void {
    if (this.quiet) return;
    const columns = process.stderr.isTTY ? process.stderr.columns || 80 : Number.POSITIVE_INFINITY;
    process.stderr.write(`${wrapped(line, columns).join("\n")}\n`);
  }
}

/** https://no-color.org and https://force-color.org, then whether it is a terminal. */
export function hasColors(stream: Pick<WriteStream, "isTTY">, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}
