import type { Command } from "commander";
import { activations, initializers, losses, optimizers } from "../../index.js";
import { withCommonOptions } from "../common-options.js";
import { dataNames } from "../data-sets.js";
import { defaultOut, recipeFor, scheduleNames, validationShare } from "../defaults.js";
import { interruptedPath } from "../model-files.js";
import { namesOf, Options } from "../options.js";
import { runTraining } from "../run-training.js";

const usual = recipeFor("digits");

const help = `
What is left out depends on the data. For digits it is --layers ${usual.layers.join(",")}
--activation ${usual.activation} --dropout ${usual.dropout} --optimizer ${usual.optimizer} --lr ${usual.rate}
--batch ${usual.batch} --epochs ${usual.epochs}.
Schedules run over all epochs: cosine and polynomial fall to 0, step takes
a tenth twice, exponential ends at a hundredth, linear is a warm-up over the
first tenth.

With --json: start, one epoch a line (and with --watch some lines watch, with
every layer's figures and what was found), then done with epochs, seconds,
examplesPerSecond, engine, test {loss, accuracy or r2 and mae} and model (path).
Ctrl-C stops after the step at hand and saves the model so far as
${interruptedPath(defaultOut)}, with --checkpoint after one more checkpoint, from
which resume goes on to the same bits.`;

export function define(command: Command): void {
  const list = (table: object) => namesOf(table).join(", ");
  command
    .argument("[data]", `one of ${dataNames.join(", ")} (digits), a table (.csv, .tsv) or a folder of IDX files`)
    .option("--target <column>", "of a table: the column to predict, by name or by position")
    .option(
      "--columns <kinds>",
      "of a table: number, boolean, category or drop for columns, such as age=category,id=drop",
    )
    .option("--header <yes or no>", "of a table: whether the first row holds names (what it looks like)")
    .option("--layers <units>", "units of the hidden layers, such as 64,32, or none")
    .option("--activation <name>", list(activations))
    .option("--init <name>", `${list(initializers)} (what suits the activation)`)
    .option("--optimizer <name>", list(optimizers))
    .option("--lr <rate>", "learning rate (what suits the optimizer)")
    .option("--schedule <name>", `${scheduleNames.join(", ")} (constant)`)
    .option("--weight-decay <number>", "pull of the weights towards 0 (the optimizer's own)")
    .option("--clip <norm>", "largest common norm of the gradients")
    .option("--dropout <share>", "units left out in each step, behind each hidden layer (0)")
    .option("--loss <name>", `${list(losses)} (what suits the data)`)
    .option("--batch <examples>", `examples a step (${usual.batch})`)
    .option("--epochs <number>", "passes over the training data")
    .option("--patience <epochs>", `stop after so many epochs without progress on ${100 * validationShare}% held back`)
    .option(
      "--fast-math",
      "fused multiply-add in the wasm engine where the runtime has it: not the same bits everywhere",
    )
    .option("--checkpoint <folder>", "keep the training safe there, for resume")
    .option("--every <steps or seconds>", "how often: 500 for steps, 30s for seconds (60s)")
    .option("--watch", "look at gradients and activations, and name what goes wrong with a remedy")
    .option("--report <file>", "the training as one HTML page, with what --watch sees")
    .option("--split <kind>", "ordered, random, or the share of the test part such as 0.2")
    .option("--out <file>", `where the model goes (${defaultOut})`)
    .option("--config <file>", "a JSON file of these options, without dashes; the command line wins")
    .addHelpText("after", help)
    .action((data: string | undefined, _: unknown, self: Command) => runTraining(data, Options.of(self)));
  withCommonOptions(command, { seed: "of initial weights, order, dropout and split (1)" });
}
