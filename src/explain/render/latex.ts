import type { Convention, ExplainedElement, ExplainedStep, Explanation, Factor } from "../explanation.js";
import { inLatex } from "../numbers.js";
import { symbolOf } from "../symbols.js";
import { gridOf } from "./grid.js";

/** The formula with each factor's shape below it. */
export function formulaLatex({ formula, pieces, shape, phase }: ExplainedStep, convention: Convention): string {
  if (!pieces.some((piece) => "shape" in piece && piece.shape.length > 0)) return formula.latex;
  const arrow = phase === "update" ? " \\leftarrow " : " = ";
  const left = formula.latex.split(arrow)[0] as string;
  const right = pieces.map((piece) => ("shape" in piece ? under(piece) : piece.latex)).join(" ");
  const list = convention === "row" ? [1, ...shape] : [...shape, 1];
  const result = under({ text: "", latex: left, shape: shape.length === 1 ? list : shape });
  return `${result}${arrow}${right}`;
}

function under({ latex, shape }: Factor): string {
  return shape.length === 0 ? latex : `{\\underbrace{${latex}}_{${shape.join(" \\times ")}}}`;
}

/** One entry: what it is called, its formula, and the same in numbers with the result. */
export function elementParts(element: ExplainedElement, digits: (value: number) => string) {
  const { latex } = element.symbols;
  const at = latex.search(/ = | \\leftarrow /);
  const result = inLatex(digits(element.value));
  const numbers = element.numbers.latex === result ? result : `${element.numbers.latex} = ${result}`;
  return { left: latex.slice(0, at), right: latex.slice(at).trim(), numbers: `= ${numbers}` };
}

/** The same, one below the other. */
export function elementLatex(element: ExplainedElement, digits: (value: number) => string): string {
  const { left, right, numbers } = elementParts(element, digits);
  return `\\begin{aligned} ${left} &${right} \\\\ &${numbers} \\end{aligned}`;
}

/** The value as a matrix; the middle of a large one is left out. */
export function valueLatex({ name, value, shape }: ExplainedStep, { convention }: Explanation): string {
  const { rows, format } = gridOf(value, shape, convention, { rows: 6, columns: 8 });
  const number = (entry: number | undefined) => (entry === undefined ? "\\cdots" : inLatex(format(entry)));
  if (shape.length === 0) return `${symbolOf(name).latex} = ${number(rows[0]?.[0])}`;
  const lines = rows.map((row) =>
    row.every((entry) => entry === undefined) ? row.map(() => "\\vdots").join(" & ") : row.map(number).join(" & "),
  );
  return `${symbolOf(name).latex} = \\begin{bmatrix} ${lines.join(" \\\\ ")} \\end{bmatrix}`;
}
