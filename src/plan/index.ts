// What a plan is made of, so that an engine needs no other room.
export type { ElementwiseName, StructuralName } from "../ops/index.js";
export {
  type Attributes,
  type ElementwiseOp,
  type Op,
  type Shape,
  sizeOf,
  stridesOf,
  type Value,
} from "../tensor/index.js";
export { descent } from "./descent.js";
export type { Graph, PlanOptions, Update } from "./graph.js";
export { planGraph, planTogether } from "./plan.js";
export { formatPlan } from "./print.js";
export type {
  Broadcasting,
  Buffer,
  BufferRole,
  CopyStep,
  ElementwiseInput,
  ElementwiseStep,
  Instruction,
  MatmulStep,
  OpStep,
  Phase,
  Plan,
  Step,
  View,
} from "./steps.js";
