import {
  add,
  evaluate,
  gradients,
  matmul,
  mean,
  mul,
  parameter,
  sigmoid,
  sum,
  type Tensor,
  tensor,
  transpose,
} from "../../src/index.js";
import { column, hadamard, type Matrix, map, outer, product, slopes, sum as total, transposed } from "./arithmetic.js";
import type { Formula, Numbers } from "./formula.js";

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** A layer with a loss of which dA is known: J = Σ C ⊙ A has dJ/dA = C. */
function layerWith(numbers: Numbers) {
  const [x, w, b, c] = [numbers.matrix(5, 4), numbers.matrix(3, 4), numbers.vector(3), numbers.matrix(5, 3)];
  const [X, W, B] = [parameter(x), parameter(w), parameter(b)];
  const Z = add(matmul(X, transpose(W)), B) as Tensor;
  const J = sum(mul(sigmoid(Z), tensor(c)));
  const z = [...evaluate(Z).data];
  const dA = c;
  const slope = map(dA, (_, i, j) => {
    const y = logistic(z[3 * i + j] as number);
    return y * (1 - y);
  });
  return { x, w, b, c, X, W, B, Z, J, dZ: hadamard(dA, slope) };
}

const gradient = (of: Tensor, by: Tensor): Tensor => gradients(of, [by])[0] as Tensor;

/** Through the curve: an entrywise product. */
export const throughCurve: Formula = {
  latex: "dZ = dA \\odot g'(Z)",
  terms: (numbers) => {
    const { J, Z, dZ } = layerWith(numbers);
    return [gradient(J, Z), dZ];
  },
};

/** To the weights. */
export const weights: Formula = {
  latex: "dW = dZ^\\top X, \\qquad (n_2 \\times n_1) = (n_2 \\times m)(m \\times n_1)",
  terms: (numbers) => {
    const { J, W, x, dZ } = layerWith(numbers);
    return [gradient(J, W), product(transposed(dZ), x)];
  },
};

/** To the bias: summed over the batch. */
export const bias: Formula = {
  latex: "db = dZ^\\top \\mathbf 1 = \\sum_{i=1}^{m} dZ_{i\\,\\cdot}",
  terms: (numbers) => {
    const { J, B, dZ } = layerWith(numbers);
    return [gradient(J, B), transposed(dZ).map(total)];
  },
};

/** To the layer below. */
export const below: Formula = {
  latex: "dX = dZ\\,W, \\qquad (m \\times n_1) = (m \\times n_2)(n_2 \\times n_1)",
  terms: (numbers) => {
    const { J, X, w, dZ } = layerWith(numbers);
    return [gradient(J, X), product(dZ, w)];
  },
};

/** The same for one example as a column. */
export const oneExample: Formula = {
  latex:
    "dW^{[l]} = dz^{[l]}\\,a^{[l-1]\\top}, \\qquad db^{[l]} = dz^{[l]}, \\qquad da^{[l-1]} = W^{[l]\\top} dz^{[l]}",
  terms: (numbers) => {
    const [w, a, b, c] = [numbers.matrix(3, 4), numbers.vector(4), numbers.vector(3), numbers.vector(3)];
    const [W, A, B] = [parameter(w), parameter(column(a)), parameter(column(b))];
    const J = sum(mul(add(matmul(W, A), B), tensor(column(c))));
    const [dW, db, da] = gradients(J, [W, B, A]);
    const values = (t: Tensor) => [...evaluate(t).data];
    return [
      [...values(dW), ...values(db), ...values(da)],
      [...outer(c, a).flat(), ...c, ...product(transposed(w), column(c)).flat()],
    ];
  },
};

/** A mean loss: 1/m comes in once, at the loss. */
export const meanLoss: Formula = {
  latex:
    "J = \\frac1m \\sum_{i=1}^{m} J_i \\quad\\Longrightarrow\\quad \\frac{\\partial J}{\\partial W} = \\frac1m \\sum_{i=1}^{m} dz_i\\,x_i^\\top",
  terms: (numbers) => {
    const [x, w, c] = [numbers.matrix(5, 4), numbers.matrix(3, 4), numbers.matrix(5, 3)];
    const W = parameter(w);
    const J = mean(sum(mul(matmul(tensor(x), transpose(W)), tensor(c)), { axis: 1 }));
    const each = x.map((example, i) => outer(c[i] as number[], example));
    const average = each.reduce<Matrix>(
      (a, b) => map(a, (value, i, j) => value + (b[i]?.[j] as number) / 5),
      map(w, () => 0),
    );
    return [gradient(J, W), average];
  },
};

/** From layer to layer: the step that repeats. */
export const recursion: Formula = {
  latex: "dZ_{l-1} = \\bigl(dZ_l\\,W_l\\bigr) \\odot g'(Z_{l-1})",
  terms: (numbers) => {
    const [z, w, c] = [numbers.matrix(5, 4), numbers.matrix(3, 4), numbers.matrix(5, 3)];
    const Z = parameter(z);
    const J = sum(mul(matmul(sigmoid(Z), transpose(tensor(w))), tensor(c)));
    return [
      gradient(J, Z),
      hadamard(
        product(c, w),
        map(z, (x) => logistic(x) * (1 - logistic(x))),
      ),
    ];
  },
};

/** What "gradient" means: how the loss changes when one weight is nudged. */
export const nudged: Formula = {
  latex: "\\frac{\\partial J}{\\partial W_{ij}} = \\lim_{h \\to 0} \\frac{J(W_{ij} + h) - J(W_{ij} - h)}{2h}",
  tolerance: 1e-8,
  terms: (numbers) => {
    const { J, W, w } = layerWith(numbers);
    const at = (flat: readonly number[]) => evaluate(J, new Map([[W as Tensor, [...flat]]])).item();
    return [gradient(J, W), slopes(at, w.flat())];
  },
};
