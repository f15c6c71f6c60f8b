import { basename } from "node:path";
import {
  type Evaluation,
  type Network,
  type Prediction,
  type PrintablePlan,
  predict,
  type Run,
  type Watch,
} from "../../index.js";
import type { DataParts } from "../data-sets.js";
import { describeNetwork, describeSize } from "../describe.js";
import { grouped, percent, plain, significant } from "../format.js";
import { commandLine } from "../invocation.js";
import type { TrainSettings } from "../train-settings.js";
import { escapeHtml, section, style } from "./html.js";
import { confusion, curves, mistakes, watched, wrongDigits } from "./sections.js";
import { words } from "./words.js";

export interface ReportParts {
  readonly settings: TrainSettings;
  readonly network: Network;
  readonly data: DataParts;
  readonly trained: Run;
  readonly test: Evaluation;
  readonly watching: Watch;
  readonly step: PrintablePlan;
  /** The options that were given, without dashes. */
  readonly given: Readonly<Record<string, string>>;
}

/** A training as one HTML page that needs nothing else: no script, no network. */
export async function reportPage(parts: ReportParts): Promise<string> {
  const { settings, data, trained, test, watching } = parts;
  const { language } = settings;
  const { target } = data.test;
  const classes = target.kind === "class" ? (trained.model.classes ?? target.classes) : [];
  const wrong = settings.data === "digits" ? wrongDigits(data.test, await predictionsOf(parts), language) : "";
  const title = escapeHtml(words.title[language](basename(settings.data)));
  const main = [
    section(words.what[language], facts(parts)),
    section(words.curves[language], curves(trained, language)),
    section(words.test[language], `<p class="result">${escapeHtml(resultOf(test, language))}</p>`),
    section(words.confusion[language], confusion(test, classes, language)),
    section(words.mistakes[language], mistakes(test, classes, language) + wrong),
    section(words.watch[language], watched(watching, language)),
    section(
      words.plan[language],
      `<p>${escapeHtml(words.memory[language]([...parts.step.cache].join(", "), grouped(parts.step.length), grouped(parts.step.persistent)))}</p>`,
    ),
    section(words.again[language], `<pre tabindex="0">${escapeHtml(again(parts))}</pre>`),
    section(words.model[language], `<p>${escapeHtml(settings.out)}</p>`),
  ];
  return `<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${main.join("\n")}
</main>
</body>
</html>
`;
}

function facts({ settings, network, data, trained }: ReportParts): string {
  const { language, optimizer, rate, schedule, batch, seed } = settings;
  const recipe = `${optimizer}, ${words.rate[language]} ${plain(rate)} (${schedule}), ${words.batch[language]} ${batch}, ${words.epochs[language]} ${trained.epochs}`;
  const list: [string, string][] = [
    [words.network[language], `${describeNetwork(network)} (${describeSize(network)})`],
    [words.data[language], words.examples[language](grouped(data.training.count), grouped(data.test.count))],
    [words.preparation[language], words[data.training.preparation][language]],
    [words.recipe[language], recipe],
    [words.seed[language], String(seed)],
    [words.engine[language], `${trained.engine}: ${trained.why}`],
    [words.threads[language], String(trained.threads)],
    [words.seconds[language], significant(trained.seconds)],
  ];
  return `<dl>${list.map(([name, text]) => `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`).join("\n")}</dl>`;
}

function resultOf({ loss, accuracy, r2, meanAbsoluteError }: Evaluation, language: "en" | "zh"): string {
  return [
    ...(accuracy === undefined ? [] : [`${words.accuracy[language]} ${percent(accuracy)}`]),
    ...(r2 === undefined ? [] : [`R² ${significant(r2)}`]),
    ...(meanAbsoluteError === undefined ? [] : [`${words.mae[language]} ${significant(meanAbsoluteError)}`]),
    `${words.loss[language]} ${significant(loss)}`,
  ].join(" · ");
}

function predictionsOf({ trained, data: { test } }: ReportParts): Promise<Prediction[]> {
  const { features, inputs, count } = test;
  const rows = Array.from({ length: count }, (_, i) => Array.from(features.subarray(i * inputs, (i + 1) * inputs)));
  return predict(trained.model, rows);
}

function again({ settings, given }: ReportParts): string {
  const { data: _, ...options } = given;
  const words = Object.entries({ ...options, seed: String(settings.seed) }).flatMap(([name, text]) =>
    text === "true" ? [`--${name}`] : text === "false" ? [] : [`--${name}`, text],
  );
  return commandLine("train", settings.data, ...words);
}
