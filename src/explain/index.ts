export { explain } from "./explain.js";
export type {
  CachedValue,
  Convention,
  DifferenceCheck,
  ExplainedElement,
  ExplainedPrediction,
  ExplainedStep,
  Explanation,
  Factor,
  MatrixStatistics,
  Piece,
  ShapeRow,
} from "./explanation.js";
export { checkGradientsOf, type GradientTarget, gradientTargets, type TargetCheck } from "./gradcheck.js";
export type { ExplainOptions } from "./options.js";
export { type RenderOptions, renderExplanation } from "./render/index.js";
export type { ExplainPaint } from "./render/text.js";
