import type { Loss, Network } from "../../nn/index.js";
import { add } from "../../ops/add.js";
import { constantTensor } from "../../ops/constant.js";
import { input } from "../../ops/leaves.js";
import { mul } from "../../ops/mul.js";
import { neg } from "../../ops/neg.js";
import { reshape } from "../../ops/reshape.js";
import { sigmoid } from "../../ops/sigmoid.js";
import { softmax } from "../../ops/softmax.js";
import { stack } from "../../ops/stack.js";
import { sub } from "../../ops/sub.js";
import { transpose } from "../../ops/transpose.js";
import type { Graph } from "../../plan/index.js";
import type { Tensor } from "../../tensor/index.js";
import type { ModelFile } from "../model-file.js";

/**
 * A model from raw features to what it says, as graph. Input `X` (batch × features, as they come); outputs:
 * - a classifier: `probabilities` (batch × classes), and `logits` where the network gives them;
 * - numbers: `prediction` (batch × targets), in the data's own unit.
 */
export function inferenceGraph(model: ModelFile, batch: number): Graph {
  const { network, loss, targetScaling: scaling } = model;
  const output = network.forward(prepare(model, input([batch, network.inputs] as const, "X")) as Input)
    .output as Tensor;
  if (loss.target === "class") return { outputs: classOutputs(loss, output) };
  const scaled = scaling === undefined ? output : add(mul(output, row(scaling.scale)), row(scaling.shift));
  return { outputs: [scaled.named("prediction")] };
}

type Input = Parameters<Network["forward"]>[0];

/** (x - shift)·factor, unless that changes nothing. */
function prepare({ normalizer: { shift, factor } }: ModelFile, x: Tensor): Tensor {
  const centered = shift.some((value) => value !== 0) ? sub(x, row(shift)) : x;
  return factor.some((value) => value !== 1) ? mul(centered, row(factor)) : centered;
}

function classOutputs({ outputs }: Loss, output: Tensor): Tensor[] {
  if (outputs === "probabilities") return [output.named("probabilities")];
  const probabilities = outputs === "logit" ? bothWays(output) : softmax(output);
  return [probabilities.named("probabilities"), output.named("logits")];
}

/** From the logit of the second class (batch × 1) to the probabilities of both (batch × 2). */
function bothWays(logit: Tensor): Tensor {
  const column = reshape(logit, [logit.shape[0] as number]);
  return transpose(stack([sigmoid(neg(column)), sigmoid(column)]));
}

function row(values: readonly number[]): Tensor {
  return constantTensor([values.length], Float64Array.from(values));
}
