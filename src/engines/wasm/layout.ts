import { EngineError } from "../contract.js";

const page = 65536;
/** Wasm's 4 GiB less one page: addresses stay below 2³². */
const mostBytes = 2 ** 32 - page;

/** Kernels may read, never write, up to this far past the last number of the arena. */
const margin = 64;
/** What threads meet over (kernels/barrier.ts): three cache lines. */
const meetingBytes = 192;
/** A thread's own memory (kernels/cell.ts). */
const cellBytes = 2064;

/** Where everything lies in one memory, in bytes: kernels' own data, the meeting place, each thread's own part, the arena. */
export interface Layout {
  readonly counter: number;
  readonly claims: number;
  readonly zeros: number;
  readonly threads: readonly ThreadLayout[];
  readonly arena: number;
  readonly pages: number;
}

export interface ThreadLayout {
  readonly cell: number;
  readonly scratch: number;
  readonly constants: number;
  /** Addresses of the plans' programs, for threads that are told a plan's number. */
  readonly list: number;
  readonly programs: number;
}

export interface ThreadNeeds {
  readonly scratchBytes: number;
  readonly constantBytes: number;
  readonly listBytes: number;
  readonly programBytes: number;
}

/** @throws EngineError when the whole does not fit in the memory that Wasm can address. */
export function layOut(base: number, claimed: number, needs: readonly ThreadNeeds[], arenaLength: number): Layout {
  let next = base;
  const take = (bytes: number): number => {
    const place = align(next);
    next = place + bytes;
    return place;
  };
  const counter = take(meetingBytes);
  const claims = take(4 * claimed);
  const zeros = take(4 * claimed);
  const threads = needs.map(({ scratchBytes, constantBytes, listBytes, programBytes }) => ({
    cell: take(cellBytes),
    scratch: take(scratchBytes),
    constants: take(constantBytes),
    list: take(listBytes),
    programs: take(programBytes),
  }));
  const arena = take(4 * arenaLength + margin);
  if (next > mostBytes) {
    throw new EngineError(
      `the wasm engine can address 4 GiB, but this plan needs ${gibibytes(next)}; ` +
        "use a smaller batch or network, or the reference engine",
    );
  }
  return { counter, claims, zeros, threads, arena, pages: Math.ceil(next / page) };
}

/** @throws EngineError when the system refuses. */
export function takeMemory(pages: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (error) {
    throw new EngineError(
      `the wasm engine could not get ${gibibytes(pages * page)} of memory ` +
        `(${error instanceof Error ? error.message : String(error)}); use a smaller batch or network`,
    );
  }
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}

function gibibytes(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1024 ? `${mebibytes.toFixed(1)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;
}
