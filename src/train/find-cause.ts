import type { DivergedError } from "./diverged.js";
import { causeOfDivergence } from "./divergence.js";
import type { Feed } from "./feed.js";
import type { Session } from "./session.js";

/** Where the steps to be taken again begin. */
export interface Start {
  lasting: Float32Array | Float64Array;
  steps: number;
  /** The batch of the epoch that comes next. */
  index: number;
}

/**
 * Takes the epoch's steps again, up to the batch that failed, in a session that keeps every value, to name the first one that is
 * not finite.
 */
export async function findCause(
  session: Session,
  feed: Feed,
  start: Start,
  failed: number,
  rate: number,
): Promise<DivergedError> {
  session.restore(start.lasting);
  session.steps = start.steps;
  const takeStep = async (i: number) => {
    const size = feed.write(session, start.index + i);
    await session.step(size, rate);
    return { size, rate };
  };
  return await causeOfDivergence({ session, steps: failed - start.index + 1, takeStep });
}
