const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
/** Marks that may not begin a line. */
const closing = /^[，。；：、！？）”》]/u;

/** Cells of a terminal that a text takes: two for each East Asian character. */
export function cells(text: string): number {
  let count = 0;
  for (const character of text) count += character === "\u0302" ? 0 : wide.test(character) ? 2 : 1;
  return count;
}

/** A text broken into lines: between words, and between Chinese characters but not before their punctuation. */
export function wrap(text: string, columns: number): string[] {
  const parts = text.match(/[^\s\u2e80-\u9fff\uff00-\uffef“”]+ ?|[\s\S]/gu) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    if (line === "" || cells(line) + cells(part.trimEnd()) <= columns) {
      line += part;
      continue;
    }
    // A mark that may not begin a line takes the character before it along.
    const taken = closing.test(part) ? ([...line].at(-1) ?? "") : "";
    lines.push(line.slice(0, line.length - taken.length).trimEnd());
    line = taken + part.trimStart();
  }
  return [...lines, line.trimEnd()];
}
