export const en = {
  title: "Softmax and cross-entropy",
  lead: "A network ends in plain numbers, the logits. Softmax makes probabilities of them, cross-entropy says how far those are from the truth, and together their gradient is the simplest there is: $y - t$.",
  probabilitiesTitle: "From logits to probabilities",
  probabilitiesLead:
    "Only differences of logits count. Move one: what its class gains, the others lose. Mark the true class to see the loss.",
  logits: "Logits and probabilities",
  target: "true",
  logit: "logit z",
  probability: "probability y",
  isTrue: (i: number) => `Class ${i} is the true one`,
  reach: "Sliders reach",
  fewer: "One class fewer",
  more: "One class more",
  jacobianTitle: "The Jacobian: who gains, who loses",
  jacobianLead:
    "Row i, column j tells how much the probability $y_i$ changes when the logit $z_j$ grows. There are only two cases.",
  jacobianLabel: "Jacobian of softmax: rows are probabilities, columns are logits",
  onDiagonal: "A logit lifts its own probability, most where that is ½.",
  offDiagonal: "It presses on all others, on the likely ones more.",
  jacobianNote:
    "Each row and each column adds up to 0: probabilities always total 1, and adding the same to all logits changes nothing. Off the diagonal the lecture notes write $e^{z_i} \\cdot e^{z_i}$ over the squared sum; it is $e^{z_i} \\cdot e^{z_j}$.",
  waysTitle: "Two ways to differentiate",
  waysLead:
    "The loss is $H = -\\sum_i t_i \\ln y_i$. Its gradient with respect to the logits can be had by the whole Jacobian, or at once.",
  longTitle: "Jacobian times gradient",
  longCost: (n: number) => `${n * n} products, and a matrix of ${n} × ${n} numbers. With 1,000 classes: a million.`,
  longBroken: "A probability rounds to 0: −t/y is infinite, 0·∞ is not a number (NaN). This way breaks.",
  shortTitle: "Both at once",
  same: (difference: string) => `Only subtractions. Both ways agree: the largest difference is ${difference}.`,
  shortFine: "Only subtractions: exact at any logits.",
  fallsOut: (j: number) => `How y − t falls out, for z${"₁₂₃₄₅₆"[j - 1]}`,
  fallsOutText:
    "Every $y_i$ in a denominator meets the $y_i$ of the Jacobian and cancels. What remains is the sum of the targets, which is 1. The lecture notes stop before this line; this is where it leads.",
  overflowTitle: "Why the computer shifts",
  overflowLead:
    "In float64, $e^z$ overflows above $z = 709$. Taking the largest logit off first changes no probability, and nothing can overflow. Try the sliders at ±1000.",
  naiveTitle: "The formula as it stands",
  naiveFine: "Right for now. Let a logit pass 709.",
  naiveBroken: "∞/∞ is not a number (NaN), and training would be over.",
  stableTitle: "Shifted by the largest",
  stableFine: "The largest power is e⁰ = 1: finite for any logits.",
};

export type SoftmaxTexts = typeof en;
