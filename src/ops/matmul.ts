import {
  type CheckProduct,
  formatShape,
  type Op,
  type OpDescription,
  type ProductShape,
  type Shape,
  ShapeError,
  Tensor,
  type Value,
} from "../tensor/index.js";
import { matrix, randomSize, randomValue } from "./samples.js";
import { transpose } from "./transpose.js";

export const matmulOp: Op = {
  name: "matmul",
  shape: ([a, b]) => {
    const [left, right] = [a as Shape, b as Shape];
    for (const [side, shape] of [["left", left] as const, ["right", right] as const]) {
      if (shape.length !== 2) {
        throw new ShapeError(
          `matmul: the ${side} operand has shape ${formatShape(shape)}, but a product needs two axes; reshape it first`,
        );
      }
    }
    if (left[1] !== right[0]) {
      const transposes =
        left[1] === right[1] ? "; transpose the right one?" : left[0] === right[0] ? "; transpose the left one?" : "";
      throw new ShapeError(
        `matmul: ${formatShape(left)} · ${formatShape(right)}: the left has ${left[1]} columns, the right has ${right[0]} rows; they must be equal${transposes}`,
      );
    }
    return [left[0] as number, right[1] as number];
  },
  forward: ([a, b]) => {
    const [left, right] = [(a as Value).data, (b as Value).data];
    const [rows, inner] = (a as Value).shape as [number, number];
    const columns = (b as Value).shape[1] as number;
    const product = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += (left[i * inner + k] as number) * (right[k * columns + j] as number);
        product[i * columns + j] = sum;
      }
    }
    return product;
  },
  // dA = dC·Bᵀ, dB = Aᵀ·dC
  derivative: ({ inputs }, gradient) => {
    const [a, b] = inputs as [Tensor, Tensor];
    return [matmul(gradient, transpose(b)), matmul(transpose(a), gradient)];
  },
  saves: ["A", "B"],
};

export const matmulDescription = (): OpDescription => ({
  formula: { text: "C[i, j] = Σₖ A[i, k]·B[k, j]", latex: "C_{ij} = \\sum_k A_{ik} B_{kj}" },
  letters: { inputs: ["A", "B"], output: "C" },
  derivativeFormula: [
    { text: "dC·Bᵀ", latex: "dC\\, B^{\\top}" },
    { text: "Aᵀ·dC", latex: "A^{\\top} dC" },
  ],
  samples: [
    { inputs: [matrix([1, 2, 3], [4, 5, 6]), matrix([1, 0], [0, 1], [-1, 1e4])] },
    { inputs: [matrix([0, -0], [1e-40, 100]), matrix([-100, 1], [1e-8, 0])] },
    { inputs: [matrix([2]), matrix([3])] },
  ],
  randomSample: (uniform) => {
    const [rows, inner, columns] = [randomSize(uniform), randomSize(uniform, 6), randomSize(uniform)];
    return { inputs: [randomValue(uniform, [rows, inner]), randomValue(uniform, [inner, columns])] };
  },
});

/** Matrix product of (m × k) and (k × n), giving (m × n). */
export function matmul<A extends Shape, B extends Shape>(
  a: Tensor<A>,
  b: Tensor<B> & CheckProduct<A, B>,
): Tensor<ProductShape<A, B>> {
  return new Tensor<ProductShape<A, B>>(matmulOp, [a, b]);
}
