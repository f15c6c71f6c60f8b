import type { Text } from "../../src/index.js";

/** Something that did not work, said in every language. */
export class Complaint extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/**
 * What went wrong, in every language: errors about people's own data and about a training that diverged carry their text; of
 * anything else the English sentence is led in.
 */
export function textOf(error: unknown): Text {
  const own = error instanceof Error && "text" in error ? (error as { text?: Text }).text : undefined;
  if (own !== undefined) return own;
  const message = error instanceof Error ? error.message : String(error);
  return { en: message, zh: `程序给出的原因（原文为英文）：${message}` };
}
