import type { Formula } from "../../tensor/index.js";

/** What stands between the factors of a formula. */
export const dot: Formula = { text: "·", latex: " \\cdot " };
export const times: Formula = { text: " ⊙ ", latex: " \\odot " };
export const plus: Formula = { text: " + ", latex: " + " };
export const minus: Formula = { text: " - ", latex: " - " };
export const open: Formula = { text: "(", latex: "(" };
export const close: Formula = { text: ")", latex: ")" };

export function literal(text: string, latex: string = text): Formula {
  return { text, latex };
}
