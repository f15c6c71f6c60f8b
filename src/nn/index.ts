export {
  type Activation,
  type ActivationName,
  activation,
  activationLayer,
  activationName,
  activations,
} from "./activation.js";
export { type DenseOptions, dense } from "./dense.js";
export { type Description, describeNetwork, layerFrom, layerToPredict, lossFrom } from "./describe.js";
export { dropout } from "./dropout.js";
export { gains, leakyReluGain } from "./gain.js";
export {
  constant,
  heNormal,
  heUniform,
  type Initializer,
  initializers,
  lecunNormal,
  lecunUniform,
  normal,
  orthogonal,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros,
} from "./initializers.js";
export type { Layer, LayerKind, Part, Pass, StateUpdate } from "./layer.js";
export {
  type BinaryLossOptions,
  binaryCrossEntropy,
  type ClassLossOptions,
  crossEntropy,
  huber,
  type Loss,
  type LossName,
  losses,
  meanAbsoluteError,
  meanSquaredError,
  type Reduction,
  softmaxCrossEntropy,
  type ValueLossOptions,
} from "./losses.js";
export { type ForwardResult, Network, type NetworkTensor } from "./network.js";
export { batchNorm, layerNorm } from "./normalize.js";
export { type LayerLike, network, sequential } from "./sequential.js";
