import { choice, type Field, number, numbers, type StateOf, typeable, whole } from "./fields.js";

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

const within = { fewest: 0, min: -typeable, max: typeable };
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
/** The right classes of examples that are typed, and their inputs, row-major. */
export const classesIn = (batch: readonly number[]) => batch.filter((_, i) => i % (inputs + 1) === inputs);
export const inputsIn = (batch: readonly number[]) => batch.filter((_, i) => i % (inputs + 1) !== inputs);
const isClass = (one: number) => Number.isInteger(one) && one >= 0 && one < outputs;
const exactly = (count: number) => typed(count, ({ length }) => length === count);

/** What of the view "backward" is in a link. */
export const backwardFields = {
  g: choice("tanh", ["tanh", "sigmoid", "relu"]),
  /** Examples. */
  m: whole(2, 1, 3),
  convention: choice("row", ["row", "column"]),
  /** Everything that is drawn depends on this alone. */
  seed: whole(1, 1, 9999),
  /** Examples that are typed, whatever `m` says: the inputs of each, then its right class. */
  batch: typed(3 * (inputs + 1), (values) => values.length % (inputs + 1) === 0 && classesIn(values).every(isClass)),
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

/** How many examples there are. */
export const examplesOf = ({ m, batch }: Pick<BackwardState, "m" | "batch">): number =>
  batch.length === 0 ? m : batch.length / (inputs + 1);
