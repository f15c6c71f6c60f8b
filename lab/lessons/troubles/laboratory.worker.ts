import type { Text } from "../../../src/index.js";
import { textOf } from "../../model/complaint.js";
import { type JobName, jobs } from "./jobs/index.js";

/** What a view asks of the worker, and what it gets back. */
export interface Question {
  readonly id: number;
  readonly job: JobName;
  readonly asked: unknown;
}
export type Answer = { readonly id: number; readonly found: unknown } | { readonly id: number; readonly error: Text };

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  const run = jobs[data.job] as (asked: unknown) => Promise<unknown>;
  run(data.asked).then(
    (found) => postMessage({ id: data.id, found } satisfies Answer),
    (error: unknown) => postMessage({ id: data.id, error: textOf(error) } satisfies Answer),
  );
});
