import type { Buffer, Step } from "../../plan/index.js";

/** Whether two buffers share memory. */
export function overlap(a: Buffer, b: Buffer): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

export function buffersRead(step: Step): Buffer[] {
  switch (step.kind) {
    case "elementwise":
      return step.inputs.map(({ view }) => view.buffer);
    case "matmul":
      return [step.a, step.b, ...(step.bias === undefined ? [] : [step.bias])].map(({ buffer }) => buffer);
    case "op":
      return step.inputs.map(({ buffer }) => buffer);
    case "copy":
      return [step.from.buffer];
  }
}

export function buffersWritten(step: Step): Buffer[] {
  switch (step.kind) {
    case "elementwise":
      return step.outputs.map(({ view }) => view.buffer);
    case "matmul":
    case "op":
      return [step.output.buffer];
    case "copy":
      return [step.to.buffer];
  }
}
