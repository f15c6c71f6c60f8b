import { add } from "../ops/add.js";
import { matmul } from "../ops/matmul.js";
import { transpose } from "../ops/transpose.js";
import type { Tensor } from "../tensor/index.js";
import { checkFeatures } from "./features.js";
import { type Initializer, xavierUniform, zeros } from "./initializers.js";
import type { Layer, Part } from "./layer.js";

export interface DenseOptions {
  /** How the weights start. Left out, `sequential` picks by what follows: He for ReLU and its kin, LeCun for SELU, else Xavier. */
  readonly init?: Initializer;
  /** How the biases start (zeros). */
  readonly biasInit?: Initializer;
  /** Whether there are biases (true). */
  readonly bias?: boolean;
}

/**
 * A dense layer, Z = X·Wᵀ + bᵀ: X (m × in), W (out × in), b (out), Z (m × out).
 * @throws UsageError when a size is not a whole number from 1.
 */
export function dense<In extends number, Out extends number>(
  inputs: In,
  outputs: Out,
  options: DenseOptions = {},
): Layer<In, Out, "dense"> {
  checkFeatures(inputs, "dense: inputs");
  checkFeatures(outputs, "dense: outputs");
  const { init, biasInit = zeros(), bias = true } = options;
  const weights: Part = { role: "parameter", shape: [outputs, inputs], initializer: init ?? xavierUniform() };
  const biases: Part = { role: "parameter", shape: [outputs], initializer: biasInit };
  return {
    kind: "dense",
    options: { inputs, outputs, bias, ...(init !== undefined && { init: init.name }) },
    inputs,
    outputs,
    parts: bias ? { W: weights, b: biases } : { W: weights },
    result: "Z",
    forward: (x, { W, b }) => {
      const product = matmul(x, transpose(W as Tensor));
      return { output: b === undefined ? product : add(product, b) };
    },
  };
}
