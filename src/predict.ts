/**
 * The small entry, `retrograd/predict`: reads a model and predicts with it, in a page that loads no more than that needs (no
 * engine, no planner, no WebAssembly). The same functions from `retrograd` itself are faster.
 */
export { DataError } from "./data/error.js";
export { FormatError } from "./formats/error.js";
export type { Prediction } from "./train/interpret.js";
export type { Model } from "./train/model.js";
export { loadModel, predict } from "./train/predict-by-formula.js";
