import type { StateOf } from "./fields.js";

/** What of the view "forward" is in a link. */
export const forwardFields = {};

export type ForwardState = StateOf<typeof forwardFields>;
