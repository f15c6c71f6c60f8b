/** What the program's exit says. Errors are told apart by name, so that a wrong option is refused before the library is loaded. */
export const exitCodes = {
  fine: 0,
  internal: 1,
  usage: 2,
  data: 3,
  diverged: 4,
  modelFile: 5,
  interrupted: 130,
} as const;

const byName: Readonly<Record<string, number>> = {
  UsageError: exitCodes.usage,
  ShapeError: exitCodes.usage,
  DataOptionError: exitCodes.usage,
  RandomError: exitCodes.usage,
  CommanderError: exitCodes.usage,
  EngineError: exitCodes.usage,
  DataError: exitCodes.data,
  DivergedError: exitCodes.diverged,
  FormatError: exitCodes.modelFile,
  FileError: exitCodes.modelFile,
};

export function exitCodeOf(error: unknown): number {
  if (isTooLarge(error)) return exitCodes.usage;
  return (error instanceof Error && byName[error.name]) || exitCodes.internal;
}

/** One sentence for people. What was not foreseen says so, and how to see more of it. */
export function sentenceOf(error: unknown, language: "en" | "zh" = "en"): string {
  if (!(error instanceof Error)) return `internal error: ${String(error)}`;
  if (isTooLarge(error)) return "this does not fit into memory; use smaller layers or batches";
  if (error.name === "DivergedError") return inWords(error, language).replace("clip: 1", "--clip 1");
  if (error.name in byName) return inWords(error, language);
  return `internal error: ${error.message || error.name}; add --debug to see where`;
}

/** Errors about a training that diverged, or about the user's own data, carry their sentence in every language. */
function inWords(error: Error & { text?: Readonly<Record<"en" | "zh", string>> }, language: "en" | "zh"): string {
  return error.text?.[language] ?? error.message;
}

/** What V8 says when an array cannot be had. */
function isTooLarge(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /allocation failed|Invalid typed array length|Invalid array length/.test(error.message)
  );
}
