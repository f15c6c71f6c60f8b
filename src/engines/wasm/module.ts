import { assemble, type Code } from "./assembler.js";
import { type Build, bytesOf } from "./builds.js";

/** What kernels/index.ts exports. */
export interface Kernels {
  /** The first address that is free for programs and numbers. */
  base(): number;
  /**
   * Runs the program at an address, all its steps in one call. Gives 0 when it is done, or where to run on from when other
   * threads are missing at a barrier.
   */
  run(program: number): number;
}

const bytes = new Map<Build, Promise<Uint8Array<ArrayBuffer>>>();
const modules = new Map<string, Promise<WebAssembly.Module>>();

/** Compiled once, from the bytes in the source: nothing is fetched or read but the relaxed build's own file. */
export function compileKernels(build: Build, sharesMemory: boolean): Promise<WebAssembly.Module> {
  const key = `${build} ${sharesMemory}`;
  const compile = async () => {
    const inflated = bytes.get(build) ?? bytesOf(build).then((text) => inflate(decodeBase64(text)));
    bytes.set(build, inflated);
    const module = await inflated;
    return WebAssembly.compile(sharesMemory ? withSharedMemory(module) : module);
  };
  const module = modules.get(key) ?? compile();
  modules.set(key, module);
  return module;
}

/** The module with its memory import declared as shared: a bit of the import's limits, behind its name and kind. */
function withSharedMemory(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const name = [...new TextEncoder().encode("memory"), 2];
  const found = module.findIndex((_, at) => name.every((byte, i) => module[at + i] === byte));
  const changed = module.slice();
  changed[found + name.length] = (changed[found + name.length] as number) | 2;
  return changed;
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) parts.push(part.value);
  await written;
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let length = 0;
  for (const part of parts) {
    whole.set(part, length);
    length += part.length;
  }
  return whole;
}

/** Kernels over a memory; steps that have a function of their own find it in the table. */
export function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  table = new WebAssembly.Table({ element: "anyfunc", initial: 1 }),
): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, table, abort: () => {} } });
  return exports as unknown as Kernels;
}

/** The functions compiled for a thread's steps, as a module. */
export function compileFunctions(functions: readonly Code[], sharesMemory: boolean): Promise<WebAssembly.Module> {
  return WebAssembly.compile(assemble(functions, sharesMemory));
}

/** A table of those functions; place 0 stays empty. */
export async function tableOf(functions: readonly Code[], memory: WebAssembly.Memory): Promise<WebAssembly.Table> {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: functions.length + 1 });
  if (functions.length === 0) return table;
  const module = await compileFunctions(functions, isShared(memory));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  functions.forEach((_, i) => {
    table.set(i + 1, exports[`${i}`] as () => void);
  });
  return table;
}

export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return !(buffer instanceof ArrayBuffer);
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
