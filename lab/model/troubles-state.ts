import { choice, flag, number, type StateOf, whole } from "./fields.js";

export const troubleTopics = ["depth", "zigzag", "dead", "init", "race", "adagrad"] as const;
export type TroubleTopic = (typeof troubleTopics)[number];
export const troubleActivations = ["sigmoid", "tanh", "relu", "leakyRelu", "selu"] as const;
export type TroubleActivation = (typeof troubleActivations)[number];
export const troubleInits = ["xavier", "he", "lecun", "orthogonal", "small", "large", "zeros"] as const;
export type TroubleInit = (typeof troubleInits)[number];
export const remedies = ["none", "xavier", "slower", "adagrad", "leaky"] as const;

/** What of the view "troubles" is in a link. */
export const troublesFields = {
  topic: choice("depth", troubleTopics),
  /** Everything that is drawn depends on this alone. */
  seed: whole(1, 1, 9999),
  g: choice("sigmoid", troubleActivations),
  init: choice("xavier", troubleInits),
  depth: whole(20, 2, 30),
  /** Zigzag: one example a step, or many. */
  batch: choice("1", ["1", "64"]),
  /** Dead ReLU: the learning rate, and the remedy. */
  rate: choice("1", ["0.01", "0.03", "0.1", "0.3", "1", "3", "10"]),
  remedy: choice("none", remedies),
  /** Race: on a ravine, or on digits. */
  track: choice("ravine", ["ravine", "digits"]),
  /** Steps of the race that are shown. */
  lap: whole(60, 0, 120),
  /** Adagrad: its rate, and whether the goal moves halfway. */
  adaRate: number(0.3, 0.01, 2),
  moves: flag(true),
};

export type TroublesState = StateOf<typeof troublesFields>;
