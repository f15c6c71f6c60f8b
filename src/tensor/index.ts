export { ShapeError, UsageError } from "./errors.js";
export {
  type Attributes,
  type DescribedOp,
  type ElementwiseOp,
  type Formula,
  isElementwise,
  type Letters,
  type Op,
  type OpDescription,
  type Sample,
  type Value,
} from "./op.js";
export { inOrder } from "./order.js";
export {
  broadcastIndices,
  broadcastShapes,
  checkShape,
  formatShape,
  normalizeAxis,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from "./shape.js";
export type {
  BroadcastResult,
  CheckBroadcast,
  CheckProduct,
  Nested,
  NestedShape,
  Operand,
  ProductShape,
  ShapeOf,
  ShapeText,
  SizesMeet,
  TransposeShape,
} from "./shape-types.js";
export { Tensor } from "./tensor.js";
export { flatten, TensorValue } from "./value.js";
