import { portable } from "./kernels.generated.js";

/** What kernels/index.ts exports. */
export interface Kernels {
  /** The first address that is free for programs and numbers. */
  base(): number;
  /** Runs the program at an address, all its steps in one call. */
  run(program: number): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once, from the bytes in the source: nothing is fetched or read. */
export function compileKernels(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(decodeBase64(portable));
  return compiled;
}

export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => {} } });
  return exports as unknown as Kernels;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
