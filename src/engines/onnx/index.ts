import { type Engine, EngineError } from "../contract.js";
import type { Runtime } from "./runtime.js";

/**
 * Plans on ONNX Runtime, in float32, when the user has installed it (`npm install onnxruntime-node`; it is never required).
 * A plan becomes one ONNX graph, forward, backward and update together (`src/formats/onnx/`); parameters and states live in
 * two sets of tensors that change roles at each step, so nothing is copied. Its results may differ in the last bits from machine
 * to machine.
 */
export const onnx: Engine = onnxEngine(async () => (await import("./runtime.js")).importRuntime());

/** The engine on a runtime of your own: `onnxruntime-web` has the same interface. */
export function onnxEngine(load: () => Promise<Runtime>): Engine {
  return {
    name: "onnx",
    precision: "float32",
    open: async (plans, options = {}) => {
      const { provider = "cpu" } = options;
      if (!providers.includes(provider)) {
        throw new EngineError(`there is no provider ${JSON.stringify(provider)}; choose ${providers.join(", ")}`);
      }
      const [runtime, { openDevice }] = await Promise.all([load(), import("./device.js")]);
      return openDevice(runtime, plans, options);
    },
  };
}

const providers: readonly string[] = ["cpu", "cuda", "webgpu"];
