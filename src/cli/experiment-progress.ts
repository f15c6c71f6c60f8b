import process from "node:process";
import type { Terminal } from "./terminal.js";

/** How far an experiment is: a line that is written over on a terminal, two plain ones elsewhere, none with `--quiet`. */
export class ExperimentProgress {
  #drawn = 0;

  constructor(
    readonly terminal: Terminal,
    readonly name: string,
    count: number,
  ) {
    if (!terminal.hasLiveBar && count > 1) terminal.message(`${name} …`);
  }

  at(share: number): void {
    const now = performance.now();
    if (!this.terminal.hasLiveBar || now - this.#drawn < 60) return;
    this.#drawn = now;
    const { err } = this.terminal;
    const cells = 24;
    const full = Math.round(cells * share);
    const bar = err.cyan("━".repeat(full)) + err.dim("━".repeat(cells - full));
    process.stderr.write(`\r\x1b[K${this.name} ${bar} ${Math.round(100 * share)}%`);
  }

  stop(): void {
    if (this.terminal.hasLiveBar) process.stderr.write("\r\x1b[K");
  }
}
