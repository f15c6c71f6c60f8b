import { extname } from "node:path";
import type { Command } from "commander";
import {
  type ExplainOptions,
  type Explanation,
  explain,
  type Language,
  type RenderOptions,
  renderDerivation,
  renderExplanation,
  UsageError,
  writeFileAtomic,
} from "../../index.js";
import { commonSettings, withCommonOptions } from "../common-options.js";
import { checkDataName, dataNames, splitChoice } from "../data-sets.js";
import { derivationOf } from "../derive.js";
import { explainedNetwork, explainOptions } from "../explain-settings.js";
import { grouped } from "../format.js";
import { checkOut, dataFor, openModel } from "../model-files.js";
import { Options } from "../options.js";
import type { Terminal } from "../terminal.js";

const formats = ["text", "markdown", "html", "json"] as const;
type Format = (typeof formats)[number];

const byEnding: Readonly<Record<string, Format>> = { ".md": "markdown", ".html": "html", ".json": "json" };

const help = `
Each step: its formula with the shape of every factor, the numbers, one entry
worked out, what it reads from the cache, and beside every gradient a central
difference in float64. What is not given is drawn from --seed.

  explain --network 2,3,2 --optimizer sgd --lr 0.1
  explain --network 64,64,10 --activation relu --batch 32
  explain model.safetensors digits --example 3
  explain --format html --out pass.html --lang zh

--derive takes calls, methods and operators: every rule the walk used, with its
symbols, to the end. x is 2×3, w 3×2, b 2 unless --let says otherwise. Two
derivations of the lecture notes have names:

  explain --derive "softmaxCrossEntropy(matmul(x, w).add(b), t)"
  explain --derive softmax-cross-entropy
  explain --derive jacobian

--engine and --threads change nothing here. With --json: done with network,
loss, steps (name, phase, formula, shape, value, check, …), cache and shapes.`;

export function define(command: Command): void {
  command
    .argument("[model]", "a trained model, told on examples of its data's test part")
    .argument("[data]", `one of ${dataNames.join(", ")} (what the model was trained on)`)
    .option("--network <sizes>", "features, hidden units, outputs (2,3,2)")
    .option("--activation <name>", "of the hidden layers (sigmoid)")
    .option("--output <name>", "activation of the last layer (none; softmax for crossEntropy)")
    .option("--init <name>", "how the weights start (what suits the activation)")
    .option("--dropout <rate>", "after each hidden layer (0)")
    .option("--norm <kind>", "batch or layer normalization before each activation (none)")
    .option("--loss <name>", "softmaxCrossEntropy, crossEntropy, meanSquaredError, … (the model's)")
    .option("--batch <number>", "examples, when they are drawn (2)")
    .option("--x <rows>", 'the batch: "[[0.5, -1], [0, 2]]", or a JSON file')
    .option("--t <targets>", 'class numbers or rows: "[0, 1]", or a JSON file')
    .option("--weights <file>", 'a JSON file {"W[1]": [[…]], …}, or a model file')
    .option("--example <numbers>", "of the test part, from 1: 3, or 3,8 (1)")
    .option("--split <kind>", "ordered, random, or the share of the test part (the model's own)")
    .option("--convention <kind>", "examples in rows or columns: row, column (row)")
    .option("--optimizer <name>", "tell the update as well")
    .option("--lr <number>", "its learning rate")
    .option("--format <kind>", "text, markdown, html, json (text, or by the ending of --out)")
    .option("--out <file>", "write it there")
    .option("--derive <expression>", "derive its gradients instead; see below")
    .option("--let <values>", "of names in it: '{\"x\": [[1, 2]]}' or a JSON file (drawn)")
    .addHelpText("after", help)
    .action((model: string | undefined, data: string | undefined, _: unknown, self: Command) =>
      run(model, data, Options.of(self)),
    );
  withCommonOptions(command, { seed: "of what is drawn (1; of a model: of its split)" });
}

async function run(path: string | undefined, data: string | undefined, options: Options): Promise<void> {
  const { terminal, seed, language } = commonSettings(options);
  const out = options.text("out");
  const format = options.choice("format", "format", formats) ?? byEnding[extname(out ?? "")] ?? "text";
  if (out !== undefined) checkOut(out);
  const expression = options.text("derive");
  if (expression !== undefined) {
    const derivation = derivationOf(expression, options, seed);
    const { title, sections, agrees } = derivation;
    const lines = sections.flatMap((section) => section.lines);
    const steps = lines.map(({ name = "", formula, shape, value, ...rest }) => ({
      name,
      formula,
      shape,
      value,
      ...rest,
    }));
    const text = await renderDerivation(derivation, renderOptions(format, language, terminal, out !== undefined));
    return finish(terminal, { text, out, said: title.text, event: { expression: title.text, agrees, steps } });
  }
  const asked = await explainOptions(options, seed);
  const explanation =
    path === undefined
      ? explain(explainedNetwork(options, asked.loss), asked)
      : await explainModel(path, data, options, seed, asked);
  const text = await renderExplanation(explanation, renderOptions(format, language, terminal, out !== undefined));
  const said = `${explanation.network}, ${explanation.steps.length} steps`;
  return finish(terminal, { text, out, said, event: explanation });
}

function renderOptions(format: Format, language: Language, { out, columns }: Terminal, toFile: boolean): RenderOptions {
  const paint = { bold: out.bold, dim: out.dim, positive: out.cyan, negative: out.yellow };
  return { format, language, columns: Number.isFinite(columns) ? columns : 100, ...(!toFile && { paint }) };
}

async function finish(
  terminal: Terminal,
  { text, out, said, event }: { text: string; out: string | undefined; said: string; event: object },
): Promise<void> {
  if (out !== undefined) await writeFileAtomic(out, new TextEncoder().encode(text));
  terminal.event("done", { ...event, ...(out !== undefined && { file: out }) });
  if (out === undefined) terminal.report(text.trimEnd());
  else terminal.report(`${out}: ${said}, ${grouped(text.length)} characters`);
}

const ofNetworkOnly = ["network", "activation", "output", "init", "dropout", "norm", "weights", "batch"];

/** A trained model on examples it has not learned from, or on raw rows given with `--x`. */
async function explainModel(
  path: string,
  dataName: string | undefined,
  options: Options,
  seed: number | undefined,
  asked: ExplainOptions,
): Promise<Explanation> {
  const wrong = ofNetworkOnly.find((name) => options.has(name));
  if (wrong !== undefined)
    throw new UsageError(`${options.labelOf(wrong)} is for a network of your own; leave it out with a model`);
  const model = await openModel(path);
  if (asked.x !== undefined) return explain(model, asked);
  const name = dataName === undefined ? undefined : checkDataName(dataName);
  const { test } = await dataFor(model, name, seed, splitChoice(options));
  const rows = (options.wholes("example", 1) ?? [1]).map((number) => number - 1);
  const beyond = rows.find((row) => row >= test.count);
  if (beyond !== undefined) {
    options.refuse("example", `must be from 1 to ${test.count}, the examples of ${test.name}`);
  }
  const { features, inputs, outputs, target } = test;
  const x = rows.map((row) => [...features.subarray(row * inputs, (row + 1) * inputs)]);
  const t =
    target.kind === "class"
      ? rows.map((row) => target.labels[row] as number)
      : rows.map((row) => [...target.values.subarray(row * outputs, (row + 1) * outputs)]);
  return explain(model, { t, ...asked, x });
}
