import type { CellAt, Highlight } from "../../components/matrix.js";
import {
  type ForwardCell,
  type ForwardMatrix,
  type ForwardScene,
  type ForwardState,
  rowsAndCols,
  sizes,
} from "../../model/forward-state.js";

type Convention = ForwardState["convention"];

/** Examples, hidden units and layers a scene shows: each holds the one before it. */
export const scenes: Readonly<
  Record<ForwardScene, { readonly m: number; readonly n1: number; readonly layers: 1 | 2 }>
> = {
  neuron: { m: 1, n1: 1, layers: 1 },
  layer: { m: 1, n1: sizes.n1, layers: 1 },
  batch: { m: sizes.m, n1: sizes.n1, layers: 1 },
  chain: { m: sizes.m, n1: sizes.n1, layers: 2 },
};

/** Rows and columns of a matrix that a scene shows, in the row convention, weights as they are kept. */
export function shownShape(matrix: ForwardMatrix, scene: ForwardScene): readonly [number, number] {
  const { m, n1 } = scenes[scene];
  const [rows, cols] = rowsAndCols[matrix];
  if (matrix === "W1") return [n1, cols];
  if (matrix === "b1") return [1, n1];
  if (matrix === "Z1" || matrix === "A1") return [m, n1];
  return [matrix.startsWith("W") || matrix === "b2" ? rows : m, cols];
}

/** The cell that is looked at, or the first result when the scene does not show that one. */
export function cellIn(scene: ForwardScene, at: ForwardCell): ForwardCell {
  const [rows, cols] = shownShape(at.matrix, scene);
  const isHere = scenes[scene].layers === 2 || layerOf(at.matrix) === 1;
  return isHere && at.row < rows && at.col < cols ? at : { matrix: "Z1", row: 0, col: 0 };
}

/** Whether the equation shows a matrix transposed against how `shownShape` tells it. */
export const isTurned = (matrix: ForwardMatrix, convention: Convention): boolean =>
  matrix.startsWith("W") ? convention === "row" : convention === "column";

/** From a cell as it is shown to the numbers it stands for, and back: transposing is its own inverse. */
export const turn = ({ row, col }: CellAt, turned: boolean): CellAt => (turned ? { row: col, col: row } : { row, col });

/** The matrix that was multiplied, the weights, the bias of a result Z. */
export const partsOf = (layer: 1 | 2) =>
  layer === 1 ? (["X", "W1", "b1", "Z1", "A1"] as const) : (["A1", "W2", "b2", "Z2", "A2"] as const);

export const layerOf = (matrix: ForwardMatrix): 1 | 2 => (matrix.endsWith("2") ? 2 : 1);

/**
 * What to light in each matrix (row convention, weights as kept) when the reader looks at one cell: for a result the row and
 * column that made it, for an operand the results it goes into.
 */
export function lights({ matrix, row, col }: ForwardCell): Partial<Record<ForwardMatrix, Highlight>> {
  const [input, weights, bias, z, a] = partsOf(layerOf(matrix));
  const own = { cells: [{ row, col }], picked: { row, col } };
  if (matrix === z) {
    return { [z]: own, [input]: { rows: [row] }, [weights]: { rows: [col] }, [bias]: { cells: [{ row: 0, col }] } };
  }
  if (matrix === a) return { [a]: own, [z]: { cells: [{ row, col }] } };
  if (matrix === weights) return { [weights]: own, [z]: { cols: [row] }, [input]: { cols: [col] } };
  if (matrix === bias) return { [bias]: own, [z]: { cols: [col] } };
  return { [matrix]: own, Z1: { rows: [row] }, W1: { cols: [col] } };
}

/** The same as it is shown. */
export function turned(highlight: Highlight | undefined, isIt: boolean): Highlight {
  if (highlight === undefined) return {};
  if (!isIt) return highlight;
  const { rows, cols, cells, picked } = highlight;
  return {
    ...(cols && { rows: cols }),
    ...(rows && { cols: rows }),
    ...(picked && { picked: turn(picked, true) }),
    ...(cells && { cells: cells.map((cell) => turn(cell, true)) }),
  };
}
