import { describe, expect, it } from "vitest";
import { evaluateAll, gradients } from "../../src/autodiff/index.js";
import { add, dense, matmul, relu, type Tensor, tanh, transpose } from "../../src/index.js";
import { reshape } from "../../src/ops/reshape.js";
import { sum } from "../../src/ops/sum.js";
import { engineList, runOn } from "../conformance/on-engine.js";
import { expectClose, largest } from "./compare.js";
import { absent, casesOf, flat, Inputs, type Numbers } from "./read.js";

interface DenseCase {
  readonly batch: number;
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly activation: "tanh" | "relu" | null;
  readonly x: Numbers;
  readonly W: Numbers;
  readonly b: Numbers | null;
  readonly z: Numbers;
  readonly y: Numbers;
  readonly gradOut: Numbers;
  readonly gradX: Numbers;
  readonly gradW: Numbers;
  readonly gradB: Numbers | null;
}

const names = ["z", "y", "gradX", "gradW", "gradB"] as const;
const activations = { tanh: <T extends Tensor>(x: T) => tanh(x), relu: <T extends Tensor>(x: T) => relu(x) };

/** The layer `dense` itself, fed the weights of the case. */
function build(one: DenseCase) {
  const inputs = new Inputs();
  const x = inputs.leaf("x", one.x);
  const W = inputs.leaf("W", one.W);
  const b = one.b === null ? undefined : inputs.leaf("b", one.b);
  const gradOut = inputs.leaf("gradOut", one.gradOut);
  const layer = dense(one.inFeatures, one.outFeatures, { bias: b !== undefined });
  const pass = { training: true, step: sum(x), seed: 0, stream: 0 };
  const z = layer.forward(x, { W, ...(b !== undefined && { b }) }, pass).output;
  const y = one.activation === null ? z : activations[one.activation](z);
  const byInput = gradients(y, [x, W, ...(b === undefined ? [] : [b])], gradOut);
  const outputs = [z, y, ...byInput].map((value, i) => reshape(value, value.shape).named(names[i] as string));
  return { inputs, outputs };
}

const expectedOf = (one: DenseCase) =>
  [one.z, one.y, one.gradX, one.gradW, ...(one.gradB === null ? [] : [one.gradB])].map(flat);

/** Relative to the largest number of each tensor: a product is a sum whose terms may cancel. */
function judge(got: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[], relative: number): void {
  expect(got.length).toBe(expected.length);
  got.forEach((numbers, i) => {
    const wanted = expected[i] as ArrayLike<number>;
    expectClose(numbers, wanted, { relative, floor: largest(wanted) || 1e-300 }, names[i] as string);
  });
}

const cases = casesOf<DenseCase>("dense");

describe.skipIf(cases.length === 0)(`dense layers against another system ${cases.length === 0 ? absent : ""}`, () => {
  it("has all the cases", () => expect(cases.length).toBe(36));

  describe.each(
    cases.map(
      (one) =>
        [
          `${one.batch} × ${one.inFeatures} → ${one.outFeatures}, ${one.activation}, bias ${one.b !== null}`,
          one,
        ] as const,
    ),
  )("%s", (_, one) => {
    it("float64, evaluated, to 1e-10", () => {
      const { inputs, outputs } = build(one);
      judge(
        evaluateAll(outputs, inputs.feeds).map(({ data }) => data),
        expectedOf(one),
        1e-10,
      );
    });

    it.each(engineList)("on the engine %s", async (__, engine) => {
      const { inputs, outputs } = build(one);
      if (engine.precision === "float64")
        return judge(await runOn(engine, outputs, inputs.feeds), expectedOf(one), 1e-10);
      const expected = evaluateAll(outputs, inputs.rounded).map(({ data }) => data);
      judge(await runOn(engine, outputs, inputs.rounded), expected, 1e-5);
    });

    it("the column convention Z = W·X + b gives the transpose", () => {
      const { inputs } = build(one);
      const [x, W, b] = [...inputs.feeds.keys()] as [Tensor<[number, number]>, Tensor<[number, number]>, Tensor];
      const product = matmul(W, transpose(x));
      const columns = one.b === null ? product : add(product, reshape(b, [one.outFeatures, 1]));
      const [rows] = evaluateAll([transpose(columns as Tensor<[number, number]>)], inputs.feeds);
      judge([rows?.data ?? []], [flat(one.z)], 1e-10);
    });
  });
});
