export { type FromOnnxOptions, fromOnnx } from "./from-onnx.js";
export { type LoweredPlan, lowerPlan, type Port } from "./lower-plan.js";
export { encodeOnnx, type OnnxModel } from "./proto.js";
export { type ToOnnxOptions, toOnnx } from "./to-onnx.js";
