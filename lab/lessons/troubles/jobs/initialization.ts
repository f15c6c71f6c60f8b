import type { TroubleActivation, TroubleInit } from "../../../model/troubles-state.js";
import { initializers, openDeep, pass } from "./network.js";

export const shownInits = ["small", "xavier", "he", "large"] as const satisfies readonly TroubleInit[];
export const shownLayers = [1, 3, 5, 7, 10] as const;
const [depth, width, bins] = [10, 64, 30];

export interface InitAsked {
  readonly g: TroubleActivation;
  readonly seed: number;
}

export interface LayerFound {
  /** Shares of the outputs in equal bins from `from` to `to`. */
  readonly shares: readonly number[];
  /** Standard deviation of the outputs, and of the gradient dZ. */
  readonly deviation: number;
  readonly gradient: number;
}

export interface InitFound {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly { readonly init: (typeof shownInits)[number]; readonly layers: readonly LayerFound[] }[];
}

/** Histograms of the outputs of some layers of a network of ten, from different first weights: one pass of 64 digits. */
export async function initJob({ g, seed }: InitAsked): Promise<InitFound> {
  const [from, to] = g === "sigmoid" ? [0, 1] : g === "tanh" ? [-1, 1] : [-2, 4];
  const rows: InitFound["rows"][number][] = [];
  for (const init of shownInits) {
    using session = await openDeep(g, initializers[init], depth, width, seed);
    await pass(session);
    const layers = shownLayers.map((l) => {
      const outputs = session.read(`A[${l}]`);
      const shares = Array.from({ length: bins }, () => 0);
      for (const value of outputs) {
        const bin = Math.min(bins - 1, Math.max(0, Math.floor(((value - from) / (to - from)) * bins)));
        shares[bin] = (shares[bin] as number) + 1 / outputs.length;
      }
      return { shares, deviation: deviation(outputs), gradient: deviation(session.read(`dZ[${l}]`)) };
    });
    rows.push({ init, layers });
  }
  return { from, to, rows };
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}
