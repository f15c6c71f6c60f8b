import { type Language, languages } from "../../src/index.js";
import { activationsFields } from "./activations-state.js";
import { backwardFields } from "./backward-state.js";
import { choice, type Field, type Fields, fallbacks, type StateOf } from "./fields.js";
import { forwardFields } from "./forward-state.js";
import { playgroundFields } from "./playground-state.js";
import { softmaxFields } from "./softmax-state.js";
import { troublesFields } from "./troubles-state.js";

/** What of each view is in a link. */
export const viewFields = {
  home: {},
  forward: forwardFields,
  activations: activationsFields,
  softmax: softmaxFields,
  backward: backwardFields,
  troubles: troublesFields,
  playground: playgroundFields,
} satisfies Record<string, Fields>;

export type ViewName = keyof typeof viewFields;
export const viewNames = Object.keys(viewFields) as ViewName[];
export type ViewState<V extends ViewName> = StateOf<(typeof viewFields)[V]>;

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Everything the page shows follows from this one value. */
export interface State {
  readonly view: ViewName;
  readonly language: Language;
  readonly theme: Theme;
  readonly views: { readonly [V in ViewName]: ViewState<V> };
}

const languageField = (preferred: Language) => choice(preferred, languages);
const themeField = choice<Theme>("auto", themes);

export function initialState(preferred: Language = "en"): State {
  const views = Object.fromEntries(viewNames.map((name) => [name, fallbacks(viewFields[name] as Fields)]));
  return { view: "home", language: preferred, theme: "auto", views: views as State["views"] };
}

/**
 * The part of a link after `#`: `playground?lang=zh&seed=7&forward.m=4`. Fields of the view that is open go by their own
 * name, those of other views by `view.name`; what has its usual value is left out. The language is always said, because
 * what is usual differs from reader to reader.
 */
export function encode(state: State): string {
  const parts = [`lang=${state.language}`];
  if (state.theme !== "auto") parts.push(`theme=${state.theme}`);
  for (const view of viewNames) {
    const own = state.views[view] as Readonly<Record<string, unknown>>;
    for (const [key, field] of Object.entries(viewFields[view] as Fields)) {
      const written = field.encode(own[key]);
      if (written === field.encode(field.fallback)) continue;
      parts.push(`${view === state.view ? "" : `${view}.`}${key}=${escapeText(written)}`);
    }
  }
  return `${state.view}?${parts.join("&")}`;
}

/** The state a link tells of. Never throws: what is unknown or broken is as if it were not there. */
export function decode(hash: string, preferred: Language = "en"): State {
  const { path, given } = partsOf(hash);
  const state = initialState(preferred);
  const view = viewNames.find((name) => name === path) ?? "home";
  const views = Object.fromEntries(
    viewNames.map((name) => {
      const read = Object.entries(viewFields[name] as Fields).map(([key, field]) => {
        const text = given.get(name === view ? key : `${name}.${key}`);
        return [key, (text === undefined ? undefined : field.decode(text)) ?? field.fallback];
      });
      return [name, Object.fromEntries(read)];
    }),
  );
  return {
    view,
    language: languageField(preferred).decode(given.get("lang") ?? "") ?? state.language,
    theme: themeField.decode(given.get("theme") ?? "") ?? state.theme,
    views: views as State["views"],
  };
}

/** What a link says that makes no sense, as it says it: views and fields that there are not, values that cannot be. */
export function unreadIn(hash: string): string[] {
  const { path, given } = partsOf(hash);
  const view = viewNames.find((name) => name === path);
  const fields = new Map<string, Field<unknown>>([
    ["lang", languageField("en")],
    ["theme", themeField],
  ]);
  for (const name of viewNames) {
    for (const [key, field] of Object.entries(viewFields[name] as Fields)) {
      fields.set(name === (view ?? "home") ? key : `${name}.${key}`, field);
    }
  }
  const wrong = [...given].filter(([key, value]) => fields.get(key)?.decode(value) === undefined);
  return [...(path === "" || view !== undefined ? [] : [path]), ...wrong.map(([key, value]) => `${key}=${value}`)];
}

/** The view a link names, and its fields. */
function partsOf(hash: string): { readonly path: string; readonly given: ReadonlyMap<string, string> } {
  const [path = "", query = ""] = splitOnce(hash.replace(/^#?\/?/, ""), "?");
  const given = new Map<string, string>();
  for (const part of query.split("&")) {
    const [key, value] = splitOnce(part, "=");
    if (value !== undefined) given.set(key, unescapeText(value));
  }
  return { path, given };
}

function splitOnce(text: string, by: string): [string, string?] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}

/** Lone halves of surrogate pairs cannot be in a link; commas and colons can, as they are. */
const escapeText = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"))
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":");

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
