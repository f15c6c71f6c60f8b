import {
  evaluate,
  gradients,
  matmul,
  mul,
  parameter,
  sigmoid,
  sum,
  type Tensor,
  tensor,
  transpose,
} from "../../src/index.js";
import { dot, map, meanSquare, product, sum as total, transposed } from "./arithmetic.js";
import type { Formula } from "./formula.js";

const norm = (v: readonly number[]): number => Math.sqrt(dot(v, v));

/** The largest factor by which a matrix lengthens a vector, by power iteration on WᵀW. */
function spectralNorm(w: number[][]): number {
  const square = product(transposed(w), w);
  let v = (square[0] as number[]).map((_, i) => 1 + 0.1 * i);
  for (let i = 0; i < 500; i++) {
    const next = square.map((row) => dot(row, v));
    v = next.map((value) => value / norm(next));
  }
  return norm(w.map((row) => dot(row, v)));
}

/** Why a signal fades on its way down a deep sigmoid network. */
export const bound: Formula = {
  latex:
    "\\lVert dz_1 \\rVert \\;\\le\\; \\Bigl(\\tfrac14\\Bigr)^{L-1} \\prod_{l=2}^{L} \\lVert W_l \\rVert_2 \\;\\lVert dz_L \\rVert",
  relation: "≤",
  terms: (numbers) => {
    const depth = 5;
    const z1 = parameter([numbers.vector(6)]);
    const weights = Array.from({ length: depth - 1 }, () => numbers.matrix(6, 6, -1, 1));
    const last = weights.reduce<Tensor>((z, w) => matmul(sigmoid(z), transpose(tensor(w))) as Tensor, z1 as Tensor);
    const dzL = numbers.vector(6);
    const J = sum(mul(last, tensor([dzL])));
    const dz1 = [...evaluate(gradients(J, [z1 as Tensor])[0] as Tensor).data];
    const product4 = weights.reduce((p, w) => (p * spectralNorm(w)) / 4, 1);
    return [norm(dz1), product4 * norm(dzL) * (1 + 1e-9)];
  },
};

/** Positive inputs: a neuron's weight gradients for one example all have one sign. */
export const oneSign: Formula = {
  latex:
    "\\frac{\\partial J}{\\partial w_j} = dz \\cdot a_j, \\qquad a_j > 0 \\;\\Longrightarrow\\; \\operatorname{sign} \\frac{\\partial J}{\\partial w_j} = \\operatorname{sign} dz",
  terms: (numbers) => {
    const [a, w, dz] = [
      numbers.vector(6, 0.05, 0.95),
      numbers.vector(6),
      numbers.number(0.2, 2) * Math.sign(numbers.number()),
    ];
    const W = parameter(w);
    const [dw] = gradients(mul(sum(mul(W, tensor(a))), tensor(dz)), [W]);
    const found = [...evaluate(dw as Tensor).data];
    return [
      [...found, ...found.map(Math.sign)],
      [...a.map((value) => value * dz), ...a.map(() => Math.sign(dz))],
    ];
  },
};

/** For a batch the signs may differ: the sum has the signs of no single example. */
export const batchSigns: Formula = {
  latex: "\\frac{\\partial J}{\\partial w_j} = \\frac1m \\sum_{i=1}^{m} dz_i\\,a_{ij}",
  terms: (numbers) => {
    const [a, w, dz] = [numbers.matrix(8, 6, 0.05, 0.95), numbers.matrix(1, 6), numbers.matrix(8, 1)];
    const W = parameter(w);
    const J = sum(mul(matmul(tensor(a), transpose(W)), tensor(map(dz, (value) => value / 8))));
    return [
      gradients(J, [W])[0] as Tensor,
      (w[0] as number[]).map((_, j) => total(a.map((row, i) => (row[j] as number) * (dz[i]?.[0] as number))) / 8),
    ];
  },
};

const wide = 60_000;

/** What a layer does to the size of a signal. */
export const variance: Formula = {
  latex: "\\operatorname{Var}(z_i) = n_{\\text{in}}\\,\\operatorname{Var}(w)\\,\\mathbb E\\bigl[x^2\\bigr]",
  tolerance: 0.06,
  terms: (numbers) => {
    const inputs = 12;
    const z = Array.from({ length: wide }, () => dot(numbers.normals(inputs, 0.3), numbers.vector(inputs, 0, 1)));
    // x is uniform in [0, 1): its mean square is 1/3.
    return [meanSquare(z), (inputs * 0.3 ** 2) / 3];
  },
};

/** ReLU throws away half of a signal's mean square. */
export const half: Formula = {
  latex:
    "z \\text{ symmetric around } 0 \\;\\Longrightarrow\\; \\mathbb E\\bigl[\\operatorname{relu}(z)^2\\bigr] = \\tfrac12 \\operatorname{Var}(z)",
  tolerance: 0.06,
  terms: (numbers) => {
    const z = numbers.normals(wide, 1.7);
    return [meanSquare(z.map((value) => Math.max(0, value))), 0.5 * 1.7 ** 2];
  },
};
