import { constantTensor } from "../ops/constant.js";
import { reshape } from "../ops/reshape.js";
import { stack } from "../ops/stack.js";
import { type Shape, sizeOf, type Tensor } from "../tensor/index.js";
import { gradients } from "./gradients.js";

/** Length of a flattened shape, as a type: the product is only known for one axis. */
type Flat<S extends Shape> = S extends readonly [] ? 1 : S extends readonly [infer Only extends number] ? Only : number;

/**
 * The matrix of all partial derivatives, as graph: row i, column j is ∂yᵢ/∂xⱼ, with y and x flattened.
 * One backward walk a row (reverse mode), so its cost grows with the numbers in y; for a product with a single gradient use
 * `gradients`, which never forms the matrix.
 */
export function jacobian<Y extends Shape, X extends Shape>(y: Tensor<Y>, x: Tensor<X>): Tensor<[Flat<Y>, Flat<X>]> {
  const [rows, columns] = [sizeOf(y.shape), sizeOf(x.shape)];
  const lines = Array.from({ length: rows }, (_, i) => {
    const seed = new Float64Array(rows);
    seed[i] = 1;
    const [row] = gradients(y, [x], constantTensor(y.shape as Shape, seed));
    return reshape(row as Tensor, [columns]);
  });
  return stack(lines) as Tensor as Tensor<[Flat<Y>, Flat<X>]>;
}
