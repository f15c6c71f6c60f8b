/** Shapes that do not fit together. The message names the operation, both operands and a remedy. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** A name, an option or a number that the library does not accept. The message says what is accepted. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
