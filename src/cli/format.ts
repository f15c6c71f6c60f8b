/** Four significant digits, never `0.00`: `0.01234`, `12.30`, `12,346`, `1.2e-7`. */
export function significant(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value)) return String(value);
  if (size < 1e-4) return value.toExponential(Math.min(digits, 2) - 1);
  return size >= 10 ** digits ? grouped(Math.round(value)) : value.toPrecision(digits);
}

/** A number as it would be typed: `0.05`, `1e-7`. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** `12,345`. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1 epoch`, `30 epochs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `92.78%`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}

/** `340 ms`, `1.23 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.5) return `${seconds.toPrecision(3)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Time left, in whole seconds so that it does not flicker. */
export function timeLeft(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : duration(whole);
}

/** `512 B`, `20.1 KiB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1024 ** 2 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1024 ** 2).toFixed(1)} MiB`;
}

/** A path or number as a word of a shell command. */
export function quotedForShell(word: string): string {
  return /^[\w./@:+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A line broken at spaces so that no part is longer than `columns`; what follows the first is indented. */
export function wrapped(line: string, columns: number, indent = 0): string[] {
  if ([...line].length <= columns) return [line];
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current.trim() !== "" && [...longer].length > columns) {
      lines.push(current);
      current = " ".repeat(indent) + word;
    } else current = longer;
  }
  return [...lines, current];
}
