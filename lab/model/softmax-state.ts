import type { StateOf } from "./fields.js";

/** What of the view "softmax" is in a link. */
export const softmaxFields = {};

export type SoftmaxState = StateOf<typeof softmaxFields>;
