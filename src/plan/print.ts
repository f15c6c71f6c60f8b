import { formatShape } from "../tensor/index.js";
import type { Plan, Step } from "./steps.js";

/** A plan as a table for people: every step with its phase, what it computes, shape, bytes and whether it is cached. */
export function formatPlan(plan: Plan, options: { bytesPerNumber?: number } = {}): string {
  const { bytesPerNumber = 4 } = options;
  const header = ["step", "phase", "computes", "how", "shape", "bytes", ""];
  const rows = plan.steps.map((step, i) => {
    const { phase, names } = plan.labels[i] as Plan["labels"][number];
    const shapes = outputsOf(step).map(({ shape }) => formatShape(shape));
    const bytes = outputsOf(step).reduce((total, { buffer }) => total + buffer.length * bytesPerNumber, 0);
    const notes = names.some((name) => plan.cache.has(name)) ? "cache" : writesOver(step) ? "in place" : "";
    return [
      `${i + 1}`,
      phase,
      names.join(", "),
      describe(step),
      [...new Set(shapes)].join(" "),
      formatBytes(bytes),
      notes,
    ];
  });
  const count = (role: string) =>
    plan.buffers.filter((buffer) => buffer.role === role).reduce((total, { length }) => total + length, 0);
  const values = plan.buffers.filter(({ role }) => role === "value" || role === "output");
  const separate = values.reduce((total, { length }) => total + length, 0);
  const summary = [
    `parameters      ${count("parameter")} numbers in ${plan.buffers.filter(({ role }) => role === "parameter").length} tensors, optimizer state ${count("state")}`,
    `cache           ${[...plan.cache].join(", ") || "nothing"} (kept from the forward pass for the backward pass)`,
    `arena           ${formatBytes(plan.length * bytesPerNumber)} in all; ${formatBytes((plan.length - plan.persistent) * bytesPerNumber)} for the batch and its values, which would take ${formatBytes((separate + count("input")) * bytesPerNumber)} without reuse`,
    `matrix products ${plan.flops} multiplications and additions a step`,
  ];
  return `${table([header, ...rows])}\n\n${summary.join("\n")}\n`;
}

function outputsOf(step: Step) {
  if (step.kind === "elementwise") return step.outputs.map(({ view }) => view);
  return [step.kind === "copy" ? step.to : step.output];
}

function writesOver(step: Step): boolean {
  return outputsOf(step).some(({ buffer }) => buffer.role === "parameter" || buffer.role === "state");
}

function describe(step: Step): string {
  if (step.kind === "elementwise") {
    const named = step.expression.replace(/\$(\d+)/g, (_, i) => step.inputs[Number(i)]?.view.buffer.name ?? "");
    return named.length > 44 ? `${named.slice(0, 43)}…` : named;
  }
  if (step.kind === "copy") return `copy of ${step.from.buffer.name}`;
  if (step.kind === "op") return `${step.op.name}(${step.inputs.map(({ buffer }) => buffer.name).join(", ")})`;
  const [a, b] = [
    `${step.a.buffer.name}${step.transposeA ? "ᵀ" : ""}`,
    `${step.b.buffer.name}${step.transposeB ? "ᵀ" : ""}`,
  ];
  const sum = step.bias === undefined ? `${a}·${b}` : `${a}·${b} + ${step.bias.buffer.name}`;
  return step.activation === undefined ? sum : `${step.activation.op.name}(${sum})`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}
