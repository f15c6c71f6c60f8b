import { parse } from "node:path";
import type { Command } from "commander";
import { losses, optimizers, plan, toOnnx, UsageError, writeFileAtomic } from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { rates } from "../defaults.js";
import { grouped } from "../format.js";
import { checkOut, openModel } from "../model-files.js";
import { namesOf, Options } from "../options.js";

const help = `
Without --step: prediction from raw features, any number of examples, weights
included; for any system that runs ONNX. With --step: one whole training step
(forward, backward, update), its weights and optimizer state as inputs and
outputs.

With --json: done with file, bytes and inputs.`;

const formats = ["onnx"] as const;
/** In the contract, and brought by a later version. */
const laterFormats = ["safetensors", "json", "typescript"];

export function define(command: Command): void {
  command
    .argument("<model>", "a model file, such as model.safetensors")
    .option("--to <format>", "onnx (onnx)")
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
  const asked = options.text("to") ?? "onnx";
  if (laterFormats.includes(asked)) throw new UsageError(`--to ${asked} is not there yet; use --to onnx`);
  options.choice("to", "format", formats);
  const step = options.flag("step");
  const { dir, name } = parse(path);
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
