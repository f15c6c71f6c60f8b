import process from "node:process";
import cliProgress from "cli-progress";
import type { EpochReport, StepReport } from "../index.js";
import { percent, plain, significant, timeLeft } from "./format.js";
import type { Terminal } from "./terminal.js";

/** What is said while a network trains. */
export interface Progress {
  step(report: StepReport): void;
  epoch(report: EpochReport): void;
  stop(): void;
}

/** A live bar on a terminal, plain lines elsewhere, nothing with `--quiet`. */
export function trainingProgress(terminal: Terminal, epochs: number, stepsPerEpoch: number): Progress {
  if (terminal.quiet) return silent;
  return terminal.hasLiveBar ? liveBar(terminal, epochs, stepsPerEpoch) : plainLines(terminal, epochs);
}

const silent: Progress = { step: () => {}, epoch: () => {}, stop: () => {} };

/** Lines a log gets at most, however long the training. */
const mostLines = 15;

function plainLines(terminal: Terminal, epochs: number): Progress {
  const every = Math.ceil(epochs / mostLines);
  const width = String(epochs).length;
  return {
    ...silent,
    epoch(report) {
      const { epoch } = report;
      if (epoch !== 1 && epoch % every !== 0 && epoch !== epochs) return;
      terminal.message(`epoch ${String(epoch).padStart(width)}/${epochs}  ${figures(report).join("  ")}`);
    },
  };
}

/** Loss, accuracy and rate, the most important first. */
function figures({ loss, accuracy, validation, rate }: EpochReport): string[] {
  return [
    `loss ${significant(loss)}`,
    ...(validation === undefined ? [] : [`validation ${significant(validation.loss)}`]),
    ...(accuracy === undefined ? [] : [`accuracy ${percent(accuracy)}`]),
    `rate ${plain(rate)}`,
  ];
}

interface Payload {
  readonly epoch: number;
  readonly figures: readonly string[];
}

/** Milliseconds between two looks at the bar: a step must not wait for its picture. */
const between = 60;
const bar = { longest: 30, shortest: 8 };

function liveBar(terminal: Terminal, epochs: number, stepsPerEpoch: number): Progress {
  const { err } = terminal;
  const started = performance.now();
  let drawn = started;
  let payload: Payload = { epoch: 1, figures: [] };

  const format = (_: cliProgress.Options, { progress }: cliProgress.Params): string => {
    const elapsed = (performance.now() - started) / 1000;
    const left = progress > 0 ? ` ${timeLeft((elapsed / progress) * (1 - progress))} left` : "";
    const head = `epoch ${payload.epoch}/${epochs} `;
    const room = (process.stderr.columns || 80) - head.length - left.length - 1;
    const shown = [...payload.figures];
    const text = () => ` ${shown.join(" · ")} ·`;
    while (shown.length > 1 && room - text().length < bar.shortest) shown.pop();
    const length = Math.max(bar.shortest, Math.min(bar.longest, room - text().length));
    const full = Math.round(length * progress);
    const line = err.cyan("━".repeat(full)) + err.dim("━".repeat(length - full));
    return `${head}${line}${shown.length === 0 ? "" : text()}${left}`;
  };

  const single = new cliProgress.SingleBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    gracefulExit: false,
    fps: 16,
  });
  single.start(epochs * stepsPerEpoch, 0);
  const stop = () => single.stop();
  process.once("exit", stop);
  return {
    step({ step, epoch, loss }) {
      const now = performance.now();
      if (now - drawn < between) return;
      drawn = now;
      payload = { epoch, figures: payload.figures.length > 0 ? payload.figures : [`loss ${significant(loss)}`] };
      single.update(step);
    },
    epoch(report) {
      payload = { epoch: report.epoch, figures: figures(report) };
    },
    stop() {
      process.removeListener("exit", stop);
      stop();
    },
  };
}
