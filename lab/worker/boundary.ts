import { applyNormalizer } from "../../src/index.js";
import { largest, predictAll } from "./judge.js";
import { gridOver, type Square } from "./plane.js";
import type { Trainer } from "./trainer.js";

/** What the network says of every point of a square: the class, and how sure it is. */
export interface Boundary {
  readonly side: number;
  readonly classes: Uint8Array;
  /** The probability of that class, 255 for 1. */
  readonly sure: Uint8Array;
}

/** Larger networks get a coarser picture. */
const sides = [96, 64, 40] as const;
const affordable = 6_000_000;

export async function boundaryOf(trainer: Trainer, square: Square, weights: number): Promise<Boundary> {
  const side = sides.find((one) => one * one * weights < affordable) ?? sides[2];
  const { inputs, outputs: width } = trainer.recipe.network;
  const points = applyNormalizer(trainer.feed.normalizer, gridOver(square, side));
  const logits = await predictAll(trainer.session, points, inputs, width);
  const classes = new Uint8Array(side * side);
  const sure = new Uint8Array(side * side);
  for (let i = 0; i < classes.length; i++) {
    const best = largest(logits, i * width, width);
    const top = logits[i * width + best] as number;
    let sum = 0;
    for (let j = 0; j < width; j++) sum += Math.exp((logits[i * width + j] as number) - top);
    classes[i] = best;
    sure[i] = Math.round(255 / sum);
  }
  return { side, classes, sure };
}
