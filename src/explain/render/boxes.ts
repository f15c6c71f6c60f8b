import type { Convention, ExplainedStep, Factor, Piece } from "../explanation.js";
import { cells, wrap } from "./wrap.js";

/**
 * The formula with a box around every matrix, its shape inside; in one line where it does not fit:
 *
 *     ┌─────┐   ┌───────┐   ┌──────┐
 *     │  X  │ · │ W[1]ᵀ │ = │ Z[1] │
 *     │ 2×2 │   │  2×3  │   │ 2×3  │
 *     └─────┘   └───────┘   └──────┘
 */
export function boxes(
  { formula, pieces, shape, name }: ExplainedStep,
  convention: Convention,
  columns: number,
): string[] {
  const factors = pieces.filter(isFactor).filter((piece) => piece.shape.length > 0);
  if (factors.length === 0) return wrap(formula.text, columns);
  const left = formula.text.split(" = ")[0] ?? name;
  const list = convention === "row" ? [1, ...shape] : [...shape, 1];
  const result: Factor = { text: left, latex: "", shape: shape.length === 1 ? list : shape };
  const parts: readonly Piece[] = [...pieces, { text: " = ", latex: "" }, result];
  const lines = ["", "", "", ""];
  for (const part of parts) {
    const block = isFactor(part) && part.shape.length > 0 ? boxed(part.text, part.shape.join("×")) : beside(part.text);
    block.forEach((text, i) => {
      lines[i] += text;
    });
  }
  if (cells(lines[1] ?? "") <= columns) return lines.map((line) => line.trimEnd());
  const shapes = factors.map(({ text, shape: own }) => `${text} ${own.join("×")}`).join(", ");
  return [...wrap(formula.text, columns), ...wrap(`${shapes} → ${result.shape.join("×")}`, columns)];
}

function isFactor(piece: Piece): piece is Factor {
  return "shape" in piece;
}

function boxed(name: string, shape: string): string[] {
  const width = Math.max(cells(name), cells(shape));
  const rule = "─".repeat(width + 2);
  return [`┌${rule}┐`, `│ ${centered(name, width)} │`, `│ ${centered(shape, width)} │`, `└${rule}┘`];
}

/** What stands between two boxes. */
function beside(text: string): string[] {
  const trimmed = text.trim();
  const operator = /^[·+⊙=-]$/u.test(trimmed) ? ` ${trimmed} ` : text;
  const space = " ".repeat(cells(operator));
  return [space, operator, space, space];
}

function centered(text: string, width: number): string {
  const room = width - cells(text);
  return " ".repeat(Math.floor(room / 2)) + text + " ".repeat(Math.ceil(room / 2));
}
