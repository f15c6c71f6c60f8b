import type { Op } from "../tensor/index.js";
import { absOp } from "./abs.js";
import { addOp } from "./add.js";
import { binaryCrossEntropyOp } from "./binary-cross-entropy.js";
import { broadcastOp } from "./broadcast.js";
import { crossEntropyOp } from "./cross-entropy.js";
import { divOp } from "./div.js";
import { eluOp } from "./elu.js";
import { equalOp } from "./equal.js";
import { expOp } from "./exp.js";
import { geluOp } from "./gelu.js";
import { hardtanhOp } from "./hardtanh.js";
import { leakyReluOp } from "./leaky-relu.js";
import { logOp } from "./log.js";
import { logSoftmaxOp } from "./log-softmax.js";
import { matmulOp } from "./matmul.js";
import { maxOp } from "./max.js";
import { maximumOp } from "./maximum.js";
import { meanOp } from "./mean.js";
import { minimumOp } from "./minimum.js";
import { mishOp } from "./mish.js";
import { mulOp } from "./mul.js";
import { negOp } from "./neg.js";
import { normalCdfOp } from "./normal-cdf.js";
import { oneHotOp } from "./one-hot.js";
import { powOp } from "./pow.js";
import { reluOp } from "./relu.js";
import { reshapeOp } from "./reshape.js";
import { seluOp } from "./selu.js";
import { sigmoidOp } from "./sigmoid.js";
import { signOp } from "./sign.js";
import { siluOp } from "./silu.js";
import { sliceOp } from "./slice.js";
import { softmaxOp } from "./softmax.js";
import { softmaxCrossEntropyOp, softmaxMinusTargetOp } from "./softmax-cross-entropy.js";
import { softplusOp } from "./softplus.js";
import { softsignOp } from "./softsign.js";
import { sqrtOp } from "./sqrt.js";
import { stackOp } from "./stack.js";
import { stepOp } from "./step.js";
import { subOp } from "./sub.js";
import { sumOp } from "./sum.js";
import { tanhOp } from "./tanh.js";
import { transposeOp } from "./transpose.js";
import { uniformOp } from "./uniform.js";
import { whereOp } from "./where.js";

/** Ops that act on each number alone. */
export const elementwiseOps = {
  add: addOp,
  sub: subOp,
  mul: mulOp,
  div: divOp,
  neg: negOp,
  exp: expOp,
  log: logOp,
  sqrt: sqrtOp,
  pow: powOp,
  abs: absOp,
  sign: signOp,
  step: stepOp,
  equal: equalOp,
  where: whereOp,
  minimum: minimumOp,
  maximum: maximumOp,
  sigmoid: sigmoidOp,
  tanh: tanhOp,
  relu: reluOp,
  leakyRelu: leakyReluOp,
  elu: eluOp,
  selu: seluOp,
  gelu: geluOp,
  normalCdf: normalCdfOp,
  silu: siluOp,
  softplus: softplusOp,
  softsign: softsignOp,
  hardtanh: hardtanhOp,
  mish: mishOp,
  crossEntropy: crossEntropyOp,
  binaryCrossEntropy: binaryCrossEntropyOp,
};

/** Ops in which numbers meet: products, sums, rows, and those that only move numbers. */
export const structuralOps = {
  matmul: matmulOp,
  transpose: transposeOp,
  reshape: reshapeOp,
  broadcast: broadcastOp,
  sum: sumOp,
  mean: meanOp,
  max: maxOp,
  softmax: softmaxOp,
  logSoftmax: logSoftmaxOp,
  softmaxCrossEntropy: softmaxCrossEntropyOp,
  softmaxMinusTarget: softmaxMinusTargetOp,
  oneHot: oneHotOp,
  uniform: uniformOp,
  stack: stackOp,
  slice: sliceOp,
};

/** Every op there is. What walks this table (derivative checks, engines, conformance) has forgotten none. */
export const ops = { ...elementwiseOps, ...structuralOps } satisfies Record<string, Op>;

export type ElementwiseName = keyof typeof elementwiseOps;
export type StructuralName = keyof typeof structuralOps;
export type OpName = ElementwiseName | StructuralName;
