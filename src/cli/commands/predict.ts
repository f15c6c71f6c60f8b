import process from "node:process";
import type { Command } from "commander";
import { DataError, type Model, predict, selectEngine, UsageError } from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { checkDataName, dataNames, splitChoice } from "../data-sets.js";
import { dataFor, openModel } from "../model-files.js";
import { Options } from "../options.js";
import { PredictionTable } from "../prediction-table.js";
import { bytesOfInput, firstOf, inChunks, parseRow, type Row, rowsOf, rowsOfFeatures, rowsOfInput } from "../rows.js";
import { isTable, rawRows } from "../tables.js";

const help = `
Rows are raw features, one number each, as the model was trained on: it prepares
them itself. They come from
  the test part of a named set   predict model.safetensors digits --limit 10
  the command line               predict model.safetensors --row "0.3,0.7"
  standard input, a row a line   predict model.safetensors - < rows.csv
A model of a table takes raw rows as that table has them, columns in any order,
with or without the target: predict model.safetensors new.csv
With a named set the truth stands beside each prediction.

With --json: one prediction a line (row, class, probability, probabilities or
values, truth), then done with rows (and right, where the truth is known).`;

export function define(command: Command): void {
  command
    .argument("<model>", "a model file, such as model.safetensors")
    .argument("[data]", `one of ${dataNames.join(", ")}, a table, or - for standard input`)
    .option("--row <numbers>", "one row of raw features, with commas between the numbers")
    .option("--limit <rows>", "stop after so many rows")
    .option("--split <kind>", "ordered, random, or the share of the test part such as 0.2 (the model's own)")
    .addHelpText("after", help)
    .action((model: string, data: string | undefined, _: unknown, self: Command) => run(model, data, Options.of(self)));
  withCommonOptions(command, { seed: "of the split, or of a synthetic set (the model's own)" });
}

/** Rows predicted at once: few enough to see the first soon. */
const chunk = 256;

async function run(path: string, source: string | undefined, options: Options): Promise<void> {
  const { terminal, seed, engine } = commonSettings(options);
  const limit = options.whole("limit", 1) ?? Number.POSITIVE_INFINITY;
  const split = splitChoice(options);
  const single = options.text("row");
  if (single !== undefined && source !== undefined) throw new UsageError("give either data or --row, not both");
  const name = source === undefined || source === "-" ? undefined : checkDataName(source);
  if (name !== undefined && isTable(name) && split !== undefined) {
    throw new UsageError("every row of a table is predicted; leave --split out");
  }
  if (single === undefined && source === undefined && process.stdin.isTTY) {
    throw new UsageError(`say what to predict: ${dataNames.join(", ")}, --row "…", or - for rows on standard input`);
  }
  const model = await openModel(path);
  const rows = async (): Promise<AsyncIterable<Row>> => {
    if (model.table !== undefined) return tableRows(model, single, name);
    if (single !== undefined) return oneRow(parseRow(single, "--row"));
    return name === undefined ? rowsOfInput() : rowsOf((await dataFor(model, name, seed, split)).test);
  };

  const table = new PredictionTable(terminal, model, selectEngine(engine).name);
  for await (const part of inChunks(firstOf(await rows(), limit), chunk)) {
    const predictions = await predict(
      model,
      part.map(({ features }) => features),
      { engine },
    ).catch(renumbered(table.count));
    table.write(part, predictions);
  }
  if (table.count === 0) throw new DataError("there are no rows on standard input; give one row of numbers a line");
  table.finish();
}

/** A row in a message counts from the first of all rows, not of the part it came with. */
function renumbered(before: number): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(
      error.message.replace(/^row (\d+)/, (_, row) => `row ${Number(row) + before}`),
      { cause: error },
    );
  };
}

/** Raw rows of a table, by the preparation that the model brings; the truth where the target column is filled. */
async function tableRows(
  model: Model,
  single: string | undefined,
  name: string | undefined,
): Promise<AsyncIterable<Row>> {
  const [source, label, header] =
    single !== undefined
      ? ([new TextEncoder().encode(single), "--row", false] as const)
      : name === undefined
        ? ([await bytesOfInput(), "standard input", undefined] as const)
        : ([name, name, undefined] as const);
  const { features, dataset } = await rawRows(model, source, label, header);
  return dataset === undefined ? rowsOfFeatures(features, model.network.inputs) : rowsOf(dataset);
}

async function* oneRow(features: readonly number[]): AsyncGenerator<Row> {
  yield { features };
}
