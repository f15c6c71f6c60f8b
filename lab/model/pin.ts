import { type Fields, fallbacks } from "./fields.js";
import { type RunSettings, runFields } from "./playground-state.js";

/** A run to compare with: its settings and how far it went. */
export interface Pin {
  readonly settings: RunSettings;
  readonly steps: number;
}

const fields: Fields = runFields;

/** Settings that are not usual, as `key~value` with `;` between them. */
export function writePin({ settings, steps }: Pin): string {
  const parts = Object.entries(fields).flatMap(([key, field]) => {
    const written = field.encode(settings[key as keyof RunSettings]);
    return written === field.encode(field.fallback) ? [] : [`${key}~${written}`];
  });
  return [`steps~${steps}`, ...parts].join(";");
}

/** Never throws: undefined when nothing is pinned, and what is broken is as usual. */
export function readPin(text: string): Pin | undefined {
  const given = new Map(
    text.split(";").map((part): [string, string] => {
      const [key = "", value = ""] = part.split("~", 2);
      return [key, value];
    }),
  );
  const steps = Number(given.get("steps") ?? Number.NaN);
  if (!Number.isSafeInteger(steps) || steps < 1 || steps > 10_000_000) return undefined;
  const read = Object.entries(fields).flatMap(([key, field]) => {
    const value = field.decode(given.get(key) ?? "");
    return given.has(key) && value !== undefined ? [[key, value]] : [];
  });
  return { settings: { ...fallbacks(runFields), ...Object.fromEntries(read) } as RunSettings, steps };
}
