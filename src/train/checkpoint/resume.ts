import type { Dataset } from "../../data/index.js";
import type { Network } from "../../nn/index.js";
import type { CheckData, Run, TrainOptions } from "../run.js";
import { train } from "../train.js";
import { readCheckpoint } from "./checkpoint.js";
import type { TrainingState } from "./state.js";

/**
 * Goes on with a training where a checkpoint was made: the same bits as if it had never stopped. Network, data and options are
 * those of the training, or it is refused; `epochs` may be more.
 * @param from the folder or file of a checkpoint (Node), its bytes, or what `readCheckpoint` gave.
 * @throws FileError when there is none (never starts afresh), FormatError when it is damaged, UsageError when something differs.
 */
export async function resume<In extends number, Out extends number, DataIn extends number, DataOut extends number>(
  from: string | Uint8Array | TrainingState,
  network: Network<In, Out>,
  data: Dataset<DataIn, DataOut> & CheckData<In, Out, DataIn, DataOut>,
  options: TrainOptions,
): Promise<Run<In, Out>> {
  const state = typeof from === "string" || from instanceof Uint8Array ? await readCheckpoint(from) : from;
  return train(network, data, { ...options, from: state });
}
