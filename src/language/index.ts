/** The languages in which retrograd explains itself. */
export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];

/** A text in every language: one that is forgotten does not compile. */
export type Text = Readonly<Record<Language, string>>;

export { type InLanguage, inLanguage, same } from "./in-language.js";

/** A text with places in it: `text({ layer: 2 })[language]`. */
export type TextOf<Values> = (values: Values) => Text;
