import type { ForwardMatrix, ForwardState } from "../../model/forward-state.js";

/** The name of a matrix as the equation shows it: capital for a batch, transposed where it stands so. */
export function texOf(matrix: ForwardMatrix, convention: ForwardState["convention"], single = false): string {
  const letter = matrix[0] as string;
  const layer = matrix === "X" ? "" : `^{[${matrix[1]}]}`;
  const small = single && letter !== "W";
  const name = `${small ? letter.toLowerCase() : letter}${layer}`;
  const turned = convention === "row" && (letter === "W" || letter === "b");
  if (!turned) return name;
  return layer === "" ? `${name}^{\\mathsf T}` : `${name.replace("]}", "]\\mathsf T}")}`;
}

export function nameOf(matrix: ForwardMatrix, convention: ForwardState["convention"]): string {
  const name = matrix === "X" ? "X" : `${matrix[0]}[${matrix[1]}]`;
  return convention === "row" && /[Wb]/.test(name) ? `${name}ᵀ` : name;
}

/** One number of a matrix: `z^{[1]}_{2,3}`, with positions as they are in the convention. */
export function entryTex(
  matrix: ForwardMatrix,
  row: number,
  col: number,
  convention: ForwardState["convention"],
): string {
  const layer = matrix === "X" ? "" : `^{[${matrix[1]}]}`;
  const letter = (matrix[0] as string).toLowerCase();
  if (letter === "b") return `${letter}${layer}_{${col + 1}}`;
  const isTurned = convention === "column" && letter !== "w";
  return `${letter}${layer}_{${isTurned ? `${col + 1},${row + 1}` : `${row + 1},${col + 1}`}}`;
}
