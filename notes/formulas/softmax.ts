import { evaluate, jacobian, parameter, softmax as softmaxOp, tensor } from "../../src/index.js";
import { diagonal, map, outer, slopes, sum } from "./arithmetic.js";
import type { Formula } from "./formula.js";

/** As the formula is written; the library's own subtracts the largest logit first. */
export const asWritten = (z: readonly number[]): number[] => {
  const powers = z.map(Math.exp);
  return powers.map((power) => power / sum(powers));
};

const library = (z: readonly number[]): number[] => [...evaluate(softmaxOp(tensor([...z]))).data];

/** From scores to probabilities. */
export const softmax: Formula = {
  latex: "y_i = \\frac{e^{z_i}}{\\sum_{k=1}^{n} e^{z_k}}",
  terms: (numbers) => {
    const z = numbers.vector(5);
    return [library(z), asWritten(z)];
  },
};

/** Nothing changes when all scores move together: why no logit is too large. */
export const shift: Formula = {
  latex: "\\operatorname{softmax}(z) = \\operatorname{softmax}\\bigl(z - \\max_k z_k\\bigr)",
  terms: (numbers) => {
    const z = numbers.vector(5);
    const huge = z.map((value) => value + 5000);
    const largest = Math.max(...huge);
    return [
      library(huge),
      asWritten(huge.map((value) => value - largest)),
      library(huge.map((value) => value - largest)),
    ];
  },
};

const measured = (z: readonly number[], i: number): number[] => slopes((x) => library(x)[i] as number, z);

/** On the diagonal. */
export const sameIndex: Formula = {
  latex:
    "\\frac{\\partial y_i}{\\partial z_i} = \\frac{e^{z_i} \\sum_k e^{z_k} - e^{z_i} e^{z_i}}{\\bigl(\\sum_k e^{z_k}\\bigr)^2} = y_i - y_i^2 = y_i (1 - y_i)",
  tolerance: 1e-8,
  terms: (numbers) => {
    const z = numbers.vector(4);
    const y = library(z);
    const total = sum(z.map(Math.exp));
    const quotient = z.map((value) => (Math.exp(value) * total - Math.exp(value) ** 2) / total ** 2);
    return [z.map((_, i) => measured(z, i)[i] as number), quotient, y.map((p) => p - p * p), y.map((p) => p * (1 - p))];
  },
};

/** Off the diagonal: two different indices. */
export const otherIndex: Formula = {
  latex:
    "\\frac{\\partial y_i}{\\partial z_j} = \\frac{0 \\cdot \\sum_k e^{z_k} - e^{z_i} e^{z_j}}{\\bigl(\\sum_k e^{z_k}\\bigr)^2} = -y_i\\,y_j \\qquad (i \\ne j)",
  tolerance: 1e-8,
  terms: (numbers) => {
    const z = numbers.vector(4);
    const y = library(z);
    const total = sum(z.map(Math.exp));
    const pairs = z.flatMap((_, i) => z.flatMap((_unused, j) => (i === j ? [] : [[i, j] as const])));
    return [
      pairs.map(([i, j]) => measured(z, i)[j] as number),
      pairs.map(([i, j]) => -(Math.exp(z[i] as number) * Math.exp(z[j] as number)) / total ** 2),
      pairs.map(([i, j]) => -(y[i] as number) * (y[j] as number)),
    ];
  },
};

/** Both cases in one. */
export const jacobianMatrix: Formula = {
  latex:
    "\\frac{\\partial y}{\\partial z} = \\operatorname{diag}(y) - y\\,y^\\top, \\qquad \\frac{\\partial y_i}{\\partial z_j} = y_i\\,(\\delta_{ij} - y_j)",
  terms: (numbers) => {
    const z = parameter(numbers.vector(5));
    const y = [...evaluate(softmaxOp(z)).data];
    const squares = outer(y, y);
    return [
      jacobian(softmaxOp(z), z),
      map(diagonal(y), (value, i, j) => value - (squares[i]?.[j] as number)),
      y.map((yi, i) => y.map((yj, j) => yi * ((i === j ? 1 : 0) - yj))),
    ];
  },
};

/** Probabilities sum to 1, so their changes sum to 0. */
export const zeroSums: Formula = {
  latex: "\\sum_i \\frac{\\partial y_i}{\\partial z_j} = 0, \\qquad \\sum_j \\frac{\\partial y_i}{\\partial z_j} = 0",
  terms: (numbers) => {
    const z = parameter(numbers.vector(5));
    const rows = evaluate(jacobian(softmaxOp(z), z)).toArray() as number[][];
    const sums = [...rows.map(sum), ...rows.map((_, j) => sum(rows.map((row) => row[j] as number)))];
    // Compared beside a 1, since 0 has no relative error.
    return [
      [1, ...sums],
      [1, ...sums.map(() => 0)],
    ];
  },
};
