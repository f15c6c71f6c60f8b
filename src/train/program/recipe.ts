import { FormatError, JsonReader, parseStrictJson } from "../../formats/index.js";
import { type Optimizer, optimizers, type Schedule, schedules } from "../../optim/index.js";
import type { Attributes } from "../../tensor/index.js";

/** How a training went about it, as live values: what `train` was told beside network, data, loss, batch and seed. */
export interface Recipe {
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly schedule?: Schedule;
  readonly clip?: number;
  readonly patience?: number;
  readonly shuffle?: boolean;
}

/**
 * The recipe that a model was trained by, from what its file says.
 * @throws FormatError when the file does not say it (it was written by an earlier version) or is damaged.
 */
export function recipeFrom(training: Readonly<Record<string, string | number>>, source: string): Recipe {
  const text = training["recipe"];
  if (typeof text !== "string") {
    throw new FormatError(
      `${source} does not say how it was trained in all detail; train it again to write a program of it`,
    );
  }
  const read = new JsonReader(parseStrictJson(text, `${source}: the recipe`), `${source}: the recipe`);
  const made = read.object("optimizer");
  const schedule = read.has("schedule") ? read.object("schedule") : undefined;
  const build = known(optimizers, made.string("name"), source);
  return {
    optimizer: build(made.number("rate"), optionsOf(made)),
    epochs: read.number("epochs"),
    ...(schedule !== undefined && {
      schedule: (known(schedules, schedule.string("name"), source) as (options: Attributes) => Schedule)(
        optionsOf(schedule),
      ),
    }),
    ...(read.has("clip") && { clip: read.number("clip") }),
    ...(read.has("patience") && { patience: read.number("patience") }),
    ...(read.has("shuffle") && { shuffle: read.value("shuffle") === true }),
  };
}

function known<Table extends object>(table: Table, name: string, source: string): Table[keyof Table] {
  if (!Object.hasOwn(table, name))
    throw new FormatError(`${source}: there is no ${JSON.stringify(name)}; the file is damaged`);
  return table[name as keyof Table];
}

function optionsOf(read: JsonReader): Attributes {
  return Object.fromEntries(read.object("options").entries()) as Attributes;
}
