import { type DataSource, type Model, recipeFrom, toTypeScript, UsageError } from "../index.js";
import { isBuiltIn, parseSplit } from "./data-sets.js";
import { validationShare } from "./defaults.js";
import { isTable } from "./tables.js";

/** The training of a model as a program, from what its file says of it. */
export function programOf(model: Model, path: string): string {
  const { network, loss, training } = model;
  const recipe = recipeFrom(training, path);
  return toTypeScript({
    ...recipe,
    data: sourceOf(model, path),
    network,
    loss,
    batch: Number(training["batch"]),
    seed: Number(training["seed"]),
    out: "model.safetensors",
    ...(recipe.patience !== undefined && { heldBack: validationShare }),
    ...(training["engine"] === "reference" && { engine: "reference" }),
  });
}

function sourceOf({ training, table }: Model, path: string): DataSource {
  const name = String(training["data"]);
  const seed = Number(training["seed"]);
  const split = parseSplit(String(training["split"]));
  const share = typeof split === "number" ? { fraction: split } : {};
  if (name === "digits") {
    return { kind: "digits", ...(split !== "ordered" && { options: { split: "random", seed, ...share } }) };
  }
  if (isBuiltIn(name)) return { kind: "synthetic", name, options: { seed, ...share } };
  if (isTable(name) && table !== undefined) {
    const options = {
      target: table.target.name,
      ...(table.asked !== undefined && { columns: table.asked }),
      ...(!table.hasHeader && { header: false }),
      ...(split === "ordered" ? { split } : { seed, ...share }),
    };
    return { kind: "csv", path: name, options };
  }
  if (training["split"] === "ordered") return { kind: "idx", folder: name };
  throw new UsageError(
    `${path} was not trained by the command train, so its data is not known; use toTypeScript() of the library`,
  );
}
