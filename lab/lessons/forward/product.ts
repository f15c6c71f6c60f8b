import { type ForwardState, rowsAndCols } from "../../model/forward-state.js";
import { plain, sumOfProducts, tex, type Written } from "../written.js";
import { cellIn, layerOf, partsOf } from "./layout.js";
import { entryTex } from "./names.js";
import type { Values } from "./pass.js";

/** How the number the reader looks at came about: in symbols, and with numbers. Undefined for one that was given. */
export function productOf(
  state: Pick<ForwardState, "at" | "convention" | "g" | "scene">,
  values: Values,
): { readonly symbols: string; readonly numbers: Written } | undefined {
  const { matrix, row, col } = cellIn(state.scene, state.at);
  const [input, weights, bias, z, a] = partsOf(layerOf(matrix));
  const entry = (of: typeof matrix, i: number, j: number) => entryTex(of, i, j, state.convention);
  const value = (of: typeof matrix, i: number, j: number) => values[of][i * rowsAndCols[of][1] + j] as number;
  const result = value(matrix, row, col);
  if (matrix === z) {
    const inner = Array.from({ length: rowsAndCols[weights][1] }, (_, k) => k);
    const terms = inner.map((k) => [value(weights, col, k), value(input, row, k)]);
    const sum = sumOfProducts([...terms, [value(bias, 0, col)]]);
    const symbols = inner.map((k) => `${entry(weights, col, k)}\\,${entry(input, row, k)}`).join(" + ");
    return {
      symbols: `${entry(z, row, col)} = ${symbols} + ${entry(bias, 0, col)}`,
      numbers: {
        tex: `${sum.tex} = ${tex(result, { first: true })}`,
        text: `${sum.text} = ${plain(result, { first: true })}`,
      },
    };
  }
  if (matrix !== a) return undefined;
  const before = value(z, row, col);
  const name = { relu: "\\operatorname{ReLU}", tanh: "\\tanh", sigmoid: "\\sigma" }[state.g];
  return {
    symbols: `${entry(a, row, col)} = g(${entry(z, row, col)}) = ${name}(${entry(z, row, col)})`,
    numbers: {
      tex: `${name}(${tex(before, { first: true })}) = ${tex(result, { first: true })}`,
      text: `${state.g}(${plain(before, { first: true })}) = ${plain(result, { first: true })}`,
    },
  };
}
