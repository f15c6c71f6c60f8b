import * as activations from "./activations.js";
import * as backward from "./backward.js";
import * as checking from "./checking.js";
import * as crossEntropy from "./cross-entropy.js";
import * as depth from "./depth.js";
import type { Formula } from "./formula.js";
import * as forward from "./forward.js";
import * as initializers from "./initializers.js";
import * as optimizers from "./optimizers.js";
import * as softmax from "./softmax.js";
import * as twoWays from "./two-ways.js";

const topics = {
  forward,
  backward,
  softmax,
  "cross-entropy": crossEntropy,
  "two-ways": twoWays,
  activations,
  depth,
  initializers,
  optimizers,
  checking,
};

/** Every formula that the notes display, by `topic.name`. */
export const formulas: ReadonlyMap<string, Formula> = new Map(
  Object.entries(topics).flatMap(([topic, exported]) =>
    Object.entries(exported)
      .filter((entry): entry is [string, Formula] => typeof entry[1] === "object")
      .map(([name, formula]): [string, Formula] => [`${topic}.${name}`, formula]),
  ),
);
