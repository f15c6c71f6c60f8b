import type { Command } from "commander";
import { evaluateOn, selectEngine } from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { checkDataName, dataNames, splitChoice } from "../data-sets.js";
import { describeNetwork } from "../describe.js";
import { counted } from "../format.js";
import { dataFor, mayHaveSeen, openModel } from "../model-files.js";
import { Options } from "../options.js";
import { confusionRows, describeEvaluation, evaluationFields, reportConfusion } from "../report.js";

const help = `
The model prepares raw features itself, as it did in training. Only the test
part is used: what the model has not learned from, divided and seeded as it was
for training.

With --json: done with data, examples, engine, loss, accuracy and confusion
(or r2 and mae).`;

export function define(command: Command): void {
  command
    .argument("<model>", "a model file, such as model.safetensors")
    .argument("[data]", `one of ${dataNames.join(", ")} (what the model was trained on)`)
    .option("--split <kind>", "ordered, random, or the share of the test part such as 0.2 (the model's own)")
    .addHelpText("after", help)
    .action((model: string, data: string | undefined, _: unknown, self: Command) => run(model, data, Options.of(self)));
  withCommonOptions(command, { seed: "of the split, or of a synthetic set (the model's own)" });
}

async function run(path: string, dataName: string | undefined, options: Options): Promise<void> {
  const { terminal, seed, engine } = commonSettings(options);
  const split = splitChoice(options);
  const name = dataName === undefined ? undefined : checkDataName(dataName);
  const model = await openModel(path);
  const data = await dataFor(model, name, seed, split);
  const { test } = data;
  if (mayHaveSeen(model, data, seed)) {
    terminal.message("The data was divided otherwise in training: the model may have learned from these examples.");
  }
  const evaluation = await evaluateOn(model, test, { engine });
  terminal.event("done", {
    model: path,
    data: test.name,
    examples: test.count,
    engine: selectEngine(engine).name,
    ...evaluationFields(evaluation),
    ...confusionRows(evaluation),
  });
  if (!terminal.quiet) {
    terminal.report(
      `${path}: ${describeNetwork(model.network)}, on ${counted(test.count, "example")} of ${test.name}`,
      "",
    );
  }
  terminal.report(`${terminal.out.bold("Test")}   ${describeEvaluation(evaluation, test)}`);
  if (!terminal.quiet) reportConfusion(terminal, evaluation, test);
}
