import { convergence } from "./convergence.js";
import { deadRelu } from "./dead-relu.js";
import { expCost } from "./exp-cost.js";
import type { Experiment } from "./experiment.js";
import { initialization } from "./initialization.js";
import { optimizersExperiment } from "./optimizers.js";
import { saturation } from "./saturation.js";
import { twoWays } from "./two-ways-to-differentiate.js";
import { vanishingGradients } from "./vanishing-gradients.js";
import { zeroCentered } from "./zero-centered.js";

export { type ActivationTimes, timeActivation, timedActivations } from "./activation-cost.js";
export type { Chart } from "./chart.js";
export type { Experiment, ExperimentOptions, Result, Verdict } from "./experiment.js";
export type { Measured } from "./statistics.js";

/** The claims of the lecture notes, each measured, by name. */
export const experiments = {
  "vanishing-gradients": vanishingGradients,
  "zero-centered": zeroCentered,
  "dead-relu": deadRelu,
  initialization,
  convergence,
  "exp-cost": expCost,
  optimizers: optimizersExperiment,
  saturation,
  "two-ways-to-differentiate": twoWays,
} satisfies Record<string, Experiment>;
