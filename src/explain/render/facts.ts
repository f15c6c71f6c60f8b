import type { Language } from "../../language/index.js";
import type { ExplainedPhase, ExplainedStep, Explanation } from "../explanation.js";
import { digitsOf } from "../numbers.js";
import { labels } from "./labels.js";

/** What every rendering says around the steps, in one language. */
export interface Facts {
  readonly title: string;
  readonly facts: readonly string[];
  readonly lossLine: string;
  readonly predictions: readonly string[];
  readonly cacheTable: readonly (readonly string[])[];
  readonly shapeTable: readonly (readonly string[])[];
  readonly verdict: string;
}

export const phaseOrder: readonly ExplainedPhase[] = ["given", "forward", "backward", "update"];

export function factsOf(explanation: Explanation, language: Language): Facts {
  const { network, loss, optimizer, batch, convention, lossValue, predictions = [] } = explanation;
  const word = (label: keyof typeof labels) => labels[label][language];
  const examples = { en: `${batch} ${batch === 1 ? "example" : "examples"}`, zh: `${batch} 个样本` }[language];
  return {
    title: network,
    facts: [
      loss,
      examples,
      word(convention === "row" ? "rows" : "columns"),
      ...(optimizer === undefined ? [] : [optimizer]),
    ],
    lossLine: `${word("loss")} = ${digitsOf(lossValue, 6)}`,
    predictions: predictions.map(({ says, probability, truth }, i) => {
      const share = probability === undefined ? "" : ` (${(100 * probability).toFixed(1)}%)`;
      const right = truth === undefined ? "" : ` · ${word("truth")} ${truth}`;
      return `${batch === 1 ? "" : `${i + 1}: `}${word("predicted")} ${says}${share}${right}`;
    }),
    cacheTable: [
      [word("name"), word("shape"), word("bytes"), word("usedBy")],
      ...explanation.cache.map((one) => [one.name, one.shape.join("×"), String(one.bytes), one.usedBy.join(", ")]),
    ],
    shapeTable: [
      [word("name"), word("inRows"), word("inColumns")],
      ...explanation.shapes.map(({ name, row, column }) => [name, row.join("×"), column.join("×")]),
    ],
    verdict: verdictOf(explanation, language),
  };
}

function verdictOf(
  { steps, agrees, worstRelativeError, conventionDifference }: Explanation,
  language: Language,
): string {
  const checks = steps.filter(({ check }) => check !== undefined).length;
  const mark = agrees ? "✓" : "✗";
  const worst = worstRelativeError.toExponential(1);
  const other = conventionDifference === 0 ? "0" : conventionDifference.toExponential(1);
  return {
    en: `${mark} ${checks} gradients against central differences in float64: largest relative error ${worst}. The other convention's formulas, transposed: largest difference ${other}.`,
    zh: `${mark} ${checks} 个梯度与 float64 中心差分比较：最大相对误差 ${worst}。换另一种排列再转置：最大差 ${other}。`,
  }[language];
}

/** `32×64   min -0.01   max 0.02 …` of a matrix whose middle is left out. */
export function statisticsLine({ shape, statistics }: ExplainedStep): string {
  const { min, max, mean, norm, zeros } = statistics;
  const share = (100 * zeros).toFixed(zeros === 0 || zeros === 1 ? 0 : 1);
  return `${shape.join("×")}   min ${digitsOf(min, 3)}   max ${digitsOf(max, 3)}   mean ${digitsOf(mean, 3)}   norm ${digitsOf(norm, 4)}   zeros ${share}%`;
}
