import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";
import type { Text } from "../../../src/index.js";
import type { Asked, Found, JobName } from "./jobs/index.js";
import type { Answer, Question } from "./laboratory.worker.js";

export interface Measured<T> {
  /** The last that was found; undefined before anything was. */
  readonly found: T | undefined;
  /** Whether something newer is being computed. */
  readonly busy: boolean;
  readonly error: Text | undefined;
}

/** Computes a job in a worker of its own whenever what is asked changes; of answers that overtake each other the newest counts. */
export function useLaboratory<J extends JobName>(job: J, asked: () => Asked<J>): Accessor<Measured<Found<J>>> {
  const worker = new Worker(new URL("./laboratory.worker.ts", import.meta.url), { type: "module" });
  const [measured, setMeasured] = createSignal<Measured<Found<J>>>({ found: undefined, busy: true, error: undefined });
  let newest = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    if (data.id !== newest) return;
    if ("error" in data) setMeasured((before) => ({ ...before, busy: false, error: data.error }));
    else setMeasured({ found: data.found as Found<J>, busy: false, error: undefined });
  });
  createEffect(() => {
    const question: Question = { id: ++newest, job, asked: asked() };
    setMeasured((before) => ({ ...before, busy: true }));
    worker.postMessage(question);
  });
  onCleanup(() => worker.terminate());
  return measured;
}
