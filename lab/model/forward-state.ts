import { choice, type Field, numbers, type StateOf, typeable } from "./fields.js";

export const forwardScenes = ["neuron", "layer", "batch", "chain"] as const;
export type ForwardScene = (typeof forwardScenes)[number];
export const conventions = ["row", "column"] as const;
export const forwardMatrices = ["X", "W1", "b1", "Z1", "A1", "W2", "b2", "Z2", "A2"] as const;
export type ForwardMatrix = (typeof forwardMatrices)[number];

/** One number of one matrix; example, unit and input count from 0 whatever the convention. */
export interface ForwardCell {
  readonly matrix: ForwardMatrix;
  /** The row in the row convention. */
  readonly row: number;
  readonly col: number;
}

/** Examples, inputs, hidden units, outputs: four different numbers, so that no shape fits by accident. */
export const sizes = { m: 4, n0: 2, n1: 3, n2: 1 } as const;

const pattern = new RegExp(`^(${forwardMatrices.join("|")})\\.(\\d)\\.(\\d)$`);
const cell: Field<ForwardCell> = {
  fallback: { matrix: "Z1", row: 0, col: 0 },
  encode: ({ matrix, row, col }) => `${matrix}.${row}.${col}`,
  decode: (text) => {
    const [, matrix, row, col] = pattern.exec(text) ?? [];
    const found = forwardMatrices.find((one) => one === matrix);
    const at = { row: Number(row), col: Number(col) };
    return found !== undefined && at.row < rowsAndCols[found][0] && at.col < rowsAndCols[found][1]
      ? { matrix: found, ...at }
      : undefined;
  },
};

/** Shapes in the row convention, weights as they are kept (out × in), biases as a row. */
export const rowsAndCols: Readonly<Record<ForwardMatrix, readonly [number, number]>> = {
  X: [sizes.m, sizes.n0],
  W1: [sizes.n1, sizes.n0],
  b1: [1, sizes.n1],
  Z1: [sizes.m, sizes.n1],
  A1: [sizes.m, sizes.n1],
  W2: [sizes.n2, sizes.n1],
  b2: [1, sizes.n2],
  Z2: [sizes.m, sizes.n2],
  A2: [sizes.m, sizes.n2],
};

const within = { min: -typeable, max: typeable };

/** What of the view "forward" is in a link. */
export const forwardFields = {
  scene: choice("neuron", forwardScenes),
  convention: choice("row", conventions),
  g: choice("relu", ["relu", "tanh", "sigmoid"]),
  X: numbers([1, 2, -1, 0.5, 0, -1.5, 2, 1], within),
  W1: numbers([0.5, -1, 1, 0.25, -0.75, 0.5], within),
  b1: numbers([0.1, 0, -0.2], within),
  W2: numbers([1, -1.5, 0.5], within),
  b2: numbers([0.2], within),
  /** The number whose product is shown. */
  at: cell,
};

export type ForwardState = StateOf<typeof forwardFields>;
