import { describe, expect, it } from "vitest";
import {
  activations,
  binaryCrossEntropy,
  dense,
  type ExplainOptions,
  explain,
  type Loss,
  meanSquaredError,
  network,
  softmaxCrossEntropy,
} from "../../src/index.js";
import type { Nested } from "../../src/tensor/index.js";
import { expectClose, largest } from "../oracle/compare.js";
import { absent, casesOf, flat, type Numbers } from "../oracle/read.js";

interface MlpCase {
  readonly sizes: readonly number[];
  readonly activation: string;
  readonly lossName: string;
  readonly x: Numbers;
  readonly target: Numbers;
  readonly W: readonly Numbers[];
  readonly b: readonly Numbers[];
  readonly hidden: readonly Numbers[];
  readonly output: Numbers;
  readonly loss: Numbers;
  readonly gradW: readonly Numbers[];
  readonly gradB: readonly Numbers[];
  readonly gradX: Numbers;
}

const losses: Readonly<Record<string, () => Loss>> = {
  cross_entropy: () => softmaxCrossEntropy(),
  mse: () => meanSquaredError(),
  bce_with_logits: () => binaryCrossEntropy(),
};

/** The oracle's network and numbers, as `explain` takes them: weights by name. */
function told(one: MlpCase, more: ExplainOptions = {}) {
  const g = activations[(one.activation === "leaky_relu" ? "leakyRelu" : one.activation) as "tanh"];
  const layers = one.sizes
    .slice(1)
    .flatMap((size, i) => [dense(one.sizes[i] as number, size), ...(i < one.sizes.length - 2 ? [g] : [])]);
  const weights = Object.fromEntries([
    ...one.W.map((numbers, i) => [`W[${i + 1}]`, numbers as Nested] as const),
    ...one.b.map((numbers, i) => [`b[${i + 1}]`, numbers as Nested] as const),
  ]);
  const loss = (losses[one.lossName] as () => Loss)();
  return explain(network(layers), { x: one.x as Nested, t: one.target as Nested, weights, loss, ...more });
}

const cases = casesOf<MlpCase>("mlp");

describe.skipIf(cases.length === 0)(`explain against another system ${cases.length === 0 ? absent : ""}`, () => {
  it("has all the cases", () => expect(cases.length).toBe(7));

  describe.each(cases.map((one) => [`${one.sizes.join("-")} ${one.activation} ${one.lossName}`, one] as const))(
    "%s",
    (_, one) => {
      const expected: Readonly<Record<string, Numbers>> = {
        ...Object.fromEntries(one.hidden.map((numbers, i) => [`A[${i + 1}]`, numbers])),
        [`Z[${one.W.length}]`]: one.output,
        loss: one.loss,
        ...Object.fromEntries(one.gradW.map((numbers, i) => [`dW[${i + 1}]`, numbers])),
        ...Object.fromEntries(one.gradB.map((numbers, i) => [`db[${i + 1}]`, numbers])),
        dX: one.gradX,
      };

      it("every value and every gradient to 1e-10", () => {
        const { steps } = told(one);
        for (const [name, numbers] of Object.entries(expected)) {
          const step = steps.find((candidate) => candidate.name === name && candidate.phase !== "given");
          const wanted = flat(numbers);
          expectClose(
            flat(step?.value as Numbers),
            wanted,
            { relative: 1e-10, floor: largest(wanted) || 1e-300 },
            name,
          );
        }
      });

      it("agrees with its own central differences", () => {
        const { agrees, worstRelativeError } = told(one);
        expect({ agrees, small: worstRelativeError < 1e-6 }).toEqual({ agrees: true, small: true });
      });

      it("tells the transpose of the same in columns", () => {
        const [rows, columns] = [told(one), told(one, { convention: "column" })];
        for (const [i, step] of rows.steps.entries()) {
          const other = columns.steps[i];
          expect(other?.name).toBe(step.name);
          const perExample = /^d?[XZATY]|^t$/.test(step.name) && step.shape.length === 2;
          expect(other?.value, step.name).toEqual(perExample ? transposed(step.value) : step.value);
        }
        expect(rows.conventionDifference).toBeLessThan(1e-14);
      });
    },
  );
});

function transposed(value: Nested): Nested {
  const rows = value as readonly (readonly number[])[];
  return (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] as number));
}
