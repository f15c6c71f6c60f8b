import { readFileSync } from "node:fs";
import type { Language, Text } from "../src/index.js";

/** The chapters in order: file name, title, and the rows of the source's errata that each answers. */
export const chapters = [
  { name: "01-forward", title: { en: "Forward", zh: "前向传播" }, rows: [1, 2] },
  { name: "02-backward", title: { en: "Backward", zh: "反向传播" }, rows: [3, 4] },
  { name: "03-softmax", title: { en: "Softmax", zh: "Softmax" }, rows: [5] },
  {
    name: "04-cross-entropy",
    title: { en: "Cross-entropy, and the two together", zh: "交叉熵，以及二者合一" },
    rows: [6, 7],
  },
  { name: "05-two-ways", title: { en: "Two ways to differentiate", zh: "两种求导思路" }, rows: [8] },
  {
    name: "06-activations",
    title: { en: "Three curves, and their derivatives", zh: "三条曲线及其导数" },
    rows: [9, 10, 11],
  },
  {
    name: "07-depth",
    title: { en: "What the curves do to training", zh: "曲线如何影响训练" },
    rows: [12, 13, 14, 15, 16, 20],
  },
  {
    name: "08-initialization",
    title: { en: "Where to start, and how not to die", zh: "从哪里出发，怎样才不会“死”" },
    rows: [17, 18],
  },
  { name: "09-optimizers", title: { en: "Taking the step", zh: "迈出这一步" }, rows: [19] },
  { name: "10-checking", title: { en: "Checking derivatives", zh: "检验导数" }, rows: [] },
] as const satisfies readonly { readonly name: string; readonly title: Text; readonly rows: readonly number[] }[];

/** The text of a chapter as it was written, with its directives. */
export function sourceOf(root: string, name: string, language: Language): string {
  return readFileSync(`${root}/notes/${language}/${name}.md`, "utf8");
}
