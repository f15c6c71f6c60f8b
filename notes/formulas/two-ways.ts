import { gradients, log, mul, parameter, sum, type Tensor, tensor } from "../../src/index.js";
import { column, diagonal, product, slopes, sum as total, transposed } from "./arithmetic.js";
import type { Formula, Numbers } from "./formula.js";

const pair = (numbers: Numbers) => ({ x: numbers.vector(6, 0.5, 3), y: numbers.vector(6) });

/** First idea: an entrywise product. */
export const entrywise: Formula = {
  latex: "f(x) = y^\\top \\log x, \\qquad \\frac{\\partial f}{\\partial x} = \\frac1x \\odot y",
  tolerance: 1e-8,
  terms: (numbers) => {
    const { x, y } = pair(numbers);
    const X = parameter(x);
    const [dx] = gradients(sum(mul(tensor(y), log(X))), [X]);
    return [
      dx as Tensor,
      x.map((value, i) => (y[i] as number) / value),
      slopes((moved) => total(moved.map((value, i) => Math.log(value) * (y[i] as number))), x),
    ];
  },
};

/** Second idea: the whole Jacobian, transposed, times the gradient that comes in. */
export const throughMatrix: Formula = {
  latex:
    "\\frac{\\partial f}{\\partial x} = \\begin{pmatrix} \\frac{1}{x_1} & & 0 \\\\ & \\ddots & \\\\ 0 & & \\frac{1}{x_n} \\end{pmatrix}^{\\!\\top} \\begin{pmatrix} y_1 \\\\ \\vdots \\\\ y_n \\end{pmatrix} = \\frac1x \\odot y",
  terms: (numbers) => {
    const { x, y } = pair(numbers);
    return [
      product(transposed(diagonal(x.map((value) => 1 / value))), column(y)),
      x.map((value, i) => (y[i] as number) / value),
    ];
  },
};
