import type { Language } from "../src/index.js";
import { formulas } from "./formulas/index.js";

/** What stands behind a directive such as `{{experiment dead-relu}}`: given its argument, Markdown. */
export type Directive = (argument: string, language: Language) => string;

const directive = /\{\{([\w-]+)(?: ([^}]*))?\}\}/g;

/**
 * A chapter's text with its directives filled in. Display formulas come from the table of checked ones, and from nowhere
 * else: a `$$` in the text is refused.
 * @throws Error that names chapter, line and directive.
 */
export function renderChapter(
  chapter: { readonly name: string; readonly text: string; readonly language: Language },
  directives: Readonly<Record<string, Directive>>,
): string {
  const { name, text, language } = chapter;
  const lineOf = (index: number) => text.slice(0, index).split("\n").length;
  const refuse = (index: number, why: string): never => {
    throw new Error(`notes/${language}/${name}.md:${lineOf(index)}: ${why}`);
  };
  const unchecked = text.indexOf("$$");
  if (unchecked >= 0)
    refuse(
      unchecked,
      "a displayed formula needs a check; put it into notes/formulas/ and write {{formula topic.name}}",
    );
  return text.replaceAll(directive, (_, kind: string, argument: string | undefined, index: number) => {
    const fill = directives[kind];
    if (fill === undefined)
      return refuse(index, `there is no directive ${kind}; there are ${Object.keys(directives).join(", ")}`);
    try {
      return fill(argument ?? "", language);
    } catch (error) {
      return refuse(index, error instanceof Error ? error.message : String(error));
    }
  });
}

/** The names of the formulas that a text displays. */
export function formulasIn(text: string): string[] {
  return [...text.matchAll(directive)].flatMap(([, kind, argument]) =>
    kind === "formula" && argument !== undefined ? [argument] : [],
  );
}

export const formula: Directive = (name) => {
  const found = formulas.get(name);
  if (found === undefined)
    throw new Error(`there is no formula ${name} in notes/formulas/; there are ${[...formulas.keys()].join(", ")}`);
  return `$$\n${found.latex}\n$$`;
};
