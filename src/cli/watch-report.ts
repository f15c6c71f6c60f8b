import process from "node:process";
import { type Finding, type Language, plot, type Reading, type Watch, watch } from "../index.js";
import { significant } from "./format.js";
import { heading } from "./report.js";
import type { Terminal } from "./terminal.js";

const words = {
  reading: {
    en: ({ epoch, step }: Reading) => (step === 0 ? "watch: before training" : `watch: epoch ${epoch}, step ${step}`),
    zh: ({ epoch, step }: Reading) => (step === 0 ? "诊断：训练之前" : `诊断：第 ${epoch} 轮，第 ${step} 步`),
  },
  loss: { en: ", loss", zh: "，损失" },
  layer: { en: "layer", zh: "层" },
  idle: { en: "idle units", zh: "失效单元" },
  dead: { en: "dead", zh: "死亡" },
  saturated: { en: "saturated", zh: "饱和" },
  watch: { en: "Watch", zh: "诊断" },
  healthy: { en: "nothing wrong was seen", zh: "未发现异常" },
  readings: { en: (count: number) => `${count} readings`, zh: (count: number) => `共查看 ${count} 次` },
  remedy: { en: "Remedy: ", zh: "办法：" },
  colon: { en: ": ", zh: "：" },
} as const;

/** A watch that shows its readings while a network trains: one table written over again on a terminal, tables below each other elsewhere. */
export function watchOnTerminal(terminal: Terminal, language: Language): Watch {
  let lines = 0;
  const live = terminal.hasLiveBar;
  const say = (text: readonly string[]) => {
    if (!terminal.quiet) process.stderr.write(text.map((line) => `${line}\n`).join(""));
  };
  return watch({
    onReading(reading, fresh) {
      terminal.event("watch", { ...reading, findings: fresh.map((finding) => findingFields(finding, language)) });
      // Over the line of the progress bar and the last table.
      if (live) process.stderr.write(`\r\x1b[K${lines > 0 ? `\x1b[${lines}A\x1b[J` : ""}`);
      for (const finding of fresh) terminal.message(terminal.err.yellow(`⚠ ${sentence(finding, language)}`));
      const width = live ? (process.stderr.columns || 80) - 1 : Number.POSITIVE_INFINITY;
      const table = tableOf(reading, language, width, terminal.err.dim);
      say(table);
      lines = table.length;
    },
  });
}

/** What the watch has to say at the end. */
export function reportWatch(terminal: Terminal, { readings, findings }: Watch, language: Language): void {
  const last = readings.at(-1);
  if (last === undefined) return;
  const { out, columns } = terminal;
  terminal.report("", heading(terminal, words.watch[language], words.readings[language](readings.length)));
  if (!terminal.quiet) terminal.report(...tableOf(last, language, columns, out.dim));
  if (findings.length === 0) terminal.report(out.green(`✓ ${words.healthy[language]}`));
  for (const finding of findings) terminal.report(out.yellow(`⚠ ${sentence(finding, language)}`));
}

export function findingFields({ name, seen, remedy, ...finding }: Finding, language: Language) {
  return { ...finding, name: name[language], seen: seen[language], remedy: forCommandLine(remedy[language]) };
}

/** The library's options as the command line spells them. */
export function forCommandLine(text: string): string {
  return text.replace(/\bclip: 1/g, "--clip 1").replace(/\binit: (\w+)/g, "--init $1");
}

function sentence({ name, seen, remedy }: Finding, language: Language): string {
  const end = language === "zh" ? "。" : ". ";
  const text = `${name[language]}${words.colon[language]}${seen[language]}${end}${words.remedy[language]}${remedy[language]}`;
  return forCommandLine(text) + end.trim();
}

/** One line a layer; what does not fit is left out, the least important first. */
function tableOf(reading: Reading, language: Language, width: number, faint: (text: string) => string): string[] {
  const layers = reading.layers.map((layer) => [
    `${layer.layer}  ${layer.inputs} → ${layer.units}${layer.activation === undefined ? "" : ` ${layer.activation}`}`,
    significant(layer.activations.rms, 3),
    significant(layer.signal.norm, 3),
    significant(layer.update, 2),
    idle(layer, language),
    significant(layer.gradient.norm, 3),
    significant(layer.gradient.rms, 3),
    significant(layer.activations.norm, 3),
  ]);
  const header = [words.layer[language], "A rms", "‖dZ‖", "‖ΔW‖÷‖W‖", words.idle[language], "‖dW‖", "dW rms", "‖A‖"];
  const rows = [header, ...layers];
  const widths = plot.columnWidths(rows);
  let kept = header.length;
  const total = () => widths.slice(0, kept).reduce((sum, own) => sum + own + 2, -2);
  while (kept > 2 && total() > width) kept--;
  const table = plot.textTable({
    rows: rows.map((row) => row.slice(0, kept)),
    right: header.flatMap((_, i) => (i > 0 ? [i] : [])),
    paint: (cell, row) => (row === 0 ? faint(cell) : cell),
  });
  const loss = `${words.reading[language](reading)}${words.loss[language]} ${significant(reading.loss)} → ${significant(reading.lossAfter)}`;
  return [faint(plot.cutText(loss, width)), ...table];
}

function idle({ dead, saturated }: Reading["layers"][number], language: Language): string {
  const share = dead ?? saturated;
  if (share === undefined) return "–";
  return `${Math.round(100 * share)} % ${words[dead === undefined ? "saturated" : "dead"][language]}`;
}
