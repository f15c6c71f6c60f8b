import { evaluate, jacobian, type Language, parameter, plot, softmax } from "../src/index.js";

const scores = [2, 1, 0.1];

/** The Jacobian of softmax as a heat map: both cases in their cells, and what each row sums to. */
export function jacobianPicture(language: Language): string {
  const z = parameter(scores);
  const table = evaluate(jacobian(softmax(z), z)).toArray() as number[][];
  const cells = table.flatMap((row, i) =>
    row.map((value, j) => `${i === j ? `y${i + 1}(1−y${i + 1})` : `−y${i + 1}y${j + 1}`} = ${value.toFixed(3)}`),
  );
  const names = (letter: string) => scores.map((_, i) => `${letter}${i + 1}`);
  return plot.figure({
    title: { en: "On the diagonal positive, off it negative", zh: "对角线上为正，对角线外为负" }[language],
    subtitle: {
      en: `∂yᵢ/∂zⱼ at z = (${scores.join(", ")}); every row and every column sums to 0`,
      zh: `z = (${scores.join(", ")}) 处的 ∂yᵢ/∂zⱼ；每行、每列之和都为 0`,
    }[language],
    panels: [
      {
        kind: "heat",
        rows: { label: "", names: names("y") },
        columns: { label: "", names: names("z") },
        values: table.flat().map(Math.abs),
        texts: cells,
        from: 0,
      },
    ],
  });
}
