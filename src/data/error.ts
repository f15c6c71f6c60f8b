/** Data that cannot be learned from as it is. The message says which data, which row, and what to do. */
export class DataError extends Error {
  override readonly name: string = "DataError";
}

/** An option of a data function that is not accepted; the data itself may be fine. */
export class DataOptionError extends DataError {
  override readonly name = "DataOptionError";
}
