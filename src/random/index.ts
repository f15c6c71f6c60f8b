export { fillNormal, fillUniform } from "./distributions.js";
export { RandomError } from "./error.js";
export { createRandom, type Random, type RandomState, restoreRandom } from "./random.js";
export type { Words } from "./xoshiro.js";
