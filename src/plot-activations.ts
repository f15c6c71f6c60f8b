import { type ActivationDrawing, activationDrawing, activationNames } from "./explain/index.js";
import type { Language } from "./language/index.js";
import type { ActivationName } from "./nn/index.js";
import { activationCard, activationSheet } from "./plot/index.js";

/** A drawing ready to be written to a file or put into a page. */
export interface Picture {
  /** `sigmoid`, `sigmoid-value`, `sigmoid-slope`, `activations`. */
  readonly name: string;
  readonly svg: string;
}

export interface PlotActivationsOptions {
  readonly language?: Language;
  /** Which of them (all). */
  readonly only?: readonly ActivationName[];
}

/**
 * Function and derivative curves of the library's activations as SVG: for each the two curves in one picture and alone
 * (`-value`, `-slope`), and all of them on one sheet (`activations`). Values come from the ops, derivatives from
 * `gradients()`. Light and dark follow the reader's preference.
 */
export function plotActivations({ language = "en", only = activationNames }: PlotActivationsOptions = {}): Picture[] {
  const drawings = only.map((name) => activationDrawing(name, language));
  const cards = drawings.flatMap((drawing): Picture[] => [
    { name: drawing.name, svg: activationCard(drawing) },
    { name: `${drawing.name}-value`, svg: activationCard(drawing, ["value"]) },
    { name: `${drawing.name}-slope`, svg: activationCard(drawing, ["slope"]) },
  ]);
  return [{ name: "activations", svg: sheet(drawings, language) }, ...cards];
}

function sheet(drawings: readonly ActivationDrawing[], language: Language): string {
  const title = { en: "Activations and their derivatives", zh: "激活函数及其导数" }[language];
  const note = {
    en: "Shaded: |f′| is below 1/20 of its peak. Dots: the subgradient taken at a kink.",
    zh: "阴影：|f′| 不到最大值的 1/20；圆点：折点处所取的次梯度。",
  }[language];
  return activationSheet(drawings, title, note);
}
