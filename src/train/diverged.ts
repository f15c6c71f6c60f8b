import type { Text } from "../language/index.js";
import type { Disease } from "./watch/diseases.js";

/** Training met a number that is not finite. The message names step, layer, tensor and the likely cause. */
export class DivergedError extends Error {
  override readonly name = "DivergedError";
  /** The training step, counted from 1. */
  readonly step: number;
  /** The first tensor that was not finite. */
  readonly tensor: string;
  /** What most likely led there, as the watch calls it. */
  readonly disease: Disease;

  constructor(
    /** The message in every language. */
    readonly text: Text,
    { step, tensor, disease }: { step: number; tensor: string; disease: Disease },
  ) {
    super(text.en);
    this.step = step;
    this.tensor = tensor;
    this.disease = disease;
  }
}
