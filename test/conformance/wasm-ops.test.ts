import { describe, expect, it } from "vitest";
import { ops } from "../../src/ops/index.js";
import type { Step } from "../../src/plan/steps.js";
import { type DescribedOp, isElementwise, type Sample, sizeOf, type Value } from "../../src/tensor/index.js";
import { PlanByHand } from "../kernels/by-hand.js";
import { relativeError, worst } from "../kernels/compare.js";
import { randomFrom } from "../kernels/random.js";
import { readAs } from "../kernels/steps.js";

const rounded = (value: Value): Value => ({ shape: value.shape, data: Float64Array.from(value.data, Math.fround) });

/** One op on one sample, on the engine and in float64. */
async function bothWays(op: DescribedOp, sample: Sample): Promise<{ actual: Float32Array; exact: Float64Array }> {
  const attributes = sample.attributes ?? {};
  const inputs = sample.inputs.map(rounded);
  const shape = op.shape(
    inputs.map((input) => input.shape),
    attributes,
  );
  const plan = new PlanByHand();
  const views = inputs.map((input) => plan.view(input.shape, input.data));
  const output = plan.view(shape);
  const step: Step = isElementwise(op)
    ? {
        kind: "elementwise",
        length: sizeOf(shape),
        inputs: views.map((view) => readAs(view, shape)),
        constants: [],
        instructions: [{ op, attributes, operands: views.map((_, i) => i) }],
        outputs: [{ register: views.length, view: output }],
        expression: op.name,
      }
    : { kind: "op", op, attributes, inputs: views, output };
  const read = await plan.run([step]);
  return { actual: read(output), exact: op.forward(inputs, attributes, shape) };
}

describe.each(Object.values<DescribedOp>(ops))("wasm: $name", (op) => {
  it("agrees with float64 on its samples", async () => {
    for (const sample of op.samples) {
      const { actual, exact } = await bothWays(op, sample);
      const { index, error } = worst(actual, exact, relativeError);
      expect(error, `at ${index}: ${actual[index]} instead of ${exact[index]}`).toBeLessThan(1e-5);
    }
  });

  it("agrees with float64 on random samples", async () => {
    const uniform = randomFrom(7);
    for (let i = 0; i < 30; i++) {
      const sample = op.randomSample(uniform);
      const { actual, exact } = await bothWays(op, sample);
      const { index, error } = worst(actual, exact, (a, e) => Math.abs(a - e) / Math.max(Math.abs(e), 0.1));
      expect(error, `at ${index}: ${actual[index]} instead of ${exact[index]}`).toBeLessThan(1e-5);
    }
  });
});
