import { choice, type Field, number, numbers, type StateOf, whole } from "./fields.js";

/** Inputs, hidden units, outputs of the network that is taken apart. */
export const backwardSizes = [2, 3, 2] as const;

/** A weight: the layer it belongs to (1 or 2), its row (the unit it leads to) and its column (where it comes from), from 0. */
export interface WeightAt {
  readonly layer: 1 | 2;
  readonly row: number;
  readonly col: number;
}

const weight: Field<WeightAt> = {
  fallback: { layer: 1, row: 0, col: 0 },
  encode: ({ layer, row, col }) => `${layer}.${row}.${col}`,
  decode: (text) => {
    const [, layer, row, col] = (/^([12])\.(\d)\.(\d)$/.exec(text) ?? []).map(Number);
    if (layer !== 1 && layer !== 2) return undefined;
    if (row === undefined || row >= backwardSizes[layer]) return undefined;
    if (col === undefined || col >= (backwardSizes[layer - 1] as number)) return undefined;
    return { layer, row, col };
  },
};

const within = { fewest: 0, min: -1000, max: 1000 };
const [inputs, hidden, outputs] = backwardSizes;

/** Numbers that are typed; none where they are drawn by the seed. */
function typed(most: number, isRight: (values: readonly number[]) => boolean): Field<readonly number[]> {
  const field = numbers([], { ...within, most });
  return {
    ...field,
    decode: (text) => {
      const values = field.decode(text);
      return values !== undefined && (values.length === 0 || isRight(values)) ? values : undefined;
    },
  };
}
const exactly = (count: number) => typed(count, ({ length }) => length === count);

/** What of the view "backward" is in a link. */
export const backwardFields = {
  g: choice("tanh", ["tanh", "sigmoid", "relu"]),
  /** Examples. */
  m: whole(2, 1, 3),
  convention: choice("row", ["row", "column"]),
  /** Everything that is drawn depends on this alone. */
  seed: whole(1, 1, 9999),
  /** Row-major, one example a row, and the right class of each; they count where there are as many as examples. */
  X: typed(3 * inputs, ({ length }) => length % inputs === 0),
  t: typed(3, (classes) => classes.every((one) => Number.isInteger(one) && one >= 0 && one < outputs)),
  W1: exactly(hidden * inputs),
  b1: exactly(hidden),
  W2: exactly(outputs * hidden),
  b2: exactly(outputs),
  /** The step that is shown, from 0; it begins with the first gradient. */
  step: whole(5, 0, 12),
  /** The weight that is followed. */
  weight,
  /** How far it is nudged to either side. */
  h: number(0.5, 1e-6, 2),
};

export type BackwardState = StateOf<typeof backwardFields>;
