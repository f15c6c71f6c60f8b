import { parse } from "node:path";
import type { Command } from "commander";
import {
  encodeWeights,
  losses,
  type Model,
  modelToJson,
  optimizers,
  plan,
  toOnnx,
  UsageError,
  writeFileAtomic,
} from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { rates } from "../defaults.js";
import { grouped } from "../format.js";
import { checkOut, openModel } from "../model-files.js";
import { namesOf, Options } from "../options.js";
import { programOf } from "../program.js";

const help = `
onnx, without --step: prediction from raw features, any number of examples, weights
included; for any system that runs ONNX. With --step: one whole training step
(forward, backward, update), its weights and optimizer state as inputs and
outputs.
safetensors: the weights alone. json: the whole model, for people and programs.
typescript: a program on this library that trains the model again, to the bit.

With --json: done with file, bytes and inputs.`;

const formats = ["onnx", "safetensors", "json", "typescript"] as const;

/** What is written, by its ending and in words. */
const others: Readonly<
  Record<
    Exclude<(typeof formats)[number], "onnx">,
    { ending: string; what: string; write: (model: Model, path: string) => Uint8Array | string }
  >
> = {
  safetensors: { ending: ".weights.safetensors", what: "the weights", write: encodeWeights },
  json: { ending: ".json", what: "the whole model", write: modelToJson },
  typescript: { ending: ".ts", what: "a program that trains it again, to the bit", write: programOf },
};

export function define(command: Command): void {
  command
    .argument("<model>", "a model file, such as model.safetensors")
    .option("--to <format>", `${formats.join(", ")} (onnx)`)
    .option("--out <file>", "where to write it (the model's name, with the format's ending)")
    .option("--batch <number>", "fix the number of examples (any; 32 for --step)")
    .option("--step", "the training step in place of prediction")
    .option("--optimizer <name>", "of the training step (the one the model was trained with)")
    .addHelpText("after", help)
    .action((model: string, _: unknown, self: Command) => run(model, Options.of(self)));
  withCommonOptions(command, { seed: "changes nothing here" });
}

async function run(path: string, options: Options): Promise<void> {
  const { terminal } = commonSettings(options);
  const format = options.choice("to", "format", formats) ?? "onnx";
  const step = options.flag("step");
  const { dir, name } = parse(path);
  if (format !== "onnx") {
    const onlyOnnx = ["step", "batch", "optimizer"].find((option) => options.has(option));
    if (onlyOnnx !== undefined) throw new UsageError(`--${onlyOnnx} is for --to onnx; leave it out`);
    const { ending, what, write } = others[format];
    const file = options.text("out") ?? `${dir === "" ? "" : `${dir}/`}${name}${ending}`;
    checkOut(file);
    const written = write(await openModel(path), path);
    const content = typeof written === "string" ? new TextEncoder().encode(written) : written;
    await writeFileAtomic(file, content);
    terminal.event("done", { file, bytes: content.length, what });
    terminal.report(`${file}: ${what}, ${grouped(content.length)} bytes`);
    return;
  }
  const out = options.text("out") ?? `${dir === "" ? "" : `${dir}/`}${name}${step ? ".step" : ""}.onnx`;
  checkOut(out);
  const batch = options.whole("batch", 1);
  const chosen = options.choice("optimizer", "optimizer", namesOf(optimizers));
  const model = await openModel(path);

  const known = namesOf(optimizers).find((one) => one === model.training["optimizer"]);
  const optimizer = chosen ?? known ?? "adagrad";
  const bytes = step
    ? toOnnx(
        plan(model.network, {
          batch: batch ?? 32,
          loss: losses[model.loss.name](model.loss.options),
          optimizer: optimizers[optimizer](rates[optimizer]),
        }),
      )
    : toOnnx(model, batch === undefined ? {} : { batch });
  await writeFileAtomic(out, bytes);
  terminal.event("done", { file: out, bytes: bytes.length, what: step ? "training step" : "prediction" });
  terminal.report(
    `${out}: ${step ? `a training step with ${optimizer}` : "prediction from raw features"}, ${grouped(bytes.length)} bytes`,
  );
}
