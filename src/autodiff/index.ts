export { type CheckOptions, checkGradients, type GradientCheck, relativeError } from "./check-gradients.js";
export { evaluate, evaluateAll, type Feeds } from "./evaluate.js";
export { type AppliedRule, gradients } from "./gradients.js";
export { jacobian } from "./jacobian.js";
