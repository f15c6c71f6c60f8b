import { adagrad, type Optimizer, rmsprop } from "../../../../src/index.js";
import { descend } from "./descent.js";

export interface AdagradAsked {
  readonly rate: number;
  /** Whether the goal moves from 1 to −1 halfway. */
  readonly moves: boolean;
}

export const adagradSteps = 120;

export interface AdagradTrace {
  /** rate / √s before each step but the first. */
  readonly effective: readonly number[];
  /** Where the parameter was. */
  readonly place: readonly number[];
}

export interface AdagradFound {
  readonly goal: readonly number[];
  readonly adagrad: AdagradTrace;
  readonly rmsprop: AdagradTrace;
}

/** One parameter drawn towards a goal, ½(w − c)²: how Adagrad's effective rate falls, and what RMSprop does instead. */
export function adagradJob({ rate, moves }: AdagradAsked): AdagradFound {
  const goalAt = (step: number) => (moves && step > adagradSteps / 2 ? -1 : 1);
  const trace = (optimizer: Optimizer): AdagradTrace => {
    const gradientAt = ([w = 0]: readonly number[], step: number) => [w - goalAt(step)];
    const { path, memory } = descend(optimizer, [-3], gradientAt, adagradSteps);
    return {
      effective: memory.slice(1).map(({ s }) => optimizer.rate / Math.sqrt(s?.[0] as number)),
      place: path.map(([w]) => w as number),
    };
  };
  return {
    goal: Array.from({ length: adagradSteps + 1 }, (_, step) => goalAt(step)),
    adagrad: trace(adagrad(rate)),
    rmsprop: trace(rmsprop(rate / 10, { alpha: 0.9 })),
  };
}
