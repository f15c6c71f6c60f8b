/** Units of a layer that hardly learn, by number from 0. */
export interface IdleUnits {
  /** 0 for every example (ReLU). */
  readonly dead: readonly number[];
  /** Of a bounded activation: so near its ends that its derivative is, on average, below a twentieth of the largest. */
  readonly saturated: readonly number[];
}

/** The derivative as a share of its largest value, from the activation's own result. */
const slopes: Readonly<Record<string, (a: number) => number>> = {
  sigmoid: (a) => 4 * a * (1 - a),
  tanh: (a) => 1 - a * a,
  softsign: (a) => (1 - Math.abs(a)) ** 2,
  hardtanh: (a) => (Math.abs(a) < 1 ? 1 : 0),
};
const flat = 0.05;

/** @param outputs (examples × units), row-major. */
export function idleUnits(activation: string, outputs: ArrayLike<number>, units: number): IdleUnits {
  const [dead, saturated]: [number[], number[]] = [[], []];
  const slope = slopes[activation];
  const examples = outputs.length / units;
  for (let unit = 0; unit < units; unit++) {
    let [largest, sum] = [0, 0];
    for (let i = unit; i < outputs.length; i += units) {
      const a = outputs[i] as number;
      largest = Math.max(largest, Math.abs(a));
      if (slope !== undefined) sum += slope(a);
    }
    if (activation === "relu" && largest === 0) dead.push(unit);
    if (slope !== undefined && sum / examples < flat) saturated.push(unit);
  }
  return { dead, saturated };
}
