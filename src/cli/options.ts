import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { UsageError } from "../index.js";
import { noSuch } from "./suggest.js";

/** An option as it was given: its text, and what messages call it. */
interface Given {
  readonly text: string;
  readonly label: string;
}

/** What a number must be. */
export interface Range {
  readonly above?: number;
  readonly from?: number;
  readonly below?: number;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The options of a command, from its line and from a file (`--config`); the line wins. Each is checked where it is read. */
export class Options {
  readonly #given: ReadonlyMap<string, Given>;

  private constructor(given: ReadonlyMap<string, Given>) {
    this.#given = given;
  }

  /** The options of a command's line by their long names without dashes. */
  static of(command: Command): Options {
    const given = new Map<string, Given>();
    const values: Record<string, unknown> = command.opts();
    for (const option of command.options) {
      const value = values[option.attributeName()];
      if (value !== undefined) given.set(nameOf(option), { text: String(value), label: option.long ?? option.flags });
    }
    const file = given.get("config");
    if (file === undefined) return new Options(given);
    const names = [...command.options.filter(({ hidden }) => !hidden).map(nameOf), "data"];
    return new Options(new Map([...readConfig(file.text, names), ...given]));
  }

  /** Options as they were kept in a file by `texts`. */
  static from(texts: Readonly<Record<string, string>>): Options {
    return new Options(new Map(Object.entries(texts).map(([name, text]) => [name, { text, label: `--${name}` }])));
  }

  /** The options as they were given, to be kept in a file. */
  texts(): Record<string, string> {
    return Object.fromEntries([...this.#given].map(([name, { text }]) => [name, text]));
  }

  has(name: string): boolean {
    return this.#given.has(name);
  }

  text(name: string): string | undefined {
    return this.#given.get(name)?.text;
  }

  flag(name: string): boolean {
    const text = this.text(name);
    if (text !== undefined && text !== "true" && text !== "false") this.refuse(name, "must be true or false");
    return text === "true";
  }

  number(name: string, range: Range): number | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined) return undefined;
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (!within(value, range)) this.refuse(name, `must be a number${inRange(range)}`);
    return value;
  }

  whole(name: string, from: number): number | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined) return undefined;
    const value = wholeOf(text, from);
    if (value === undefined) this.refuse(name, `must be a whole number from ${from}`);
    return value;
  }

  /** Whole numbers with commas between them, or `none`. */
  wholes(name: string, from: number): readonly number[] | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined) return undefined;
    if (text === "none") return [];
    return text.split(",").map((part) => {
      const value = wholeOf(part.trim(), from);
      if (value === undefined)
        this.refuse(name, `must be whole numbers from ${from} with commas between them, such as 64,32`);
      return value;
    });
  }

  choice<Name extends string>(name: string, what: string, choices: readonly Name[]): Name | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new UsageError(`${this.labelOf(name)}: ${noSuch(what, text, choices)}`);
    return found;
  }

  /** `--lr must be a number above 0, got "abc"`. */
  refuse(name: string, must: string): never {
    throw new UsageError(`${this.labelOf(name)} ${must}, got ${JSON.stringify(this.text(name))}`);
  }

  labelOf(name: string): string {
    return this.#given.get(name)?.label ?? `--${name}`;
  }
}

/** The names of a table of the library. */
export function namesOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

function nameOf({ long, flags }: { long?: string | undefined; flags: string }): string {
  return (long ?? flags).replace(/^--/, "");
}

/** A JSON object of options: `{ "layers": [64, 32], "lr": 0.1 }`. */
function readConfig(path: string, names: readonly string[]): Map<string, Given> {
  const where = `--config ${JSON.stringify(path)}`;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new UsageError(`${where}: ${missing ? "there is no such file; check the path" : "the file cannot be read"}`, {
      cause: error,
    });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(`${where} must hold one JSON object of options, such as {"layers": [64, 32], "lr": 0.1}`);
  }
  const given = new Map<string, Given>();
  for (const [key, value] of Object.entries(parsed)) {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const label = `${JSON.stringify(key)} in ${JSON.stringify(path)}`;
    if (!names.includes(name) || name === "config") throw new UsageError(`${where}: ${noSuch("option", key, names)}`);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!list.every((item) => ["string", "number", "boolean"].includes(typeof item))) {
      throw new UsageError(
        `${label} must be a text, a number, true or false, or a list of numbers, got ${JSON.stringify(value)}`,
      );
    }
    given.set(name, { text: list.length === 0 ? "none" : list.join(","), label });
  }
  return given;
}

function wholeOf(text: string, from: number): number | undefined {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) && value >= from ? value : undefined;
}

function within(value: number, { above = -Infinity, from = -Infinity, below = Infinity }: Range): boolean {
  return Number.isFinite(value) && value > above && value >= from && value < below;
}

function inRange({ above, from, below }: Range): string {
  const low = above !== undefined ? ` above ${above}` : from !== undefined ? ` from ${from}` : "";
  return `${low}${below === undefined ? "" : ` to below ${below}`}`;
}
