import {
  crossEntropy as crossEntropyLoss,
  evaluate,
  gradients,
  jacobian,
  parameter,
  softmax,
  softmaxCrossEntropy,
  type Tensor,
  tensor,
} from "../../src/index.js";
import { dot, slopes, sum } from "./arithmetic.js";
import type { Formula } from "./formula.js";
import { asWritten } from "./softmax.js";

const values = (t: Tensor): number[] => [...evaluate(t).data];

/** How surprised the prediction y is by the target. */
export const crossEntropy: Formula = {
  latex: "H(\\hat y, y) = -\\hat y^\\top \\log y = -\\sum_{k=1}^{n} \\hat y_k \\log y_k",
  terms: (numbers) => {
    const [target, y] = [numbers.distribution(5), numbers.distribution(5)];
    return [crossEntropyLoss(tensor([y]), tensor([target])), -dot(target, y.map(Math.log))];
  },
};

/** With respect to the probabilities. */
export const byProbabilities: Formula = {
  latex: "\\frac{\\partial H}{\\partial y} = \\frac{1}{y} \\odot (-\\hat y) = -\\frac{\\hat y}{y}",
  terms: (numbers) => {
    const [target, y] = [numbers.distribution(5), numbers.distribution(5)];
    const probabilities = parameter([y]);
    const [dy] = gradients(crossEntropyLoss(probabilities, tensor([target])), [probabilities]);
    return [dy as Tensor, target.map((t, k) => -t / (y[k] as number))];
  },
};

/** The derivation that the source leaves open, line by line. */
export const joint: Formula = {
  latex: [
    "\\begin{aligned}",
    "\\frac{\\partial H}{\\partial z_j}",
    "&= \\sum_{i=1}^{n} \\frac{\\partial H}{\\partial y_i}\\,\\frac{\\partial y_i}{\\partial z_j}",
    "= \\sum_{i=1}^{n} \\Bigl(-\\frac{\\hat y_i}{y_i}\\Bigr)\\, y_i\\,(\\delta_{ij} - y_j) \\\\",
    "&= -\\sum_{i=1}^{n} \\hat y_i\\,(\\delta_{ij} - y_j)",
    "= -\\hat y_j + y_j \\sum_{i=1}^{n} \\hat y_i \\\\",
    "&= y_j - \\hat y_j",
    "\\end{aligned}",
  ].join("\n"),
  tolerance: 1e-8,
  terms: (numbers) => {
    const [z, target] = [numbers.vector(4), numbers.distribution(4)];
    const y = asWritten(z);
    const delta = (i: number, j: number) => (i === j ? 1 : 0);
    const each = (f: (j: number) => number) => z.map((_, j) => f(j));
    const overClasses = (f: (i: number) => number) => sum(z.map((_, i) => f(i)));
    const t = (i: number) => target[i] as number;
    const p = (i: number) => y[i] as number;
    const logits = parameter(z);
    const table = evaluate(jacobian(softmax(logits), logits)).toArray() as number[][];
    return [
      slopes((x) => -dot(target, asWritten(x).map(Math.log)), z),
      each((j) => overClasses((i) => (-t(i) / p(i)) * (table[i]?.[j] as number))),
      each((j) => overClasses((i) => (-t(i) / p(i)) * p(i) * (delta(i, j) - p(j)))),
      each((j) => -overClasses((i) => t(i) * (delta(i, j) - p(j)))),
      each((j) => -t(j) + p(j) * sum(target)),
      each((j) => p(j) - t(j)),
    ];
  },
};

/** For any target, also one that does not sum to 1. */
export const jointOfAnyTarget: Formula = {
  latex: "\\frac{\\partial H}{\\partial z} = y \\sum_{i=1}^{n} \\hat y_i - \\hat y",
  terms: (numbers) => {
    const [z, target] = [numbers.vector(4), numbers.vector(4, 0.1, 3)];
    const logits = parameter([z]);
    const [dz] = gradients(softmaxCrossEntropy(logits, tensor([target])), [logits]);
    return [dz as Tensor, asWritten(z).map((p, j) => p * sum(target) - (target[j] as number))];
  },
};

/** The same as a product of matrix and vector. */
export const asProduct: Formula = {
  latex:
    "\\Bigl(\\operatorname{diag}(y) - y\\,y^\\top\\Bigr)^{\\!\\top} \\Bigl(-\\frac{\\hat y}{y}\\Bigr) = y - \\hat y \\qquad \\text{(}\\textstyle\\sum_i \\hat y_i = 1\\text{)}",
  terms: (numbers) => {
    const [z, target] = [numbers.vector(5), numbers.distribution(5)];
    const y = asWritten(z);
    const logits = parameter(z);
    const table = evaluate(jacobian(softmax(logits), logits)).toArray() as number[][];
    return [
      z.map((_, j) => sum(y.map((p, i) => (table[i]?.[j] as number) * (-(target[i] as number) / p)))),
      y.map((p, j) => p - (target[j] as number)),
    ];
  },
};

/** From logits, without ever taking the logarithm of a probability. */
export const fromLogits: Formula = {
  latex:
    "H = \\Bigl(m + \\log \\sum_{k=1}^{n} e^{z_k - m}\\Bigr) \\sum_{k=1}^{n} \\hat y_k - \\hat y^\\top z, \\qquad m = \\max_k z_k",
  terms: (numbers) => {
    const [z, target] = [numbers.vector(5, -3, 3), numbers.distribution(5)];
    const largest = Math.max(...z);
    const logSum = largest + Math.log(sum(z.map((value) => Math.exp(value - largest))));
    const probabilities = asWritten(z);
    return [
      values(softmaxCrossEntropy(tensor([z]), tensor([target]))),
      logSum * sum(target) - dot(target, z),
      -dot(target, probabilities.map(Math.log)),
    ];
  },
};
