/** A file that is not what it should be. The message says what is wrong, where (byte or name), and what to do. */
export class FormatError extends Error {
  override readonly name: string = "FormatError";
}

/** A name from a file as messages show it: in quotes, and not at any length. */
export function quoted(text: string): string {
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 77)}...`);
}

/** A file that could not be read or written at all. */
export class FileError extends FormatError {
  override readonly name = "FileError";

  constructor(
    message: string,
    readonly reason: "missing" | "folder" | "permission" | "other",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
