import { elu } from "../ops/elu.js";
import { gelu } from "../ops/gelu.js";
import { hardtanh } from "../ops/hardtanh.js";
import { leakyRelu } from "../ops/leaky-relu.js";
import { input } from "../ops/leaves.js";
import { logSoftmax } from "../ops/log-softmax.js";
import { mish } from "../ops/mish.js";
import { relu } from "../ops/relu.js";
import { selu } from "../ops/selu.js";
import { sigmoid } from "../ops/sigmoid.js";
import { silu } from "../ops/silu.js";
import { softmax } from "../ops/softmax.js";
import { softplus } from "../ops/softplus.js";
import { softsign } from "../ops/softsign.js";
import { tanh } from "../ops/tanh.js";
import { type Attributes, type Shape, type Tensor, UsageError } from "../tensor/index.js";
import type { Layer } from "./layer.js";

/** Activations by name, for command lines and files. */
export const activations = {
  sigmoid,
  tanh,
  relu,
  leakyRelu,
  elu,
  selu,
  gelu,
  silu,
  softplus,
  softsign,
  hardtanh,
  mish,
  softmax,
  logSoftmax,
};

export type ActivationName = keyof typeof activations;

/** A function that keeps the shape: an op such as `relu`, or one of your own made of ops. */
export type Activation = <S extends Shape>(x: Tensor<S>) => Tensor<S>;

/** The options of an activation: those of its second argument. */
type OptionsOf<F> = F extends (x: Tensor, options?: infer O) => unknown ? NonNullable<O> : Record<string, never>;

/** A layer that applies an activation with options: `activation(leakyRelu, { slope: 0.1 })`. Without options pass the op itself. */
export function activation<F extends (x: Tensor, options?: never) => Tensor>(
  apply: F,
  options: OptionsOf<F>,
): Layer<number, number, "activation"> {
  return activationLayer(apply as (x: Tensor, options?: Attributes) => Tensor, options as Attributes);
}

/** A function as a layer. */
export function activationLayer(
  apply: (x: Tensor, options?: Attributes) => Tensor,
  options: Attributes = {},
): Layer<number, number, "activation"> {
  const name = activationName(apply);
  return {
    kind: "activation",
    options: { ...(name !== undefined && { name }), ...options },
    inputs: undefined,
    outputs: undefined,
    parts: {},
    result: "A",
    forward: (x) => {
      const output = apply(x, options);
      if (output.shape.length !== x.shape.length || output.shape.some((size, i) => size !== x.shape[i])) {
        throw new UsageError(
          `an activation must keep the shape: it turned [${x.shape.join(", ")}] into [${output.shape.join(", ")}]`,
        );
      }
      return { output };
    },
  };
}

/**
 * The name of a function if it is one of the library's activations: that of the op it makes, when the op says it is that
 * function's. Found without a table of all of them, so that a page holds only those it uses.
 */
export function activationName(apply: (x: Tensor) => Tensor): ActivationName | undefined {
  try {
    const { op } = apply(input([1, 1], "x"));
    return op.activation?.() === apply ? (op.name as ActivationName) : undefined;
  } catch {
    return undefined; // A function of one's own that needs a larger batch.
  }
}
