import { adagradJob } from "./adagrad.js";
import { deadJob } from "./dead.js";
import { depthJob } from "./depth.js";
import { initJob } from "./initialization.js";
import { digitsJob, ravineJob } from "./race.js";
import { zigzagJob } from "./zigzag.js";

/** What is computed for this view, by name; in a worker, so that the page stays free. */
export const jobs = {
  depth: depthJob,
  zigzag: zigzagJob,
  dead: deadJob,
  init: initJob,
  ravine: async () => ravineJob(),
  digits: digitsJob,
  adagrad: async (asked: Parameters<typeof adagradJob>[0]) => adagradJob(asked),
};

export type JobName = keyof typeof jobs;
export type Asked<J extends JobName> = Parameters<(typeof jobs)[J]>[0];
export type Found<J extends JobName> = Awaited<ReturnType<(typeof jobs)[J]>>;
