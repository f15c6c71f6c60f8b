import type { Buffer, Plan, Step, View } from "../../src/plan/index.js";

interface Traffic {
  readonly reads: readonly View[];
  /** Operands read at the very index that is written, so that memory may be shared with the result. */
  readonly sameIndex: readonly View[];
  readonly writes: readonly View[];
}

export function trafficOf(step: Step): Traffic {
  switch (step.kind) {
    case "elementwise":
      return {
        reads: step.inputs.map(({ view }) => view),
        sameIndex: step.inputs.filter(({ broadcasting }) => broadcasting === "same").map(({ view }) => view),
        writes: step.outputs.map(({ view }) => view),
      };
    case "matmul":
      return {
        reads: [step.a, step.b, ...(step.bias === undefined ? [] : [step.bias])],
        sameIndex: [],
        writes: [step.output],
      };
    case "op":
      return { reads: step.inputs, sameIndex: [], writes: [step.output] };
    case "copy":
      return { reads: [step.from], sameIndex: [], writes: [step.to] };
  }
}

const overlap = (a: Buffer, b: Buffer) =>
  a.length > 0 && b.length > 0 && a.offset < b.offset + b.length && b.offset < a.offset + a.length;

/**
 * Runs a plan's memory through in mind: every place knows which buffer was written there last; a read that finds another
 * one there is a fault, and so is a step that writes over an operand that it reads at other places than it writes.
 */
export function memoryFaults(plan: Plan, outputs: ReadonlySet<string>): string[] {
  const owner = new Array<Buffer | undefined>(plan.length);
  const claim = (buffer: Buffer) => owner.fill(buffer, buffer.offset, buffer.offset + buffer.length);
  const lost = (buffer: Buffer) =>
    owner.slice(buffer.offset, buffer.offset + buffer.length).some((one) => one !== buffer);
  const faults: string[] = [];
  const given = plan.buffers.filter(({ role }) => role !== "value" && role !== "output");
  for (const a of given) {
    claim(a);
    for (const b of given) if (a !== b && overlap(a, b)) faults.push(`${a.name} and ${b.name} lie on one another`);
  }
  plan.steps.forEach((step, i) => {
    const { reads, sameIndex, writes } = trafficOf(step);
    for (const { buffer } of reads)
      if (lost(buffer)) faults.push(`step ${i + 1} reads ${buffer.name}, which is overwritten by then`);
    for (const { buffer: written } of writes) {
      for (const read of reads) {
        const shared = overlap(written, read.buffer);
        const harmless =
          sameIndex.includes(read) && written.offset === read.buffer.offset && written.length === read.buffer.length;
        if (shared && !harmless)
          faults.push(`step ${i + 1} writes ${written.name} over ${read.buffer.name}, which it reads`);
      }
      for (const other of writes)
        if (other.buffer !== written && overlap(other.buffer, written))
          faults.push(`step ${i + 1} writes two results to one place`);
    }
    for (const { buffer } of writes) claim(buffer);
  });
  for (const [name, { buffer }] of plan.readable)
    if (lost(buffer)) faults.push(`${name} is said to be readable, but is overwritten at the end`);
  for (const name of outputs) if (!plan.readable.has(name)) faults.push(`the output ${name} cannot be read`);
  return faults;
}
