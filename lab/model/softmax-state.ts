import { choice, type Field, numbers, type StateOf, whole } from "./fields.js";

export const mostClasses = 6;

/** Row i and column j of the Jacobian, from 0. */
const cell: Field<readonly [number, number]> = {
  fallback: [0, 1],
  encode: ([i, j]) => `${i}.${j}`,
  decode: (text) => {
    const [, i, j] = /^([0-5])\.([0-5])$/.exec(text) ?? [];
    return i === undefined || j === undefined ? undefined : [Number(i), Number(j)];
  },
};

/** What of the view "softmax" is in a link. */
export const softmaxFields = {
  z: numbers([2, 1, 0.1, -1], { fewest: 2, most: mostClasses, min: -1000, max: 1000 }),
  /** The true class, from 0. */
  target: whole(0, 0, mostClasses - 1),
  /** How far the sliders reach. */
  reach: choice("10", ["10", "1000"]),
  at: cell,
};

export type SoftmaxState = StateOf<typeof softmaxFields>;
