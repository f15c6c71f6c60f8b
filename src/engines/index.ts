export { type Device, type Engine, EngineError, type EngineName, type EngineOptions } from "./contract.js";
export { reference } from "./reference/index.js";
export { type EngineChoice, engines, selectEngine } from "./select.js";
export { wasm } from "./wasm/index.js";
