import { afterEach, describe, expect, it } from "vitest";
import { type Device, type Engine, engines, reference } from "../../src/engines/index.js";
import {
  adam,
  dense,
  dropout,
  EngineError,
  relu,
  Session,
  sequential,
  sgd,
  softmaxCrossEntropy,
  synthetic,
  type TrainOptions,
  tanh,
  train,
  UsageError,
} from "../../src/index.js";

const network = sequential(dense(2, 3), tanh, dense(3, 2));
const description = { network, loss: softmaxCrossEntropy(), optimizer: adam(0.1), seed: 1 };
const open = (more: { batchSizes?: number[]; predictBatch?: number; keep?: "named" } = {}) =>
  Session.open(description, { batchSizes: [4, 3], engine: reference, ...more });

/** One step on a batch of so many fixed examples. */
async function step(session: Session, size: number): Promise<void> {
  const { x, t } = session.batch(size);
  x.forEach((_, i) => {
    x[i] = Math.sin(i + 1);
  });
  t.forEach((_, i) => {
    t[i] = i % 2;
  });
  await session.step(size, 0.1);
}

describe("a session", () => {
  it("starts with what the initializers give for the seed, and zeros for biases and memories", async () => {
    using session = await open();
    const bound = Math.sqrt(6 / 5);
    expect([...session.read("b[1]"), ...session.read("m W[1]"), ...session.read("v b[2]")].every((x) => x === 0)).toBe(
      true,
    );
    expect(session.read("W[1]").every((x) => x !== 0 && Math.abs(x) <= bound)).toBe(true);
    using again = await open();
    expect(again.read("W[1]")).toEqual(session.read("W[1]"));
  });

  it("writes parameters and states by name, and reads them back", async () => {
    using session = await open();
    session.write(
      new Map<string, ArrayLike<number>>([
        ["W[1]", [1, 2, 3, 4, 5, 6]],
        ["b[2]", Float32Array.of(7, 8)],
      ]),
    );
    expect([...session.read("W[1]")]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...session.read("b[2]")]).toEqual([7, 8]);
  });

  it("gives copies: what is read does not change what is trained", async () => {
    using session = await open();
    session.read("W[1]").fill(0);
    session.weights().get("W[1]")?.fill(0);
    expect(session.read("W[1]").some((x) => x !== 0)).toBe(true);
  });

  it("keeps parameters and memories when batches of another size take their turn", async () => {
    using session = await open();
    await step(session, 4);
    const before = session.read("W[1]");
    await step(session, 3);
    const after = session.read("W[1]");
    expect(after).not.toEqual(before);
    expect(session.steps).toBe(2);
    expect(session.read("W[1]", 3)).toEqual(session.read("W[1]", 4));
  });

  it("goes back to a snapshot and takes the very same step again", async () => {
    using session = await open();
    await step(session, 4);
    const [snapshot, steps] = [session.snapshot(), session.steps];
    await step(session, 4);
    const once = session.weights();
    session.restore(snapshot);
    session.steps = steps;
    await step(session, 4);
    expect(session.weights()).toEqual(once);
  });

  it("kept to be looked at, shows every named value of the step", async () => {
    using session = await open({ keep: "named" });
    await step(session, 4);
    for (const name of ["Z[1]", "A[1]", "dZ[1]", "dA[1]", "dW[1]", "db[2]", "loss"])
      expect(session.read(name).every(Number.isFinite), name).toBe(true);
    expect(session.read("dW[1]").length).toBe(6);
  });

  it("predicts with the weights as they are, between steps", async () => {
    using session = await open({ predictBatch: 2 });
    const ask = async () => Float64Array.from(await session.predict((x) => x.fill(0.5)));
    const first = await ask();
    await step(session, 4);
    const second = await ask();
    expect(first.length).toBe(4);
    expect(second).not.toEqual(first);
    expect(await ask()).toEqual(second);
  });

  it.each([
    [
      "a name that is not there",
      (s: Session) => s.read("W[9]"),
      /^there is no readable value "W\[9\]"; this session has .*W\[1\]/,
    ],
    [
      "a value whose memory was used again",
      (s: Session) => s.read("dZ[1]"),
      /open it with keep: "named" to read the rest/,
    ],
    [
      "a batch size it was not opened for",
      (s: Session) => s.batch(5),
      /^this session was opened for batches of 4 and 3, not of 5$/,
    ],
    [
      "a step of such a size",
      (s: Session) => s.step(5, 0.1),
      /^this session was opened for batches of 4 and 3, not of 5$/,
    ],
    ["numbers of another length", (s: Session) => s.write(new Map([["b[1]", [1]]])), /^b\[1\] holds 3 numbers, got 1$/],
    [
      "a parameter that is not there",
      (s: Session) => s.write(new Map([["W[7]", [1]]])),
      /^there is no parameter or state "W\[7\]"; this session has W\[1\], b\[1\], W\[2\], b\[2\]$/,
    ],
  ] as const)("refuses %s", async (_, act, message) => {
    using session = await open();
    const failed = (() => {
      try {
        return act(session);
      } catch (error) {
        return error;
      }
    })();
    expect(failed).toBeInstanceOf(UsageError);
    expect((failed as Error).message).toMatch(message);
  });

  it("refuses to predict when opened without, and to open without a batch size", async () => {
    using session = await open();
    await expect(session.predict(() => {})).rejects.toThrow(
      new UsageError("this session was opened without a batch size for prediction"),
    );
    await expect(open({ batchSizes: [] })).rejects.toThrow(new UsageError("a session needs at least one batch size"));
  });
});

describe("what is opened is closed", () => {
  const counted = { opened: 0, closed: 0 };
  const plain = engines.reference.open;
  const engine = engines.reference as { open: Engine["open"] };

  /** The reference engine with its doors counted. */
  function watch(): void {
    Object.assign(counted, { opened: 0, closed: 0 });
    engine.open = async (plans, options) => {
      const device: Device = await plain(plans, options);
      counted.opened++;
      return {
        arena: device.arena,
        run: (which) => device.run(which),
        close: () => {
          counted.closed++;
          device.close();
        },
      };
    };
  }
  afterEach(() => {
    engine.open = plain;
  });

  const { training } = synthetic.moons({ count: 60 });
  const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.1),
    epochs: 2,
    engine: "reference",
    ...more,
  });

  it("after training, predicting and evaluating", async () => {
    watch();
    const run = await train(network, training, options());
    expect(counted).toEqual({ opened: 1, closed: 1 });
    await run.predict([[0, 0]]);
    await run.evaluateOn(training);
    expect(counted).toEqual({ opened: 3, closed: 3 });
  });

  it("after training diverged, and its cause was looked for", async () => {
    watch();
    await expect(
      train(sequential(dense(2, 3), relu, dense(3, 2)), training, options({ optimizer: sgd(1e250), epochs: 20 })),
    ).rejects.toThrow("training diverged");
    expect(counted).toEqual({ opened: 2, closed: 2 });
  });

  it("after a callback threw", async () => {
    watch();
    const onEpoch = () => {
      throw new Error("from the callback");
    };
    await expect(train(network, training, options({ onEpoch }))).rejects.toThrow("from the callback");
    expect(counted).toEqual({ opened: 1, closed: 1 });
  });

  it("at the end of a block that uses a session, and then no more", async () => {
    watch();
    {
      using session = await Session.open(description, { batchSizes: [1], engine: engines.reference });
      expect(session.steps).toBe(0);
      expect(counted).toEqual({ opened: 1, closed: 0 });
    }
    expect(counted).toEqual({ opened: 1, closed: 1 });
  });

  it("a closed wasm device says so", async () => {
    const session = await Session.open(description, { batchSizes: [4], engine: engines.wasm });
    session[Symbol.dispose]();
    expect(() => session.step(4, 0.1)).toThrow(EngineError);
  });
});

describe("dropout while training", () => {
  it("two layers of one width drop different units in the same step", async () => {
    const twice = sequential(dense(2, 32), dropout(0.5), dense(32, 32), dropout(0.5), dense(32, 2));
    using session = await Session.open(
      { ...description, network: twice },
      { batchSizes: [4], engine: reference, keep: "named" },
    );
    await step(session, 4);
    const [first, second] = ["D[1]", "D[2]"].map((name) => [...session.read(name)].map((x) => x === 0));
    expect(first?.length).toBe(second?.length);
    expect(first).not.toEqual(second);
  });

  it("draws other units at each step, the same ones for the same seed", async () => {
    const dropped = sequential(dense(2, 32), dropout(0.5), relu, dense(32, 2));
    const zerosOf = async (seed: number): Promise<string[]> => {
      using session = await Session.open(
        { ...description, network: dropped, seed },
        { batchSizes: [4], engine: reference, keep: "named" },
      );
      const patterns: string[] = [];
      for (let i = 0; i < 3; i++) {
        await step(session, 4);
        patterns.push([...session.read("D[1]")].map((x) => (x === 0 ? "0" : "1")).join(""));
      }
      return patterns;
    };
    const [first, again, other] = [await zerosOf(1), await zerosOf(1), await zerosOf(2)];
    expect(new Set(first).size).toBe(3);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    const dropRate =
      first
        .join("")
        .split("")
        .filter((bit) => bit === "0").length /
      (3 * 4 * 32);
    expect(Math.abs(dropRate - 0.5)).toBeLessThan(0.13);
  });
});
