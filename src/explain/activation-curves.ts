import { evaluateAll, gradients } from "../autodiff/index.js";
import { type ActivationName, activations } from "../nn/index.js";
import { constantTensor } from "../ops/constant.js";
import { described } from "../ops/index.js";
import { input } from "../ops/leaves.js";
import { matmul } from "../ops/matmul.js";
import { reshape } from "../ops/reshape.js";
import type { Formula, Tensor } from "../tensor/index.js";

/** Activations that work on a row of numbers; they are drawn for the first of two numbers, the other held at 0. */
export const rowActivations: readonly ActivationName[] = ["softmax", "logSoftmax"];

export const activationNames = Object.keys(activations) as ActivationName[];

/** An activation at given points: its values, and its derivatives as `gradients()` finds them. */
export interface ActivationValues {
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

export function activationAt(name: ActivationName, points: readonly number[]): ActivationValues {
  const x = input([points.length], "x");
  const y = apply(name, x);
  const [slope] = gradients(y, [x], constantTensor([points.length], new Float64Array(points.length).fill(1)));
  const [value, derivative] = evaluateAll([y, slope], new Map([[x as Tensor, points]]));
  return { value: value?.data ?? new Float64Array(), slope: derivative?.data ?? new Float64Array() };
}

/** The formula of an activation as its op states it. */
export function formulaOf(name: ActivationName): Formula {
  const row = rowActivations.includes(name);
  const y = activations[name](input(row ? [1, 2] : [1], "x") as Tensor) as Tensor;
  return described(y.op).formula;
}

function apply(name: ActivationName, x: Tensor<readonly [number]>): Tensor {
  const activation = activations[name] as (x: Tensor) => Tensor;
  if (!rowActivations.includes(name)) return activation(x);
  const rows = matmul(reshape(x, [x.shape[0], 1]), constantTensor([1, 2], Float64Array.of(1, 0)));
  return reshape(matmul(activation(rows), constantTensor([2, 1], Float64Array.of(1, 0))), x.shape);
}
