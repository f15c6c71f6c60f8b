import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  adam,
  batchNorm,
  type Checkpoints,
  checkpoint,
  dense,
  dropout,
  FileError,
  FormatError,
  momentum,
  readCheckpoint,
  relu,
  resume,
  saveModel,
  schedules,
  sequential,
  softmaxCrossEntropy,
  synthetic,
  type TrainOptions,
  train,
  UsageError,
} from "../../src/index.js";
import { folder } from "../cli/run.js";

const { training, test } = synthetic.spiral({ seed: 2 });
const network = sequential(dense(2, 16), batchNorm(16), relu, dropout(0.2), dense(16, 2));
const base: TrainOptions = {
  loss: softmaxCrossEntropy(),
  optimizer: adam(0.01),
  epochs: 10,
  batch: 32,
  seed: 3,
  schedule: schedules.cosine({ epochs: 10 }),
};

/** Trains and keeps every checkpoint. */
async function kept(options: TrainOptions, steps: number) {
  const files: Uint8Array[] = [];
  const run = await train(network, training, {
    ...options,
    checkpoint: checkpoint((bytes) => void files.push(bytes), { steps }),
  });
  return { run, files };
}

/** Trains until a step and is interrupted there. */
async function stoppedAt(step: number, where: Checkpoints, options = base) {
  const controller = new AbortController();
  return await train(network, training, {
    ...options,
    checkpoint: where,
    signal: controller.signal,
    onStep: (report) => {
      if (report.step === step) controller.abort();
    },
  });
}

/** History without the clock. */
const without = (history: readonly object[]) => history.map((report) => ({ ...report, seconds: 0 }));

describe("going on from a checkpoint", () => {
  const cases: [string, TrainOptions][] = [
    ["Adam, dropout, batch normalization and a schedule", base],
    ["momentum in float64", { ...base, optimizer: momentum(0.05), engine: "reference" }],
    [
      "validation and patience",
      { ...base, validation: test, patience: 3, epochs: 12, schedule: schedules.step({ every: 5 }) },
    ],
  ];

  it.each(cases)("gives the same bits as never having stopped: %s", async (_, options) => {
    const { run, files } = await kept(options, 17);
    const whole = await saveModel(run);
    expect(files.length).toBeGreaterThan(5);
    const plain = await train(network, training, options);
    expect(await saveModel(plain)).toEqual(whole);
    // In the middle of an epoch, at its end, and when all was done.
    for (const bytes of [files[2], files[4], files.at(-2), files.at(-1)]) {
      const again = await resume(bytes as Uint8Array, network, training, options);
      expect(await saveModel(again)).toEqual(whole);
      expect(without(again.history)).toEqual(without(run.history));
      expect([again.steps, again.epochs, again.bestEpoch, again.ended]).toEqual([
        run.steps,
        run.epochs,
        run.bestEpoch,
        run.ended,
      ]);
    }
  });

  it("works from a folder, after an interruption in the middle of epoch 4", async () => {
    const cwd = join(folder(), "run");
    const stopped = await stoppedAt(45, checkpoint(cwd));
    expect(stopped.ended).toBe("interrupted");
    expect(readdirSync(cwd)).toEqual(["checkpoint.safetensors"]);
    expect(await readCheckpoint(cwd)).toMatchObject({ epoch: 4, index: 6, steps: 45 });
    const again = await resume(cwd, network, training, base);
    expect(await saveModel(again)).toEqual(await saveModel(await train(network, training, base)));
    const file = await resume(join(cwd, "checkpoint.safetensors"), network, training, base);
    expect(file.steps).toBe(again.steps);
  });

  it("survives being stopped again and again", async () => {
    const cwd = folder();
    await stoppedAt(20, checkpoint(cwd));
    for (const step of [21, 40, 77]) {
      await stoppedAt(step, checkpoint(cwd), { ...base, from: await readCheckpoint(cwd) });
    }
    const again = await resume(cwd, network, training, base);
    expect(await saveModel(again)).toEqual(await saveModel(await train(network, training, base)));
  });

  it("may train for more epochs than were meant", async () => {
    const options = { ...base, schedule: schedules.step({ every: 4 }), epochs: 4 };
    const cwd = folder();
    await train(network, training, { ...options, checkpoint: checkpoint(cwd) });
    const more = await resume(cwd, network, training, { ...options, epochs: 7 });
    expect(await saveModel(more)).toEqual(await saveModel(await train(network, training, { ...options, epochs: 7 })));
  });
});

describe("a checkpoint that does not fit", () => {
  const from = async () => (await kept({ ...base, epochs: 1 }, 5)).files[0] as Uint8Array;

  it.each([
    ["another optimizer", { optimizer: adam(0.02) }, "optimizer adam(0.01)"],
    ["another seed", { seed: 4 }, "made with seed 3, this training has 4"],
    ["another batch", { batch: 16 }, "made with batch 32, this training has 16"],
    ["clipping", { clip: 1 }, "made with clip none, this training has 1"],
    ["another engine", { engine: "reference" }, "made with engine wasm, this training has reference"],
  ] as const)("is refused: %s", async (_, change, message) => {
    const failed = resume(await from(), network, training, { ...base, ...change });
    await expect(failed).rejects.toThrow(UsageError);
    await expect(failed).rejects.toThrow(message);
  });

  it("is refused for other data or another network", async () => {
    const other = synthetic.spiral({ seed: 5 }).training;
    await expect(resume(await from(), network, other, base)).rejects.toThrow("data is not what the checkpoint");
    const wider = sequential(dense(2, 17), relu, dense(17, 2));
    await expect(resume(await from(), wider, training, base)).rejects.toThrow("made with network dense");
  });

  it("never starts afresh where there is none", async () => {
    const cwd = folder();
    mkdirSync(join(cwd, "empty"));
    for (const path of ["nowhere", "empty"].map((name) => join(cwd, name))) {
      const failed = resume(path, network, training, base);
      await expect(failed).rejects.toThrow(FileError);
      await expect(failed).rejects.toThrow("there is no checkpoint at");
    }
  });

  it("is refused when any byte of its description is damaged or its end is missing", async () => {
    const bytes = await from();
    const header = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    let refused = 0;
    for (let at = 0; at < 8 + header; at += 7) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 0x15;
      const outcome = await readCheckpoint(damaged).then(
        () => "read",
        (error: unknown) => error,
      );
      if (outcome === "read") continue;
      expect(outcome).toBeInstanceOf(FormatError);
      refused++;
    }
    expect(refused).toBeGreaterThan(100);
    for (const length of [0, 7, 100, bytes.length - 1]) {
      await expect(readCheckpoint(bytes.subarray(0, length))).rejects.toThrow(FormatError);
    }
    const model = await saveModel(await train(network, training, { ...base, epochs: 1 }));
    await expect(readCheckpoint(model)).rejects.toThrow("is no checkpoint of a training");
  });

  it("leaves the last whole one where it cannot be written", async () => {
    const cwd = folder();
    await train(network, training, { ...base, epochs: 1, checkpoint: checkpoint(cwd) });
    const before = readFileSync(join(cwd, "checkpoint.safetensors"));
    writeFileSync(join(cwd, "file"), "");
    const failed = train(network, training, { ...base, epochs: 1, checkpoint: checkpoint(join(cwd, "file", "sub")) });
    await expect(failed).rejects.toThrow();
    expect(readFileSync(join(cwd, "checkpoint.safetensors"))).toEqual(before);
  });
});
