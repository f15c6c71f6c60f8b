import { readFileSync } from "node:fs";
import {
  activations,
  batchNorm,
  DataError,
  dense,
  dropout,
  type ExplainOptions,
  initializers,
  type LayerLike,
  layerNorm,
  losses,
  type Network,
  network,
  optimizers,
  softmax,
  UsageError,
} from "../index.js";
import { rates } from "./defaults.js";
import { openModel } from "./model-files.js";
import { namesOf, type Options } from "./options.js";

const conventions = ["row", "column"] as const;
const normalizations = ["batch", "layer"] as const;

/** `--x`, `--t`, `--loss` and the rest, as the library takes them. */
export async function explainOptions(options: Options, seed: number | undefined): Promise<ExplainOptions> {
  const name = options.choice("loss", "loss", namesOf(losses));
  const batch = options.whole("batch", 1);
  const x = nestedOption(options, "x");
  const t = nestedOption(options, "t");
  const optimizer = options.choice("optimizer", "optimizer", namesOf(optimizers));
  const rate = options.number("lr", { above: 0 });
  if (rate !== undefined && optimizer === undefined) {
    throw new UsageError(`${options.labelOf("lr")} needs an optimizer; add --optimizer sgd`);
  }
  const weights = options.text("weights");
  return {
    ...(name !== undefined && { loss: losses[name]() }),
    ...(batch !== undefined && { batch }),
    ...(x !== undefined && { x }),
    ...(t !== undefined && { t }),
    ...(weights !== undefined && { weights: await weightsOf(weights) }),
    ...(optimizer !== undefined && { optimizer: optimizers[optimizer](rate ?? rates[optimizer]) }),
    ...(seed !== undefined && { seed }),
    convention: options.choice("convention", "convention", conventions) ?? "row",
  };
}

/** Dense layers with an activation between them, and what was asked for around it. */
export function explainedNetwork(options: Options, loss: ExplainOptions["loss"]): Network {
  const sizes = options.wholes("network", 1) ?? [2, 3, 2];
  if (sizes.length < 2) options.refuse("network", "must be at least two sizes with commas between them, such as 2,3,2");
  const activation = options.choice("activation", "activation", namesOf(activations)) ?? "sigmoid";
  const last = options.choice("output", "activation", namesOf(activations));
  const init = options.choice("init", "initializer", namesOf(initializers));
  const rate = options.number("dropout", { from: 0, below: 1 }) ?? 0;
  const norm = options.choice("norm", "normalization", normalizations);
  const dressed = init === undefined ? {} : { init: initializers[init]() };
  const layers = sizes.slice(1).flatMap((width, i): LayerLike[] => {
    const layer = dense(sizes[i] as number, width, dressed);
    if (i === sizes.length - 2) {
      if (last !== undefined) return [layer, activations[last]];
      return loss?.outputs === "probabilities" ? [layer, softmax] : [layer];
    }
    const normalized = norm === undefined ? [] : [norm === "batch" ? batchNorm(width) : layerNorm(width)];
    return [layer, ...normalized, activations[activation], ...(rate > 0 ? [dropout(rate)] : [])];
  });
  return network(layers);
}

type Values = NonNullable<ExplainOptions["x"]>;

/** Nested numbers: written out, or in a JSON file. */
function nestedOption(options: Options, name: string): Values | undefined {
  const text = options.text(name)?.trim();
  if (text === undefined) return undefined;
  const label = options.labelOf(name);
  const inline = text.startsWith("[");
  const parsed = parseJson(inline ? text : readText(text, label), inline ? label : `${label} ${JSON.stringify(text)}`);
  if (!isNested(parsed)) {
    throw new UsageError(`${label} must be numbers in nested lists, such as "[[0.5, -1], [0, 2]]"`);
  }
  return parsed;
}

/** Nested numbers by name: an object written out, or in a JSON file. */
export function nestedObject(options: Options, name: string): Readonly<Record<string, Values>> {
  const text = options.text(name)?.trim() ?? "";
  const label = options.labelOf(name);
  const inline = text.startsWith("{");
  const parsed = parseJson(inline ? text : readText(text, label), inline ? label : `${label} ${JSON.stringify(text)}`);
  const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
  if (entries.length === 0 || Array.isArray(parsed) || !entries.every(([, value]) => isNested(value))) {
    throw new UsageError(`${label} must be an object of numbers by name, such as '{"x": [[1, 2]], "w": [[0.5], [1]]}'`);
  }
  return Object.fromEntries(entries as [string, Values][]);
}

async function weightsOf(path: string): Promise<NonNullable<ExplainOptions["weights"]>> {
  if (!path.endsWith(".json")) return (await openModel(path)).weights;
  const parsed = parseJson(readText(path, "--weights"), `--weights ${JSON.stringify(path)}`);
  const entries = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? Object.entries(parsed) : [];
  if (entries.length === 0 || !entries.every(([, value]) => isNested(value))) {
    throw new DataError(
      `${JSON.stringify(path)} must hold one object of weights by name, such as {"W[1]": [[0.1, 0.2]], "b[1]": [0]}`,
    );
  }
  return Object.fromEntries(entries as [string, Values][]);
}

function readText(path: string, label: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${label}: cannot read ${JSON.stringify(path)}; check the path`, { cause: error });
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function isNested(value: unknown): value is Values {
  return Array.isArray(value) ? value.every(isNested) : typeof value === "number";
}
