// The library's table of contents.

export { checkGradients, evaluate, type Feeds, type GradientCheck, gradients, jacobian } from "./autodiff/index.js";
export {
  applyNormalizer,
  type ColumnKind,
  type ColumnNote,
  type CsvOptions,
  createDataset,
  csv,
  csvColumns,
  csvWith,
  DataError,
  DataOptionError,
  type Dataset,
  digits,
  idx,
  kFold,
  type Normalizer,
  type RawRows,
  type Split,
  splitDataset,
  synthetic,
  type TablePreparation,
  type TableSplit,
  takeRows,
} from "./data/index.js";
export { EngineError, engines, selectEngine, whyNoFastMath } from "./engines/index.js";
export {
  type Experiment,
  type ExperimentOptions,
  experiments,
  type Measured,
  type Result,
  timeActivation,
  timedActivations,
  type Verdict,
} from "./experiments/index.js";
export {
  type ActivationDrawing,
  type ActivationFacts,
  activationDrawing,
  activationFacts,
  type CachedValue,
  checkGradientsOf,
  type Derivation,
  type DifferenceCheck,
  derive,
  deriveExpression,
  deriveSoftmaxCrossEntropy,
  deriveSoftmaxJacobian,
  type ExplainedStep,
  type ExplainedTable,
  type ExplainOptions,
  type Explanation,
  type ExpressionOptions,
  explain,
  type GradientTarget,
  gradientTargets,
  type RenderOptions,
  renderDerivation,
  renderExplanation,
  type TargetCheck,
  tableOfAll,
  tableOfThree,
} from "./explain/index.js";
export {
  encodeWeights,
  FileError,
  FormatError,
  type FromOnnxOptions,
  fromOnnx,
  modelToJson,
  type ToOnnxOptions,
  toOnnx,
  writeFileAtomic,
} from "./formats/index.js";
export { inLanguage, type Language, languages, type Text } from "./language/index.js";
/** Training steps and kernels timed on this machine: what `retrograd bench` measures. */
export * as bench from "./measure/index.js";
export {
  activation,
  activations,
  batchNorm,
  binaryCrossEntropy,
  constant,
  crossEntropy,
  dense,
  dropout,
  heNormal,
  heUniform,
  huber,
  type Initializer,
  initializers,
  type Layer,
  type LayerLike,
  type Loss,
  layerNorm,
  lecunNormal,
  lecunUniform,
  losses,
  meanAbsoluteError,
  meanSquaredError,
  type Network,
  network,
  normal,
  orthogonal,
  sequential,
  softmaxCrossEntropy,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros,
} from "./nn/index.js";
export { abs } from "./ops/abs.js";
export { add } from "./ops/add.js";
export { div } from "./ops/div.js";
export { elu } from "./ops/elu.js";
export { exp } from "./ops/exp.js";
export { gelu } from "./ops/gelu.js";
export { hardtanh } from "./ops/hardtanh.js";
export { ops } from "./ops/index.js";
export { leakyRelu } from "./ops/leaky-relu.js";
export { input, parameter, tensor } from "./ops/leaves.js";
export { log } from "./ops/log.js";
export { logSoftmax } from "./ops/log-softmax.js";
export { matmul } from "./ops/matmul.js";
export { max } from "./ops/max.js";
export { mean } from "./ops/mean.js";
export { mish } from "./ops/mish.js";
export { mul } from "./ops/mul.js";
export { neg } from "./ops/neg.js";
export { pow } from "./ops/pow.js";
export { relu } from "./ops/relu.js";
export { reshape } from "./ops/reshape.js";
export { selu } from "./ops/selu.js";
export { sigmoid } from "./ops/sigmoid.js";
export { silu } from "./ops/silu.js";
export { softmax } from "./ops/softmax.js";
export { softplus } from "./ops/softplus.js";
export { softsign } from "./ops/softsign.js";
export { sqrt } from "./ops/sqrt.js";
export { sub } from "./ops/sub.js";
export { sum } from "./ops/sum.js";
export { tanh } from "./ops/tanh.js";
export { transpose } from "./ops/transpose.js";
export {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  momentum,
  nadam,
  nesterov,
  type Optimizer,
  optimizers,
  radam,
  rmsprop,
  type Schedule,
  schedules,
  sgd,
} from "./optim/index.js";
/** Charts and tables from plain numbers. */
export * as plot from "./plot/index.js";
export { type Picture, type PlotActivationsOptions, plotActivations } from "./plot-activations.js";
export { createRandom, type Random, RandomError } from "./random/index.js";
export { type Shape, ShapeError, Tensor, type TensorValue, UsageError } from "./tensor/index.js";
export {
  type CheckpointOptions,
  type Checkpoints,
  checkpoint,
  type DataSource,
  type Disease,
  DivergedError,
  diagnose,
  diseases,
  type EpochReport,
  type Evaluation,
  evaluateOn,
  Feed,
  type Finding,
  type LayerReading,
  loadModel,
  type Model,
  type Prediction,
  Predictor,
  type PrintablePlan,
  Probe,
  type ProbeBatch,
  type ProgramDescription,
  plan,
  predict,
  type Reading,
  type Recipe,
  type Run,
  readCheckpoint,
  recipeFrom,
  resume,
  Session,
  type StepReport,
  saveModel,
  type TrainingState,
  type TrainOptions,
  toTypeScript,
  train,
  type Watch,
  type WatchOptions,
  watch,
} from "./train/index.js";
