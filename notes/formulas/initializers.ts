import { createRandom, heNormal, type Initializer, xavierNormal, xavierUniform } from "../../src/index.js";
import { meanSquare } from "./arithmetic.js";
import type { Formula, Numbers } from "./formula.js";

const outputs = 150;
const inputs = 250;

/** Weights as an initializer draws them for a layer of 250 inputs and 150 outputs. */
function drawn(initializer: Initializer, { seed }: Numbers): number[] {
  return [...initializer.fill([outputs, inputs], createRandom(seed))];
}

/** Forward alone asks for 1 / in, backward alone for 1 / out; Xavier takes the middle. */
export const xavier: Formula = {
  latex:
    "\\operatorname{Var}(w) = \\frac{2}{n_{\\text{in}} + n_{\\text{out}}}, \\qquad w \\sim \\mathcal U\\Bigl[-\\sqrt{\\tfrac{6}{n_{\\text{in}} + n_{\\text{out}}}},\\; \\sqrt{\\tfrac{6}{n_{\\text{in}} + n_{\\text{out}}}}\\Bigr]",
  tolerance: 0.05,
  terms: (numbers) => {
    const wanted = 2 / (inputs + outputs);
    const bound = Math.sqrt(6 / (inputs + outputs));
    const uniform = drawn(xavierUniform(), numbers);
    return [
      [meanSquare(drawn(xavierNormal(), numbers)), meanSquare(uniform), Math.max(...uniform.map(Math.abs))],
      [wanted, wanted, bound],
    ];
  },
};

/** Twice as much, for the half that ReLU throws away. */
export const he: Formula = {
  latex: "\\operatorname{Var}(w) = \\frac{2}{n_{\\text{in}}}",
  tolerance: 0.05,
  terms: (numbers) => [meanSquare(drawn(heNormal(), numbers)), 2 / inputs],
};
