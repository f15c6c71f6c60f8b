import type { Command } from "commander";
import { readCheckpoint } from "../../index.js";
import { commandOf } from "../checkpoints.js";
import { withCommonOptions } from "../common-options.js";
import { grouped } from "../format.js";
import { Options } from "../options.js";
import { runTraining } from "../run-training.js";
import { Terminal } from "../terminal.js";

const help = `
Everything is as it was: data, network, options, the order of the examples and
the optimizer's memories, so the model gets the same bits as if training had
never stopped. Checkpoints go on in the same folder. What is given here counts
instead: --epochs to train longer, --out for another file.

With --json: the same lines as train.`;

export function define(command: Command): void {
  command
    .argument("<checkpoint>", "the folder of train --checkpoint, or the file in it")
    .option("--epochs <number>", "passes over the training data, all in all (as before)")
    .option("--every <steps or seconds>", "how often checkpoints are made (as before)")
    .option("--watch", "look at gradients and activations, and name what goes wrong with a remedy")
    .option("--report <file>", "the training as one HTML page, with what --watch sees")
    .option("--out <file>", "where the model goes (as before)")
    .addHelpText("after", help)
    .action((checkpoint: string, _: unknown, self: Command) => run(checkpoint, Options.of(self)));
  withCommonOptions(command, { seed: "that of the training; another one is refused" });
}

async function run(path: string, asked: Options): Promise<void> {
  const terminal = new Terminal(asked.flag("json"), asked.flag("quiet"));
  const state = await readCheckpoint(path);
  const { data, options } = commandOf(state, path, asked);
  terminal.message(`Going on in epoch ${grouped(state.epoch)}, after ${grouped(state.steps)} steps.`);
  await runTraining(data, options, state);
}
