import { type TroubleActivation, type TroubleInit, troubleActivations } from "../../../model/troubles-state.js";
import { initializers, openDeep, pass } from "./network.js";

const width = 32;

export interface DepthAsked {
  readonly init: TroubleInit;
  readonly depth: number;
  readonly seed: number;
}

/** ‖dZ[l]‖ of each hidden layer, first to last, for each activation: one pass of 64 digits forward and back. */
export type DepthFound = Readonly<Record<TroubleActivation, readonly number[]>>;

export async function depthJob({ init, depth, seed }: DepthAsked): Promise<DepthFound> {
  const found: [TroubleActivation, number[]][] = [];
  for (const g of troubleActivations) {
    using session = await openDeep(g, initializers[init], depth, width, seed);
    await pass(session);
    found.push([g, Array.from({ length: depth }, (_, l) => norm(session.read(`dZ[${l + 1}]`)))]);
  }
  return Object.fromEntries(found) as Record<TroubleActivation, number[]>;
}

const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));
