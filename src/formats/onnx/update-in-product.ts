import {
  type Buffer,
  descent,
  type ElementwiseStep,
  type MatmulStep,
  type Plan,
  type Step,
  type View,
} from "../../plan/index.js";

/** θ ← θ - rate·(A·B), to be written as one `Gemm` of rate·A and B that starts from θ. */
export interface UpdateInProduct {
  readonly step: ElementwiseStep;
  readonly product: MatmulStep;
  readonly rate: View;
  readonly target: View;
}

/**
 * Finds, by their products, the updates of gradient descent whose gradient is a product that nothing else reads. Written as
 * one `Gemm`, the gradient never reaches memory: measured beside the plain form, steps of 784-128-10 and 784-512-512-10 take
 * 4 to 10 % less. Where there are far more examples than the product has columns, scaling A would cost more than it saves.
 */
export function updatesInProducts(plan: Plan): Map<Step, UpdateInProduct> {
  const readable = new Set([...plan.readable.values()].map(({ buffer }) => buffer));
  const products = new Map<Buffer, MatmulStep>();
  const reads = new Map<Buffer, number>();
  for (const step of plan.steps) {
    if (step.kind === "matmul") products.set(step.output.buffer, step);
    for (const { buffer } of readBy(step)) reads.set(buffer, (reads.get(buffer) ?? 0) + 1);
  }
  const found = new Map<Step, UpdateInProduct>();
  for (const step of plan.steps) {
    if (step.kind !== "elementwise") continue;
    const parts = descent(step);
    if (parts === undefined) continue;
    const { rate, target, gradient } = parts;
    const product = products.get(gradient.buffer);
    if (product === undefined || product.bias !== undefined || product.activation !== undefined) continue;
    if (readable.has(gradient.buffer) || reads.get(gradient.buffer) !== 1 || product.k > 4 * product.n) continue;
    found.set(product, { step, product, rate, target });
  }
  return found;
}

function readBy(step: Plan["steps"][number]): View[] {
  if (step.kind === "elementwise") return step.inputs.map(({ view }) => view);
  if (step.kind === "copy") return [step.from];
  if (step.kind === "op") return [...step.inputs];
  return step.bias === undefined ? [step.a, step.b] : [step.a, step.b, step.bias];
}
