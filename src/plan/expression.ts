import type { Tensor } from "../tensor/index.js";

/** Characters of a part at most; a longer one is shown as `add(…)`. */
const longest = 200;

/**
 * A fused computation as text: `mul($0, step($1))`. Operands from memory are numbered in order of first use, constants
 * are printed as numbers, attributes in braces, and an intermediate result used twice is printed twice.
 */
export function oneLine(node: Tensor, reads: readonly Tensor[], inside: ReadonlySet<Tensor>): string {
  const texts = new Map<Tensor, string>();
  const print = (x: Tensor): string => {
    const number = reads.indexOf(x);
    if (number >= 0) return `$${number}`;
    if (!inside.has(x)) return `${x.values?.[0]}`;
    const known = texts.get(x);
    if (known !== undefined) return known;
    const options = Object.keys(x.attributes).length === 0 ? "" : JSON.stringify(x.attributes);
    const whole = `${x.op.name}${options}(${x.inputs.map(print).join(", ")})`;
    const text = whole.length > longest ? `${x.op.name}${options}(…)` : whole;
    texts.set(x, text);
    return text;
  };
  return print(node);
}
