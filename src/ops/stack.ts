import { type Op, type OpDescription, type Shape, ShapeError, sameShape, sizeOf, Tensor } from "../tensor/index.js";
import { randomSize, randomValue, vector } from "./samples.js";
import { slice } from "./slice.js";

export const stackOp: Op = {
  name: "stack",
  shape: (shapes) => {
    const [first] = shapes;
    if (first === undefined || !shapes.every((shape) => sameShape(shape, first))) {
      throw new ShapeError("stack: needs at least one tensor, and all of the same shape");
    }
    return [shapes.length, ...first];
  },
  forward: (inputs, _, shape) => {
    const result = new Float64Array(sizeOf(shape));
    inputs.forEach((input, i) => {
      result.set(input.data, i * input.data.length);
    });
    return result;
  },
  derivative: (node, gradient) => node.inputs.map((_, i) => slice(gradient, i)),
  saves: [],
};

export const stackDescription = (): OpDescription => ({
  formula: { text: "[x₀; x₁; …]", latex: "[x_0; x_1; \\dots]" },
  letters: { inputs: ["X"], output: "Y" },
  derivativeFormula: [{ text: "dY[i]", latex: "dY_{i}" }],
  samples: [{ inputs: [vector(0, -0, 1), vector(1e-40, 100, -1e4)] }],
  randomSample: (uniform) => {
    const shape: Shape = [randomSize(uniform)];
    return { inputs: Array.from({ length: randomSize(uniform) }, () => randomValue(uniform, shape)) };
  },
});

/** Tensors of one shape laid one after another along a new first axis. */
export function stack(tensors: readonly Tensor[]): Tensor {
  return new Tensor(stackOp, tensors);
}
