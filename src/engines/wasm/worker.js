/**
 * A thread that helps the wasm engine, in a worker of Node or of a page: it puts kernels over the memory it is given, says
 * that it is ready and never comes back (kernels/index.ts, `work`). Plain JavaScript without imports, so that every runtime
 * can start it as it is.
 */

/** @param {{ postMessage: (message: { ready: true } | { failed: string }) => void }} port */
const start = (port) => (/** @type {import("./workers.js").Assignment} */ assignment) => {
  try {
    const { kernels, functions, memory, gate, programs, cell } = assignment;
    const compiled =
      functions === undefined ? [] : Object.values(new WebAssembly.Instance(functions, { env: { memory } }).exports);
    const table = new WebAssembly.Table({ element: "anyfunc", initial: compiled.length + 1 });
    for (const [i, one] of compiled.entries()) table.set(i + 1, one);
    const { exports } = new WebAssembly.Instance(kernels, { env: { memory, table, abort: () => {} } });
    port.postMessage({ ready: true });
    /** @type {(gate: number, programs: number, cell: number) => never} */ (exports["work"])(gate, programs, cell);
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
};

if (typeof process === "object" && process.versions?.node !== undefined) {
  const { parentPort } = await import("node:worker_threads");
  if (parentPort !== null) parentPort.on("message", start(parentPort));
} else globalThis.onmessage = ({ data }) => start(globalThis)(data);
