import { describe, expect, it } from "vitest";
import { EngineError, onnxEngine, onnx as packaged } from "../../src/engines/index.js";
import { add } from "../../src/ops/add.js";
import { input, parameterOf, stateOf } from "../../src/ops/leaves.js";
import { mul } from "../../src/ops/mul.js";
import { sub } from "../../src/ops/sub.js";
import { type Plan, planTogether } from "../../src/plan/index.js";
import { absent, loadRuntime, onnx, why } from "./runtime.js";

/** Two plans over one parameter w and one state s: w ← w - x, s ← s + x; and y = w·s. */
function twoPlans(): Plan[] {
  const [w, s] = [parameterOf([3], "w"), stateOf([3], "s")];
  const x = input([3], "x");
  const step = {
    outputs: [mul(x, 2).named("z")],
    updates: [
      { target: w, value: sub(w, x) },
      { target: s, value: add(s, x) },
    ],
  };
  return planTogether([step, { outputs: [mul(w, s).named("y")] }]);
}

const at = (plan: Plan, name: string) => {
  const { offset, length } = plan.buffers.find((buffer) => buffer.name === name) as Plan["buffers"][number];
  return [offset, offset + length] as const;
};

describe.skipIf(absent !== undefined)(`the onnx device${why}`, () => {
  it("keeps parameters in turn in two places, shared by all plans", async () => {
    const plans = twoPlans() as [Plan, Plan];
    const [step, product] = plans;
    const device = await onnx.open(plans);
    device.arena.set([10, 20, 30], at(step, "w")[0]);
    device.push?.();
    const takeStep = () => {
      device.arena.set([1, 2, 3], at(step, "x")[0]);
      return device.run(0);
    };
    for (let i = 1; i <= 3; i++) {
      await takeStep();
      expect([...device.arena.subarray(...at(step, "z"))]).toEqual([2, 4, 6]);
      await device.run(1);
      expect([...device.arena.subarray(...at(product, "y"))]).toEqual(
        [10 - i, 20 - 2 * i, 30 - 3 * i].map((w, j) => w * i * (j + 1)),
      );
    }
    device.pull?.();
    expect([...device.arena.subarray(...at(step, "w"))]).toEqual([7, 14, 21]);
    expect([...device.arena.subarray(...at(step, "s"))]).toEqual([3, 6, 9]);
    device.arena.set([0, 0, 0], at(step, "w")[0]);
    device.push?.();
    await takeStep();
    device.pull?.();
    expect([...device.arena.subarray(...at(step, "w"))]).toEqual([-1, -2, -3]);
    expect([...device.arena.subarray(...at(step, "s"))]).toEqual([4, 8, 12]);
    device.close();
  });

  it("can be closed while it runs, and says that it is closed", async () => {
    const device = await onnx.open(twoPlans());
    const running = device.run(0);
    device.close();
    await running;
    expect(() => device.run(0)).toThrow(/closed; open the plans again/);
    expect(() => device.arena).toThrow(EngineError);
  });

  it("knows its plans and its providers", async () => {
    const device = await onnx.open(twoPlans());
    expect(() => device.run(2)).toThrow(/2 plans, and none at 2/);
    device.close();
    const wrong = onnx.open(twoPlans(), { provider: "npu" as "cpu" });
    await expect(wrong).rejects.toThrow('there is no provider "npu"; choose cpu, cuda, webgpu');
  });

  it("gives ONNX Runtime's reason when a run or its preparation fails", async () => {
    const { InferenceSession, Tensor } = await loadRuntime();
    const failing = (part: "create" | "run") => {
      const fail = async () => {
        throw new Error("/src/core/x.cc:12 void f(int) size > 0 was false. No memory is left\nand a stack");
      };
      const session = { run: fail, release: async () => {} };
      return onnxEngine(async () => ({
        Tensor,
        InferenceSession: part === "create" ? { create: fail } : { create: async () => session },
      }));
    };
    expect(InferenceSession).toBeDefined();
    await expect(failing("create").open(twoPlans())).rejects.toThrow(
      "cannot prepare this plan for cpu: No memory is left; use the wasm engine",
    );
    const device = await failing("run").open(twoPlans());
    await expect(device.run(0)).rejects.toThrow(
      new EngineError("ONNX Runtime could not run the step: No memory is left"),
    );
    device.close();
  });

  it("leaves parameters as they were when a run fails", async () => {
    const { InferenceSession, Tensor } = await loadRuntime();
    let broken = false;
    const flaky = onnxEngine(async () => ({
      Tensor,
      InferenceSession: {
        create: async (model, options) => {
          const session = await InferenceSession.create(model, options);
          const run: typeof session.run = async (feeds, fetches) => {
            if (broken) throw new Error("lost the device");
            return session.run(feeds, fetches);
          };
          return { run, release: () => session.release() };
        },
      },
    }));
    const plans = twoPlans() as [Plan, Plan];
    const device = await flaky.open(plans);
    device.arena.set([1, 1, 1], at(plans[0], "x")[0]);
    await device.run(0);
    broken = true;
    await expect(device.run(0)).rejects.toThrow("lost the device");
    device.pull?.();
    expect([...device.arena.subarray(...at(plans[0], "w"))]).toEqual([-1, -1, -1]);
    device.close();
  });
});

describe("without ONNX Runtime", () => {
  it("says in one sentence what to install", async () => {
    const missing = await packaged.open(twoPlans()).then(
      (device) => device.close(),
      (error: unknown) => error,
    );
    if (missing === undefined) return;
    expect(missing).toEqual(
      new EngineError(
        "the onnx engine runs on ONNX Runtime, which is not installed; install it: npm install onnxruntime-node",
      ),
    );
  });
});
