import { type Language, languages, type Text } from "./index.js";

/** A value in which every text has become a string of one language. */
export type InLanguage<T> = T extends Text
  ? string
  : T extends object
    ? { readonly [K in keyof T]: InLanguage<T[K]> }
    : T;

/** Reads every text inside a value (an array, a plain object, nested as deep as you like) in one language. */
export function inLanguage<T>(value: T, language: Language): InLanguage<T> {
  return read(value, language) as InLanguage<T>;
}

function read(value: unknown, language: Language): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isText(value)) return value[language];
  if (Array.isArray(value)) return value.map((one: unknown) => read(one, language));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one, language)]));
}

function isText(value: object): value is Text {
  const keys = Object.keys(value);
  return keys.length === languages.length && languages.every((language) => keys.includes(language));
}

/** A name that is the same in every language: `ReLU`, `W[1]`. */
export function same(name: string): Text {
  return { en: name, zh: name };
}
