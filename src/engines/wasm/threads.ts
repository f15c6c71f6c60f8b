/** How many threads can compute at once here. */
export function coresHere(): number {
  const system = globalThis.process?.getBuiltinModule?.("node:os");
  return system?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Why threads cannot share memory here, as half a sentence; undefined where they can. */
export function whyNoThreads(): string | undefined {
  if (typeof SharedArrayBuffer === "undefined") {
    return "threads need shared memory, which pages have only when they are cross-origin isolated (the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp)";
  }
  return undefined;
}

/** Whether this thread may sleep; the main thread of a page may not. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}
