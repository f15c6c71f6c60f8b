import type { DescribedOp, Op } from "../tensor/index.js";
import { absDescription, absOp } from "./abs.js";
import { addDescription, addOp } from "./add.js";
import { binaryCrossEntropyDescription, binaryCrossEntropyOp } from "./binary-cross-entropy.js";
import { broadcastDescription, broadcastOp } from "./broadcast.js";
import { crossEntropyDescription, crossEntropyOp } from "./cross-entropy.js";
import { describe, describeElementwise } from "./describe.js";
import { divDescription, divOp } from "./div.js";
import { eluDescription, eluOp } from "./elu.js";
import { equalDescription, equalOp } from "./equal.js";
import { expDescription, expOp } from "./exp.js";
import { geluDescription, geluOp } from "./gelu.js";
import { hardtanhDescription, hardtanhOp } from "./hardtanh.js";
import { leakyReluDescription, leakyReluOp } from "./leaky-relu.js";
import { logDescription, logOp } from "./log.js";
import { logSoftmaxDescription, logSoftmaxOp } from "./log-softmax.js";
import { matmulDescription, matmulOp } from "./matmul.js";
import { maxDescription, maxOp } from "./max.js";
import { maximumDescription, maximumOp } from "./maximum.js";
import { meanDescription, meanOp } from "./mean.js";
import { minimumDescription, minimumOp } from "./minimum.js";
import { mishDescription, mishOp } from "./mish.js";
import { mulDescription, mulOp } from "./mul.js";
import { negDescription, negOp } from "./neg.js";
import { normalCdfDescription, normalCdfOp } from "./normal-cdf.js";
import { oneHotDescription, oneHotOp } from "./one-hot.js";
import { powDescription, powOp } from "./pow.js";
import { reluDescription, reluOp } from "./relu.js";
import { reshapeDescription, reshapeOp } from "./reshape.js";
import { seluDescription, seluOp } from "./selu.js";
import { sigmoidDescription, sigmoidOp } from "./sigmoid.js";
import { signDescription, signOp } from "./sign.js";
import { siluDescription, siluOp } from "./silu.js";
import { sliceDescription, sliceOp } from "./slice.js";
import { softmaxDescription, softmaxOp } from "./softmax.js";
import {
  softmaxCrossEntropyDescription,
  softmaxCrossEntropyOp,
  softmaxMinusTargetDescription,
  softmaxMinusTargetOp,
} from "./softmax-cross-entropy.js";
import { softplusDescription, softplusOp } from "./softplus.js";
import { softsignDescription, softsignOp } from "./softsign.js";
import { sqrtDescription, sqrtOp } from "./sqrt.js";
import { stackDescription, stackOp } from "./stack.js";
import { stepDescription, stepOp } from "./step.js";
import { subDescription, subOp } from "./sub.js";
import { sumDescription, sumOp } from "./sum.js";
import { tanhDescription, tanhOp } from "./tanh.js";
import { transposeDescription, transposeOp } from "./transpose.js";
import { uniformDescription, uniformOp } from "./uniform.js";
import { whereDescription, whereOp } from "./where.js";

/** Ops that act on each number alone. */
export const elementwiseOps = {
  add: describeElementwise(addOp, addDescription()),
  sub: describeElementwise(subOp, subDescription()),
  mul: describeElementwise(mulOp, mulDescription()),
  div: describeElementwise(divOp, divDescription()),
  neg: describeElementwise(negOp, negDescription()),
  exp: describeElementwise(expOp, expDescription()),
  log: describeElementwise(logOp, logDescription()),
  sqrt: describeElementwise(sqrtOp, sqrtDescription()),
  pow: describeElementwise(powOp, powDescription()),
  abs: describeElementwise(absOp, absDescription()),
  sign: describeElementwise(signOp, signDescription()),
  step: describeElementwise(stepOp, stepDescription()),
  equal: describeElementwise(equalOp, equalDescription()),
  where: describeElementwise(whereOp, whereDescription()),
  minimum: describeElementwise(minimumOp, minimumDescription()),
  maximum: describeElementwise(maximumOp, maximumDescription()),
  sigmoid: describeElementwise(sigmoidOp, sigmoidDescription()),
  tanh: describeElementwise(tanhOp, tanhDescription()),
  relu: describeElementwise(reluOp, reluDescription()),
  leakyRelu: describeElementwise(leakyReluOp, leakyReluDescription()),
  elu: describeElementwise(eluOp, eluDescription()),
  selu: describeElementwise(seluOp, seluDescription()),
  gelu: describeElementwise(geluOp, geluDescription()),
  normalCdf: describeElementwise(normalCdfOp, normalCdfDescription()),
  silu: describeElementwise(siluOp, siluDescription()),
  softplus: describeElementwise(softplusOp, softplusDescription()),
  softsign: describeElementwise(softsignOp, softsignDescription()),
  hardtanh: describeElementwise(hardtanhOp, hardtanhDescription()),
  mish: describeElementwise(mishOp, mishDescription()),
  crossEntropy: describeElementwise(crossEntropyOp, crossEntropyDescription()),
  binaryCrossEntropy: describeElementwise(binaryCrossEntropyOp, binaryCrossEntropyDescription()),
};

/** Ops in which numbers meet: products, sums, rows, and those that only move numbers. */
export const structuralOps = {
  matmul: describe(matmulOp, matmulDescription()),
  transpose: describe(transposeOp, transposeDescription()),
  reshape: describe(reshapeOp, reshapeDescription()),
  broadcast: describe(broadcastOp, broadcastDescription()),
  sum: describe(sumOp, sumDescription()),
  mean: describe(meanOp, meanDescription()),
  max: describe(maxOp, maxDescription()),
  softmax: describe(softmaxOp, softmaxDescription()),
  logSoftmax: describe(logSoftmaxOp, logSoftmaxDescription()),
  softmaxCrossEntropy: describe(softmaxCrossEntropyOp, softmaxCrossEntropyDescription()),
  softmaxMinusTarget: describe(softmaxMinusTargetOp, softmaxMinusTargetDescription()),
  oneHot: describe(oneHotOp, oneHotDescription()),
  uniform: describe(uniformOp, uniformDescription()),
  stack: describe(stackOp, stackDescription()),
  slice: describe(sliceOp, sliceDescription()),
};

/** Every op there is. What walks this table (derivative checks, engines, conformance) has forgotten none. */
export const ops = { ...elementwiseOps, ...structuralOps } satisfies Record<string, DescribedOp>;

export type ElementwiseName = keyof typeof elementwiseOps;
export type StructuralName = keyof typeof structuralOps;
export type OpName = ElementwiseName | StructuralName;

/** A node's op with its description; the leaves of a graph have none. */
export function described(op: Op): DescribedOp {
  return ops[op.name as OpName];
}
