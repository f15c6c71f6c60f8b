import { createRequire } from "node:module";
import { onnxEngine } from "../../src/engines/onnx/index.js";
import type { Runtime } from "../../src/engines/onnx/runtime.js";
import { install } from "./install.mjs";

/** Why there is no ONNX Runtime to test with; undefined where there is. */
export const absent = await install();

/** ONNX Runtime from this folder's own packages. */
export async function loadRuntime(): Promise<Runtime> {
  return createRequire(import.meta.url)("onnxruntime-node") as Runtime;
}

/** The onnx engine on it. */
export const onnx = onnxEngine(loadRuntime);

/** For titles: says that a suite is skipped, and why. */
export const why = absent === undefined ? "" : ` (skipped: ${absent})`;
