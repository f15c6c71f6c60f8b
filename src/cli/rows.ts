import { Buffer } from "node:buffer";
import process from "node:process";
import { createInterface } from "node:readline";
import { DataError, type Dataset } from "../index.js";

/** A row of raw features, with the right answer where it is known. */
export interface Row {
  readonly features: readonly number[];
  readonly truth?: string | readonly number[];
}

/** Numbers with commas, semicolons, tabs or spaces between them. */
export function parseRow(text: string, where: string): readonly number[] {
  return text
    .trim()
    .split(/\s*[,;\t]\s*|\s+/)
    .map((field, i) => {
      const value = field === "" ? Number.NaN : Number(field);
      if (!Number.isFinite(value)) {
        throw new DataError(
          `${where}, column ${i + 1} is ${JSON.stringify(field)}; give rows of numbers, without a header or names`,
        );
      }
      return value;
    });
}

/** The lines of standard input as rows; empty ones are left out. */
export async function* rowsOfInput(): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of createInterface({ input: process.stdin })) {
    line++;
    if (text.trim() !== "") yield { features: parseRow(text, `standard input, line ${line}`) };
  }
}

/** All of standard input. */
export async function bytesOfInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of process.stdin) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

export async function* rowsOfFeatures(features: Float32Array, inputs: number): AsyncGenerator<Row> {
  for (let start = 0; start < features.length; start += inputs) {
    yield { features: Array.from(features.subarray(start, start + inputs)) };
  }
}

export async function* rowsOf({ features, inputs, outputs, target, count }: Dataset): AsyncGenerator<Row> {
  for (let row = 0; row < count; row++) {
    const own = Array.from(features.subarray(row * inputs, (row + 1) * inputs));
    const truth =
      target.kind === "class"
        ? (target.classes[target.labels[row] ?? 0] ?? "")
        : Array.from(target.values.subarray(row * outputs, (row + 1) * outputs));
    yield { features: own, truth };
  }
}

/** Several at a time, so that predicting is quick and a long input needs no memory. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

export async function* firstOf<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    if (++taken >= most) return;
  }
}
