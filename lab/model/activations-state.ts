import type { StateOf } from "./fields.js";

/** What of the view "activations" is in a link. */
export const activationsFields = {};

export type ActivationsState = StateOf<typeof activationsFields>;
