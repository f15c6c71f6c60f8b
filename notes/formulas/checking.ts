import { checkGradients, mul, parameter, sigmoid, sum, tanh } from "../../src/index.js";
import type { Formula } from "./formula.js";

/** How far off the central difference is: it falls with the square of the step. */
export const centralDifference: Formula = {
  latex: "\\frac{f(x + h) - f(x - h)}{2h} = f'(x) + \\frac{h^2}{6} f'''(x) + O(h^4)",
  tolerance: 0.01,
  terms: (numbers) => {
    const x = numbers.vector(6, 0.3, 1.2);
    const h = 1e-2;
    const error = (v: number) => (Math.exp(v + h) - Math.exp(v - h)) / (2 * h) - Math.exp(v);
    return [x.map((v) => error(v) / h ** 2), x.map((v) => Math.exp(v) / 6)];
  },
};

/** The number that decides whether a derivative is believed. */
export const relativeError: Formula = {
  latex:
    "\\frac{\\lvert g_{\\text{derived}} - g_{\\text{measured}} \\rvert}{\\max\\bigl(1, \\lvert g_{\\text{derived}} \\rvert, \\lvert g_{\\text{measured}} \\rvert\\bigr)} \\;\\le\\; 10^{-6}",
  relation: "≤",
  terms: (numbers) => {
    const x = parameter(numbers.vector(5));
    return [checkGradients(sum(mul(sigmoid(x), tanh(x))), [x]).worst, 1e-6];
  },
};
