import {
  type Dataset,
  type Evaluation,
  type Language,
  type Prediction,
  plot,
  type Run,
  type Watch,
} from "../../index.js";
import { significant } from "../format.js";
import { forCommandLine } from "../watch-report.js";
import { escapeHtml, htmlTable } from "./html.js";
import { words } from "./words.js";

/** Loss and, of a classifier, accuracy by epoch. */
export function curves({ history }: Run, language: Language): string {
  const chart = (title: string, own: readonly number[], held: readonly (number | undefined)[]) =>
    plot.lineChart({
      title,
      x: { label: words.epoch[language], values: history.map(({ epoch }) => epoch) },
      series: [
        { name: words.training[language], values: own },
        ...(held.some((value) => value !== undefined)
          ? [{ name: words.validation[language], values: held.map((value) => value ?? Number.NaN) }]
          : []),
      ],
    });
  const accuracy = history.map((report) => report.accuracy ?? Number.NaN);
  const charts = [
    chart(
      words.loss[language],
      history.map(({ loss }) => loss),
      history.map(({ validation }) => validation?.loss),
    ),
    ...(accuracy.every(Number.isFinite)
      ? [
          chart(
            words.accuracy[language],
            accuracy,
            history.map(({ validation }) => validation?.accuracy),
          ),
        ]
      : []),
  ];
  return `<div class="charts">${charts.join("\n")}</div>`;
}

/** Shares of each row's examples as shading; the counts stand in the cells. */
export function confusion({ confusion: counts }: Evaluation, classes: readonly string[], language: Language): string {
  if (counts === undefined) return "";
  const size = classes.length;
  const head = classes.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const rows = classes.map((name, truth) => {
    const row = [...counts.slice(truth * size, (truth + 1) * size)];
    const total = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    const cells = row.map((count, predicted) => {
      const share = count === 0 ? 0 : 0.12 + (0.4 * count) / total;
      return `<td class="${truth === predicted ? "good" : "bad"}" style="--share:${share.toFixed(2)}">${count}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join("")}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table><caption>${words.rows[language]}</caption>
<thead><tr><th scope="col">${words.truth[language]}</th>${head}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

export function mistakes({ confusion: counts }: Evaluation, classes: readonly string[], language: Language): string {
  if (counts === undefined) return "";
  const found = plot.commonMistakes(classes, counts, 5);
  const lines = found.map(
    ({ truth, predicted, count }) => `<li>${escapeHtml(words.taken[language](truth, predicted))} (${count}×)</li>`,
  );
  return lines.length === 0 ? "" : `<ul>${lines.join("")}</ul>`;
}

/** The first of the wrong ones, as pictures. */
export function wrongDigits(part: Dataset, predictions: readonly Prediction[], language: Language): string {
  const { target, features, inputs } = part;
  if (target.kind !== "class") return "";
  const pictures = predictions.flatMap((prediction, row) => {
    const truth = target.classes[target.labels[row] ?? 0] ?? "";
    const predicted = prediction.class ?? "";
    if (predicted === truth) return [];
    const says = escapeHtml(words.taken[language](truth, predicted));
    return [`<li>${picture(features.subarray(row * inputs, (row + 1) * inputs), says)}${says}</li>`];
  });
  return pictures.length === 0 ? "" : `<ul class="digits">${pictures.slice(0, 8).join("")}</ul>`;
}

function picture(pixels: Float32Array, label: string): string {
  const side = Math.sqrt(pixels.length);
  const most = Math.max(1, ...pixels);
  const squares = Array.from(pixels, (value, at) =>
    value === 0
      ? ""
      : `<path d="M${at % side} ${Math.floor(at / side)}h1v1h-1z" fill-opacity="${(value / most).toFixed(2)}"/>`,
  );
  return `<svg role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" fill="currentColor" shape-rendering="crispEdges">${squares.join("")}</svg>`;
}

export function watched({ readings, findings }: Watch, language: Language): string {
  const last = readings.at(-1);
  if (last === undefined) return "";
  const rows = last.layers.map((layer) => [
    `${layer.layer}  ${layer.inputs} → ${layer.units} ${layer.activation ?? ""}`,
    significant(layer.activations.rms, 3),
    significant(layer.signal.norm, 3),
    significant(layer.update, 2),
    significant(layer.gradient.norm, 3),
  ]);
  const found = findings.map(({ name, seen, remedy }) => {
    const text = `${name[language]}: ${seen[language]}`;
    return `<li>${escapeHtml(text)}<br>${escapeHtml(words.remedy[language] + forCommandLine(remedy[language]))}</li>`;
  });
  const header = [words.layer[language], "A rms", "‖dZ‖", "‖ΔW‖÷‖W‖", "‖dW‖"];
  const verdict = found.length === 0 ? `<p>${words.healthy[language]}</p>` : `<ul>${found.join("")}</ul>`;
  return htmlTable([header, ...rows], `${words.loss[language]} ${significant(last.loss)}`) + verdict;
}
