import { FormatError, quoted } from "./error.js";
import type { JsonObject, JsonValue } from "./strict-json.js";

/** Typed access to a JSON object that is not trusted; every complaint says where. */
export class JsonReader {
  readonly #object: JsonObject;

  constructor(
    json: JsonValue,
    readonly where: string,
  ) {
    if (!(json instanceof Map)) throw new FormatError(`${where} is not a JSON object; the file is damaged`);
    this.#object = json;
  }

  has(key: string): boolean {
    return this.#object.has(key);
  }

  entries(): [string, JsonValue][] {
    return [...this.#object];
  }

  value(key: string): JsonValue {
    const found = this.#object.get(key);
    if (found === undefined) throw new FormatError(`${this.where} lacks ${quoted(key)}; the file is damaged`);
    return found;
  }

  object(key: string): JsonReader {
    return new JsonReader(this.value(key), `${this.where}: ${quoted(key)}`);
  }

  string(key: string): string {
    const found = this.value(key);
    if (typeof found !== "string") throw this.#wrong(key, "text");
    return found;
  }

  number(key: string): number {
    const found = this.value(key);
    if (typeof found !== "number") throw this.#wrong(key, "a number");
    return found;
  }

  /** A list, of an exact length when one is given. */
  list(key: string, length?: number): readonly JsonValue[] {
    const found = this.value(key);
    if (!isList(found) || (length !== undefined && found.length !== length)) {
      throw this.#wrong(key, length === undefined ? "a list" : `a list of ${length}`);
    }
    return found;
  }

  numbers(key: string, length: number): number[] {
    return this.list(key, length).map((one) => {
      if (typeof one !== "number") throw this.#wrong(key, `a list of ${length} numbers`);
      return one;
    });
  }

  strings(key: string, length: number): string[] {
    return this.list(key, length).map((one) => {
      if (typeof one !== "string") throw this.#wrong(key, `a list of ${length} texts`);
      return one;
    });
  }

  /** Names with a text or a number each; anything else is left out. */
  facts(): Record<string, string | number> {
    const pairs = this.entries().filter(([, fact]) => typeof fact === "string" || typeof fact === "number");
    return Object.fromEntries(pairs) as Record<string, string | number>;
  }

  #wrong(key: string, wanted: string): FormatError {
    return new FormatError(`${this.where}: ${quoted(key)} is not ${wanted}; the file is damaged`);
  }
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
