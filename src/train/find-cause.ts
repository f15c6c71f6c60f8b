import type { DivergedError } from "./diverged.js";
import { causeOfDivergence } from "./divergence.js";
import type { Feed } from "./feed.js";
import type { StepDescription } from "./graphs.js";
import { Session, type SessionOptions } from "./session.js";

/** Where the steps to be taken again begin. */
export interface Start {
  lasting: Float32Array | Float64Array;
  steps: number;
  /** The batch of the epoch that comes next. */
  index: number;
}

/** Takes the epoch's steps again, up to the batch that failed, with every value kept, to name the first one that is not finite. */
export async function findCause(
  description: StepDescription,
  memory: Pick<SessionOptions, "batchSizes" | "engine" | "threads" | "provider">,
  feed: Feed,
  start: Start,
  failed: number,
  rate: number,
): Promise<DivergedError> {
  using session = await Session.open(description, { ...memory, keep: "named" });
  session.restore(start.lasting);
  session.steps = start.steps;
  const takeStep = async (i: number) => {
    const size = feed.write(session, start.index + i);
    await session.step(size, rate);
    return { size, rate };
  };
  return await causeOfDivergence({ session, steps: failed - start.index + 1, takeStep });
}
