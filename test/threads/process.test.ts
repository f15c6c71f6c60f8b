import { spawnSync } from "node:child_process";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/stamp.mjs";
import { longPlan, onThreads } from "./threaded.js";

/** Runs a script in a process of its own, with the built library as `library`. */
function run(script: string) {
  const library = pathToFileURL(`${root}/dist/index.js`).href;
  const source = `import * as library from ${JSON.stringify(library)};\n${script}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

const openLarge = `
  const { dense, relu, sequential, sgd, softmaxCrossEntropy, Session, engines } = library;
  const network = sequential(dense(300, 300), relu, dense(300, 10));
  const description = { network, loss: softmaxCrossEntropy(), optimizer: sgd(0.1), seed: 1 };
  const session = await Session.open(description, { batchSizes: [128], engine: engines.wasm, threads: 2 });
  for (let i = 0; i < 3; i++) await session.step(128, 0.1);
  console.log(session.choice.threads);
`;

describe("the process", () => {
  it("ends when its work is done, closed or not, with the built library", () => {
    const { status, stdout, stderr } = run(openLarge);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(["1\n", "2\n"]).toContain(stdout);
  });

  it("ends while a step is still going on", () => {
    const { status } = run(`${openLarge}\n setTimeout(() => process.exit(7)); session.step(128, 0.1);`);
    expect(status).toBe(7);
  });

  it("keeps no worker over many sessions", async () => {
    const workers: Worker[] = [];
    const note = (worker: Worker) => void workers.push(worker);
    process.on("worker", note);
    const plan = longPlan(2, 24);
    for (let i = 0; i < 60; i++) {
      const device = await onThreads(2).open([plan]);
      await device.run(0);
      device.close();
    }
    process.off("worker", note);
    expect(workers.length).toBe(60);
    const left = () => workers.filter(({ threadId }) => threadId !== -1).length;
    for (let i = 0; left() > 0 && i < 100; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(left()).toBe(0);
  });
});
