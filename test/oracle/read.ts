import { readFileSync } from "node:fs";
import { constantTensor } from "../../src/ops/constant.js";
import { input } from "../../src/ops/leaves.js";
import { type Shape, sizeOf, type Tensor } from "../../src/tensor/index.js";
import { shared } from "../shared.js";

/** Numbers as the oracle writes them: nested, with the strings "Infinity", "-Infinity" and "NaN". */
export type Numbers = number | string | readonly Numbers[];

export interface Table<Case> {
  readonly cases: readonly Case[];
}

/** A file of shared/data/oracle, or undefined when the project stands alone. */
export function readOracle<Content>(name: string): Content | undefined {
  const path = shared(`data/oracle/${name}.json`);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, "utf8")) as Content);
}

export const absent = "(skipped: needs shared/data/oracle beside the project)";

/** The cases of a file; none where it is absent. */
export function casesOf<Case>(name: string): readonly Case[] {
  return readOracle<Table<Case>>(name)?.cases ?? [];
}

export function flat(numbers: Numbers): Float64Array {
  const found: number[] = [];
  const visit = (part: Numbers): void => {
    if (typeof part === "number" || typeof part === "string") found.push(Number(part));
    else for (const item of part) visit(item);
  };
  visit(numbers);
  return Float64Array.from(found);
}

export function shapeOf(numbers: Numbers): Shape {
  return Array.isArray(numbers) ? [numbers.length, ...shapeOf((numbers[0] ?? 0) as Numbers)] : [];
}

export const float32 = (numbers: Float64Array): Float64Array => numbers.map(Math.fround);

/** Inputs to feed, so that the same graph can be computed from numbers of another precision. */
export class Inputs {
  readonly feeds = new Map<Tensor, Float64Array>();

  /** A leaf for the numbers of a case. */
  leaf<S extends Shape>(name: string, numbers: Numbers, shape: S = shapeOf(numbers) as S): Tensor<S> {
    const leaf = input(shape, name);
    const values = flat(numbers);
    if (values.length !== sizeOf(shape)) throw new Error(`${name}: ${values.length} numbers for [${shape}]`);
    this.feeds.set(leaf, values);
    return leaf;
  }

  /** The same numbers rounded to float32. */
  get rounded(): Map<Tensor, Float64Array> {
    return new Map([...this.feeds].map(([leaf, values]) => [leaf, float32(values)]));
  }
}

export function fixed(numbers: Numbers): Tensor {
  return constantTensor(shapeOf(numbers), flat(numbers));
}
