import {
  formatShape,
  type Op,
  type OpDescription,
  type Shape,
  ShapeError,
  Tensor,
  type Value,
} from "../tensor/index.js";
import { randomSize, vector } from "./samples.js";

export const oneHotOp: Op = {
  name: "oneHot",
  shape: ([labels], { classes }) => {
    if (labels?.length !== 1) {
      throw new ShapeError(
        `oneHot: labels are one number an example, shape [examples], got ${formatShape(labels as Shape)}`,
      );
    }
    return [labels[0] as number, classes as number];
  },
  forward: ([labels], { classes }, shape) => {
    const rows = new Float64Array((shape[0] as number) * (classes as number));
    (labels as Value).data.forEach((label, i) => {
      if (label >= 0 && label < (classes as number)) rows[i * (classes as number) + label] = 1;
    });
    return rows;
  },
  derivative: () => [undefined],
  saves: [],
};

export const oneHotDescription = (): OpDescription => ({
  formula: { text: "t[i, j] = 1·(labelᵢ = j)", latex: "t_{ij} = \\mathbb{1}[\\ell_i = j]" },
  letters: { inputs: ["l"], output: "T" },
  derivativeFormula: [undefined],
  samples: [{ inputs: [vector(0, 2, 1, -1, 7)], attributes: { classes: 3 } }],
  randomSample: (uniform) => {
    const classes = randomSize(uniform, 5);
    return {
      inputs: [vector(...Array.from({ length: randomSize(uniform) }, () => Math.floor(uniform() * classes)))],
      attributes: { classes },
    };
  },
});

/** Class indices (m) to rows of zeros with a single 1 (m × classes). A label outside 0 … classes - 1 gives a row of zeros: left out. */
export function oneHot(labels: Tensor, classes: number): Tensor {
  return new Tensor(oneHotOp, [labels], { classes });
}
