import { type Loss, meanSquaredError, type Network, softmaxCrossEntropy } from "../nn/index.js";
import { adagrad, type Optimizer } from "../optim/index.js";
import { formatPlan, type Plan, planGraph } from "../plan/index.js";
import { lastingLeaves, predictionGraph, trainingGraph } from "./graphs.js";

export interface PlanDescription {
  readonly loss?: Loss;
  readonly optimizer?: Optimizer;
  /** Examples in the batch (32). */
  readonly batch?: number;
  readonly clip?: number;
  /** Plan the forward pass of prediction only. */
  readonly prediction?: boolean;
  /** Keep every named value readable, or reuse memory as training does (`needed`). */
  readonly keep?: "needed" | "named";
}

/** A plan that prints itself. */
export interface PrintablePlan extends Plan {
  toString(): string;
}

/**
 * The plan of a network's training step: what is computed in which order, where each value lies in memory, which values are
 * the cache. `console.log(String(plan(network)))` shows it as a table.
 */
export function plan(network: Network, description: PlanDescription = {}): PrintablePlan {
  const { batch = 32, clip, keep = "needed", prediction = false } = description;
  const { loss = network.outputs === 1 ? meanSquaredError() : softmaxCrossEntropy(), optimizer = adagrad(0.05) } =
    description;
  const step = { network, loss, optimizer, clip, seed: 1 };
  const graph = prediction ? predictionGraph(network, batch) : trainingGraph(step, lastingLeaves(step), batch);
  const planned = planGraph(graph, { keep });
  return { ...planned, toString: () => formatPlan(planned) };
}
