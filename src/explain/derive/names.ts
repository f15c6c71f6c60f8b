import { constantNumber } from "../../ops/constant.js";
import { oneHotOp } from "../../ops/one-hot.js";
import { transposeOp } from "../../ops/transpose.js";
import { type Formula, inOrder, type Tensor } from "../../tensor/index.js";
import { digitsOf, inLatex } from "../numbers.js";
import { symbolOf } from "../symbols.js";

const subscripts = "₀₁₂₃₄₅₆₇₈₉";

/** A symbol for every node of a graph: its name, its number, Wᵀ for a transpose, T for one-hot rows, else u₁, u₂, … */
export function symbolsOf(y: Tensor): Map<Tensor, Formula> {
  const symbols = new Map<Tensor, Formula>();
  let count = 0;
  for (const node of inOrder([y])) {
    const number = constantNumber(node);
    const input = symbols.get(node.inputs[0] as Tensor);
    if (node.name !== undefined) symbols.set(node, symbolOf(node.name));
    else if (number !== undefined) {
      const text = digitsOf(number, 6);
      symbols.set(node, { text, latex: inLatex(text) });
    } else if (node.op === transposeOp && input !== undefined) {
      symbols.set(node, { text: `${input.text}ᵀ`, latex: `${input.latex}^{\\top}` });
    } else if (node.op === oneHotOp) symbols.set(node, { text: "T", latex: "T" });
    else {
      count++;
      const index = [...String(count)].map((digit) => subscripts[Number(digit)]).join("");
      symbols.set(node, { text: `u${index}`, latex: `u_{${count}}` });
    }
  }
  return symbols;
}

export function gradientSymbol({ text, latex }: Formula): Formula {
  return text.length > 1 && text.endsWith("ᵀ")
    ? { text: `d(${text})`, latex: `d(${latex})` }
    : { text: `d${text}`, latex: `d${latex}` };
}
