/** Factor by which an activation shrinks a signal, undone by scaling the initial weights (He et al. 2015, as in PyTorch). */
export const gains = {
  linear: 1,
  sigmoid: 1,
  tanh: 5 / 3,
  relu: Math.SQRT2,
  selu: 3 / 4,
} as const;

/** The gain of a ReLU with a slope below 0: √(2 / (1 + slope²)). */
export function leakyReluGain(slope: number): number {
  return Math.sqrt(2 / (1 + slope * slope));
}
