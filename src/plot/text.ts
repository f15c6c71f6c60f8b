const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;

/** Cells of a terminal that a text takes: two for each East Asian character. */
export function textWidth(text: string): number {
  let cells = 0;
  for (const character of text) cells += wide.test(character) ? 2 : 1;
  return cells;
}

export function padStart(text: string, cells: number): string {
  return " ".repeat(Math.max(0, cells - textWidth(text))) + text;
}

export function padEnd(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - textWidth(text)));
}

/** A text cut to so many cells, ending in "…" where something was lost. */
export function cutText(text: string, cells: number): string {
  if (textWidth(text) <= cells) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(kept) + textWidth(character) >= cells) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A wide character with the closing marks after it, a word, or the space between words. */
const pieces =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60][，。；：、！？）》」]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]+[，。；：、！？）》」]*/gu;

/** A text broken into lines of at most so many cells: between words, or between East Asian characters. */
export function wrapText(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(pieces) ?? []) {
    if (line !== "" && textWidth(line) + textWidth(piece.trimEnd()) > cells) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()].filter((one, i) => one !== "" || i === 0);
}
