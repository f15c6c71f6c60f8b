import type { LossName } from "../nn/index.js";
import type { Formula } from "../tensor/index.js";

/** A loss as a mean (or sum) over terms, one a number: its term, the term's slope, and what the mean divides by. */
export interface LossFormula {
  /** What turns the network's outputs into y first, inside the loss. */
  readonly inside?: "softmax" | "sigmoid";
  /** The term of one number, in y, t and the loss's options. */
  readonly term: Formula;
  /** ∂term by the network's output: with the softmax or sigmoid inside, by the logit. */
  readonly slope: Formula;
  /** A mean over examples, or over all numbers. */
  readonly meanOver: "examples" | "numbers";
  /** Terms with t = 0 are 0 and left out. */
  readonly sparse?: boolean;
}

const crossEntropyTerm: Formula = { text: "-t·ln y", latex: "-t \\ln y" };

export const lossFormulas: Readonly<Record<LossName, LossFormula>> = {
  softmaxCrossEntropy: {
    inside: "softmax",
    term: crossEntropyTerm,
    slope: { text: "y - t", latex: "y - t" },
    meanOver: "examples",
    sparse: true,
  },
  crossEntropy: {
    term: crossEntropyTerm,
    slope: { text: "-t / y", latex: "-\\frac{t}{y}" },
    meanOver: "examples",
    sparse: true,
  },
  binaryCrossEntropy: {
    inside: "sigmoid",
    term: { text: "-(t·ln y + (1 - t)·ln(1 - y))", latex: "-(t \\ln y + (1 - t) \\ln(1 - y))" },
    slope: { text: "y - t", latex: "y - t" },
    meanOver: "numbers",
  },
  meanSquaredError: {
    term: { text: "(y - t)²", latex: "(y - t)^{2}" },
    slope: { text: "2·(y - t)", latex: "2\\,(y - t)" },
    meanOver: "numbers",
  },
  meanAbsoluteError: {
    term: { text: "|y - t|", latex: "|y - t|" },
    slope: { text: "sign(y - t)", latex: "\\operatorname{sign}(y - t)" },
    meanOver: "numbers",
  },
  huber: {
    term: {
      text: "(y - t)² / 2 if |y - t| ≤ delta, else delta·(|y - t| - delta / 2)",
      latex:
        "\\begin{cases} \\frac{1}{2} (y - t)^{2} & |y - t| \\le \\delta \\\\ \\delta\\, (|y - t| - \\frac{1}{2} \\delta) & |y - t| > \\delta \\end{cases}",
    },
    slope: {
      text: "max(-delta, min(delta, y - t))",
      latex: "\\max(-\\delta, \\min(\\delta, y - t))",
    },
    meanOver: "numbers",
  },
};
