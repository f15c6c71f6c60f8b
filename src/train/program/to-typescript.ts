import type { Loss, Network } from "../../nn/index.js";
import { losses } from "../../nn/index.js";
import { optimizers } from "../../optim/index.js";
import type { Attributes } from "../../tensor/index.js";
import { call, changed, literal, Names } from "./code.js";
import { layersCode } from "./layers-code.js";
import type { Recipe } from "./recipe.js";

/** Where a program gets its data: one of the library's own sets, or files. */
export type DataSource =
  | { readonly kind: "digits"; readonly options?: Attributes }
  | { readonly kind: "synthetic"; readonly name: string; readonly options?: Attributes }
  | { readonly kind: "csv"; readonly path: string; readonly options: Readonly<Record<string, unknown>> }
  | { readonly kind: "idx"; readonly folder: string };

/** A training, complete: all that its bits depend on. */
export interface ProgramDescription extends Recipe {
  readonly data: DataSource;
  readonly network: Network;
  readonly loss: Loss;
  readonly batch: number;
  readonly seed: number;
  readonly engine?: string;
  /** With patience: the share of the training part that is held back to watch, by the seed. */
  readonly heldBack?: number;
  /** Where the program saves its model. */
  readonly out?: string;
}

/**
 * A training as a TypeScript program on this library that reproduces it to the bit: same network, data, seed, options.
 * It runs as it is (`node program.ts` where Node strips types, or as `.mjs`: it needs no type of its own).
 * @throws UsageError when a layer is a function of your own, which no program can name.
 */
export function toTypeScript(description: ProgramDescription): string {
  const {
    data,
    network,
    loss,
    optimizer,
    epochs,
    batch,
    seed,
    schedule,
    clip,
    patience,
    shuffle,
    heldBack,
    engine,
    out,
  } = description;
  const names = new Names();
  const layers = layersCode(network, names);
  const makeLoss = losses[loss.name as keyof typeof losses] as (options?: object) => Loss;
  const makeOptimizer = optimizers[optimizer.name as keyof typeof optimizers];
  const optimizerOptions = changed(optimizer.options, makeOptimizer(optimizer.rate).options);
  const watched = heldBack !== undefined && patience !== undefined;
  const options: [string, string | undefined][] = [
    ["loss", call(names.use(loss.name), changed(loss.options, makeLoss().options))],
    ["optimizer", call(names.use(optimizer.name), literal(optimizer.rate), optimizerOptions)],
    ["epochs", literal(epochs)],
    ["batch", literal(batch)],
    ["seed", literal(seed)],
    ["schedule", schedule && call(`${names.use("schedules")}.${schedule.name}`, schedule.options ?? {})],
    ["clip", clip === undefined ? undefined : literal(clip)],
    ["shuffle", shuffle === false ? "false" : undefined],
    ["validation", watched ? "held.test" : undefined],
    ["patience", patience === undefined ? undefined : literal(patience)],
    ["engine", engine === undefined ? undefined : literal(engine)],
  ];
  names.use("train");
  const body = [
    `const { training, test } = ${dataCode(data, names)};`,
    ...(watched ? [`const held = ${call(names.use("splitDataset"), "training", { fraction: heldBack, seed })};`] : []),
    "",
    `const network = ${names.use("sequential")}(`,
    ...layers.map((layer) => `  ${layer},`),
    ");",
    "",
    `const run = await train(network, ${watched ? "held.training" : "training"}, {`,
    ...options.flatMap(([name, code]) => (code === undefined ? [] : [`  ${name}: ${code},`])),
    "});",
    "",
    "console.log(await run.evaluateOn(test));",
    ...(out === undefined ? [] : [`await ${names.use("saveModel")}(run, ${literal(out)});`]),
  ];
  return [
    "// A training, reproduced to the bit. To run it: npm install retrograd",
    names.importFrom("retrograd"),
    "",
    ...body,
    "",
  ].join("\n");
}

function dataCode(data: DataSource, names: Names): string {
  switch (data.kind) {
    case "digits":
      return call(names.use("digits"), data.options ?? {});
    case "synthetic":
      return call(`${names.use("synthetic")}.${data.name}`, data.options ?? {});
    case "csv":
      return `await ${call(names.use("csv"), literal(data.path), data.options)}`;
    case "idx":
      return `await ${call(names.use("idx"), literal(data.folder))}`;
  }
}
