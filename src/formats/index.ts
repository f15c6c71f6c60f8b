export { FileError, FormatError } from "./error.js";
export { readFileBytes, writeFileAtomic } from "./files.js";
export { JsonReader } from "./json-reader.js";
export { decodeModel, encodeModel, encodeWeights, type ModelFile, modelToJson } from "./model-file.js";
export {
  encodeOnnx,
  type FromOnnxOptions,
  fromOnnx,
  type LoweredPlan,
  lowerPlan,
  type Port,
  type ToOnnxOptions,
  toOnnx,
} from "./onnx/index.js";
export {
  type Dtype,
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredTensor,
} from "./safetensors.js";
export { parseStrictJson } from "./strict-json.js";
