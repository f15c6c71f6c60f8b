import type { Network } from "../../src/index.js";

/** Multiply-adds that judging one set may cost: larger networks are judged on fewer examples. */
const judging = 20_000_000;
/** Learned numbers up to which a network is looked at after every step in the beginning. */
const small = 16_000;

/** How many numbers a network learns: about the multiply-adds of one example. */
export function weightCount(network: Network): number {
  return network.parameters.reduce((sum, { tensor }) => sum + tensor.shape.reduce((a, b) => a * b, 1), 0);
}

/** Examples of a set that are judged at most. */
export function rowsToJudge(network: Network): number {
  return Math.max(32, Math.floor(judging / weightCount(network)));
}

/** Examples that one call of the engine predicts. */
export function predictBatchFor(network: Network): number {
  return Math.min(256, rowsToJudge(network));
}

/** Steps between two looks at first: so that looking costs a small share of the time. */
export function strideFor(network: Network): number {
  return 2 ** Math.max(0, Math.round(Math.log2(weightCount(network) / small)));
}
