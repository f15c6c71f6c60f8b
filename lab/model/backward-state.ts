import type { StateOf } from "./fields.js";

/** What of the view "backward" is in a link. */
export const backwardFields = {};

export type BackwardState = StateOf<typeof backwardFields>;
