import { EngineError } from "../contract.js";

const page = 65536;
/** Wasm's 4 GiB less one page: addresses stay below 2³². */
const mostBytes = 2 ** 32 - page;

/** Kernels may read, never write, up to this far past the last number of the arena. */
const margin = 64;

/** Where everything lies in one memory, in bytes: kernels' own data, scratch, constants, programs, arena. */
export interface Layout {
  readonly scratch: number;
  readonly constants: number;
  readonly programs: number;
  readonly arena: number;
  readonly pages: number;
}

export interface Needs {
  readonly base: number;
  readonly scratchBytes: number;
  readonly constantBytes: number;
  readonly programBytes: number;
  readonly arenaLength: number;
}

/** @throws EngineError when the whole does not fit in the memory that Wasm can address. */
export function layOut(needs: Needs): Layout {
  const scratch = align(needs.base);
  const constants = align(scratch + needs.scratchBytes);
  const programs = align(constants + needs.constantBytes);
  const arena = align(programs + needs.programBytes);
  const bytes = arena + 4 * needs.arenaLength + margin;
  if (bytes > mostBytes) {
    throw new EngineError(
      `the wasm engine can address 4 GiB, but this plan needs ${gibibytes(bytes)}; ` +
        "use a smaller batch or network, or the reference engine",
    );
  }
  return { scratch, constants, programs, arena, pages: Math.ceil(bytes / page) };
}

/** @throws EngineError when the system refuses. */
export function takeMemory(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
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
