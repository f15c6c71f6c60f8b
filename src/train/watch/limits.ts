/**
 * Where a reading counts as a disease: all thresholds, each with its reason. They were chosen on networks built to have the
 * disease and on healthy ones (test/train/watch.test.ts), with a gap of several times on either side.
 */
export const limits = {
  /**
   * ‖dZ[1]‖ ÷ ‖dZ[L]‖. Weights drawn with deviation 1/√in keep the norm of dZ from layer to layer, so a healthy network stays
   * near 1, and between 0.2 and 30 after training. A layer of sigmoids takes a factor of 4 at least: five of them pass a thousandth.
   */
  vanishing: 1e-3,
  /** The same ratio upwards. Not judged once the loss has become small: confident weights are large, and do no harm then. */
  exploding: 100,
  /** Share of the untrained loss above which there is still something to learn. */
  unlearned: 0.2,
  /** Share of ReLU units of a layer that are 0 for all of the probe batch. Digits learn well with 0.3: more than half is a loss. */
  dead: 0.5,
  /** Share of saturated units from which saturation is named as the cause. */
  saturated: 0.5,
  /**
   * A step learns from the probe batch; if it makes the loss on these same examples worse, it goes beyond the valley. In shares of
   * the untrained loss, healthy steps cost at most 0.02; only the very first one, bold with Adagrad and Adam, may cost 0.4.
   */
  leap: 0.25,
  firstLeap: 1,
  /** The same for steps that make it worse again and again, at three of the last four readings, with much left to learn. */
  stumble: 0.02,
  /** A loss after training that is so many times that of the untrained network: what was learned made it worse. */
  worse: 1.5,
  /** ‖ΔW‖ ÷ ‖W‖ of a layer, after `patience` steps: weights that change by a tenth in a step do not settle. Healthy ones: below 0.03. */
  restless: 0.1,
  /** ‖ΔW‖ ÷ ‖W‖ of the layer that moves most. About 1e-3 is usual; at 2e-4 becoming another network takes 5,000 steps. */
  slowest: 2e-4,
  /** Share of the untrained loss that is left where a rate counts as too low. */
  unmoved: 0.8,
  /** Steps before a rate is judged by how far it has come. */
  patience: 100,
  /**
   * Root mean square of a column of features. Initializers assume about 1; at 10 sums of 64 features reach ±80 and every sigmoid
   * saturates. And the largest column ÷ the smallest: 1000 times smaller is as good as not there.
   */
  inputs: 10,
  inputSpread: 1000,
} as const;
