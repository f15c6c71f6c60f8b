import {
  add,
  dense,
  evaluate,
  matmul,
  network,
  relu,
  reshape,
  sigmoid,
  tanh,
  tensor,
  transpose,
} from "../../../src/index.js";
import { type ForwardMatrix, type ForwardState, sizes } from "../../model/forward-state.js";

const activations = { relu, tanh, sigmoid };
export type Values = Readonly<Record<ForwardMatrix, readonly number[]>>;
type Given = Pick<ForwardState, "X" | "W1" | "b1" | "W2" | "b2" | "g">;

/** Two dense layers with an activation after each, as the library builds them. */
export const forwardNetwork = (g: ForwardState["g"]) =>
  network([dense(sizes.n0, sizes.n1), activations[g], dense(sizes.n1, sizes.n2), activations[g]]);

/** Every value of the forward pass in the row convention, Z = X·Wᵀ + bᵀ, by the library's ops. */
export function forwardPass(given: Given): Values {
  const { m, n0, n1, n2 } = sizes;
  const g = activations[given.g];
  const x = reshape(tensor(given.X), [m, n0]);
  const z1 = add(matmul(x, transpose(reshape(tensor(given.W1), [n1, n0]))), tensor(given.b1));
  const a1 = g(z1);
  const z2 = add(matmul(a1, transpose(reshape(tensor(given.W2), [n2, n1]))), tensor(given.b2));
  const a2 = g(z2);
  const numbers = (value: Parameters<typeof evaluate>[0]) => [...evaluate(value).data];
  const { X, W1, b1, W2, b2 } = given;
  return { X, W1, b1, W2, b2, Z1: numbers(z1), A1: numbers(a1), Z2: numbers(z2), A2: numbers(a2) };
}
