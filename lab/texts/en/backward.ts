export const en = {
  title: "Backward, step by step",
  lead: "How much would the loss change if this number changed a little? Backpropagation answers that for every number at once, from the last layer to the first, each answer made from the one before it.",
  stage: "Both passes, step by step",
  activation: "Activation g",
  examples: "Examples",
  convention: "Examples in",
  conventions: { row: "rows", column: "columns" },
  otherNumbers: "Other numbers",
  back: "Back",
  play: "Play",
  pause: "Pause",
  step: "Step",
  keys: "Space plays and pauses, the arrow keys step.",
  phases: { forward: "Forward: values", backward: "Backward: gradients" },
  fromCache: (names: string) => `From the cache: ${names}.`,
  check: (analytic: string, numeric: string, error: string) =>
    `Checked by finite differences: gradient ${analytic}, difference quotient ${numeric}; over all entries they differ by ${error}, relatively.`,
  pictureLabel:
    "A network of two inputs, three hidden units and two outputs that lead to the loss J, with the values of the first example and, below each unit, its gradient once it is known. The paths to the chosen weight are drawn strongly.",
  pictureNote: "First example. In the circles values, below them gradients. Click a line to follow that weight.",
  startTitle: "What it starts from",
  startLead: "Type over any of these numbers, and both passes are computed again.",
  startNote: "t is the right class of each example, 0 or 1. What you type is in the link.",
  drawnAgain: "Drawn numbers again",
  ledgerTitle: "Every gradient so far",
  ledgerLead: "Each has the shape of what it belongs to: that is how you notice a wrong transpose.",
  followTitle: "Follow one weight",
  followLead:
    "The chain rule multiplies along a path and adds over the paths. Here are all paths by which the loss reaches the weight you choose.",
  weight: "Weight",
  pathsLead: (n: number) => (n === 1 ? "One path leads to it:" : `${n} paths lead to it:`),
  path: (example: number, output: number) => `Example ${example}, through output ${output}`,
  pathsSum: "Their sum is the gradient:",
  nudgeTitle: "Nudge it, and watch the loss",
  nudge: "Nudge h",
  loss: "loss J",
  difference: "difference",
  chartLabel: (weight: string) => `The loss as a function of ${weight}, with its tangent and the secant of the nudge`,
  nudgeNote:
    "The smaller the nudge, the closer the secant comes to the tangent: the error falls with h². Far below 10⁻⁵ rounding takes over, and it grows again.",
};

export type BackwardTexts = typeof en;
