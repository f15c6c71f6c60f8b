import { existsSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { dataNames, isBuiltIn, isFolder, openData, splitChoice } from "../data-sets.js";
import { inspectData } from "../inspect-data.js";
import { inspectModel } from "../inspect-model.js";
import { inspectTable } from "../inspect-table.js";
import { openModel } from "../model-files.js";
import { Options } from "../options.js";
import { nearest } from "../suggest.js";
import { checkTable, isTable, tableChoice } from "../tables.js";

const help = `
Of a model: tensors with shapes and statistics, preparation, classes, how it was
trained, the plan of prediction. Of a data set: examples, features with their
ranges, classes with their counts, a look at some digits. Of a table: what each
column is taken for, and why.

With --json: done with all of this.`;

export function define(command: Command): void {
  command
    .argument("<model or data>", `a model file, a table, or one of ${dataNames.join(", ")}`)
    .option("--columns <kinds>", "of a table: number, boolean, category or drop, such as age=category,id=drop")
    .option("--header <yes or no>", "of a table: whether the first row holds names (what it looks like)")
    .option("--split <kind>", "ordered, random, or the share of the test part such as 0.2")
    .addHelpText("after", help)
    .action((what: string, _: unknown, self: Command) => run(what, Options.of(self)));
  withCommonOptions(command, { seed: "of the split, or of a synthetic set (1)" });
}

async function run(what: string, options: Options): Promise<void> {
  const { terminal, seed = 1 } = commonSettings(options);
  const split = splitChoice(options);
  if (isTable(what)) return inspectTable(terminal, checkTable(what), tableChoice(options));
  if (isBuiltIn(what) || isFolder(what)) {
    return inspectData(terminal, await openData(what, seed, split));
  }
  const near = nearest(what, dataNames);
  if (near !== undefined && !existsSync(what)) {
    throw new UsageError(`there is no file and no data ${JSON.stringify(what)}; did you mean "${near}"?`);
  }
  inspectModel(terminal, what, await openModel(what));
}
