import { RandomError } from "./error.js";
import type { Random } from "./random.js";

/**
 * Fills `into` with numbers uniform in [low, high); rounding to float32 may give `high` itself.
 * @throws RandomError unless low ≤ high and both are finite.
 */
export function fillUniform<T extends Float32Array | Float64Array>(
  random: Random,
  into: T,
  low: number,
  high: number,
): T {
  if (!Number.isFinite(high - low) || low > high) {
    throw new RandomError(`a uniform distribution from ${low} to ${high} needs two finite bounds, the lower one first`);
  }
  for (let index = 0; index < into.length; index++) into[index] = low + (high - low) * random.uniform();
  return into;
}

/**
 * Fills `into` with normal numbers of this mean and standard deviation.
 * @throws RandomError unless both are finite and the deviation is not negative.
 */
export function fillNormal<T extends Float32Array | Float64Array>(
  random: Random,
  into: T,
  mean: number,
  deviation: number,
): T {
  if (!Number.isFinite(mean) || !Number.isFinite(deviation) || deviation < 0) {
    throw new RandomError(
      `a normal distribution with mean ${mean} and standard deviation ${deviation} needs finite numbers, the second not negative`,
    );
  }
  for (let index = 0; index < into.length; index++) into[index] = mean + deviation * random.normal();
  return into;
}
