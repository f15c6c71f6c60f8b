import { assemble, type Code } from "./assembler.js";
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
  compiled ??= inflate(decodeBase64(portable)).then((bytes) => WebAssembly.compile(bytes));
  return compiled;
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

/** A table of the functions compiled for a device's steps; place 0 stays empty. */
export async function tableOf(functions: readonly Code[], memory: WebAssembly.Memory): Promise<WebAssembly.Table> {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: functions.length + 1 });
  if (functions.length === 0) return table;
  const module = await WebAssembly.compile(assemble(functions));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  functions.forEach((_, i) => {
    table.set(i + 1, exports[`${i}`] as () => void);
  });
  return table;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
