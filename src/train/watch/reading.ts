/** How large a list of numbers is: its Euclidean norm, and the root of its mean square, which does not depend on how many there are. */
export interface Size {
  readonly norm: number;
  readonly rms: number;
}

/** What one dense layer and its activation look like at one moment of a training, on one probe batch. */
export interface LayerReading {
  /** The l of Z[l], W[l]. */
  readonly layer: number;
  readonly inputs: number;
  readonly units: number;
  /** The activation behind it, if there is one the library knows. */
  readonly activation?: string;
  /** A[l], or Z[l] where no activation follows. */
  readonly activations: Size;
  /** dZ[l]: what reaches this layer of the gradient. */
  readonly signal: Size;
  /** dW[l]. */
  readonly gradient: Size;
  /** W[l]. */
  readonly weights: Size;
  /** ‖ΔW[l]‖ ÷ ‖W[l]‖ of one step of the optimizer: how much of itself the layer changes. */
  readonly update: number;
  /** Share of units that are 0 for every example of the probe batch (ReLU only). */
  readonly dead?: number;
  /** Share of units whose derivative is, on average, below a twentieth of its largest value (sigmoid, tanh and their kin). */
  readonly saturated?: number;
  /** Whether all units have the same weights and the same gradients, so that they stay the same for ever. */
  readonly symmetric: boolean;
}

/** A training at one moment, seen through one step on a probe batch that the training itself knows nothing of. */
export interface Reading {
  /** Steps taken before it; the first reading is of the untrained network. */
  readonly step: number;
  readonly epoch: number;
  readonly rate: number;
  /** Loss on the probe batch, and on the very same examples after one step that learns from them. */
  readonly loss: number;
  readonly lossAfter: number;
  /** The features as the network gets them. */
  readonly inputs: {
    /** Root mean square of the largest column, which column that is (from 1), and of the smallest one that varies. */
    readonly largest: number;
    readonly column: number;
    readonly smallest: number;
  };
  readonly layers: readonly LayerReading[];
}

/** The latest reading. */
export function latest(readings: readonly Reading[]): Reading {
  return readings.at(-1) as Reading;
}

/** Twice in a row, so that a moment is not taken for a state. */
export function lastTwo(readings: readonly Reading[], holds: (reading: Reading) => boolean): boolean {
  return readings.length >= 2 && readings.slice(-2).every(holds);
}

/** The first and the last dense layer. */
export function ends({ layers }: Reading): [first: LayerReading, last: LayerReading] {
  return [layers[0] as LayerReading, layers.at(-1) as LayerReading];
}

/** How much of the gradient is left in the first layer of what came into the last; 1 where there is nothing to compare. */
export function signalRatio(reading: Reading): number {
  const [first, last] = ends(reading);
  return last.signal.norm === 0 ? 1 : first.signal.norm / last.signal.norm;
}
