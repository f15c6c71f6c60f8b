import type { Text } from "../language/index.js";

/** Data that cannot be learned from as it is. The message says which data, which row, and what to do. */
export class DataError extends Error {
  override readonly name: string = "DataError";
  /** The message in every language, where it is about data that people bring themselves. */
  readonly text: Text | undefined;

  constructor(message: string | Text, options?: ErrorOptions) {
    super(typeof message === "string" ? message : message.en, options);
    this.text = typeof message === "string" ? undefined : message;
  }
}

/** An option of a data function that is not accepted; the data itself may be fine. */
export class DataOptionError extends DataError {
  override readonly name = "DataOptionError";
}
