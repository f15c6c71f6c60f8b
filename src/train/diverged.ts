/** Training met a number that is not finite. The message names step, layer, tensor and the likely cause. */
export class DivergedError extends Error {
  override readonly name = "DivergedError";

  constructor(
    message: string,
    /** The training step, counted from 1, and the first tensor that was not finite. */
    readonly step: number,
    readonly tensor: string,
  ) {
    super(message);
  }
}
