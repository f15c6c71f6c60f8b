import { type Device, EngineError } from "../contract.js";
import type { Build } from "./builds.js";
import type { Kernels } from "./module.js";
import type { Workers } from "./workers.js";

interface Parts {
  readonly arena: Float32Array;
  /** Where each plan's program lies. */
  readonly addresses: readonly number[];
  readonly run: Kernels["run"];
  /** Which kernels they are. */
  readonly build: Build;
  /** Threads that compute. */
  readonly threads: number;
  /** Why they are fewer than were asked for. */
  readonly reason?: string;
  /** The other threads, and the cell in which they read which plan is run. */
  readonly together?: { readonly workers: Workers; readonly plan: Int32Array };
}

/** An opened arena: a run is one call, and a promise only when another thread keeps it waiting for long. */
export function deviceOf(parts: Parts): Device {
  const { addresses, build, threads, reason, together } = parts;
  let open: Parts | undefined = parts;
  let waiting = false;
  const use = (): Parts => {
    if (open === undefined) throw new EngineError("this wasm device is closed; open the plans again");
    return open;
  };
  const checkWorkers = () => {
    const failure = together?.workers.failure;
    if (failure !== undefined) throw brokenBy(failure);
  };
  /** Waits on from a barrier, with time between for the event loop to say whether a worker has died. */
  const finish = async (rest: number): Promise<void> => {
    waiting = true;
    for (let from = rest; from !== 0; from = use().run(from)) {
      await new Promise((resolve) => setTimeout(resolve));
      checkWorkers();
    }
    waiting = false;
  };
  return {
    build,
    threads,
    ...(reason !== undefined && { fewerThreadsBecause: reason }),
    get arena() {
      return use().arena;
    },
    run: (plan) => {
      const address = addresses[plan];
      if (address === undefined) {
        const count = addresses.length;
        throw new EngineError(`this device has ${count} ${count === 1 ? "plan" : "plans"}, and none at ${plan}`);
      }
      const { run } = use();
      if (together !== undefined) {
        checkWorkers();
        if (waiting) throw new EngineError("the last run has not ended; await it before the next one");
        together.plan[0] = plan;
      }
      const rest = run(address);
      return rest === 0 ? undefined : finish(rest);
    },
    close: () => {
      open = undefined;
      together?.workers.close();
    },
  };
}

/** The sentence for a device that has lost a thread. */
function brokenBy(reason: string): EngineError {
  return new EngineError(
    `a thread of the wasm engine stopped (${reason}); close this session and open it again, or use one thread`,
  );
}
