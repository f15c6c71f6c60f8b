export { activationAt, activationNames, formulaOf, rowActivations } from "./activation-curves.js";
export { type ActivationDrawing, activationDrawing } from "./activation-drawing.js";
export { type ActivationFacts, activationFacts, type Kink } from "./activation-facts.js";
export { type ActivationCosts, type ExplainedTable, tableOfAll, tableOfThree } from "./activation-tables.js";
export { derivatives as activationDerivatives, titles as activationTitles } from "./activation-texts.js";
export type { Derivation, DerivationLine, DerivationSection } from "./derive/derivation.js";
export { derive } from "./derive/derive.js";
export { deriveExpression, type ExpressionOptions } from "./derive/expression.js";
export { deriveSoftmaxJacobian } from "./derive/jacobian-route.js";
export { deriveSoftmaxCrossEntropy } from "./derive/softmax-route.js";
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
export { type RenderOptions, renderDerivation, renderExplanation } from "./render/index.js";
export type { ExplainPaint } from "./render/text.js";
