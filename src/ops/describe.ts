import type { Attributes, ElementwiseOp, Formula, Letters, Op, OpDescription, Sample } from "../tensor/index.js";
import { anyNumber, type Domain, randomOperandShapes, randomValue } from "./samples.js";

/** What is to be said of an op that acts on each number alone; the rest follows. */
export interface ElementwiseDescription {
  readonly inputs: 1 | 2 | 3;
  readonly formula: Formula;
  /** What the formula calls its inputs and the output: x, or a and b, and y, when left out. */
  readonly letters?: Letters;
  /** ∂y by each input, in the same letters; undefined where there is no gradient. */
  readonly slopes: readonly (Formula | undefined)[];
  readonly samples: readonly Sample[];
  /** Where random arguments fall, one entry an input; any number in [-4, 4] when left out. */
  readonly domains?: readonly Domain[];
  readonly randomAttributes?: (uniform: () => number) => Attributes;
}

/** The op itself, so that a node's op is the one in the table, with its description. */
export function describe<O extends Op, D extends OpDescription>(op: O, description: D): O & D {
  return Object.assign(op, description);
}

/** The same for an op that acts on each number alone: its chain rule and its random cases are worked out. */
export function describeElementwise(op: ElementwiseOp, description: ElementwiseDescription) {
  const { inputs, formula, slopes, samples, domains, randomAttributes } = description;
  const letters = description.letters ?? { inputs: inputs === 1 ? ["x"] : ["a", "b"], output: "y" };
  return describe(op, {
    formula,
    letters,
    slopes,
    derivativeFormula: slopes.map((slope) => slope && timesSlope(`d${letters.output}`, slope)),
    samples,
    randomSample: (uniform: () => number): Sample => ({
      inputs: randomOperandShapes(uniform, inputs).map((shape, i) =>
        randomValue(uniform, shape, domains?.[i] ?? anyNumber),
      ),
      ...(randomAttributes && { attributes: randomAttributes(uniform) }),
    }),
  });
}

/** The chain rule of an op that acts on each number alone: dx = dy ⊙ y′(x). */
function timesSlope(gradient: string, slope: Formula): Formula {
  if (slope.text === "1") return { text: gradient, latex: gradient };
  if (slope.text === "-1") return { text: `-${gradient}`, latex: `-${gradient}` };
  const isSum = / [+-] |^-| if /.test(slope.text.replace(/\([^()]*(\([^()]*(\([^()]*\))*[^()]*\))*[^()]*\)/g, ""));
  const text = isSum || slope.text.includes("/") ? `(${slope.text})` : slope.text;
  return {
    text: `${gradient} ⊙ ${text}`,
    latex: `${gradient} \\odot ${isSum ? `\\left(${slope.latex}\\right)` : slope.latex}`,
  };
}
