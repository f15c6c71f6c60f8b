export { type Device, type Engine, EngineError, type EngineName, type EngineOptions } from "./contract.js";
export { onnx, onnxEngine } from "./onnx/index.js";
export { reference } from "./reference/index.js";
export { type EngineChoice, engines, selectEngine } from "./select.js";
export { whyNoFastMath } from "./wasm/builds.js";
export { wasm } from "./wasm/index.js";
