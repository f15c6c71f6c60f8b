import process from "node:process";
import type { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type { Device } from "../../src/engines/contract.js";
import * as opcodes from "../../src/engines/wasm/opcodes.generated.js";
import { longPlan, onThreads } from "./threaded.js";

/** A device on three threads, and the workers that were started for it. */
async function open(plan = longPlan(6, 320)): Promise<{ device: Device; workers: Worker[] }> {
  const workers: Worker[] = [];
  const note = (worker: Worker) => void workers.push(worker);
  process.on("worker", note);
  const device = await onThreads(3).open([plan]);
  process.off("worker", note);
  expect(workers.length).toBe(2);
  return { device, workers };
}

const ended = (worker: Worker) => new Promise<void>((resolve) => worker.once("exit", () => resolve()));

/** Milliseconds until the next run rejects, and with what. */
async function failing(device: Device): Promise<{ message: string; milliseconds: number }> {
  const start = performance.now();
  const error = await Promise.resolve()
    .then(() => device.run(0))
    .then(
      () => new Error("it did not fail"),
      (reason: Error) => reason,
    );
  expect(error.name).toBe("EngineError");
  return { message: error.message, milliseconds: performance.now() - start };
}

describe("a worker that stops", () => {
  it("in the middle of a step: the step rejects within a second, the next one too, and closing works", async () => {
    const { device, workers } = await open();
    await device.run(0);
    void workers[0]?.terminate();
    const { message, milliseconds } = await failing(device);
    expect(message).toBe(
      "a thread of the wasm engine stopped (it ended with exit code 1); close this session and open it again, or use one thread",
    );
    expect(milliseconds).toBeLessThan(1000);
    expect((await failing(device)).message).toContain("it ended with exit code 1");
    const other = ended(workers[1] as Worker);
    device.close();
    await other;
  });

  it("between two steps: the next one fails", async () => {
    const { device, workers } = await open();
    await device.run(0);
    await workers[1]?.terminate();
    expect((await failing(device)).message).toContain("a thread of the wasm engine stopped");
    device.close();
  });

  it("by a trap in its kernels: the step rejects with the reason", async () => {
    const { device } = await open();
    await device.run(0);
    breakProgram(device);
    const { message, milliseconds } = await failing(device);
    expect(message).toContain("a thread of the wasm engine stopped (unreachable)");
    expect(milliseconds).toBeLessThan(1000);
    device.close();
  });
});

/** Puts an opcode that does not exist into the program of the last thread, in the place of its last barrier. */
function breakProgram({ arena }: Device): void {
  const words = new Int32Array(arena.buffer, 0, arena.byteOffset / 4);
  const sleepsForever = -1;
  for (let i = words.length - 6; i >= 0; i--) {
    if (words[i] !== opcodes.STEP_BARRIER || words[i + 1] !== 6 || words[i + 5] !== sleepsForever) continue;
    words[i] = 999;
    return;
  }
  throw new Error("there is no barrier to break");
}

describe("a run that waits", () => {
  it("cannot be overtaken by another", async () => {
    const { device, workers } = await open(longPlan(40, 320));
    void workers[0]?.terminate();
    const run = Promise.resolve(device.run(0));
    expect(() => device.run(0)).toThrow("the last run has not ended; await it before the next one");
    await expect(run).rejects.toThrow("a thread of the wasm engine stopped");
    device.close();
  });

  it("rejects when the device is closed meanwhile", async () => {
    const { device, workers } = await open();
    void workers[0]?.terminate();
    const run = Promise.resolve(device.run(0));
    device.close();
    await expect(run).rejects.toThrow("this wasm device is closed");
  });
});
