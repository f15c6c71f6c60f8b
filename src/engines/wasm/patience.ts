import type { Patience } from "./program.js";

/**
 * How long threads wait for each other. A look takes 0.4 ns: they look for 0.1 ms, longer than the pieces of a step differ and
 * than it takes to write the next batch, since a sleeping thread is woken only 0.05 ms late.
 */
export const patience = {
  /** The first thread leaves a barrier after 50 ms to see whether another has died; a page's main thread may not sleep. */
  first: (sleeps: boolean): Patience =>
    sleeps ? { looks: 250_000, milliseconds: 50 } : { looks: 120_000_000, milliseconds: 0 },
  other: { looks: 250_000, milliseconds: -1 },
};
