import { describe, expect, it } from "vitest";
import { wasm } from "../../src/engines/wasm/index.js";
import { updatePairs } from "../../src/engines/wasm/update-pairs.js";
import { dense, relu, Session, sequential, sgd, softmaxCrossEntropy } from "../../src/index.js";
import type { Plan, Step } from "../../src/plan/index.js";
import { onThreads } from "../threads/threaded.js";
import { randomFrom } from "./random.js";

const network = sequential(dense(37, 50), relu, dense(50, 33), relu, dense(33, 10));
const description = { network, loss: softmaxCrossEntropy(), optimizer: sgd(0.1), seed: 5 };
const batch = 45;

/** Parameters after a few steps on random batches. */
async function trained(session: Session): Promise<Map<string, Buffer>> {
  const uniform = randomFrom(8);
  const { x, t } = session.batch(batch);
  for (let i = 0; i < 5; i++) {
    x.forEach((_, j) => {
      x[j] = 2 * uniform() - 1;
    });
    t.forEach((_, j) => {
      t[j] = Math.floor(10 * uniform());
    });
    await session.step(batch, 0.1);
  }
  return new Map(
    [...session.weights()].map(([name, numbers]) => [name, Buffer.from(Float32Array.from(numbers).buffer)]),
  );
}

/** The plan's steps around the first update that a product does: the product, the update, and the plan's own readers. */
function firstPair(plan: Plan) {
  const [found] = updatePairs(plan);
  if (found === undefined) throw new Error("the plan has no update in a product");
  const [product, { step, target }] = found;
  return { product, step, target };
}

describe("gradient descent's update, done by the product that computes the gradient", () => {
  it.each([1, 2, 3])("gives the bits of the update by itself, on %i threads", async (threads) => {
    const engine = threads === 1 ? wasm : onThreads(threads);
    const options = { engine, batchSizes: [batch] };
    using together = await Session.open(description, options);
    using apart = await Session.open(description, { ...options, keep: "named" });
    expect(updatePairs(together.plan(batch)).size).toBe(3);
    expect(updatePairs(apart.plan(batch)).size, "gradients that can be read").toBe(0);
    const [actual, expected] = [await trained(together), await trained(apart)];
    for (const [name, numbers] of expected) expect(actual.get(name)?.equals(numbers), name).toBe(true);
  });

  it("is left where it is when something in between reads what is updated, or the gradient twice", async () => {
    using session = await Session.open(description, { engine: wasm, batchSizes: [batch] });
    const plan = session.plan(batch);
    const { product, step, target } = firstPair(plan);
    const copy: Step = { kind: "copy", from: target, to: product.output };
    const between = plan.steps.flatMap((one): Step[] => (one === step ? [copy, one] : [one]));
    expect(updatePairs({ ...plan, steps: between }).has(product)).toBe(false);
    const reader: Step = { kind: "copy", from: product.output, to: target };
    expect(updatePairs({ ...plan, steps: [...plan.steps, reader] }).has(product)).toBe(false);
  });

  it("waits for the whole sum: not where there are more examples than a product sums at a time", async () => {
    using session = await Session.open(description, { engine: wasm, batchSizes: [512, 513] });
    expect(updatePairs(session.plan(512)).size).toBe(3);
    expect(updatePairs(session.plan(513)).size).toBe(0);
  });
});
