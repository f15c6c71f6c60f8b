import type { OpName } from "../../ops/index.js";
import { elementwiseLowerings } from "./elementwise-lowerings.js";
import type { Lowering } from "./lowering.js";
import { structuralLowerings } from "./structural-lowerings.js";

/** Every op as ONNX: one that is forgotten does not compile. */
export const lowerings: { readonly [Name in OpName]: Lowering } = { ...elementwiseLowerings, ...structuralLowerings };
