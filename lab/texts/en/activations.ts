import type { ActivationName } from "../../model/activations-state.js";

export const en = {
  title: "Activations",
  lead: "Without something bent between them, many layers are no more than one. What matters on the way back is the slope: each layer multiplies the gradient by $g'(z)$.",
  curves: "Curves and derivatives",
  gallery: "Activations",
  valueLabel: (name: string) => `${name}: the point on the curve`,
  derivativeLabel: (name: string) => `Derivative of ${name}: the point on the curve`,
  hint: "Drag the point, or use the arrow keys. The orange line is the tangent; its slope is the height of the curve beside it.",
  about: {
    sigmoid:
      "Squeezes everything between 0 and 1. Its slope is never above $\\frac14$: every layer takes at least three quarters of the gradient.",
    tanh: "A sigmoid stretched to −1 … 1, and centered: $\\tanh x = 2\\sigma(2x) - 1$. Its slope reaches 1, but only at 0; it saturates all the same.",
    relu: "Passes what is positive, unchanged, with slope 1; the rest is cut off. At the kink the library chooses the subgradient 0. The lecture notes write $1\\cdot(x>0)\\cdot x$; it is $1\\cdot(x>0)$.",
    leakyRelu: "A ReLU that lets a hundredth through below 0, so that no unit can die for good.",
    elu: "Smooth below 0, down to −1: outputs are nearly centered.",
    selu: "An ELU scaled such that layer after layer keeps mean 0 and variance 1, given LeCun's initialization.",
    gelu: "Weighs $x$ by the probability that a normal number is smaller. Used in transformers. It dips below 0 before it rises.",
    silu: "$x$ times its own sigmoid, also called swish: close to GELU, and cheaper.",
    softplus: "A ReLU without its kink. Its derivative is the sigmoid.",
    softsign: "Like tanh, but it saturates slowly, and needs no exponential.",
    hardtanh: "Tanh from three straight lines: as cheap as it gets, and quite flat outside.",
    mish: "Softplus inside a tanh, times $x$: smooth, with a dip like SiLU.",
  } satisfies Record<ActivationName, string>,
  tableTitle: "All of them compared",
  tableLead: "Measured on the curves themselves. Each fault leads to its demonstration.",
  figures: "Figures of all activations",
  activation: "Activation",
  range: "Range",
  mean: "Mean output for z ~ N(0, 1)",
  saturates: "Goes flat",
  sides: { both: "on both sides", left: "to the left", right: "to the right", none: "nowhere" },
  steepest: "Largest slope",
  tenLayers: "… through ten layers",
  faults: "Faults, shown",
  faultNames: { vanishes: "gradients vanish", oneSided: "not zero-centered", dies: "units die" },
  and: ", ",
  tableNote:
    "Zero-centered means: the mean output is 0. The largest slope to the power of ten is the most that ten activations leave of a gradient, weights aside: $0.25^{10} \\approx 10^{-6}$ for the sigmoid.",
};

export type ActivationsTexts = typeof en;
