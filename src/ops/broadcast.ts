import {
  broadcastIndices,
  broadcastShapes,
  formatShape,
  type Op,
  type OpDescription,
  type Shape,
  ShapeError,
  sameShape,
  Tensor,
} from "../tensor/index.js";
import { matrix, randomSize, randomValue, vector } from "./samples.js";
import { sumTo } from "./sum.js";

export const broadcastOp: Op = {
  name: "broadcast",
  shape: ([from], attributes) => {
    const to = attributes.shape as Shape;
    if (!sameShape(broadcastShapes(from as Shape, to, "broadcast"), to)) {
      throw new ShapeError(`broadcast: ${formatShape(from as Shape)} cannot be repeated to ${formatShape(to)}`);
    }
    return to;
  },
  forward: ([x], _, shape) =>
    Float64Array.from(broadcastIndices(x?.shape as Shape, shape), (i) => x?.data[i] as number),
  derivative: ({ inputs }, gradient) => [sumTo(gradient, (inputs[0] as Tensor).shape)],
  saves: [],
};

export const broadcastDescription = (): OpDescription => ({
  formula: { text: "repeat(X)", latex: "\\operatorname{repeat}(X)" },
  letters: { inputs: ["X"], output: "Y" },
  derivativeFormula: [{ text: "sum(dY)", latex: "\\textstyle\\sum dY" }],
  samples: [
    { inputs: [vector(0, -0, 100)], attributes: { shape: [2, 3] } },
    { inputs: [matrix([1e-40], [-1e4])], attributes: { shape: [2, 3] } },
    { inputs: [{ shape: [2, 1, 2], data: Float64Array.of(1, 2, 3, 4) }], attributes: { shape: [2, 3, 2] } },
    { inputs: [{ shape: [], data: Float64Array.of(7) }], attributes: { shape: [5] } },
  ],
  randomSample: (uniform) => {
    const [rows, columns] = [randomSize(uniform), randomSize(uniform)];
    return {
      inputs: [randomValue(uniform, uniform() < 0.5 ? [columns] : [rows, 1])],
      attributes: { shape: [rows, columns] },
    };
  },
});

/** A tensor repeated along its axes of size 1 (or missing in front) up to a shape. */
export function broadcast(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : new Tensor(broadcastOp, [x], { shape });
}
