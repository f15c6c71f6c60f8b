import type { StateOf } from "./fields.js";

/** What of the view "troubles" is in a link. */
export const troublesFields = {};

export type TroublesState = StateOf<typeof troublesFields>;
