import { wasm } from "../../src/engines/wasm/index.js";
import type { Attributes, ElementwiseOp } from "../../src/tensor/index.js";
import { PlanByHand } from "./by-hand.js";
import { ulps } from "./compare.js";

export interface Sweep {
  readonly worst: number;
  /** Where the worst error is. */
  readonly at: number;
  readonly actual: number;
  readonly exact: number;
}

const chunk = 1 << 16;

/** The largest error of an op of one number, over every `stride`-th float32 bit pattern (all of them with 1). */
export async function sweep(op: ElementwiseOp, attributes: Attributes, stride: number): Promise<Sweep> {
  const plan = new PlanByHand();
  const [x, y] = [plan.view([chunk]), plan.view([chunk])];
  const device = await wasm.open([
    plan.plan([
      {
        kind: "elementwise",
        length: chunk,
        inputs: [{ view: x, broadcasting: "same", period: 1 }],
        constants: [],
        instructions: [{ op, attributes, operands: [0] }],
        outputs: [{ register: 1, view: y }],
        expression: `${op.name}($0)`,
      },
    ]),
  ]);
  const inputs = (device.arena as Float32Array).subarray(x.buffer.offset, x.buffer.offset + chunk);
  const outputs = (device.arena as Float32Array).subarray(y.buffer.offset, y.buffer.offset + chunk);
  const patterns = new Int32Array(inputs.buffer, inputs.byteOffset, chunk);
  let found: Sweep = { worst: 0, at: 0, actual: 0, exact: 0 };
  for (let pattern = 0; pattern < 2 ** 32; ) {
    for (let i = 0; i < chunk; i++, pattern += stride) patterns[i] = pattern | 0;
    void device.run(0);
    for (let i = 0; i < chunk; i++) {
      const at = inputs[i] as number;
      const [actual, exact] = [outputs[i] as number, op.scalar(at, 0, 0, attributes)];
      const error = ulps(actual, exact);
      if (!(error <= found.worst)) found = { worst: error, at, actual, exact };
    }
  }
  return found;
}
