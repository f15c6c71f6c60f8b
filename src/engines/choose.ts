import type { EngineName, EngineOptions } from "./contract.js";
import { type Crossovers, crossovers } from "./crossovers.js";

/** What a choice is made from. */
export interface Situation {
  /** Multiplications and additions of one step's matrix products (`plan.flops`). */
  readonly flops: number;
  /** Threads the machine runs at once, as far as they may be used here (1 in a page that is not cross-origin isolated). */
  readonly cores: number;
  /** Whether ONNX Runtime is installed; undefined where it cannot be (in a page). */
  readonly onnx: boolean | undefined;
  /** An engine or a number of threads that is already fixed; `auto` leaves the engine open. */
  readonly engine?: EngineName | "auto" | undefined;
  readonly threads?: number | undefined;
  readonly provider?: EngineOptions["provider"] | undefined;
}

export interface Choice {
  readonly engine: EngineName;
  readonly threads: number;
  /** Why, as a clause: `0.32 M multiply-adds a step; a second thread pays from 2.1 M`. */
  readonly why: string;
}

/** More were never measured. */
const mostThreads = 8;

/**
 * Chooses engine and threads by a step's arithmetic, from crossovers measured by `node bench/crossovers.mjs`.
 *
 * Threads of the wasm engine never change a result, so they are chosen by speed alone: the second from where it pays, each
 * further one when there is as much work again for it. The onnx engine does change last bits, from machine to machine, and is
 * no part of the promise "same seed, same bits". So `auto` takes it only where somebody has installed ONNX Runtime (it never
 * comes by itself) and it is `onnx.times` as fast; it says so, and whoever wants the same bits everywhere asks for `wasm`.
 */
export function choose(situation: Situation, table: Crossovers = crossovers): Choice {
  const { flops, cores, engine = "auto", threads, provider } = situation;
  if (engine === "reference") return { engine, threads: 1, why: "asked for" };
  const pays = flops >= (table.onnx.from ?? Number.POSITIVE_INFINITY);
  if (engine === "onnx" || (engine === "auto" && (provider !== undefined || (pays && situation.onnx === true)))) {
    const why = engine === "onnx" ? "asked for" : provider !== undefined ? `for ${provider}` : onnxPays(flops, table);
    return { engine: "onnx", threads: threads ?? (pays ? Math.min(cores, mostThreads) : 1), why };
  }
  const count = threads ?? threadsFor(flops, cores, table);
  const alone = threads === undefined && count === 1 && cores > 1;
  const reasons = [
    `${millions(flops)} multiply-adds a step`,
    ...(alone && table.threads.from !== undefined ? [`a second thread pays from ${millions(table.threads.from)}`] : []),
    ...(engine === "auto" ? onnxHint(situation, table) : []),
  ];
  return { engine: "wasm", threads: count, why: reasons.join("; ") };
}

/** Threads of the wasm engine that pay for a step of so many multiplications and additions. */
function threadsFor(flops: number, cores: number, { threads: { from } }: Crossovers): number {
  return from === undefined ? 1 : Math.max(1, Math.min(cores, mostThreads, 1 + Math.floor(flops / from)));
}

function onnxPays(flops: number, { onnx: { times } }: Crossovers): string {
  return `${millions(flops)} multiply-adds a step, where it is more than ${times} times as fast as wasm; its last bits differ between machines, those of wasm do not`;
}

function onnxHint({ flops, onnx }: Situation, { onnx: { from, times } }: Crossovers): string[] {
  if (from === undefined || onnx === undefined) return [];
  if (flops < from) return onnx ? [`onnx pays from ${millions(from)}`] : [];
  return [`onnx would be more than ${times} times as fast: npm install onnxruntime-node`];
}

/** A choice as a sentence: `wasm on 1 thread: 0.32 M multiply-adds a step`. */
export function sentenceOf({ engine, threads, why }: Choice): string {
  return `${engine} on ${threads} ${threads === 1 ? "thread" : "threads"}: ${why}`;
}

/** A multiply-add is two of a plan's operations. */
function millions(flops: number): string {
  const [size, unit] = flops < 2e5 ? [2e3, "k"] : flops < 2e9 ? [2e6, "M"] : [2e9, "G"];
  return `${Number((flops / size).toPrecision(2))} ${unit}`;
}
