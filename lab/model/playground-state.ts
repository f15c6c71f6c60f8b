import { type StateOf, whole } from "./fields.js";

/** What of the playground is in a link. */
export const playgroundFields = {
  /** Everything random in a run depends on this alone. */
  seed: whole(1),
  /** Training steps taken: opening the link takes them again. */
  step: whole(0, 0, 1_000_000),
};

export type PlaygroundState = StateOf<typeof playgroundFields>;
