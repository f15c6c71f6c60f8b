/** A seed, label, range or saved state that the generator does not accept. The message says what is accepted. */
export class RandomError extends RangeError {
  override readonly name = "RandomError";
}
