import {
  formatShape,
  type Op,
  type OpDescription,
  type Sample,
  type Shape,
  ShapeError,
  sameShape,
  Tensor,
  type Value,
} from "../tensor/index.js";
import { logSoftmax } from "./log-softmax.js";
import { mul } from "./mul.js";
import { neg } from "./neg.js";
import { reshape } from "./reshape.js";
import { logSumExp, rowsOf } from "./rows.js";
import { matrix, randomSize, randomValue } from "./samples.js";
import { softmax, softmaxRows } from "./softmax.js";
import { sub } from "./sub.js";
import { sum } from "./sum.js";

const samples: readonly Sample[] = [
  {
    inputs: [
      matrix([1e4, 0, -1e4], [710, -710, 709], [-88, 88, 30], [0, 0, 0], [1, 2, 3], [100, -100, 0]),
      matrix([0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0.2, 0.3, 0.5], [0, 0, 0]),
    ],
  },
  { inputs: [matrix([2], [-3]), matrix([1], [1])] },
];

function randomSample(uniform: () => number): Sample {
  const shape = [randomSize(uniform), randomSize(uniform, 6)];
  return { inputs: [randomValue(uniform, shape), randomValue(uniform, shape, { from: 0, to: 1 })] };
}

function checkRows([z, t]: readonly Shape[], what: string): Shape {
  if (!sameShape(z as Shape, t as Shape) || z?.length === 0) {
    throw new ShapeError(
      `${what}: logits ${formatShape(z as Shape)} and targets ${formatShape(t as Shape)} must have the same shape, one row an example`,
    );
  }
  return z as Shape;
}

export const softmaxCrossEntropyOp: Op = {
  name: "softmaxCrossEntropy",
  shape: (shapes) => checkRows(shapes, "softmaxCrossEntropy").slice(0, -1),
  forward: ([z, t]) => {
    const [rows, columns] = rowsOf((z as Value).shape);
    const losses = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      const row = (z as Value).data.subarray(r * columns, (r + 1) * columns);
      const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
      const rest = logSumExp(row.map((x) => x - largest));
      for (let j = 0; j < columns; j++) {
        const weight = (t as Value).data[r * columns + j] as number;
        if (weight !== 0) losses[r] = (losses[r] as number) - weight * ((row[j] as number) - largest - rest);
      }
    }
    return losses;
  },
  derivative: ({ inputs }, gradient) => {
    const [z, t] = inputs as [Tensor, Tensor];
    const perRow = reshape(gradient, [...gradient.shape, 1]);
    return [mul(perRow, softmaxMinusTarget(z, t)), mul(perRow, neg(logSoftmax(z)))];
  },
  saves: ["z", "t"],
};

export const softmaxCrossEntropyDescription = (): OpDescription => ({
  formula: { text: "-Σᵢ tᵢ·ln softmax(z)ᵢ", latex: "-\\sum_i t_i \\ln \\operatorname{softmax}(z)_i" },
  letters: { inputs: ["z", "t"], output: "H" },
  derivativeFormula: [
    { text: "dH·(softmax(z)·Σⱼ tⱼ - t)", latex: "dH\\, (\\operatorname{softmax}(z) \\textstyle\\sum_j t_j - t)" },
    { text: "-dH·ln softmax(z)", latex: "-dH \\ln \\operatorname{softmax}(z)" },
  ],
  samples,
  randomSample,
});

/** What the derivative of softmax and cross-entropy together comes to: softmax(z)·Σt - t, which is y - t when t sums to 1. */
export const softmaxMinusTargetOp: Op = {
  name: "softmaxMinusTarget",
  shape: (shapes) => checkRows(shapes, "softmaxMinusTarget"),
  forward: ([z, t]) => {
    const y = softmaxRows(z as Value);
    const [rows, columns] = rowsOf((z as Value).shape);
    for (let r = 0; r < rows; r++) {
      const target = (t as Value).data.subarray(r * columns, (r + 1) * columns);
      const total = target.reduce((a, b) => a + b, 0);
      for (let j = 0; j < columns; j++)
        y[r * columns + j] = (y[r * columns + j] as number) * total - (target[j] as number);
    }
    return y;
  },
  derivative: ({ inputs }, gradient) => {
    const [z, t] = inputs as [Tensor, Tensor];
    const y = softmax(z);
    const along = sum(mul(gradient, y), { axis: -1, keepDims: true });
    const total = sum(t, { axis: -1, keepDims: true });
    return [mul(total, mul(y, sub(gradient, along))), sub(along, gradient)];
  },
  saves: ["z", "t"],
};

export const softmaxMinusTargetDescription = (): OpDescription => ({
  formula: { text: "softmax(z)·Σt - t", latex: "\\operatorname{softmax}(z) \\textstyle\\sum t - t" },
  letters: { inputs: ["z", "t"], output: "r" },
  derivativeFormula: [
    {
      text: "Σⱼ tⱼ·softmax(z) ⊙ (dr - Σⱼ drⱼ·softmax(z)ⱼ)",
      latex:
        "\\textstyle\\sum_j t_j\\, \\operatorname{softmax}(z) \\odot (dr - \\sum_j dr_j \\operatorname{softmax}(z)_j)",
    },
    { text: "Σⱼ drⱼ·softmax(z)ⱼ - dr", latex: "\\textstyle\\sum_j dr_j \\operatorname{softmax}(z)_j - dr" },
  ],
  samples,
  randomSample,
});

/** Cross-entropy of each row from its logits, -Σ t·ln softmax(z): finite for any finite logits. Shapes (m × k), (m × k) → (m). */
export function softmaxCrossEntropyRows(logits: Tensor, targets: Tensor): Tensor {
  return new Tensor(softmaxCrossEntropyOp, [logits, targets]);
}

export function softmaxMinusTarget<S extends Shape>(logits: Tensor<S>, targets: Tensor): Tensor<S> {
  return new Tensor<S>(softmaxMinusTargetOp, [logits, targets]);
}
