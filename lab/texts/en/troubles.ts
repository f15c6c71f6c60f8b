import { format } from "../../model/format.js";
import type { remedies, TroubleInit, TroubleTopic } from "../../model/troubles-state.js";

const times = (factor: number) =>
  `$${format(factor, 2)
    .replace("−", "-")
    .replace(/e(.*)$/, "\\cdot 10^{$1}")}$`;

export const en = {
  title: "What goes wrong",
  lead: "The lecture notes name what makes deep networks hard to train. Here each claim is put to the test, live, with the library itself: change a setting and it is measured again.",
  topic: "Trouble",
  topics: {
    depth: {
      name: "Vanishing, exploding",
      title: "Gradients that vanish or explode",
      claim: "In deep networks the gradient of a sigmoid vanishes on its way back, often; it explodes rarely.",
      source: "Notes, faults of the sigmoid, 1. Hochreiter 1991; Glorot & Bengio 2010.",
      note: "Each layer multiplies by $W^{\\mathsf T}$ and by $g'(z)$. One pass of 64 digits through layers of 32 units; what is drawn is the length of $dZ^{[l]}$. The dashed line is the sigmoid's $\\frac14$ a layer, weights aside: large weights can beat it, usual ones do not. Try ReLU with Xavier and then with He.",
    },
    zigzag: {
      name: "Zigzag",
      title: "Outputs that are not zero-centered",
      claim:
        "When all inputs of a neuron are positive, all its weights must move the same way at once; a goal in another direction is reached by zigzag. A batch softens this.",
      source: "Notes, faults of the sigmoid, 2 (its sign argument holds for one example). LeCun et al. 1998.",
      note: "A linear neuron learns two weights; its inputs are outputs of two sigmoid or two tanh units. $dw = dz\\cdot x$: with $x > 0$ both signs are that of $dz$. The lines are heights of the loss over all 64 examples: stretched into a valley for the sigmoid.",
    },
    dead: {
      name: "Dead ReLU",
      title: "Units that never answer again",
      claim:
        "A learning rate that is too high can push ReLU units to where they give 0 for every example; no gradient reaches them, and they stay dead.",
      source: "Notes, problems of the ReLU, 2; remedies there: Xavier, a smaller rate, Adagrad. He et al. 2015.",
      note: "Orange without a remedy, blue with the one chosen, gray the others. A network 64-64-64-10 on 1,024 digits, four epochs, batches of 32. Dead is a hidden unit that gives 0 for all of them, or is no number any more because training diverged: at the highest rates that is what happens even to the leaky ReLU. Xavier alone changes little here; a smaller rate does.",
    },
    init: {
      name: "Initialization",
      title: "Where the weights start",
      claim:
        "Weights that start too small silence a deep network, weights too large drive it into saturation; Xavier and He keep signals about as wide as they were.",
      source: "Notes, remedies for dead ReLU. Glorot & Bengio 2010; He et al. 2015.",
      note: "Ten layers of 64 units, one pass of 64 digits before any learning. σ is the standard deviation of the outputs, ∇ that of the gradient $dZ$. Each row is drawn on one scale across; bars at the ends hold what lies beyond. He suits the ReLU, Xavier suits tanh.",
    },
    race: {
      name: "Optimizers race",
      title: "One start, five optimizers",
      claim:
        "In a ravine plain descent is slow: steep across, flat along. Methods that remember, or adapt the rate, get on.",
      source: "Notes, remedies (Adagrad and other adaptive rates). Polyak 1964; Duchi et al. 2011; Kingma & Ba 2015.",
      note: "On the ravine $f = \\frac12(x^2 + 50\\,y^2)$ every path comes from the library's update rule, fed with its gradient. On digits a 64-32-10 network learns, from the same weights and batches. Each runs at a rate that suits it; another rate, another winner: that is part of the truth.",
    },
    adagrad: {
      name: "Adagrad",
      title: "A rate that only falls",
      claim:
        "Adagrad divides the rate by the root of all squared gradients so far: it can only fall, even when there is still a way to go.",
      source: "Notes, remedies: Adagrad. Duchi et al. 2011; RMSprop: Tieleman & Hinton 2012.",
      note: "One weight is drawn towards a goal, $f = \\frac12(w - c)^2$. Adagrad in orange, RMSprop in blue (a tenth of the rate): it forgets old gradients, so its rate recovers. The dashed line is the goal.",
    },
  } satisfies Record<TroubleTopic, { name: string; title: string; claim: string; source: string; note: string }>,
  measuring: "Measuring …",
  activation: "Activation",
  init: "First weights",
  inits: {
    xavier: "Xavier",
    he: "He",
    lecun: "LeCun",
    orthogonal: "orthogonal",
    small: "small, σ = 0.01",
    large: "large, σ = 1",
    zeros: "zeros",
  } satisfies Record<TroubleInit, string>,
  depth: "Hidden layers",
  otherWeights: "Other first weights",
  layer: "layer",
  layerNumber: (layer: number) => `Layer ${layer}`,
  norm: "length of dZ",
  depthChart: "Length of the gradient dZ by layer, on a logarithmic scale, for five activations",
  depthSays: (name: string, depth: number, factor: number): string => {
    if (!(factor > 0) || !Number.isFinite(factor))
      return `No gradient arrives: with ${name} nothing comes back through ${depth} layers.`;
    const verdict = factor < 0.01 ? "it vanishes" : factor > 100 ? "it explodes" : "it survives";
    return `From layer ${depth} back to layer 1 the gradient of ${name} is multiplied by ${times(factor)}: ${verdict}.`;
  },
  perStep: "Learned from, at each step",
  examples: { 1: "one example", 64: "all 64" },
  inputsFrom: (kind: "sigmoid" | "tanh"): string =>
    kind === "sigmoid" ? "Inputs from sigmoid: all positive" : "Inputs from tanh: centered",
  planeLabel: (kind: string) => `Path of two weights to their goal, with inputs from ${kind}`,
  zigzagSays: (sigmoid: string, tanh: string, sDetour: string, tDetour: string) =>
    `Both weights pushed the same way: sigmoid in ${sigmoid} of the steps, tanh in ${tanh}. The path is ${sDetour} times as long as straight ahead with sigmoid, ${tDetour} times with tanh.`,
  rate: "Learning rate",
  remedy: "Remedy",
  remedies: {
    none: "none (He)",
    xavier: "Xavier",
    slower: "a tenth of the rate",
    adagrad: "Adagrad",
    leaky: "leaky ReLU",
  } satisfies Record<(typeof remedies)[number], string>,
  deadChart: "Share of dead hidden units against the learning rate, without and with remedies",
  deadShare: "dead",
  deadSays: (rate: string, untreated: string, remedy: string | undefined, treated: string) =>
    `At rate ${rate}, ${untreated} of the hidden units are dead after training${remedy === undefined ? "." : `; with the remedy “${remedy}”, ${treated}.`}`,
  histograms: "Histograms by layer and first weights",
  histogram: (init: string, layer: number, deviation: string) =>
    `Histogram of the outputs of layer ${layer}, first weights ${init}: standard deviation ${deviation}`,
  initSays: (name: string, rows: readonly { init: string; factor: number }[]) =>
    `With ${name}, from layer 1 to layer 10 the standard deviation of the outputs is multiplied by ${rows.map(({ init, factor }) => `${times(factor)} (${init})`).join(", ")}.`,
  track: "Race on",
  tracks: { ravine: "a ravine", digits: "digits" },
  step: "step",
  start: "Start",
  pause: "Pause",
  toTheEnd: "To the end",
  loss: "loss",
  height: "height",
  atRate: (rate: number) => `rate ${rate}`,
  ravineChart: "Paths of five optimizers down a narrow ravine",
  digitsChart: "Loss on digits by step for five optimizers, mean of ten steps",
  ravineSays: (step: number, first: string) => `After ${step} steps ${first} is lowest.`,
  digitsSays: (step: number, first: string) => `After ${step} steps ${first} has the lowest loss.`,
  adaRate: "Adagrad's rate",
  goal: "The goal",
  goals: { stays: "stays", moves: "moves halfway" },
  effective: "effective rate",
  effectiveChart: "Effective rate of Adagrad and RMSprop by step, on a logarithmic scale",
  place: "weight w",
  placeChart: "The weight on its way to the goal, under Adagrad and under RMSprop",
  adagradSays: (fallen: number, adagrad: string, rmsprop: string) =>
    `Adagrad's effective rate has fallen to one part in ${format(fallen, 2)}. At the end it is ${adagrad} away from the goal, RMSprop ${rmsprop}.`,
};

export type TroublesTexts = typeof en;
