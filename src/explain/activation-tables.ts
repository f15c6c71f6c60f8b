import type { Language, Text } from "../language/index.js";
import type { ActivationName } from "../nn/index.js";
import { activationNames, formulaOf } from "./activation-curves.js";
import { type ActivationFacts, activationFacts } from "./activation-facts.js";
import { derivatives, titles, traits } from "./activation-texts.js";

/** A table with a heading row, in one language, for Markdown and the terminal alike. */
export interface ExplainedTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers. */
  readonly right: readonly number[];
}

/** Nanoseconds a value, as `measureActivations` of the experiments finds them. */
export type ActivationCosts = ReadonlyMap<string, { readonly forward: number; readonly backward: number }>;

const three: readonly ActivationName[] = ["sigmoid", "tanh", "relu"];

/**
 * The notes' table of three activations with its two blank lines filled in, and the corrected derivative of ReLU.
 * @param pictures What stands in the cells of the curves, by activation: an image, a small chart.
 */
export function tableOfThree(
  language: Language,
  pictures: (name: ActivationName, which: "value" | "slope") => string,
): ExplainedTable {
  const line = (text: Text, cell: (name: ActivationName) => string) => [text[language], ...three.map(cell)];
  return {
    title: words.three[language],
    head: [words.activation[language], ...three.map((name) => titles[name])],
    rows: [
      line(words.expression, (name) => formulaOf(name).text),
      line(words.curve, (name) => pictures(name, "value")),
      line(words.derivative, (name) => derivatives[name].text),
      line(words.derivativeCurve, (name) => pictures(name, "slope")),
      line(words.traits, (name) => traits[name].traits[language]),
      line(words.faults, (name) => traits[name].faults[language]),
    ],
    right: [],
  };
}

/** All activations: range, centering, saturation, steepest slope, and what they cost where that was measured. */
export function tableOfAll(language: Language, costs?: ActivationCosts): ExplainedTable {
  const head = [words.activation, words.range, words.centered, words.mean, words.saturates, words.steepest];
  const cost = costs === undefined ? [] : [words.forward, words.backward];
  return {
    title: words.all[language],
    head: [...head, ...cost].map((text) => text[language]),
    rows: activationNames.map((name) => {
      const facts = activationFacts(name);
      const times = costs?.get(name);
      return [
        titles[name],
        rangeText(facts),
        (facts.odd ? words.yes : words.no)[language],
        short(facts.meanOutput),
        words[facts.saturates][language],
        `${short(facts.steepest.slope)} (x ${Number.isFinite(facts.steepest.x) ? `= ${short(facts.steepest.x)}` : `→ ${facts.steepest.x > 0 ? "" : "-"}∞`})`,
        ...(costs === undefined
          ? []
          : times === undefined
            ? ["–", "–"]
            : [short(times.forward), short(times.backward)]),
      ];
    }),
    right: costs === undefined ? [3] : [3, 6, 7],
  };
}

function rangeText({ range: [low, high] }: ActivationFacts): string {
  const end = (value: number) => (Number.isFinite(value) ? short(value) : value > 0 ? "∞" : "-∞");
  return `${end(low)} … ${end(high)}`;
}

function short(value: number): string {
  return Math.abs(value) < 5e-4 ? "0" : String(Number(value.toPrecision(3)));
}

const words = {
  three: { en: "The three usual activations", zh: "三类常用激活函数的比较" },
  all: { en: "All activations", zh: "全部激活函数" },
  activation: { en: "activation", zh: "常用函数" },
  expression: { en: "expression", zh: "表达式" },
  curve: { en: "curve", zh: "图像" },
  derivative: { en: "derivative", zh: "导数" },
  derivativeCurve: { en: "curve of the derivative", zh: "导数图像" },
  traits: { en: "traits", zh: "特点" },
  faults: { en: "faults", zh: "缺点" },
  range: { en: "range", zh: "值域" },
  centered: { en: "zero-centered", zh: "零中心" },
  mean: { en: "mean output", zh: "输出均值" },
  saturates: { en: "saturates", zh: "饱和" },
  steepest: { en: "max |f′|", zh: "max |f′|" },
  forward: { en: "forward ns", zh: "前向 ns" },
  backward: { en: "backward ns", zh: "反向 ns" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
  both: { en: "both sides", zh: "两侧" },
  left: { en: "left", zh: "左侧" },
  right: { en: "right", zh: "右侧" },
} satisfies Record<string, Text>;
