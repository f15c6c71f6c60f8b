export { type Choice, sentenceOf } from "./choose.js";
export { type Device, type Engine, EngineError, type EngineName, type EngineOptions } from "./contract.js";
export { onnx, onnxEngine } from "./onnx/index.js";
export { reference } from "./reference/index.js";
export { chooseEngine, type EngineChoice, engines, selectEngine, type Wish } from "./select.js";
export { whyNoFastMath } from "./wasm/builds.js";
export { wasm } from "./wasm/index.js";
