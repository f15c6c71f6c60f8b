import { UsageError } from "../tensor/index.js";

/** A number of features: a whole number from 1 to 2²⁴. */
export function checkFeatures(features: number, what: string): void {
  if (!Number.isInteger(features) || features < 1 || features > 2 ** 24) {
    throw new UsageError(`${what} must be a whole number from 1, got ${features}`);
  }
}
