import { deadRelu } from "./dead-relu.js";
import type { Experiment } from "./experiment.js";
import { vanishingGradients } from "./vanishing-gradients.js";
import { zeroCentered } from "./zero-centered.js";

export type { Chart } from "./chart.js";
export type { Experiment, ExperimentOptions, Result, Verdict } from "./experiment.js";
export type { Measured } from "./statistics.js";

/** The claims of the lecture notes, each measured, by name. */
export const experiments = {
  "vanishing-gradients": vanishingGradients,
  "zero-centered": zeroCentered,
  "dead-relu": deadRelu,
} satisfies Record<string, Experiment>;
