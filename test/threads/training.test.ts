import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { wasm } from "../../src/engines/wasm/index.js";
import {
  adam,
  batchNorm,
  dense,
  dropout,
  gelu,
  type Loss,
  relu,
  Session,
  sequential,
  softmaxCrossEntropy,
} from "../../src/index.js";
import { randomFrom } from "../kernels/random.js";
import { longPlan, onThreads } from "./threaded.js";

const network = sequential(dense(37, 50), batchNorm(50), relu, dropout(0.3), dense(50, 41), gelu, dense(41, 7));
const loss: Loss = softmaxCrossEntropy({ labelSmoothing: 0.1 });

/** Weights after some steps with batches of two sizes, and what is then predicted. */
async function train(session: Session, sizes: readonly number[], steps: number) {
  const uniform = randomFrom(4);
  for (let i = 0; i < steps; i++) {
    const size = sizes[i % sizes.length] as number;
    const { x, t } = session.batch(size);
    x.forEach((_, j) => {
      x[j] = 2 * uniform() - 1;
    });
    t.forEach((_, j) => {
      t[j] = Math.floor(7 * uniform());
    });
    await session.step(size, 0.01);
  }
  const predicted = await session.predict((x) => x.fill(0.25));
  return new Map([...session.weights(), ["predicted", predicted.slice()]]);
}

describe("training on workers", () => {
  it("gives the same bits on 1, 2, 3 and 5 threads: dropout, batch normalization, Adam, a partial batch, prediction", async () => {
    const description = { network, loss, optimizer: adam(0.01), clip: 1, seed: 3 };
    const [sizes, steps] = [[33, 14], 12] as const;
    const options = { batchSizes: sizes, predictBatch: 5 };
    using alone = await Session.open(description, { ...options, engine: wasm });
    expect(alone.choice.threads).toBe(1);
    const expected = await train(alone, sizes, steps);
    for (const threads of [2, 3, 5]) {
      using together = await Session.open(description, { ...options, engine: onThreads(threads) });
      expect(together.choice.threads).toBe(threads);
      const actual = await train(together, sizes, steps);
      for (const [name, numbers] of expected) {
        const bits = (all: ArrayLike<number> | undefined) => Buffer.from(Float32Array.from(all ?? []).buffer);
        expect(bits(actual.get(name)).equals(bits(numbers)), `${name} on ${threads} threads`).toBe(true);
      }
    }
  });

  it("stays on one thread where more would not be faster, and says so", async () => {
    const description = { network: sequential(dense(8, 8)), loss, optimizer: adam(0.01), seed: 1 };
    using session = await Session.open(description, { batchSizes: [4], engine: wasm, threads: 2 });
    expect(session.choice.threads).toBe(1);
    const cores = availableParallelism();
    expect(session.choice.why).toContain(
      cores === 1 ? "there is only one processor core" : "the step is too small to be faster on several threads",
    );
  });

  it.skipIf(availableParallelism() === 1)(
    "takes as many threads as there are cores for work enough (skipped: there is one core)",
    async () => {
      const description = {
        network: sequential(dense(256, 256), relu, dense(256, 10)),
        loss,
        optimizer: adam(0.01),
        seed: 1,
      };
      using session = await Session.open(description, { batchSizes: [256], engine: wasm, threads: 1000 });
      expect(session.choice.threads).toBe(availableParallelism());
      expect(session.choice.why).toContain(`there are only ${availableParallelism()} processor cores`);
    },
  );

  it("leaves the heap as it is", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const device = await onThreads(2).open([longPlan(5, 24)]);
    const runs = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const waiting = device.run(0);
        if (waiting !== undefined) await waiting;
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = await runs(1000);
    expect((await runs(10_000)) - before).toBeLessThan(200_000);
    device.close();
  });
});
