import { activations, initializers, losses, optimizers } from "../index.js";
import { type Every, everyOf } from "./checkpoints.js";
import { type CommonSettings, commonSettings } from "./common-options.js";
import { checkDataName, type DataName, type DataParts, type SplitChoice, splitChoice } from "./data-sets.js";
import { defaultOut, rates, recipeFor, type ScheduleName, scheduleNames } from "./defaults.js";
import { namesOf, type Options } from "./options.js";
import { type TableChoice, tableChoice } from "./tables.js";

/** What the training data is, and how it is divided. */
export interface DataSettings extends CommonSettings {
  readonly data: DataName;
  readonly table: TableChoice;
  readonly split: SplitChoice | undefined;
  readonly seed: number;
}

/** Everything `train` was told, checked and completed. */
export interface TrainSettings extends DataSettings {
  readonly layers: readonly number[];
  readonly activation: keyof typeof activations;
  readonly init: keyof typeof initializers | undefined;
  readonly dropout: number;
  readonly loss: keyof typeof losses | undefined;
  readonly optimizer: keyof typeof optimizers;
  readonly rate: number;
  readonly schedule: ScheduleName;
  readonly weightDecay: number | undefined;
  readonly clip: number | undefined;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number | undefined;
  readonly fastMath: boolean;
  readonly checkpoint: string | undefined;
  readonly every: Every | undefined;
  readonly watch: boolean;
  readonly report: string | undefined;
  readonly out: string;
}

/** Beyond this a layer is more likely a typing error than a wish. */
const mostUnits = 65_536;

export function dataSettings(data: string | undefined, options: Options): DataSettings {
  const common = commonSettings(options);
  return {
    ...common,
    data: checkDataName(data ?? options.text("data") ?? "digits"),
    table: tableChoice(options),
    split: splitChoice(options),
    seed: common.seed ?? 1,
  };
}

/** @param data As it was opened: what is left out depends on it. */
export function trainSettings(settings: DataSettings, { training }: DataParts, options: Options): TrainSettings {
  const recipe = recipeFor(settings.data, training);
  const optimizer = options.choice("optimizer", "optimizer", namesOf(optimizers)) ?? recipe.optimizer;
  const ownOptimizer = optimizer === recipe.optimizer;
  const layers = options.wholes("layers", 1) ?? recipe.layers;
  if (layers.some((units) => units > mostUnits))
    options.refuse("layers", `must have at most ${mostUnits} units a layer`);
  return {
    ...settings,
    layers,
    activation: options.choice("activation", "activation", namesOf(activations)) ?? recipe.activation,
    init: options.choice("init", "initializer", namesOf(initializers)),
    dropout: options.number("dropout", { from: 0, below: 1 }) ?? recipe.dropout ?? 0,
    loss: options.choice("loss", "loss", namesOf(losses)),
    optimizer,
    rate: options.number("lr", { above: 0 }) ?? (ownOptimizer ? recipe.rate : rates[optimizer]),
    schedule: options.choice("schedule", "schedule", scheduleNames) ?? recipe.schedule ?? "constant",
    weightDecay: options.number("weight-decay", { from: 0 }) ?? (ownOptimizer ? recipe.weightDecay : undefined),
    clip: options.number("clip", { above: 0 }),
    batch: options.whole("batch", 1) ?? recipe.batch,
    epochs: options.whole("epochs", 1) ?? recipe.epochs,
    patience: options.whole("patience", 1),
    fastMath: options.flag("fast-math"),
    checkpoint: options.text("checkpoint"),
    every: everyOf(options),
    watch: options.flag("watch") || options.has("report"),
    report: options.text("report"),
    out: options.text("out") ?? defaultOut,
  };
}
