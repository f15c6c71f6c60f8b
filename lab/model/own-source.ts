import type { OwnTable } from "./own-data.js";

/** The file of rows that a program reads when they are too many to stand in it. */
export const dataFile = "data.csv";

/** Characters of a table that stand in the program itself at most. */
const most = 40_000;

/** Whether a program with this table needs `dataFile` beside it. */
export const isBeside = ({ text }: OwnTable): boolean => text.length > most;

/** Source text that reads the table as the lab did, and what it is given in front of it. */
export function sourceOf(own: OwnTable): { readonly before: string; readonly data: string } {
  const options = `{ target: ${JSON.stringify(own.target)}, seed: ${own.seed} }`;
  return isBeside(own)
    ? {
        before: `// The rows: ${dataFile}, saved from the lab into the folder of this program.
const rows = await readFile(new URL("${dataFile}", import.meta.url));
`,
        data: `await csv(rows, ${options})`,
      }
    : { before: `const rows = ${template(own.text)};\n`, data: `await csv(rows, ${options})` };
}

/** A text as a template, line by line as it is. */
function template(text: string): string {
  return `\`${text.replaceAll(/[\\`]|\$(?=\{)/g, String.raw`\$&`).replaceAll("\r", String.raw`\r`)}\``;
}
