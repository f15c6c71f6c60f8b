import type { Command } from "commander";
import { type Dataset, evaluateOn, type Model, selectEngine } from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { checkDataName, dataNames, type SplitChoice, splitChoice } from "../data-sets.js";
import { describeNetwork } from "../describe.js";
import { counted } from "../format.js";
import { dataFor, mayHaveSeen, openModel } from "../model-files.js";
import { Options } from "../options.js";
import { confusionRows, describeEvaluation, evaluationFields, reportConfusion } from "../report.js";
import { isTable, tableToJudge } from "../tables.js";
import type { Terminal } from "../terminal.js";

const help = `
The model prepares raw features itself, as it did in training. Only the test
part is used: what the model has not learned from, divided and seeded as it was
for training. Of a table that the model was not trained on, all rows are used.

With --json: done with data, examples, engine, loss, accuracy and confusion
(or r2 and mae).`;

export function define(command: Command): void {
  command
    .argument("<model>", "a model file, such as model.safetensors")
    .argument("[data]", `one of ${dataNames.join(", ")} or a table (what the model was trained on)`)
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
  const test = await toJudge(terminal, model, name, seed, split);
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

/** The examples to judge the model on; says so where it may have learned from them. */
async function toJudge(
  terminal: Terminal,
  model: Model,
  name: string | undefined,
  seed: number | undefined,
  split: SplitChoice | undefined,
): Promise<Dataset> {
  const used = name ?? (model.table === undefined ? undefined : String(model.training["data"]));
  if (used !== undefined && isTable(used)) return tableToJudge(model, used, seed, split);
  const data = await dataFor(model, name, seed, split);
  if (mayHaveSeen(model, data, seed)) {
    terminal.message("The data was divided otherwise in training: the model may have learned from these examples.");
  }
  return data.test;
}
