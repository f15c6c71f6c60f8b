import { DataOptionError } from "./error.js";

/** Refuses options that nothing reads: a misspelled one would otherwise be ignored in silence. */
export function checkOptionNames(where: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new DataOptionError(`${where} has no option "${name}"; use ${known.join(", ")}`);
  }
}

export function checkWholeOption(where: string, name: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new DataOptionError(`${where}: ${name} is ${String(value)}; use a whole number from ${from} to ${to}`);
  }
}

export function checkFraction(where: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new DataOptionError(
      `${where}: fraction is ${String(value)}; use the share of the test part, between 0 and 1, such as 0.2`,
    );
  }
}
