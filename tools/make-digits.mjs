// Writes src/data/digits.data.ts from the digits as CSV: node tools/make-digits.mjs <digits.csv.gz>
// 65 numbers a line, no header: 64 pixels (0..16, row by row), then the digit.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const PIXELS = 64;
const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error("usage: node tools/make-digits.mjs <digits.csv.gz>");
  process.exit(2);
}

const rows = gunzipSync(readFileSync(source))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(",").map(Number));
rows.forEach((row, index) => {
  const fine = row.length === PIXELS + 1 && row.every((value) => Number.isInteger(value) && value >= 0 && value <= 16);
  if (!fine || (row[PIXELS] ?? 10) > 9) throw new Error(`line ${index + 1} is not 64 pixels from 0 to 16 and a digit`);
});

/**
 * @param {readonly number[]} values
 * @param {number} bits of each, the highest first
 */
function pack(values, bits) {
  const bytes = new Uint8Array(Math.ceil((values.length * bits) / 8));
  values.forEach((value, index) => {
    for (let bit = 0; bit < bits; bit++) {
      if (((value >> (bits - 1 - bit)) & 1) === 0) continue;
      const at = index * bits + bit;
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (128 >> (at & 7));
    }
  });
  const text = Buffer.from(bytes).toString("base64");
  return (text.match(/.{1,120}/g) ?? []).join("\n");
}

const pixels = pack(
  rows.flatMap((row) => row.slice(0, PIXELS)),
  5,
);
const labels = pack(
  rows.map((row) => row[PIXELS] ?? 0),
  4,
);
writeFileSync(
  new URL("../src/data/digits.data.ts", import.meta.url),
  `// Made by tools/make-digits.mjs; do not edit. Source, authors and license: see NOTICE.

export const DIGIT_COUNT = ${rows.length};

/** 64 pixels a digit, 5 bits each (0 to 16), highest bit first, as base64 (whitespace is to be ignored). */
export const DIGIT_PIXELS = \`
${pixels}
\`;

/** The digits themselves, 4 bits each, highest bit first, as base64. */
export const DIGIT_LABELS = \`
${labels}
\`;
`,
);
console.log(`${rows.length} digits written`);
