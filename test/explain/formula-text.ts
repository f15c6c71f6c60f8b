import { normalShare } from "../../src/ops/normal-cdf.js";
import { logistic } from "../../src/ops/sigmoid.js";

/**
 * Computes a formula as it is displayed (`1 / (1 + e^-x)`, `1 if x > 0, else slope`), by way of JavaScript: what the test
 * compares is the very text that people read.
 */
export function computed(text: string, letters: Readonly<Record<string, number>>): number {
  const functions = {
    sigma: logistic,
    sigmoid: logistic,
    cumulative: normalShare,
    density: (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
  };
  const names = { e: Math.E, ...letters, ...functions };
  const run = new Function(...Object.keys(names), `return Number(${script(text)})`) as (...values: unknown[]) => number;
  return run(...Object.values(names));
}

function script(text: string): string {
  return conditions(text.replace(/\|([^|]+)\|/g, "Math.abs($1)"))
    .replace(/ln (\([^()]*\)|[\w.]+(?:e-\d+)?)/g, "Math.log($1)")
    .replace(/\bln\(/g, "Math.log(")
    .replace(/sign (\w+)/g, "Math.sign($1)")
    .replace(/(?<!\.)\bsign\(/g, "Math.sign(")
    .replace(/√\(/g, "Math.sqrt(")
    .replace(/√(\w+)/g, "Math.sqrt($1)")
    .replace(/(?<!\.)\b(tanh|max|min)\(/g, "Math.$1(")
    .replace(/σ/g, "sigma")
    .replace(/Φ/g, "cumulative")
    .replace(/φ/g, "density")
    .replace(/ ⊙ |·/g, "*")
    .replace(/²/g, "**2")
    .replace(/\^/g, "**")
    .replace(/ ≠ /g, " != ")
    .replace(/ ≤ /g, " <= ")
    .replace(/ ≥ /g, " >= ")
    .replace(/ = /g, " == ");
}

/** `a if c, else b` of each bracket becomes `c ? a : b`. */
function conditions(text: string): string {
  let [depth, start] = [0, 0];
  let [ifAt, elseAt] = [-1, -1];
  let inner = "";
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(" && depth++ === 0) start = i + 1;
    if (text[i] === ")" && --depth === 0) {
      inner += `${conditions(text.slice(start, i))})`;
      continue;
    }
    if (depth > 0 && !(depth === 1 && i === start - 1)) continue;
    if (text.startsWith(" if ", i)) ifAt = inner.length;
    if (text.startsWith(", else ", i)) elseAt = inner.length;
    inner += text[i];
  }
  if (ifAt < 0) return inner;
  return `((${inner.slice(ifAt + 4, elseAt)}) ? (${inner.slice(0, ifAt)}) : (${inner.slice(elseAt + 7)}))`;
}
