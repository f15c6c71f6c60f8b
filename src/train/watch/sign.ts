import type { Text } from "../../language/index.js";

/** What speaks for a disease: where, the numbers, and a sentence with them. */
export interface Sign {
  readonly layers: readonly number[];
  readonly evidence: Readonly<Record<string, number>>;
  readonly seen: Text;
}
