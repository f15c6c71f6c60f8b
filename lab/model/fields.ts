/** One entry of a link: how a value is written, and read again. Reading is forgiving: what makes no sense is `undefined`. */
export interface Field<T> {
  readonly fallback: T;
  encode(value: T): string;
  decode(text: string): T | undefined;
}

/** The fields of a state, by name. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The state that fields describe. */
export type StateOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** The largest number, either way, that can be typed into a matrix. */
export const typeable = 1000;

/** A number within bounds, both included. */
export function number(fallback: number, min = -1e9, max = 1e9): Field<number> {
  return {
    fallback,
    encode: String,
    decode: (text) => {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      // Adding 0 makes 0 of −0, which is not written and would not come back.
      return Number.isFinite(value) && value >= min && value <= max ? value + 0 : undefined;
    },
  };
}

/** A whole number within bounds. */
export function whole(fallback: number, min = 0, max = 1_000_000_000): Field<number> {
  const field = number(fallback, min, max);
  return {
    ...field,
    decode: (text) => {
      const value = field.decode(text);
      return Number.isSafeInteger(value) ? value : undefined;
    },
  };
}

/** One of a list of words. */
export function choice<const C extends string>(fallback: C, choices: readonly C[]): Field<C> {
  return { fallback, encode: String, decode: (text) => choices.find((one) => one === text) };
}

export function flag(fallback: boolean): Field<boolean> {
  return {
    fallback,
    encode: (value) => (value ? "1" : "0"),
    decode: (text) => (["0", "1"].includes(text) ? text === "1" : undefined),
  };
}

/** A list of numbers, between `fewest` and `most` of them, each within bounds. */
export function numbers(
  fallback: readonly number[],
  { fewest = fallback.length, most = fallback.length, min = -1e9, max = 1e9 } = {},
): Field<readonly number[]> {
  const one = number(0, min, max);
  return {
    fallback,
    encode: (values) => values.join(","),
    decode: (text) => {
      const values = text === "" ? [] : text.split(",").map((part) => one.decode(part));
      if (values.length < fewest || values.length > most || values.includes(undefined)) return undefined;
      return values as number[];
    },
  };
}

/** Any text of at most so many characters. */
export function text(fallback: string, most = 200): Field<string> {
  return { fallback, encode: (value) => value, decode: (given) => (given.length <= most ? given : undefined) };
}

/** The value of each field when nothing is said about it. */
export function fallbacks<F extends Fields>(fields: F): StateOf<F> {
  return Object.fromEntries(Object.entries(fields).map(([key, { fallback }]) => [key, fallback])) as StateOf<F>;
}
