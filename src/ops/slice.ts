import {
  formatShape,
  type Op,
  type OpDescription,
  type Shape,
  ShapeError,
  sizeOf,
  Tensor,
  type Value,
} from "../tensor/index.js";
import { broadcast } from "./broadcast.js";
import { constant } from "./constant.js";
import { matrix, randomSize, randomValue } from "./samples.js";
import { stack } from "./stack.js";

export const sliceOp: Op = {
  name: "slice",
  shape: ([from], { index }) => {
    const [count, ...rest] = from as Shape;
    if (count === undefined || (index as number) < 0 || (index as number) >= count) {
      throw new ShapeError(`slice: there is no item ${index} in a tensor of shape ${formatShape(from as Shape)}`);
    }
    return rest;
  },
  forward: ([x], { index }, shape) => {
    const size = sizeOf(shape);
    return (x as Value).data.slice((index as number) * size, ((index as number) + 1) * size);
  },
  derivative: ({ inputs, attributes, shape }, gradient) => {
    const zeros = broadcast(constant(0), shape);
    const count = (inputs[0] as Tensor).shape[0] as number;
    return [stack(Array.from({ length: count }, (_, i) => (i === attributes.index ? gradient : zeros)))];
  },
  saves: [],
};

export const sliceDescription = (): OpDescription => ({
  formula: { text: "X[i]", latex: "X_{i}" },
  letters: { inputs: ["X"], output: "Y" },
  derivativeFormula: [{ text: "dY at i, 0 elsewhere", latex: "dY \\text{ at } i,\\ 0 \\text{ elsewhere}" }],
  samples: [{ inputs: [matrix([0, -0, 1], [1e-40, 100, -1e4])], attributes: { index: 1 } }],
  randomSample: (uniform) => {
    const rows = randomSize(uniform);
    return {
      inputs: [randomValue(uniform, [rows, randomSize(uniform)])],
      attributes: { index: Math.floor(uniform() * rows) },
    };
  },
});

/** The index-th item along the first axis. */
export function slice(x: Tensor, index: number): Tensor {
  return new Tensor(sliceOp, [x], { index });
}
