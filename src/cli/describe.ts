import type { Dataset, Network } from "../index.js";
import { counted, grouped, plain } from "./format.js";

/** `64 → 64 relu → 10`. */
export function describeNetwork(network: Network): string {
  const parts = network.layers.map(({ kind, outputs, options }) => {
    if (kind === "dense") return `→ ${outputs}`;
    if (kind === "activation") return String(options["name"] ?? "activation");
    return kind === "dropout" ? `dropout ${plain(Number(options["rate"]))}` : kind;
  });
  return [network.inputs, ...parts].join(" ");
}

/** Learned numbers in a network. */
export function parameterCount(network: Network): number {
  return network.parameters.reduce((sum, { tensor }) => sum + tensor.shape.reduce((a, b) => a * b, 1), 0);
}

export function describeSize(network: Network): string {
  return `${grouped(parameterCount(network))} parameters`;
}

/** `64 features → 10 classes`. */
export function describeData({ inputs, outputs, target }: Dataset): string {
  const answers = target.kind === "class" ? counted(outputs, "class", "classes") : counted(outputs, "number");
  return `${counted(inputs, "feature")} → ${answers}`;
}
