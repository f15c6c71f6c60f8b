/** The safetensors format: tensors by name behind a JSON header; no code, no pickles. */
export { decodeSafetensors, type Safetensors } from "./safetensors-decode.js";
export type { Dtype, DtypeArrays, StoredTensor } from "./safetensors-dtype.js";
export { encodeSafetensors } from "./safetensors-encode.js";
