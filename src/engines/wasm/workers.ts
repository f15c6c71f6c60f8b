/** What a worker needs to help (worker.js); module and memory are shared, not copied. */
export interface Assignment {
  readonly kernels: WebAssembly.Module;
  /** Functions compiled for the thread's steps, exported by number. */
  readonly functions: WebAssembly.Module | undefined;
  readonly memory: WebAssembly.Memory;
  readonly gate: number;
  readonly programs: number;
  readonly cell: number;
}

/** The other threads of a device. */
export interface Workers {
  /** Why one of them stopped; undefined while all are well. */
  readonly failure: string | undefined;
  close(): void;
}

/** Workers cannot be had here, and why. */
class NoWorkers extends Error {
  override readonly name = "NoWorkers";
}

/** A worker of Node or of a page, in the few words that both understand. */
interface Helper {
  post(assignment: Assignment): void;
  close(): void;
  /** Lets the process end while the worker waits. */
  release(): void;
}

interface Listener {
  readonly message: (message: { readonly ready?: true; readonly failed?: string }) => void;
  readonly stopped: (reason: string) => void;
}

/**
 * Starts workers, gives each its assignment when it is known, and waits until all are at the gate.
 * @throws NoWorkers when one cannot be started; what `assignments` rejects with.
 */
export async function startWorkers(count: number, assignments: Promise<readonly Assignment[]>): Promise<Workers> {
  let failure: string | undefined;
  let closed = false;
  const helpers: Helper[] = [];
  const close = () => {
    closed = true;
    for (const helper of helpers) helper.close();
  };
  const start = async (thread: number) => {
    await new Promise<void>((resolve, reject) => {
      const stopped = (reason: string) => {
        if (!closed) failure ??= reason;
        reject(new NoWorkers(`a worker could not be started: ${reason}`));
      };
      const message: Listener["message"] = ({ ready, failed }) => {
        if (ready) resolve();
        if (failed !== undefined) stopped(failed);
      };
      const assign = async (helper: Helper) => {
        helpers.push(helper);
        if (closed) helper.close();
        else helper.post((await assignments)[thread] as Assignment);
      };
      startWorker({ message, stopped }).then(
        (helper) => assign(helper).catch(reject),
        (error: unknown) => stopped(error instanceof Error ? error.message : String(error)),
      );
    });
  };
  try {
    await Promise.all(Array.from({ length: count }, (_, thread) => start(thread)));
  } catch (error) {
    close();
    throw error;
  }
  for (const helper of helpers) helper.release();
  return {
    get failure() {
      return failure;
    },
    close,
  };
}

async function startWorker({ message, stopped }: Listener): Promise<Helper> {
  if (typeof Worker === "undefined" || isNode()) return startNodeWorker({ message, stopped });
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => message(data);
  worker.onerror = (event) => {
    event.preventDefault();
    stopped(event.message || "its script could not be loaded");
  };
  return { post: (assignment) => worker.postMessage(assignment), close: () => worker.terminate(), release: () => {} };
}

async function startNodeWorker({ message, stopped }: Listener): Promise<Helper> {
  const { Worker: NodeWorker } = await import("node:worker_threads");
  const worker = new NodeWorker(new URL("./worker.js", import.meta.url));
  worker.on("message", message);
  worker.on("error", (error) => stopped(error.message));
  worker.on("exit", (code) => stopped(`it ended with exit code ${code}`));
  return {
    post: (assignment) => worker.postMessage(assignment),
    close: () => void worker.terminate(),
    release: () => worker.unref(),
  };
}

function isNode(): boolean {
  return typeof process === "object" && process.versions?.node !== undefined;
}
