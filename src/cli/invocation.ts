import process from "node:process";
import { quotedForShell } from "./format.js";

/** A command as the reader would type it: after `npm start --`, `npx retrograd` or `retrograd`, as this one was. */
export function commandLine(...words: readonly string[]): string {
  const { npm_lifecycle_event: script, npm_command: npm } = process.env;
  const program = script === "start" ? "npm start --" : npm === "exec" ? "npx retrograd" : "retrograd";
  return [program, ...words.map(quotedForShell)].join(" ");
}
